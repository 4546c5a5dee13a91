/// What a running campaign can be asked for, and how that is spelt as an HTTP request.
///
/// Paths begin with the version of this interface. Members of a body that are not known are ignored.
package enum ControlRequest: Hashable, Sendable {
    /// `GET /v1/agents`: the agents; numbers are masked unless `?reveal=true`.
    case agents(reveal: Bool)
    /// `GET /v1/calls`: the calls that have not ended.
    case calls(reveal: Bool)
    /// `GET /v1/glance`: the run at a glance.
    case glance
    /// Something that changes what goes on.
    case order(ControlOrder)

    /// Reads a request; throws `.malformed` or `.unknownRequest`.
    init(method: String, target: String, body: [UInt8]) throws(ControlError) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let reveal = parts.count == 2 && parts[1].split(separator: "&").contains("reveal=true")
        switch (method, parts.first ?? "") {
        case ("GET", "/v1/agents"): self = .agents(reveal: reveal)
        case ("GET", "/v1/calls"): self = .calls(reveal: reveal)
        case ("GET", "/v1/glance"): self = .glance
        case ("POST", let path): self = .order(try ControlOrder(path: String(path), body: body))
        default: throw .unknownRequest
        }
    }

    // MARK: Writing

    /// The method and the path, with the query.
    var line: (method: String, target: String) {
        switch self {
        case .agents(let reveal): ("GET", "/v1/agents" + (reveal ? "?reveal=true" : ""))
        case .calls(let reveal): ("GET", "/v1/calls" + (reveal ? "?reveal=true" : ""))
        case .glance: ("GET", "/v1/glance")
        case .order(let order): ("POST", order.path)
        }
    }

    /// The body; empty where there is nothing to add.
    var body: [UInt8] {
        switch self {
        case .agents, .calls, .glance: []
        case .order(let order): order.body
        }
    }
}
