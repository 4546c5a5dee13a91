package import DialModel

/// The Udesk tenant of the simulator; the account's numbers are its relay numbers.
package struct SimulatedUdesk: Hashable, Sendable {
    /// The administrator's address.
    package var email: String
    /// The `open_api_token`.
    package var token: Secret
    /// The number of the one group of agents, to whom every relay number's routing leads.
    package var userGroup: Int
    /// How many requests a minute each operation takes (`vendors/alibaba-udesk.md`, B1).
    package var requestsPerMinute: Int
    /// The operation that lists calls, after `/open_api_v1/`.
    package var callLogPath: String
    /// The URL to which events are posted; nil posts none.
    package var pushURL: String?

    /// Memberwise.
    package init(
        email: String, token: Secret, userGroup: Int = 12, requestsPerMinute: Int = 60,
        callLogPath: String = "callcenter/call_logs", pushURL: String? = nil
    ) {
        self.email = email
        self.token = token
        self.userGroup = userGroup
        self.requestsPerMinute = requestsPerMinute
        self.callLogPath = callLogPath
        self.pushURL = pushURL
    }

    /// The URL to which events are posted for a listener on a port of this machine that asks for the token.
    package func pushURL(atPort port: UInt16) -> String { "http://127.0.0.1:\(port)/?token=\(token.revealed)" }

    /// The tenant of the built-in simulator; its token is no secret and opens nothing else.
    package static let demo = SimulatedUdesk(email: "admin@simulator.test", token: Secret("simulator-secret"))
}
