import DialModel
import EventWire
import Telephony

extension WellOperation {
    /// Calls somebody from a phone (`makeCall`, A.5).
    ///
    /// `cpa` is a text on the wire and left out when off. The phone shows the masked number. The context comes back in
    /// the vendor's own records of the call (A.3.4).
    static func makeCall(_ request: CallRequest, dialled: String, from device: String) -> WellOperation {
        var body: [String: JSONValue] = [
            "from": .string(device), "to": .string(dialled), "destForDisplay": .string(request.number.masked),
            "contextId": .string("{\"attemptId\":\"\(request.attempt.value)\"}"),
        ]
        if let callerID = request.callerID { body["originForDisplay"] = .string(callerID) }
        if request.classifiesAnswer { body["cpa"] = .string("1") }
        return WellOperation(
            name: "makeCall", method: "POST", path: CallLeg.calls, body: .object(body), connection: .fresh,
            isUrgent: true)
    }

    /// The name of the call that `makeCall` started; nil when the answer has none.
    static func callID(in body: [UInt8]) -> String? {
        JSONValue(parsing: body)?["callId"]?.text
    }
}
