import CampaignFile
import CampaignRunner
import DialEngine
import DialModel
import Foundation
import Glibc
import Ledger
import Logging
import SQLiteLedger
import Telephony

/// One `autodialer run`: everything that has to be open while campaigns run, and the order of opening it.
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

    /// The campaigns; more than one share the agents of their group.
    let folders: [CampaignFolder]
    /// The one account of all of them.
    let account: Account
    let ledger: SQLiteLedger
    let wishes: Wishes

    /// Runs the campaigns and prints their summaries; the answer is the exit code.
    func run() async throws -> Failure.Code? {
        let locks = try folders.map { try RunLock.acquire(database: ledger.database, campaign: $0.campaign.name) }
        defer { for lock in locks { lock.close() } }
        let connection = try await VendorConnection.open(account, for: folders[0].campaign, speed: wishes.speed)
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
        let style = wishes.isQuiet ? Board.Style.silent : .fitting(Terminal.ofStderr())
        let notes = Notes()
        var logger = RunLog.logger(wishes, notes: style.isPanel ? notes : nil)
        let record = OrderRecord(logger)
        let shared =
            folders.count > 1
            ? SharedVendor(connection.vendor, claimants: folders.map(\.claimant), clock: clock) : nil
        var runs: [CampaignRun] = []
        for (index, folder) in folders.enumerated() {
            if folders.count > 1 { logger[metadataKey: "campaign"] = "\(folder.campaign.name)" }
            let preparation = RunPreparation(folder: folder, account: account, ledger: ledger, wishes: wishes)
            let plan = try await preparation.plan(for: connection.vendor, by: clock)
            let vendor: any TelephonyVendor = shared?.share(ofCampaign: index) ?? connection.vendor
            let runner = CampaignRunner(plan: plan, ledger: ledger, vendor: vendor, clock: clock, logger: logger)
            runs.append(CampaignRun(campaign: folder.campaign, plan: plan, runner: runner, clock: clock))
        }
        let board = Board(runs: runs, vendor: account.name, ledger: ledger, clock: clock, style: style, notes: notes)
        let (endings, stoppedBy) = try await drive(runs, observing: shared, board, record)
        return try await close(runs, endings, stoppedBy, at: clock.now)
    }

    /// Writes down and prints how each run ended; the answer is the first exit code that says that something is amiss.
    private func close(
        _ runs: [CampaignRun], _ endings: [RunEnding], _ signal: Int32?, at now: Timestamp
    ) async throws -> Failure.Code? {
        var code: Failure.Code?
        for (run, ending) in zip(runs, endings) {
            try await ledger.endRun(run.plan.run, because: ending.word, at: now)
            let figures = try await ledger.figures(of: run.plan.campaign, at: now)
            if !wishes.isQuiet {
                Console.out(Summary(campaign: run.campaign.name, figures: figures, ending: ending).text)
            }
            code = code ?? exitCode(of: ending, stoppedBy: signal)
        }
        return code
    }

    /// Runs until all have ended, with the board showing and signals heard.
    private func drive(
        _ runs: [CampaignRun], observing shared: SharedVendor?, _ board: Board, _ record: OrderRecord
    ) async throws -> ([RunEnding], Int32?) {
        let doors = RunDoors.open(for: runs, database: ledger.database)
        defer { doors.close() }
        let listener = StopListener(runners: runs.map(\.runner), board: board)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await board.show() }
            group.addTask { await listener.listen() }
            group.addTask { await doors.serve(record) }
            if let shared {
                group.addTask { await shared.run(for: runs.map(\.runner)) }
            }
            let result: Result<[RunEnding], any Error>
            do {
                result = .success(try await Self.endings(of: runs))
            } catch {
                result = .failure(error)
            }
            group.cancelAll()
            try await group.waitForAll()
            return (try result.get(), await listener.received)
        }
    }

    /// Runs all at the same time; a ledger that fails one fails all.
    private static func endings(of runs: [CampaignRun]) async throws -> [RunEnding] {
        try await withThrowingTaskGroup(of: (Int, RunEnding).self) { group in
            for (index, run) in runs.enumerated() {
                group.addTask { (index, try await run.runner.run()) }
            }
            var endings = [RunEnding](repeating: .stopped, count: runs.count)
            for try await (index, ending) in group { endings[index] = ending }
            return endings
        }
    }

    private func exitCode(of ending: RunEnding, stoppedBy signal: Int32?) -> Failure.Code? {
        switch ending {
        case .nothingDue, .noCallerID, .deadline, .attemptLimit: nil
        case .numbersBusy: .tryLater
        case .stopped: signal.map { $0 == SIGTERM ? .terminated : .interrupted }
        case .vendorUnavailable: .vendorUnavailable
        case .vendorRefused: .notPermitted
        }
    }
}

/// Hears the first signal as a wish to stop, and the second as an order.
private actor StopListener {
    private let runners: [CampaignRunner]
    private let board: Board
    private(set) var received: Int32?

    init(runners: [CampaignRunner], board: Board) {
        self.runners = runners
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
            for runner in runners { runner.requestStop() }
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
