import CallModel
import DialModel
import Testing

@testable import VendorSimulator

/// Agents who consult a colleague while the callee waits.
@Suite struct ConsultingTests {
    /// A callee who talks with agent 0 from 2 s on, and agent 1 whom agent 0 consults from 3 s on.
    private func consulting() -> SimulatedCallCentre {
        var centre = Centre.make(agents: 3)
        _ = centre.placeAgentFirst(Centre.talks, for: 0)
        centre.advance(to: Centre.at(2))
        let began = centre.consult(0, agent: 1, at: Centre.at(3))
        #expect(began)
        return centre
    }

    @Test func `The callee waits, the colleague's phone rings, and both talk once it is picked up`() {
        var centre = consulting()
        #expect(centre.calls[0].isHeld)
        #expect(centre.agents[1].state == .ringing)
        let twice = centre.consult(0, agent: 2, at: Centre.at(3))
        let tooEarly = centre.confer(0, at: Centre.at(3))
        #expect(!twice && !tooEarly)
        centre.advance(to: Centre.at(4))
        #expect(centre.agents[1].state == .talking)
        let happenings = centre.calls[0].entries.suffix(3).map(\.happening)
        #expect(happenings == [.hold, .consultRing, .consultTalk])
    }

    @Test func `A consultation that is ended gives the callee back, and lets the colleague go`() {
        var centre = consulting()
        let ended = centre.cancelConsultation(0, at: Centre.at(5))
        #expect(ended && !centre.calls[0].isHeld)
        #expect(centre.agents[1].state == .ready)
        #expect(centre.calls[0].stage == .talking(agent: 0))
        let again = centre.cancelConsultation(0, at: Centre.at(6))
        #expect(!again)
    }

    @Test func `Three talk with each other until the call is over or the colleague leaves`() {
        var centre = consulting()
        let confers = centre.confer(0, at: Centre.at(5))
        #expect(confers && !centre.calls[0].isHeld)
        #expect(centre.calls[0].supervisors == [1])
        let left = centre.leave(0, supervisor: 1, at: Centre.at(6))
        #expect(left && centre.agents[1].state == .ready)
        #expect(centre.calls[0].stage == .talking(agent: 0))
    }

    @Test func `The callee is left to the colleague, and the agent works after the call`() {
        var centre = consulting()
        let left = centre.handOver(0, at: Centre.at(5))
        #expect(left && !centre.calls[0].isHeld)
        #expect(centre.calls[0].stage == .talking(agent: 1))
        #expect(centre.agents[0].state == .wrapUp)
        centre.hangUp(0, by: .callee, at: Centre.at(9))
        #expect(centre.calls[0].ending == .served && centre.calls[0].agent == 1)
        #expect(centre.agents[1].state == .wrapUp)
    }

    @Test func `Only an agent who is free can be consulted`() {
        var centre = Centre.make(agents: 2)
        _ = centre.placeAgentFirst(Centre.talks, for: 0)
        centre.advance(to: Centre.at(2))
        centre.signOut(agent: 1, at: Centre.at(2))
        let withNobody = centre.consult(0, agent: 1, at: Centre.at(3))
        let withThemselves = centre.consult(0, agent: 0, at: Centre.at(3))
        #expect(!withNobody && !withThemselves && !centre.calls[0].isHeld)
    }

    @Test func `A callee who hangs up meanwhile ends it for everybody`() {
        var centre = consulting()
        centre.advance(to: Centre.at(4))
        centre.hangUp(0, by: .callee, at: Centre.at(5))
        #expect(centre.calls[0].stage == .ended)
        #expect(centre.agents[1].state == .ready)
        #expect(centre.agents[0].state == .wrapUp)
        #expect(centre.calls[0].entries.contains { $0.happening == .consultEnd })
    }
}
