import DialModel

/// A WebSocket connection on which a vendor pushes, in the order of opening.
struct ConnectionID: Hashable, Comparable, Sendable {
    let number: Int

    static func < (lhs: Self, rhs: Self) -> Bool { lhs.number < rhs.number }

    /// What stands for the URL to which events are posted: no client opened it, nothing ends it, and nothing on it waits
    /// for what comes before.
    static let posting = ConnectionID(number: .min)
}

/// What a dialect sends on a connection.
enum PushOutput: Hashable, Sendable {
    /// A text message that tells of something that happened, which the fault switches may lose, double or delay.
    case event(String)
    /// A text message that belongs to the protocol, such as the answer to a handshake: no fault touches it.
    case text(String)
    /// The closing handshake, after which the connection is gone.
    case close(code: UInt16, reason: String)
    /// A reset of the TCP connection, after which it is gone.
    case cut
}

/// A vendor's side that pushes events to connections which clients open, beside answering requests.
///
/// A value without clock, sockets or tasks. The world is handed in at each call and has been brought up to date, so
/// `world.now` is the present; whatever a dialect wants to send it keeps until `takeOutput`, which the host calls after
/// every other call. All dialects share the world: one speaks of the calls that it placed and of the agents who signed
/// in through it, and leaves the others alone.
protocol PushDialect: Sendable {
    /// The vendor's word in the call log.
    var vendor: String { get }

    /// What goes wrong at present; the host sets it at the start and at every change, and carries out the faults of
    /// events and connections itself.
    var faults: SimulatorFaults { get set }

    /// When `timePassed` wants to be called next; nil while nothing is due.
    var nextDueAt: Timestamp? { get }

    /// The vendor's id of a call, by its ordinal; nil for a call that this dialect did not place.
    func callID(ofCall ordinal: Int) -> String?

    /// Whether connections that are opened on a path, which is percent-encoded, are this dialect's.
    func pushes(on path: String) -> Bool

    /// A client opened a connection; the request is the one that asked for it.
    mutating func opened(
        _ connection: ConnectionID, by request: RawRequest, in world: inout SimulatedCallCentre)

    /// A whole text message came in; binary ones are dropped by the host.
    mutating func received(
        _ text: String, from connection: ConnectionID, in world: inout SimulatedCallCentre)

    /// A connection is gone, whoever ended it; what is sent on it reaches nobody.
    mutating func closed(_ connection: ConnectionID, in world: inout SimulatedCallCentre)

    /// Answers a request; nil when the path is not this dialect's.
    mutating func answer(_ request: RawRequest, in world: inout SimulatedCallCentre) -> RawAnswer?

    /// Takes note of what changed in the world, in order and at the instant at which it did, its own doing among it.
    mutating func take(_ changes: [WorldChange], in world: inout SimulatedCallCentre)

    /// `nextDueAt` has come; afterwards it is nil or later than the present.
    mutating func timePassed(in world: inout SimulatedCallCentre)

    /// Gives what is to be sent, in order, and forgets it.
    mutating func takeOutput() -> [(ConnectionID, PushOutput)]
}
