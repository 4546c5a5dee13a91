package import DialModel
package import Telephony

/// An account with the desk product of Udesk, whose open interface places web callbacks
/// (`vendors/alibaba-udesk.md`, part B, way U-A).
package struct UdeskAccount: Hashable, Sendable {
    /// The name by which campaigns mean it.
    package var name: String
    /// Scheme and host of the tenant, `https://example.udesk.cn` (B1, F4).
    package var endpoint: String
    /// The administrator who signs.
    package var email: String
    /// The `open_api_token`, used for signing and nothing else.
    package var token: Secret
    /// How many requests a minute each operation may be sent (B1, F4).
    package var requestsPerMinute: Int
    /// The operation that lists calls, after `/open_api_v1/`; no document names it.
    package var callLogPath: String
    /// Which codes prove that a callback was declined; no document lists any, so the others leave it open.
    package var refusalCodes: Set<String>
    /// What the vendor's words for a failed call mean.
    package var failureWords: [FailureWord]

    /// Memberwise, with what the documents say and, where they are silent, what is assumed.
    package init(
        name: String, endpoint: String, email: String, token: Secret, requestsPerMinute: Int = 60,
        callLogPath: String = "callcenter/call_logs", refusalCodes: Set<String> = [],
        failureWords: [FailureWord] = FailureWord.assumed
    ) {
        self.name = name
        self.endpoint = endpoint
        self.email = email
        self.token = token
        self.requestsPerMinute = requestsPerMinute
        self.callLogPath = callLogPath
        self.refusalCodes = refusalCodes
        self.failureWords = failureWords
    }
}

extension UdeskAccount {
    /// Calls are told of by pushes; agents have to be asked about.
    private static let rhythmOfPushes = ObservationRhythm(
        agents: UdeskVendor.rhythm.agents, firstLook: .zero, firstLooks: 0, laterLook: .zero)

    /// What such an account can do: it calls the customer first and then queues whoever answers.
    ///
    /// It can neither choose the agent, nor end a call, nor tell a person from a machine (B5).
    package var abilities: VendorAbilities {
        let known: Set<CallOutcome> = Set(failureWords.map(\.outcome)).subtracting([.noAnswer])
        return VendorAbilities(
            placesForAgent: false, queuesAnsweredCalls: true, hangsUp: false, classifiesAnswers: false,
            failuresTold: VendorAbilities.allFailures.filter(known.contains), rhythm: Self.rhythmOfPushes)
    }
}
