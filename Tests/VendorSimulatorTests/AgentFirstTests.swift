import CallModel
import DialModel
import Testing

@testable import VendorSimulator

/// Calls that begin at the agent's own phone.
@Suite struct AgentFirstTests {
    @Test func `The agent's phone rings, then the callee's, and they talk at once`() {
        var centre = Centre.make(agents: 2)
        let call = centre.placeAgentFirst(Centre.answersLater, for: 1)
        #expect(centre.calls[call].stage == .ringingFirst(agent: 1))
        #expect(centre.agents[1].state == .dialing)
        centre.advance(to: Centre.at(2))
        #expect(centre.calls[call].stage == .dialing)
        centre.advance(to: Centre.at(10))
        #expect(centre.calls[call].stage == .talking(agent: 1))
        #expect(centre.agents.map(\.state) == [.ready, .talking])
        centre.advance(to: Centre.at(40))
        #expect(centre.calls[call].ending == .served)
        #expect(centre.agents[1].state == .wrapUp)
        #expect(centre.wrapUpLength(agent: 1) == .seconds(15))
        centre.advance(to: Centre.at(55))
        #expect(centre.agents[1].state == .ready)
        let entries = centre.calls[call].entries
        #expect(
            entries.map(\.happening) == [
                .firstRing, .firstPickUp, .dial, .calleeRing, .answer, .talk, .end, .handle,
            ])
        #expect(entries.map { Centre.seconds($0.at) } == [0, 1, 2, 2, 10, 10, 40, 40])
        #expect(entries.map(\.agent) == [1, 1, nil, nil, 1, 1, 1, 1])
        #expect(centre.calls[call].talkTime == .seconds(30))
    }

    @Test func `A callee is not dialled for an agent who does not pick up`() {
        var centre = Centre.make(agents: 1, pickUp: .seconds(45))
        let call = centre.placeAgentFirst(Centre.talks, for: 0)
        centre.advance(to: Centre.at(29))
        #expect(centre.calls[call].ending == nil)
        centre.advance(to: Centre.at(60))
        #expect(centre.calls[call].ending == .agentMissed)
        #expect(Centre.seconds(centre.calls[call].endedAt) == 30)
        #expect(centre.calls[call].entries.map(\.happening) == [.firstRing, .firstMissed])
        #expect(centre.agents[0].state == .ready)
    }

    @Test(arguments: [
        ("990003", CalleeBehaviour.Kind.busy, false, 4), ("990004", .invalid, false, 3),
        ("990005", .noAnswer, true, 27), ("990006", .rejected, true, 7), ("990009", .congestion, false, 3),
        ("990010", .unreachable, false, 4),
    ])
    func `A call that nobody answers rings where it can, and leaves the agent idle without a wrap-up`(
        suffix: String, kind: CalleeBehaviour.Kind, rings: Bool, end: Int
    ) {
        var centre = Centre.make(agents: 1)
        let call = centre.placeAgentFirst("13800" + suffix, for: 0)
        centre.advance(to: Centre.at(end))
        #expect(centre.calls[call].ending == .unanswered)
        #expect(centre.calls[call].behaviour.kind == kind)
        #expect(centre.calls[call].entries.contains { $0.happening == .calleeRing } == rings)
        #expect(centre.agents[0].state == .ready && centre.agents[0].since == Centre.at(end))
    }

    @Test func `A machine that answers counts as answered`() {
        var centre = Centre.make(agents: 1)
        let call = centre.placeAgentFirst("13800990007", for: 0)
        centre.advance(to: Centre.at(14))
        #expect(centre.calls[call].ending == .served && centre.calls[call].releasedByAgent)
        #expect(Centre.seconds(centre.calls[call].answeredAt) == 6)
    }

    @Test func `An agent who calls out from a break goes back to it after the wrap-up`() {
        var centre = Centre.make(agents: 1)
        centre.setNotReady(agent: 0, reason: "lunch", at: Centre.at(0))
        _ = centre.placeAgentFirst(Centre.talks, for: 0)
        centre.advance(to: Centre.at(46))
        #expect(centre.agents[0].state == .wrapUp)
        centre.advance(to: Centre.at(47))
        #expect(centre.agents[0].state == .onBreak)
        #expect(centre.agents[0].readiness == .notReady(reason: "lunch"))
    }

    @Test func `A dialler picks up at once and talks to nobody, so that the callee loses patience`() {
        var centre = Centre.make(agents: 1, diallers: 1, pickUp: .seconds(45))
        let call = centre.placeAgentFirst(Centre.impatient, for: 1)
        centre.advance(to: Centre.at(3))
        #expect(centre.calls[call].stage == .talking(agent: 1))
        #expect(Centre.seconds(centre.calls[call].answeredAt) == 2)
        centre.advance(to: Centre.at(4))
        #expect(centre.calls[call].ending == .abandonedInQueue)
        #expect(centre.calls[call].connectedAt == nil && centre.calls[call].agent == nil)
        #expect(centre.agents.map(\.state) == [.ready, .ready])
    }
}

/// Agents who come and go.
@Suite struct AgentPresenceTests {
    @Test func `Nobody is signed in at the start when agents sign in by themselves`() {
        var centre = Centre.make(agents: 2, diallers: 1, startsSignedIn: false)
        #expect(centre.agents.map(\.state) == [.signedOut, .signedOut, .signedOut])
        _ = centre.place(caller: "010", callee: Centre.patient, destination: .queue, at: Centre.at(0))
        centre.signIn(agent: 0, isReady: false, at: Centre.at(2))
        #expect(centre.agents[0].state == .onBreak && centre.waiting == [0])
        centre.signIn(agent: 1, isReady: true, at: Centre.at(3))
        #expect(centre.agents[1].state == .ringing && centre.waiting.isEmpty)
        centre.signIn(agent: 1, isReady: false, at: Centre.at(3))
        #expect(centre.agents[1].state == .ringing)
    }

    @Test func `Ready and not ready take effect at once, or after the call`() {
        var centre = Centre.make(agents: 1)
        _ = centre.placeAgentFirst(Centre.talks, for: 0)
        centre.advance(to: Centre.at(10))
        centre.setNotReady(agent: 0, reason: "1", at: Centre.at(10))
        #expect(centre.agents[0].state == .talking)
        centre.advance(to: Centre.at(47))
        #expect(centre.agents[0].state == .onBreak)
        centre.setReady(agent: 0, at: Centre.at(50))
        #expect(centre.agents[0].state == .ready)
        centre.setNotReady(agent: 0, reason: "1", at: Centre.at(51))
        #expect(centre.agents[0].state == .onBreak)
    }

    @Test func `Readiness ends a wrap-up`() {
        for isReady in [true, false] {
            var centre = Centre.make(agents: 1)
            _ = centre.placeAgentFirst(Centre.talks, for: 0)
            centre.advance(to: Centre.at(33))
            #expect(centre.agents[0].state == .wrapUp)
            if isReady {
                centre.setReady(agent: 0, at: Centre.at(33))
            } else {
                centre.setNotReady(agent: 0, reason: "1", at: Centre.at(33))
            }
            centre.advance(to: Centre.at(100))
            #expect(centre.agents[0].state == (isReady ? .ready : .onBreak))
            #expect(centre.agents[0].since == Centre.at(33))
        }
    }

    @Test func `Signing out waits for the call, and coming back meanwhile takes it back`() {
        for comesBack in [true, false] {
            var centre = Centre.make(agents: 2)
            let call = centre.placeAgentFirst(Centre.talks, for: 0)
            centre.signOut(agent: 1, at: Centre.at(5))
            #expect(centre.agents[1].state == .signedOut)
            centre.signOut(agent: 0, at: Centre.at(5))
            #expect(centre.agents[0].state == .talking)
            if comesBack { centre.signIn(agent: 0, isReady: true, at: Centre.at(6)) }
            centre.advance(to: Centre.at(32))
            #expect(centre.calls[call].ending == .served)
            #expect(centre.agents[0].state == (comesBack ? .wrapUp : .signedOut))
        }
    }

    @Test func `Diallers have numbers of their own and are offered no call of the queue`() {
        var centre = Centre.make(agents: 1, diallers: 2)
        #expect(centre.agents.map(\.jobNumber) == ["5001", "5901", "5902"])
        #expect(centre.agents.map(\.extensionNumber) == ["8001", "8901", "8902"])
        #expect(centre.agents.map(\.isDialler) == [false, true, true])
        centre.startBreak(agent: 0, at: Centre.at(0))
        _ = centre.place(caller: "010", callee: Centre.patient, destination: .queue, at: Centre.at(0))
        centre.advance(to: Centre.at(30))
        #expect(centre.waiting == [0])
        let large = Centre.make(agents: 950, diallers: 1)
        #expect(Set(large.agents.map(\.jobNumber)).count == 951)
    }

    @Test func `The vendor that pushes nothing lists people who are signed in, and its own calls`() {
        var dialect = Centre.dialect { $0.centre.diallers = 1 }
        dialect.centre.signOut(agent: 1, at: Centre.start)
        _ = dialect.centre.placeAgentFirst(Centre.talks, for: 2)
        let states = dialect.call("ListAgentStates", after: 60)
        #expect(states["Data.TotalCount"] == "1")
        #expect(dialect.call("ListAgentStates", ["State": "SignedOut"])["Code"] == "Parameter.Enumeration")
        _ = dialect.dial("13800990003", after: 60)
        let page = ["PageNumber": "1", "PageSize": "10"]
        let records = dialect.call("ListCallDetailRecords", page, after: 120)
        #expect(records["CallDetailRecords.TotalCount"] == "1")
        #expect(records["CallDetailRecords.List.CallDetailRecord.0.CalledNumber"] == "13800990003")
    }
}
