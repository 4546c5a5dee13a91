import DialModel
import Logging
import Monitoring
import Telephony

/// Everybody who looks on while a run lasts, and does nothing to it.
struct RunWatch: Sendable {
    let monitor: RunMonitor
    let outlet: MetricsOutlet
    let clocks: ClockComparison
    let logger: Logger

    /// Looks on until cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await monitor.watch() }
            group.addTask { await outlet.tell(of: monitor, logger: logger) }
            group.addTask { await clocks.compare(logger) }
        }
    }
}

/// The vendors' clocks beside this machine's, compared once at the beginning of a run.
struct ClockComparison: Sendable {
    private let accounts: [(name: String, connection: VendorConnection)]
    private let tally: RunTally

    /// Of those accounts that are real: a simulator keeps the time of the run.
    init(_ accounts: CampaignAccounts, _ connections: [VendorConnection], _ tally: RunTally) {
        self.accounts = zip(accounts.all, connections).filter { !$0.0.isSimulated }.map { ($0.name, $1) }
        self.tally = tally
    }

    /// Tells the differences, and says so where one of them is too large.
    func compare(_ logger: Logger) async {
        for (name, connection) in accounts {
            guard let skew = await connection.skew() else { continue }
            tally.metrics.with { $0.set(.clockSkew, name, to: skew.seconds) }
            guard !Judgement.isTolerable(skew) else { continue }
            logger.warning(
                "this machine's clock is not the vendor's; hours and limits go by ours, so have it keep time by NTP",
                metadata: ["account": "\(name)", "vendor_ahead_seconds": "\(Int(skew.seconds))"])
        }
    }
}

extension RunSession {
    /// How the abandoned calls of each campaign are counted.
    func abandonmentLooks(of runs: [CampaignRun], at now: Timestamp) async throws -> [CampaignID: AbandonmentLook] {
        var looks: [CampaignID: AbandonmentLook] = [:]
        for (run, folder) in zip(runs, folders) {
            let engine = CampaignEngine(folder: folder, accounts: accounts, ledger: ledger)
            looks[run.id] = try await engine.abandonmentLook(of: run.id, at: now)
        }
        return looks
    }
}
