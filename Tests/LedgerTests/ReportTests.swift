import DialModel
import Foundation
import Ledger
import StoredLedger
import Testing

@Suite("What a ledger counts for a report")
struct ReportTests {
    /// Remembers what a ledger tells.
    ///
    /// `@unchecked Sendable`: the ledger tells from one thread at a time, and nobody looks before it is done.
    private final class Reader: ReportReader, @unchecked Sendable {
        private(set) var answered: [AttemptRecord] = []
        private(set) var dials: [(number: PhoneNumber, dials: DialTally)] = []

        func answered(_ attempt: AttemptRecord) { answered.append(attempt) }
        func dialled(_ number: PhoneNumber, _ dials: DialTally) { self.dials.append((number, dials)) }
    }

    /// A campaign with attempts of every kind, over three days and two runs.
    private func campaign(_ kind: LedgerUnderTest, seed: UInt64) async throws -> (Scenario, [AttemptRecord]) {
        var random = SplitMix64(seed: seed)
        let scenario = try await Scenario(kind, leads: 40)
        let second = try await scenario.ledger.beginRun(of: scenario.campaign, vendor: "b", by: nil, at: Scenario.start)
        var now = Scenario.start
        for round in 0..<120 {
            now = now + .seconds(Int64(random.below(4_000)))
            let policy = Policy { _, _ in .dial(callerID: round % 3 == 0 ? nil : "0215000\(round % 5)") }
            var request = scenario.request(Int(random.below(4)), at: now, policy: policy)
            if round > 60 { request.run = second }
            for claim in try await scenario.ledger.commit([], claiming: request).claims where random.below(40) > 0 {
                try await close(claim.attempt, in: scenario, at: now, &random)
            }
        }
        let attempts = try await scenario.ledger.attempts(of: scenario.campaign, after: nil, limit: 10_000)
        return (scenario, attempts)
    }

    private func close(
        _ attempt: AttemptID, in scenario: Scenario, at now: Timestamp, _ random: inout SplitMix64
    ) async throws {
        let outcome = CallOutcome.allCases[Int(random.below(UInt64(CallOutcome.allCases.count)))]
        let isAnswered = outcome.wasAnswered ? random.below(5) > 0 : random.below(9) == 0
        let answeredAt = isAnswered ? now + .seconds(5) : nil
        let connectedAt = outcome == .connected ? now + .milliseconds(5_000 + Int64(random.below(4_000))) : nil
        let agent = random.below(3) > 0 ? AgentID("80\(random.below(4))") : nil
        let missed = random.below(12) == 0 ? AgentID("80\(random.below(4))") : nil
        let cpa = random.below(3) == 0 ? CPAResult.allCases[Int(random.below(4))] : nil
        try await scenario.commit(
            .reached(attempt, .ringing, at: now, detail: AttemptDetail(cpa: cpa, missedBy: missed)))
        let closing = AttemptClosing(
            outcome: outcome, endedAt: now + .seconds(40), answeredAt: answeredAt, connectedAt: connectedAt,
            talk: connectedAt.map { now + .seconds(40) - $0 }, agent: agent,
            vendorReason: "\(random.below(3)): words",
            shownCallerID: random.below(6) == 0 ? "0215000\(random.below(5))" : nil,
            lead: .wait(until: now + .seconds(60)))
        try await scenario.commit(.closed(attempt, closing))
    }

    @Test(
        "is what plain counting of the exported attempts comes to", arguments: LedgerUnderTest.allCases,
        [1, 7, 1_795_733_598_015] as [UInt64])
    func agreement(_ kind: LedgerUnderTest, seed: UInt64) async throws {
        let (scenario, attempts) = try await campaign(kind, seed: seed)
        let times = attempts.map(\.claimedAt)
        let middle = try #require(times.sorted().dropFirst(times.count / 2).first)
        for (from, until) in [(nil, nil), (middle, nil), (nil, middle)] as [(Timestamp?, Timestamp?)] {
            var question = ReportQuestion(now: Scenario.start, dayOffset: 28_800, shortCall: .seconds(33))
            if let from { question.from = from }
            if let until { question.until = until }
            let reader = Reader()
            let tally = try await scenario.report(question, telling: reader)
            let plain = PlainCount(attempts.filter { $0.claimedAt >= question.from && $0.claimedAt < question.until })
            #expect(tally.firstCall == times.min())
            #expect(tally.moments == plain.moments)
            #expect(tally.tries.map(\.dials) == plain.tries)
            #expect(tally.retries == plain.retries(all: attempts))
            let retried = attempts.filter { $0.ordinal > 1 && $0.outcome != nil && $0.claimedAt >= question.from }
            if until == nil { #expect(tally.retries.reduce(0) { $0 + $1.dials.attempts } == retried.count) }
            #expect(tally.callerIDs.map(\.dials) == plain.callerIDs && tally.callerIDCount == plain.callerIDs.count)
            #expect(tally.talk == plain.talk && tally.mismatches == plain.mismatches)
            #expect((tally.wait, tally.knownWaits) == plain.waits)
            #expect(tally.leads == plain.leads)
            #expect(tally.spells.map(\.dials).reduce(DialTally(), +) == plain.all && tally.spellCount == plain.spells)
            #expect(tally.troubles.reduce(0) { $0 + $1.count } == plain.troubles)
            #expect(reader.dials.map(\.dials).reduce(DialTally(), +) == plain.all)
            #expect(reader.answered.map(\.id) == attempts.filter(\.wasAnswered).map(\.id), "whatever the period")
            let agents = try await scenario.ledger.agentFigures(of: scenario.campaign, shortCall: .seconds(33))
            guard from == nil, until == nil else { continue }
            #expect(tally.agents.map(\.calls) == agents.map(\.calls))
            #expect(tally.agents.map(\.connected) == agents.map(\.connected))
            #expect(tally.agents.map(\.missed) == agents.map(\.missed))
            #expect(tally.agents.map(\.short) == agents.map(\.short))
            #expect(tally.agents.map(\.talk) == agents.map(\.talk))
            #expect(tally.agents.allSatisfy { $0.present >= $0.talk / 40 })
        }
        await scenario.close()
    }

    @Test("is nothing of a campaign that was never dialled", arguments: LedgerUnderTest.allCases)
    func empty(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 3)
        let reader = Reader()
        let tally = try await scenario.report(ReportQuestion(now: Scenario.start), telling: reader)
        #expect(tally.moments.isEmpty && tally.firstCall == nil && tally.leads == ReportTally.LeadTally())
        #expect(tally.figures?.leads == 3 && tally.imports.count == 1 && reader.dials.isEmpty)
        await scenario.close()
    }

    @Test("tells of what is held back, sold and out of use", arguments: LedgerUnderTest.allCases)
    func besides(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 6)
        let lines = [Scenario.line(0), Scenario.line(1)]
        _ = try await scenario.ledger.importCallerIDs(lines, into: "alibaba", replacing: true, at: Scenario.start)
        try await scenario.ledger.pauseCallerID(
            lines[0].number, of: "alibaba", because: "a test", at: Scenario.start)
        let claim = try #require(try await scenario.claim(1).claims.first)
        let hold = Policy { _, now in .hold(until: now + .seconds(60), because: "calling_hours: too early") }
        try await scenario.claim(1, policy: hold)
        let closing = AttemptClosing(.connected, at: Scenario.start, lead: .finish(.reached))
        try await scenario.commit(.closed(claim.attempt, closing))
        let sale = LeadDisposition(subject: .attempt(claim.attempt), disposition: .sale)
        _ = try await scenario.ledger.dispose([sale], of: scenario.campaign, at: Scenario.start + .seconds(9))
        var question = ReportQuestion(now: Scenario.start, accounts: ["alibaba"])
        let tally = try await scenario.report(question, telling: Reader())
        #expect(tally.held == [.init("calling_hours", 5)] && tally.leads.sold == 1)
        #expect(tally.restingCallerIDs == [.init(callerID: lines[0].number, quarantinedUntil: nil)])
        question.until = Scenario.start + .seconds(9)
        #expect(try await scenario.report(question, telling: Reader()).leads.sold == 0)
        await scenario.close()
    }
}

extension Scenario {
    fileprivate func report(_ question: ReportQuestion, telling reader: any ReportReader) async throws -> ReportTally {
        try await ledger.tally(of: campaign, question, telling: reader)
    }

    fileprivate func close() async { await ledger.close() }
}

/// The same counts from attempts as exports have them, each by itself and without any cleverness.
private struct PlainCount {
    let attempts: [AttemptRecord]

    init(_ attempts: [AttemptRecord]) {
        self.attempts = attempts
    }

    var all: DialTally { tally(attempts) }

    var moments: [ReportTally.MomentTally] {
        let quarters = Set(attempts.map { $0.claimedAt.milliseconds / 900_000 }).sorted()
        let outcomes = [nil] + CallOutcome.allCases.sorted { $0.rawValue < $1.rawValue }
        return quarters.flatMap { quarter in
            outcomes.compactMap { outcome in
                let own = attempts.filter { $0.claimedAt.milliseconds / 900_000 == quarter && $0.outcome == outcome }
                return own.isEmpty
                    ? nil
                    : .init(quarter: quarter, outcome: outcome, attempts: own.count, live: own.filter(isLive).count)
            }
        }
    }

    var tries: [DialTally] {
        let last = attempts.map { min($0.ordinal, ReportTally.lastTry) }.max() ?? 0
        return (1...max(last, 1)).prefix(last).map { ordinal in
            tally(attempts.filter { min($0.ordinal, ReportTally.lastTry) == ordinal })
        }
    }

    /// Retries, whenever the attempt before was made.
    func retries(all: [AttemptRecord]) -> [ReportTally.RetryTally] {
        CallOutcome.allCases.compactMap { outcome in
            var (found, pause) = ([AttemptRecord](), Duration.zero)
            for attempt in attempts where attempt.outcome != nil {
                let earlier = all.first { $0.lead == attempt.lead && $0.ordinal == attempt.ordinal - 1 }
                guard let earlier, earlier.outcome == outcome, let end = earlier.endedAt else { continue }
                found.append(attempt)
                pause += max(.zero, attempt.claimedAt - end)
            }
            return found.isEmpty ? nil : .init(after: outcome, dials: tally(found), pause: pause)
        }
    }

    var callerIDs: [DialTally] {
        let keys = Set(attempts.map { "\($0.vendor) \($0.callerID ?? "")" }).sorted()
        let tallies = keys.map { key in tally(attempts.filter { "\($0.vendor) \($0.callerID ?? "")" == key }) }
        return tallies.enumerated().sorted { ($1.element.dials, $0.offset) < ($0.element.dials, $1.offset) }
            .map(\.element)
    }

    var talk: Duration { attempts.reduce(.zero) { $0 + ($1.outcome == .connected ? $1.talk ?? .zero : .zero) } }

    var waits: (Duration, Int) {
        let waits = attempts.compactMap { attempt in
            attempt.connectedAt.flatMap { connected in attempt.answeredAt.map { max(.zero, connected - $0) } }
        }
        return (waits.reduce(.zero, +), waits.count)
    }

    var mismatches: Int {
        attempts.count { $0.callerID != nil && $0.shownCallerID != nil && $0.callerID != $0.shownCallerID }
    }

    var leads: ReportTally.LeadTally {
        var leads = ReportTally.LeadTally()
        for lead in Set(attempts.map(\.lead)) {
            let own = attempts.filter { $0.lead == lead }
            leads.tried += 1
            leads.rung += own.contains { $0.outcome?.mayHaveRung == true } ? 1 : 0
            leads.answered += own.contains(where: isLive) ? 1 : 0
            leads.reached += own.contains { $0.outcome == .connected } ? 1 : 0
        }
        return leads
    }

    var spells: Int {
        Set(attempts.map { "\($0.run) \(($0.claimedAt.milliseconds + 28_800_000) / 86_400_000)" }).count
    }

    var troubles: Int {
        attempts.count { [.refused, .congestion, .unknown, .notPlaced].contains($0.outcome) && $0.vendorReason != nil }
    }

    private func tally(_ attempts: [AttemptRecord]) -> DialTally {
        DialTally(
            attempts: attempts.count { $0.outcome != nil }, dials: attempts.count { $0.outcome?.mayHaveRung == true },
            live: attempts.filter(isLive).count, connected: attempts.count { $0.outcome == .connected })
    }

    private func isLive(_ attempt: AttemptRecord) -> Bool {
        attempt.wasAnswered && attempt.outcome != .machine && attempt.cpa != .machine && attempt.cpa != .fax
    }
}

extension AttemptRecord {
    /// Whether it is over, and somebody or something answered.
    fileprivate var wasAnswered: Bool {
        outcome != nil
            && (answeredAt != nil || connectedAt != nil || [.connected, .abandoned, .machine].contains(outcome))
    }
}
