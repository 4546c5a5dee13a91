import DialEngine
import DialModel
import Testing

@Suite("Attempts of unknown outcome")
struct ReconcilingTests {
    let first = AttemptID(1)

    private func lost() -> Bench {
        var bench = Bench()
        bench.begin(idle: 1)
        bench.claim(1)
        bench.tell(.callOutcomeUnknown(first, reason: "CURLE_GOT_NOTHING"))
        return bench
    }

    @Test func anUnknownOutcomeIsRecordedAndSearchedForAndNothingElse() {
        var bench = Bench()
        bench.begin(idle: 1)
        bench.claim(1)
        let directives = bench.tell(.callOutcomeUnknown(first, reason: "CURLE_GOT_NOTHING"))
        #expect(directives.reached == [.unknown])
        #expect(directives.searches == [first])
        #expect(directives.orders == [] && directives.claims == [], "the agent may be in that call")
    }

    @Test func theSearchGoesOnWithLongerPausesUntilTheWindowIsOver() throws {
        var bench = lost()
        var pauses: [Int64] = []
        while true {
            let directives = bench.tell(.reconciled(first, .notFound))
            guard let next = directives.due(.reconcile(first)) else {
                let closing = try #require(directives.closings.first)
                #expect(closing.outcome == .unknown)
                #expect(closing.lead == .wait(until: bench.now + .seconds(7200)))
                break
            }
            pauses.append((next - bench.now).milliseconds / 1000)
            #expect(directives.closings == [])
            bench.now = next
            #expect(bench.tell(.timerFired(.reconcile(first))).searches == [first])
        }
        #expect(pauses == [10, 20, 40, 80, 120, 120, 120, 120])
        #expect(bench.now >= Bench.start + .seconds(630), "no attempt is given up inside its window")
    }

    @Test func anAttemptOfWhichNobodyCanBeAskedAnyMoreIsGivenUpAtOnce() throws {
        var bench = lost()
        let closing = try #require(bench.tell(.reconciled(first, .lost)).closings.first)
        #expect(closing.outcome == .unknown)
    }

    @Test func aVendorThatCannotBeAskedNeverClosesAnAttempt() {
        var bench = lost()
        for _ in 0..<50 {
            #expect(bench.tell(.reconcileFailed(first), after: 120).closings == [])
        }
    }

    @Test func aCallThatIsFoundGoesOnWhereItIs() throws {
        var bench = lost()
        let found = Reconciliation.found(
            VendorCallID("c"),
            [
                DatedProgress(.answered(.unknown), at: bench.now),
                DatedProgress(.connected(Bench.agent(0)), at: bench.now),
            ])
        #expect(bench.tell(.reconciled(first, found)).reached == [.dialing, .answered, .connected])
        let ending = CallEnding(outcome: .connected, vendorReason: "Success")
        let closing = try #require(bench.tell(.callProgressed(first, .ended(ending), at: bench.now)).closings.first)
        #expect(closing.outcome == .connected)
    }

    @Test func aCallThatWasNeverPlacedCostsTheLeadNothing() throws {
        var bench = lost()
        let closing = try #require(bench.tell(.reconciled(first, .neverPlaced)).closings.first)
        #expect(closing.outcome == .notPlaced)
        #expect(closing.lead == .wait(until: bench.now + .seconds(60)))
    }

    @Test func aCallWithoutNewsIsSearchedFor() {
        var bench = Bench.withOneCall()
        let directives = bench.tell(.timerFired(.attempt(first)), after: 180)
        #expect(directives.reached == [.unknown])
        #expect(directives.searches == [first])
    }

    @Test func attemptsLeftOpenAreSearchedForBeforeAnythingElse() {
        var bench = Bench()
        let left = (1...3).map { id in
            OpenAttempt(
                claim: Bench.claim(id), vendor: "v", state: id == 3 ? .unknown : .dialing,
                claimedAt: Bench.start - .seconds(60),
                vendorCall: id == 1 ? VendorCallID("call-1") : nil)
        }
        let directives = bench.tell(.started(leftOpen: left))
        #expect(directives.searches == [AttemptID(1), AttemptID(2), AttemptID(3)])
        #expect(directives.reached == [.unknown, .unknown], "the third is recorded as unknown already")
    }

    @Test func theAgentOfAnAttemptLeftOpenGetsNoOtherCall() {
        var bench = Bench()
        let left = OpenAttempt(
            claim: Bench.claim(7), vendor: "v", state: .dialing, claimedAt: bench.now - .seconds(5),
            vendorCall: VendorCallID("call-7"), agent: Bench.agent(0))
        bench.tell(.started(leftOpen: [left]))
        bench.tell(.leadsClaimed(requested: 0, claims: [], nextDueAt: bench.now))
        #expect(bench.tell(.agentsObserved(Bench.agents(2), asOf: bench.now)).claims == [1])
        #expect(bench.claim(1).orders.map(\.agent) == [Bench.agent(1)])
    }

    @Test func anAttemptLeftOpenWithoutAKnownAgentTakesUpOneAgent() {
        var bench = Bench()
        let left = OpenAttempt(
            claim: Bench.claim(7), vendor: "v", state: .placing, claimedAt: bench.now - .seconds(5), vendorCall: nil)
        bench.tell(.started(leftOpen: [left]))
        bench.tell(.leadsClaimed(requested: 0, claims: [], nextDueAt: bench.now))
        #expect(bench.tell(.agentsObserved(Bench.agents(3), asOf: bench.now)).claims == [2])
    }

    @Test func whatTheRecordsSayCountsEvenIfTheCallMovedMeanwhile() throws {
        var bench = Bench.withOneCall()
        bench.tell(.timerFired(.attempt(first)), after: 180)
        let moved = bench.tell(.callProgressed(first, .answered(.unknown), at: bench.now))
        #expect(moved.due(.attempt(first)) != nil, "a call that is followed again has its time again")
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "480")
        let found = Reconciliation.found(VendorCallID("c"), [DatedProgress(.ended(ending), at: bench.now)])
        #expect(bench.tell(.reconciled(first, found)).closings.map(\.outcome) == [.abandoned])
    }

    @Test func nothingFoundSaysNothingOfACallThatIsKnown() {
        var bench = Bench.withOneCall()
        bench.tell(.timerFired(.attempt(first)), after: 180)
        bench.tell(.callProgressed(first, .connected(nil), at: bench.now))
        #expect(bench.tell(.reconciled(first, .notFound), after: 900).closings == [])
        #expect(bench.tell(.reconciled(first, .neverPlaced)).closings == [])
    }

    @Test func aCallThatTheVendorTookIsLookedForAsLongAsItsRecordMayLag() {
        var bench = Bench.withOneCall()
        bench.tell(.timerFired(.attempt(first)), after: 180)
        #expect(bench.tell(.reconciled(first, .notFound), after: 3600).closings == [])
        #expect(bench.tell(.reconciled(first, .neverPlaced)).closings == [])
        let closed = bench.tell(.reconciled(first, .notFound), after: 12_000)
        #expect(closed.closings.map(\.outcome) == [.unknown])
    }

    @Test func aCallWhoseEndIsNeverToldIsClosedAtLast() {
        var bench = Bench.withOneCall()
        bench.tell(.callProgressed(first, .connected(Bench.agent(0)), at: bench.now))
        var rounds = 0
        var closings: [AttemptClosing] = []
        while closings.isEmpty, rounds < 1000 {
            rounds += 1
            bench.tell(.timerFired(.attempt(first)), after: 3600)
            closings = bench.tell(.reconciled(first, .found(VendorCallID("c"), []))).closings
        }
        #expect(closings.map(\.outcome) == [.connected], "a conversation was seen")
        #expect(rounds < 10)
    }

    @Test func aCallThatGoesOnIsFollowedHoweverLongAgoItWasClaimed() {
        var bench = Bench()
        // The clock was set forward between the two runs, or the claim is that old.
        let open = OpenAttempt(
            claim: Bench.claim(1), vendor: "v", state: .ringing, claimedAt: bench.now - .seconds(86_400),
            vendorCall: VendorCallID("c"))
        bench.tell(.started(leftOpen: [open]))
        let found = DialEvent.reconciled(first, .found(VendorCallID("c"), [DatedProgress(.ringing, at: bench.now)]))
        #expect(bench.tell(found).closings == [], "the callee's phone rings")
        #expect(bench.tell(.timerFired(.attempt(first)), after: 180).searches == [first])
        #expect(bench.tell(found).closings.map(\.outcome) == [.unknown], "nobody tells its end")
    }

    @Test(
        "Where the clock was set between two runs, a call is looked for as long as it truly may be",
        arguments: [86_400, -86_400, 0])
    func clockSetMeanwhile(advance: Int) {
        let former = ClockOrigin(boot: "today", zero: Bench.start - .seconds(5_000))
        var bench = Bench {
            $0.clock = ClockOrigin(boot: "today", zero: former.zero + .seconds(advance))
        }
        let settings = EngineSettings(style: .agentFirst)
        // Claimed a minute ago by whichever clock was right.
        let claimedAt = bench.now - .seconds(60) - .seconds(advance)
        let open = OpenAttempt(
            claim: Bench.claim(1), vendor: "v", state: .placing, claimedAt: claimedAt, vendorCall: nil, clock: former)
        let search = bench.tell(.started(leftOpen: [open])).sought.first
        #expect(search?.placedAfter == bench.now - .seconds(60 + max(0, advance)), "by the earlier of the two times")
        let limit = settings.placeLimit + settings.reconcileWindow
        #expect(bench.tell(.reconciled(first, .notFound)).closings == [])
        let left = Int(limit.seconds) - (advance < 0 ? 0 : 60)
        bench.tell(.timerFired(.reconcile(first)), after: left - 1)
        #expect(bench.tell(.reconciled(first, .notFound)).closings == [], "a second too early")
        bench.tell(.timerFired(.reconcile(first)), after: 1)
        #expect(bench.tell(.reconciled(first, .notFound)).closings.map(\.outcome) == [.unknown])
    }

    @Test(
        "A call that talks is followed for as long as people talk, however long ago it was claimed",
        arguments: [0, 900])
    func talkingCall(findingTakes: Int) {
        var bench = Bench()
        let open = OpenAttempt(
            claim: Bench.claim(1), vendor: "v", state: .ringing, claimedAt: bench.now - .seconds(86_400),
            vendorCall: VendorCallID("c"))
        bench.tell(.started(leftOpen: [open]))
        let facts = [DatedProgress(.connected(nil), at: bench.now)]
        let found = DialEvent.reconciled(first, .found(VendorCallID("c"), facts))
        #expect(bench.tell(found, after: findingTakes).closings == [])
        #expect(bench.tell(.timerFired(.attempt(first)), after: 7_200).searches == [first])
        #expect(bench.tell(found).closings.map(\.outcome) == [.connected], "nobody tells its end")
    }

    @Test("What an earlier run saw of a call stays so, though this one hears no more than that it is over")
    func seenByAnEarlierRun() throws {
        let connectedAt = Bench.start - .seconds(300)
        for isFound in [true, false] {
            var bench = Bench()
            let open = OpenAttempt(
                claim: Bench.claim(1), vendor: "v", state: .connected, claimedAt: bench.now - .seconds(330),
                vendorCall: VendorCallID("c"), agent: Bench.agent(0), answeredAt: connectedAt - .seconds(1),
                connectedAt: connectedAt, cpa: .human)
            bench.tell(.started(leftOpen: [open]))
            let unseen = CallEnding(outcome: .unknown, vendorReason: "not seen")
            let end = DatedProgress(.ended(unseen), at: bench.now)
            let told = isFound ? Reconciliation.found(VendorCallID("c"), [end]) : .lost
            let closing = try #require(bench.tell(.reconciled(first, told)).closings.first)
            #expect(closing.outcome == .connected)
            #expect(closing.connectedAt == connectedAt)
            #expect(closing.talk == nil, "nobody knows for how long")
        }
    }

    @Test("A conversation that an earlier run began is timed from its beginning to its end")
    func talkAcrossRuns() throws {
        var bench = Bench()
        let connectedAt = bench.now - .seconds(40)
        let open = OpenAttempt(
            claim: Bench.claim(1), vendor: "v", state: .connected, claimedAt: bench.now - .seconds(60),
            vendorCall: VendorCallID("c"), agent: Bench.agent(0), answeredAt: connectedAt, connectedAt: connectedAt)
        bench.tell(.started(leftOpen: [open]))
        // This vendor says where a call stands, and not since when.
        let facts = [DatedProgress(.connected(Bench.agent(1)), at: bench.now)]
        #expect(bench.tell(.reconciled(first, .found(VendorCallID("c"), facts))).reached == [.connected])
        let ending = CallEnding(outcome: .unknown, vendorReason: "gone")
        let closing = try #require(
            bench.tell(.callProgressed(first, .ended(ending), at: bench.now + .seconds(20)), after: 20).closings.first)
        #expect(closing.outcome == .connected && closing.talk == .seconds(60))
        #expect(closing.agent == Bench.agent(1), "the call was passed on while no run was there")
    }

    @Test("Whoever answered an earlier run is not rung again by old news")
    func answeredBefore() {
        var bench = Bench()
        let open = OpenAttempt(
            claim: Bench.claim(1), vendor: "v", state: .answered, claimedAt: bench.now - .seconds(60),
            vendorCall: VendorCallID("c"), answeredAt: bench.now - .seconds(50), cpa: .human)
        bench.tell(.started(leftOpen: [open]))
        #expect(bench.tell(.callProgressed(first, .ringing, at: bench.now)).reached == [])
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "over")
        let ended = bench.tell(.callProgressed(first, .ended(ending), at: bench.now))
        #expect(ended.closings.map(\.outcome) == [.abandoned])
    }

    @Test("A call that is joined while it is looked for is followed")
    func joinedWhileSought() {
        var bench = Bench()
        let open = OpenAttempt(
            claim: Bench.claim(1), vendor: "v", state: .dialing, claimedAt: bench.now - .seconds(86_400),
            vendorCall: VendorCallID("c"))
        bench.tell(.started(leftOpen: [open]))
        let ringing = DialEvent.reconciled(first, .found(VendorCallID("c"), [DatedProgress(.ringing, at: bench.now)]))
        #expect(bench.tell(ringing).closings == [])
        bench.tell(.timerFired(.attempt(first)), after: 180)
        bench.tell(.callProgressed(first, .connected(nil), at: bench.now))
        #expect(bench.tell(ringing).closings == [], "the news was faster than the records")
    }

    @Test func onlyOneSearchForAnAttemptIsUnderWay() {
        var bench = Bench.withOneCall()
        #expect(bench.tell(.timerFired(.attempt(first)), after: 180).searches == [first])
        bench.tell(.callProgressed(first, .answered(.unknown), at: bench.now))
        #expect(bench.tell(.timerFired(.attempt(first)), after: 180).searches == [])
    }

    @Test func aFoundCallKeepsTheVendorsTimes() throws {
        var bench = lost()
        let answered = bench.now + .seconds(10)
        let ending = CallEnding(outcome: .connected, vendorReason: "Success")
        let facts = [
            DatedProgress(.connected(Bench.agent(0)), at: answered),
            DatedProgress(.ended(ending), at: answered + .seconds(50)),
        ]
        let found = DialEvent.reconciled(first, .found(VendorCallID("c"), facts))
        let closing = try #require(bench.tell(found, after: 300).closings.first)
        #expect(closing.connectedAt == answered)
        #expect(closing.endedAt == answered + .seconds(50))
        #expect(closing.talk == .seconds(50))
    }
}
