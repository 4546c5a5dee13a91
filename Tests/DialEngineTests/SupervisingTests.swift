import DialEngine
import DialModel
import Pacing
import Testing

@Suite("What operators and supervisors order")
struct SupervisingTests {
    private let first = AttemptID(1)

    /// A call that rings, at a vendor that ends calls when it is told to.
    private func ringing() -> Bench {
        var bench = Bench(.customerFirst(.power(ratio: 4))) { settings in
            settings.handOff = .byEngine
            settings.control = CallControl(hangsUp: true, playsMessage: true)
        }
        bench.begin(idle: 1)
        bench.claim(1, of: 4, more: false)
        bench.tell(.callAccepted(first, VendorCallID("call-1")))
        bench.tell(.callProgressed(first, .ringing, at: bench.now))
        return bench
    }

    private func ended(_ outcome: CallOutcome, _ bench: Bench, reason: String = "487") -> DialEvent {
        .callProgressed(first, .ended(CallEnding(outcome: outcome, vendorReason: reason)), at: bench.now)
    }

    @Test("While a run is paused nothing is claimed, and conversations go on; resuming goes on where it was")
    func pause() {
        var bench = Bench.withOneCall()
        bench.tell(.pauseRequested(by: "ana"))
        #expect(bench.tell(.agentsObserved(Bench.agents(3), asOf: bench.now)).claims == [])
        #expect(bench.engine.snapshot(at: bench.now).pause == .byOperator("ana"))
        let talking = bench.tell(.callProgressed(first, .connected(nil), at: bench.now))
        #expect(talking.reached == [.connected] && talking.claims == [])
        #expect(bench.tell(ended(.connected, bench), after: 60).ending == nil)
        #expect(bench.tell(.resumeRequested, after: 600).claims == [2])
        #expect(bench.engine.snapshot(at: bench.now).pause == nil)
    }

    @Test("A claim that was under way when the pause came is handed back, and costs its leads nothing")
    func pauseDuringClaim() {
        var bench = Bench()
        bench.begin(idle: 2)
        bench.tell(.pauseRequested(by: "ana"))
        let late = bench.claim(2)
        #expect(late.orders == [] && late.claims == [])
        #expect(late.closings.map(\.outcome) == [.notPlaced, .notPlaced])
        #expect(late.closings.map(\.lead) == [.wait(until: bench.now), .wait(until: bench.now)])
        #expect(bench.tell(.resumeRequested).claims == [2])
    }

    @Test("A paused run has no use for agents that others share, ends at its deadline, and can be stopped")
    func pausedRun() {
        var bench = Bench(runsFor: .seconds(300))
        bench.begin(idle: 0)
        #expect(bench.engine.demand.hasLeads)
        bench.tell(.pauseRequested(by: "ana"))
        #expect(!bench.engine.demand.hasLeads)
        var other = bench
        #expect(other.tell(.stopRequested).ending == .stopped)
        #expect(bench.tell(.timerFired(.deadline), after: 300).ending == .deadline)
    }

    @Test("Pacing is not asked while the run is paused, and again at once when it is resumed")
    func pacing() {
        var bench = Bench(.customerFirst(.predictive))
        bench.begin(idle: 0)
        bench.tell(.pauseRequested(by: "ana"))
        let ready = bench.tell(.agentsObserved(Bench.agents(2), asOf: bench.now), after: 60)
        #expect(ready.claims == [] && ready.due(.pace) == nil)
        #expect(bench.tell(.resumeRequested).claims.contains { $0 > 0 })
    }

    @Test("A call that is dropped while it rings ends unanswered, and the attempt says who dropped it")
    func dropRinging() {
        var bench = ringing()
        let directives = bench.tell(.dropRequested(first, by: "ana"), after: 3)
        #expect(directives.hangUps == [first])
        #expect(bench.engine.refusal(toDrop: first) == .ending)
        let closing = bench.tell(ended(.rejected, bench), after: 1).closings.first
        #expect(closing?.outcome == .noAnswer && closing?.vendorReason == "dropped by ana; 487")
        #expect(bench.engine.refusal(toDrop: first) == .notThere)
    }

    @Test("Whoever answers before the vendor has ended it was abandoned, and no agent is called any more")
    func answeredAfterDrop() {
        var bench = ringing()
        bench.tell(.dropRequested(first, by: "ana"))
        #expect(bench.tell(.callProgressed(first, .answered(.human), at: bench.now)).offers == [])
        #expect(bench.tell(ended(.noAnswer, bench, reason: "")).closings.map(\.outcome) == [.abandoned])
    }

    @Test("Of a call that was offered the agent is free again, and is not said to have had it")
    func dropOffered() {
        var bench = ringing()
        #expect(bench.tell(.callProgressed(first, .answered(.human), at: bench.now)).offers.count == 1)
        let dropped = bench.tell(.dropRequested(first, by: "ana"))
        #expect(dropped.hangUps == [first] && dropped.messages == [])
        #expect(bench.engine.agents.idle == [Bench.agent(0)])
        let closing = bench.tell(ended(.noAnswer, bench)).closings.first
        #expect(closing?.outcome == .abandoned && closing?.agent == nil)
    }

    @Test("A conversation that is dropped was one")
    func dropConnected() {
        var bench = ringing()
        bench.tell(.callProgressed(first, .answered(.human), at: bench.now))
        bench.tell(.callProgressed(first, .connected(Bench.agent(0)), at: bench.now))
        #expect(bench.engine.talker(in: first) == .success(Bench.agent(0)))
        bench.tell(.dropRequested(first, by: "ana"), after: 10)
        let closing = bench.tell(ended(.noAnswer, bench)).closings.first
        #expect(closing?.outcome == .connected && closing?.agent == Bench.agent(0))
        #expect(closing?.vendorReason == "dropped by ana; 487")
    }

    @Test("What cannot be dropped is left as it is, with the reason")
    func refusals() {
        var bench = Bench()
        bench.begin(idle: 1)
        bench.claim(1)
        #expect(bench.engine.refusal(toDrop: first) == .notPlacedYet)
        #expect(bench.tell(.dropRequested(first, by: "ana")).hangUps == [])
        bench.tell(.callOutcomeUnknown(first, reason: "reset"))
        #expect(bench.engine.refusal(toDrop: first) == .unknown)
        #expect(bench.engine.talker(in: first) == .failure(.unknown))
        #expect(bench.engine.refusal(toDrop: AttemptID(7)) == .notThere)
        #expect(bench.engine.talker(in: AttemptID(7)) == .failure(.notThere))
        #expect(bench.tell(.dropRequested(AttemptID(7), by: "ana")) == [])
    }

    @Test("Calls are listed with where they stand and since when, the oldest first")
    func accounts() {
        var bench = Bench()
        bench.begin(idle: 3)
        bench.claim(3)
        let start = bench.now
        for attempt in [AttemptID(2), AttemptID(3)] {
            bench.tell(.callAccepted(attempt, VendorCallID("c\(attempt.value)")), after: 1)
        }
        bench.tell(.callProgressed(AttemptID(2), .ringing, at: start + .seconds(3)), after: 4)
        let accounts = bench.engine.callAccounts
        #expect(accounts.map(\.attempt.value) == [1, 2, 3])
        #expect(accounts.map(\.state) == [.placing, .ringing, .dialing])
        #expect(accounts.map { $0.since - start } == [.zero, .seconds(3), .seconds(2)])
        #expect(accounts.map(\.agent) == [0, 1, 2].map(Bench.agent))
        #expect(bench.engine.talker(in: AttemptID(2)) == .failure(.nobodyTalks))
    }
}
