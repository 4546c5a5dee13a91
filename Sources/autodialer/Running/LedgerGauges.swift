import CampaignFile
import CampaignRunner
import Compliance
import DialModel
import Ledger
import Monitoring
import SQLiteLedger
import StoredLedger
import Telephony

/// Reads from the ledger what metrics tell of it.
struct LedgerGauges: Sendable {
    let ledger: any LedgerStore
    /// How abandoned calls are counted, by campaign.
    let abandonment: [CampaignID: AbandonmentLook]

    /// Tells the figures of a campaign; those that cannot be read now stay as they were.
    func read(_ run: CampaignRun, into metrics: Locked<MetricSet>, at now: Timestamp) async {
        let name = run.campaign.name
        if let figures = try? await ledger.figures(of: run.id, at: now) {
            metrics.with { metrics in
                for (standing, count) in [
                    ("due", figures.due), ("waiting", figures.waiting), ("dialing", figures.dialing),
                    ("standby", figures.standby), ("finished", figures.finishedCount),
                ] { metrics.set(.leads, name, standing, to: Double(count)) }
            }
        }
        if let look = abandonment[run.id], let count = try? await look.count(of: run.id, in: ledger, at: now) {
            metrics.with { metrics in
                metrics.set(.abandonment, name, to: count.rate)
                if let limit = look.limit { metrics.set(.abandonmentLimit, name, to: limit) }
            }
        }
        for part in run.parts { await readNumbers(of: part.account, into: metrics, at: now) }
    }

    private func readNumbers(of account: String, into metrics: Locked<MetricSet>, at now: Timestamp) async {
        guard let snapshot = try? await ledger.callerIDSnapshot(of: account, at: now), !snapshot.numbers.isEmpty else {
            return
        }
        let held = Set(snapshot.held.map(\.callerID))
        var counts = ["free": 0, "in_use": 0, "paused": 0, "quarantined": 0]
        for number in snapshot.numbers where number.dialsOut {
            switch number.status {
            case .active: counts[held.contains(number.number) ? "in_use" : "free", default: 0] += 1
            case .paused: counts["paused", default: 0] += 1
            case .quarantined(let until):
                counts[until > now ? "quarantined" : "free", default: 0] += 1
            }
        }
        metrics.with { metrics in
            for (state, count) in counts { metrics.set(.callerIDs, account, state, to: Double(count)) }
        }
    }
}

/// How the abandoned calls of a campaign are counted, and how many there may be.
struct AbandonmentLook: Sendable {
    /// The most that may be abandoned, from 0 to 1; nil where nothing limits it.
    let limit: Double?
    private let windows: AbandonmentWindows
    private let agentWithin: Duration

    init(limit: Double?, windows: AbandonmentWindows, agentWithin: Duration) {
        self.limit = limit
        self.windows = windows
        self.agentWithin = agentWithin
    }

    /// The calls that people answered in the window of an instant, and those of them that were abandoned.
    func count(of campaign: CampaignID, in ledger: any LedgerStore, at now: Timestamp) async throws -> AbandonmentCount
    {
        try await ledger.liveAnswers(of: campaign, since: windows.start(of: now), agentWithin: agentWithin)
    }
}
