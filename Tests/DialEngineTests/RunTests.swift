import DialEngine
import DialModel
import Testing

@Suite("The course of a run")
struct RunTests {
    let first = AttemptID(1)
    let busy = CallEnding(outcome: .busy, vendorReason: "486")

    @Test func aRunWithoutLeadsEndsAtOnceEvenWithoutAgents() {
        var bench = Bench()
        bench.tell(.started(leftOpen: []))
        #expect(bench.tell(.leadsClaimed(requested: 0, claims: [], nextDueAt: nil)).ending == .nothingDue(next: nil))
    }

    @Test func aRunWithoutEndTimeEndsWhenNothingIsDue() {
        var bench = Bench()
        bench.tell(.started(leftOpen: []))
        let later = bench.now + .seconds(3600)
        #expect(
            bench.tell(.leadsClaimed(requested: 0, claims: [], nextDueAt: later)).ending == .nothingDue(next: later))
    }

    @Test func aRunWithAnEndTimeStaysForRetriesWithinIt() {
        var bench = Bench(runsFor: .seconds(7200))
        bench.begin(idle: 1)
        bench.claim(1, more: false)
        let closed = bench.tell(.callProgressed(first, .ended(busy), at: bench.now), after: 10)
        #expect(closed.ending == nil)
        #expect(closed.due(.leadsDue) == bench.now + EngineSettings.leadCheckInterval)
        #expect(bench.tell(.timerFired(.leadsDue), after: 900).claims == [1])
    }

    @Test func leadsThatAreClaimedThroughTheDeadlineAreHandedBack() throws {
        var bench = Bench(runsFor: .seconds(600))
        bench.begin(idle: 2)
        let due = bench.now + .seconds(590)
        bench.tell(.leadsClaimed(requested: 2, claims: [], nextDueAt: due))
        #expect(bench.tell(.timerFired(.leadsDue), after: 590).claims == [2])
        let early = bench.tell(
            .leadsClaimed(requested: 2, claims: [Bench.claim(1)], nextDueAt: bench.now, isCutShort: true))
        #expect(early.orders.map(\.notAfter) == [Bench.start + .seconds(600)], "no request leaves after the deadline")
        try #require(early.claims == [1])
        let late = bench.tell(.leadsClaimed(requested: 1, claims: [Bench.claim(2)], nextDueAt: bench.now), after: 11)
        #expect(late.orders.isEmpty)
        #expect(late.closings.map(\.outcome) == [.notPlaced])
    }

    @Test("Leads whose claim took long, as when the machine slept, are asked about again", arguments: [30, 31])
    func longClaim(seconds: Int) {
        var bench = Bench()
        bench.begin(idle: 1)
        let asked = bench.now
        let answered = bench.tell(
            .leadsClaimed(requested: 1, claims: [Bench.claim(1)], nextDueAt: asked), after: seconds)
        guard seconds > 30 else {
            // The hours and lists of the claim hold for as long as a request may wait, and no longer.
            #expect(answered.orders.map(\.notAfter) == [asked + .seconds(30)])
            return
        }
        #expect(answered.orders.isEmpty && answered.closings.map(\.outcome) == [.notPlaced])
        #expect(answered.claims == [1])
    }

    @Test func aRunDoesNotStayForLeadsThatAreDueAfterItsEnd() {
        var bench = Bench(runsFor: .seconds(600))
        bench.begin(idle: 1)
        bench.claim(1, more: false)
        let closed = bench.tell(.callProgressed(first, .ended(busy), at: bench.now), after: 10)
        #expect(closed.ending == .nothingDue(next: bench.now + .seconds(900)))
    }

    @Test func aRunStaysForTheCallsInFlight() {
        var bench = Bench()
        bench.begin(idle: 2)
        #expect(bench.claim(2, more: false).ending == nil)
        bench.tell(.callProgressed(first, .connected(nil), at: bench.now))
        #expect(bench.tell(.callProgressed(AttemptID(2), .ended(busy), at: bench.now)).ending == nil)
        let ending = CallEnding(outcome: .connected, vendorReason: "Success")
        let last = bench.tell(.callProgressed(first, .ended(ending), at: bench.now))
        #expect(last.ending == .nothingDue(next: bench.now + .seconds(900)))
    }

    @Test func theLedgerIsAskedForAFurtherNumberBeforeTheRunEnds() throws {
        let invalid = CallEnding(outcome: .invalidNumber, vendorReason: "404")
        for nextDueAt in [nil, Bench.start + .seconds(3600)] {
            var bench = Bench(runsFor: .seconds(7200))
            bench.begin(idle: 1)
            bench.tell(.leadsClaimed(requested: 1, claims: [Bench.claim(1)], nextDueAt: nextDueAt))
            let closed = bench.tell(.callProgressed(first, .ended(invalid), at: bench.now), after: 10)
            #expect(closed.closings.map(\.lead) == [.finish(.invalidNumber)])
            try #require(closed.ending == nil && closed.claims == [1], "the callee's next number may be due")
            let woken = Bench.claim(2)
            bench.tell(.leadsClaimed(requested: 1, claims: [woken], nextDueAt: nextDueAt))
            #expect(bench.log.orders.map(\.number) == [Bench.number(1), woken.number])
        }
    }

    @Test func whoeverWasReachedHasNoFurtherNumberDialled() {
        var bench = Bench()
        bench.begin(idle: 1)
        bench.claim(1, more: false)
        bench.tell(.callProgressed(first, .connected(nil), at: bench.now))
        let talked = CallEnding(outcome: .connected, vendorReason: "Success")
        let closed = bench.tell(.callProgressed(first, .ended(talked), at: bench.now), after: 60)
        #expect(closed.closings.map(\.lead) == [.finish(.reached)])
        #expect(closed.claims == [] && closed.ending == .nothingDue(next: nil))
    }

    @Test func aStopLetsCallsInFlightFinishAndPlacesNoMore() {
        var bench = Bench.withOneCall()
        bench.tell(.agentsObserved(Bench.agents(2), asOf: bench.now))
        bench.tell(.stopRequested)
        let late = bench.claim(1, first: 2)
        #expect(late.orders == [], "a claim that was under way is handed back")
        #expect(late.closings.map(\.outcome) == [.notPlaced])
        #expect(late.closings.map(\.lead) == [.wait(until: bench.now)])
        #expect(bench.tell(.callProgressed(first, .ended(busy), at: bench.now)).ending == .stopped)
    }

    @Test func aStopLeavesUnknownAttemptsToTheNextRun() {
        var bench = Bench.withOneCall()
        bench.tell(.timerFired(.attempt(first)), after: 180)
        #expect(bench.tell(.stopRequested).ending == .stopped)
    }

    @Test func theDeadlineWaitsForUnknownAttempts() {
        var bench = Bench.withOneCall(runsFor: .seconds(300))
        bench.tell(.timerFired(.attempt(first)), after: 180)
        #expect(bench.tell(.timerFired(.deadline), after: 120).ending == nil)
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "480")
        let found = Reconciliation.found(VendorCallID("c"), [DatedProgress(.ended(ending), at: bench.now)])
        #expect(bench.tell(.reconciled(first, found)).ending == .deadline)
    }

    @Test func callsThatDoNotEndAreLeftWhenTheTimeToFinishIsOver() throws {
        var bench = Bench.withOneCall()
        let limit = try #require(bench.tell(.stopRequested).due(.drainLimit))
        #expect(limit == bench.now + .seconds(600))
        #expect(bench.tell(.timerFired(.drainLimit), after: 600).ending == .stopped)
    }

    @Test func claimsThatArriveAfterTheEndAreHandedBack() {
        var bench = Bench()
        bench.begin(idle: 1)
        bench.tell(.vendorTroubled)
        #expect(bench.tell(.timerFired(.vendorPatience), after: 120).ending == .vendorUnavailable)
        let late = bench.claim(1)
        #expect(late.closings.map(\.outcome) == [.notPlaced])
        #expect(late.ending == nil)
    }

    @Test func theAttemptLimitEndsTheRunWhenItsCallsAreOver() {
        var bench = Bench(maxAttempts: 1)
        bench.begin(idle: 3)
        bench.claim(1)
        #expect(bench.tell(.callProgressed(first, .ended(busy), at: bench.now)).ending == .attemptLimit)
    }

    @Test func aThrottledRequestCountsAsNoAttemptAndPausesDialling() throws {
        var bench = Bench(maxAttempts: 1)
        bench.begin(idle: 1)
        bench.claim(1)
        let directives = bench.tell(.callTurnedAway(first, .throttled(after: .seconds(3))))
        #expect(directives.closings.map(\.outcome) == [.notPlaced])
        #expect(directives.claims == [] && directives.ending == nil)
        #expect(directives.due(.holdOver) == bench.now + .seconds(3))
        #expect(bench.tell(.timerFired(.holdOver), after: 3).claims == [1])
    }

    @Test func aCalleeWhomTheVendorBarsIsDialledNoMoreAndNobodyElseIsHeldUp() {
        var bench = Bench()
        bench.begin(idle: 2)
        bench.claim(2)
        let directives = bench.tell(.callTurnedAway(first, .barred(reason: "022504")))
        #expect(directives.closings.map(\.outcome) == [.refused])
        #expect(directives.closings.map(\.lead) == [.finish(.doNotCall)])
        #expect(directives.closings.map(\.vendorReason) == ["022504"])
        #expect(directives.claims == [1] && directives.due(.holdOver) == nil)
    }

    @Test func aVendorOutOfReachIsTriedWithOneCallAtATimeAndLongerPauses() throws {
        var bench = Bench()
        bench.begin(idle: 4)
        bench.claim(4)
        var pauses: [Int64] = []
        for attempt in Int64(1)...4 {
            let directives = bench.tell(.callTurnedAway(AttemptID(attempt), .unavailable(reason: "refused")))
            if let due = directives.due(.holdOver) { pauses.append((due - bench.now).milliseconds) }
        }
        #expect(pauses == [2000], "four calls that failed together are one failure")
        #expect(bench.tell(.timerFired(.holdOver), after: 2).claims == [1])
        bench.claim(1, first: 5)
        let again = bench.tell(.callTurnedAway(AttemptID(5), .unavailable(reason: "refused")))
        #expect(again.due(.holdOver) == bench.now + .seconds(4))
        bench.tell(.timerFired(.holdOver), after: 4)
        bench.claim(1, first: 6)
        #expect(bench.tell(.callAccepted(AttemptID(6), VendorCallID("c"))).claims == [3])
        #expect(bench.tell(.timerFired(.vendorPatience), after: 120).ending == nil, "the vendor is back")
    }

    @Test func oneHiccupDoesNotEndARunThatHasNobodyToCallFor() {
        var bench = Bench()
        bench.begin(idle: 1)
        bench.claim(1)
        bench.tell(.callTurnedAway(first, .unavailable(reason: "refused")))
        bench.tell(.agentsObserved(Bench.agents(1, .onBreak), asOf: bench.now))
        bench.tell(.timerFired(.holdOver), after: 2)
        #expect(bench.tell(.timerFired(.vendorPatience), after: 118).ending == nil)
        #expect(bench.tell(.agentsObserved(Bench.agents(1), asOf: bench.now), after: 60).claims == [1])
    }

    @Test func throttlingInARowPausesLongerAndNeverUsesALeadUp() throws {
        var bench = Bench()
        bench.begin(idle: 2)
        bench.claim(2)
        bench.tell(.callTurnedAway(AttemptID(2), .throttled(after: .seconds(3))))
        var pauses: [Int64] = []
        var history = OutcomeCounts()
        for attempt in Int64(3)..<11 {
            bench.tell(.callTurnedAway(AttemptID(attempt - 2), .throttled(after: .seconds(3))))
            history[.notPlaced] += 200
            bench.tell(.timerFired(.holdOver), after: 400)
            bench.tell(
                .leadsClaimed(
                    requested: 1, claims: [Bench.claim(attempt, history: history)], nextDueAt: bench.now))
            let directives = bench.tell(.callTurnedAway(AttemptID(attempt), .throttled(after: .seconds(3))))
            let due = try #require(directives.due(.holdOver))
            pauses.append((due - bench.now).milliseconds / 1000)
            #expect(directives.closings.map(\.lead) == [.wait(until: bench.now + .seconds(60))])
        }
        #expect(pauses == pauses.sorted() && pauses.first == 6 && pauses.last == 300)
    }

    @Test func aStopOutranksEveryOtherEnd() {
        var bench = Bench.withOneCall(runsFor: .seconds(300))
        bench.tell(.timerFired(.attempt(first)), after: 180)
        bench.tell(.timerFired(.deadline), after: 120)
        #expect(bench.tell(.stopRequested).ending == .stopped)
    }

    @Test func conversationsOutlastTheDeadline() {
        var bench = Bench.withOneCall(runsFor: .seconds(300))
        bench.tell(.callProgressed(first, .connected(nil), at: bench.now))
        bench.tell(.timerFired(.deadline), after: 300)
        let later = bench.tell(.timerFired(.drainLimit), after: 600)
        #expect(later.ending == nil && later.due(.drainLimit) != nil)
        let ending = CallEnding(outcome: .connected, vendorReason: "Success")
        #expect(bench.tell(.callProgressed(first, .ended(ending), at: bench.now)).ending == .deadline)
    }

    @Test func aRunThatOnlyWaitsForAnotherCampaignSaysSo() {
        var bench = Bench()
        bench.begin(idle: 2)
        #expect(bench.claim(0, of: 2).ending == .numbersBusy)
    }

    @Test func aRunWaitsAMomentForANumberToShow() {
        var bench = Bench()
        bench.begin(idle: 2)
        let until = bench.now + .seconds(5)
        let held = bench.tell(.leadsClaimed(requested: 2, claims: [], nextDueAt: bench.now, hold: Bench.hold(until)))
        #expect(held.ending == nil && held.due(.leadsDue) == until)
        #expect(bench.engine.snapshot(at: bench.now).pause == .noCallerID(until: until))
        #expect(bench.tell(.timerFired(.leadsDue), after: 5).claims == [2], "then it asks again")
    }

    @Test func aRunWaitsForANumberNoLongerThanAMinuteInAll() {
        var bench = Bench()
        bench.begin(idle: 1)
        var ending: RunEnding?
        for round in 0..<20 where ending == nil {
            let hold = Bench.hold(bench.now + .seconds(5))
            ending = bench.tell(.leadsClaimed(requested: 1, claims: [], nextDueAt: bench.now, hold: hold)).ending
            #expect((ending == nil) == (round < 12))
            if ending == nil { bench.tell(.timerFired(.leadsDue), after: 5) }
        }
        #expect(ending != nil)
    }

    @Test func aClaimThatWasCutShortIsFollowedByAnother() {
        var bench = Bench()
        bench.begin(idle: 2)
        let cut = bench.tell(.leadsClaimed(requested: 2, claims: [], nextDueAt: bench.now, isCutShort: true))
        #expect(cut.claims == [2] && cut.ending == nil)
    }

    @Test func aRunThatHasNoNumberToShowForLongEndsAndSaysSo() {
        var bench = Bench()
        bench.begin(idle: 2)
        let until = bench.now + .seconds(61)
        let held = bench.tell(.leadsClaimed(requested: 2, claims: [], nextDueAt: bench.now, hold: Bench.hold(until)))
        #expect(held.ending == .noCallerID(Bench.hold(until)))
    }

    @Test func aLineThatGetsFreeIsUsedAtOnce() {
        var bench = Bench()
        bench.begin(idle: 2)
        bench.tell(
            .leadsClaimed(
                requested: 2, claims: [Bench.claim(1)], nextDueAt: bench.now, hold: Bench.hold(bench.now + .seconds(5)))
        )
        bench.tell(.callAccepted(first, VendorCallID("call-1")))
        let ending = CallEnding(outcome: .busy, vendorReason: "Busy")
        let ended = bench.tell(.callProgressed(first, .ended(ending), at: bench.now), after: 1)
        #expect(ended.claims == [2])
    }

    @Test func patienceWithTheVendorEnds() {
        var bench = Bench.withOneCall()
        let troubled = bench.tell(.vendorTroubled)
        #expect(troubled.due(.vendorPatience) == bench.now + .seconds(120))
        #expect(bench.tell(.vendorTroubled, after: 60).due(.vendorPatience) == nil, "the first trouble counts")
        #expect(bench.tell(.timerFired(.vendorPatience), after: 60).ending == .vendorUnavailable)
    }

    @Test func anOutageThatOnlyAnOperatorCanMendSaysSoWhenPatienceEnds() {
        var bench = Bench.withOneCall()
        bench.tell(.vendorRefused(reason: "HTTP 453"))
        #expect(bench.engine.snapshot(at: bench.now).pause == .vendorDown)
        let end = bench.tell(.timerFired(.vendorPatience), after: 120).ending
        #expect(end == .vendorRefused(reason: "HTTP 453"))
        var healed = Bench.withOneCall()
        healed.tell(.vendorRefused(reason: "HTTP 453"))
        healed.tell(.vendorRecovered)
        healed.tell(.vendorTroubled)
        #expect(healed.tell(.timerFired(.vendorPatience), after: 120).ending == .vendorUnavailable)
    }

    @Test func aVendorThatRefusesTheAccountEndsTheRun() {
        var bench = Bench.withOneCall()
        bench.tell(.agentsObserved(Bench.agents(2), asOf: bench.now))
        bench.claim(1, first: 2)
        let refused = bench.tell(.callTurnedAway(AttemptID(2), .misconfigured(reason: "Forbidden.RAM")))
        #expect(refused.ending == nil, "the other call goes on")
        let ended = bench.tell(.callProgressed(first, .ended(busy), at: bench.now))
        #expect(ended.ending == .vendorRefused(reason: "Forbidden.RAM"))
    }

    @Test func leadsThatAnotherCampaignIsCallingAreAskedForAgainLater() {
        var bench = Bench(runsFor: .seconds(3600))
        bench.begin(idle: 2)
        let short = bench.claim(0, of: 2)
        #expect(short.claims == [], "asking again at once would spin")
        #expect(short.due(.leadsDue) == bench.now + .seconds(1))
    }

    @Test func theSnapshotSaysWhatHoldsDiallingBack() {
        var bench = Bench(runsFor: .seconds(3600))
        bench.tell(.started(leftOpen: []))
        bench.tell(.leadsClaimed(requested: 0, claims: [], nextDueAt: bench.now))
        #expect(bench.engine.snapshot(at: bench.now).pause == .noAgents)
        bench.tell(.agentsObserved(Bench.agents(2), asOf: bench.now))
        bench.claim(2, more: false)
        bench.tell(.callProgressed(first, .connected(Bench.agent(0)), at: bench.now))
        let snapshot = bench.engine.snapshot(at: bench.now)
        #expect(snapshot.talking == 1 && snapshot.dialing == 1)
        #expect(snapshot.agents.busy == 1 && snapshot.agents.reserved == 1)
        bench.tell(.vendorTroubled)
        #expect(bench.engine.snapshot(at: bench.now).pause == .vendorDown)
    }
}
