package import DialModel

/// An account with Well: where its servers are, and whom to sign in (`vendors/well-wincall.md`, A.2).
package struct WellAccount: Sendable {
    /// How many event connections there are.
    package enum EventConnections: String, CaseIterable, Hashable, Sendable {
        /// One for each agent, as the vendor's own program has it.
        case perAgent = "per_agent"
        /// One for all; no document promises it.
        case shared
    }

    /// The name by which campaigns mean it.
    package var name: String
    /// Scheme, host, port and perhaps a path before `/api/…`, without a slash at the end: `https://well.example.com/sdk`.
    package var endpoint: String
    /// The whole URL of the event channel: `wss://well.example.com/mvc/stomp/websocket`.
    package var eventURL: String
    /// The whole URL of the login service, whose path differs from one environment to the next.
    package var loginURL: String
    /// The tenant's domain, `test.cc`.
    package var domain: String
    /// Whom to sign in.
    package var logins: [AgentLogin]
    /// How many event connections there are.
    package var eventConnections: EventConnections
    /// Whether agents stay `NotReady` between our calls, so that nobody else's calls reach them.
    package var dialsWhenNotReady: Bool
    /// The time between two signs of life of an agent's session; after three minutes without one it ends (A.4).
    package var heartbeat: Duration
    /// The shortest time between two calls of one agent (A.5).
    package var dialInterval: Duration

    /// Memberwise, with the figures of the vendor's documents.
    package init(
        name: String, endpoint: String, eventURL: String, loginURL: String, domain: String, logins: [AgentLogin],
        eventConnections: EventConnections = .perAgent, dialsWhenNotReady: Bool = true,
        heartbeat: Duration = .seconds(60), dialInterval: Duration = .seconds(2)
    ) {
        self.name = name
        self.endpoint = endpoint
        self.eventURL = eventURL
        self.loginURL = loginURL
        self.domain = domain
        self.logins = logins
        self.eventConnections = eventConnections
        self.dialsWhenNotReady = dialsWhenNotReady
        self.heartbeat = heartbeat
        self.dialInterval = dialInterval
    }
}
