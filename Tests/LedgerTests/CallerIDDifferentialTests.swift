import DialModel
import Ledger
import Testing

/// The kinds of step that the differential test draws from.
private enum Step: String, CaseIterable {
    case claim, claimUndone, claimUnfollowed, close, pause, resume, importNumbers, quarantine
}

/// A ledger whose numbers several policies share, and what its snapshots ought to be.
private struct SharedNumbers {
    private static let accounts = ["alibaba.main", "udesk"]

    private let scenario: Scenario
    private let policies: [LinePolicy]
    private var inventories: [String: [OutboundNumber]] = [:]
    private var quarantines: [String: [String: Quarantine]] = [:]
    private var closings: [(account: String, number: String, outcome: CallOutcome)] = []
    private var random: SplitMix64
    private var now = Scenario.start
    private(set) var seen: [Step: Int] = [:]

    init(_ scenario: Scenario, seed: UInt64) async throws {
        self.scenario = scenario
        random = SplitMix64(seed: seed)
        policies = ["alibaba.main", "alibaba.main", "udesk"].map { LinePolicy($0) }
        try await scenario.add(0..<120)
    }

    mutating func step() async throws {
        now = now + .milliseconds(Int64(random.below(600_000)))
        let step = pick(Step.allCases)
        let happened =
            switch step {
            case .claim: try await claim()
            case .claimUndone: try await claimUndone()
            case .claimUnfollowed: try await claimUnfollowed()
            case .close: try await close(because: "")
            case .quarantine: try await close(because: "InArrears: pay first")
            case .pause, .resume: try await changeStatus(step)
            case .importNumbers: try await importNumbers()
            }
        if happened { seen[step, default: 0] += 1 }
        try await compare(after: step)
    }

    /// The kinds of step that never had an effect.
    var missing: [String] { Step.allCases.filter { seen[$0] == nil }.map(\.rawValue) }

    // MARK: - Steps

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(random.below(UInt64(elements.count)))]
    }

    private func request(_ policy: any ClaimPolicy, _ account: String, _ count: Int) -> ClaimRequest {
        var request = scenario.request(count, at: now, policy: policy)
        request.vendor = account
        return request
    }

    /// What a policy has added up is what the ledger tells someone who knows nothing.
    private mutating func claim() async throws -> Bool {
        let policy = pick(policies)
        let asked = policy.asked.count
        let request = request(policy, policy.account, 1 + Int(random.below(4)))
        let claims = try await scenario.ledger.commit([], claiming: request).claims
        guard policy.asked.count > asked else { return false }
        let snapshot = try await scenario.ledger.callerIDSnapshot(of: policy.account, at: now)
        #expect(policy.snapshot(at: now) == snapshot)
        return !claims.isEmpty
    }

    private mutating func claimUndone() async throws -> Bool {
        let policy = pick(policies)
        policy.spoil(1 + Int(random.below(3)))
        defer { policy.spoil(nil) }
        let request = request(policy, policy.account, 3)
        guard (try? await scenario.ledger.commit([], claiming: request)) == nil else { return false }
        #expect(policy.position == nil)
        return true
    }

    private mutating func claimUnfollowed() async throws -> Bool {
        let number = Scenario.line(Int(random.below(8))).number
        let request = request(Policy { _, _ in .dial(callerID: number) }, pick(Self.accounts), 1)
        return try await !scenario.ledger.commit([], claiming: request).claims.isEmpty
    }

    private mutating func close(because reason: String) async throws -> Bool {
        let open = try await scenario.attempts().filter { $0.outcome == nil }
        guard !open.isEmpty else { return false }
        for attempt in open.prefix(1 + Int(random.below(3))) {
            var closing = AttemptClosing(pick(CallOutcome.allCases), at: now, lead: .wait(until: now))
            closing.shownCallerID = pick([nil, attempt.callerID, "099900000"])
            closing.vendorReason = reason
            try await scenario.commit(.closed(attempt.id, closing))
            guard let number = attempt.callerID else { continue }
            closings.append((attempt.vendor, number, closing.outcome))
            if !reason.isEmpty { quarantine(number, of: attempt.vendor) }
        }
        return true
    }

    private mutating func changeStatus(_ step: Step) async throws -> Bool {
        let account = pick(Self.accounts)
        guard let numbers = inventories[account], !numbers.isEmpty else { return false }
        let index = Int(random.below(UInt64(numbers.count)))
        let number = numbers[index].number
        switch step {
        case .pause:
            try await scenario.ledger.pauseCallerID(number, of: account, because: "", at: now)
            inventories[account]?[index].status = .paused
        case .resume:
            try await scenario.ledger.resumeCallerID(number, of: account, because: "", at: now)
            inventories[account]?[index].status = .active
        default: return false
        }
        if step == .resume { quarantines[account]?[number] = nil }
        return true
    }

    /// A pause hides a quarantine, which goes on behind it.
    private mutating func quarantine(_ number: String, of account: String) {
        guard let index = inventories[account]?.firstIndex(where: { $0.number == number }) else { return }
        let quarantine = Quarantine.beginning(at: now, after: quarantines[account]?[number])
        quarantines[account, default: [:]][number] = quarantine
        guard inventories[account]?[index].status != .paused else { return }
        inventories[account]?[index].status = .quarantined(until: quarantine.until)
    }

    private mutating func importNumbers() async throws -> Bool {
        let account = pick(Self.accounts)
        let known = inventories[account] ?? []
        let indices = (0..<8).filter { _ in random.below(4) > 0 }
        let numbers = indices.map { Scenario.line($0, lines: 1 + Int(random.below(3))) }
        let result = try await scenario.ledger.importCallerIDs(numbers, into: account, replacing: true, at: now)
        let listed = try await scenario.ledger.callerIDs(of: account)
        for number in listed {
            guard let old = known.first(where: { $0.number == number.number }) else { continue }
            #expect(number.status == old.status)
        }
        #expect(listed.map(\.limits) == numbers.map(\.limits))
        #expect(result.added + result.changed + result.unchanged == numbers.count)
        #expect(result.removed == known.count { old in !numbers.contains { $0.number == old.number } })
        inventories[account] = listed
        return true
    }

    // MARK: - Comparing

    private func compare(after step: Step) async throws {
        let attempts = try await scenario.attempts()
        let day = ShanghaiDay(containing: now)
        var yesterday = day
        yesterday.number -= 1
        for account in Self.accounts {
            let note = Comment(rawValue: "after \(step.rawValue)")
            let mine = attempts.filter { $0.vendor == account && $0.callerID != nil }
            let snapshot = try await scenario.ledger.callerIDSnapshot(of: account, at: now)
            #expect(snapshot == expected(mine, account), note)
            let days = try await scenario.ledger.callerIDDays(of: account, days: yesterday...day)
            let expectedDays = numbers(of: mine).flatMap { number in
                [yesterday, day].compactMap { self.figures(mine.filter { $0.callerID == number }, number, $0) }
            }
            #expect(days == expectedDays, note)
        }
    }

    private func numbers(of attempts: [AttemptRecord]) -> [String] {
        Set(attempts.compactMap(\.callerID)).sorted()
    }

    private func expected(_ attempts: [AttemptRecord], _ account: String) -> CallerIDSnapshot {
        let held = attempts.filter { $0.outcome == nil && $0.claimedAt > now - CallerIDUse.longestHold }
        let usages = numbers(of: attempts).map { number in
            let mine = attempts.filter { $0.callerID == number }
            let outcomes = closings.filter { $0.account == account && $0.number == number }.map(\.outcome)
            return CallerIDUsage(
                callerID: number,
                dialsToday: figures(mine, number, ShanghaiDay(containing: now))?.dials ?? 0,
                lastDialAt: mine.map(\.claimedAt).max(),
                lastMinute: mine.map(\.claimedAt).filter { $0 > now - .seconds(60) }, outcomes: outcomes.suffix(50))
        }
        return CallerIDSnapshot(
            at: now, numbers: inventories[account] ?? [],
            held: held.map { CallerIDUse(attempt: $0.id, callerID: $0.callerID ?? "", claimedAt: $0.claimedAt) },
            usages: usages)
    }

    private func figures(_ attempts: [AttemptRecord], _ number: String, _ day: ShanghaiDay) -> CallerIDDay? {
        let mine = attempts.filter { ShanghaiDay(containing: $0.claimedAt) == day }
        guard !mine.isEmpty else { return nil }
        return CallerIDDay(
            callerID: number, day: day, dials: mine.count { $0.outcome?.mayHaveRung ?? true },
            answered: mine.count { $0.outcome?.wasAnswered ?? false },
            connected: mine.count { $0.outcome == .connected }, refused: mine.count { $0.outcome == .refused },
            mismatches: mine.count { $0.shownCallerID != nil && $0.shownCallerID != $0.callerID })
    }
}

@Suite("Policies that share numbers agree with the ledger, and the ledger with its attempts")
struct CallerIDDifferentialTests {
    @Test("after every random step", arguments: LedgerUnderTest.allCases, [1, 20_260_102, 77] as [UInt64])
    func randomSteps(_ kind: LedgerUnderTest, seed: UInt64) async throws {
        var shared = try await SharedNumbers(try await Scenario(kind), seed: seed)
        for _ in 0..<300 { try await shared.step() }
        #expect(shared.missing.isEmpty, "seed \(seed): every kind of step must have had an effect")
    }
}
