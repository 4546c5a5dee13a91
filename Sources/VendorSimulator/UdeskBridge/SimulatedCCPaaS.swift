package import DialModel

/// The CCPaaS tenant of the simulator, whose agents' browsers run the stand-in SDK; the account's numbers are its SP numbers.
package struct SimulatedCCPaaS: Hashable, Sendable {
    /// Where the stand-in SDK is to be had.
    package static let sdkPath = "/udesk/sdk.js"
    /// What follows the host in the SDK's `Domain`.
    package static let socketPath = "/udesk/ws"
    /// What follows the host in the SDK's `HttpDomain`.
    package static let backendPath = "/udesk/backend"

    /// The tenant's `AppId`.
    package var appID: String
    /// The secret that signs tokens.
    package var secret: Secret
    /// How long a token is good for (`vendors/alibaba-udesk.md`, B1).
    package var tokenAge: Duration
    /// The numbers of custom breaks (`vendors/alibaba-udesk.md`, B2.1).
    package var breakCodes: [Int]

    /// Memberwise; without arguments, the tenant of the built-in simulator, whose secret opens nothing else.
    package init(
        appID: String = "simulator-app", secret: Secret = Secret("simulator-secret"),
        tokenAge: Duration = .seconds(300),
        breakCodes: [Int] = [101, 102]
    ) {
        self.appID = appID
        self.secret = secret
        self.tokenAge = tokenAge
        self.breakCodes = breakCodes
    }
}

extension SimulatorSettings {
    /// The call centre's agents with the keys of their pages, each their own; the keys open nothing else.
    package var pageLogins: [AgentLogin] {
        logins(password: Secret("")).filter { !$0.isDialler }.map { login in
            var login = login
            login.password = Secret("simulator-key-\(login.agent)")
            return login
        }
    }
}
