import DialEngine
import DialModel

/// What the engine wants done after some events, sorted by who does it.
struct Step {
    /// A directive that asks something of the vendor.
    enum Action: Hashable {
        case place(CallOrder)
        case takeOwnCalls(Bool)
        case connect(LiveCall, AgentID, notAfter: Timestamp)
        case playMessage(LiveCall)
        case hangUp(LiveCall)
        case reconcile(ReconcileOrder)
    }

    /// To be committed, in order.
    private(set) var changes: [AttemptChange] = []
    /// How many leads to claim in the same transaction; nil for no claim.
    private(set) var claim: Int?
    /// Calls that the vendor placed by itself, to be given attempts after the commit.
    private(set) var adoptions: [UnclaimedCall] = []
    /// To be done after the commit, in order.
    private(set) var actions: [Action] = []
    /// The run is over.
    var ending: RunEnding?

    /// Whether there is nothing to do.
    var isEmpty: Bool {
        changes.isEmpty && claim == nil && adoptions.isEmpty && actions.isEmpty && ending == nil
    }

    /// Appends what the engine answered to one event, and sets its timers at once.
    ///
    /// They change nothing that others see, and one that the engine has just thought better of must not fire any more.
    mutating func add(_ directives: [Directive], setting timers: inout TimerQueue) {
        for directive in directives {
            switch directive {
            case .claimLeads(let count):
                precondition(claim == nil, "a claim of \(count) while one of \(claim ?? 0) is under way")
                claim = count
            case .record(let change): changes.append(change)
            case .adopt(let call): adoptions.append(call)
            case .takeOwnCalls(let takes): actions.append(.takeOwnCalls(takes))
            case .placeCall(let order): actions.append(.place(order))
            case .connect(let call, let agent, let last): actions.append(.connect(call, agent, notAfter: last))
            case .playMessage(let call): actions.append(.playMessage(call))
            case .hangUp(let call): actions.append(.hangUp(call))
            case .reconcile(let order): actions.append(.reconcile(order))
            case .setTimer(let timer, let instant): timers.set(timer, at: instant)
            case .cancelTimer(let timer): timers.cancel(timer)
            case .finish(let ending): self.ending = ending
            }
        }
    }
}
