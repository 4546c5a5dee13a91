import DialEngine
import DialModel
import Telephony

/// Something that is going to happen.
enum Happening: Sendable {
    /// A process begins to run the campaign.
    case starts
    /// A timer of the process may be due.
    case wakes(process: Int)
    /// The disk answers a process's commit.
    case commits(process: Int)
    /// A request leaves the process that made it.
    case departs(VendorRequest)
    /// A request reaches the vendor.
    case arrives(VendorRequest)
    /// An answer reaches the process that asked.
    case answered(VendorAnswer, to: VendorRequest)
    /// News reaches a process.
    case told(VendorNews, process: Int)
    /// A call goes on.
    case call(Int, CallStep)
    /// An agent goes on.
    case agent(Int, AgentStep)
    /// The vendor is asked about its agents.
    case observes(process: Int)
    /// The vendor cannot be observed any more, or can be again.
    case outage(begins: Bool, isRefusal: Bool)
    /// The vendor calls somebody by itself, if it may.
    case dialsByItself(process: Int)
    /// Somebody gives an order.
    case ordered(Order.Kind)
    /// The wall clock leaps.
    case leaps(Duration)
    /// The machine that processes run on is suspended for a while.
    case isSuspended(Duration)
    /// A number comes onto the do-not-call list.
    case listed(PhoneNumber)
    /// Another campaign calls a number of this one's.
    case rivalCalls(PhoneNumber)
    /// And its attempt ends.
    case rivalEnds(AttemptID)
}

extension Happening {
    /// Whether it needs the machine that processes run on.
    var needsMachine: Bool {
        switch self {
        case .starts, .wakes, .commits, .departs, .answered, .told, .observes, .ordered: true
        case .arrives, .call, .agent, .outage, .dialsByItself, .leaps, .isSuspended, .listed, .rivalCalls, .rivalEnds:
            false
        }
    }
}

/// What is going to happen and when, earliest first; what happens at one instant happens in the order of its planning.
struct Agenda: Sendable {
    private struct Entry: Comparable, Sendable {
        var at: Timestamp
        var order: UInt64
        var what: Happening

        static func < (lhs: Self, rhs: Self) -> Bool { (lhs.at, lhs.order) < (rhs.at, rhs.order) }
        static func == (lhs: Self, rhs: Self) -> Bool { lhs.order == rhs.order }
    }

    private var heap = BinaryHeap<Entry>()
    private var count: UInt64 = 0
    /// The present, by true clocks.
    private(set) var now: Timestamp

    init(at start: Timestamp) { now = start }

    /// When the next thing happens; nil if nothing does.
    var next: Timestamp? { heap.first?.at }

    /// Plans something; what is already past happens next.
    mutating func plan(_ what: Happening, at instant: Timestamp) {
        count += 1
        heap.add(Entry(at: max(instant, now), order: count, what: what))
    }

    /// Plans something after a while.
    mutating func plan(_ what: Happening, in wait: Duration) { plan(what, at: now + wait) }

    /// Lets time pass until the next thing happens.
    mutating func takeNext() -> Happening? {
        guard let entry = heap.popFirst() else { return nil }
        now = entry.at
        return entry.what
    }
}

/// What a process asks of the vendor.
struct VendorRequest: Sendable {
    enum Wish: Sendable {
        case place(CallOrder)
        case connect(LiveCall, to: AgentID, notAfter: Timestamp)
        case playMessage(LiveCall)
        case hangUp(LiveCall)
        case search(ReconcileOrder)
    }

    /// Which request of all it is.
    var serial: Int
    /// Which process made it.
    var process: Int
    var wish: Wish
    /// What goes wrong with it; nil for nothing.
    var fault: Fault?
}

/// What the vendor answers to a request, or what becomes of it on the way.
enum VendorAnswer: Sendable {
    case placed(AttemptID, Result<VendorCallID, VendorError>)
    case offered(AttemptID, AgentID, VendorError?)
    case messagePlayed(AttemptID, VendorError?)
    case hungUp(AttemptID, VendorError?)
    case searched(AttemptID, Result<Reconciliation, VendorError>)
}

/// What the vendor tells by itself.
enum VendorNews: Sendable {
    case event(VendorEvent)
    /// One agent, as of an instant of the process's clock.
    case agent(AgentObservation, asOf: Timestamp)
}
