import CampaignFile
import DialModel
import Ledger
import Monitoring
import RunControl
import Wording

/// Everything that a board shows of one campaign, at one instant.
struct BoardFigures: Sendable {
    let campaign: String
    /// The accounts that carry its calls.
    let accounts: [String]
    let mode: DialingMode
    /// The instant: the run's time while one goes on.
    let at: Timestamp
    /// The campaign's clocks, by which people are told when something will be.
    let clocks: ZoneRules
    /// The run; nil when none goes on, or none that answers.
    var run: RunGlance?
    /// Whether a run goes on that does not answer.
    var isSilent = false
    let ledger: CampaignFigures
    /// The calls that people answered in the window of the rules, and those of them that were abandoned; nil where they cannot
    /// be counted.
    var abandonment: AbandonmentCount?
    /// The most that may be abandoned, from 0 to 1; nil where nothing limits it.
    var abandonmentLimit: Double?
    var pace = Pace()
    /// The numbers of the campaign's pool, ascending.
    var numbers: [NumberStanding] = []
    /// The run's latest messages, oldest first.
    var notes: [String] = []
    /// Most urgent first.
    var alerts: [BoardAlert] = []

    /// How fast it goes.
    struct Pace: Hashable, Sendable {
        /// Attempts that ended per minute, over the last minutes; nil at the very start.
        var perMinute: Double?
        /// How long until every lead is finished, if it goes on like this; nil while nothing can be said.
        var toGo: Duration?
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
        let answered = CallOutcome.allCases.filter(\.wasAnswered).reduce(0) { $0 + outcomes[$1] }
        return (answered, outcomes.total - outcomes[.refused] - outcomes[.notPlaced])
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
        if let freeBytes, thresholds.disk.state(of: Double(freeBytes)) == .critical {
            alerts.append(BoardAlert(kind: .diskNearlyFull, values: [ByteCount.text(freeBytes)]))
        }
        let quarantined = figures.numbers.count(where: \.isQuarantined)
        if quarantined > 0 { alerts.append(BoardAlert(kind: .numbersQuarantined, values: ["\(quarantined)"])) }
        let order = AlertPhrase.allCases
        return alerts.sorted { (order.firstIndex(of: $0.kind) ?? 0) < (order.firstIndex(of: $1.kind) ?? 0) }
    }

    /// What alarms monitors alarms whoever looks at the board.
    private static let thresholds = CheckThresholds()

    private static func ofAbandonment(_ figures: BoardFigures) -> [BoardAlert] {
        guard let count = figures.abandonment, let limit = figures.abandonmentLimit, limit > 0 else { return [] }
        let values = [count.rate.percent, limit.percent]
        switch thresholds.state(of: count, limit: limit) {
        case .critical: return [BoardAlert(kind: .abandonmentOver, values: values)]
        case .warning: return [BoardAlert(kind: .abandonmentNear, values: values)]
        case .ok, .unknown: return []
        }
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
            BoardAlert(kind: .accountLeftAlone, values: [account.name, account.until?.forPeople(at: run.at) ?? "-"])
        }
        if run.agents.setAside > 0 {
            alerts.append(BoardAlert(kind: .agentsSetAside, values: ["\(run.agents.setAside)"]))
        }
        if thresholds.stalled.state(of: run.stalled.seconds) != .ok {
            alerts.append(BoardAlert(kind: .noProgress, values: ["\(Int(run.stalled.seconds) / 60)"]))
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

/// How fast leads are being finished while a run goes on, over the last minutes.
struct ProgressEstimate: Sendable {
    private struct Sample {
        var at: Timestamp
        var attempts: Int
        var finished: Int
    }

    private static let window = Duration.seconds(300)
    /// In a rehearsal minutes pass between two looks: so many of them say something, however long they are.
    private static let fewestSamples = 30
    private var samples: [Sample] = []
    private var left = 0

    /// Takes in the figures of an instant.
    mutating func add(_ figures: CampaignFigures, at now: Timestamp) {
        if samples.last?.at != now {
            samples.append(Sample(at: now, attempts: figures.outcomes.total, finished: figures.finishedCount))
        }
        let old = samples.prefix { now - $0.at > Self.window }.count
        samples.removeFirst(max(0, min(old, samples.count - Self.fewestSamples)))
        left = figures.leads - figures.finishedCount
    }

    /// What it comes to.
    var pace: BoardFigures.Pace {
        var pace = BoardFigures.Pace()
        guard let first = samples.first, let last = samples.last, last.at - first.at >= .seconds(5) else { return pace }
        let minutes = (last.at - first.at).seconds / 60
        pace.perMinute = Double(last.attempts - first.attempts) / minutes
        let finished = last.finished - first.finished
        if finished > 0, left > 0 { pace.toGo = .seconds(Double(left) / (Double(finished) / minutes) * 60) }
        return pace
    }
}
