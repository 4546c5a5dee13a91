import CallModel
import CurlTransport
import DialModel
import EventWire
import Telephony
import TestSupport
import Testing
import VendorSimulator

@testable import WellVendor

/// A client of Well and the simulator's Well, with real sockets between them, in a world at twenty times the speed.
final class LiveBench: Sendable {
    static let speed = 20.0

    /// What a bench is built with.
    struct Plan {
        var simulator: SimulatorSettings
        var account: WellAccount

        /// People who talk, agents who pick up after a second and work for two seconds after each call.
        init(agents: Int, diallers: Int = 0, noShow: Double = 0) {
            let people = CallModelSettings(
                mix: .allHuman, humanRing: .constant(.seconds(5)), patience: .constant(.seconds(30)),
                talk: .constant(.seconds(20)), wrapUp: .constant(.seconds(2)), pickUp: .constant(.seconds(1)),
                noShow: noShow)
            simulator = SimulatorSettings(
                centre: CallCentreSettings(
                    agents: agents, diallers: diallers, startsSignedIn: false, setUpDelay: .milliseconds(500)),
                callModel: people)
            let logins = (0..<agents + diallers).map { place in
                let offset = place < agents ? place : 900 + place - agents
                return AgentLogin(
                    agent: AgentID(String(5001 + offset)), name: "Agent \(place + 1)",
                    password: SimulatedWell.demo.password, phone: String(8001 + offset), isDialler: place >= agents)
            }
            account = WellAccount(
                name: "well", endpoint: "", eventURL: "", loginURL: "", domain: SimulatedWell.demo.domain,
                logins: logins)
        }
    }

    let clock: any RunClock = PacedClock(speed: LiveBench.speed)
    let simulator: VendorSimulator
    let vendor: WellVendor
    let account: WellAccount
    let transport: CurlTransport
    private let base: String
    private let reports = Reports()

    private init(_ plan: Plan) async throws {
        simulator = try VendorSimulator(settings: plan.simulator, clock: clock)
        let port = try await simulator.start()
        base = "http://127.0.0.1:\(port)"
        var account = plan.account
        account.endpoint = base
        account.eventURL = "ws://127.0.0.1:\(port)\(SimulatedWell.eventPath)"
        account.loginURL = base + SimulatedWell.loginPath
        self.account = account
        transport = CurlTransport(settings: CurlSettings(maxConnectionsPerHost: 32))
        vendor = WellVendor(
            account: account, group: "", transport: transport, channels: transport, clock: clock, seed: 42)
    }

    /// Runs a client for as long as `work` takes, and sees to it that nobody is left signed in after it.
    static func run(_ plan: Plan, _ work: @escaping @Sendable (LiveBench) async throws -> Void) async throws {
        let bench = try await LiveBench(plan)
        let run = Task { await bench.vendor.run { bench.reports.add($0) } }
        let result: Result<Void, any Error>
        do {
            result = .success(try await work(bench))
        } catch {
            result = .failure(error)
        }
        run.cancel()
        await run.value
        #expect(try await bench.standing("signed_in") == .array([]), "somebody is signed in after the end")
        #expect(try await bench.standing("dial_interval_violations")?.integer == 0)
        await bench.transport.shutdown()
        await bench.simulator.stop()
        try result.get()
    }

    /// A figure of what the simulator tells of its Well.
    func standing(_ name: String) async throws -> JSONValue? {
        let response = try await transport.send(HTTPRequest(method: "GET", url: base + "/simulator/well"))
        return JSONValue(parsing: response.body)?[name]
    }

    // MARK: What was reported

    var events: [VendorEvent] { reports.events }

    /// Returns once what has been reported meets a condition.
    func wait(until isMet: @escaping @Sendable ([VendorEvent]) -> Bool) async { await reports.wait(until: isMet) }

    /// Returns once something more has been reported, which happens every two seconds at least.
    func nextReport() async {
        let count = events.count
        await wait { $0.count > count }
    }

    /// Returns once the agents are reported to do as said, those with the lowest numbers first.
    func agents(are activities: [AgentActivity]) async {
        await wait { Self.activities(in: $0) == activities }
    }

    static func activities(in events: [VendorEvent]) -> [AgentActivity]? {
        for event in events.reversed() {
            if case .agents(let agents, _) = event { return agents.map(\.activity) }
        }
        return nil
    }

    /// Returns the ending of an attempt once it is reported.
    func ending(of attempt: Int64) async -> CallEnding {
        await wait { !Self.endings(of: attempt, in: $0).isEmpty }
        return Self.endings(of: attempt, in: events)[0]
    }

    /// The progress of an attempt so far.
    func progress(of attempt: Int64) -> [CallProgress] { Self.progress(of: attempt, in: events) }

    static func progress(of attempt: Int64, in events: [VendorEvent]) -> [CallProgress] {
        events.compactMap { event in
            if case .call(AttemptID(attempt), let progress, _) = event { return progress }
            return nil
        }
    }

    /// The codes with which an agent was turned away, as far as it was told.
    func unusable(_ agent: AgentID) -> [String] { Self.unusable(agent, in: events) }

    static func unusable(_ agent: AgentID, in events: [VendorEvent]) -> [String] {
        events.compactMap { event in
            if case .agentUnusable(agent, let error) = event { return error.code }
            return nil
        }
    }

    /// What an agent was reported to do, each change once.
    static func course(of agent: AgentID, in events: [VendorEvent]) -> [AgentActivity] {
        var course: [AgentActivity] = []
        for case .agents(let agents, _) in events {
            guard let activity = agents.first(where: { $0.id == agent })?.activity, activity != course.last else {
                continue
            }
            course.append(activity)
        }
        return course
    }

    static func endings(of attempt: Int64, in events: [VendorEvent]) -> [CallEnding] {
        progress(of: attempt, in: events).compactMap { progress in
            if case .ended(let ending) = progress { return ending }
            return nil
        }
    }

    // MARK: What is asked

    /// A call to the number that ends in six digits.
    func request(
        _ attempt: Int64, _ suffix: String, agent: Int? = 5001, prefix: String = "9", callerID: String? = "01080000001",
        classifies: Bool = true, within limit: Duration = .seconds(600)
    ) throws -> CallRequest {
        let number = try #require(PhoneNumber(e164: "+8613800\(suffix)"))
        return CallRequest(
            attempt: AttemptID(attempt), number: number, prefix: prefix, callerID: callerID,
            agent: agent.map { AgentID(String($0)) }, classifiesAnswer: classifies, notAfter: clock.now + limit)
    }

    /// What comes of a call.
    func place(_ request: CallRequest) async -> Result<VendorCallID, VendorError> {
        do {
            return .success(try await vendor.placeCall(request))
        } catch {
            return .failure(error)
        }
    }

    /// The error that a call fails with once its phone can be used and the vendor can be reached, which on a busy
    /// machine may take a moment; nil for one that is taken.
    func failureInTheEnd(of request: () throws -> CallRequest) async throws -> VendorError? {
        while true {
            guard let error = await failure(of: try request()) else { return nil }
            guard ["AgentAway", "AgentBusy"].contains(error.code) || error.meaning == .unavailable else { return error }
            await nextReport()
        }
    }

    /// The error that a call fails with; nil for one that is taken.
    func failure(of request: CallRequest) async -> VendorError? {
        if case .failure(let error) = await place(request) { error } else { nil }
    }
}
