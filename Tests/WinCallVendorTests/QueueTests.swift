import DialModel
import Telephony
import Testing

@testable import WinCallVendor

@Suite("Automatic phones dial, and the skill group's agents take what is answered")
struct QueueTests {
    private static let dialler = 2
    private static let callee = #","Caller":"13811112222","QueId":10"#

    /// Two agents and one dialler, who has dialled the callee.
    private func dialled() -> FloorBench {
        var bench = FloorBench(agents: 2, diallers: 1)
        bench.signInAll()
        _ = bench.dial(by: nil)
        bench.answer(22, 0, to: Self.dialler)
        return bench
    }

    /// Answered, and the server has taken the hand-over.
    private func queued() -> FloorBench {
        var bench = dialled()
        bench.phone("0502 1000 0400 5500 0600", Self.dialler)
        bench.answer(44, 0, to: Self.dialler)
        return bench
    }

    @Test("An answered call is given to the skill group, and is the agent's who takes it")
    func wholeCall() {
        var bench = dialled()
        bench.phone("0502 1000 0400 5500", Self.dialler)
        #expect(bench.phone("0600", Self.dialler).commands(Self.dialler) == [.transferToQueue(10)])
        let answeredAt = bench.now
        bench.answer(44, 0, to: Self.dialler)
        bench.phone("0000", Self.dialler)
        #expect(bench.progress() == [.ringing, .answered(.unknown)])
        bench.phone("0501", 1, Self.callee)
        #expect(bench.activities == [.idle, .busy])
        bench.phone("0600", 1)
        let connectedAt = bench.now
        bench.pass(.seconds(10))
        bench.phone("0000", 1)
        #expect(bench.progress().contains(.connected(AgentID("5002"))))
        #expect(bench.ending()?.outcome == .connected)
        #expect(bench.ending()?.agent == AgentID("5002"))
        #expect(bench.ending()?.answeredAt == answeredAt)
        #expect(bench.ending()?.connectedAt == connectedAt)
        #expect(bench.ending()?.vendorReason == "0502 1000 0400 5500 0600 0501 0600 0000")
    }

    @Test("The agent's phone may ring before the server answers, and before the dialler's is idle")
    func ringsFirst() {
        var bench = dialled()
        bench.phone("0502 0600", Self.dialler)
        bench.phone("0501", 0, Self.callee)
        bench.answer(44, 0, to: Self.dialler)
        bench.phone("0000", Self.dialler)
        bench.phone("0600 0000", 0)
        #expect(bench.ending()?.outcome == .connected)
        #expect(bench.ending()?.agent == AgentID("5001"))
    }

    @Test("The dialler is free for the next call as soon as the skill group has the last")
    func nextCall() {
        var bench = queued()
        bench.phone("0000", Self.dialler)
        bench.say(#"{"MT":4,"AgSta":5,"AgStaParam":60}"#, to: Self.dialler)
        #expect(bench.commands(Self.dialler).last == .goBusy(reason: 1))
        bench.answer(4, 0, to: Self.dialler)
        _ = bench.dial("+8613811113333", by: nil, attempt: 2)
        #expect(bench.commands(Self.dialler).last?.action == 22)
    }

    @Test("With every dialler in use nothing is sent, and the run is told to wait")
    func noDialler() {
        var bench = dialled()
        let ticket = bench.dial("+8613811113333", by: nil, attempt: 2)
        #expect(bench.failure(of: ticket)?.0 == .throttled(after: FloorRhythm.agentPause))
    }

    @Test("Two callees who wait are told apart by their numbers, and strangers are nobody's call")
    func twoCallees() {
        var bench = FloorBench(agents: 2, diallers: 2)
        bench.signInAll()
        for (attempt, number) in [(Int64(1), "+8613811112222"), (2, "+8613811113333")] {
            let seat = Int(attempt) + 1
            _ = bench.dial(number, by: nil, attempt: attempt)
            bench.answer(22, 0, to: seat)
            bench.phone("0502 0600", seat)
            bench.answer(44, 0, to: seat)
            bench.phone("0000", seat)
        }
        bench.phone("0501", 0, #","Caller":"013811113333","QueId":"10""#)
        bench.phone("0600", 0)
        #expect(bench.progress(of: 1) == [.answered(.unknown)])
        #expect(bench.progress(of: 2) == [.answered(.unknown), .connected(AgentID("5001"))])
        bench.phone("0501 0600 0000", 1, #","Caller":"13900000000","QueId":"10""#)
        #expect(bench.progress(of: 1) == [.answered(.unknown)])
        bench.phone("0501", 1, #","Caller":"13811112222","QueId":"11""#)
        #expect(bench.progress(of: 1) == [.answered(.unknown)])
    }

    @Test("A callee whom an agent leaves ringing waits on, for the next agent or for nobody")
    func missed() {
        var bench = queued()
        bench.phone("0000", Self.dialler)
        bench.phone("0501 0000", 0, Self.callee)
        #expect(bench.progress().last == .agentMissed(AgentID("5001")))
        bench.phone("0501 0600 0000", 1, Self.callee)
        #expect(bench.ending()?.agent == AgentID("5002"))
    }

    @Test("A callee whom nobody takes in time is abandoned, and the words say what is known")
    func abandoned() {
        var bench = queued()
        bench.phone("0000", Self.dialler)
        bench.pass(FloorRhythm.queueLimit)
        #expect(bench.ending()?.outcome == .abandoned)
        #expect(bench.ending()?.vendorReason.hasPrefix("no agent took the call from the skill group") == true)
    }

    @Test("A hand-over that is declined ends the call, and is told by its code", arguments: [2, 3, 4, 8, 999])
    func declined(result: Int) {
        var bench = dialled()
        bench.phone("0502 0600", Self.dialler)
        let code = ResultCode(action: 44, result: result).description
        #expect(bench.answer(44, result, "no", to: Self.dialler).commands(Self.dialler) == [.hangUp])
        bench.phone("0000", Self.dialler)
        #expect(bench.ending()?.outcome == .abandoned)
        #expect(bench.ending()?.vendorReason.hasPrefix("\(code): no") == true)
    }

    @Test("A callee who is gone before the hand-over was declined is abandoned")
    func goneBefore() {
        var bench = dialled()
        bench.phone("0502 0600 0000", Self.dialler)
        bench.answer(44, 2, "not in a call", to: Self.dialler)
        #expect(bench.ending()?.outcome == .abandoned)
        #expect(bench.ending()?.vendorReason == "044002: not in a call")
    }

    @Test("A callee who does not answer is nobody's to hand over")
    func unanswered() {
        var bench = dialled()
        bench.phone("0502 1000 0400 5500 0000", Self.dialler)
        #expect(bench.ending()?.outcome == .noAnswer)
        #expect(bench.commands(Self.dialler).filter { $0.action == 44 } == [])
    }

    @Test("Whoever waits in the skill group is found there, and cannot be hung up on")
    func waiting() {
        var bench = queued()
        let inquiry = bench.ask(.reconcile(PlacingTests.followed(vendorCall: nil)))
        if case .success(.reconciled(.found))? = bench.reply(to: inquiry) {} else { Issue.record("not found") }
        bench.phone("0000", Self.dialler)
        let ticket = bench.ask(.hangUp(LiveCall(attempt: AttemptID(1), vendorCall: nil)))
        #expect(bench.failure(of: ticket)?.0 == .refused(.refused))
    }
}
