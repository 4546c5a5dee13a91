import DialEngine
import DialModel
import Ledger
import Pacing
import Telephony

/// The lines of a board.
struct BoardPanel {
    let title: String
    let clock: SystemClock
    let figures: CampaignFigures
    let snapshot: EngineSnapshot
    let progress: ProgressEstimate
    /// What each of several accounts is doing.
    let accounts: [AccountLine]
    let notes: [String]

    /// The board, no line wider than `width` columns.
    func lines(width: Int, hasColour: Bool) -> [String] {
        let time = clock.now.clockTime + (clock.speed > 1 ? " ×\(Int(clock.speed))" : "")
        let room = max(0, width - 1 - time.displayWidth)
        let head = title.fitted(to: max(0, room - 1)).padded(to: room) + time
        let rows =
            [
                row("leads", leads), row("calls", calls), row("agents", agents), row("outcomes", outcomes),
                row("pace", pace), row("state", state),
            ] + accounts.enumerated().map { row($0.offset == 0 ? "accounts" : "", $0.element.text) }
        let body = rows.map { $0.fitted(to: width - 1) } + notes.map { ("! " + $0).fitted(to: width - 1) }
        return [hasColour ? "\u{1B}[1m\(head)\u{1B}[0m" : head, bar(width: min(width - 1, 60))] + body
    }

    private func row(_ label: String, _ text: String) -> String { label.padded(to: 10) + text }

    private var leads: String {
        "\(figures.leads) in all   \(figures.finishedCount) finished   \(figures.due) due now   "
            + "\(figures.waiting) waiting   \(figures.dialing) in a call"
    }

    private var calls: String {
        "\(snapshot.dialing) dialling   \(snapshot.ringing) ringing   \(snapshot.waiting) waiting   "
            + "\(snapshot.talking) talking" + (snapshot.unknown > 0 ? "   \(snapshot.unknown) unknown" : "")
    }

    private var agents: String {
        let agents = snapshot.agents
        return "\(agents.signedIn) signed in   \(agents.idle) idle   \(agents.reserved) reserved   "
            + "\(agents.busy) busy   \(agents.wrapUp) wrap-up"
            + (agents.setAside > 0 ? "   \(agents.setAside) set aside" : "")
            + (agents.onBreak > 0 ? "   \(agents.onBreak) on break" : "")
    }

    private var outcomes: String {
        let some = CallOutcome.allCases.filter { figures.outcomes[$0] > 0 }
        return some.isEmpty
            ? "none yet" : some.map { "\(figures.outcomes[$0]) \($0.rawValue)" }.joined(separator: "   ")
    }

    private var pace: String {
        guard let perMinute = progress.attemptsPerMinute else { return "just started" }
        let left = progress.timeToFinish.map { "   about \($0.forPeople) to go" } ?? ""
        let bound = snapshot.decision.map { "   \($0.bound.sentence)" } ?? ""
        return "\((perMinute * 10).rounded() / 10) attempts a minute" + left + bound
    }

    private var state: String {
        snapshot.pause.words
    }

    private func bar(width: Int) -> String {
        guard figures.leads > 0 else { return "" }
        let room = width - 8
        guard room > 0 else { return "" }
        let share = Double(figures.finishedCount) / Double(figures.leads)
        let full = Int(share * Double(room))
        return "[" + String(repeating: "#", count: full) + String(repeating: "-", count: room - full) + "] "
            + String(Int(share * 100)) + " %"
    }
}

extension PacingDecision.Bound {
    /// What sets the pace, in words.
    fileprivate var sentence: String {
        switch self {
        case .noAgents: "nobody is signed in"
        case .agents: "as many as agents are idle"
        case .risk: "more would find no agent"
        case .lines: "no line, or no lead, is free"
        case .pace: "adding calls step by step"
        case .vendor: "trying the vendor again"
        }
    }
}

/// How fast leads are being finished, over the last minutes.
struct ProgressEstimate {
    private struct Sample {
        var at: Timestamp
        var attempts: Int
        var finished: Int
    }

    private static let window = Duration.seconds(300)
    private var samples: [Sample] = []
    private var left = 0

    /// Takes in the figures of an instant.
    mutating func add(_ figures: CampaignFigures, at now: Timestamp) {
        samples.append(Sample(at: now, attempts: figures.outcomes.total, finished: figures.finishedCount))
        let enough = samples.firstIndex { now - $0.at <= Self.window } ?? 0
        samples.removeFirst(enough)
        left = figures.leads - figures.finishedCount
    }

    /// Attempts that ended per minute; nil at the very start.
    var attemptsPerMinute: Double? {
        guard let span else { return nil }
        return Double(span.attempts) / span.minutes
    }

    /// When every lead will be finished if it goes on like this; nil while nothing can be said.
    var timeToFinish: Duration? {
        guard let span, span.finished > 0, left > 0 else { return nil }
        return .seconds(Double(left) / (Double(span.finished) / span.minutes) * 60)
    }

    private var span: (minutes: Double, attempts: Int, finished: Int)? {
        guard let first = samples.first, let last = samples.last, last.at - first.at >= .seconds(5) else { return nil }
        let minutes = (last.at - first.at).seconds / 60
        return (minutes, last.attempts - first.attempts, last.finished - first.finished)
    }
}

extension EngineSnapshot.Pause? {
    /// What is going on, for a person.
    var words: String {
        switch self {
        case nil: "dialling"
        case .draining: "ending: waiting for calls in progress"
        case .byOperator(let name): "paused by \(name), until somebody resumes; conversations go on"
        case .vendorDown: "the vendor cannot be reached; trying again"
        case .throttled: "the vendor asked for fewer calls; going on in a moment"
        case .noAgents: "no agent is signed in"
        case .nothingDue(let next): "nothing due before \(next.clockTime)"
        case .noCallerID(let next): "no number to show before \(next.clockTime)"
        case .accountFull(let next): "the account may carry no more calls before \(next.clockTime)"
        case .byVendor: "the vendor dials; its answered calls are recorded"
        case .othersTurn: "other accounts carry the next calls"
        }
    }
}
