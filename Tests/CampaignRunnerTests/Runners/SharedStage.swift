import CampaignRunner
import DialEngine
import DialModel
import Foundation
import Ledger
import Logging
import PlainLedger
import Telephony
import TestSupport

/// Several runners of one campaign on one ledger in memory and one account: all of it on one thread and in virtual time, so
/// that it happens in the same way each time.
final class SharedStage {
    /// One of the runners.
    final class Member {
        let run: RunID
        let line: LedgerLine
        let client: SharedAccountClient
        let runner: CampaignRunner
        let told: ToldEvents
        fileprivate let ending = Ending()
        fileprivate var task: Task<Void, Never>?

        fileprivate init(
            _ run: RunID, _ line: LedgerLine, _ client: SharedAccountClient, _ runner: CampaignRunner,
            _ told: ToldEvents
        ) {
            self.run = run
            self.line = line
            self.client = client
            self.runner = runner
            self.told = told
        }

        /// How the run ended; nil while it goes on.
        var result: Result<RunEnding, LedgerError>? { ending.result }

        /// Ends its process.
        func kill() { task?.cancel() }
    }

    static let campaign = CampaignID(1)

    let clock = ManualClock()
    let ledger: PlainRunnerLedger
    let account: SharedAccount
    private let maxLines: Int
    private let thread = OneThread()

    /// A campaign of so many leads, and nobody who runs it.
    init(
        leads: Int, agents: Int, maxLines: Int = 100, talk: Duration = .seconds(6), lag: Duration = .zero
    ) {
        let clock = clock
        var model = LedgerModel()
        let list = (0..<leads).compactMap { index in
            PhoneNumber(e164: "+861540000\(1000 + index)").map {
                NewLead(line: index + 2, number: $0, originalNumber: $0.e164, name: nil, fields: [])
            }
        }
        model.add(
            list, to: Self.campaign, file: ImportedFile(name: "list.csv", digest: "0"),
            ids: list.indices.map { LeadID(Int64($0 + 1)) }, at: clock.now)
        ledger = PlainRunnerLedger(model) { clock.now }
        account = SharedAccount(agents: agents, talk: talk, lag: lag)
        self.maxLines = maxLines
    }

    /// Another runner begins.
    func join(
        isVendorNew: Bool = false, clockError: Duration = .zero, through vendor: (any TelephonyVendor)? = nil,
        adjusting adjust: (inout EngineSettings) -> Void = { _ in }
    ) async -> Member {
        let run = await ledger.beginRun(of: Self.campaign, vendor: "shared", by: nil, at: clock.now)
        var settings = EngineSettings(style: .agentFirst, maxLines: maxLines)
        adjust(&settings)
        var plan = RunPlan(
            campaign: Self.campaign, run: run, vendorName: "shared", prefix: { _ in "" }, engine: settings,
            policy: CallerIDRotation([]))
        plan.isVendorNew = isVendorNew
        let line = LedgerLine(to: ledger, clock: clock, clockError: clockError)
        let client = SharedAccountClient(account, of: run, clock: clock)
        let told = ToldEvents()
        let runner = CampaignRunner(
            plan: plan, ledger: line, vendor: vendor ?? client, clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, recorder: told)
        let member = Member(run, line, client, runner, told)
        let ending = member.ending
        member.task = Task(executorPreference: thread) {
            do throws(LedgerError) {
                ending.result = .success(try await runner.run())
            } catch {
                ending.result = .failure(error)
            }
        }
        thread.runUntilIdle()
        return member
    }

    /// Lets everything happen that does within so much time.
    func pass(_ length: Duration) {
        let end = clock.now + length
        while true {
            thread.runUntilIdle()
            guard let next = clock.nextDeadline, next <= end else { break }
            clock.advance(by: next - clock.now)
        }
        clock.advance(by: end - clock.now)
        thread.runUntilIdle()
    }

    /// Lets everything happen until these runs have ended; false if they never do.
    func passUntilOver(_ members: [Member], within limit: Duration = .seconds(3_600)) -> Bool {
        let end = clock.now + limit
        while clock.now < end, members.contains(where: { $0.result == nil }) { pass(.seconds(1)) }
        return members.allSatisfy { $0.result != nil }
    }

    /// Ends whatever goes on.
    func close(_ members: [Member]) {
        for member in members { member.kill() }
        thread.runUntilIdle()
    }

    /// The calls that a runner has placed.
    func calls(of member: Member) -> [SharedAccount.Call] { account.calls.filter { $0.run == member.run } }
}

/// How a run ended.
///
/// `@unchecked Sendable`: everything happens on one thread.
private final class Ending: @unchecked Sendable {
    var result: Result<RunEnding, LedgerError>?
}

/// What an engine was told, in order.
///
/// `@unchecked Sendable`: everything happens on one thread.
final class ToldEvents: EventRecorder, @unchecked Sendable {
    private(set) var events: [DialEvent] = []

    func willHandle(_ event: DialEvent, at now: Timestamp) { events.append(event) }
    func didHandle(_ directives: [Directive]) {}

    /// The attempts that were taken over, in order.
    var taken: [AttemptID] {
        events.flatMap { event in
            if case .tookOver(let attempts) = event { attempts.map(\.claim.attempt) } else { [AttemptID]() }
        }
    }
}
