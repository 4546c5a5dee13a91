import CampaignFile
import DialModel
import Ledger
import RunControl

/// Everything that a board shows of one campaign, at one instant.
struct BoardFigures: Sendable {
    let campaign: String
    /// The accounts that carry its calls.
    let accounts: [String]
    let mode: DialingMode
    /// The instant: the run's time while one goes on.
    let at: Timestamp
    /// The run; nil when none goes on, or none that can be asked.
    var run: RunGlance?
    let ledger: CampaignFigures
    var pace = Pace()
    /// The numbers of the campaign's pool, ascending.
    var numbers: [NumberStanding] = []
    /// Most urgent first.
    var alerts: [BoardAlert] = []

    /// How fast it goes.
    struct Pace: Hashable, Sendable {
        /// Attempts that ended per minute, over the last minutes; nil at the very start.
        var perMinute: Double?
        /// How long until every lead is finished, if it goes on like this; nil while nothing can be said.
        var toGo: Duration?
        /// How long nothing has happened, of the time in which something could have.
        var idleFor = Duration.zero
    }

    /// How one number that callees are shown stands.
    struct NumberStanding: Hashable, Sendable {
        var number: String
        var state: String
        var until: Timestamp?
        var isFlagged: Bool
        var dialsToday: Int
        var maxPerDay: Int?
        var answered: Int
        var rated: Int

        var isQuarantined: Bool { state == "quarantined" }
        var isPaused: Bool { state == "paused" }
    }

    /// Calls that were answered, by a person or a machine, and all that reached the network.
    var answers: (answered: Int, dialled: Int) {
        let outcomes = ledger.outcomes
        let answered = outcomes[.connected] + outcomes[.abandoned] + outcomes[.machine] + outcomes[.agentMissed]
        return (answered, outcomes.total - outcomes[.refused] - outcomes[.notPlaced])
    }

    /// The callees who answered, those of them who were abandoned, and the limit where one is set: of the run's window, else
    /// of all runs.
    var abandonment: (live: Int, abandoned: Int, limit: Double?) {
        if let standing = run?.abandonment { return (standing.live, standing.abandoned, standing.limit) }
        let outcomes = ledger.outcomes
        return (outcomes[.connected] + outcomes[.abandoned], outcomes[.abandoned], nil)
    }
}

/// Something that somebody should look at.
struct BoardAlert: Hashable, Sendable {
    let kind: AlertPhrase
    /// What stands in its places.
    var values: [String] = []

    /// What of a campaign's figures and of the world around them asks for an alert; most urgent first.
    static func all(
        of figures: BoardFigures, lists: [DoNotCallFinding], freeBytes: UInt64?
    ) -> [BoardAlert] {
        var alerts = ofAbandonment(figures) + lists.compactMap(Self.init) + ofRun(figures)
        if let freeBytes, freeBytes < diskLimit {
            alerts.append(BoardAlert(kind: .diskNearlyFull, values: ["\(freeBytes / 1_000_000)"]))
        }
        let quarantined = figures.numbers.count(where: \.isQuarantined)
        if quarantined > 0 { alerts.append(BoardAlert(kind: .numbersQuarantined, values: ["\(quarantined)"])) }
        let order = AlertPhrase.allCases
        return alerts.sorted { (order.firstIndex(of: $0.kind) ?? 0) < (order.firstIndex(of: $1.kind) ?? 0) }
    }

    /// Less free space than this on the database's disk is too little.
    private static let diskLimit: UInt64 = 500_000_000
    /// The part of its limit at which a rate is near it.
    private static let nearness = 0.8
    /// How long nothing may happen while something could.
    private static let patience = Duration.seconds(120)

    private static func ofAbandonment(_ figures: BoardFigures) -> [BoardAlert] {
        guard let standing = figures.run?.abandonment, standing.abandoned > 0 else { return [] }
        let values = [standing.rate.percent, standing.limit.percent]
        if standing.rate > standing.limit { return [BoardAlert(kind: .abandonmentOver, values: values)] }
        let isNear = standing.rate >= standing.limit * nearness
        return isNear ? [BoardAlert(kind: .abandonmentNear, values: values)] : []
    }

    private init?(_ finding: DoNotCallFinding) {
        switch finding {
        case .missing(let list): self.init(kind: .listMissing, values: [list])
        case .outdated(let list): self.init(kind: .listOutdated, values: [list])
        case .listed: return nil
        }
    }

    private init(kind: AlertPhrase, values: [String] = []) {
        self.kind = kind
        self.values = values
    }

    private static func ofRun(_ figures: BoardFigures) -> [BoardAlert] {
        guard let run = figures.run else { return [] }
        var alerts = run.accounts.filter { $0.health == .leftAlone }.map { account in
            BoardAlert(kind: .accountLeftAlone, values: [account.name, account.until?.clockTime ?? "-"])
        }
        switch run.pause?.reason {
        case .vendorDown: alerts.append(BoardAlert(kind: .vendorDown))
        case .throttled: alerts.append(BoardAlert(kind: .throttled))
        case .noAgents: alerts.append(BoardAlert(kind: .noAgents))
        case .nothingDue:
            alerts.append(BoardAlert(kind: .nothingDue, values: [run.pause?.until?.clockTime ?? "-"]))
        case .draining, .byOperator, .noCallerID, .accountFull, .othersTurn, .byVendor, nil: break
        }
        if run.agents.setAside > 0 {
            alerts.append(BoardAlert(kind: .agentsSetAside, values: ["\(run.agents.setAside)"]))
        }
        if figures.pace.idleFor >= patience {
            alerts.append(BoardAlert(kind: .noProgress, values: ["\(Int(figures.pace.idleFor.seconds) / 60)"]))
        }
        return alerts
    }
}

extension Double {
    /// A share as a percentage with one digit after the point.
    var percent: String { oneDecimal(self * 100) }
}

/// A number with one digit after the point.
func oneDecimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
}

/// How fast leads are being finished, over the last minutes, and how long nothing has happened.
struct ProgressEstimate: Sendable {
    private struct Sample {
        var at: Timestamp
        var attempts: Int
        var finished: Int
    }

    private static let window = Duration.seconds(300)
    private var samples: [Sample] = []
    private var left = 0
    private var stirredAt: Timestamp?

    /// Takes in the figures of an instant.
    mutating func add(_ figures: CampaignFigures, _ run: RunGlance?, at now: Timestamp) {
        if samples.last.map({ $0.at != now }) ?? true {
            samples.append(Sample(at: now, attempts: figures.outcomes.total, finished: figures.finishedCount))
        }
        let enough = samples.firstIndex { now - $0.at <= Self.window } ?? 0
        samples.removeFirst(enough)
        left = figures.leads - figures.finishedCount
        // Somebody waits for a call, leads wait for one, and nothing stands between them.
        let couldDial =
            run.map { $0.pause == nil && $0.agents.idle > 0 && $0.calls.lines == 0 && figures.due > 0 } ?? false
        if !couldDial || stirredAt == nil { stirredAt = now }
    }

    /// What it comes to at an instant.
    func pace(at now: Timestamp) -> BoardFigures.Pace {
        var pace = BoardFigures.Pace()
        pace.idleFor = stirredAt.map { max(.zero, now - $0) } ?? .zero
        guard let first = samples.first, let last = samples.last, last.at - first.at >= .seconds(5) else { return pace }
        let minutes = (last.at - first.at).seconds / 60
        pace.perMinute = Double(last.attempts - first.attempts) / minutes
        let finished = last.finished - first.finished
        if finished > 0, left > 0 { pace.toGo = .seconds(Double(left) / (Double(finished) / minutes) * 60) }
        return pace
    }
}
