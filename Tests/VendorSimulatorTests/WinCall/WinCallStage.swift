import CallModel
import CurlTransport
import DialModel
import Telephony
import TestSupport
import Testing
import WinCallVendor

@testable import VendorSimulator

/// The client and the simulator at the two ends of real sockets, on a clock that runs faster than time.
struct WinCallStage: Sendable {
    let simulator: VendorSimulator
    let port: UInt16
    let clock: any RunClock
    let vendor: WinCallVendor
    let log: EventLog

    /// Callees by the table of scripted numbers; agents pick up after half a second and wrap up for two.
    static func settings(
        agents: Int, diallers: Int = 0, noShow: Double = 0, _ winCall: WinCallSimulation = WinCallSimulation()
    ) -> SimulatorSettings {
        SimulatorSettings(
            centre: CallCentreSettings(
                agents: agents, diallers: diallers, startsSignedIn: false, agentRingLimit: .seconds(8)),
            callModel: CallModelSettings(
                ringTimeout: .seconds(10), wrapUp: .constant(.seconds(2)), pickUp: .constant(.milliseconds(500)),
                noShow: noShow),
            blockedCallees: ["13800777777"], winCall: winCall)
    }

    /// Runs the client against a simulator while `body` acts, and checks that nobody is signed in when both are done.
    static func run(
        _ settings: SimulatorSettings, speed: Double = 5, logins: [AgentLogin]? = nil,
        _ body: @escaping @Sendable (WinCallStage) async throws -> Void
    ) async throws {
        let clock = PacedClock(speed: speed)
        let simulator = try VendorSimulator(settings: settings, clock: clock)
        let port = try await simulator.start()
        let transport = CurlTransport(settings: CurlSettings(), environment: [:])
        let account = account(settings, port: port, logins: logins)
        let vendor = WinCallVendor(
            account: account, group: settings.winCall.queueName, transport: transport, channels: transport,
            clock: clock, seed: 1)
        let stage = WinCallStage(simulator: simulator, port: port, clock: clock, vendor: vendor, log: EventLog())
        let failure = await stage.act(body)
        await transport.shutdown()
        try await stage.everybodyIsGone()
        await simulator.stop()
        if let failure { throw failure }
    }

    private func act(_ body: @escaping @Sendable (WinCallStage) async throws -> Void) async -> (any Error)? {
        await withTaskGroup(of: (any Error)?.self) { tasks in
            tasks.addTask {
                await self.vendor.run { event in await self.log.add(event) }
                return nil
            }
            tasks.addTask {
                do {
                    try await body(self)
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

    /// The account's agents and diallers, or those named.
    static func account(_ settings: SimulatorSettings, port: UInt16, logins: [AgentLogin]? = nil) -> WinCallAccount {
        let centre = SimulatedCallCentre(
            settings: settings.centre, model: CallModel(settings: settings.callModel, seed: 1),
            start: Timestamp(milliseconds: 0))
        let all = centre.agents.map { agent in
            AgentLogin(
                agent: AgentID(agent.jobNumber), password: settings.winCall.password, phone: agent.extensionNumber,
                group: settings.winCall.queueName, isDialler: agent.isDialler)
        }
        return WinCallAccount(
            name: "wincall.test", serverURL: "ws://127.0.0.1:\(port)", apiURL: "http://127.0.0.1:\(port)",
            enterprise: settings.winCall.enterprise, logins: logins ?? all)
    }

    /// Waits until the simulator has nobody signed in; it hears of a closed connection a moment after the client.
    private func everybodyIsGone() async throws {
        try await centre { centre in centre.agents.allSatisfy { $0.state == .signedOut } }
    }

    /// Waits until the call centre is as a test wants it, asking again and again; the suite's time limit is the only end.
    func centre(_ isAsWanted: (SimulatedCallCentre) -> Bool) async throws {
        try await Self.centre(of: simulator, port, isAsWanted)
    }

    /// Waits until a simulator's call centre is as a test wants it.
    static func centre(
        of simulator: VendorSimulator, _ port: UInt16, _ isAsWanted: (SimulatedCallCentre) -> Bool
    ) async throws {
        let client = SimulatorClient(port: port)
        while !isAsWanted(simulator.callCentre) { _ = try await client.get("/simulator/clock") }
    }

    /// Waits until so many agents are idle.
    func idle(_ count: Int) async throws {
        try await log.waits { events in
            for case .agents(let agents, _) in events.reversed() {
                return agents.count { $0.activity == .idle } >= count
            }
            return false
        }
    }

    /// Places a call to a number in national form, by an agent or by whichever dialler is free.
    @discardableResult
    func place(
        _ attempt: Int64, _ number: String, by agent: String?, callerID: String? = "01080000001"
    ) async throws -> VendorCallID {
        let number = try #require(PhoneNumber(e164: "+86" + number))
        return try await vendor.placeCall(
            CallRequest(
                attempt: AttemptID(attempt), number: number, prefix: "", callerID: callerID,
                agent: agent.map { AgentID($0) }, notAfter: clock.now + .seconds(600)))
    }

    /// Places a call by whichever dialler is free, and waits as a campaign does while none is.
    func placeByDialler(_ attempt: Int64, _ number: String) async throws {
        while true {
            do {
                try await place(attempt, number, by: nil)
                return
            } catch let error as VendorError {
                guard case .throttled(let pause) = error.meaning else { throw error }
                try await clock.sleep(for: pause)
            }
        }
    }

    /// Waits for the end of an attempt.
    func ending(of attempt: Int64) async throws -> CallEnding {
        try await log.waits { $0.ending(of: attempt) != nil }
        return try #require(await log.events.ending(of: attempt))
    }

    /// How many calls the simulator placed to a number.
    func calls(to number: String) -> Int { simulator.callCentre.calls.count { $0.callee == number } }
}

/// What a vendor reported, and a place to wait for it.
actor EventLog {
    private(set) var events: [VendorEvent] = []
    private var waiters:
        [(condition: @Sendable ([VendorEvent]) -> Bool, continuation: CheckedContinuation<Void, Never>)] =
            []

    func add(_ event: VendorEvent) {
        events.append(event)
        let ready = waiters.filter { $0.condition(events) }
        waiters.removeAll { $0.condition(events) }
        for waiter in ready { waiter.continuation.resume() }
    }

    /// Returns once the events so far fulfil a condition; the suite's time limit is the only other end.
    func waits(for condition: @escaping @Sendable ([VendorEvent]) -> Bool) async throws {
        if condition(events) { return }
        await withCheckedContinuation { waiters.append((condition, $0)) }
    }
}

extension [VendorEvent] {
    /// The progress of an attempt in order.
    func progress(of attempt: Int64) -> [CallProgress] {
        compactMap { event in
            guard case .call(AttemptID(attempt), let progress, _) = event else { return nil }
            return progress
        }
    }

    /// How an attempt ended, if it has.
    func ending(of attempt: Int64) -> CallEnding? {
        for case .ended(let ending) in progress(of: attempt) { return ending }
        return nil
    }

    /// How often an attempt ended.
    func endings(of attempt: Int64) -> Int {
        progress(of: attempt).count { if case .ended = $0 { true } else { false } }
    }
}
