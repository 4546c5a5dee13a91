import DialEngine
import DialModel
import Ledger

/// A process that runs the campaign: what is lost when it dies.
struct SimulatedProcess {
    /// Which of all it is.
    let number: Int
    let run: RunID
    let policy: any ClaimPolicy
    var engine: DialEngine
    var timers = TimerBook()
    /// How many directives it carries out before it dies; nil if it does not.
    var directivesLeft: Int?
    /// How many attempts it claimed.
    var claimed = 0
    /// What it has been told and not taken in, because it waits for the disk.
    var inbox: [DialEvent] = []
    /// Until when it does, by true clocks.
    var busyUntil = Timestamp(milliseconds: .min)
    /// The instant, by its clock, for which a wake-up is planned.
    var armedFor: Timestamp?
}

/// What the engine wants done after some events, sorted by who does it.
struct SimulatedStep {
    var changes: [AttemptChange] = []
    var claim: Int?
    var adoptions: [UnclaimedCall] = []
    /// Everything else, in order.
    var actions: [Directive] = []
    var ending: RunEnding?

    var isEmpty: Bool { changes.isEmpty && claim == nil && adoptions.isEmpty && actions.isEmpty && ending == nil }

    mutating func add(_ directives: [Directive]) {
        for directive in directives {
            switch directive {
            case .claimLeads(let count): claim = count
            case .record(let change): changes.append(change)
            case .adopt(let call): adoptions.append(call)
            case .finish(let why): ending = why
            case .takeOwnCalls, .placeCall, .connect, .playMessage, .hangUp, .reconcile, .setTimer, .cancelTimer:
                actions.append(directive)
            }
        }
    }
}

/// The timers of a process.
struct TimerBook {
    private var pending: [(timer: DialTimer, at: Timestamp)] = []

    /// When the first of them is due.
    var next: Timestamp? { pending.lazy.map(\.at).min() }

    mutating func set(_ timer: DialTimer, at instant: Timestamp) {
        cancel(timer)
        pending.append((timer, instant))
    }

    mutating func cancel(_ timer: DialTimer) {
        if let index = pending.firstIndex(where: { $0.timer == timer }) { pending.remove(at: index) }
    }

    /// Takes the timers that are due, earliest first, and of equal ones the one that was set first.
    mutating func popDue(at now: Timestamp) -> [DialTimer] {
        guard let next, next <= now else { return [] }
        let due = pending.enumerated().filter { $0.element.at <= now }
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        pending.removeAll { $0.at <= now }
        return due.map(\.element.timer)
    }
}
