import DialModel

/// A call as this vendor has it, beside what the world knows.
struct WellCall: Sendable {
    /// The call's name on the wire, a UUID; it changes when the call is left to a colleague.
    var id: String
    /// The call's place in the world.
    let ordinal: Int
    /// Whether failed codes are told.
    let analyses: Bool
    let script: WellScript?
    /// The agents and supervisors whose phones are in it, by index, in the order in which they came.
    var parties: [Int]
    /// The vendor's name of the recording that is being made; nil for none.
    var recordID: String?
    /// The name of the call to a colleague, who is consulted; nil for none.
    var consultID: String?
    /// When the callee's phone rang.
    var rangAt: Timestamp?
}

/// Where requests name a call and a device's part in it: `…/calls/{id}/connections/{device}|{id}/…`.
struct WellCallPath {
    static let root = "/api/csta/callControl/calls"

    let callID: String
    /// The device's name before the domain; nil for the call as a whole.
    let device: String?
    /// What is asked; empty for the call or the connection itself.
    let verb: String

    /// Reads a path, in which the bar may be encoded.
    init?(_ path: String) {
        guard path.hasPrefix(Self.root + "/") else { return nil }
        let parts = path.dropFirst(Self.root.count + 1).split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        callID = parts[0]
        guard parts.count >= 3, parts[1] == "connections" else {
            device = nil
            verb = parts.dropFirst().joined(separator: "/")
            return
        }
        let connection = parts[2].replacing("%7C", with: "|").replacing("%7c", with: "|").replacing("%40", with: "@")
        let halves = connection.split(separator: "|")
        guard halves.count == 2, halves[1] == callID else { return nil }
        device = String(halves[0].prefix { $0 != "@" })
        verb = parts.dropFirst(3).joined(separator: "/")
    }
}
