import CallModel
import CampaignFile
import CurlTransport
import DialModel
import Foundation
import PushServer
import Telephony
import VendorSimulator
import Wording

/// A campaign's vendor, ready to be asked, with the clock that its calls live by.
struct VendorConnection: Sendable {
    /// The client.
    var vendor: any TelephonyVendor
    /// The time of the run.
    var clock: SystemClock
    /// The simulator inside this process, if that is the vendor.
    var simulator: VendorSimulator?
    private var transport: CurlTransport
    /// Where the vendor answers requests.
    private var endpoint: String

    /// Connects to the account of a campaign; a built-in simulator is started first.
    ///
    /// The run passes `speed` times as fast as real time; nil stands for real time, and for the time of a simulator in
    /// another process. Where the campaign has been connected to another account, it keeps the `clock` of that one. A built-in
    /// simulator has the account's own `numbers`, too, since those of a real one are the vendor's.
    static func open(
        _ account: Account, for campaign: Campaign, speed: Double?, keeping clock: SystemClock? = nil,
        numbers: [OutboundNumber] = []
    ) async throws -> VendorConnection {
        if let speed, speed != 1, !account.isSimulated {
            throw Failure(
                .usage,
                saying: [
                    JoiningPhrase.realTime.filled(speed, account.name),
                    JoiningPhrase.leaveSpeed.filled(VendorAccounts.builtIn.joined(separator: ", ")),
                ])
        }
        let transport = CurlTransport(settings: CurlSettings())
        switch account {
        case .builtIn(let name):
            return try await openBuiltIn(
                name, campaign, numbers, clock: clock ?? SystemClock(speed: speed ?? 1), transport: transport)
        case .configured(let configured):
            let service = VendorService(configured)
            let own =
                configured.simulated
                ? try await Self.clock(
                    ofSimulator: configured.name, at: service.endpoint, speed: speed, transport: transport)
                : clock ?? SystemClock()
            if let clock, clock.speed != own.speed || (own.speed > 1 && clock.anchor != own.anchor) {
                throw Failure(
                    .usage,
                    saying: [JoiningPhrase.otherTime.filled(configured.name), JoiningPhrase.clockOf.phrase])
            }
            return connection(
                service, campaign, door: service.door, clock: clock ?? own, simulator: nil,
                transport: transport)
        }
    }

    /// How far the vendor's clock is ahead of ours, by the date of an answer; nil where it tells none.
    func skew() async -> Duration? {
        let request = HTTPRequest(method: "GET", url: endpoint + "/")
        guard let date = (try? await transport.send(request))?.date else { return nil }
        return .seconds(date.milliseconds / 1_000) - .seconds(clock.now.milliseconds / 1_000)
    }

    /// Closes connections and ends the built-in simulator.
    func close() async {
        await transport.shutdown()
        await simulator?.stop()
    }

    private static func openBuiltIn(
        _ name: String, _ campaign: Campaign, _ numbers: [OutboundNumber], clock: SystemClock, transport: CurlTransport
    ) async throws -> VendorConnection {
        var settings = SimulatorSettings(campaign, as: name)
        settings.account.add(numbers)
        let simulator: VendorSimulator
        let port: UInt16
        do throws(SimulatorError) {
            simulator = try VendorSimulator(settings: settings, clock: clock)
            port = try await simulator.start()
        } catch {
            throw Failure(.internalError, saying: [JoiningPhrase.builtInFails.filled(error.message)])
        }
        let service = VendorService(builtIn: name, settings, port: port)
        let door = service.door
        do throws(PushListeningError) {
            try await door.open()
        } catch {
            await simulator.stop()
            throw Failure(.internalError, saying: [JoiningPhrase.doorFails.filled(error.message)])
        }
        if case .events(let server) = door, let port = server.port {
            simulator.udeskPushURL = settings.udesk.pushURL(atPort: port)
        }
        if let address = door.pages?.address { simulator.openPages(at: address) }
        return connection(
            service, campaign, door: door, clock: clock, simulator: simulator, transport: transport)
    }

    private static func connection(
        _ service: VendorService, _ campaign: Campaign, door: VendorDoor, clock: SystemClock,
        simulator: VendorSimulator?, transport: CurlTransport
    ) -> VendorConnection {
        let vendor = service.client(
            group: campaign.agentGroup, project: campaign.mode.project, transport: transport, door: door, clock: clock,
            seed: UInt64.random(in: 0 ... .max))
        return VendorConnection(
            vendor: vendor, clock: clock, simulator: simulator, transport: transport, endpoint: service.endpoint)
    }

    /// The time of a simulator in another process.
    static func clock(
        ofSimulator name: String, at endpoint: String, speed: Double?, transport: CurlTransport
    ) async throws -> SystemClock {
        let reply: HTTPResponse
        do throws(TransportError) {
            reply = try await transport.send(HTTPRequest(method: "GET", url: endpoint + "/simulator/clock"))
        } catch {
            throw Failure(
                .vendorUnavailable,
                saying: [JoiningPhrase.unreachable.filled(name, "\(error)"), JoiningPhrase.startIt.phrase])
        }
        guard reply.status == 200, let shown = try? JSONDecoder().decode(ShownClock.self, from: Data(reply.body)) else {
            throw Failure(
                .vendorUnavailable,
                saying: [
                    JoiningPhrase.noSimulator.filled(name, endpoint, reply.status),
                    JoiningPhrase.removeSimulated.phrase,
                ])
        }
        if let speed, speed != shown.speed {
            throw Failure(
                .usage,
                saying: [
                    JoiningPhrase.otherSpeed.filled(speed, name, shown.speed), JoiningPhrase.followsTime.phrase,
                ])
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
    /// What the account can do for a campaign, without asking anybody.
    func abilities(for campaign: Campaign) -> VendorAbilities { service(for: campaign).abilities }

    /// The account as the vendor's client takes it; at a simulator inside this program, one that is not started.
    func service(for campaign: Campaign) -> VendorService {
        switch self {
        case .builtIn(let name): VendorService(builtIn: name, SimulatorSettings(campaign, as: name), port: 0)
        case .configured(let account): VendorService(account)
        }
    }
}

extension SimulatorSettings {
    /// How many automatic phones a simulator has for each agent, where a campaign dials ahead of agents.
    private static let diallersPerAgent = 4

    /// A simulator that behaves as a campaign's `simulator` section says, for the client of one vendor.
    ///
    /// Where the vendor's clients sign agents in, nobody is there before the client comes.
    init(_ campaign: Campaign, as name: String) {
        let section = campaign.simulator ?? SimulatorSection()
        let signsIn = ["simulator.well", "simulator.wincall"].contains(name)
        let dialsAhead = campaign.mode != .progressive && campaign.mode.project == nil
        let diallers = signsIn && dialsAhead ? section.agents * Self.diallersPerAgent : 0
        self.init(
            seed: section.seed,
            centre: CallCentreSettings(agents: section.agents, diallers: diallers, startsSignedIn: !signsIn),
            callModel: CallModelSettings(campaign),
            // An agent who waits for hours of a rehearsal has not gone home.
            listsAgentsFor: nil,
            // The list may be a real one, and others may be on the machine.
            isOpenToAll: false)
        // The group and the numbers are those of the real account, which is not asked in a rehearsal.
        account.skillGroupName = campaign.agentGroup
        winCall.queueName = campaign.agentGroup
        if let group = Int(campaign.agentGroup) { udesk.userGroup = group }
        account.add(campaign.callerID.numbers.map { OutboundNumber($0) })
        winCall.project = campaign.mode.project ?? winCall.project
        winCall.projectRows = WinCallSimulation.demoRows
    }
}

extension SimulatedAccount {
    /// Adds numbers that it does not have yet; who may show them is up to the pool and not to groups of another account.
    fileprivate mutating func add(_ more: [OutboundNumber]) {
        let known = Set(numbers.map(\.number))
        for var number in more where !known.contains(number.number) {
            (number.skillGroups, number.owner) = ([], nil)
            numbers.append(number)
        }
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
