import DialModel
import Telephony
import Testing

@testable import WinCallVendor

@Suite("What a supervisor may do")
struct SupervisingTests {
    /// Two agents, the first of whom talks.
    private func talking() -> FloorBench {
        var bench = FloorBench(agents: 2)
        bench.signInAll()
        _ = bench.dial()
        bench.answer(22, 0)
        bench.phone("0502 0600")
        return bench
    }

    @Test("Agents are sent on a break, made ready again and signed out")
    func orders() {
        var bench = FloorBench()
        bench.signInAll()
        let agent = AgentID("5001")
        let pause = bench.ask(.order(.sendOnBreak, agent))
        #expect(bench.commands().last == .goBusy(reason: 1))
        bench.answer(4, 0)
        #expect(bench.reply(to: pause) == .success(.done))
        #expect(bench.activities == [.onBreak])
        let ready = bench.ask(.order(.makeReady, agent))
        bench.answer(5, 3)
        #expect(bench.reply(to: ready) == .success(.done))
        #expect(bench.activities == [.idle])
        _ = bench.ask(.order(.signOut, agent))
        #expect(bench.commands().last == .signOut)
        bench.answer(3, 0)
        bench.tell(.closed(bench.floor.seats[0].channel, SessionTests.closed))
        #expect(bench.activities == [.offline])
        bench.pass(.seconds(600))
        #expect(bench.floor.seats[0].state == .stopped)
        _ = bench.ask(.order(.makeReady, agent))
        bench.signIn(0)
        #expect(bench.activities == [.idle])
    }

    @Test("An order that the vendor declines is refused with its code, and one for nobody says so")
    func declinedOrders() {
        var bench = FloorBench()
        bench.signInAll()
        let ticket = bench.ask(.order(.sendOnBreak, AgentID("5001")))
        bench.answer(4, 4, "busy is not allowed")
        #expect(bench.failure(of: ticket)?.0 == .refused(.refused))
        #expect(bench.failure(of: ticket)?.1 == "005004")
        let nobody = bench.ask(.order(.makeReady, AgentID("9999")))
        #expect(bench.failure(of: nobody)?.0 == .refused(.refused))
    }

    @Test("Whoever is in a call goes after it, and is known to be leaving")
    func afterCall() {
        var bench = talking()
        let ticket = bench.ask(.order(.sendOnBreak, AgentID("5001")))
        #expect(bench.reply(to: ticket) == .success(.done))
        #expect(bench.floor.seats[0].observation(at: bench.now).isLeaving)
        #expect(bench.commands().contains(.goBusy(reason: 1)) == false)
        #expect(bench.phone("0000").commands() == [.goBusy(reason: 1)])
    }

    @Test("A supervisor listens, and enters or takes the call once they hear it")
    func intervene() {
        for (wanted, command) in [
            (CallIntervention.barge(phone: "8002"), AgentCommand.bargeIn), (.take(phone: "8002"), .intercept),
        ] {
            var bench = talking()
            let ticket = bench.ask(.intervene(wanted, AgentID("5001"), internalID: 2389))
            #expect(bench.commands(1).last == .spy(agent: 2389))
            bench.answer(30, 0, to: 1)
            #expect(bench.reply(to: ticket) == .success(.done))
            #expect(bench.phone("0503", 1).commands(1) == [])
            #expect(bench.phone("3100", 1).commands(1) == [command])
            #expect(bench.phone("3100", 1).commands(1) == [])
        }
    }

    @Test("A colleague is consulted from the agent's own session, and so is what follows")
    func consults() {
        var bench = talking()
        let agent = AgentID("5001")
        let steps: [(CallIntervention, AgentCommand)] = [
            (.consult(phone: "8002"), .consult(agent: 2390)), (.conference, .threeWay), (.transfer, .transfer),
            (.cancelConsult, .endConsultation),
        ]
        for (intervention, command) in steps {
            let ticket = bench.ask(.intervene(intervention, agent, internalID: 2390))
            #expect(bench.commands(0).last == command)
            bench.answer(command.action, 0)
            #expect(bench.reply(to: ticket) == .success(.done))
        }
        bench.phone("2100 2200 2500 3300")
        #expect(bench.ending() == nil)
        bench.phone("0000")
        #expect(bench.ending()?.outcome == .connected)
        #expect(bench.ending()?.vendorReason.hasSuffix("0600 2100 2200 2500 3300 0000") == true)
    }

    @Test("A consultation is refused with nobody to consult, and declined where the vendor declines")
    func refusedConsultations() {
        var bench = talking()
        let nobody = bench.ask(.intervene(.consult(phone: "7777"), AgentID("5001"), internalID: nil))
        #expect(bench.failure(of: nobody)?.1 == "NotPossible")
        let elsewhere = bench.ask(.intervene(.transfer, AgentID("5002"), internalID: nil))
        #expect(bench.failure(of: elsewhere)?.1 == "NotPossible")
        let declined = bench.ask(.intervene(.transfer, AgentID("5001"), internalID: nil))
        bench.answer(29, 6, "not allowed")
        #expect(bench.failure(of: declined)?.1 == "029006")
    }

    @Test("Listening is refused where there is no phone to listen at, no call, or the vendor declines")
    func refusedInterventions() {
        var bench = talking()
        let agent = AgentID("5001")
        let noPhone = bench.ask(.intervene(.listen(phone: "7777"), agent, internalID: 2389))
        let noCall = bench.ask(.intervene(.listen(phone: "8002"), agent, internalID: nil))
        let noHold = bench.ask(.intervene(.hold, agent, internalID: 2389))
        let declined = bench.ask(.intervene(.listen(phone: "8002"), agent, internalID: 2389))
        bench.answer(30, 3, "no", to: 1)
        #expect(bench.failure(of: noPhone)?.0 == .refused(.refused))
        #expect(bench.failure(of: noCall)?.0 == .refused(.refused))
        #expect(bench.failure(of: noHold)?.0 == .refused(.refused))
        #expect(bench.failure(of: declined)?.1 == "030003")
    }

    @Test("A call is dropped over its agent's own channel")
    func drop() {
        var bench = talking()
        let ticket = bench.ask(.intervene(.drop, AgentID("5001"), internalID: nil))
        #expect(bench.commands().last == .hangUp)
        bench.answer(23, 0)
        #expect(bench.reply(to: ticket) == .success(.done))
        let nothing = bench.ask(.intervene(.drop, AgentID("5002"), internalID: nil))
        #expect(bench.failure(of: nothing)?.0 == .refused(.refused))
    }
}
