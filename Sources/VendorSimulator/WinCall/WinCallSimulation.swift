package import DialModel

/// The enterprise that the simulated WinCall serves, and how its server speaks where deployments differ
/// (`vendors/well-wincall.md`, B.8 and B.10).
///
/// Its agents are those of the call centre: job numbers from 5001, extensions from 8001, and one password for all.
package struct WinCallSimulation: Sendable {
    /// The enterprise's code.
    package var enterprise: String
    /// Every agent's password, taken as it is and as its MD5 digest.
    package var password: Secret
    /// The id of the one skill group.
    package var queueID: Int
    /// Its name.
    package var queueName: String
    /// The one auto-call project.
    package var project: Int
    /// The numbers of that project's table, each of which it dials once, in this order.
    package var projectRows: [String]
    /// How many agents may be signed in at once; nil for all.
    package var signInLimit: Int?
    /// Whether the enterprise has expired.
    package var isExpired: Bool
    /// How long a session whose connection broke off still counts as an agent's.
    package var keepsBrokenSessions: Duration
    /// How often the server asks whether the client is there; nil for never.
    package var keepAlive: Duration?
    /// How often the client has to ping.
    package var pingInterval: Duration
    /// How long after a missed ping a session lives.
    package var pingTimeout: Duration
    /// Where this server's ways differ from the plainest.
    package var quirks: Set<Quirk>

    /// A way in which servers differ.
    package enum Quirk: String, CaseIterable, Hashable, Sendable {
        /// The grant of a sign-in is spelt with single quotation marks.
        case singleQuotes = "single_quotes"
        /// A sign-in that succeeded has `Ret` 1.
        case signInReturnsOne = "sign_in_returns_one"
        /// Messages come in one payload with the state of the agent, a line end between them.
        case joinsMessages = "joins_messages"
        /// Payloads that are no JSON come in between.
        case sendsNoise = "sends_noise"
        /// Messages come as events named `response`.
        case namesEventsResponse = "names_events_response"
        /// Numbers come as strings.
        case stringNumbers = "string_numbers"
        /// The phone's state 10 is never told.
        case omitsOwnSide = "omits_own_side"
        /// The phone's state 4 is never told.
        case omitsCalling = "omits_calling"
        /// The phone's state 55 is never told.
        case omitsAlerting = "omits_alerting"
        /// Later phone messages of a call leave out the parameters that the first one had.
        case tellsParametersOnce = "tells_parameters_once"
    }

    /// The table of the built-in simulator's project: the numbers 15400100001 to 15400100200, which reach nobody.
    package static let demoRows = (1...200).map { String(15_400_100_000 + $0) }

    /// Memberwise; without arguments, the enterprise of the built-in simulator, whose password opens nothing else.
    package init(
        enterprise: String = "simulator", password: Secret = Secret("simulator-secret"), queueID: Int = 10,
        queueName: String = "sales", project: Int = 7, projectRows: [String] = [], signInLimit: Int? = nil,
        isExpired: Bool = false,
        keepsBrokenSessions: Duration = .zero, keepAlive: Duration? = .seconds(30),
        pingInterval: Duration = .seconds(25), pingTimeout: Duration = .seconds(60), quirks: Set<Quirk> = []
    ) {
        self.enterprise = enterprise
        self.password = password
        self.queueID = queueID
        self.queueName = queueName
        self.project = project
        self.projectRows = projectRows
        self.signInLimit = signInLimit
        self.isExpired = isExpired
        self.keepsBrokenSessions = keepsBrokenSessions
        self.keepAlive = keepAlive
        self.pingInterval = pingInterval
        self.pingTimeout = pingTimeout
        self.quirks = quirks
    }
}
