import DialModel
import Ledger
import PlainLedger
import Testing

/// A ledger and its model, taking the same random steps.
struct Differential {
    /// The kinds of operation that the differential test draws from.
    enum Operation: String, CaseIterable {
        case importList, importBreaksOff, claim, claimHolds, reach, closeAndWait, closeAndFinish, changesAndClaim
        case touchClosed, halfBadCommit, endRun, adopt, forbid, claimWithinLimits, claimChoosing
    }

    private let ledger: any WholeLedger
    /// Those that choose numbers: the ledger's, and the model's, each told by its own side.
    private let choosers = (ledger: LinePolicy("alibaba"), model: LinePolicy("alibaba"))
    private let campaigns: [CampaignID]
    private var runs: [RunID]
    private var model = LedgerModel()
    private var random: SplitMix64
    private var now = Scenario.start
    private var listCount = 0
    private(set) var seen: [Operation: Int] = [:]
    /// The model's list for each of the ledger's, which may leave ids out.
    private var lists: [ListID: ListID] = [:]

    init(ledger: any WholeLedger, seed: UInt64) async throws {
        self.ledger = ledger
        random = SplitMix64(seed: seed)
        campaigns = [
            try await ledger.openCampaign(named: "spring", at: now), try await ledger.openCampaign(named: "秋", at: now),
        ]
        runs = []
        for campaign in campaigns { runs.append(try await beginRun(of: campaign)) }
        let lines = (0..<3).map { Scenario.line($0) }
        _ = try await ledger.importCallerIDs(lines, into: "alibaba", replacing: true, at: now)
        model.callerIDs = ("alibaba", lines)
    }

    mutating func step() async throws {
        now = now + .milliseconds(Int64(random.below(4_000)))
        let operation = pick(Operation.allCases)
        let happened =
            switch operation {
            case .importList: try await importList(breaksOff: false)
            case .importBreaksOff: try await importList(breaksOff: true)
            case .claim: try await commit([], claims: true)
            case .claimHolds: try await commit([], claims: true, holds: true)
            case .reach: try await commit(openChange { $0.reach($1) }, claims: false)
            case .closeAndWait: try await commit(openChange { $0.close($1, waits: true) }, claims: false)
            case .closeAndFinish: try await commit(openChange { $0.close($1, waits: false) }, claims: false)
            case .changesAndClaim: try await commit(openChange { $0.close($1, waits: true) }, claims: true)
            case .touchClosed: try await refuse(good: false)
            case .halfBadCommit: try await refuse(good: true)
            case .endRun: try await endRun()
            case .adopt: try await adopt()
            case .forbid: try await forbid()
            case .claimWithinLimits: try await claimWithinLimits()
            case .claimChoosing: try await claimChoosing()
            }
        if happened { seen[operation, default: 0] += 1 }
        try await compare(after: operation)
    }

    // MARK: - Steps

    private mutating func importList(breaksOff: Bool) async throws -> Bool {
        let index = Int(random.below(2))
        let list = try (0..<random.below(7)).map { line in
            var lead = try Scenario.lead(Int(random.below(60)))
            lead.line = Int(line) + 2
            lead.priority = Int(random.below(3)) - 1
            lead.expiresAt = random.below(4) == 0 ? now + .seconds(60) : nil
            return lead
        }
        listCount += 1
        let file = ImportedFile(name: "list \(listCount)", digest: "\(listCount)")
        let half = list.count / 2
        let source = ListSource([Array(list[..<half]), Array(list[half...])], breaksOff: breaksOff)
        let before = try await ledger.leads(of: campaigns[index], after: nil, limit: 1_000).last?.id
        let record = try? await ledger.importLeads(into: campaigns[index], file: file, from: source, at: now)
        #expect((record == nil) == breaksOff)
        guard let record else { return true }
        let ids = try await ledger.leads(of: campaigns[index], after: before, limit: 1_000).map(\.id)
        model.add(list, to: campaigns[index], file: file, ids: ids, at: now)
        #expect(model.imports.last?.record == record)
        return record.added > 0
    }

    private mutating func commit(_ changes: [AttemptChange], claims: Bool, holds: Bool = false) async throws -> Bool {
        let request = claims ? claimRequest(holds: holds) : nil
        let result = try await ledger.commit(changes, claiming: request)
        for change in changes { model.apply(change) }
        guard let request else { return !changes.isEmpty }
        expectEqual(result, model.claim(request, ids: result.claims.map(\.attempt)))
        return !result.claims.isEmpty
    }

    private mutating func claimWithinLimits() async throws -> Bool {
        var request = claimRequest(holds: false)
        request.limits = AccountLimits(
            lines: random.below(2) == 0 ? Int(random.below(6)) : nil,
            rates: [AccountLimits.Rate(Int(random.below(8)), per: .seconds(20))])
        let result = try await ledger.commit([], claiming: request)
        expectEqual(result, model.claim(request, ids: result.claims.map(\.attempt)))
        return result.hold?.isOfAccount == true
    }

    private mutating func claimChoosing() async throws -> Bool {
        var request = claimRequest(holds: false)
        request.policy = choosers.ledger
        let result = try await ledger.commit([], claiming: request)
        request.policy = choosers.model
        expectEqual(result, model.claim(request, ids: result.claims.map(\.attempt)))
        #expect(choosers.ledger.snapshot(at: now) == choosers.model.snapshot(at: now))
        return !result.claims.isEmpty
    }

    private mutating func forbid() async throws -> Bool {
        let number = try Scenario.number(Int(random.below(70)))
        let entry = DoNotCallEntry(DoNotCallPattern(number))
        _ = try await ledger.addDoNotCall(
            [entry], to: DoNotCallListName("house"), hashed: false, because: "asked", at: now)
        return model.house.insert(number).inserted
    }

    /// A commit with a change that is not allowed, alone or after one that is.
    private mutating func refuse(good: Bool) async throws -> Bool {
        let closed = model.attempts.filter { $0.record.outcome != nil }.map(\.record.id)
        guard !closed.isEmpty else { return false }
        let bad = random.below(2) == 0 ? reach(pick(closed)) : close(pick(closed), waits: true)
        let changes = (good ? openChange { $0.close($1, waits: false) } : []) + [bad]
        #expect(changes.map(model.allows) == changes.indices.map { $0 < changes.count - 1 })
        await expectRefusal(.constraint) { [ledger] in try await ledger.commit(changes, claiming: nil) }
        return !good || changes.count > 1
    }

    private mutating func adopt() async throws -> Bool {
        let index = Int(random.below(2))
        let call = UnclaimedCall(
            id: VendorCallID("own-\(random.below(40))"), number: try Scenario.number(Int(random.below(70))), since: now,
            origin: "row \(random.below(9)) of project 7")
        let campaign = campaigns[index]
        let last = try await ledger.leads(of: campaign, after: nil, limit: 1_000).last?.id
        let adoption = try await ledger.adopt(
            call, into: campaign, run: runs[index], vendor: "alibaba", asking: DoNotCallQuestion(), at: now)
        let added = try await ledger.leads(of: campaign, after: last, limit: 1).first?.id
        var attempt: AttemptID?
        if case .open(let claim) = adoption { attempt = claim.attempt }
        let expected = model.adopt(
            call, into: campaign, run: runs[index], vendor: "alibaba", attempt: attempt, lead: added, at: now)
        if case .open(let claim) = adoption, case .open(let model) = expected {
            #expect(translated(claim, as: model) == model)
        } else {
            #expect(adoption == expected)
        }
        return attempt != nil
    }

    private mutating func endRun() async throws -> Bool {
        let index = Int(random.below(2))
        try await ledger.endRun(runs[index], because: "drained", at: now)
        if let last = model.runs.firstIndex(where: { $0.record.id == runs[index] }) {
            model.runs[last].record.endedAt = now
            model.runs[last].record.ending = "drained"
        }
        runs[index] = try await beginRun(of: campaigns[index])
        return true
    }

    private mutating func beginRun(of campaign: CampaignID) async throws -> RunID {
        let clock = random.below(4) == 0 ? nil : ClockOrigin(boot: "\(random.below(2))", zero: now - .seconds(60))
        let run = try await ledger.beginRun(of: campaign, vendor: "alibaba", by: clock, at: now)
        model.clocks[run] = clock
        model.runs.append((campaign, RunRecord(id: run, account: "alibaba", startedAt: now, endedAt: nil, ending: nil)))
        return run
    }

    // MARK: - Drawing

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(random.below(UInt64(elements.count)))]
    }

    /// A change to an open attempt, or none when none is open.
    private mutating func openChange(_ make: (inout Self, AttemptID) -> AttemptChange) -> [AttemptChange] {
        let open = model.attempts.filter { $0.record.outcome == nil }.map(\.record.id)
        guard !open.isEmpty else { return [] }
        return [make(&self, pick(open))]
    }

    private mutating func reach(_ id: AttemptID) -> AttemptChange {
        let state = pick([AttemptState.dialing, .ringing, .answered, .connected, .unknown])
        let detail = AttemptDetail(
            vendorCall: random.below(2) == 0 ? VendorCallID("call-\(random.below(100))") : nil,
            agent: random.below(3) == 0 ? AgentID("agent-\(random.below(4))") : nil,
            cpa: random.below(3) == 0 ? pick(CPAResult.allCases) : nil,
            note: random.below(2) == 0 ? "注" : nil)
        return .reached(id, state, at: now, detail: detail)
    }

    private mutating func close(_ id: AttemptID, waits: Bool) -> AttemptChange {
        var closing = AttemptClosing(
            pick(CallOutcome.allCases), at: now,
            lead: waits
                ? .wait(until: now + .milliseconds(Int64(random.below(20_000)))) : .finish(pick(LeadEnding.allCases)))
        if random.below(2) == 0 {
            closing.answeredAt = now - .seconds(9)
            closing.connectedAt = now - .seconds(8)
            closing.talk = .milliseconds(Int64(random.below(9_000)))
            closing.agent = AgentID("agent-\(random.below(4))")
            closing.vendorReason = "reason \(random.below(9))"
            closing.shownCallerID = "0215000\(random.below(9))"
        }
        return .closed(id, closing)
    }

    private mutating func claimRequest(holds: Bool) -> ClaimRequest {
        let index = Int(random.below(2))
        let salt = holds ? random.next() : 0
        let policy = Policy(lookBack: .seconds(Int64(random.below(3)) * 20)) { candidate, now in
            var draw = SplitMix64(seed: UInt64(bitPattern: candidate.lead.value) ^ salt)
            if let end = candidate.expiresAt, end < now { return .finish(.expired) }
            if candidate.doNotCall != nil { return .hold(until: now + .seconds(9), because: "listed") }
            if candidate.recentDials.count > 3 { return .hold(until: now + .seconds(5), because: "dialled often") }
            guard salt != 0, draw.below(3) > 0 else { return .dial(callerID: draw.below(2) == 0 ? nil : "0215000") }
            let reason = draw.below(2) == 0 ? "no line" : nil
            return .hold(until: now - .seconds(1) + .milliseconds(Int64(draw.below(15_000))), because: reason)
        }
        return ClaimRequest(
            campaign: campaigns[index], run: runs[index], vendor: "alibaba", count: Int(random.below(5)), now: now,
            policy: policy)
    }

    // MARK: - Comparing

    private mutating func expectEqual(_ result: ClaimResult, _ model: ClaimResult) {
        var result = result
        #expect(result.claims.count == model.claims.count)
        result.claims = zip(result.claims, model.claims).map { translated($0, as: $1) }
        #expect(result == model)
    }

    /// A claim with the model's name of its list: the ledger may name it as it likes, but always the same.
    private mutating func translated(_ claim: Claim, as model: Claim) -> Claim {
        var claim = claim
        guard let list = claim.list, let other = model.list else { return claim }
        if lists[list] == nil, !lists.values.contains(other) { lists[list] = other }
        claim.list = lists[list]
        return claim
    }

    private mutating func compare(after operation: Operation) async throws {
        let note = Comment(rawValue: "after \(operation.rawValue)")
        for campaign in campaigns {
            let figures = try await ledger.figures(of: campaign, at: now)
            #expect(figures == model.figures(of: campaign, at: now), note)
            let leads = try await ledger.leads(of: campaign, after: nil, limit: 1_000)
            #expect(leads == model.leads.filter { $0.campaign == campaign }.map(\.record), note)
            let attempts = try await ledger.attempts(of: campaign, after: nil, limit: 10_000)
            #expect(attempts == model.attempts.filter { $0.campaign == campaign }.map(\.record), note)
            let open = try await ledger.openAttempts(of: campaign)
            let expected = model.openAttempts(of: campaign)
            #expect(open.count == expected.count, note)
            for (attempt, model) in zip(open, expected) {
                var attempt = attempt
                attempt.claim = translated(attempt.claim, as: model.claim)
                #expect(attempt == model, note)
            }
            let imports = try await ledger.imports(of: campaign)
            #expect(imports == model.imports.filter { $0.campaign == campaign }.map(\.record), note)
            let (since, patience) = (now - .seconds(60), Duration.seconds(random.below(3)))
            #expect(
                try await ledger.liveAnswers(of: campaign, since: since, agentWithin: patience)
                    == model.liveAnswers(of: campaign, since: since, agentWithin: patience), note)
        }
        #expect(try await ledger.callerIDSnapshot(of: "alibaba", at: now) == model.callerIDSnapshot(at: now), note)
        guard !model.attempts.isEmpty else { return }
        let attempt = pick(model.attempts)
        #expect(try await ledger.timeline(of: attempt.record.id) == attempt.timeline, note)
    }

    /// The kinds of operation that never had an effect.
    var missing: [String] { Operation.allCases.filter { seen[$0] == nil }.map(\.rawValue) }
}

@Suite("A ledger agrees with its model")
struct DifferentialTests {
    @Test("after every random step", arguments: LedgerUnderTest.allCases, [1, 20_260_102, 77] as [UInt64])
    func randomSteps(_ kind: LedgerUnderTest, seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        let ledger = try await kind.open(in: folder)
        var differential = try await Differential(ledger: ledger, seed: seed)
        for _ in 0..<250 { try await differential.step() }
        let audit = try await ledger.verifyAudit(expecting: nil)
        #expect(
            audit.fault == nil && audit.dials > 0, "seed \(seed): each attempt is in the audit log, and nothing else")
        #expect(differential.missing.isEmpty, "seed \(seed): every kind of operation must have had an effect")
    }
}
