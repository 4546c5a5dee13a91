import CallModel
import DialModel
import Telephony
import Testing
import VendorSimulator

@testable import WellVendor

@Suite("A supervisor has an agent of Well consult a colleague", .serialized, .timeLimit(.minutes(15)))
struct ConsultingTests {
    private static let agent = AgentID("5001")

    /// A call that agent 5001 talks in, and a colleague at phone 8002.
    private static func talking(_ work: @escaping @Sendable (LiveBench, String) async throws -> Void) async throws {
        var plan = LiveBench.Plan(agents: 2)
        // Whoever waits for an agent waits, however long this machine takes.
        plan.simulator.callModel.patience = .constant(.seconds(3600))
        try await LiveBench.run(plan) { bench in
            await bench.agents(are: [.idle, .idle])
            let call = try await bench.vendor.placeCall(bench.request(1, "990011"))
            await bench.wait { LiveBench.progress(of: 1, in: $0).contains(.connected(Self.agent)) }
            try await work(bench, call.value)
        }
    }

    /// Has the colleague consulted, and returns once they talk.
    private static func consult(_ bench: LiveBench) async throws {
        try await bench.vendor.intervene(.consult(phone: "8002"), inCallOf: agent)
        await bench.agents(are: [.busy, .busy])
        while bench.simulator.callCentre.calls[0].consultation?.isTalking != true { await bench.nextReport() }
    }

    @Test("The callee waits meanwhile, and is taken back")
    func cancels() async throws {
        try await Self.talking { bench, _ in
            let none = await #expect(throws: VendorError.self) {
                try await bench.vendor.intervene(.transfer, inCallOf: Self.agent)
            }
            #expect(none?.code == "NoConsultation")
            for order in [CallIntervention.consult(phone: "13800138000"), .barge(phone: "913800138000")] {
                let outside = await #expect(throws: VendorError.self) {
                    try await bench.vendor.intervene(order, inCallOf: Self.agent)
                }
                #expect(outside?.code == "NoExtension" && outside?.message.contains("138") == false)
            }
            try await Self.consult(bench)
            #expect(bench.simulator.callCentre.calls[0].isHeld)
            let twice = await #expect(throws: VendorError.self) {
                try await bench.vendor.intervene(.consult(phone: "8002"), inCallOf: Self.agent)
            }
            #expect(twice?.code == "Consulting")
            try await bench.vendor.intervene(.cancelConsult, inCallOf: Self.agent)
            await bench.agents(are: [.busy, .idle])
            #expect(!bench.simulator.callCentre.calls[0].isHeld)
            try await bench.vendor.intervene(.drop, inCallOf: Self.agent)
            #expect(await bench.ending(of: 1).outcome == .connected)
        }
    }

    @Test("All three talk, and the call ends as one")
    func confers() async throws {
        try await Self.talking { bench, _ in
            try await Self.consult(bench)
            try await bench.vendor.intervene(.conference, inCallOf: Self.agent)
            #expect(bench.simulator.callCentre.calls[0].supervisors == [1])
            try await bench.vendor.intervene(.drop, inCallOf: Self.agent)
            #expect(await bench.ending(of: 1).agent == Self.agent)
            await bench.agents(are: [.idle, .idle])
        }
    }

    @Test("A supervisor who takes the call is busy with it, and the attempt ends with its agent")
    func takes() async throws {
        try await Self.talking { bench, _ in
            try await bench.vendor.intervene(.take(phone: "8002"), inCallOf: Self.agent)
            let ending = await bench.ending(of: 1)
            #expect(ending.outcome == .connected && ending.agent == Self.agent)
            await bench.agents(are: [.idle, .busy])
            while bench.simulator.callCentre.calls[0].stage != .talking(agent: 1) { await bench.nextReport() }
            try await bench.vendor.intervene(.drop, inCallOf: AgentID("5002"))
            await bench.agents(are: [.idle, .idle])
        }
    }

    @Test("The callee is left to the colleague, and the attempt ends with its agent")
    func transfers() async throws {
        try await Self.talking { bench, _ in
            try await Self.consult(bench)
            try await bench.vendor.intervene(.transfer, inCallOf: Self.agent)
            let ending = await bench.ending(of: 1)
            #expect(ending.outcome == .connected && ending.agent == Self.agent)
            #expect(bench.simulator.callCentre.calls[0].stage == .talking(agent: 1))
            await bench.agents(are: [.idle, .busy])
            try await bench.vendor.intervene(.drop, inCallOf: AgentID("5002"))
            await bench.agents(are: [.idle, .idle])
        }
    }
}
