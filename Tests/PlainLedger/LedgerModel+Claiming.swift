package import DialModel
package import Ledger

extension LedgerModel {
    /// How soon an account is looked at again whose lines are all in use, as on disk.
    private static let linePause = Duration.seconds(1)

    /// Claims as the ledger should; the attempts' ids are taken from `ids`, in order, or counted on from the last one.
    package mutating func claim(_ request: ClaimRequest, ids: [AttemptID]? = nil) -> ClaimResult {
        var result = ClaimResult(claims: [], nextDueAt: nil)
        let room = room(for: request)
        if room.count == 0 { result.hold = room.hold }
        var isFirst = true
        for index in dueIndices(of: request)
        where result.claims.count < min(request.count, room.count) && result.hold == nil {
            if isFirst { tellNews(to: request.policy.chooser, at: request.now) }
            isFirst = false
            if let freedAt = freedAt(index, for: request), request.now < freedAt + ClaimRequest.othersPause,
                freedAt <= request.now + ClaimRequest.othersPause
            {
                leads[index].record.notBefore = freedAt + ClaimRequest.othersPause
                leads[index].record.holdReason = HoldReason.justCalled
                continue
            }
            switch request.policy.decide(on: candidate(index, for: request), at: request.now) {
            case .hold(let until, let reason):
                leads[index].record.notBefore = max(until, request.now + .milliseconds(1))
                leads[index].record.holdReason = reason
            case .finish(let ending):
                leads[index].record.state = .finished
                leads[index].record.ending = ending
                leads[index].record.notBefore = nil
                leads[index].record.holdReason = nil
            case .pass: result.passed += 1
            case .holdEveryone(let why): result.hold = why
            case .dial(let callerID, _):
                let place = result.claims.count
                let id =
                    ids.map { place < $0.count ? $0[place] : AttemptID(-1) } ?? AttemptID(Int64(attempts.count + 1))
                result.claims.append(self.place(id, leadAt: index, callerID: callerID, request: request))
            }
        }
        if result.claims.count < request.count, result.claims.count >= room.count {
            result.hold = result.hold ?? room.hold
        }
        let waiting = leads.lazy.filter { $0.campaign == request.campaign }.compactMap(\.record.notBefore).min()
        result.nextDueAt = waiting.flatMap { $0 == .never ? nil : max($0, request.now) }
        return result
    }

    private func dueIndices(of request: ClaimRequest) -> [Int] {
        let busy = open.map { attempts[$0].record.number }
        let due = leads.indices.filter { index in
            guard leads[index].campaign == request.campaign, let notBefore = leads[index].record.notBefore else {
                return false
            }
            return notBefore <= request.now && !busy.contains(leads[index].record.number)
        }
        return due.sorted { left, right in
            let (one, other) = (leads[left], leads[right])
            if one.turn != other.turn { return one.turn > other.turn }
            let (since, otherSince) = (one.record.notBefore ?? request.now, other.record.notBefore ?? request.now)
            return since == otherSince ? one.record.id < other.record.id : since < otherSince
        }
    }

    /// When another campaign's last call to a lead's number ended that went through the same account.
    private func freedAt(_ index: Int, for request: ClaimRequest) -> Timestamp? {
        attempts.lazy.filter { attempt in
            attempt.campaign != request.campaign && attempt.record.number == leads[index].record.number
                && attempt.record.vendor == request.vendor && attempt.record.outcome != .notPlaced
        }.compactMap(\.record.endedAt).max()
    }

    private func candidate(_ index: Int, for request: ClaimRequest) -> ClaimCandidate {
        let lead = leads[index].record
        var candidate = ClaimCandidate(
            lead: lead.id, number: lead.number, history: leads[index].history, expiresAt: lead.expiresAt)
        if house.contains(lead.number) { candidate.doNotCall = .listed(list: "house", until: nil) }
        guard request.policy.lookBack > .zero else { return candidate }
        let since = request.now - request.policy.lookBack
        candidate.recentDials = dials(to: lead.number).filter { $0.at >= since }
        return candidate
    }

    private mutating func place(
        _ id: AttemptID, leadAt index: Int, callerID: String?, request: ClaimRequest
    ) -> Claim {
        leads[index].record.state = .dialing
        leads[index].record.notBefore = nil
        leads[index].record.holdReason = nil
        leads[index].record.attempts += 1
        let lead = leads[index].record
        var record = AttemptRecord(
            id: id, lead: lead.id, run: request.run, ordinal: lead.attempts, number: lead.number,
            vendor: request.vendor, state: .placing, claimedAt: request.now)
        record.name = lead.name
        record.callerID = callerID
        let entry = TimelineEntry(at: request.now, state: .placing, note: request.note)
        append(ModelAttempt(campaign: request.campaign, record: record, timeline: [entry]))
        tellClaim(of: record, to: request.policy.chooser)
        return Claim(
            attempt: id, lead: lead.id, number: lead.number, callerID: callerID, history: leads[index].history,
            list: leads[index].list)
    }

    /// How many calls the account may carry, and why no more; the limit that leaves the fewest counts, and of those that
    /// leave as many the one that lasts longest.
    private func room(for request: ClaimRequest) -> (count: Int, hold: ClaimHold?) {
        var rooms: [(count: Int, nextAt: Timestamp, reason: String)] = []
        guard request.count > 0 else { return (.max, nil) }
        guard request.limits.isLimited else { return (.max, nil) }
        let mine = attempts.indices.filter { attempts[$0].record.vendor == request.vendor }
        if let lines = request.limits.lines {
            let open = mine.count { attempts[$0].record.outcome == nil }
            rooms.append(
                (
                    max(0, lines - open), request.now + Self.linePause,
                    "all \(lines) lines of the account are in use"
                ))
        }
        for rate in request.limits.rates {
            let made = mine.map { attempts[$0].record.claimedAt }.filter { $0 >= request.now - rate.span }.sorted()
            let surplus = max(0, made.count - rate.count)
            let oldest = surplus < made.count ? made[surplus] : request.now
            rooms.append(
                (
                    max(0, rate.count - made.count), oldest + rate.span + .milliseconds(1),
                    "the account has made the \(rate.count) attempts that it may in \(rate.span.milliseconds / 1_000) s"
                ))
        }
        guard let least = rooms.min(by: { ($0.count, $1.nextAt) < ($1.count, $0.nextAt) }) else { return (.max, nil) }
        return (least.count, ClaimHold(until: least.nextAt, reason: least.reason, isOfAccount: true))
    }
}

extension LedgerModel {
    /// Gives a call of the vendor's own an attempt as the ledger should; new rows have these ids, or are counted on.
    package mutating func adopt(
        _ call: UnclaimedCall, into campaign: CampaignID, run: RunID, vendor: String, attempt: AttemptID? = nil,
        lead: LeadID? = nil, at now: Timestamp
    ) -> Adoption {
        let mine = attempts.filter { $0.campaign == campaign && $0.record.number == call.number }
        if let known = mine.first(where: { $0.record.vendor == vendor && $0.record.vendorCall == call.id }) {
            let open = openAttempts(of: campaign).first { $0.claim.attempt == known.record.id }
            return open.map { .open($0.claim) } ?? .closed
        }
        guard !open.contains(where: { attempts[$0].record.number == call.number }) else { return .numberBusy }
        let index = leads.firstIndex { $0.campaign == campaign && $0.record.number == call.number }
        let owner = index ?? addStranger(call, to: campaign, id: lead ?? LeadID(Int64(leads.count + 1)), at: now)
        if leads[owner].record.state == .waiting {
            leads[owner].record.state = .dialing
            leads[owner].record.notBefore = nil
            leads[owner].record.holdReason = nil
        }
        leads[owner].record.attempts += 1
        let record = leads[owner].record
        let since = min(call.since, now)
        var adopted = AttemptRecord(
            id: attempt ?? AttemptID(Int64(attempts.count + 1)), lead: record.id, run: run, ordinal: record.attempts,
            number: call.number, vendor: vendor, state: .dialing, claimedAt: since)
        adopted.name = record.name
        adopted.vendorCall = call.id
        let list = house.contains(call.number) ? "house" : nil
        let note = "placed by the vendor: \(call.origin)" + (list.map { "; on the do-not-call list \($0)" } ?? "")
        let entry = TimelineEntry(at: since, state: .dialing, note: note)
        append(ModelAttempt(campaign: campaign, record: adopted, timeline: [entry]))
        return .open(
            Claim(
                attempt: adopted.id, lead: record.id, number: call.number, callerID: nil,
                history: leads[owner].history, list: leads[owner].list, doNotCallList: list))
    }

    private mutating func addStranger(
        _ call: UnclaimedCall, to campaign: CampaignID, id: LeadID, at now: Timestamp
    ) -> Int {
        let known = imports.firstIndex { $0.campaign == campaign && $0.record.file == .strangers }
        if known == nil {
            imports.append(
                (campaign, ImportRecord(file: .strangers, at: now, added: 0, duplicates: 0, rejected: 0)))
        }
        let list = known ?? imports.count - 1
        imports[list].record.added += 1
        var stranger = LeadRecord(
            id: id, line: imports[list].record.added, number: call.number, originalNumber: call.number.e164, name: nil,
            fields: [], state: .waiting)
        stranger.notBefore = now
        stranger.list = ImportedFile.strangers.name
        if house.contains(call.number) {
            stranger.state = .finished
            stranger.ending = .doNotCall
            stranger.notBefore = nil
        }
        leads.append(ModelLead(campaign: campaign, record: stranger, list: ListID(Int64(list + 1))))
        return leads.count - 1
    }
}
