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
    /// What it has been told and not taken in.
    var inbox: [DialEvent] = []
    /// The step whose commit it waits for, and what it will hear of the ledger then; nil while it waits for news.
    var committing: (step: SimulatedStep, answer: DialEvent?)?
    /// The instant, by its clock, for which a wake-up is planned.
    var armedFor: Timestamp?
}

/// What the engine wants done after some events, sorted by who does it.
struct SimulatedStep {
    var changes: [AttemptChange] = []
    var claim: Int?
    var adoptions: [UnclaimedCall] = []
    /// What is to be asked of the vendor, in order.
    var actions: [Directive] = []
    var ending: RunEnding?

    var isEmpty: Bool { changes.isEmpty && claim == nil && adoptions.isEmpty && actions.isEmpty && ending == nil }

    /// Takes in what the engine answered to one event, and sets its timers at once.
    mutating func add(_ directives: [Directive], setting timers: inout TimerBook) {
        for directive in directives {
            switch directive {
            case .claimLeads(let count): claim = count
            case .record(let change): changes.append(change)
            case .adopt(let call): adoptions.append(call)
            case .finish(let why): ending = why
            case .setTimer(let timer, let instant): timers.set(timer, at: instant)
            case .cancelTimer(let timer): timers.cancel(timer)
            case .takeOwnCalls, .placeCall, .connect, .playMessage, .hangUp, .reconcile: actions.append(directive)
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

    /// Takes the timer that is due first, and of equal ones the one that was set first; nil if none is.
    mutating func popFirst(dueAt now: Timestamp) -> DialTimer? {
        guard let next, next <= now, let index = pending.firstIndex(where: { $0.at == next }) else { return nil }
        return pending.remove(at: index).timer
    }
}
