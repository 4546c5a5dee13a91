import CallModel
import DialModel
import Testing

@testable import VendorSimulator

@Suite struct CallCentreTests {
    private func at(_ seconds: Int) -> Timestamp { Centre.start + .seconds(seconds) }

    private func seconds(_ time: Timestamp?) -> Int? { time.map { Int(($0 - Centre.start).components.seconds) } }

    @Test func `A call is set up, answered, queued, offered, talked and wrapped up`() {
        var centre = Centre.make(agents: 1)
        let call = centre.place(caller: "010", callee: Centre.answersLater, destination: .queue, at: at(0))
        centre.advance(to: at(1))
        #expect(centre.calls[call].stage == .dialing)
        centre.advance(to: at(9))
        #expect(centre.agents[0].state == .ringing)
        centre.advance(to: at(10))
        #expect(centre.calls[call].stage == .talking(agent: 0))
        #expect(centre.agents[0].state == .talking)
        centre.advance(to: at(40))
        #expect(centre.calls[call].ending == .served)
        #expect(centre.agents[0].state == .wrapUp)
        centre.advance(to: at(54))
        #expect(centre.agents[0].state == .wrapUp)
        centre.advance(to: at(55))
        #expect(centre.agents[0].state == .ready)
        let entries = centre.calls[call].entries
        #expect(entries.map(\.happening) == [.dial, .enterQueue, .ring, .normalEnd, .talk, .end, .handle])
        #expect(entries.map { seconds($0.at) } == [1, 9, 9, 10, 10, 40, 40])
        #expect(centre.calls[call].talkTime == .seconds(30))
        #expect(centre.nextEventAt != nil)
    }

    @Test func `The agent who has been ready longest gets the call`() {
        var centre = Centre.make(agents: 3)
        for second in [0, 10] {
            _ = centre.place(caller: "010", callee: Centre.talks, destination: .queue, at: at(second))
        }
        centre.advance(to: at(20))
        #expect(centre.calls.map(\.agent) == [0, 1])
        // Agent 3 has been ready from the start; agents 1 and 2 become ready at 47 and 57.
        for second in [60, 61, 62] {
            _ = centre.place(caller: "010", callee: Centre.talks, destination: .queue, at: at(second))
        }
        centre.advance(to: at(70))
        #expect(centre.calls.dropFirst(2).map(\.agent) == [2, 0, 1])
    }

    @Test func `Whoever waits longest is served first`() {
        var centre = Centre.make(agents: 1)
        for second in 0..<3 {
            _ = centre.place(caller: "010", callee: Centre.patient, destination: .queue, at: at(second))
        }
        centre.advance(to: at(10))
        #expect(centre.waiting == [1, 2])
        centre.advance(to: at(50))
        #expect(centre.calls.map(\.agent) == [0, 0, nil])
    }

    @Test func `A callee who loses patience in the queue hangs up`() {
        var centre = Centre.make(agents: 0)
        let call = centre.place(caller: "010", callee: Centre.impatient, destination: .queue, at: at(0))
        centre.advance(to: at(3))
        #expect(centre.calls[call].stage == .waiting)
        centre.advance(to: at(4))
        #expect(centre.calls[call].ending == .abandonedInQueue)
        #expect(centre.calls[call].entries.map(\.happening) == [.dial, .enterQueue, .abandonedInQueue])
        #expect(centre.waiting.isEmpty)
    }

    @Test func `A callee who loses patience while an agent's phone rings frees the agent`() {
        var centre = Centre.make(agents: 1, pickUp: .seconds(5))
        let call = centre.place(caller: "010", callee: Centre.impatient, destination: .queue, at: at(0))
        centre.advance(to: at(4))
        #expect(centre.calls[call].ending == .abandonedInRing)
        #expect(centre.agents[0].state == .ready)
        centre.advance(to: at(60))
        #expect(centre.agents[0].state == .ready)
        #expect(centre.calls[call].connectedAt == nil)
    }

    @Test func `The queue turns away whoever has waited too long`() {
        var centre = Centre.make(agents: 0, queueTimeout: .seconds(20))
        let call = centre.place(caller: "010", callee: Centre.patient, destination: .queue, at: at(0))
        centre.advance(to: at(20))
        #expect(centre.calls[call].stage == .waiting)
        centre.advance(to: at(21))
        #expect(centre.calls[call].ending == .queueOverflow)
    }

    @Test func `An agent who does not pick up within 30 s goes on a break and the call to the next`() {
        var centre = Centre.make(agents: 2, pickUp: .seconds(45))
        let call = centre.place(caller: "010", callee: Centre.patient, destination: .queue, at: at(0))
        centre.advance(to: at(30))
        #expect(centre.calls[call].stage == .offered(agent: 0))
        centre.advance(to: at(31))
        #expect(centre.agents[0].state == .onBreak)
        #expect(centre.calls[call].stage == .offered(agent: 1))
        #expect(centre.calls[call].entries.map(\.happening) == [.dial, .enterQueue, .ring, .giveUp, .ring])
        centre.advance(to: at(61))
        #expect(centre.calls[call].ending == .queueOverflow)
        #expect(centre.agents.map(\.state) == [.onBreak, .onBreak])
        centre.advance(to: at(331))
        #expect(centre.agents.map(\.state) == [.ready, .onBreak])
    }

    @Test func `A call bound to an agent waits for that agent alone`() {
        var centre = Centre.make(agents: 2)
        let first = centre.place(caller: "010", callee: Centre.patient, destination: .agent(1), at: at(0))
        let second = centre.place(caller: "010", callee: Centre.patient, destination: .agent(1), at: at(1))
        centre.advance(to: at(30))
        #expect(centre.calls[first].agent == 1)
        #expect(centre.calls[second].stage == .waiting)
        #expect(centre.agents[0].state == .ready)
        centre.advance(to: at(48))
        #expect(centre.calls[second].agent == 1)
    }

    @Test func `A call bound to an agent who never comes free is given up`() {
        var centre = Centre.make(agents: 1)
        centre.startBreak(agent: 0, at: at(0))
        let call = centre.place(caller: "010", callee: Centre.patient, destination: .agent(0), at: at(0))
        centre.advance(to: at(61))
        #expect(centre.calls[call].ending == .queueOverflow)
        #expect(centre.calls[call].agent == nil)
    }

    @Test func `A call behind one that is bound to a busy agent is not held up by it`() {
        var centre = Centre.make(agents: 2)
        centre.startBreak(agent: 0, at: at(0))
        _ = centre.place(caller: "010", callee: Centre.patient, destination: .agent(0), at: at(0))
        let queued = centre.place(caller: "010", callee: Centre.patient, destination: .queue, at: at(1))
        centre.advance(to: at(5))
        #expect(centre.calls[queued].agent == 1)
    }

    @Test func `Resetting an agent ends the rest at once, and its timer ends no later rest`() {
        var centre = Centre.make(agents: 1)
        _ = centre.place(caller: "010", callee: Centre.talks, destination: .queue, at: at(0))
        centre.advance(to: at(33))
        #expect(centre.agents[0].state == .wrapUp)
        centre.reset(agent: 0, at: at(33))
        #expect(centre.agents[0].state == .ready)
        centre.startBreak(agent: 0, at: at(34))
        centre.advance(to: at(200))
        #expect(centre.agents[0].state == .onBreak)
    }

    @Test(arguments: [
        ("990003", CalleeBehaviour.Kind.busy), ("990004", .invalid), ("990005", .noAnswer), ("990006", .rejected),
        ("990009", .congestion), ("990010", .unreachable),
    ])
    func `A call that nobody answers ends where it is`(suffix: String, kind: CalleeBehaviour.Kind) {
        var centre = Centre.make(agents: 1)
        let call = centre.place(caller: "010", callee: "13800" + suffix, destination: .queue, at: at(0))
        centre.advance(to: at(26))
        #expect(centre.calls[call].ending == .unanswered)
        #expect(centre.calls[call].behaviour.kind == kind)
        #expect(centre.calls[call].answeredAt == nil)
        #expect(centre.agents[0].offers == 0)
    }

    @Test func `In how many steps time comes makes no difference`() {
        for seed in 1...20 as ClosedRange<UInt64> {
            var coarse = SimulatedCallCentre(
                settings: CallCentreSettings(agents: 4),
                model: CallModel(settings: CallModelSettings(noShow: 0.1), seed: seed),
                start: Centre.start)
            var fine = coarse
            for number in 0..<100 {
                let time = at(number * 7)
                for tick in 0..<7 { fine.advance(to: time - .seconds(7 - tick)) }
                let callee = "138\(10_000_000 + number)"
                _ = coarse.place(caller: "010", callee: callee, destination: .queue, at: time)
                _ = fine.place(caller: "010", callee: callee, destination: .queue, at: time)
            }
            for tick in 0..<4000 { fine.advance(to: at(700 + tick)) }
            coarse.advance(to: at(4699))
            #expect(coarse.calls == fine.calls, "seed \(seed)")
            #expect(coarse.agents == fine.agents, "seed \(seed)")
            #expect(coarse.ended.count == 100, "seed \(seed)")
            #expect(Set(coarse.calls.compactMap(\.ending)).count >= 3, "seed \(seed)")
        }
    }
}
