import DialEngine
import DialModel
import Testing

@Suite("Calls that the vendor places by itself")
struct OwnCallTests {
    private static func call(_ index: Int64, since: Timestamp = Bench.start) -> UnclaimedCall {
        UnclaimedCall(
            id: VendorCallID("own-\(index)"), number: Bench.number(index), since: since,
            origin: "row \(index) of project 7")
    }

    private let first = AttemptID(1)
    private let call = Self.call(1)

    private func running(
        maxAttempts: Int? = nil, runsFor: Duration? = nil, leftOpen: [OpenAttempt] = []
    ) -> Bench {
        var bench = Bench(.vendorPaced, maxAttempts: maxAttempts, runsFor: runsFor)
        bench.tell(.started(leftOpen: leftOpen))
        bench.tell(.agentsObserved(Bench.agents(2), asOf: bench.now))
        return bench
    }

    private func answered(_ call: UnclaimedCall, _ bench: Bench) -> DialEvent {
        .ownCallProgressed(call, .answered(.unknown), at: bench.now)
    }

    private func ended(_ call: UnclaimedCall, _ outcome: CallOutcome, _ bench: Bench) -> DialEvent {
        .ownCallProgressed(call, .ended(CallEnding(outcome: outcome, vendorReason: "0505 0600")), at: bench.now)
    }

    @Test("The engine claims nobody and places nothing, and has the vendor give calls to the agents")
    func start() {
        var bench = running()
        bench.tell(.timerFired(.leadsDue), after: 3_600)
        #expect(bench.log == [.takeOwnCalls(true)])
    }

    @Test("A call is given an attempt, and then everything that was told of it meanwhile, in order")
    func wholeCall() {
        var bench = running()
        #expect(bench.tell(answered(call, bench), after: 2) == [.adopt(call)])
        let agent = Bench.agent(1)
        #expect(bench.tell(.ownCallProgressed(call, .connected(agent), at: bench.now), after: 1).isEmpty)
        let adopted = bench.tell(.adopted(call.id, .open(Bench.claim(1))), after: 1)
        #expect(adopted.reached == [.answered, .connected])
        let account = bench.engine.callAccounts.first
        #expect(account?.agent == agent && account?.state == .connected)
        #expect(bench.engine.snapshot(at: bench.now).agents.busy == 1)
        #expect(bench.engine.talker(in: first) == .success(agent))

        let closing = bench.tell(ended(call, .connected, bench), after: 60).closings.first
        #expect(closing?.outcome == .connected)
        #expect(closing?.lead == .finish(.reached))
        #expect(closing?.agent == agent)
        #expect(closing?.answeredAt == Bench.start)
        #expect(closing?.connectedAt == Bench.start + .seconds(2))
        #expect(closing?.talk == .seconds(2))
        #expect(bench.engine.callAccounts.isEmpty)
    }

    @Test("A call that is over before it has an attempt is kept all the same")
    func overBefore() {
        var bench = running()
        bench.tell(answered(call, bench))
        bench.tell(ended(call, .abandoned, bench), after: 5)
        let adopted = bench.tell(.adopted(call.id, .open(Bench.claim(1))))
        #expect(adopted.closings.map(\.outcome) == [.abandoned])
        #expect(bench.engine.callAccounts.isEmpty)
    }

    @Test("What is told twice counts once, and news of a call that is closed brings none back")
    func repetition() {
        var bench = running()
        for _ in 0..<2 { bench.tell(answered(call, bench)) }
        bench.tell(.adopted(call.id, .open(Bench.claim(1))))
        #expect(bench.tell(answered(call, bench)).isEmpty)
        #expect(bench.tell(.adopted(call.id, .open(Bench.claim(1)))).isEmpty)
        #expect(bench.tell(ended(call, .abandoned, bench)).closings.count == 1)
        #expect(bench.tell(ended(call, .abandoned, bench)) == [.adopt(call)])
        #expect(bench.tell(.adopted(call.id, .closed)).isEmpty)
        #expect(bench.engine.callAccounts.isEmpty)
    }

    @Test("As long as another call to the number is open, the ledger is asked again")
    func busyNumber() {
        var bench = running()
        bench.tell(answered(call, bench))
        let busy = bench.tell(.adopted(call.id, .numberBusy))
        #expect(busy == [.setTimer(.adoption(call.id), at: bench.now + EngineSettings.adoptionPause)])
        #expect(bench.engine.callsWithoutAttempt == [call])
        #expect(bench.tell(.timerFired(.adoption(call.id)), after: 5) == [.adopt(call)])
        #expect(bench.tell(.adopted(call.id, .open(Bench.claim(1)))).reached == [.answered])
        #expect(bench.engine.callsWithoutAttempt.isEmpty)
        #expect(bench.tell(.timerFired(.adoption(call.id))).isEmpty)
    }

    @Test("A pause has the vendor give no calls, and a resumed run takes them again")
    func pause() {
        var bench = running()
        #expect(bench.tell(.pauseRequested(by: "ana")) == [.takeOwnCalls(false)])
        #expect(bench.tell(answered(call, bench)) == [.adopt(call)])
        #expect(bench.tell(.resumeRequested) == [.takeOwnCalls(true)])
    }

    @Test("A run that is to end takes no more calls and sees the ones there are to their end")
    func drain() {
        var bench = running()
        bench.tell(answered(call, bench))
        #expect(bench.tell(.stopRequested).contains(.takeOwnCalls(false)))
        #expect(bench.log.ending == nil)
        // A call that had been given to an agent before they left.
        let late = Self.call(2)
        bench.tell(answered(late, bench))
        bench.tell(.adopted(call.id, .open(Bench.claim(1))))
        #expect(bench.tell(ended(call, .connected, bench)).ending == nil)
        bench.tell(.adopted(late.id, .open(Bench.claim(2))))
        #expect(bench.tell(ended(late, .connected, bench)).ending == .stopped)
        #expect(bench.log.filter { $0 == .takeOwnCalls(false) }.count == 1)
    }

    @Test("The run's time and its number of attempts end it")
    func limits() {
        var timed = running(runsFor: .seconds(600))
        #expect(timed.tell(.timerFired(.deadline), after: 600).ending == .deadline)
        var counted = running(maxAttempts: 1)
        counted.tell(answered(call, counted))
        let adopted = counted.tell(.adopted(call.id, .open(Bench.claim(1))))
        #expect(adopted.contains(.takeOwnCalls(false)))
        #expect(counted.tell(ended(call, .connected, counted), after: 30).ending == .attemptLimit)
    }

    @Test("An attempt that an earlier run left open is looked for, and its call is not another one")
    func leftOpen() {
        let open = OpenAttempt(
            claim: Bench.claim(1), vendor: "wincall", state: .connected, claimedAt: Bench.start, vendorCall: call.id,
            agent: Bench.agent(0))
        var bench = running(leftOpen: [open])
        #expect(bench.log.searches == [first])
        bench.tell(answered(call, bench))
        let adopted = bench.tell(.adopted(call.id, .open(Bench.claim(1))))
        #expect(adopted.reached == [.answered])
        #expect(bench.engine.callAccounts.count == 1)
        #expect(bench.tell(ended(call, .connected, bench)).closings.count == 1)
    }

    @Test("No other style knows such calls")
    func otherStyles() {
        var bench = Bench.withOneCall()
        #expect(bench.tell(answered(Self.call(7), bench)).isEmpty)
        #expect(!bench.log.contains(.takeOwnCalls(true)))
    }
}
