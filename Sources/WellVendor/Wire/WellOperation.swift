import EventWire
import Telephony

/// One operation of the vendor's call interface, before it has a session (`vendors/well-wincall.md`, A.5).
struct WellOperation: Hashable, Sendable {
    /// The vendor's name of it, for errors.
    var name: String
    var method: String
    var path: String
    var body: JSONValue?
    /// Whatever must not happen twice asks for a fresh connection.
    var connection = HTTPRequest.Connection.reusable
    /// Whether a call, a session's life or the end of the run hangs upon it.
    var isUrgent = false
}

/// A connection of a device to a call, as paths name it; the bar is encoded and the `@` is not (A.1).
struct CallLeg: Hashable, Sendable {
    static let calls = "/api/csta/callControl/calls"

    var callID: String
    var device: String

    var path: String { "\(Self.calls)/\(callID)/connections/\(device)%7C\(callID)" }
}
