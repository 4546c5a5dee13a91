package import DialModel

/// The Well tenant of the simulator: its domain, its agents' password, and what it is told to refuse.
package struct SimulatedWell: Hashable, Sendable {
    /// The path of the login service, which differs from one environment of the vendor's to the next.
    package static let loginPath = "/login"
    /// The path of the event channel.
    package static let eventPath = "/mvc/stomp/websocket"

    /// The tenant's domain.
    package var domain: String
    /// The password of every agent.
    package var password: Secret
    /// The prefixes of the agents' trunks, some more than once as in the vendor's records; a call without one of them is
    /// dropped at once.
    package var trunkPrefixes: [String]
    /// How many agents may be signed in; nil for no limit.
    package var licences: Int?
    /// How long an agent stays signed in without a sign of life (`vendors/well-wincall.md`, A.4).
    package var heartbeatLimit: Duration
    /// The shortest time between two calls of one agent (A.5).
    package var dialInterval: Duration
    /// Whether recordings can be begun and ended; where not, the vendor answers with 466 (A.7).
    package var controlsRecordings: Bool
    /// The statuses with which the first attempts to sign in are refused, by job number.
    package var loginStatuses: [String: [Int]]
    /// The statuses with which the first changes of mode are refused, by job number.
    package var modeStatuses: [String: [Int]]

    /// Memberwise, with the figures of the vendor's documents.
    package init(
        domain: String, password: Secret, trunkPrefixes: [String] = ["9", "6", "9"], licences: Int? = nil,
        heartbeatLimit: Duration = .seconds(180), dialInterval: Duration = .seconds(2), controlsRecordings: Bool = true,
        loginStatuses: [String: [Int]] = [:], modeStatuses: [String: [Int]] = [:]
    ) {
        self.domain = domain
        self.password = password
        self.trunkPrefixes = trunkPrefixes
        self.licences = licences
        self.heartbeatLimit = heartbeatLimit
        self.dialInterval = dialInterval
        self.controlsRecordings = controlsRecordings
        self.loginStatuses = loginStatuses
        self.modeStatuses = modeStatuses
    }

    /// The tenant of the built-in simulator; its password is no secret and opens nothing else.
    package static let demo = SimulatedWell(domain: "simulator.cc", password: Secret("simulator"))
}
