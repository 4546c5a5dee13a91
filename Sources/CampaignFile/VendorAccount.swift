package import DialModel

/// Whose service an account is with.
package enum VendorKind: String, CaseIterable, Hashable, Sendable {
    /// Alibaba Cloud Call Center 1.0.
    case alibaba
    /// Well (welljoint WellCloud).
    case well
    /// WinCall (icsoc, wintel).
    case winCall = "wincall"
    /// Udesk, by web callbacks of its Open API or by agents' pages.
    case udesk
}

/// An account with a vendor, as `vendors.yaml` describes it.
package struct VendorAccount: Hashable, Sendable {
    /// What an account is, by whose service it is with.
    package enum Service: Hashable, Sendable {
        /// Alibaba Cloud Call Center 1.0.
        case alibaba(AlibabaService)
        /// Well.
        case well(WellService)
        /// WinCall.
        case winCall(WinCallService)
        /// Udesk, by web callbacks.
        case udesk(UdeskService)
        /// Udesk, by agents' pages.
        case udeskBridge(UdeskBridgeService)
    }

    /// The name by which campaigns mean it.
    package var name: String
    /// Whose service it is with, and what is to be known for it.
    package var service: Service
    /// Whether this is a simulator on this machine, so that no telephone can ring.
    package var simulated: Bool
    /// How often its lines may dial somebody, by contract with whoever provides them; campaigns keep to it beside their own.
    package var limits: [AttemptCap]
    /// How many calls it may carry at a time and in spans of time, by contract.
    package var capacity: AccountLimits
    /// What its calls cost; nil if the file does not say.
    package var price: CallPrice?

    /// Memberwise.
    package init(
        name: String, service: Service, simulated: Bool = false, limits: [AttemptCap] = [],
        capacity: AccountLimits = AccountLimits(), price: CallPrice? = nil
    ) {
        self.capacity = capacity
        self.price = price
        self.name = name
        self.service = service
        self.simulated = simulated
        self.limits = limits
    }
}

/// An account with Alibaba Cloud Call Center 1.0.
package struct AlibabaService: Hashable, Sendable {
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

    /// Memberwise.
    package init(
        region: String? = nil, endpoint: String? = nil, instanceID: String, accessKeyID: String,
        accessKeySecret: Secret, subdomain: String? = nil, requestsPerSecond: Double? = nil, burst: Int? = nil
    ) {
        self.region = region
        self.endpoint = endpoint
        self.instanceID = instanceID
        self.accessKeyID = accessKeyID
        self.accessKeySecret = accessKeySecret
        self.subdomain = subdomain
        self.requestsPerSecond = requestsPerSecond
        self.burst = burst
    }
}

/// An account with Well (`vendors/well-wincall.md`, A.2).
package struct WellService: Hashable, Sendable {
    /// Scheme, host and perhaps port and path before `/api/…`, without a slash at the end.
    package var endpoint: String
    /// The whole URL of the event channel.
    package var eventURL: String
    /// The whole URL of the login service.
    package var loginURL: String
    /// The tenant's domain.
    package var domain: String
    /// Whom to sign in.
    package var logins: [AgentLogin]
    /// Whether one event connection serves all agents.
    package var sharesEventConnection: Bool
    /// Whether agents are ready for other calls between ours.
    package var dialsWhenReady: Bool

    /// Memberwise.
    package init(
        endpoint: String, eventURL: String, loginURL: String, domain: String, logins: [AgentLogin],
        sharesEventConnection: Bool = false, dialsWhenReady: Bool = false
    ) {
        self.endpoint = endpoint
        self.eventURL = eventURL
        self.loginURL = loginURL
        self.domain = domain
        self.logins = logins
        self.sharesEventConnection = sharesEventConnection
        self.dialsWhenReady = dialsWhenReady
    }
}

/// An account with WinCall (`vendors/well-wincall.md`, B.1).
package struct WinCallService: Hashable, Sendable {
    /// Scheme, host and port of the command and event server.
    package var server: String
    /// Scheme, host and perhaps a path of the REST interface, without a slash at the end.
    package var endpoint: String
    /// The enterprise's code.
    package var enterprise: String
    /// Whom to sign in.
    package var logins: [AgentLogin]
    /// Whether passwords are sent as they are, not as MD5 digests.
    package var sendsPlainPasswords: Bool
    /// Whether the phone state 6 means no more than that the agent's own side is connected.
    package var connectedIsOwnSide: Bool
    /// The outgoing channel of calls, 0 to 9.
    package var outChannel: Int

    /// Memberwise.
    package init(
        server: String, endpoint: String, enterprise: String, logins: [AgentLogin], sendsPlainPasswords: Bool = false,
        connectedIsOwnSide: Bool = false, outChannel: Int = 0
    ) {
        self.server = server
        self.endpoint = endpoint
        self.enterprise = enterprise
        self.logins = logins
        self.sendsPlainPasswords = sendsPlainPasswords
        self.connectedIsOwnSide = connectedIsOwnSide
        self.outChannel = outChannel
    }
}
