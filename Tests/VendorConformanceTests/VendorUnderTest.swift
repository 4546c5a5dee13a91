import AlibabaVendor
import CallModel
import CurlTransport
import DialModel
import PushServer
import Telephony
import TestSupport
import Testing
import UdeskVendor
import VendorSimulator
import WellVendor
import WinCallVendor

/// A vendor that the suite holds to what every vendor promises: how its simulator and its client are built, and where
/// it differs from the others beyond its abilities.
enum VendorUnderTest: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case alibaba
    case well
    case winCall
    case udesk
    case udeskBridge

    /// Those that push events.
    static let pushing = [well, winCall, udesk, udeskBridge]
    /// Those that sign agents in.
    static let signingIn = [well, winCall]

    var testDescription: String { rawValue }

    /// The vendors that can do something when there are automatic phones.
    static func able(_ isAble: (VendorAbilities) -> Bool) -> [VendorUnderTest] {
        allCases.filter { isAble($0.abilities(Plan(agents: 1, diallers: 1))) }
    }

    /// What a call centre and its faults look like, whoever the vendor is.
    struct Plan: Sendable {
        var agents: Int
        var diallers = 0
        /// How often an agent does not pick up, from 0 to 1.
        var noShow = 0.0
        var faults = SimulatorFaults()
        /// Whether its simulator is going to be stopped and started again.
        var startsAgain = false
    }

    /// How many times faster than real time a bench runs: WinCall's client waits ten seconds of the run for an answer,
    /// which a busy machine must not miss.
    var speed: Double {
        switch self {
        case .alibaba, .well, .udesk: 20
        case .winCall, .udeskBridge: 10
        }
    }

    /// What has to be dialled before a number.
    var prefix: String {
        switch self {
        case .well: "9"
        case .alibaba, .winCall, .udesk, .udeskBridge: ""
        }
    }

    /// Whether it can be asked what became of a call, so that nothing of its end is taken for granted or forgotten.
    var tellsOfCalls: Bool {
        switch self {
        case .alibaba, .well, .udesk, .udeskBridge: true
        case .winCall: false
        }
    }

    var signsAgentsIn: Bool { Self.signingIn.contains(self) }

    /// Agents who pick up after half a second and work for two seconds after each call, and callees who answer, unless
    /// their number says otherwise.
    func settings(_ plan: Plan, port: UInt16 = 0) -> SimulatorSettings {
        SimulatorSettings(
            port: port,
            centre: CallCentreSettings(
                agents: plan.agents, diallers: plan.diallers, startsSignedIn: !signsAgentsIn,
                agentRingLimit: .seconds(10)),
            callModel: CallModelSettings(
                mix: .allHuman, humanRing: .constant(.seconds(3)), patience: .constant(.seconds(60)),
                talk: .constant(.seconds(30)), wrapUp: .constant(.seconds(2)), pickUp: .constant(.milliseconds(500)),
                noShow: plan.noShow),
            faults: plan.faults)
    }

    /// The agent at a place in the call centre's order, by the vendor's name.
    func agent(_ place: Int, of centre: SimulatedCallCentre) -> AgentID {
        AgentID(self == .alibaba ? centre.agents[place].id : centre.agents[place].jobNumber)
    }

    /// What the account of such a simulator can do.
    func abilities(_ plan: Plan) -> VendorAbilities {
        switch self {
        case .alibaba: alibabaAccount(settings(plan), port: 0).abilities
        case .well: wellAccount(settings(plan), port: 0).abilities
        case .winCall: winCallAccount(settings(plan), port: 0).abilities
        case .udesk: udeskAccount(settings(plan), port: 0).abilities
        case .udeskBridge: udeskBridgeAccount(settings(plan), port: 0).abilities
        }
    }

    /// The vendor's client for the simulator that listens on `port`.
    func client(
        of settings: SimulatorSettings, port: UInt16, transport: CurlTransport, listener: PushServer?,
        pages: any PageHosting, clock: any RunClock
    ) -> any TelephonyVendor {
        switch self {
        case .alibaba:
            AlibabaVendor(
                account: alibabaAccount(settings, port: port), skillGroup: settings.account.skillGroupName,
                transport: transport, clock: clock, seed: 1)
        case .well:
            WellVendor(
                account: wellAccount(settings, port: port), group: "", transport: transport, channels: transport,
                clock: clock, seed: 1)
        case .winCall:
            WinCallVendor(
                account: winCallAccount(settings, port: port), group: settings.winCall.queueName,
                transport: transport, channels: transport, clock: clock, seed: 1)
        case .udesk:
            UdeskVendor(
                account: udeskAccount(settings, port: port), group: String(settings.udesk.userGroup),
                transport: transport, listener: listener, clock: clock, seed: 1)
        case .udeskBridge:
            UdeskBridgeVendor(
                account: udeskBridgeAccount(settings, port: port), group: "", host: pages, clock: clock, seed: 1)
        }
    }

    /// What a vendor that posts its events posts them to, open already.
    func listener(of settings: SimulatorSettings) async throws -> PushServer? {
        guard self == .udesk else { return nil }
        let listener = PushServer(settings: PushServerSettings(port: 0, secret: settings.udesk.token))
        try await listener.open()
        return listener
    }

    /// Where agents whose browsers make their calls have their pages, open already.
    func pages(of settings: SimulatorSettings) async throws -> PageServer {
        let logins = settings.pageLogins.map { ($0.agent.value, $0.password) }
        let server = PageServer(settings: PageServerSettings(port: 0, keys: Dictionary(uniqueKeysWithValues: logins)))
        if self == .udeskBridge { try await server.open() }
        return server
    }
}

/// Requests for calls that get lost on their way.
extension VendorUnderTest {
    /// How such a request is made: the last digits of the number, and what goes wrong.
    struct LostDial: Sendable {
        var suffix: String
        var faults = SimulatorFaults()
    }

    /// One that is carried out and whose answer never comes; the callee answers.
    var unansweredDial: LostDial {
        switch self {
        case .alibaba, .udesk, .udeskBridge:
            var faults = SimulatorFaults()
            faults.resetAfterDialEvery = 1
            return LostDial(suffix: "990001", faults: faults)
        case .well: return LostDial(suffix: "992005")
        case .winCall: return LostDial(suffix: "981001")
        }
    }

    /// One that is not carried out, which nobody says.
    var unheardDial: LostDial {
        switch self {
        case .alibaba, .udesk, .udeskBridge:
            var faults = SimulatorFaults()
            faults.resetBeforeDialEvery = 1
            return LostDial(suffix: "990001", faults: faults)
        case .well: return LostDial(suffix: "992007")
        case .winCall: return LostDial(suffix: "981002")
        }
    }
}

extension VendorUnderTest {
    private func alibabaAccount(_ settings: SimulatorSettings, port: UInt16) -> AlibabaAccount {
        let demo = settings.account
        return AlibabaAccount(
            name: rawValue, endpoint: "http://127.0.0.1:\(port)", instanceID: demo.instanceID,
            accessKeyID: demo.accessKeyID, accessKeySecret: demo.accessKeySecret, subdomain: demo.subdomain,
            requestsPerSecond: 100, burst: 200)
    }

    private func wellAccount(_ settings: SimulatorSettings, port: UInt16) -> WellAccount {
        let host = "127.0.0.1:\(port)"
        return WellAccount(
            name: rawValue, endpoint: "http://\(host)", eventURL: "ws://\(host)\(SimulatedWell.eventPath)",
            loginURL: "http://\(host)\(SimulatedWell.loginPath)", domain: settings.well.domain,
            logins: settings.logins(password: settings.well.password))
    }

    private func winCallAccount(_ settings: SimulatorSettings, port: UInt16) -> WinCallAccount {
        let host = "127.0.0.1:\(port)"
        return WinCallAccount(
            name: rawValue, serverURL: "ws://\(host)", apiURL: "http://\(host)",
            enterprise: settings.winCall.enterprise, logins: settings.logins(password: settings.winCall.password))
    }

    private func udeskAccount(_ settings: SimulatorSettings, port: UInt16) -> UdeskAccount {
        UdeskAccount(
            name: rawValue, endpoint: "http://127.0.0.1:\(port)", email: settings.udesk.email,
            token: settings.udesk.token)
    }

    private func udeskBridgeAccount(_ settings: SimulatorSettings, port: UInt16) -> UdeskBridgeAccount {
        let host = "127.0.0.1:\(port)"
        return UdeskBridgeAccount(
            name: rawValue, appID: settings.ccpaas.appID, secret: settings.ccpaas.secret, logins: settings.pageLogins,
            sdkURL: "http://\(host)\(SimulatedCCPaaS.sdkPath)", domain: "ws://\(host)\(SimulatedCCPaaS.socketPath)",
            httpDomain: "http://\(host)\(SimulatedCCPaaS.backendPath)")
    }
}
