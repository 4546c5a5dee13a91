package import DialModel

/// Whose service an account is with.
package enum VendorKind: String, CaseIterable, Hashable, Sendable {
    /// Alibaba Cloud Call Center 1.0.
    case alibaba
}

/// An account with a vendor, as `vendors.yaml` describes it.
package struct VendorAccount: Hashable, Sendable {
    /// The name by which campaigns mean it.
    package var name: String
    /// Whose service it is with.
    package var kind: VendorKind
    /// The vendor's region, `cn-shanghai`; nil leaves it to the vendor's client.
    package var region: String?
    /// Scheme and host to talk to instead of the region's own, without a slash at the end.
    package var endpoint: String?
    /// The vendor's name of the call center.
    package var instanceID: String
    /// The access key's identifier, which is no secret.
    package var accessKeyID: String
    /// The access key's secret.
    package var accessKeySecret: Secret
    /// The call center's second-level domain, which binds a call to one agent; nil if it is not needed.
    package var subdomain: String?
    /// The sustained rate of requests per second; nil leaves it to the vendor's client.
    package var requestsPerSecond: Double?
    /// How many requests may leave at once after a pause; nil leaves it to the vendor's client.
    package var burst: Int?
    /// Whether this is a simulator on this machine, so that no telephone can ring.
    package var simulated: Bool
    /// How often its lines may dial somebody, by contract with whoever provides them; campaigns keep to it beside their own.
    package var limits: [AttemptCap]

    /// Memberwise.
    package init(
        name: String, kind: VendorKind, region: String? = nil, endpoint: String? = nil, instanceID: String,
        accessKeyID: String, accessKeySecret: Secret, subdomain: String? = nil, requestsPerSecond: Double? = nil,
        burst: Int? = nil, simulated: Bool = false, limits: [AttemptCap] = []
    ) {
        self.name = name
        self.kind = kind
        self.region = region
        self.endpoint = endpoint
        self.instanceID = instanceID
        self.accessKeyID = accessKeyID
        self.accessKeySecret = accessKeySecret
        self.subdomain = subdomain
        self.requestsPerSecond = requestsPerSecond
        self.burst = burst
        self.simulated = simulated
        self.limits = limits
    }
}
