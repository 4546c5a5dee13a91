import EventWire

extension WellOperation {
    /// Asks for the record of an agent who is signed in (`getMyPrefix`, A.5).
    static func agentRecord(_ address: AgentAddress) -> WellOperation {
        WellOperation(
            name: "getMyPrefix", method: "GET",
            path: "/api/operation/operation/tenants/\(address.domain)/agents/\(address.loginID)")
    }

    /// The prefixes with which an agent may dial, each once and in the record's order; empty when it names none.
    static func prefixes(in body: [UInt8]) -> [String] {
        guard case .array(let trunks) = JSONValue(parsing: body)?["agentTrunks"] else { return [] }
        var prefixes: [String] = []
        for trunk in trunks {
            guard let prefix = trunk["scanPrefix"]?.text, !prefixes.contains(prefix) else { continue }
            prefixes.append(prefix)
        }
        return prefixes
    }

    /// Tells the vendor that an agent's session lives (A.4), which it must not hear too late.
    static func heartbeat(_ address: AgentAddress) -> WellOperation {
        WellOperation(
            name: "heartbeat", method: "POST", path: "/api/csta/agent/heartbeat/\(address.loginID)", isUrgent: true)
    }
}
