import CampaignRunner
import DialEngine
import DialModel
import Foundation
import Ledger
import Logging
import SQLiteLedger
import StoredLedger
import Telephony
import TestSupport
import Testing

/// The runners of one campaign, one for each account.
struct AccountRunners {
    let names: [String]
    let runners: [CampaignRunner]
    let desk: RouteDesk

    /// Runs all of them to their ends.
    func run() async throws -> [RunEnding] {
        try await withThrowingTaskGroup(of: (Int, RunEnding).self) { group in
            for (index, runner) in runners.enumerated() { group.addTask { (index, try await runner.run()) } }
            var endings = runners.map { _ in RunEnding.stopped }
            for try await (index, ending) in group { endings[index] = ending }
            return endings
        }
    }
}

extension Stage {
    /// Runners over the stage's ledger, an account for each vendor.
    func runners(
        _ vendors: [(name: String, vendor: any TelephonyVendor)], by rule: RoutingRule = .order,
        maxAttempts: Int? = nil, limits: AccountLimits = AccountLimits(), numbers: [any ClaimPolicy]? = nil,
        adjusting adjust: (inout EngineSettings) -> Void = { _ in }
    ) async throws -> AccountRunners {
        let names = vendors.map(\.name)
        let desk = RouteDesk(names.map { RoutedAccount($0) }, by: rule, maxAttempts: maxAttempts)
        // The stage's clock goes on while the ledger is at work, by any number of seconds.
        var settings = EngineSettings(style: .agentFirst, placeLimit: .seconds(86_400))
        adjust(&settings)
        var runners: [CampaignRunner] = []
        for (index, (name, vendor)) in vendors.enumerated() {
            let run = try await ledger.beginRun(of: campaign, vendor: name, by: nil, at: clock.now)
            let route = RunRoute(desk: desk, account: index, others: names.filter { $0 != name })
            let plan = RunPlan(
                campaign: campaign, run: run, vendorName: name, prefix: { _ in "" }, engine: settings,
                policy: RoutedNumbers(numbers?[index] ?? CallerIDRotation([]), of: index, desk: desk), limits: limits,
                route: route)
            runners.append(
                CampaignRunner(
                    plan: plan, ledger: ledger, vendor: vendor, clock: clock,
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        }
        return AccountRunners(names: names, runners: runners, desk: desk)
    }
}

/// Shows a number to some leads and none to others.
private struct SomeNumbers: ClaimPolicy {
    let until: Timestamp
    let hasNumber: @Sendable (LeadID) -> Bool

    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        hasNumber(candidate.lead) ? .dial(callerID: nil) : .hold(until: until, because: "no_number")
    }
}

@Suite("One campaign through several accounts")
struct SeveralAccountsTests {
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"

    private func vendor(
        _ stage: Stage, agents: Int = 5,
        part: @escaping @Sendable (CallRequest, _ earlierCalls: Int) -> RehearsedVendor.Part = { _, _ in
            .ends(.connected)
        }
    ) -> RehearsedVendor {
        RehearsedVendor(clock: stage.clock, agents: agents, looksAgain: true, part: part)
    }

    /// Every call belongs to one attempt of its own account, nobody was called twice, and nobody asks about others' calls.
    private func expectNoDouble(
        _ stage: Stage, _ vendors: [(name: String, vendor: RehearsedVendor)], _ words: Comment = ""
    ) async throws {
        var attempts: [AttemptID: AttemptRecord] = [:]
        for attempt in try await stage.ledger.attempts(of: stage.campaign, after: nil, limit: 100_000) {
            attempts[attempt.id] = attempt
        }
        let calls = vendors.flatMap { entry in entry.vendor.placed.map { (entry.name, $0) } }
        #expect(Set(calls.map(\.1.attempt)).count == calls.count, words)
        #expect(Set(calls.map(\.1.number)).count == calls.count, words)
        for (name, call) in calls { #expect(attempts[call.attempt]?.vendor == name, words) }
        for (name, vendor) in vendors {
            #expect(vendor.sought.allSatisfy { attempts[$0]?.vendor == name }, words)
        }
    }

    @Test("Shares are kept within two points, whoever has more agents, and nobody is called through both")
    func shares() async throws {
        let stage = try await Stage(leads: 500)
        let (first, second) = (vendor(stage), vendor(stage, agents: 9))
        let runners = try await stage.runners([("a", first), ("b", second)], by: .shares([70, 30]))
        // A clock that leapt from timer to timer would have minutes pass while a commit is under way.
        let pace = PacedClock(speed: 100, moving: stage.clock)
        let endings = try await runners.run()
        withExtendedLifetime(pace) {}
        #expect(endings == [.nothingDue(next: nil), .nothingDue(next: nil)])
        #expect(first.placed.count + second.placed.count == 500)
        #expect(abs(first.placed.count - 350) <= 10, "\(first.placed.count)")
        #expect(runners.desk.carried == [first.placed.count, second.placed.count])
        try await expectNoDouble(stage, [("a", first), ("b", second)])
        let timeline = try await stage.ledger.timeline(of: AttemptID(1))
        #expect(timeline.first?.note?.hasPrefix("through ") == true, "\(timeline)")
        await stage.cleanUp()
    }

    @Test(
        "An account that takes calls and fails the answer: what became of them is asked of it alone, and nobody is called twice"
    )
    func lostAnswers() async throws {
        let count = Self.isSoak ? 9_000 : 400
        let stage = try await Stage(leads: count)
        let first = vendor(stage) { _, earlier in earlier % 3 == 0 ? .losesAnswer(.connected) : .ends(.connected) }
        let second = vendor(stage)
        let runners = try await stage.runners([("a", first), ("b", second)], by: .shares([50, 50]))
        let endings = try await stage.clock.advancing { try await runners.run() }
        #expect(endings == [.nothingDue(next: nil), .nothingDue(next: nil)])
        #expect(!first.sought.isEmpty && second.sought.isEmpty)
        #expect(first.placed.count + second.placed.count == count)
        #expect(try await stage.figures().outcomes[.connected] == count)
        try await expectNoDouble(stage, [("a", first), ("b", second)])
        await stage.cleanUp()
    }

    @Test(
        "A run that breaks off anywhere is taken up with each open attempt asked for at its own account",
        arguments: 0..<12)
    func breaksOff(seed: Int) async throws {
        var random = SplitMix64(seed: UInt64(seed))
        let stage = try await Stage(leads: 40)
        let breakAt = Int(random.below(40))
        let part: @Sendable (CallRequest, Int) -> RehearsedVendor.Part = { _, earlier in
            earlier % 4 == 1 ? .losesAnswer(.connected) : .ends(.connected)
        }
        let (first, second) = (vendor(stage, agents: 3, part: part), vendor(stage, agents: 3, part: part))
        let vendors = [(name: "a", vendor: first), (name: "b", vendor: second)]
        let broken = try await stage.runners(vendors.map { ($0.name, $0.vendor) }, by: .shares([50, 50]))
        let run = Task { try await stage.clock.advancing { try await broken.run() } }
        let calls = Tally()
        for (_, vendor) in vendors {
            vendor.watchPlacing { _ in
                await calls.add()
                if await calls.count >= breakAt + 1 { run.cancel() }
            }
        }
        _ = try? await run.value
        for (_, vendor) in vendors { vendor.watchPlacing { _ in } }
        stage.clock.advance(by: .seconds(5))
        let again = try await stage.runners(vendors.map { ($0.name, $0.vendor) }, by: .shares([50, 50]))
        _ = try await stage.clock.advancing { try await again.run() }
        try await expectNoDouble(stage, vendors, "seed \(seed)")
        let figures = try await stage.figures()
        #expect(figures.openAttempts == 0 && figures.dialing == 0, "seed \(seed): something is stuck")
        #expect(
            figures.outcomes[.connected] == first.placed.count + second.placed.count, "seed \(seed): a result was lost")
        await stage.cleanUp()
    }

    @Test("An account whose credentials are wrong ends its part, and the other carries everything")
    func misconfigured() async throws {
        let stage = try await Stage(leads: 60)
        let first = vendor(stage) { _, _ in .turnsAway(.misconfigured) }
        let second = vendor(stage)
        let runners = try await stage.runners([("a", first), ("b", second)])
        let endings = try await stage.clock.advancing { try await runners.run() }
        guard case .vendorRefused = endings[0] else {
            Issue.record("\(endings)")
            return
        }
        #expect(first.placed.isEmpty)
        // Those that were turned away wait a minute, and the other may be done with the rest by then.
        #expect(second.placed.count >= 55)
        try await expectNoDouble(stage, [("a", first), ("b", second)])
        await stage.cleanUp()
    }

    @Test("So many attempts as the run may make are those of all accounts together")
    func maxAttempts() async throws {
        let stage = try await Stage(leads: 100)
        let (first, second) = (vendor(stage), vendor(stage))
        let runners = try await stage.runners([("a", first), ("b", second)], by: .shares([50, 50]), maxAttempts: 33)
        let endings = try await stage.clock.advancing { try await runners.run() }
        #expect(endings == [.attemptLimit, .attemptLimit])
        #expect(first.placed.count + second.placed.count == 33)
        await stage.cleanUp()
    }

    @Test("A lead for which one account has no number is called by the other; one for which none has waits")
    func numbers() async throws {
        let stage = try await Stage(leads: 90)
        let until = stage.clock.now + .seconds(86_400)
        let (first, second) = (vendor(stage), vendor(stage))
        let policies: [any ClaimPolicy] = [
            SomeNumbers(until: until) { $0.value % 3 == 0 },
            SomeNumbers(until: until + .seconds(5)) { $0.value % 3 == 1 },
        ]
        let runners = try await stage.runners([("a", first), ("b", second)], numbers: policies)
        let endings = try await stage.clock.advancing { try await runners.run() }
        for ending in endings {
            guard case .nothingDue(.some) = ending else {
                Issue.record("\(endings)")
                continue
            }
        }
        #expect(first.placed.count == 30 && second.placed.count == 30)
        let leads = try await stage.ledger.leads(of: stage.campaign, after: nil, limit: 100)
        let waiting = leads.filter { $0.state == .waiting }
        #expect(waiting.count == 30)
        #expect(waiting.allSatisfy { $0.id.value % 3 == 2 && $0.notBefore == until })
        try await expectNoDouble(stage, [("a", first), ("b", second)])
        await stage.cleanUp()
    }

    @Test("An account that has made the calls of its day leaves the rest to the other")
    func dailyLimit() async throws {
        let stage = try await Stage(leads: 80)
        let (first, second) = (vendor(stage), vendor(stage))
        let limits = AccountLimits(rates: [.init(50, per: .seconds(86_400))])
        let runners = try await stage.runners([("a", first), ("b", second)], limits: limits)
        let endings = try await stage.clock.advancing { try await runners.run() }
        #expect(first.placed.count + second.placed.count == 80)
        #expect(first.placed.count <= 50 && second.placed.count <= 50)
        #expect(endings.contains(.nothingDue(next: nil)), "\(endings)")
        try await expectNoDouble(stage, [("a", first), ("b", second)])
        await stage.cleanUp()
    }
}
