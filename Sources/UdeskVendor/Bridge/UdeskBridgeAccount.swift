package import DialModel
package import Telephony

/// An account with a tenant that has Udesk's CCPaaS alone, whose agents' browsers run the vendor's SDK for us
/// (`vendors/alibaba-udesk.md`, part B, way U-C).
package struct UdeskBridgeAccount: Hashable, Sendable {
    /// The name by which campaigns mean it.
    package var name: String
    /// The tenant's `AppId`.
    package var appID: String
    /// The tenant's secret, which signs tokens and never leaves this process.
    package var secret: Secret
    /// Whose pages may come; the password of each is the key that their page carries.
    package var logins: [AgentLogin]
    /// The whole URL of the vendor's SDK.
    package var sdkURL: String
    /// What the SDK calls its class.
    package var sdkClass: String
    /// The SDK's `Domain`, the whole URL of its WebSocket.
    package var domain: String
    /// The SDK's `HttpDomain`.
    package var httpDomain: String
    /// The SDK's `LanguageCode`.
    package var language: String
    /// Further origins that the SDK may load from and talk to, as a Content-Security-Policy names them.
    package var origins: [String]
    /// The words for a phone that rings, in `PhoneStateChanged`; no document lists them.
    package var ringingWords: Set<String>
    /// The custom break that supervisors send agents on; nil for the plain one.
    package var breakCode: Int?

    /// Memberwise, with what the documents say and, where they are silent, what is assumed.
    package init(
        name: String, appID: String, secret: Secret, logins: [AgentLogin], sdkURL: String,
        sdkClass: String = "UdeskCCPaasApiClass", domain: String, httpDomain: String, language: String = "ZH-CN",
        origins: [String] = [], ringingWords: Set<String> = ["ringing"], breakCode: Int? = nil
    ) {
        self.name = name
        self.appID = appID
        self.secret = secret
        self.logins = logins
        self.sdkURL = sdkURL
        self.sdkClass = sdkClass
        self.domain = domain
        self.httpDomain = httpDomain
        self.language = language
        self.origins = origins
        self.ringingWords = ringingWords
        self.breakCode = breakCode
    }
}

extension UdeskBridgeAccount {
    /// Scheme, host and port of the SDK's `HttpDomain`.
    package var httpOrigin: String { Self.origin(of: httpDomain) }

    /// Scheme, host and port of the SDK's `Domain`.
    var domainOrigin: String { Self.origin(of: domain) }

    /// Scheme, host and port of the SDK itself.
    var sdkOrigin: String { Self.origin(of: sdkURL) }

    private static func origin(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        return String(url[..<scheme.upperBound] + url[scheme.upperBound...].prefix { $0 != "/" })
    }
}

extension UdeskBridgeAccount {
    /// What such an account can do: each call is made at one agent's phone, who is on the line before the callee (B5).
    ///
    /// No cause of a failed call is ever told, nor whether a person answered.
    package var abilities: VendorAbilities {
        VendorAbilities(
            placesForAgent: true, queuesAnsweredCalls: false, hangsUp: true, classifiesAnswers: false,
            failuresTold: [], takesSupervisors: true)
    }
}
