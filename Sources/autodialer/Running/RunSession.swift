import CampaignFile
import CampaignRunner
import DialEngine
import DialModel
import Forecast
import Foundation
import Glibc
import Ledger
import Logging
import Regions
import SQLiteLedger
import StoredLedger
import Telephony
import Wording

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
        /// Where a board is shown.
        var terminal = Terminal(STDERR_FILENO)
        /// The language of all that is said to people.
        var language = Language.english
        /// Whether to settle what an earlier run left open, and to place no call.
        var onlyRecovers = false
        /// What to do while another run has one of the campaigns.
        var ifLocked = IfLocked.fail
        /// Where the log goes.
        var log = LogWishes()
        /// Where metrics go.
        var metrics = MetricsWishes()
        /// Collects what goes wrong for the mail at the end; nil where no mail is wanted.
        var remarks: Notes?
    }

    /// The campaigns; more than one share the agents of their group.
    let folders: [CampaignFolder]
    /// The account of all of them, or those of the only one.
    let accounts: CampaignAccounts
    let ledger: any LedgerStore
    /// Where the database is, and what runs keep beside it on this machine.
    let database: DatabaseOptions
    let wishes: Wishes
    /// What the run counts.
    var tally = RunTally()

    /// Runs the campaigns and prints their summaries; the answer is the exit code.
    func run() async throws -> Failure.Code? {
        let campaigns = folders.map(\.campaign.name)
        guard let locks = try await wishes.ifLocked.acquire(campaigns, of: database.path) else { return nil }
        defer { for lock in locks { lock.close() } }
        var connections: [VendorConnection] = []
        let result: Result<Failure.Code?, any Error>
        do {
            for account in accounts.all {
                connections.append(
                    try await VendorConnection.open(
                        account, for: folders[0].campaign, speed: wishes.speed, keeping: connections.first?.clock,
                        numbers: account.isBuiltIn ? try await ledger.callerIDs(of: account.name) : []))
            }
            result = .success(try await run(over: connections))
        } catch {
            result = .failure(error)
        }
        for connection in connections { await connection.close() }
        return try result.get()
    }

    private func run(over connections: [VendorConnection]) async throws -> Failure.Code? {
        let clock = connections[0].clock
        let outlet = try await MetricsOutlet.open(file: wishes.metrics.file, port: wishes.metrics.port)
        let isBoardWanted = !wishes.isQuiet && wishes.log.format == .text
        let style: Board.Style =
            isBoardWanted ? .fitting(wishes.terminal) : wishes.isQuiet ? .silent : .lines
        let notes = Notes()
        let logger = try RunLog.logger(wishes, notes: notes, isPanel: style.isPanel)
        let record = OrderRecord(logger, in: ledger)
        let shared =
            folders.count > 1
            ? SharedVendor(connections[0].vendor, claimants: folders.map(\.claimant), clock: clock) : nil
        var runs: [CampaignRun] = []
        for (index, folder) in folders.enumerated() {
            let vendors = connections.map { shared?.share(ofCampaign: index) ?? $0.vendor }
            runs.append(try await prepare(folder, over: vendors, by: clock, logger: logger))
        }
        let gauges = LedgerGauges(ledger: ledger, abandonment: try await abandonmentLooks(of: runs, at: clock.now))
        let monitor = RunMonitor(runs, tally, figures: gauges, clock: clock)
        let feeds = zip(runs, folders).map { BoardFeed(of: $0.id, $1, in: ledger) }
        let board = Board(
            runs: runs, monitor: monitor, feeds: feeds, clock: clock, style: style, notes: notes,
            language: wishes.language)
        let watch = RunWatch(
            monitor: monitor, outlet: outlet, clocks: ClockComparison(accounts, connections, tally), logger: logger)
        let (endings, stoppedBy) = try await drive(runs, observing: shared, board, record, watch, notes)
        await outlet.finish(monitor, logger: logger)
        return try await close(runs, endings, stoppedBy, at: clock.now)
    }

    /// Makes a campaign ready to be run: a runner for each account.
    private func prepare(
        _ folder: CampaignFolder, over vendors: [any TelephonyVendor], by clock: SystemClock, logger: Logger
    ) async throws -> CampaignRun {
        let preparation = RunPreparation(folder: folder, accounts: accounts, ledger: ledger, wishes: wishes)
        let id = try await preparation.begin(with: vendors, by: clock)
        let onHold = LeadsOnHold(counts: try await ledger.leadsOnHold(of: id))
        // One instant for all accounts, by which they are known to be of one run.
        let now = clock.now
        let desk = preparation.desk
        let routes = accounts.all.indices.map { index in
            desk.map { RunRoute(desk: $0, account: index, others: accounts.namesBeside(index)) }
        }
        let regions = try folder.regionFinder()
        let policies = try await policies(preparation, over: vendors, routes, regions, by: clock)
        try await ledger.takeUp(policy: try folder.policyWord(), of: id, at: now)
        var parts: [CampaignRun.Part] = []
        for (index, vendor) in vendors.enumerated() {
            let account = accounts.all[index]
            var plan = try await preparation.plan(
                id, through: account, vendor.abilities, policy: policies[index], route: routes[index], regions,
                by: clock, from: now)
            plan.runnerName = database.runnerName
            var logger = logger
            logger[metadataKey: "campaign"] = "\(folder.campaign.name)"
            logger[metadataKey: "run"] = "\(plan.run.value)"
            if desk != nil { logger[metadataKey: "account"] = "\(account.name)" }
            let recording = recording(of: plan, for: folder.campaign, by: clock)
            let runner = CampaignRunner(
                plan: plan, ledger: ledger, vendor: vendor, clock: clock, logger: logger, recorder: recording,
                observer: PartTally(tally, campaign: folder.campaign.name, account: account.name))
            parts.append(
                CampaignRun.Part(account: account.name, plan: plan, runner: runner, recording: recording))
        }
        return CampaignRun(
            campaign: folder.campaign, id: id, parts: parts, desk: desk, clock: clock, startedAt: now,
            onHoldBefore: onHold)
    }

    /// Begins to record what the engine of a run is told, and keeps the recording of a run that died before it.
    private func recording(of plan: RunPlan, for campaign: Campaign, by clock: SystemClock) -> EventLogFile {
        let account = accounts.all.count > 1 ? plan.vendorName : nil
        let path = RunLock.recordingPath(database: database.path, campaign: campaign.name, account: account)
        if let kept = EventLogFile.keepRecording(at: path) {
            Console.message(wishes.language.say(ReplayPhrase.kept, kept))
        }
        let header = EventLogHeader(
            version: Autodialer.version, account: plan.vendorName, startedAt: clock.now, settings: plan.engine)
        return EventLogFile(at: path, of: header)
    }

    /// Decides on what each account asks about a lead; one of several may be out of reach, and is tried as the run goes on.
    private func policies(
        _ preparation: RunPreparation, over vendors: [any TelephonyVendor], _ routes: [RunRoute?],
        _ regions: RegionFinder, by clock: SystemClock
    ) async throws -> [GatePolicy] {
        var policies: [GatePolicy] = []
        var failures: [VendorError] = []
        for (index, vendor) in vendors.enumerated() {
            let (policy, failure) = try await preparation.policy(
                of: accounts.all[index], over: vendor, route: routes[index], regions, by: clock)
            policies.append(policy)
            if let failure { failures.append(failure) }
        }
        if failures.count == vendors.count, let failure = failures.first { throw failure }
        for failure in failures {
            Console.error(["warning: \(failure); it is tried again while others carry the calls"])
        }
        return policies
    }

    /// Prints how each run ended; the answer is the first exit code that says that something is amiss.
    private func close(
        _ runs: [CampaignRun], _ endings: [[RunEnding]], _ signal: Int32?, at now: Timestamp
    ) async throws -> Failure.Code? {
        var code: Failure.Code?
        for part in runs.flatMap(\.parts) { part.recording.remove() }
        for (run, endings) in zip(runs, endings) {
            let figures = try await ledger.figures(of: run.id, at: now)
            let onHold = LeadsOnHold(counts: try await ledger.leadsOnHold(of: run.id))
            let ending = RunEnding(joining: endings)
            let sentence = ending.sentence(leaving: onHold, inCalls: figures.dialing)
            if wishes.onlyRecovers, exitCode(of: ending, stoppedBy: signal) != nil {
                Console.error([RunEndingDetail.ofAccount.filled(run.campaign.name, sentence)], in: wishes.language)
            }
            let accounts = run.accountRows(endings, leaving: onHold, inCalls: figures.dialing)
            let nextDue = try await ledger.nextDue(of: run.id, by: figures)
            if let remarks = wishes.remarks {
                let mail = RunMail(
                    campaign: run.campaign.name, work: tally.work(of: run.campaign.name), figures: figures,
                    nextDue: nextDue, onHold: onHold, isNewlyOnHold: onHold.hasMore(than: run.onHoldBefore),
                    ending: ending,
                    accounts: accounts, startedAt: run.startedAt, endedAt: now, remarks: remarks.latest,
                    isFine: [nil, .tryLater].contains(exitCode(of: ending, stoppedBy: signal)))
                if mail.isWorthSending { Console.out(mail.text(in: wishes.language)) }
            } else if !wishes.isQuiet {
                Console.out(
                    Summary(
                        campaign: run.campaign.name, figures: figures, onHold: onHold,
                        ending: sentence, accounts: accounts, nextDue: nextDue
                    ).text(in: wishes.language, columns: Terminal(STDOUT_FILENO).lineWidth))
                if self.accounts.isSimulated, figures.attempts == 0, nextDue?.isOutsideHours == true {
                    Console.message(wishes.language.say(SummaryPhrase.rehearsalWaits))
                }
            }
            code = code ?? exitCode(of: ending, stoppedBy: signal)
        }
        return code
    }

    /// Runs until all have ended, with the board showing and signals heard.
    private func drive(
        _ runs: [CampaignRun], observing shared: SharedVendor?, _ board: Board, _ record: OrderRecord,
        _ watch: RunWatch, _ notes: Notes
    ) async throws -> ([[RunEnding]], Int32?) {
        let doors = RunDoors.open(for: runs, database: database.path, warningIn: wishes.language)
        defer { doors.close() }
        let runners = runs.flatMap(\.parts).map(\.runner)
        // Before the board is on the screen, which the signals' own reactions would leave there.
        let signals = await StopSignals.stream()
        let listener = StopListener(
            signals, runners: runners, board: board, isQuiet: wishes.isQuiet, language: wishes.language)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await board.show() }
            group.addTask { await listener.listen() }
            group.addTask { await doors.serve(record, notes, watch.monitor) }
            group.addTask { await watch.run() }
            if let shared {
                group.addTask { await shared.run(for: runners) }
            }
            let result: Result<[[RunEnding]], any Error>
            do {
                let endings = try await Self.endings(of: runs)
                // While signals are heard, and before the board is cancelled together with all that it would have to ask.
                await board.finish()
                result = .success(endings)
            } catch {
                await board.leave()
                result = .failure(error)
            }
            group.cancelAll()
            try await group.waitForAll()
            return (try result.get(), await listener.received)
        }
    }

    /// Runs all at the same time; a ledger that fails one fails all.
    private static func endings(of runs: [CampaignRun]) async throws -> [[RunEnding]] {
        try await withThrowingTaskGroup(of: (run: Int, part: Int, ending: RunEnding).self) { group in
            for (index, run) in runs.enumerated() {
                for (place, part) in run.parts.enumerated() {
                    group.addTask { (index, place, try await part.runner.run()) }
                }
            }
            var endings = runs.map { [RunEnding](repeating: .stopped, count: $0.parts.count) }
            for try await (run, part, ending) in group { endings[run][part] = ending }
            return endings
        }
    }

    private func exitCode(of ending: RunEnding, stoppedBy signal: Int32?) -> Failure.Code? {
        switch ending {
        case .nothingDue, .noCallerID, .accountFull, .deadline, .attemptLimit: nil
        case .numbersBusy, .fenced: .tryLater
        case .stopped: signal.map { $0 == SIGINT ? .interrupted : .terminated }
        case .vendorUnavailable: .vendorUnavailable
        case .vendorRefused: .notPermitted
        }
    }
}

/// Hears the first signal as a wish to stop, and the second as an order.
private actor StopListener {
    private let runners: [CampaignRunner]
    private let board: Board
    private let isQuiet: Bool
    private let language: Language
    private let signals: AsyncStream<Int32>
    private(set) var received: Int32?

    init(
        _ signals: AsyncStream<Int32>, runners: [CampaignRunner], board: Board, isQuiet: Bool, language: Language
    ) {
        self.isQuiet = isQuiet
        self.signals = signals
        self.language = language
        self.runners = runners
        self.board = board
    }

    func listen() async {
        for await number in signals {
            // A terminal that goes may say so twice, and asks for no more haste by that.
            if number == SIGHUP, received != nil { continue }
            guard received == nil else {
                // Every commit is whole, so leaving at once loses nothing; the next run settles what is open.
                await board.leave()
                var open = 0
                for runner in runners { open += await runner.snapshot().openCalls }
                if open > 0, !isQuiet { Console.message(language.say(StoppingPhrase.left, open)) }
                _exit(128 + number)
            }
            received = number
            for runner in runners { runner.requestStop() }
            await board.note(language.say(StoppingPhrase.stopping))
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
