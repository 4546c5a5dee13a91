package import DialModel
package import Telephony

/// One account of Alibaba Cloud Call Center 1.0 (`vendors/alibaba-udesk.md`, part A).
package struct AlibabaAccount: Hashable, Sendable {
    /// The account's name among the user's vendors.
    package var name: String
    /// Scheme and host of the gateway, `https://ccc.cn-shanghai.aliyuncs.com` (A1.1).
    package var endpoint: String
    /// The call center instance.
    package var instanceID: String
    /// The access key's identifier, which is no secret.
    package var accessKeyID: String
    /// The access key's secret, used for signing and nothing else.
    package var accessKeySecret: Secret
    /// The call center's second-level domain; without it no call can be bound to one agent (A2.4, mode 1).
    package var subdomain: String?
    /// The sustained rate of requests, per second (A5; no figure is published for this product).
    package var requestsPerSecond: Double
    /// How many requests may leave at once after a pause.
    package var burst: Int
    /// How long a callee's phone rings at most; the vendor takes no such limit, so it only paces the questions.
    package var ringLimit: Duration
    /// How long an answered call waits for an agent at most.
    package var queueLimit: Duration
    /// How late a call's record may appear (A2.7).
    package var recordDelay: Duration
    /// What goes before the country code of a number outside China; an assumption, no document says.
    package var internationalPrefix: String

    /// Memberwise, with the defaults of A5 and A2.7.
    package init(
        name: String, endpoint: String, instanceID: String, accessKeyID: String, accessKeySecret: Secret,
        subdomain: String? = nil, requestsPerSecond: Double = 5, burst: Int = 10,
        ringLimit: Duration = .seconds(60), queueLimit: Duration = .seconds(60),
        recordDelay: Duration = .seconds(7200), internationalPrefix: String = "00"
    ) {
        self.name = name
        self.endpoint = endpoint
        self.instanceID = instanceID
        self.accessKeyID = accessKeyID
        self.accessKeySecret = accessKeySecret
        self.subdomain = subdomain
        self.requestsPerSecond = requestsPerSecond
        self.burst = burst
        self.ringLimit = ringLimit
        self.queueLimit = queueLimit
        self.recordDelay = recordDelay
        self.internationalPrefix = internationalPrefix
    }
}

extension AlibabaAccount {
    /// What such an account can do: calls are bound to one agent through the subdomain, answered calls wait in the group's
    /// queue, and nothing can be hung up or analysed (`vendors/alibaba-udesk.md`, A6).
    ///
    /// Its release reasons do not tell a phone that is switched off from one that nobody picks up (A4).
    package var abilities: VendorAbilities {
        VendorAbilities(
            placesForAgent: subdomain != nil, queuesAnsweredCalls: true, hangsUp: false, classifiesAnswers: false,
            failuresTold: [.busy, .rejected, .invalidNumber, .congestion], rhythm: AlibabaVendor.rhythm)
    }
}
