import CampaignRunner
import DialEngine
import DialModel
import Ledger
import Pacing
import SQLiteLedger
import StoredLedger
import Telephony
import TestSupport
import Testing

@Suite("A run whose vendor joins calls to the agents we choose")
struct HandOffRunTests {
    private let first = AttemptID(1)

    private func runner(
        _ stage: Stage, _ vendor: SwitchingVendor, adjusting adjust: @Sendable (inout EngineSettings) -> Void = { _ in }
    ) async throws -> CampaignRunner {
        try await stage.runner(vendor) { settings in
            settings.style = .customerFirst(.power(ratio: 1))
            settings.handOff = .byEngine
            settings.control = CallControl(hangsUp: true, playsMessage: true)
            adjust(&settings)
        }
    }

    @Test func whoPicksUpTalksAndTheWaitIsKept() async throws {
        let stage = try await Stage(leads: 3)
        let vendor = SwitchingVendor(clock: stage.clock, agents: [.picksUp])
        _ = try await runner(stage, vendor).run()
        let attempts = try await stage.attempts()
        #expect(attempts.map(\.outcome) == [.connected, .connected, .connected])
        for attempt in attempts {
            #expect(attempt.answeredAt != nil && attempt.connectedAt == attempt.answeredAt)
            #expect(attempt.agent == SwitchingVendor.name(of: 0))
        }
        #expect(vendor.log == attempts.map { .offered($0.id, SwitchingVendor.name(of: 0)) })
        await stage.cleanUp()
    }

    @Test func whoDoesNotPickUpIsCountedAndTheNextOneTalks() async throws {
        let stage = try await Stage(leads: 1)
        let vendor = SwitchingVendor(clock: stage.clock, agents: [.doesNotPickUp, .picksUp])
        let start = stage.clock.now
        let runner = try await runner(stage, vendor)
        async let ending = runner.run()
        await stage.clock.sleeper(before: start + .seconds(5))
        stage.clock.advance(by: .seconds(5))
        #expect(try await ending == .nothingDue(next: nil))
        let attempt = try #require(try await stage.attempts().first)
        #expect(attempt.outcome == .connected && attempt.agent == SwitchingVendor.name(of: 1))
        #expect(attempt.connectedAt == start + .seconds(5))
        let figures = try await stage.ledger.agentFigures(of: stage.campaign, shortCall: .seconds(5))
        #expect(figures.map(\.missed) == [1, 0])
        #expect(figures.map(\.calls) == [1, 1])
        #expect(figures.map(\.short) == [0, 1], "the conversation was over at once")
        await stage.cleanUp()
    }

    @Test func whenTheOnlyAgentVanishesTheCalleeHearsTheMessageInTime() async throws {
        let stage = try await Stage(leads: 1)
        let vendor = SwitchingVendor(clock: stage.clock, agents: [.vanishes])
        let start = stage.clock.now
        let runner = try await runner(stage, vendor)
        async let ending = runner.run()
        await stage.clock.sleeper(before: start + .seconds(2))
        stage.clock.advance(by: .seconds(2))
        #expect(try await ending == .nothingDue(next: nil))
        #expect(vendor.log == [.offered(first, SwitchingVendor.name(of: 0)), .message(first)])
        let attempt = try #require(try await stage.attempts().first)
        #expect(attempt.outcome == .abandoned && attempt.agent == nil)
        #expect(attempt.endedAt == start + .seconds(2))
        let figures = try await stage.ledger.agentFigures(of: stage.campaign, shortCall: nil)
        #expect(figures == [], "who goes away has not missed a call")
        await stage.cleanUp()
    }

    @Test func machinesAreHungUpOnAndNoAgentIsAsked() async throws {
        let stage = try await Stage(leads: 2)
        let vendor = SwitchingVendor(clock: stage.clock, agents: [.picksUp], answer: .machine)
        _ = try await runner(stage, vendor).run()
        #expect(vendor.log == [.hungUp(first), .hungUp(AttemptID(2))])
        #expect(try await stage.attempts().map(\.outcome) == [.machine, .machine])
        await stage.cleanUp()
    }
}
