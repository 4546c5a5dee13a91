import CallModel
import DialModel
import Testing

@testable import VendorSimulator

/// What agents and supervisors do with live calls, and what is told of it.
@Suite struct CallControlTests {
    /// A call centre in which a callee is joined to an agent, or to the dialler after the agents, from 2 s on.
    private func joined(
        agents: Int = 3, diallers: Int = 0, first: Int = 0, callee: String = Centre.talks, pickUp: Int = 1
    ) -> SimulatedCallCentre {
        var centre = Centre.make(agents: agents, diallers: diallers, pickUp: .seconds(pickUp))
        _ = centre.placeAgentFirst(callee, for: first)
        centre.advance(to: Centre.at(first < agents ? 1 + pickUp : 2))
        return centre
    }

    @Test(arguments: [
        (0, []), (1, [SimulatedCall.Happening.firstPickUp]), (5, [.firstPickUp, .dial, .calleeRing]),
    ])
    func `Our side can hang up before the callee answers, and the callee cannot`(
        second: Int, happenings: [SimulatedCall.Happening]
    ) {
        var centre = Centre.make(agents: 1)
        let call = centre.placeAgentFirst(Centre.answersLater, for: 0)
        let theirs = centre.hangUp(call, by: .callee, at: Centre.at(second))
        let ours = centre.hangUp(call, by: .agent, at: Centre.at(second))
        #expect(!theirs && ours)
        #expect(centre.calls[call].ending == .cancelled && centre.calls[call].releasedByAgent)
        #expect(centre.agents[0].state == .ready)
        centre.advance(to: Centre.at(100))
        #expect(centre.calls[call].entries.dropFirst().map(\.happening) == happenings)
        let again = centre.hangUp(call, by: .agent, at: Centre.at(100))
        #expect(!again && centre.ended == [call])
    }

    @Test(arguments: [(SimulatedCall.Side.agent, true), (.callee, false)])
    func `Either side can hang up during the talk`(side: SimulatedCall.Side, isOurs: Bool) {
        var centre = joined()
        let ended = centre.hangUp(0, by: side, at: Centre.at(5))
        #expect(ended)
        #expect(centre.calls[0].ending == .served && centre.calls[0].releasedByAgent == isOurs)
        #expect(centre.agents[0].state == .wrapUp)
        #expect(centre.calls[0].entries.suffix(2).map(\.happening) == [.end, .handle])
    }

    @Test func `A dialler that hangs up on a callee who talked to nobody dismisses them`() {
        var centre = joined(diallers: 1, first: 3)
        centre.hangUp(0, by: .agent, at: Centre.at(3))
        #expect(centre.calls[0].ending == .dismissed)
        #expect(centre.agents[3].state == .ready)
    }

    @Test func `Waiting callees and callees who are offered can be hung up on and hang up`() {
        for (side, ending) in [
            (SimulatedCall.Side.agent, SimulatedCall.Ending.dismissed), (.callee, .abandonedInQueue),
        ] {
            var centre = Centre.make(agents: 0)
            let call = centre.place(caller: "010", callee: Centre.patient, destination: .queue, at: Centre.at(0))
            centre.advance(to: Centre.at(2))
            centre.hangUp(call, by: side, at: Centre.at(2))
            #expect(centre.calls[call].ending == ending && centre.waiting.isEmpty)
        }
        var centre = Centre.make(agents: 2, pickUp: .seconds(9))
        let call = centre.place(caller: "010", callee: Centre.patient, destination: .queue, at: Centre.at(0))
        centre.advance(to: Centre.at(2))
        centre.hangUp(call, by: .agent, at: Centre.at(2))
        #expect(centre.calls[call].stage == .offered(agent: 1) && centre.agents[0].state == .onBreak)
        centre.hangUp(call, by: .callee, at: Centre.at(3))
        #expect(centre.calls[call].ending == .abandonedInRing && centre.agents[1].state == .ready)
    }

    @Test func `On hold the talk stands still`() {
        var centre = joined()
        let held = centre.hold(0, at: Centre.at(12))
        let twice = centre.hold(0, at: Centre.at(12))
        #expect(held && !twice && centre.calls[0].isHeld)
        centre.advance(to: Centre.at(40))
        #expect(centre.calls[0].stage == .talking(agent: 0))
        let retrieved = centre.retrieve(0, at: Centre.at(40))
        let again = centre.retrieve(0, at: Centre.at(40))
        #expect(retrieved && !again)
        centre.advance(to: Centre.at(59))
        #expect(centre.calls[0].ending == nil)
        centre.advance(to: Centre.at(60))
        #expect(centre.calls[0].ending == .served)
    }

    @Test func `On hold a callee loses patience, counted from the hold, and no earlier hold's patience counts`() {
        var centre = joined(callee: Centre.impatient)
        for second in [3, 4] {
            centre.hold(0, at: Centre.at(second))
            centre.retrieve(0, at: Centre.at(second + 1))
        }
        centre.advance(to: Centre.at(10))
        #expect(centre.calls[0].ending == nil)
        centre.hold(0, at: Centre.at(10))
        centre.advance(to: Centre.at(11))
        #expect(centre.calls[0].ending == nil)
        centre.advance(to: Centre.at(12))
        #expect(centre.calls[0].ending == .served && !centre.calls[0].releasedByAgent)
        #expect(centre.agents[0].state == .wrapUp)
    }

    @Test func `Supervisors hear a call, talk in it, leave it, and are idle after it`() {
        var centre = joined()
        let listens = centre.join(0, supervisor: 1, talks: false, at: Centre.at(3))
        let talks = centre.join(0, supervisor: 1, talks: true, at: Centre.at(4))
        let selfJoins = centre.join(0, supervisor: 0, talks: true, at: Centre.at(4))
        #expect(listens && talks && !selfJoins)
        #expect(centre.calls[0].supervisors == [1] && centre.agents[1].state == .talking)
        let leaves = centre.leave(0, supervisor: 1, at: Centre.at(5))
        let absent = centre.leave(0, supervisor: 1, at: Centre.at(5))
        #expect(leaves && !absent && centre.agents[1].state == .ready)
        centre.join(0, supervisor: 2, talks: false, at: Centre.at(6))
        centre.advance(to: Centre.at(32))
        #expect(centre.calls[0].ending == .served && centre.agents[2].state == .ready)
        let entries = centre.calls[0].entries.filter { [.listen, .barge, .leave].contains($0.happening) }
        #expect(entries.map(\.happening) == [.listen, .barge, .leave, .listen])
        #expect(entries.map(\.agent) == [1, 1, 1, 2])
    }

    @Test func `What a call is in no state for changes nothing`() {
        var centre = Centre.make(agents: 2)
        let call = centre.placeAgentFirst(Centre.answersLater, for: 0)
        centre.recordsChanges = true
        let done = [
            centre.hold(call, at: Centre.at(0)), centre.retrieve(call, at: Centre.at(0)),
            centre.transfer(call, toAgent: 1, at: Centre.at(0)), centre.transferToQueue(call, at: Centre.at(0)),
            centre.join(call, supervisor: 1, talks: true, at: Centre.at(0)),
        ]
        #expect(!done.contains(true))
        #expect(centre.takeChanges().isEmpty)
    }
}

@Suite struct TransferTests {
    private func joined(agents: Int, callee: String = Centre.talks, pickUp: Int = 1) -> SimulatedCallCentre {
        var centre = Centre.make(agents: agents, diallers: 1, pickUp: .seconds(pickUp))
        _ = centre.placeAgentFirst(callee, for: agents)
        centre.advance(to: Centre.at(2))
        return centre
    }

    @Test func `The first party leaves at once, the other's phone rings, and the talk begins anew`() {
        var centre = joined(agents: 2)
        let done = centre.transfer(0, toAgent: 1, at: Centre.at(3))
        #expect(done && centre.calls[0].stage == .offered(agent: 1))
        #expect(centre.agents.map(\.state) == [.ready, .ringing, .ready])
        centre.advance(to: Centre.at(4))
        #expect(centre.calls[0].stage == .talking(agent: 1) && centre.calls[0].agent == 1)
        #expect(Centre.seconds(centre.calls[0].connectedAt) == 4)
        centre.advance(to: Centre.at(34))
        #expect(centre.calls[0].ending == .served && centre.agents[1].state == .wrapUp)
        #expect(
            centre.calls[0].entries.map(\.happening) == [
                .firstRing, .firstPickUp, .dial, .calleeRing, .answer, .transfer, .ring, .talk, .end, .handle,
            ])
    }

    @Test func `An agent who hands a call on wraps up, and the talk with them ends nothing later`() {
        var centre = Centre.make(agents: 2)
        _ = centre.placeAgentFirst(Centre.talks, for: 0)
        centre.transfer(0, toAgent: 1, at: Centre.at(20))
        #expect(centre.agents.map(\.state) == [.wrapUp, .ringing])
        centre.advance(to: Centre.at(50))
        #expect(centre.calls[0].ending == nil)
        centre.advance(to: Centre.at(51))
        #expect(centre.calls[0].ending == .served)
        #expect(Centre.seconds(centre.calls[0].connectedAt) == 2)
    }

    @Test func `Whoever does not pick up, or cannot, has missed the call, and the callee is dropped`() {
        var missed = joined(agents: 1, callee: Centre.patient, pickUp: 45)
        missed.transfer(0, toAgent: 0, at: Centre.at(3))
        missed.advance(to: Centre.at(33))
        #expect(missed.calls[0].ending == .transferMissed && missed.agents[0].state == .ready)
        #expect(missed.calls[0].entries.last?.happening == .giveUp)
        var away = joined(agents: 1)
        away.signOut(agent: 0, at: Centre.at(3))
        away.transfer(0, toAgent: 0, at: Centre.at(3))
        #expect(away.calls[0].ending == .transferMissed && away.agents[1].state == .ready)
    }

    @Test func `The patience that began with a dialler goes on in the transfer`() {
        var centre = joined(agents: 1, callee: Centre.impatient, pickUp: 3)
        centre.transfer(0, toAgent: 0, at: Centre.at(3))
        centre.advance(to: Centre.at(4))
        #expect(centre.calls[0].ending == .abandonedInRing && centre.agents[0].state == .ready)
    }

    @Test func `The queue gives the call to whoever has been idle longest, and to the next after a miss`() {
        var centre = joined(agents: 3, callee: Centre.patient, pickUp: 45)
        centre.setNotReady(agent: 0, reason: "", at: Centre.at(2))
        centre.setReady(agent: 0, at: Centre.at(2))
        centre.transferToQueue(0, at: Centre.at(3))
        #expect(centre.calls[0].stage == .offered(agent: 1))
        #expect(centre.agents[3].state == .ready)
        centre.advance(to: Centre.at(33))
        #expect(centre.calls[0].stage == .offered(agent: 2))
        centre.advance(to: Centre.at(63))
        #expect(centre.calls[0].ending == .queueOverflow)
    }

    @Test func `A call that comes into the queue again has its whole time there`() {
        var centre = joined(agents: 1, callee: Centre.patient)
        centre.transferToQueue(0, at: Centre.at(3))
        centre.advance(to: Centre.at(5))
        centre.setNotReady(agent: 0, reason: "", at: Centre.at(5))
        centre.transferToQueue(0, at: Centre.at(30))
        centre.advance(to: Centre.at(89))
        #expect(centre.calls[0].stage == .waiting)
        centre.advance(to: Centre.at(90))
        #expect(centre.calls[0].ending == .queueOverflow)
    }

    @Test func `A supervisor in the call takes it over at once`() {
        var centre = Centre.make(agents: 2)
        _ = centre.placeAgentFirst(Centre.talks, for: 0)
        centre.join(0, supervisor: 1, talks: false, at: Centre.at(5))
        centre.transfer(0, toAgent: 1, at: Centre.at(6))
        #expect(centre.calls[0].stage == .talking(agent: 1) && centre.calls[0].supervisors.isEmpty)
        #expect(centre.agents.map(\.state) == [.wrapUp, .talking])
    }
}

@Suite struct WorldChangeTests {
    @Test func `Everything that changes is told once, in order, and only when somebody wants it`() {
        var centre = Centre.make(agents: 1)
        _ = centre.placeAgentFirst("13800990003", for: 0)
        centre.advance(to: Centre.at(60))
        #expect(centre.takeChanges().isEmpty)
        centre.recordsChanges = true
        let call = centre.placeAgentFirst("13800990003", for: 0, after: 60)
        centre.advance(to: Centre.at(70))
        func happened(_ happening: SimulatedCall.Happening, _ second: Int, _ agent: Int?) -> WorldChange {
            .happened(call: call, SimulatedCall.Entry(happening: happening, at: Centre.at(second), agent: agent))
        }
        func changed(_ state: SimulatedAgent.State, _ second: Int, _ call: Int?) -> WorldChange {
            .agentChanged(agent: 0, SimulatedAgent.Change(state: state, at: Centre.at(second), call: call))
        }
        #expect(
            centre.takeChanges() == [
                changed(.dialing, 60, call), happened(.firstRing, 60, 0), happened(.firstPickUp, 61, 0),
                happened(.dial, 62, nil), .ended(call: call, at: Centre.at(64)), changed(.ready, 64, nil),
            ])
        #expect(centre.takeChanges().isEmpty)
    }

    @Test func `Agents who sign in and out are told of`() {
        var centre = Centre.make(agents: 1, startsSignedIn: false)
        centre.recordsChanges = true
        centre.signIn(agent: 0, isReady: false, at: Centre.at(1))
        centre.setReady(agent: 0, at: Centre.at(2))
        centre.signOut(agent: 0, at: Centre.at(3))
        let states = centre.takeChanges().map { change -> SimulatedAgent.State? in
            if case .agentChanged(0, let entered) = change { return entered.state }
            return nil
        }
        #expect(states == [.onBreak, .ready, .signedOut])
    }
}
