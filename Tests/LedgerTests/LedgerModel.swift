import DialModel
import Ledger

/// What a ledger should hold, kept in plain arrays: the other side of the differential test.
struct LedgerModel {
    /// A lead and whose it is.
    struct ModelLead {
        var campaign: CampaignID
        var record: LeadRecord
        /// The import that brought it; they are numbered from 1 on.
        var list: ListID
        var history = OutcomeCounts()
        /// Its turn among those that wait.
        var turn = 0
    }

    /// An attempt and whose it is.
    struct ModelAttempt {
        var campaign: CampaignID
        var record: AttemptRecord
        var timeline: [TimelineEntry]
    }

    var leads: [ModelLead] = []
    var attempts: [ModelAttempt] = []
    var runs: [(campaign: CampaignID, record: RunRecord)] = []
    var imports: [(campaign: CampaignID, record: ImportRecord)] = []

    // MARK: - Writing

    mutating func add(
        _ list: [NewLead], to campaign: CampaignID, file: ImportedFile, ids: [LeadID], at now: Timestamp
    ) {
        var record = ImportRecord(file: file, at: now, added: 0, duplicates: 0, rejected: 0)
        for lead in list {
            if leads.contains(where: { $0.campaign == campaign && $0.record.number == lead.number }) {
                record.duplicates += 1
                continue
            }
            guard record.added < ids.count else { break }
            var added = LeadRecord(
                id: ids[record.added], line: lead.line, number: lead.number, originalNumber: lead.originalNumber,
                name: lead.name, fields: lead.fields, state: .waiting)
            added.notBefore = now
            added.list = file.name
            added.priority = lead.priority
            added.expiresAt = lead.expiresAt
            let source = ListID(Int64(imports.count + 1))
            leads.append(ModelLead(campaign: campaign, record: added, list: source, turn: lead.priority * 1_000))
            record.added += 1
        }
        imports.append((campaign, record))
    }

    /// Whether a change may be made; those of one commit are tried in order.
    func allows(_ change: AttemptChange) -> Bool {
        switch change {
        case .reached(let id, let state, _, _): isOpen(id) && state != .closed
        case .closed(let id, _): isOpen(id)
        }
    }

    mutating func apply(_ change: AttemptChange) {
        switch change {
        case .reached(let id, let state, let at, let detail):
            guard let index = attempts.firstIndex(where: { $0.record.id == id }) else { return }
            attempts[index].reach(state, at: at, detail: detail)
        case .closed(let id, let closing):
            guard let index = attempts.firstIndex(where: { $0.record.id == id }) else { return }
            attempts[index].close(closing)
            let lead = attempts[index].record.lead
            guard let owner = leads.firstIndex(where: { $0.record.id == lead }) else { return }
            let isStranger = leads[owner].record.list == ImportedFile.strangers.name
            leads[owner].close(closing, isStranger: isStranger)
        }
    }

    /// Claims as the ledger should; the attempts' ids are taken from `ids`, in order.
    mutating func claim(_ request: ClaimRequest, ids: [AttemptID]) -> ClaimResult {
        var claims: [Claim] = []
        var hold: ClaimHold?
        var passed = 0
        for index in dueIndices(of: request) where claims.count < request.count && hold == nil {
            let lead = leads[index].record
            let candidate = ClaimCandidate(
                lead: lead.id, number: lead.number, history: leads[index].history, expiresAt: lead.expiresAt)
            switch request.policy.decide(on: candidate, at: request.now) {
            case .hold(let until, let reason):
                leads[index].record.notBefore = max(until, request.now + .milliseconds(1))
                leads[index].record.holdReason = reason
            case .finish(let ending):
                leads[index].record.state = .finished
                leads[index].record.ending = ending
                leads[index].record.notBefore = nil
                leads[index].record.holdReason = nil
            case .pass: passed += 1
            case .holdEveryone(let why): hold = why
            case .dial(let callerID, _):
                let id = claims.count < ids.count ? ids[claims.count] : AttemptID(-1)
                claims.append(
                    Claim(
                        attempt: id, lead: lead.id, number: lead.number, callerID: callerID,
                        history: leads[index].history, list: leads[index].list))
                place(id, leadAt: index, callerID: callerID, request: request)
            }
        }
        let waiting = leads.filter { $0.campaign == request.campaign }.compactMap(\.record.notBefore).min()
        return ClaimResult(claims: claims, nextDueAt: waiting.map { max($0, request.now) }, hold: hold, passed: passed)
    }

    /// Gives a call of the vendor's own an attempt as the ledger should; new rows have these ids.
    mutating func adopt(
        _ call: UnclaimedCall, into campaign: CampaignID, run: RunID, vendor: String, attempt: AttemptID?,
        lead: LeadID?,
        at now: Timestamp
    ) -> Adoption {
        let mine = attempts.filter { $0.campaign == campaign && $0.record.number == call.number }
        if let known = mine.first(where: { $0.record.vendor == vendor && $0.record.vendorCall == call.id }) {
            let open = openAttempts(of: campaign).first { $0.claim.attempt == known.record.id }
            return open.map { .open($0.claim) } ?? .closed
        }
        guard !attempts.contains(where: { $0.record.number == call.number && $0.record.outcome == nil }) else {
            return .numberBusy
        }
        let index = leads.firstIndex { $0.campaign == campaign && $0.record.number == call.number }
        let owner = index ?? addStranger(call, to: campaign, id: lead ?? LeadID(-1), at: now)
        if leads[owner].record.state == .waiting {
            leads[owner].record.state = .dialing
            leads[owner].record.notBefore = nil
            leads[owner].record.holdReason = nil
        }
        leads[owner].record.attempts += 1
        let record = leads[owner].record
        var adopted = AttemptRecord(
            id: attempt ?? AttemptID(-1), lead: record.id, run: run, ordinal: record.attempts, number: call.number,
            vendor: vendor, state: .dialing, claimedAt: call.since)
        adopted.name = record.name
        adopted.vendorCall = call.id
        let entry = TimelineEntry(at: call.since, state: .dialing, note: "placed by the vendor: \(call.origin)")
        attempts.append(ModelAttempt(campaign: campaign, record: adopted, timeline: [entry]))
        return .open(
            Claim(
                attempt: adopted.id, lead: record.id, number: call.number, callerID: nil,
                history: leads[owner].history, list: leads[owner].list))
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
        leads.append(ModelLead(campaign: campaign, record: stranger, list: ListID(Int64(list + 1))))
        return leads.count - 1
    }

    private func dueIndices(of request: ClaimRequest) -> [Int] {
        let open = attempts.filter { $0.record.outcome == nil }.map(\.record.number)
        let due = leads.indices.filter { index in
            let lead = leads[index]
            guard lead.campaign == request.campaign, let notBefore = lead.record.notBefore else { return false }
            return notBefore <= request.now && !open.contains(lead.record.number)
        }
        return due.sorted { leftIndex, rightIndex in
            let (left, right) = (leads[leftIndex].record, leads[rightIndex].record)
            if leads[leftIndex].turn != leads[rightIndex].turn { return leads[leftIndex].turn > leads[rightIndex].turn }
            return left.notBefore == right.notBefore
                ? left.id < right.id : (left.notBefore ?? request.now) < (right.notBefore ?? request.now)
        }
    }

    private mutating func place(_ id: AttemptID, leadAt index: Int, callerID: String?, request: ClaimRequest) {
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
        attempts.append(ModelAttempt(campaign: request.campaign, record: record, timeline: [entry]))
    }

    // MARK: - Reading

    func isOpen(_ id: AttemptID) -> Bool {
        attempts.contains { $0.record.id == id && $0.record.outcome == nil }
    }

    func figures(of campaign: CampaignID, at now: Timestamp) -> CampaignFigures {
        let mine = leads.filter { $0.campaign == campaign }.map(\.record)
        let waiting = mine.compactMap(\.notBefore).filter { $0 > now }
        let closed = attempts.filter { $0.campaign == campaign }.compactMap(\.record.outcome)
        var outcomes = OutcomeCounts()
        for outcome in closed { outcomes[outcome] += 1 }
        return CampaignFigures(
            leads: mine.count, due: mine.count { $0.state == .waiting } - waiting.count, waiting: waiting.count,
            dialing: mine.count { $0.state == .dialing },
            finished: LeadEnding.allCases.map { ending in
                .init(ending: ending, count: mine.count { $0.ending == ending })
            },
            openAttempts: attempts.count { $0.campaign == campaign && $0.record.outcome == nil },
            outcomes: outcomes, nextDueAt: waiting.min(), lastRun: runs.last { $0.campaign == campaign }?.record)
    }

    func openAttempts(of campaign: CampaignID) -> [OpenAttempt] {
        attempts.filter { $0.campaign == campaign && $0.record.outcome == nil }.map { attempt in
            let record = attempt.record
            let lead = leads.first { $0.record.id == record.lead }
            let claim = Claim(
                attempt: record.id, lead: record.lead, number: record.number, callerID: record.callerID,
                history: lead?.history ?? OutcomeCounts(), list: lead?.list)
            return OpenAttempt(
                claim: claim, vendor: record.vendor, state: record.state, claimedAt: record.claimedAt,
                vendorCall: record.vendorCall,
                agent: record.agent)
        }
    }
}

extension LedgerModel.ModelLead {
    fileprivate mutating func close(_ closing: AttemptClosing, isStranger: Bool) {
        history[closing.outcome] += 1
        record.lastOutcome = closing.outcome
        record.lastEndedAt = closing.endedAt
        if record.state == .finished {
            let isGivenUp = [.invalidNumber, .notRetried, .attemptsUsed, .expired].contains(record.ending)
            if isGivenUp, closing.lead == .finish(.reached) { record.ending = .reached }
            return
        }
        switch closing.lead {
        // Whoever waits was not being dialled: they have become due while the vendor's own call went on.
        case .wait(let until) where record.state == .waiting: record.notBefore = max(record.notBefore ?? until, until)
        case .wait where isStranger:
            record.state = .finished
            record.ending = .notRetried
        case .wait(let until):
            record.state = .waiting
            record.notBefore = until
            // Who has been dialled before comes first, unless the campaign says otherwise.
            turn = record.priority * 1_000 + 100
        case .finish(let ending):
            if record.state == .waiting, record.callbackAt != nil, ending != .doNotCall { return }
            record.state = .finished
            record.ending = ending
            record.notBefore = nil
        }
    }
}

extension LedgerModel.ModelAttempt {
    fileprivate mutating func reach(_ state: AttemptState, at: Timestamp, detail: AttemptDetail) {
        record.state = state
        record.vendorCall = detail.vendorCall ?? record.vendorCall
        record.agent = detail.agent ?? record.agent
        record.cpa = detail.cpa ?? record.cpa
        if state == .answered { record.answeredAt = record.answeredAt ?? at }
        if state == .connected { record.connectedAt = record.connectedAt ?? at }
        timeline.append(TimelineEntry(at: at, state: state, note: detail.note))
    }

    fileprivate mutating func close(_ closing: AttemptClosing) {
        record.state = .closed
        record.outcome = closing.outcome
        record.endedAt = closing.endedAt
        record.answeredAt = closing.answeredAt ?? record.answeredAt
        record.connectedAt = closing.connectedAt ?? record.connectedAt
        record.talk = closing.talk
        record.agent = closing.agent ?? record.agent
        record.vendorReason = closing.vendorReason
        record.shownCallerID = closing.shownCallerID
        let note = closing.vendorReason.isEmpty ? nil : closing.vendorReason
        timeline.append(TimelineEntry(at: closing.endedAt, state: .closed, note: note))
    }
}
