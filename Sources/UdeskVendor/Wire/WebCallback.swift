import DialModel
import EventWire
import Telephony

/// The request to call a customer first and then whoever takes the answered call (`vendors/alibaba-udesk.md`, B2.2).
enum WebCallback {
    /// The operation, after `/open_api_v1/`.
    static let path = "callcenter/web_callback"
    /// The variable that comes back with the call's events and names the attempt.
    static let variable = "attempt_id"

    /// The body: whom to call, which relay number to show and to route by, and whose call it is.
    static func body(_ request: CallRequest, relay: String) -> [UInt8] {
        let members: [String: JSONValue] = [
            "from_number": .string(request.prefix + CalleeSpelling(request.number).text), "to_number": .string(relay),
            "variables": .object([variable: .string(mark(of: request.attempt))]),
        ]
        return Array(JSONValue.object(members).serialized.utf8)
    }

    /// What the variable says of an attempt; it also names the call, which the vendor's answer does not.
    static func mark(of attempt: AttemptID) -> String { String(attempt.value) }
}
