import AlibabaVendor
import CampaignFile
import CurlTransport
import DialModel
import Forecast
import Telephony
import VendorSimulator
import WellVendor
import WinCallVendor

/// An account as its vendor's client takes it.
enum VendorService: Sendable {
    case alibaba(AlibabaAccount)
    case well(WellAccount)
    case winCall(WinCallAccount)

    /// An account of `vendors.yaml`, with the client's defaults for what it leaves open.
    init(_ account: VendorAccount) {
        switch account.service {
        case .alibaba(let service): self = .alibaba(AlibabaAccount(account.name, service))
        case .well(let service): self = .well(WellAccount(account.name, service))
        case .winCall(let service): self = .winCall(WinCallAccount(account.name, service))
        }
    }

    /// The account of a simulator inside this program that is built like `settings` and listens on `port`.
    init(builtIn name: String, _ settings: SimulatorSettings, port: UInt16) {
        let host = "127.0.0.1:\(port)"
        switch name {
        case "simulator.well": self = .well(WellAccount(builtIn: name, settings, host: host))
        case "simulator.wincall": self = .winCall(WinCallAccount(builtIn: name, settings, host: host))
        default: self = .alibaba(AlibabaAccount(builtIn: name, settings, host: host))
        }
    }

    /// What the account can do, without asking anybody.
    var abilities: VendorAbilities {
        switch self {
        case .alibaba(let account): account.abilities
        case .well(let account): account.abilities
        case .winCall(let account): account.abilities
        }
    }

    /// A client for one campaign's group.
    func client(
        group: String, transport: CurlTransport, clock: any RunClock, seed: UInt64
    ) -> any TelephonyVendor {
        switch self {
        case .alibaba(let account):
            AlibabaVendor(account: account, skillGroup: group, transport: transport, clock: clock, seed: seed)
        case .well(let account):
            WellVendor(
                account: account, group: group, transport: transport, channels: transport, clock: clock, seed: seed)
        case .winCall(let account):
            WinCallVendor(
                account: account, group: group, transport: transport, channels: transport, clock: clock, seed: seed)
        }
    }

    /// Where HTTP requests go, a simulator's clock among them.
    var endpoint: String {
        switch self {
        case .alibaba(let account): account.endpoint
        case .well(let account): account.endpoint
        case .winCall(let account): account.apiURL
        }
    }

    /// The call centre that a forecast imagines behind the account.
    func centre(agents: Int) -> CentreSettings {
        switch self {
        case .alibaba(let account):
            CentreSettings(
                agents: agents, queueLimit: account.queueLimit, failuresTold: abilities.failuresTold,
                rhythm: AlibabaVendor.rhythm, requestsPerSecond: account.requestsPerSecond, burst: account.burst)
        case .well, .winCall: CentreSettings(agents: agents, failuresTold: abilities.failuresTold)
        }
    }
}

extension AlibabaAccount {
    /// The account of a simulator inside this program, which has no limits worth keeping to.
    fileprivate init(builtIn name: String, _ settings: SimulatorSettings, host: String) {
        let demo = settings.account
        self.init(
            name: name, endpoint: "http://\(host)", instanceID: demo.instanceID,
            accessKeyID: demo.accessKeyID, accessKeySecret: demo.accessKeySecret, subdomain: demo.subdomain,
            requestsPerSecond: 100, burst: 200)
    }

    fileprivate init(_ name: String, _ service: AlibabaService) {
        let region = service.region ?? "cn-shanghai"
        self.init(
            name: name, endpoint: service.endpoint ?? "https://ccc.\(region).aliyuncs.com",
            instanceID: service.instanceID, accessKeyID: service.accessKeyID,
            accessKeySecret: service.accessKeySecret, subdomain: service.subdomain)
        if let rate = service.requestsPerSecond { requestsPerSecond = rate }
        if let burst = service.burst { self.burst = burst }
    }
}

extension WellAccount {
    fileprivate init(builtIn name: String, _ settings: SimulatorSettings, host: String) {
        self.init(
            name: name, endpoint: "http://\(host)", eventURL: "ws://\(host)\(SimulatedWell.eventPath)",
            loginURL: "http://\(host)\(SimulatedWell.loginPath)", domain: settings.well.domain,
            logins: settings.logins(password: settings.well.password))
    }

    fileprivate init(_ name: String, _ service: WellService) {
        self.init(
            name: name, endpoint: service.endpoint, eventURL: service.eventURL, loginURL: service.loginURL,
            domain: service.domain, logins: service.logins,
            eventConnections: service.sharesEventConnection ? .shared : .perAgent,
            dialsWhenNotReady: !service.dialsWhenReady)
    }
}

extension WinCallAccount {
    fileprivate init(builtIn name: String, _ settings: SimulatorSettings, host: String) {
        self.init(
            name: name, serverURL: "ws://\(host)", apiURL: "http://\(host)", enterprise: settings.winCall.enterprise,
            logins: settings.logins(password: settings.winCall.password))
    }

    fileprivate init(_ name: String, _ service: WinCallService) {
        self.init(
            name: name, serverURL: service.server, apiURL: service.endpoint, enterprise: service.enterprise,
            logins: service.logins, passwordFormat: service.sendsPlainPasswords ? .plain : .md5,
            connectedState: service.connectedIsOwnSide ? .own : .callee, outChannel: service.outChannel)
    }
}
