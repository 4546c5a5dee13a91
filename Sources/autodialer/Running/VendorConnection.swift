import AlibabaVendor
import CallModel
import CampaignFile
import CurlTransport
import DialModel
import Foundation
import Telephony
import VendorSimulator

/// A campaign's vendor, ready to be asked, with the clock that its calls live by.
struct VendorConnection: Sendable {
    /// The client.
    var vendor: any TelephonyVendor
    /// The time of the run.
    var clock: SystemClock
    /// The simulator inside this process, if that is the vendor.
    var simulator: VendorSimulator?
    private var transport: CurlTransport

    /// Connects to the account of a campaign; a built-in simulator is started first.
    ///
    /// The run passes `speed` times as fast as real time; nil stands for real time, and for the time of a simulator in
    /// another process.
    static func open(_ account: Account, for campaign: Campaign, speed: Double?) async throws -> VendorConnection {
        if let speed, speed != 1, !account.isSimulated {
            throw Failure(
                .usage,
                "error: --speed \(speed) with the vendor \"\(account.name)\": real telephones ring in real time",
                "Leave --speed away, or rehearse with vendor: simulator.alibaba.")
        }
        let transport = CurlTransport(settings: CurlSettings())
        switch account {
        case .builtIn(let name):
            return try await openBuiltIn(name, campaign, speed: speed ?? 1, transport: transport)
        case .configured(let configured):
            let account = AlibabaAccount(configured)
            let clock =
                configured.simulated
                ? try await clock(ofSimulator: account, speed: speed, transport: transport) : SystemClock()
            return connection(account, campaign, clock: clock, simulator: nil, transport: transport)
        }
    }

    /// Closes connections and ends the built-in simulator.
    func close() async {
        await transport.shutdown()
        await simulator?.stop()
    }

    private static func openBuiltIn(
        _ name: String, _ campaign: Campaign, speed: Double, transport: CurlTransport
    ) async throws -> VendorConnection {
        let clock = SystemClock(speed: speed)
        let simulator: VendorSimulator
        let port: UInt16
        do throws(SimulatorError) {
            simulator = try VendorSimulator(settings: SimulatorSettings(campaign), clock: clock)
            port = try await simulator.start()
        } catch {
            throw Failure(.internalError, "error: the built-in simulator cannot start: \(error)")
        }
        let account = AlibabaAccount(builtIn: name, port: port)
        return connection(account, campaign, clock: clock, simulator: simulator, transport: transport)
    }

    private static func connection(
        _ account: AlibabaAccount, _ campaign: Campaign, clock: SystemClock, simulator: VendorSimulator?,
        transport: CurlTransport
    ) -> VendorConnection {
        let vendor = AlibabaVendor(
            account: account, skillGroup: campaign.agentGroup, transport: transport, clock: clock,
            seed: UInt64.random(in: 0 ... .max))
        return VendorConnection(vendor: vendor, clock: clock, simulator: simulator, transport: transport)
    }

    /// The time of a simulator in another process.
    private static func clock(
        ofSimulator account: AlibabaAccount, speed: Double?, transport: CurlTransport
    ) async throws -> SystemClock {
        let reply: HTTPResponse
        do throws(TransportError) {
            reply = try await transport.send(HTTPRequest(method: "GET", url: account.endpoint + "/simulator/clock"))
        } catch {
            throw Failure(
                .vendorUnavailable, "error: \(account.name): \(error)",
                "Start the simulator with: autodialer simulator --port …, or correct the endpoint in vendors.yaml.")
        }
        guard reply.status == 200, let shown = try? JSONDecoder().decode(ShownClock.self, from: Data(reply.body)) else {
            throw Failure(
                .vendorUnavailable,
                "error: \(account.name): \(account.endpoint) is no simulator (HTTP \(reply.status))",
                "Remove \"simulated: true\" from vendors.yaml if this is a real vendor.")
        }
        if let speed, speed != shown.speed {
            throw Failure(
                .usage, "error: --speed \(speed), but the simulator \(account.name) runs at \(shown.speed)",
                "Leave --speed away: the run follows the simulator's time.")
        }
        return SystemClock(speed: shown.speed, anchor: Timestamp(milliseconds: shown.anchor_ms))
    }

    /// The answer of `/simulator/clock`.
    private struct ShownClock: Decodable {
        var anchor_ms: Int64
        var speed: Double
    }
}

extension Account {
    /// What the account can do, without asking anybody.
    var abilities: VendorAbilities { calls.abilities }

    /// The vendor's account, at a simulator inside this program that is not started.
    var calls: AlibabaAccount {
        switch self {
        case .builtIn(let name): AlibabaAccount(builtIn: name, port: 0)
        case .configured(let account): AlibabaAccount(account)
        }
    }
}

extension AlibabaAccount {
    /// The account of a simulator inside this program, which has no limits worth keeping to.
    fileprivate init(builtIn name: String, port: UInt16) {
        let demo = SimulatedAccount.demo
        self.init(
            name: name, endpoint: "http://127.0.0.1:\(port)", instanceID: demo.instanceID,
            accessKeyID: demo.accessKeyID, accessKeySecret: demo.accessKeySecret, subdomain: demo.subdomain,
            requestsPerSecond: 100, burst: 200)
    }

    /// An account of `vendors.yaml`, with this client's defaults for what it leaves open.
    init(_ account: VendorAccount) {
        let region = account.region ?? "cn-shanghai"
        self.init(
            name: account.name, endpoint: account.endpoint ?? "https://ccc.\(region).aliyuncs.com",
            instanceID: account.instanceID, accessKeyID: account.accessKeyID, accessKeySecret: account.accessKeySecret,
            subdomain: account.subdomain)
        if let rate = account.requestsPerSecond { requestsPerSecond = rate }
        if let burst = account.burst { self.burst = burst }
    }
}

extension SimulatorSettings {
    /// A simulator that behaves as a campaign's `simulator` section says.
    init(_ campaign: Campaign) {
        let section = campaign.simulator ?? SimulatorSection()
        self.init(
            seed: section.seed, centre: CallCentreSettings(agents: section.agents),
            callModel: CallModelSettings(campaign),
            // An agent who waits for hours of a rehearsal has not gone home.
            listsAgentsFor: nil)
    }
}

extension CallModelSettings {
    /// How callees and agents behave as far as a campaign's file says, which is most where it is about a simulator.
    init(_ campaign: Campaign) {
        self.init()
        ringTimeout = campaign.dial.ringTimeout
        guard let section = campaign.simulator else { return }
        if let answer = section.answer { mix = mix.with(human: answer) }
        if let talk = section.talk { self.talk = .lognormal(seconds: talk.seconds, cv: 0.8) }
        if let wrapUp = section.wrapUp { self.wrapUp = .lognormal(seconds: wrapUp.seconds, cv: 0.5) }
    }
}
