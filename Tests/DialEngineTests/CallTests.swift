import DialEngine
import DialModel
import Pacing
import Testing

@Suite("The life of a call")
struct CallTests {
    let first = AttemptID(1)

    @Test func aRunAsksWhenLeadsAreDueBeforeItAsksForAny() {
        var bench = Bench()
        #expect(bench.tell(.started(leftOpen: [])) == [.claimLeads(0)])
    }

    @Test func agentFirstClaimsOneLeadForEachIdleAgent() {
        var bench = Bench()
        #expect(bench.begin(idle: 3).claims == [3])
    }

    @Test func theLongestIdleAgentIsReservedFirst() {
        var bench = Bench()
        bench.begin(idle: 3)
        let orders = bench.claim(2, of: 3, more: false).orders
        #expect(orders.map(\.agent) == [Bench.agent(0), Bench.agent(1)])
        #expect(orders.map(\.number) == [Bench.number(1), Bench.number(2)])
    }

    @Test func aCallMovesForwardAndNeverBack() {
        var bench = Bench.withOneCall()
        #expect(bench.tell(.callProgressed(first, .ringing, at: bench.now)).reached == [.ringing])
        #expect(bench.tell(.callProgressed(first, .answered(.unknown), at: bench.now)).reached == [.answered])
        #expect(bench.tell(.callProgressed(first, .ringing, at: bench.now)).reached == [])
        #expect(bench.tell(.callProgressed(first, .answered(.human), at: bench.now)).reached == [])
        #expect(bench.tell(.callProgressed(first, .connected(Bench.agent(0)), at: bench.now)).reached == [.connected])
        #expect(bench.tell(.callProgressed(first, .answered(.human), at: bench.now)).reached == [])
    }

    @Test func newsOfACallMayOvertakeItsAcceptance() {
        var bench = Bench()
        bench.begin(idle: 1)
        bench.claim(1)
        #expect(bench.tell(.callProgressed(first, .ringing, at: bench.now)).reached == [.ringing])
        let late = bench.tell(.callAccepted(first, VendorCallID("call-1")))
        #expect(late.reached == [.ringing], "acceptance must not take the call back to dialing")
    }

    @Test func anEndThatOvertakesItsAcceptanceBringsTheCallsNameAlong() {
        var bench = Bench()
        bench.begin(idle: 1)
        bench.claim(1)
        let ending = CallEnding(outcome: .busy, vendorReason: "1 busy now", vendorCall: VendorCallID("call-1"))
        let end = bench.tell(.callProgressed(first, .ended(ending), at: bench.now))
        let detail = AttemptDetail(vendorCall: VendorCallID("call-1"))
        #expect(end.contains(.record(.reached(first, .dialing, at: bench.now, detail: detail))))
        #expect(end.closings.map(\.outcome) == [.busy])
        #expect(bench.tell(.callAccepted(first, VendorCallID("call-1"))).reached == [], "it is over")

        var accepted = Bench.withOneCall()
        #expect(accepted.tell(.callProgressed(first, .ended(ending), at: accepted.now)).reached == [])
    }

    @Test func aConversationEndsInConnectedWhateverTheSummarySays() throws {
        var bench = Bench.withOneCall()
        let answered = bench.now + .seconds(5)
        bench.tell(.callProgressed(first, .connected(Bench.agent(0)), at: answered), after: 6)
        let ended = bench.now + .seconds(60)
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "487-Request Terminated")
        let closing = try #require(
            bench.tell(.callProgressed(first, .ended(ending), at: ended), after: 61).closings.first)
        #expect(closing.outcome == .connected)
        #expect(closing.connectedAt == answered)
        #expect(closing.endedAt == ended)
        #expect(closing.talk == ended - answered)
        #expect(closing.agent == Bench.agent(0))
        #expect(closing.lead == .finish(.reached))
        #expect(closing.vendorReason == "487-Request Terminated")
    }

    @Test func whoAnswersAndFindsNobodyWasAbandoned() throws {
        var bench = Bench.withOneCall(.customerFirst(.power(ratio: 1)))
        bench.tell(.callProgressed(first, .answered(.unknown), at: bench.now))
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "")
        let closing = try #require(bench.tell(.callProgressed(first, .ended(ending), at: bench.now)).closings.first)
        #expect(closing.outcome == .abandoned)
        #expect(
            closing.lead == .finish(.notRetried), "who was abandoned is not called again unless the campaign says so")
    }

    @Test func aMachineThatAnswersWasNotAbandoned() throws {
        var bench = Bench.withOneCall(.customerFirst(.power(ratio: 1)))
        bench.tell(.callProgressed(first, .answered(.machine), at: bench.now))
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "")
        let closing = try #require(bench.tell(.callProgressed(first, .ended(ending), at: bench.now)).closings.first)
        #expect(closing.outcome == .machine)
    }

    @Test func retriesWaitByOurClockWhateverTheVendorsSays() throws {
        var bench = Bench.withOneCall()
        let ending = CallEnding(outcome: .busy, vendorReason: "486")
        let late = bench.now - .seconds(600)
        let closing = try #require(
            bench.tell(.callProgressed(first, .ended(ending), at: late), after: 20).closings.first)
        #expect(closing.lead == .wait(until: bench.now + .seconds(900)))
        #expect(closing.endedAt == Bench.start, "an end is never before the claim")
    }

    @Test func timesOfTwoClocksMakeNoNegativeConversation() throws {
        var bench = Bench.withOneCall()
        bench.tell(.callProgressed(first, .connected(Bench.agent(0)), at: bench.now + .seconds(30)), after: 30)
        let ending = CallEnding(outcome: .connected, vendorReason: "Success")
        let closing = try #require(
            bench.tell(.callProgressed(first, .ended(ending), at: Bench.start + .seconds(10)), after: 1).closings.first)
        #expect(closing.talk == .zero)
        #expect(closing.endedAt == closing.connectedAt)
    }

    @Test func aRequestThatIsStillOnItsWayIsNeitherSearchedForNorClosed() {
        var bench = Bench()
        bench.begin(idle: 1)
        let order = bench.claim(1).orders.first
        #expect(order?.notAfter == bench.now + .seconds(30))
        for _ in 0..<20 {
            let directives = bench.tell(.timerFired(.attempt(first)), after: 180)
            #expect(directives.searches == [] && directives.closings == [])
            #expect(directives.due(.attempt(first)) != nil)
        }
    }

    @Test func aVendorsClockThatRunsAheadCannotMoveAnEndIntoTheFuture() throws {
        var bench = Bench.withOneCall()
        let ending = CallEnding(outcome: .busy, vendorReason: "486")
        let report = DialEvent.callProgressed(first, .ended(ending), at: bench.now + .seconds(3600))
        let closing = try #require(bench.tell(report, after: 10).closings.first)
        #expect(closing.endedAt == bench.now)
    }

    @Test func newsOfAClosedAttemptIsDropped() {
        var bench = Bench.withOneCall()
        let ending = CallEnding(outcome: .busy, vendorReason: "486")
        bench.tell(.callProgressed(first, .ended(ending), at: bench.now))
        #expect(bench.tell(.callProgressed(first, .ended(ending), at: bench.now)).closings == [])
        #expect(bench.tell(.callProgressed(first, .ringing, at: bench.now)).reached == [])
        #expect(bench.tell(.callOutcomeUnknown(first, reason: "late")).searches == [])
    }

    @Test func aRefusedCallEndsAsTheVendorSaidAndFreesItsAgent() throws {
        var bench = Bench()
        bench.begin(idle: 1)
        bench.claim(1)
        let directives = bench.tell(.callTurnedAway(first, .refused(.invalidNumber, reason: "Parameter.Format")))
        let closing = try #require(directives.closings.first)
        #expect(closing.outcome == .invalidNumber)
        #expect(closing.lead == .finish(.invalidNumber))
        #expect(directives.claims == [1], "the agent is free for the next lead")
    }

    @Test(arguments: [
        (DialingStyle.agentFirst, 4, 4), (.customerFirst(.power(ratio: 1)), 4, 4),
        (.customerFirst(.power(ratio: 1.6)), 4, 6),
        (.customerFirst(.power(ratio: 3)), 1, 3), (.customerFirst(.power(ratio: 3)), 0, 0),
    ])
    func theStyleDecidesHowManyLinesTheIdleAgentsGet(style: DialingStyle, idle: Int, lines: Int) {
        var bench = Bench(style)
        #expect(bench.begin(idle: idle).claims == (lines == 0 ? [] : [lines]))
    }

    @Test func callsInFlightCountAgainstTheRatioUntilAnAgentHasThem() {
        var bench = Bench(.customerFirst(.power(ratio: 2)))
        bench.begin(idle: 2)
        #expect(bench.claim(4).claims == [], "four lines for two agents are out")
        let joined = bench.tell(.callProgressed(AttemptID(2), .connected(Bench.agent(1)), at: bench.now))
        #expect(joined.claims == [], "three lines for one idle agent are out")
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "480")
        bench.tell(.callProgressed(AttemptID(1), .ended(ending), at: bench.now))
        let freed = bench.tell(.callProgressed(AttemptID(3), .ended(ending), at: bench.now))
        #expect(freed.claims == [1], "one line is out and one agent idle: room for one more")
    }

    @Test func linesAndAttemptsAreNeverExceeded() {
        var lines = Bench(maxLines: 2)
        #expect(lines.begin(idle: 5).claims == [2])
        #expect(lines.claim(2).claims == [])
        var attempts = Bench(maxAttempts: 3)
        #expect(attempts.begin(idle: 5).claims == [3])
        #expect(attempts.claim(3).ending == nil, "three calls are in flight")
    }
}
