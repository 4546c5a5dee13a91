package import DialModel

/// An account with Udesk, by web callbacks of its Open API (`vendors/alibaba-udesk.md`, part B).
package struct UdeskService: Hashable, Sendable {
    /// Where the vendor's events come in.
    package struct Push: Hashable, Sendable {
        /// The IPv4 address to listen on.
        package var host: String
        /// The TCP port to listen on.
        package var port: UInt16
        /// What every event has to carry.
        package var token: Secret

        /// Memberwise.
        package init(host: String, port: UInt16, token: Secret) {
            self.host = host
            self.port = port
            self.token = token
        }
    }

    /// Scheme and host of the tenant, without a slash at the end.
    package var endpoint: String
    /// The administrator who signs.
    package var email: String
    /// The `open_api_token`.
    package var token: Secret
    /// Where events come in; nil where they are asked for.
    package var push: Push?
    /// How many requests a minute each operation may be sent; nil leaves it to the vendor's client.
    package var requestsPerMinute: Int?
    /// The operation that lists calls; nil leaves it to the vendor's client.
    package var callLogPath: String?
    /// The codes that prove that a call was declined.
    package var refusalCodes: [String]
    /// What the vendor's words for failed calls mean, in the order in which they are looked for; nil leaves it to the
    /// vendor's client.
    package var failureWords: [FailureMeaning]?

    /// Memberwise.
    package init(
        endpoint: String, email: String, token: Secret, push: Push? = nil, requestsPerMinute: Int? = nil,
        callLogPath: String? = nil, refusalCodes: [String] = [], failureWords: [FailureMeaning]? = nil
    ) {
        self.endpoint = endpoint
        self.email = email
        self.token = token
        self.push = push
        self.requestsPerMinute = requestsPerMinute
        self.callLogPath = callLogPath
        self.refusalCodes = refusalCodes
        self.failureWords = failureWords
    }
}

/// What a piece of a vendor's words for a failed call means.
package struct FailureMeaning: Hashable, Sendable {
    /// What the words contain.
    package var text: String
    /// How such a call ended.
    package var outcome: CallOutcome

    /// Memberwise.
    package init(_ text: String, _ outcome: CallOutcome) {
        self.text = text
        self.outcome = outcome
    }
}
