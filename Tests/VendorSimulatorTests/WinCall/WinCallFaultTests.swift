import CallModel
import DialModel
import Telephony
import Testing
import WinCallVendor

@testable import VendorSimulator

/// The client while events are lost, doubled and late, answers are missing, and connections are cut.
@Suite(.timeLimit(.minutes(15))) struct WinCallFaultTests {
    /// A number of its own for each attempt, whose last digits decide what the callee does.
    private static func number(_ attempt: Int, _ suffix: String) -> String { "138\(10 + attempt)\(suffix)" }

    /// Dials for an agent whenever they are idle, and gives what came of it; a call of unknown outcome is looked for until
    /// it is settled.
    private func dial(_ numbers: [String], by agent: String, from first: Int64, _ stage: WinCallStage) async throws {
        for (attempt, number) in zip(first..., numbers) {
            try await stage.placeOnceIdle(attempt, number, by: agent)
        }
    }

    @Test(
        arguments: [
            { $0.duplicateEventEvery = 2 }, { $0.delayEventEvery = 3 }, { $0.loseEventEvery = 5 },
            { $0.cutConnectionsEveryMs = 12_000 },
            {
                $0.loseEventEvery = 7
                $0.duplicateEventEvery = 5
                $0.cutConnectionsEveryMs = 25_000
            },
        ] as [@Sendable (inout SimulatorFaults) -> Void])
    func `Whatever happens to events and connections, nothing is dialled twice and nothing is left open`(
        fault: @escaping @Sendable (inout SimulatorFaults) -> Void
    ) async throws {
        var settings = WinCallStage.settings(agents: 3)
        fault(&settings.faults)
        let suffixes = ["990001", "990003", "990008", "990009", "990001"]
        try await WinCallStage.run(settings, speed: 10) { stage in
            try await withThrowingTaskGroup { tasks in
                for agent in 0..<3 {
                    let first = agent * suffixes.count
                    tasks.addTask {
                        let numbers = suffixes.enumerated().map { Self.number(first + $0.offset, $0.element) }
                        try await dial(numbers, by: String(5001 + agent), from: Int64(first), stage)
                    }
                }
                try await tasks.waitForAll()
            }
            var ended = 0
            for attempt in 0..<3 * suffixes.count {
                let endings = await stage.log.events.endings(of: Int64(attempt))
                #expect(endings <= 1, "attempt \(attempt)")
                #expect(stage.calls(to: Self.number(attempt, suffixes[attempt % suffixes.count])) <= 1)
                ended += endings
            }
            #expect(ended > suffixes.count)
        }
    }

    @Test func `A dial that is never answered is of unknown outcome, and its call is found all the same`() async throws
    {
        try await WinCallStage.run(WinCallStage.settings(agents: 1)) { stage in
            try await stage.idle(1)
            let error = await #expect(throws: VendorError.self) {
                try await stage.place(1, "13800981001", by: "5001")
            }
            #expect(error?.meaning == .outcomeUnknown)
            let ending = try await stage.ending(of: 1)
            #expect(ending.vendorReason.hasPrefix("0502"))
            #expect(stage.calls(to: "13800981001") == 1)
        }
    }

    @Test func `A dial that went unheard is found nowhere, and never sent again`() async throws {
        try await WinCallStage.run(WinCallStage.settings(agents: 1)) { stage in
            try await stage.idle(1)
            let error = await #expect(throws: VendorError.self) {
                try await stage.place(1, "13800981002", by: "5001")
            }
            #expect(error?.meaning == .outcomeUnknown)
            let number = try #require(PhoneNumber(e164: "+8613800981002"))
            let call = FollowedCall(
                attempt: AttemptID(1), number: number, prefix: "", vendorCall: nil, placedAfter: stage.clock.now)
            #expect(try await stage.vendor.reconcile(call) == .notFound)
            #expect(stage.simulator.callCentre.calls.isEmpty)
        }
    }

    @Test(arguments: DialFault.allCases)
    func `What goes wrong with a dial is told as what it is, and nobody is called twice`(fault: DialFault) async throws
    {
        var settings = WinCallStage.settings(agents: 1)
        settings.faults = fault.faults
        try await WinCallStage.run(settings) { stage in
            try await stage.idle(1)
            let error = await #expect(throws: VendorError.self) {
                try await stage.place(1, "13800990001", by: "5001")
            }
            #expect(error?.meaning == fault.meaning)
            stage.simulator.faults = SimulatorFaults()
            if fault.isCarriedOut {
                #expect(try await stage.ending(of: 1).vendorReason.contains("0502"))
                try await stage.idle(1)
                #expect(stage.calls(to: "13800990001") == 1)
            } else {
                try await stage.idle(1)
                #expect(stage.calls(to: "13800990001") == 0)
                #expect(await stage.log.events.progress(of: 1).isEmpty)
            }
        }
    }

    /// What goes wrong with every dial.
    enum DialFault: String, CaseIterable, Sendable {
        case failsBefore, failsAfter, hangsBefore, hangsAfter, isRefused

        var faults: SimulatorFaults {
            var faults = SimulatorFaults()
            faults.hangMs = 5000
            switch self {
            case .failsBefore: faults.failBeforeDialEvery = 1
            case .failsAfter: faults.failAfterDialEvery = 1
            case .hangsBefore: faults.resetBeforeDialEvery = 1
            case .hangsAfter: faults.resetAfterDialEvery = 1
            case .isRefused: faults.refuseDialEvery = 1
            }
            return faults
        }

        var isCarriedOut: Bool { self == .failsAfter || self == .hangsAfter }

        var meaning: VendorError.Meaning { self == .isRefused ? .refused(.congestion) : .outcomeUnknown }
    }

    @Test func `A session that outlives its connection keeps the agent out until it is missed`() async throws {
        let simulation = WinCallSimulation(keepsBrokenSessions: .seconds(20))
        try await WinCallStage.run(WinCallStage.settings(agents: 1, simulation)) { stage in
            try await stage.idle(1)
            stage.simulator.faults.cutConnectionsEveryMs = 1000
            try await stage.log.waits { $0.contains { if case .trouble = $0 { true } else { false } } }
            stage.simulator.faults = SimulatorFaults()
            try await stage.log.waits { $0.contains(.recovered) }
            try await stage.idle(1)
        }
    }

    @Test(arguments: [100, 101]) func `A server that wants a new sign-in gets it`(code: Int) async throws {
        try await WinCallStage.run(WinCallStage.settings(agents: 1)) { stage in
            try await stage.idle(1)
            try await stage.alert(code, agent: "5001")
            try await stage.log.waits { $0.contains(.recovered) }
            try await stage.idle(1)
        }
    }

    @Test func `An agent whom a supervisor signs out stays away`() async throws {
        try await WinCallStage.run(WinCallStage.settings(agents: 2)) { stage in
            try await stage.idle(2)
            try await stage.alert(4, agent: "5001")
            try await stage.log.waits { events in
                guard case .agents(let agents, _)? = events.last else { return false }
                return agents.map(\.activity) == [.offline, .idle]
            }
        }
    }

    @Test func `A supervisor enters a call, takes it and drops it`() async throws {
        try await WinCallStage.run(WinCallStage.settings(agents: 2)) { stage in
            try await stage.idle(2)
            try await stage.place(1, "13800990011", by: "5001")
            try await stage.log.waits { $0.progress(of: 1).contains(.connected(AgentID("5001"))) }
            try await stage.vendor.intervene(.barge(phone: "8002"), inCallOf: AgentID("5001"))
            try await stage.centre { $0.calls[0].entries.contains { $0.happening == .barge } }
            try await stage.vendor.intervene(.drop, inCallOf: AgentID("5001"))
            #expect(try await stage.ending(of: 1).outcome == .connected)
        }
    }
}

extension WinCallStage {
    /// Places a call once its agent is idle, as a campaign does, and sees to it that the attempt is settled.
    fileprivate func placeOnceIdle(_ attempt: Int64, _ number: String, by agent: String) async throws {
        while true {
            let before = await log.events.count
            try await log.waits { events in
                for case .agents(let agents, _) in events.reversed() {
                    return agents.contains { $0.id.value == agent && $0.activity == .idle }
                }
                return false
            }
            do throws(VendorError) {
                _ = try await vendor.placeCall(request(attempt, number, by: agent))
                break
            } catch {
                if error.meaning == .outcomeUnknown { break }
            }
            // Nothing was sent; the agent will be told of again.
            try await log.waits { $0.count > before }
        }
        try await settle(attempt, number)
    }

    private func settle(_ attempt: Int64, _ number: String) async throws {
        let call = FollowedCall(
            attempt: AttemptID(attempt), number: request(attempt, number, by: "").number, prefix: "", vendorCall: nil,
            placedAfter: clock.now)
        while await log.events.ending(of: attempt) == nil {
            if let finding = try? await vendor.reconcile(call), finding == .notFound { return }
            try await clock.sleep(for: .seconds(5))
        }
    }

    private func request(_ attempt: Int64, _ number: String, by agent: String) -> CallRequest {
        guard let number = PhoneNumber(e164: "+86" + number) else { preconditionFailure("\(number) is no number") }
        return CallRequest(
            attempt: AttemptID(attempt), number: number, prefix: "", callerID: "01080000001", agent: AgentID(agent),
            notAfter: clock.now + .seconds(600))
    }

    fileprivate func alert(_ code: Int, agent: String) async throws {
        let reply = try await SimulatorClient(port: port).post("/wincall/alert?agent=\(agent)&code=\(code)", json: "")
        #expect(reply.status == 200)
    }
}
