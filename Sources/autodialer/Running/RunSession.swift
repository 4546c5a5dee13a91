import CallerID
import CampaignFile
import CampaignRunner
import DialEngine
import DialModel
import Foundation
import Glibc
import Ledger
import Logging
import Regions
import SQLiteLedger
import Telephony

/// One `autodialer run`: everything that has to be open while a campaign runs, and the order of opening it.
struct RunSession {
    /// What the user asked for.
    struct Wishes: Sendable {
        var speed: Double?
        var until: TimeOfDayArgument?
        var maxDuration: Duration?
        var maxAttempts: Int?
        var isQuiet = false
        var isVerbose = false
    }

    let folder: CampaignFolder
    let account: Account
    let ledger: SQLiteLedger
    let wishes: Wishes

    /// Runs the campaign and prints its summary; the answer is the exit code.
    func run() async throws -> Failure.Code? {
        let campaign = folder.campaign
        let lock = try RunLock.acquire(database: ledger.database, campaign: campaign.name)
        defer { lock.close() }
        let connection = try await VendorConnection.open(account, for: campaign, speed: wishes.speed)
        let result: Result<Failure.Code?, any Error>
        do {
            result = .success(try await run(over: connection))
        } catch {
            result = .failure(error)
        }
        await connection.close()
        return try result.get()
    }

    private func run(over connection: VendorConnection) async throws -> Failure.Code? {
        let clock = connection.clock
        let campaign = folder.campaign
        let warnings = try Abilities.check(campaign, against: connection.vendor.abilities, file: folder.file)
        Console.error(warnings.map(\.rendered))
        try await preflight(at: clock.now)
        let id = try await ledger.openCampaign(named: campaign.name, at: clock.now)
        try await ListImport(folder: folder, isQuiet: wishes.isQuiet).importIfNew(into: id, of: ledger, at: clock.now)
        let regions = try folder.regionFinder()
        let campaignPolicy = CampaignPolicy(folder: folder, account: account, ledger: ledger, regions: regions)
        let (policy, callerIDs) = try await campaignPolicy.made(at: clock.now)
        try await connection.vendor.prepare(callerIDs: callerIDs)

        try await ledger.takeUp(policy: try folder.policyWord(), of: id, at: clock.now)
        let run = try await ledger.beginRun(of: id, vendor: account.name, at: clock.now)
        let plan = RunPlan(
            campaign: id, run: run, vendorName: account.name, prefix: campaign.dial.prefixes(by: regions),
            classifiesAnswers: campaign.dial.analysis.isWanted,
            engine: try await engineSettings(for: id, of: connection.vendor.abilities, by: clock), policy: policy,
            order: campaign.order)
        let style = wishes.isQuiet ? Board.Style.silent : .fitting(Terminal.ofStderr())
        let notes = Notes()
        let runner = CampaignRunner(
            plan: plan, ledger: ledger, vendor: connection.vendor, clock: clock,
            logger: RunLog.logger(wishes, notes: style.isPanel ? notes : nil))
        let board = Board(
            campaign: campaign, vendor: account.name, id: id, ledger: ledger, runner: runner, clock: clock,
            style: style, notes: notes)
        let (ending, stoppedBy) = try await drive(runner, board)
        try await ledger.endRun(run, because: ending.word, at: clock.now)
        let figures = try await ledger.figures(of: id, at: clock.now)
        if !wishes.isQuiet {
            Console.out(Summary(campaign: campaign.name, figures: figures, ending: ending).text)
        }
        return exitCode(of: ending, stoppedBy: stoppedBy)
    }

    /// Refuses to call anybody as long as something is missing that the rules ask for; a rehearsal only says so.
    private func preflight(at now: Timestamp) async throws {
        let lists = try await folder.listRefusals(for: account, in: ledger, at: now)
        let refusals = try folder.refusals(for: account) + lists
        guard !refusals.isEmpty else { return }
        guard account.isSimulated else {
            var failure = Failure(.notPermitted)
            failure.lines = refusals + ["error: nobody is called before this is there"]
            throw failure
        }
        guard !wishes.isQuiet else { return }
        for refusal in refusals { Console.message("\(refusal); this is a rehearsal, and goes on") }
    }

    /// Runs until the end, with the board showing and signals heard.
    private func drive(_ runner: CampaignRunner, _ board: Board) async throws -> (RunEnding, Int32?) {
        let listener = StopListener(runner: runner, board: board)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await board.show() }
            group.addTask { await listener.listen() }
            let result: Result<RunEnding, LedgerError>
            do throws(LedgerError) {
                result = .success(try await runner.run())
            } catch {
                result = .failure(error)
            }
            group.cancelAll()
            try await group.waitForAll()
            return (try result.get(), await listener.received)
        }
    }

    private func engineSettings(
        for id: CampaignID, of abilities: VendorAbilities, by clock: SystemClock
    ) async throws -> EngineSettings {
        let now = clock.now
        let ends = [wishes.maxDuration.map { now + $0 }, wishes.until.map { $0.today(at: now) }].compactMap(\.self)
        let engine = CampaignEngine(folder: folder, account: account, ledger: ledger)
        var settings = try await engine.settings(for: id, of: abilities, from: now)
        settings.maxAttempts = wishes.maxAttempts
        settings.stopDialingAt = ends.min()
        settings.staysForRetries = !ends.isEmpty
        if clock.speed > 1 {
            // In a rehearsal the moments that this machine takes for a request last longer in the time of the run.
            let slack = Duration.seconds(5 * clock.speed)
            settings.placeLimit += slack
            settings.answerLimit += slack
        }
        return settings
    }

    private func exitCode(of ending: RunEnding, stoppedBy signal: Int32?) -> Failure.Code? {
        switch ending {
        case .nothingDue, .noCallerID, .deadline, .attemptLimit: nil
        case .numbersBusy: .tryLater
        case .stopped: signal == SIGTERM ? .terminated : .interrupted
        case .vendorUnavailable: .vendorUnavailable
        case .vendorRefused: .notPermitted
        }
    }
}

/// Hears the first signal as a wish to stop, and the second as an order.
private actor StopListener {
    private let runner: CampaignRunner
    private let board: Board
    private(set) var received: Int32?

    init(runner: CampaignRunner, board: Board) {
        self.runner = runner
        self.board = board
    }

    func listen() async {
        for await number in StopSignals.stream() {
            guard received == nil else {
                // Every commit is whole, so leaving at once loses nothing; the next run settles what is open.
                await board.leave()
                _exit(128 + number)
            }
            received = number
            runner.requestStop()
            await board.note(
                "stopping: no more calls are placed; calls in progress may finish. Again to leave at once.")
        }
    }
}

extension TimeOfDayArgument {
    /// This time of the day of `now`, in the machine's time zone.
    func today(at now: Timestamp) -> Timestamp {
        let date = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
        let calendar = Calendar(identifier: .gregorian)
        // A time that the clocks leap over is the first one after the leap.
        let instant = calendar.date(bySettingHour: hour, minute: minute, second: 0, of: date) ?? date
        return Timestamp(milliseconds: Int64(instant.timeIntervalSince1970 * 1000))
    }
}

extension RunEnding {
    /// The word that the ledger keeps.
    var word: String {
        switch self {
        case .nothingDue: "nothing_due"
        case .numbersBusy: "numbers_busy"
        case .noCallerID: "no_caller_id"
        case .deadline: "deadline"
        case .attemptLimit: "attempt_limit"
        case .stopped: "stopped"
        case .vendorUnavailable: "vendor_unavailable"
        case .vendorRefused: "vendor_refused"
        }
    }

    /// The sentence for a person.
    var sentence: String {
        switch self {
        case .nothingDue(next: nil): "every lead is finished"
        case .nothingDue(let next?): "nothing is due before \(next.dayAndTime)"
        case .numbersBusy:
            "the numbers of the leads that are due have an open attempt in another campaign; run that campaign to settle "
                + "them, then this one again"
        case .noCallerID(let hold):
            "leads are due, and no number of the campaign's pool may be shown before \(hold.until.dayAndTime) "
                + "(\(hold.reason)); see caller-ids list"
        case .deadline: "the time for this run is up"
        case .attemptLimit: "this run has made as many attempts as it may"
        case .stopped: "stopped by the operator"
        case .vendorUnavailable: "the vendor cannot be reached; run the same command again later"
        case .vendorRefused(let reason): "the vendor refuses the campaign's calls: \(reason)"
        }
    }
}
