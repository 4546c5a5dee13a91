import DialEngine
import DialModel
import Pacing
import Testing

@Suite("Answered calls and agents")
struct HandOffTests {
    private let first = AttemptID(1)
    private let second = AttemptID(2)

    /// Agents a, b, … who have been idle in that order, and so many calls that the vendor has taken and that ring.
    private func bench(
        idle: Int, calls: Int, playsMessage: Bool = false, adjusting adjust: (inout EngineSettings) -> Void = { _ in }
    ) -> Bench {
        var bench = Bench(.customerFirst(.power(ratio: 4)), retry: .standard) { settings in
            settings.handOff = .byEngine
            settings.control = CallControl(hangsUp: true, playsMessage: playsMessage)
            settings.minimumRing = .seconds(15)
            adjust(&settings)
        }
        bench.begin(idle: max(idle, 1))
        bench.claim(calls, of: 4 * max(idle, 1), more: false)
        for attempt in 1...Int64(calls) {
            bench.tell(.callAccepted(AttemptID(attempt), VendorCallID("call-\(attempt)")))
            bench.tell(.callProgressed(AttemptID(attempt), .ringing, at: bench.now))
        }
        if idle == 0 { bench.tell(.agentsObserved([], asOf: bench.now)) }
        return bench
    }

    private func answer(_ attempt: AttemptID, _ cpa: CPAResult = .unknown, at now: Timestamp) -> DialEvent {
        .callProgressed(attempt, .answered(cpa), at: now)
    }

    private func observed(_ activities: [AgentActivity], at now: Timestamp) -> DialEvent {
        .agentsObserved(
            activities.enumerated().map {
                AgentObservation(id: Bench.agent($0.offset), name: "", activity: $0.element, since: nil)
            }, asOf: now)
    }

    @Test func anAnsweredCallIsOfferedAtOnceToTheAgentWhoHasBeenIdleLongest() {
        var bench = bench(idle: 2, calls: 2)
        let directives = bench.tell(answer(first, at: bench.now))
        #expect(directives.offers == [Offer(attempt: first, agent: Bench.agent(0))])
        let call = LiveCall(attempt: first, vendorCall: VendorCallID("call-1"))
        #expect(directives.contains(.connect(call, to: Bench.agent(0), notAfter: bench.now + .seconds(5))))
        #expect(bench.tell(answer(second, at: bench.now)).offers == [Offer(attempt: second, agent: Bench.agent(1))])
        #expect(bench.engine.agents.census.reserved == 2)
    }

    @Test func aConnectionIsConfirmedByTheVendorAndMeasured() throws {
        var bench = bench(idle: 1, calls: 1)
        bench.tell(answer(first, at: bench.now))
        let answered = bench.now
        let joined = bench.tell(
            .callProgressed(first, .connected(Bench.agent(0)), at: bench.now + .seconds(1)), after: 1)
        #expect(joined.reached == [.connected])
        #expect(joined.contains(.cancelTimer(.handOff(first))))
        let agent = try #require(bench.engine.agents.account(of: Bench.agent(0)))
        #expect(agent.isTalking && agent.activity == .busy && agent.since == bench.now)
        let ending = CallEnding(outcome: .connected, vendorReason: "")
        let closing = try #require(
            bench.tell(.callProgressed(first, .ended(ending), at: bench.now + .seconds(60)), after: 60).closings.first)
        #expect(closing.answeredAt == answered && closing.connectedAt == answered + .seconds(1))
        #expect(closing.agent == Bench.agent(0))
        #expect(bench.engine.agents.account(of: Bench.agent(0))?.activity == .wrapUp)
    }

    @Test func anAgentWhoDoesNotPickUpIsSetAsideAndTheNextIsAsked() {
        var bench = bench(idle: 2, calls: 1)
        #expect(bench.tell(answer(first, at: bench.now)).due(.handOff(first)) == bench.now + .seconds(2))
        let missed = bench.tell(.timerFired(.handOff(first)), after: 5)
        #expect(missed.missedBy == [Bench.agent(0)])
        #expect(missed.offers == [Offer(attempt: first, agent: Bench.agent(1))])
        #expect(missed.due(.setAside(Bench.agent(0))) == bench.now + .seconds(30))
        #expect(bench.engine.agents.census.setAside == 1 && bench.engine.agents.idleCount == 0)
        bench.tell(observed([.idle, .idle], at: bench.now), after: 1)
        #expect(bench.engine.agents.idleCount == 0, "seen idle, and not offered calls for a while all the same")
        bench.tell(.timerFired(.setAside(Bench.agent(0))), after: 29)
        #expect(bench.engine.agents.idle == [Bench.agent(0)])
        #expect(bench.engine.agents.account(of: Bench.agent(0))?.missed == 1)
    }

    @Test func aTimerOfAnEarlierStageMeansNothing() {
        var bench = bench(idle: 2, calls: 1)
        bench.tell(answer(first, at: bench.now))
        #expect(bench.tell(.timerFired(.handOff(first)), after: 2).missedBy == [], "the agent has five seconds")
    }

    @Test func theVendorMaySayThatAnAgentMissedTheCall() {
        var bench = bench(idle: 2, calls: 1)
        bench.tell(answer(first, at: bench.now))
        #expect(bench.tell(.callProgressed(first, .agentMissed(Bench.agent(1)), at: bench.now)).missedBy == [])
        let missed = bench.tell(.callProgressed(first, .agentMissed(Bench.agent(0)), at: bench.now))
        #expect(missed.missedBy == [Bench.agent(0)])
        #expect(missed.offers == [Offer(attempt: first, agent: Bench.agent(1))])
    }

    @Test func aReservedAgentWhoVanishesLosesTheCall() {
        for gone in [AgentActivity.offline, .onBreak] {
            var bench = bench(idle: 2, calls: 1)
            bench.tell(answer(first, at: bench.now))
            let directives = bench.tell(observed([gone, .idle], at: bench.now))
            #expect(directives.offers == [Offer(attempt: first, agent: Bench.agent(1))])
            #expect(directives.missedBy == [], "who went away has not missed a call")
        }
    }

    @Test func anAgentWhoTalksAndIsSeenOfflineKeepsTheCall() throws {
        var bench = bench(idle: 2, calls: 1)
        bench.tell(answer(first, at: bench.now))
        bench.tell(.callProgressed(first, .connected(Bench.agent(0)), at: bench.now))
        let directives = bench.tell(observed([.offline, .idle], at: bench.now), after: 2)
        #expect(directives.offers == [] && directives.closings == [] && directives.hangUps == [])
        let ending = CallEnding(outcome: .connected, vendorReason: "")
        let closing = try #require(bench.tell(.callProgressed(first, .ended(ending), at: bench.now)).closings.first)
        #expect(closing.outcome == .connected && closing.agent == Bench.agent(0))
        #expect(bench.engine.agents.account(of: Bench.agent(0))?.activity == .offline, "nobody wraps up who has gone")
    }

    @Test func whoAnswersWhileNobodyIsIdleWaitsAndIsServedFirstComeFirstServed() {
        var bench = bench(idle: 0, calls: 2)
        bench.tell(answer(second, at: bench.now), after: .milliseconds(100))
        #expect(bench.tell(answer(first, at: bench.now), after: .milliseconds(100)).offers == [])
        #expect(bench.engine.waiting == [second, first])
        let served = bench.tell(observed([.idle], at: bench.now), after: 1)
        #expect(served.offers == [Offer(attempt: second, agent: Bench.agent(0))])
        #expect(bench.engine.waiting == [first])
    }

    @Test func lateNewsOfAnEarlierAnswerGoesFirst() {
        var bench = bench(idle: 0, calls: 2)
        bench.now = bench.now + .seconds(1)
        bench.tell(answer(first, at: bench.now))
        bench.tell(answer(second, at: bench.now - .milliseconds(400)))
        #expect(bench.engine.waiting == [second, first])
    }

    @Test func patienceIsCountedFromTheAnswerNotFromHearingOfIt() {
        var bench = bench(idle: 0, calls: 1)
        let answered = bench.now
        #expect(bench.tell(answer(first, at: answered), after: 1).due(.handOff(first)) == answered + .seconds(2))
        #expect(bench.tell(.timerFired(.handOff(first)), after: .milliseconds(999)).hangUps == [])
        #expect(bench.tell(.timerFired(.handOff(first)), after: .milliseconds(1)).hangUps == [first])
    }

    @Test func whenPatienceIsOverTheMessageIsPlayedAndTheCallWasAbandoned() throws {
        var bench = bench(idle: 0, calls: 1, playsMessage: true)
        bench.tell(answer(first, .human, at: bench.now))
        let over = bench.tell(.timerFired(.handOff(first)), after: 2)
        #expect(over.messages == [first] && over.hangUps == [], "the vendor ends it after the message")
        let noted = bench.tell(.messageStarted(first))
        guard case .record(.reached(_, .answered, _, let detail))? = noted.first else {
            Issue.record("the message is not noted: \(noted)")
            return
        }
        #expect(detail.isMessage)
        #expect(bench.tell(observed([.idle], at: bench.now)).offers == [], "an agent comes too late")
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "played")
        let closing = try #require(bench.tell(.callProgressed(first, .ended(ending), at: bench.now)).closings.first)
        #expect(closing.outcome == .abandoned && closing.agent == nil)
    }

    @Test func aMessageThatCannotBePlayedIsFollowedByTheEnd() {
        var bench = bench(idle: 0, calls: 1, playsMessage: true)
        bench.tell(answer(first, .human, at: bench.now))
        bench.tell(.timerFired(.handOff(first)), after: 2)
        #expect(bench.tell(.messageFailed(first)).hangUps == [first])
    }

    @Test func aCallThatIsNotEndedIsEndedAgainAFewTimes() {
        var bench = bench(idle: 0, calls: 1)
        bench.tell(answer(first, at: bench.now))
        bench.tell(.timerFired(.handOff(first)), after: 2)
        var pauses: [Duration] = []
        while let due = bench.tell(.hangUpFailed(first)).due(.hangUp(first)) {
            pauses.append(due - bench.now)
            bench.now = due
            #expect(bench.tell(.timerFired(.hangUp(first))).hangUps == [first])
        }
        #expect(pauses == [1, 2, 4, 8, 16].map { .seconds($0) })
    }

    @Test func aCallIsOfferedToThreeAgentsAndThenEnded() {
        var bench = bench(idle: 4, calls: 1)
        #expect(bench.tell(answer(first, at: bench.now)).offers.map(\.agent) == [Bench.agent(0)])
        #expect(bench.tell(.timerFired(.handOff(first)), after: 5).offers.map(\.agent) == [Bench.agent(1)])
        #expect(bench.tell(.timerFired(.handOff(first)), after: 5).offers.map(\.agent) == [Bench.agent(2)])
        let last = bench.tell(.timerFired(.handOff(first)), after: 5)
        #expect(last.offers == [] && last.hangUps == [first])
    }

    @Test func whoMissesCallsInARowIsSetAsideForLongerAndATakenCallForgivesIt() {
        var pool = AgentPool()
        pool.observe(Bench.agents(1), asOf: Bench.start)
        let agent = Bench.agent(0)
        let pauses = (0..<6).map { _ in pool.setAside(agent, at: Bench.start) - Bench.start }
        #expect(pauses == [30, 60, 120, 240, 300, 300].map { .seconds($0) })
        pool.connect(agent, to: first, at: Bench.start)
        pool.release(agent, from: first, talked: true, at: Bench.start)
        #expect(pool.setAside(agent, at: Bench.start) == Bench.start + .seconds(30))
        #expect(pool.account(of: agent)?.missed == 7)
    }

    @Test func aVendorThatCannotBeAskedIsNotTheAgentsFault() {
        var bench = bench(idle: 2, calls: 1)
        bench.tell(answer(first, at: bench.now))
        let failed = bench.tell(.offerFailed(first, Bench.agent(0), .notAsked(reason: "Throttling")))
        #expect(failed.missedBy == [] && failed.offers == [])
        #expect(failed.due(.handOff(first)) == bench.now + .milliseconds(500))
        let again = bench.tell(.timerFired(.handOff(first)), after: .milliseconds(500))
        #expect(again.offers == [Offer(attempt: first, agent: Bench.agent(0))])
    }

    @Test func anAgentWhomTheVendorRefusesIsSetAside() {
        var bench = bench(idle: 2, calls: 1)
        bench.tell(answer(first, at: bench.now))
        let failed = bench.tell(.offerFailed(first, Bench.agent(0), .agentUnavailable(reason: "UserBusy")))
        #expect(failed.missedBy == [Bench.agent(0)])
        #expect(failed.offers == [Offer(attempt: first, agent: Bench.agent(1))])
    }

    @Test func anAccountThatHandsNothingOverEndsTheRun() {
        var bench = bench(idle: 1, calls: 1)
        bench.tell(answer(first, at: bench.now))
        bench.tell(.offerFailed(first, Bench.agent(0), .misconfigured(reason: "Forbidden")))
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "")
        let ended = bench.tell(.callProgressed(first, .ended(ending), at: bench.now))
        #expect(ended.ending == .vendorRefused(reason: "Forbidden"))
    }

    @Test func whoHangsUpWhileAnAgentIsAskedWasAbandonedAndTheAgentIsFree() throws {
        var bench = bench(idle: 1, calls: 1)
        bench.tell(answer(first, at: bench.now))
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "487")
        let closing = try #require(
            bench.tell(.callProgressed(first, .ended(ending), at: bench.now), after: 1).closings.first)
        #expect(closing.outcome == .abandoned && closing.agent == nil, "nobody talked")
        #expect(bench.engine.agents.idle == [Bench.agent(0)])
    }

    @Test func aTransferThatDropsTheCalleeCountsForTheAgentWhoDidNotTakeIt() throws {
        var bench = bench(idle: 1, calls: 1)
        bench.tell(answer(first, at: bench.now))
        let ending = CallEnding(outcome: .agentMissed, vendorReason: "480")
        let directives = bench.tell(.callProgressed(first, .ended(ending), at: bench.now), after: 1)
        #expect(directives.closings.map(\.outcome) == [.abandoned])
        #expect(directives.missedBy == [Bench.agent(0)])
        #expect(bench.engine.agents.census.setAside == 1)
    }

    @Test func anAgentWhoTookTheCallAfterAllTakesItFromTheNext() {
        var bench = bench(idle: 2, calls: 1)
        bench.tell(answer(first, at: bench.now))
        bench.tell(.timerFired(.handOff(first)), after: 5)
        bench.tell(.callProgressed(first, .connected(Bench.agent(0)), at: bench.now), after: 1)
        #expect(bench.engine.agents.account(of: Bench.agent(0))?.reservedFor == first)
        #expect(bench.engine.agents.idle == [Bench.agent(1)])
    }

    @Test func anAgentWhoTurnsOutToTalkWithSomebodyElseIsTakenFromTheCallOfferedToThem() {
        var bench = bench(idle: 2, calls: 2)
        bench.tell(answer(first, at: bench.now))
        let directives = bench.tell(.callProgressed(second, .connected(Bench.agent(0)), at: bench.now))
        #expect(directives.offers == [Offer(attempt: first, agent: Bench.agent(1))])
        #expect(bench.engine.agents.account(of: Bench.agent(0))?.reservedFor == second)
    }

    @Test func onlyAgentsWithTheSkillCountAndAreOfferedCalls() {
        var bench = Bench(.customerFirst(.power(ratio: 1))) {
            $0.handOff = .byEngine
            $0.control.hangsUp = true
            $0.skill = AgentSkill("english", level: 2)
        }
        bench.tell(.started(leftOpen: []))
        bench.tell(.leadsClaimed(requested: 0, claims: [], nextDueAt: bench.now))
        let skills: [[AgentSkill]] = [
            [], [AgentSkill("english")], [AgentSkill("german", level: 9)], [AgentSkill("english", level: 3)],
        ]
        let agents = skills.enumerated().map {
            AgentObservation(
                id: Bench.agent($0.offset), name: "", activity: .idle, since: Bench.start, skills: $0.element)
        }
        #expect(bench.tell(.agentsObserved(agents, asOf: bench.now)).claims == [1])
        bench.claim(1)
        #expect(bench.tell(answer(first, at: bench.now)).offers == [Offer(attempt: first, agent: Bench.agent(3))])
    }

    @Test func aVendorThatQueuesIsLeftAlone() {
        var bench = Bench.withOneCall(.customerFirst(.power(ratio: 1)))
        let directives = bench.tell(answer(first, at: bench.now))
        #expect(directives.offers == [] && directives.due(.handOff(first)) == nil)
        #expect(bench.engine.agents.idleCount == 1)
    }

    @Test(arguments: [
        (AnswerRoute.hangUp, CPAResult.machine), (.hangUp, .fax), (.message, .machine), (.agent, .machine),
        (.hangUp, .human), (.hangUp, .unknown),
    ])
    func machinesGoWhereTheCampaignWantsAndPeopleToAgents(machine: AnswerRoute, cpa: CPAResult) throws {
        var bench = bench(idle: 1, calls: 1, playsMessage: true) { $0.routes.machine = machine }
        let directives = bench.tell(answer(first, cpa, at: bench.now))
        let isForAgents = machine == .agent || cpa == .human || cpa == .unknown
        #expect(directives.offers.isEmpty != isForAgents)
        #expect(directives.hangUps == (machine == .hangUp && !isForAgents ? [first] : []))
        #expect(directives.messages == (machine == .message ? [first] : []))
        guard !isForAgents else { return }
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "")
        let closing = try #require(bench.tell(.callProgressed(first, .ended(ending), at: bench.now)).closings.first)
        #expect(closing.outcome == .machine)
    }

    @Test func aMachineOnAnAgentsLineIsEndedSoThatTheAgentIsFree() {
        var bench = Bench(.agentFirst) { $0.control.hangsUp = true }
        bench.begin(idle: 1)
        bench.claim(1)
        #expect(bench.tell(answer(first, .machine, at: bench.now)).hangUps == [first])
    }

    @Test func aCallThatIsEndedNeedsNoAgent() {
        var bench = Bench(.customerFirst(.power(ratio: 4))) { $0.control.hangsUp = true }
        bench.begin(idle: 1)
        bench.claim(4)
        let directives = bench.tell(answer(first, .machine, at: bench.now))
        #expect(directives.hangUps == [first])
        #expect(directives.claims == [1], "three calls are out that may need the agent")
    }

    @Test(arguments: [(30, 30), (15, 20), (20, 20)])
    func aPhoneRingsForTheCampaignsTimeAndNeverLessThanTheRulesWant(timeout: Int, rings: Int) throws {
        var bench = bench(idle: 1, calls: 1) {
            $0.ringTimeout = .seconds(timeout)
            $0.minimumRing = .seconds(20)
        }
        #expect(bench.log.due(.ringLimit(first)) == bench.now + .seconds(rings))
        #expect(bench.tell(.timerFired(.ringLimit(first)), after: rings - 1).hangUps == [])
        #expect(bench.tell(.timerFired(.ringLimit(first)), after: 1).hangUps == [first])
        let ending = CallEnding(outcome: .rejected, vendorReason: "487")
        let closing = try #require(bench.tell(.callProgressed(first, .ended(ending), at: bench.now)).closings.first)
        #expect(closing.outcome == .noAnswer, "we ended it, whatever the vendor calls that")
    }

    @Test func aCallThatHadEndedBeforeItWasGivenUpEndedAsTheVendorSays() throws {
        var bench = bench(idle: 1, calls: 1)
        let rang = bench.now
        bench.tell(.timerFired(.ringLimit(first)), after: 30)
        // The vendor's clock is slow, so its times tell only how long the phone rang.
        let ending = CallEnding(outcome: .busy, vendorReason: "486")
        let facts = [
            DatedProgress(.ringing, at: rang - .seconds(60)), DatedProgress(.ended(ending), at: rang - .seconds(57)),
        ]
        bench.tell(.timerFired(.attempt(first)), after: 180)
        let found = DialEvent.reconciled(first, .found(VendorCallID("c"), facts))
        let closing = try #require(bench.tell(found).closings.first)
        #expect(closing.outcome == .busy, "the news of it was lost, and nobody ended it")
    }

    @Test(
        "How long a phone rang is told by the vendor's own clock, wherever that stands", arguments: [-3_600, 0, 3_600])
    func vendorsClock(ahead: Int) throws {
        for (rang, outcome) in [(3, CallOutcome.busy), (30, .noAnswer)] {
            var bench = Bench(.customerFirst(.power(ratio: 1))) { $0.control.hangsUp = true }
            bench.begin(idle: 1)
            bench.claim(1)
            bench.tell(.callAccepted(first, VendorCallID("call-1")))
            let told = bench.now + .seconds(ahead)
            bench.tell(.callProgressed(first, .ringing, at: told))
            #expect(bench.tell(.timerFired(.ringLimit(first)), after: 30).hangUps == [first])
            let ended = CallProgress.ended(CallEnding(outcome: .busy, vendorReason: "486"))
            let news = DialEvent.callProgressed(first, ended, at: told + .seconds(rang))
            let closing = try #require(bench.tell(news, after: 60).closings.first)
            #expect(closing.outcome == outcome)
            #expect(closing.endedAt >= Bench.start && closing.endedAt <= bench.now, "what is recorded is by our clock")
        }
    }

    @Test func nothingElseEndsARingingCall() {
        var bench = bench(idle: 1, calls: 1)
        #expect(bench.tell(.stopRequested).hangUps == [])
        #expect(bench.tell(.timerFired(.deadline), after: 5).hangUps == [])
        #expect(bench.tell(observed([.offline], at: bench.now)).hangUps == [])
        #expect(bench.tell(.timerFired(.drainLimit), after: 5).hangUps == [])
    }

    @Test func noRingingCallIsEndedWhileNobodySeesWhetherItWasAnswered() {
        var bench = bench(idle: 1, calls: 1)
        bench.tell(.vendorTroubled)
        let blind = bench.tell(.timerFired(.ringLimit(first)), after: 30)
        #expect(blind.hangUps == [] && blind.due(.ringLimit(first)) != nil)
    }

    @Test func anAnswerThatCrossesTheEndOfTheRingingWasAbandoned() throws {
        var bench = bench(idle: 1, calls: 1)
        bench.tell(.timerFired(.ringLimit(first)), after: 30)
        #expect(bench.tell(answer(first, at: bench.now)).offers == [])
        let ending = CallEnding(outcome: .noAnswer, vendorReason: "")
        let closing = try #require(bench.tell(.callProgressed(first, .ended(ending), at: bench.now)).closings.first)
        #expect(closing.outcome == .abandoned)
    }

    @Test func aLostAnswerToTheRequestDoesNotLoseTheCalleeWhoIsThere() {
        var bench = bench(idle: 0, calls: 1)
        bench.tell(answer(first, at: bench.now))
        #expect(bench.tell(.callOutcomeUnknown(first, reason: "reset")).searches == [])
        #expect(bench.engine.waiting == [first])
    }

    @Test func thePoolTellsWhoTalksAndWrapsUpSinceWhenAndWhoIsLeaving() throws {
        var bench = bench(idle: 2, calls: 1)
        bench.tell(answer(first, at: bench.now))
        bench.tell(.callProgressed(first, .connected(Bench.agent(0)), at: bench.now), after: 1)
        let talkingSince = bench.now
        let seen = [
            AgentObservation(id: Bench.agent(0), name: "", activity: .busy, since: nil, isLeaving: true),
            AgentObservation(id: Bench.agent(1), name: "", activity: .wrapUp, since: bench.now + .seconds(1)),
        ]
        bench.tell(.agentsObserved(seen, asOf: bench.now + .seconds(2)), after: 2)
        let accounts = bench.engine.agents.accounts
        #expect(accounts.map(\.id) == [Bench.agent(0), Bench.agent(1)])
        #expect(accounts.map(\.since) == [talkingSince, talkingSince + .seconds(1)])
        #expect(accounts.map(\.isLeaving) == [true, false])
        #expect(accounts.map(\.isTalking) == [true, false])
    }
}
