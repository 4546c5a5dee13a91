import CurlTransport
import DialModel
import Foundation
import PushServer
import Telephony
import TestSupport
import Testing
import VendorSimulator

/// A vendor's client and its simulator at the two ends of real sockets, on a clock that runs faster than time.
final class Bench: Sendable {
    let vendorUnderTest: VendorUnderTest
    let clock: any RunClock
    let vendor: any TelephonyVendor
    let reports = Reports()
    private let plan: VendorUnderTest.Plan
    private let port: UInt16
    private let pushURL: String?
    private let transport: CurlTransport
    private let current: Locked<VendorSimulator>

    private init(_ vendorUnderTest: VendorUnderTest, _ plan: VendorUnderTest.Plan) async throws {
        self.vendorUnderTest = vendorUnderTest
        self.plan = plan
        clock = PacedClock(speed: vendorUnderTest.speed)
        let settings = vendorUnderTest.settings(plan)
        let (simulator, port) = try await Self.start(settings, of: vendorUnderTest, plan, clock)
        self.port = port
        current = Locked(simulator)
        let listener = try await vendorUnderTest.listener(of: settings)
        pushURL = listener?.port.map(settings.udesk.pushURL)
        simulator.udeskPushURL = pushURL
        transport = CurlTransport(settings: CurlSettings(maxConnectionsPerHost: 32), environment: [:])
        vendor = vendorUnderTest.client(
            of: settings, port: port, transport: transport, listener: listener, clock: clock)
    }

    /// Runs a client for as long as `work` takes, and sees to it that nobody whom it signed in stays so.
    static func run(
        _ vendorUnderTest: VendorUnderTest, _ plan: VendorUnderTest.Plan,
        _ work: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        let bench = try await Bench(vendorUnderTest, plan)
        let failure = await bench.act(work)
        if vendorUnderTest.signsAgentsIn {
            try await bench.centre { $0.agents.allSatisfy { $0.state == .signedOut } }
        }
        await bench.transport.shutdown()
        await bench.simulator.stop()
        if let failure { throw failure }
    }

    private func act(_ work: @escaping @Sendable (Bench) async throws -> Void) async -> (any Error)? {
        await withTaskGroup(of: (any Error)?.self) { tasks in
            tasks.addTask {
                await self.vendor.run { self.reports.take($0) }
                return nil
            }
            tasks.addTask {
                do {
                    try await work(self)
                    return nil
                } catch {
                    return error
                }
            }
            let failure = await tasks.next() ?? nil
            tasks.cancelAll()
            return failure
        }
    }

    // MARK: The simulator

    var simulator: VendorSimulator { current.with { $0 } }

    /// Starts a simulator; one that is to be started again, on a port that meanwhile nobody is given.
    private static func start(
        _ settings: SimulatorSettings, of vendor: VendorUnderTest, _ plan: VendorUnderTest.Plan, _ clock: any RunClock
    ) async throws -> (VendorSimulator, UInt16) {
        var settings = settings
        let ports = plan.startsAgain ? Self.quietPorts(of: vendor) : [0]
        for port in ports.dropLast() {
            settings.port = port
            let simulator = try VendorSimulator(settings: settings, clock: clock)
            if let port = try? await simulator.start() { return (simulator, port) }
        }
        settings.port = ports.last ?? 0
        let simulator = try VendorSimulator(settings: settings, clock: clock)
        return (simulator, try await simulator.start())
    }

    /// A few ports below those that the system gives away, others for each vendor and, as a rule, each process.
    private static func quietPorts(of vendor: VendorUnderTest) -> [UInt16] {
        let vendors = VendorUnderTest.allCases
        let place = vendors.firstIndex(of: vendor) ?? 0
        let process = Int(ProcessInfo.processInfo.processIdentifier)
        return (0..<10).map { turn in
            UInt16(20_000 + ((process + 997 * turn) * vendors.count + place) % 9999)
        }
    }

    /// Stops the simulator and gives a way to start another on the same port, where nobody remembers anything.
    func stopSimulator() async -> @Sendable () async throws -> Void {
        await simulator.stop()
        return { [self] in
            let next = try VendorSimulator(settings: vendorUnderTest.settings(plan, port: port), clock: clock)
            next.udeskPushURL = pushURL
            _ = try await next.start()
            current.with { $0 = next }
        }
    }

    /// Waits until the call centre is as a test wants it, asking again and again; the suite's time limit is the only end.
    func centre(_ isAsWanted: (SimulatedCallCentre) -> Bool) async throws {
        while !isAsWanted(simulator.callCentre) {
            _ = try await transport.send(HTTPRequest(method: "GET", url: "http://127.0.0.1:\(port)/simulator/clock"))
        }
    }

    /// The simulator's calls to the number that ends in these digits.
    func calls(to suffix: String) -> [SimulatedCall] {
        simulator.callCentre.calls.filter { $0.callee.hasSuffix(suffix) }
    }

    // MARK: Agents

    /// The agent at a place in the call centre's order.
    func agent(_ place: Int) -> AgentID { vendorUnderTest.agent(place, of: simulator.callCentre) }

    /// Returns once an agent is said to do something.
    func wait(for agent: AgentID, toBe activity: AgentActivity) async {
        await reports.wait { $0.activity(of: agent) == activity }
    }

    /// Returns once every agent is said to be idle.
    func everybodyIsIdle() async {
        let agents = (0..<plan.agents).map(agent)
        await reports.wait { events in agents.allSatisfy { events.activity(of: $0) == .idle } }
    }
}
