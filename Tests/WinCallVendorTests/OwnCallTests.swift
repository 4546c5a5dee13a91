import DialModel
import Telephony
import Testing

@testable import WinCallVendor

@Suite("Agents are given the answered calls of an auto-call project")
struct WinCallOwnCallTests {
    private static let callee = #","Caller":"13811112222","Called":"01080000001","CallId":"880","AcPro":7,"AcTask":55"#

    /// Agents who are signed in and have entered the project.
    private func entered(agents: Int = 1, diallers: Int = 0) -> FloorBench {
        var bench = FloorBench(agents: agents, diallers: diallers, project: 7)
        bench.tell(.ownCallsWanted(true))
        bench.signInAll()
        for seat in 0..<agents { bench.answer(9, 0, to: seat) }
        return bench
    }

    private func progress(_ bench: FloorBench) -> [CallProgress] { bench.ownCalls.map(\.progress) }

    @Test("Whoever signs in enters the project, diallers apart, and leaves it when calls are no more wanted")
    func enterAndLeave() {
        var bench = entered(diallers: 1)
        #expect(bench.commands(0).filter { $0 == .enterProject(7) }.count == 1)
        #expect(!bench.commands(1).contains(.enterProject(7)))
        #expect(bench.tell(.ownCallsWanted(false)).commands(0) == [.leaveProject])
        bench.answer(10, 0)
        #expect(bench.tell(.ownCallsWanted(true)).commands(0) == [.enterProject(7)])
    }

    @Test("Nobody enters a project before calls are wanted, or where the campaign has none")
    func unwanted() {
        var bench = FloorBench(project: 7)
        bench.signInAll()
        #expect(!bench.commands().contains(.enterProject(7)))
        var other = FloorBench()
        other.tell(.ownCallsWanted(true))
        other.signInAll()
        #expect(!other.commands().contains { $0.action == 9 })
    }

    @Test("To be in the project already is as good as to enter it")
    func already() {
        var bench = FloorBench(project: 7)
        bench.tell(.ownCallsWanted(true))
        bench.signInAll()
        #expect(bench.answer(9, 4).commands().isEmpty)
        #expect(bench.activities == [.idle])
    }

    @Test("A project that does not exist ends the work for everybody, in the vendor's words")
    func wrongProject() {
        var bench = FloorBench(project: 8)
        bench.tell(.ownCallsWanted(true))
        bench.signInAll()
        let wanted = bench.answer(9, 3, "no such project")
        #expect(wanted.commands() == [.signOut])
        #expect(wanted.leftOut.map(\.code) == ["009003"])
        #expect(wanted.troubles.map(\.meaning) == [.misconfigured])
    }

    @Test("A session that was lost and made again enters the project again")
    func again() {
        var bench = entered()
        bench.say(#"{"MT":10,"Code":100}"#)
        bench.answer(100, 0, "[[10],[],'']")
        bench.pass(.milliseconds(500))
        #expect(bench.answer(2, 0).commands().contains(.enterProject(7)))
    }

    @Test("A call is answered when it rings, joined when the agent takes it, and over when the phone is idle")
    func wholeCall() {
        var bench = entered()
        bench.phone("0505", 0, Self.callee)
        let answeredAt = bench.now
        bench.phone("0600")
        let connectedAt = bench.now
        bench.pass(.seconds(20))
        bench.phone("0000")
        #expect(progress(bench).prefix(2) == [.answered(.unknown), .connected(AgentID("5001"))])
        let call = bench.ownCalls.first?.call
        #expect(call?.id == VendorCallID("5001/55/880"))
        #expect(call?.callee == "13811112222")
        #expect(call?.origin == "row 55 of project 7")
        #expect(call?.since == answeredAt)
        #expect(Set(bench.ownCalls.map(\.call)).count == 1)
        let ending = bench.ownEnding
        #expect(ending?.outcome == .connected)
        #expect(ending?.answeredAt == answeredAt)
        #expect(ending?.connectedAt == connectedAt)
        #expect(ending?.agent == AgentID("5001"))
        #expect(ending?.shownCallerID == "01080000001")
        #expect(bench.activities == [.idle])
    }

    @Test("News that is told twice counts once")
    func repetition() {
        var bench = entered()
        bench.phone("0505 0505 0600 0600", 0, Self.callee)
        bench.phone("0000 0000")
        #expect(progress(bench).count == 3)
    }

    @Test("A call whose ring was not heard is known by its parameters, and one of another project is not ours")
    func lostRing() {
        var bench = entered()
        bench.phone("0600", 0, Self.callee)
        bench.phone("0000")
        #expect(progress(bench).count == 3)
        var other = entered()
        other.phone("0505", 0, #","Caller":"13811112222","AcPro":9,"AcTask":1"#)
        other.phone("0600 0000")
        #expect(other.ownCalls.isEmpty)
    }

    @Test("A call that its agent does not take is abandoned, unless another agent is offered it in a moment")
    func missed() {
        var lost = entered()
        lost.phone("0505 0000", 0, Self.callee)
        let endedAt = lost.now
        #expect(lost.ownEnding == nil)
        lost.pass(.seconds(10))
        #expect(lost.ownEnding?.outcome == .abandoned)
        #expect(lost.ownCalls.last?.at == endedAt)

        var bench = entered(agents: 2)
        bench.phone("0505 0000", 0, Self.callee)
        bench.phone("0505 0600 0000", 1, Self.callee)
        #expect(progress(bench).prefix(2) == [.answered(.unknown), .connected(AgentID("5002"))])
        #expect(Set(bench.ownCalls.map(\.call.id)) == [VendorCallID("5001/55/880")])
        #expect(bench.ownEnding?.agent == AgentID("5002"))
        bench.pass(.seconds(20))
        #expect(progress(bench).count == 3)
    }

    @Test("A call without a number is reported when it is over, since nobody can tell whose it was")
    func withoutNumber() {
        var bench = entered()
        bench.phone("0505", 0, #","AcPro":7,"AcTask":56"#)
        bench.phone("0600 0000")
        #expect(bench.ownCalls.map(\.call.callee) == ["", ""])
        #expect(bench.ownEnding?.outcome == .connected)
    }

    @Test("A channel that breaks off leaves the call with its agent, and the agent's state tells of its end")
    func gap() {
        var bench = entered()
        bench.phone("0505 0600", 0, Self.callee)
        let broken = VendorError(.unavailable, vendor: "t", operation: "socket.io", code: "closed", message: "")
        bench.tell(.closed(bench.floor.seats[0].channel, broken))
        bench.pass(.seconds(2))
        bench.signIn(0)
        bench.answer(6, 5)
        #expect(bench.ownEnding?.outcome == .connected)
        #expect(bench.ownEnding?.talk == nil)
    }

    @Test("Who looks for a call is told that it lasts, or that its end was not seen")
    func reconcile() throws {
        var bench = entered()
        bench.phone("0505 0600", 0, Self.callee)
        let number = try #require(PhoneNumber(e164: "+8613811112222"))
        var call = FollowedCall(
            attempt: AttemptID(1), number: number, prefix: "", vendorCall: VendorCallID("5001/55/880"),
            placedAfter: FloorBench.start)
        let lasting = bench.ask(.reconcile(call))
        bench.answer(6, 4)
        guard case .success(.reconciled(.found(_, let facts)))? = bench.reply(to: lasting) else {
            Issue.record("not found")
            return
        }
        #expect(facts.map(\.progress) == [.answered(.unknown), .connected(AgentID("5001"))])
        call.vendorCall = VendorCallID("5001/54/879")
        let earlier = bench.ask(.reconcile(call))
        bench.answer(6, 4)
        #expect(
            bench.reply(to: earlier)
                == .success(
                    .reconciled(
                        .found(VendorCallID("5001/54/879"), [DatedProgress(.ended(Floor.unseenEnding), at: bench.now)]))
                ))
    }

    @Test("A supervisor ends such a call like any other")
    func hangUp() {
        var bench = entered()
        bench.phone("0505 0600", 0, Self.callee)
        let ticket = bench.ask(
            .hangUp(LiveCall(attempt: AttemptID(3), vendorCall: VendorCallID("5001/55/880"))))
        #expect(bench.commands().last == .hangUp)
        bench.answer(23, 0)
        #expect(bench.reply(to: ticket) == .success(.done))
    }

    // MARK: What got lost

    private static let next = #","Caller":"13811113333","CallId":"881","AcPro":7,"AcTask":56"#

    private func endings(_ bench: FloorBench) -> [String: CallOutcome] {
        var outcomes: [String: CallOutcome] = [:]
        for case (let call, .ended(let ending), _) in bench.ownCalls { outcomes[call.id.value] = ending.outcome }
        return outcomes
    }

    @Test("Two calls in a row are two, though the end of the first was never told", arguments: [false, true])
    func twoInARow(breaksOff: Bool) {
        var bench = entered()
        bench.phone("0505 0600", 0, Self.callee)
        if breaksOff {
            let broken = VendorError(.unavailable, vendor: "t", operation: "socket.io", code: "closed", message: "")
            bench.tell(.closed(bench.floor.seats[0].channel, broken))
            bench.pass(.seconds(2))
            bench.signIn(0)
            bench.answer(6, 4)
            bench.phone("0600", 0, Self.next)
        } else {
            bench.phone("0505 0600", 0, Self.next)
        }
        bench.phone("0000")
        #expect(endings(bench) == ["5001/55/880": .connected, "5001/56/881": .connected])
        #expect(Set(bench.ownCalls.map(\.call.callee)) == ["13811112222", "13811113333"])
    }

    @Test("A call that an earlier run knew is over when the agent is in another one")
    func takenUpThenNext() throws {
        var bench = entered()
        let number = try #require(PhoneNumber(e164: "+8613811112222"))
        let call = FollowedCall(
            attempt: AttemptID(1), number: number, prefix: "", vendorCall: VendorCallID("5001/55/880"),
            placedAfter: FloorBench.start)
        _ = bench.ask(.reconcile(call))
        bench.answer(6, 4)
        bench.phone("0600", 0, Self.next)
        #expect(bench.ending() != nil)
        bench.phone("0000")
        #expect(endings(bench) == ["5001/56/881": .connected])
    }

    @Test("Whoever may have entered without an answer is taken out of the project", arguments: [false, true])
    func unknownMembership(breaksOff: Bool) {
        var bench = FloorBench(project: 7)
        bench.tell(.ownCallsWanted(true))
        bench.signInAll()
        bench.tell(.ownCallsWanted(false))
        let wanted: [FloorDirective]
        if breaksOff {
            wanted =
                bench.say(#"{"MT":10,"Code":100}"#) + bench.answer(100, 0, "[[10],[],'']")
                + bench.pass(.milliseconds(500)) + bench.answer(2, 0)
        } else {
            wanted = bench.pass(FloorBench.rhythm.answerLimit) + bench.answer(6, 1)
        }
        #expect(wanted.commands().contains(.leaveProject))
        // To be out of it already is what was wanted.
        #expect(bench.answer(10, 4).commands().isEmpty)
    }

    @Test("A call has its name once the vendor's own is known, and keeps that which an earlier run gave it")
    func lateName() throws {
        var bench = entered()
        bench.phone("0505", 0, #","Caller":"13811112222","AcPro":7"#)
        #expect(bench.ownCalls.isEmpty)
        bench.phone("0600", 0, Self.callee)
        #expect(progress(bench) == [.answered(.unknown), .connected(AgentID("5001"))])
        #expect(bench.ownCalls.first?.call.id == VendorCallID("5001/55/880"))

        var restarted = entered()
        restarted.phone("0600", 0, #","Caller":"13811112222","AcPro":7"#)
        let number = try #require(PhoneNumber(e164: "+8613811112222"))
        let name = VendorCallID("5001//1767319384000")
        let ticket = restarted.ask(
            .reconcile(
                FollowedCall(
                    attempt: AttemptID(1), number: number, prefix: "", vendorCall: name,
                    placedAfter: FloorBench.start)))
        restarted.answer(6, 4)
        guard case .success(.reconciled(.found(name, _)))? = restarted.reply(to: ticket) else {
            Issue.record("not found")
            return
        }
        restarted.phone("0000", 0, Self.callee)
        #expect(Set(restarted.ownCalls.map(\.call.id)) == [name])
        #expect(restarted.ownEnding?.outcome == .connected)
    }
}
