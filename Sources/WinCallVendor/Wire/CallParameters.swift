import EventWire

/// What the messages of one call tell about it, field by field until the call is over (`vendors/well-wincall.md`, B.3.4).
struct CallParameters: Hashable, Sendable {
    private static let names = [
        "Caller", "Called", "CallId", "OAgId", "QueId", "ServNum", "Custom", "Others", "AcPro", "AcTask", "IvrResult",
        "CallerAreaCode", "CallerAreaName",
    ]

    private var values: [String: String] = [:]

    init() {}

    /// The fields of one message; values come as strings and as numbers.
    init(_ value: JSONValue) {
        for name in Self.names { values[name] = value[name]?.text }
    }

    var caller: String? { values["Caller"] }
    var called: String? { values["Called"] }
    /// The vendor's own name of the call, which comes once the callee is called.
    var callID: String? { values["CallId"] }
    var queue: String? { values["QueId"] }
    /// The project whose call it is.
    var project: String? { values["AcPro"] }
    /// The row of the project's table.
    var projectRow: String? { values["AcTask"] }

    /// Whether they hold anything by which the vendor tells its calls from one another.
    var hasName: Bool { callID != nil || projectRow != nil }

    /// Whether others are of another call: the vendor's own name tells where both have it, else everything that both have.
    func isOfAnotherCall(_ others: CallParameters) -> Bool {
        if let callID, let other = others.callID { return callID != other }
        return ["AcTask", "Caller"].contains { name in
            guard let value = values[name], let other = others.values[name] else { return false }
            return value != other
        }
    }

    /// Takes over what a later message says; what it leaves out stays.
    mutating func merge(_ later: CallParameters) {
        values.merge(later.values) { $1 }
    }
}
