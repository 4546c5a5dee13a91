import CallModel
import DialModel
import Telephony
import Testing
import WinCallVendor

@testable import VendorSimulator

@Suite(.serialized, .timeLimit(.minutes(15))) struct WinCallConsultingTests {
    private static let agent = AgentID("5001")

    /// A call that agent 5001 talks in, beside a colleague who is idle.
    private static func talking(_ work: @escaping @Sendable (WinCallStage) async throws -> Void) async throws {
        var settings = WinCallStage.settings(agents: 2)
        // Whoever waits for an agent waits, however long this machine takes.
        settings.callModel.patience = .constant(.seconds(3600))
        try await WinCallStage.run(settings) { stage in
            try await stage.idle(2)
            try await stage.place(1, "13800990011", by: "5001")
            try await stage.log.waits { $0.progress(of: 1).contains(.connected(Self.agent)) }
            try await work(stage)
        }
    }

    @Test func `An agent consults a colleague, all three talk, and the call ends as one`() async throws {
        try await Self.talking { stage in
            try await stage.vendor.intervene(.consult(phone: "8002"), inCallOf: Self.agent)
            try await stage.centre { $0.calls[0].consultation?.isTalking == true }
            try await stage.vendor.intervene(.conference, inCallOf: Self.agent)
            try await stage.centre { $0.calls[0].supervisors == [1] }
            try await stage.vendor.intervene(.drop, inCallOf: Self.agent)
            #expect(try await stage.ending(of: 1).agent == Self.agent)
        }
    }

    @Test func `The callee is left to a colleague, and the attempt ends with its agent`() async throws {
        try await Self.talking { stage in
            try await stage.vendor.intervene(.consult(phone: "8002"), inCallOf: Self.agent)
            try await stage.centre { $0.calls[0].consultation?.isTalking == true }
            try await stage.vendor.intervene(.transfer, inCallOf: Self.agent)
            let ending = try await stage.ending(of: 1)
            #expect(ending.outcome == .connected && ending.agent == Self.agent)
            try await stage.centre { $0.calls[0].stage == .talking(agent: 1) }
            try await stage.vendor.intervene(.drop, inCallOf: AgentID("5002"))
        }
    }

    @Test func `A consultation that is ended gives the callee back`() async throws {
        try await Self.talking { stage in
            try await stage.vendor.intervene(.consult(phone: "8002"), inCallOf: Self.agent)
            try await stage.centre { $0.calls[0].consultation?.isTalking == true }
            try await stage.vendor.intervene(.cancelConsult, inCallOf: Self.agent)
            try await stage.centre { $0.calls[0].consultation == nil && !$0.calls[0].isHeld }
            try await stage.vendor.intervene(.drop, inCallOf: Self.agent)
            #expect(try await stage.ending(of: 1).outcome == .connected)
        }
    }

    @Test func `A supervisor takes the agent's place, and the attempt ends with its agent`() async throws {
        try await Self.talking { stage in
            try await stage.vendor.intervene(.take(phone: "8002"), inCallOf: Self.agent)
            #expect(try await stage.ending(of: 1).outcome == .connected)
            try await stage.centre { $0.calls[0].stage == .talking(agent: 1) }
            try await stage.vendor.intervene(.drop, inCallOf: AgentID("5002"))
        }
    }
}
