package import DialModel

/// An account with Udesk whose calls are made by agents' pages (`vendors/alibaba-udesk.md`, part B, way U-C).
package struct UdeskBridgeService: Hashable, Sendable {
    /// The tenant's `AppId`.
    package var appID: String
    /// The secret that signs tokens.
    package var secret: Secret
    /// The whole URL of the vendor's SDK.
    package var sdkURL: String
    /// The SDK's `Domain`.
    package var domain: String
    /// The SDK's `HttpDomain`.
    package var httpDomain: String
    /// Whose pages may come; the passwords are their keys.
    package var logins: [AgentLogin]
    /// The IPv4 address on which pages are served.
    package var host: String
    /// The TCP port on which pages are served.
    package var port: UInt16
    /// What the SDK calls its class; nil leaves it to the vendor's client.
    package var sdkClass: String?
    /// The SDK's `LanguageCode`; nil leaves it to the vendor's client.
    package var language: String?
    /// Further origins that the SDK needs.
    package var origins: [String]
    /// The words for a phone that rings; nil leaves them to the vendor's client.
    package var ringingWords: [String]?
    /// The custom break that supervisors send agents on.
    package var breakCode: Int?

    /// Memberwise.
    package init(
        appID: String, secret: Secret, sdkURL: String, domain: String, httpDomain: String, logins: [AgentLogin],
        host: String, port: UInt16, sdkClass: String? = nil, language: String? = nil, origins: [String] = [],
        ringingWords: [String]? = nil, breakCode: Int? = nil
    ) {
        self.appID = appID
        self.secret = secret
        self.sdkURL = sdkURL
        self.domain = domain
        self.httpDomain = httpDomain
        self.logins = logins
        self.host = host
        self.port = port
        self.sdkClass = sdkClass
        self.language = language
        self.origins = origins
        self.ringingWords = ringingWords
        self.breakCode = breakCode
    }
}
