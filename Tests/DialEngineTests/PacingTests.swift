import DialEngine
import DialModel
import Pacing
import Testing

/// What the engine tells the controller of pacing, and how it asks.
struct PacingTests {
    private let first = AttemptID(1)

    private func bench(_ mode: PacingMode, limit: Double? = 0.03, live: Int = 0) -> Bench {
        Bench(.customerFirst(mode)) { settings in
            settings.abandonment = limit.map { [AbandonmentAllowance(limit: $0, live: live)] } ?? []
        }
    }

    @Test func aDecisionIsMadeTwiceASecondAndNotMoreOften() {
        var bench = bench(.predictive)
        #expect(bench.begin(idle: 3).claims == [3], "one for each idle agent, as long as nothing is known")
        bench.claim(3)
        bench.tell(.agentsObserved(Bench.agents(5), asOf: bench.now))
        #expect(bench.tell(.vendorRecovered, after: .milliseconds(400)).claims == [])
        let due = bench.tell(.timerFired(.pace), after: .milliseconds(100))
        #expect(due.claims == [2], "two agents have come")
        #expect(due.contains(.setTimer(.pace, at: bench.now + EngineSettings.pacingInterval)))
        #expect(bench.engine.snapshot(at: bench.now).decision?.calls == 2)
    }

    @Test func nobodyIsDialledForAgentsOnABreakOrAboutToLeave() {
        var bench = bench(.predictive)
        bench.tell(.started(leftOpen: []))
        bench.tell(.leadsClaimed(requested: 0, claims: [], nextDueAt: bench.now))
        bench.tell(.agentsObserved(Bench.agents(2, .onBreak), asOf: bench.now))
        #expect(bench.tell(.timerFired(.pace), after: 1).claims == [])
        #expect(bench.engine.snapshot(at: bench.now).decision?.bound == .noAgents)
    }

    @Test func aRatioIsCutToWhatTheBudgetBears() {
        var free = bench(.power(ratio: 5), limit: nil)
        #expect(free.begin(idle: 4).claims == [20])
        var bound = bench(.power(ratio: 5))
        #expect(bound.begin(idle: 4).claims == [4], "no abandonment has been earned yet")
        var earned = bench(.power(ratio: 5), live: 400)
        let calls = earned.begin(idle: 4).claims.first ?? 0
        #expect(calls > 4 && calls < 20, "\(calls)")
    }

    @Test func aBroadcastGoesByItsRateWhoeverIsThere() {
        var bench = bench(.broadcast(callsPerMinute: 240), limit: nil)
        bench.tell(.started(leftOpen: []))
        bench.tell(.leadsClaimed(requested: 0, claims: [], nextDueAt: bench.now))
        var placed = 0
        for _ in 0..<20 {
            let count = bench.tell(.timerFired(.pace), after: .milliseconds(500)).claims.first ?? 0
            if count > 0 { bench.claim(count, first: Int64(placed + 1)) }
            placed += count
        }
        #expect((38...40).contains(placed), "ten seconds of four calls a second: \(placed)")
    }

    @Test func callsOfUnknownFateAreNotReckonedWithUntilTheyAreAnswered() {
        var bench = bench(.predictive)
        bench.begin(idle: 1)
        bench.tell(.timerFired(.pace), after: 1)
        bench.claim(1)
        #expect(bench.tell(.timerFired(.pace), after: 1).claims == [], "the agent's call is out")
        let lost = bench.tell(.callOutcomeUnknown(first, reason: "timeout"), after: 1)
        #expect(lost.reached == [.unknown])
        #expect(lost.claims == [1], "the agent waits for a call again")
    }
}
