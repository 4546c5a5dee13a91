import AlibabaVendor
import CampaignFile
import CurlTransport
import DialModel
import Forecast
import PushServer
import Telephony
import UdeskVendor
import VendorSimulator
import WellVendor
import WinCallVendor

/// An account as its vendor's client takes it.
enum VendorService: Sendable {
    case alibaba(AlibabaAccount)
    case well(WellAccount)
    case winCall(WinCallAccount)
    /// With where its events come in, if anywhere.
    case udesk(UdeskAccount, PushServerSettings?)
    /// With where agents' pages are served.
    case udeskBridge(UdeskBridgeAccount, PageServerSettings)

    /// An account of `vendors.yaml`, with the client's defaults for what it leaves open.
    init(_ account: VendorAccount) {
        switch account.service {
        case .alibaba(let service): self = .alibaba(AlibabaAccount(account.name, service))
        case .well(let service): self = .well(WellAccount(account.name, service))
        case .winCall(let service): self = .winCall(WinCallAccount(account.name, service))
        case .udesk(let service):
            self = .udesk(UdeskAccount(account.name, service), service.push.map(PushServerSettings.init))
        case .udeskBridge(let service):
            self = .udeskBridge(UdeskBridgeAccount(account.name, service), PageServerSettings(service))
        }
    }

    /// The account of a simulator inside this program that is built like `settings` and listens on `port`.
    init(builtIn name: String, _ settings: SimulatorSettings, port: UInt16) {
        let host = "127.0.0.1:\(port)"
        switch name {
        case "simulator.well": self = .well(WellAccount(builtIn: name, settings, host: host))
        case "simulator.wincall": self = .winCall(WinCallAccount(builtIn: name, settings, host: host))
        case "simulator.udesk":
            self = .udesk(UdeskAccount(builtIn: name, settings, host: host), PushServerSettings(of: settings))
        case "simulator.udesk-bridge":
            self = .udeskBridge(
                UdeskBridgeAccount(builtIn: name, settings, host: host), PageServerSettings(of: settings))
        default: self = .alibaba(AlibabaAccount(builtIn: name, settings, host: host))
        }
    }

    /// What the account can do, without asking anybody.
    var abilities: VendorAbilities {
        switch self {
        case .alibaba(let account): account.abilities
        case .well(let account): account.abilities
        case .winCall(let account): account.abilities
        case .udesk(let account, _): account.abilities
        case .udeskBridge(let account, _): account.abilities
        }
    }

    /// Where the vendor, or its agents' pages, come to this program, if they do; nothing listens yet.
    var door: VendorDoor {
        switch self {
        case .alibaba, .well, .winCall, .udesk(_, nil): .none
        case .udesk(_, let settings?): .events(PushServer(settings: settings))
        case .udeskBridge(_, let settings): .pages(PageServer(settings: settings))
        }
    }

    /// A client for one campaign's group, and for its project where the vendor dials by itself; whoever comes to this program
    /// comes by `door`, which is the service's own.
    func client(
        group: String, project: Int?, transport: CurlTransport, door: VendorDoor, clock: any RunClock, seed: UInt64
    ) -> any TelephonyVendor {
        switch self {
        case .alibaba(let account):
            AlibabaVendor(account: account, skillGroup: group, transport: transport, clock: clock, seed: seed)
        case .well(let account):
            WellVendor(
                account: account, group: group, transport: transport, channels: transport, clock: clock, seed: seed)
        case .winCall(let account):
            WinCallVendor(
                account: account, group: group, project: project, transport: transport, channels: transport,
                clock: clock, seed: seed)
        case .udesk(let account, _):
            UdeskVendor(
                account: account, group: group, transport: transport, listener: door.events, clock: clock, seed: seed)
        case .udeskBridge(let account, let settings):
            UdeskBridgeVendor(
                account: account, group: group, host: door.pages ?? PageServer(settings: settings), clock: clock,
                seed: seed)
        }
    }

    /// Where HTTP requests go, a simulator's clock among them.
    var endpoint: String {
        switch self {
        case .alibaba(let account): account.endpoint
        case .well(let account): account.endpoint
        case .winCall(let account): account.apiURL
        case .udesk(let account, _): account.endpoint
        case .udeskBridge(let account, _): account.httpOrigin
        }
    }

    /// The call centre that a forecast imagines behind the account.
    func centre(agents: Int) -> CentreSettings {
        switch self {
        case .alibaba(let account):
            CentreSettings(
                agents: agents, queueLimit: account.queueLimit, failuresTold: abilities.failuresTold,
                rhythm: abilities.rhythm, requestsPerSecond: account.requestsPerSecond, burst: account.burst)
        case .udesk(let account, _):
            CentreSettings(
                agents: agents, failuresTold: abilities.failuresTold,
                rhythm: abilities.rhythm,
                requestsPerSecond: RequestPace.perSecond(ofMinute: account.requestsPerMinute))
        case .well, .winCall, .udeskBridge: CentreSettings(agents: agents, failuresTold: abilities.failuresTold)
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

extension UdeskAccount {
    fileprivate init(builtIn name: String, _ settings: SimulatorSettings, host: String) {
        let tenant = settings.udesk
        self.init(
            name: name, endpoint: "http://\(host)", email: tenant.email, token: tenant.token,
            requestsPerMinute: tenant.requestsPerMinute, callLogPath: tenant.callLogPath)
    }

    fileprivate init(_ name: String, _ service: UdeskService) {
        self.init(
            name: name, endpoint: service.endpoint, email: service.email, token: service.token,
            refusalCodes: Set(service.refusalCodes))
        if let rate = service.requestsPerMinute { requestsPerMinute = rate }
        if let path = service.callLogPath { callLogPath = path }
        if let words = service.failureWords { failureWords = words.map { FailureWord($0.text, $0.outcome) } }
    }
}

extension UdeskBridgeAccount {
    fileprivate init(builtIn name: String, _ settings: SimulatorSettings, host: String) {
        self.init(
            name: name, appID: settings.ccpaas.appID, secret: settings.ccpaas.secret, logins: settings.pageLogins,
            sdkURL: "http://\(host)\(SimulatedCCPaaS.sdkPath)", domain: "ws://\(host)\(SimulatedCCPaaS.socketPath)",
            httpDomain: "http://\(host)\(SimulatedCCPaaS.backendPath)")
    }

    fileprivate init(_ name: String, _ service: UdeskBridgeService) {
        self.init(
            name: name, appID: service.appID, secret: service.secret, logins: service.logins, sdkURL: service.sdkURL,
            domain: service.domain, httpDomain: service.httpDomain, origins: service.origins,
            breakCode: service.breakCode)
        if let sdkClass = service.sdkClass { self.sdkClass = sdkClass }
        if let language = service.language { self.language = language }
        if let words = service.ringingWords { ringingWords = Set(words) }
    }
}

extension PageServerSettings {
    /// For the pages of a simulator inside this program, which are told the port once it is open.
    fileprivate init(of settings: SimulatorSettings) {
        self.init(port: 0, keys: Self.keys(of: settings.pageLogins))
    }

    fileprivate init(_ service: UdeskBridgeService) {
        self.init(host: service.host, port: service.port, keys: Self.keys(of: service.logins))
    }

    private static func keys(of logins: [AgentLogin]) -> [String: Secret] {
        Dictionary(logins.map { ($0.agent.value, $0.password) }) { first, _ in first }
    }
}

extension PushServerSettings {
    /// For the events of a simulator inside this program, which is told the port once it is open.
    fileprivate init(of settings: SimulatorSettings) {
        self.init(port: 0, secret: settings.udesk.token)
    }

    fileprivate init(_ push: UdeskService.Push) {
        self.init(host: push.host, port: push.port, secret: push.token)
    }
}
