import DialModel
import Telephony
import Testing

@testable import WinCallVendor

@Suite("How calls are placed, and what becomes of them")
struct PlacingTests {
    private func signedIn(
        agents: Int = 1, connectedState: WinCallAccount.ConnectedState = .callee
    ) -> FloorBench {
        var bench = FloorBench(agents: agents, connectedState: connectedState)
        bench.signInAll()
        return bench
    }

    @Test("A call goes out over its agent's channel, once, and is told of from its first ring to its end")
    func wholeCall() {
        var bench = signedIn(agents: 2)
        let ticket = bench.dial(by: "5002")
        #expect(bench.commands(0).filter { $0.action == 22 } == [])
        #expect(
            bench.commands(1).last == .dial(called: "13811112222", callerID: "01080000001", queue: 10, channel: 0))
        bench.answer(22, 0, to: 1)
        guard case .success(.placed(let id))? = bench.reply(to: ticket) else {
            Issue.record("not placed")
            return
        }
        #expect(id.value.hasPrefix("5002/"))
        bench.say(#"{"MT":4,"AgSta":4}"#, to: 1)
        bench.phone("0502 1000 0400 5500", 1)
        #expect(bench.progress() == [.ringing])
        bench.phone("0600", 1, #","Caller":"01080000001""#)
        let answeredAt = bench.now
        bench.pass(.seconds(20))
        bench.phone("0000", 1)
        #expect(Array(bench.progress().prefix(3)) == [.ringing, .answered(.unknown), .connected(AgentID("5002"))])
        let expected = CallEnding(
            outcome: .connected, vendorReason: "0502 1000 0400 5500 0600 0000", answeredAt: answeredAt,
            connectedAt: answeredAt, talk: bench.now - answeredAt, agent: AgentID("5002"),
            shownCallerID: "01080000001")
        #expect(bench.ending() == expected)
        bench.say(#"{"MT":4,"AgSta":5,"AgStaParam":"10"}"#, to: 1)
        #expect(bench.activities == [.idle, .wrapUp])
        bench.say(#"{"MT":4,"AgSta":3}"#, to: 1)
        #expect(bench.activities == [.idle, .idle])
    }

    @Test(
        "The outcome follows from what was seen before the end, and no cause is made up (B.6)",
        arguments: [
            ("0502 1000 0400 5500 0600 0000", CallOutcome.connected), ("0600 0000", .connected),
            ("0502 0600 5500 0000", .connected), ("0502 1000 0400 5500 0000", .noAnswer), ("0502 5500 0000", .noAnswer),
            ("0502 1000 0400 0000", .noAnswer), ("0502 1000 0000", .noAnswer), ("0502 0400 0000", .noAnswer),
            ("0502 0000", .agentMissed), ("0502 0502 0000", .agentMissed),
        ])
    func outcomes(states: String, outcome: CallOutcome) {
        var bench = signedIn()
        _ = bench.dial()
        bench.answer(22, 0)
        bench.phone(states)
        #expect(bench.ending()?.outcome == outcome)
        let isUnclassified = outcome == .noAnswer && !states.contains("5500")
        #expect(bench.ending()?.vendorReason.contains("unclassified") == isUnclassified)
    }

    @Test("Where the state 6 is only the agent's own side, nothing says whether the callee answered")
    func ownSideOnly() {
        var bench = signedIn(connectedState: .own)
        _ = bench.dial()
        bench.answer(22, 0)
        bench.phone("0502 0600 0400 5500 0000")
        #expect(bench.progress().first == .ringing)
        #expect(bench.progress().count == 2)
        #expect(bench.ending()?.outcome == .unknown)
    }

    @Test("Nothing but an idle phone after a call was taken is looked into, and means that the agent missed it")
    func nothingSeen() {
        var bench = signedIn()
        _ = bench.dial()
        bench.answer(22, 0)
        #expect(bench.phone("0000").commands() == [.query])
        #expect(bench.progress() == [])
        bench.answer(6, 1)
        #expect(bench.ending()?.outcome == .unknown)
    }

    @Test("States that come twice or before the answer to the dial change nothing")
    func disorder() {
        var bench = signedIn()
        let ticket = bench.dial()
        bench.phone("0502 0502 1000 5500 5500 0600 0600")
        bench.answer(22, 0)
        bench.answer(22, 0)
        bench.phone("0600 0000 0000")
        #expect(bench.progress().filter { $0 == .answered(.unknown) }.count == 1)
        #expect(bench.progress().count { if case .ended = $0 { true } else { false } } == 1)
        if case .success(.placed)? = bench.reply(to: ticket) {} else { Issue.record("not placed") }
        #expect(bench.commands().count { $0.action == 22 } == 1)
    }

    @Test("The last words about the call before are no news of the next")
    func oldNews() {
        var bench = signedIn()
        _ = bench.dial(attempt: 1)
        bench.answer(22, 0)
        bench.phone("0502 0600 0000")
        bench.say(#"{"MT":4,"AgSta":3}"#)
        _ = bench.dial("+8613811113333", attempt: 2)
        bench.phone("0000")
        #expect(bench.progress(of: 2) == [])
        bench.answer(22, 0)
        bench.answer(6, 4)
        bench.phone("0502 5500 0000")
        #expect(bench.ending(of: 2)?.outcome == .noAnswer)
    }

    @Test(
        "Each result of a dial means what B.7 says, and keeps its six digits",
        arguments: [
            (1, VendorError.Meaning.refused(.notPlaced), "022001"), (2, .refused(.congestion), "022002"),
            (3, .misconfigured, "022003"), (4, .misconfigured, "022004"), (5, .refused(.notPlaced), "022005"),
            (7, .misconfigured, "022007"), (8, .refused(.notPlaced), "022008"), (9, .refused(.notPlaced), "022009"),
            (10, .refused(.congestion), "022010"), (11, .refused(.notPlaced), "022011"), (20, .misconfigured, "022020"),
            (451, .refused(.notPlaced), "022451"), (501, .misconfigured, "022501"), (502, .misconfigured, "022502"),
            (503, .misconfigured, "022503"), (504, .barred, "022504"),
            (505, .refused(.invalidNumber), "022505"),
            (506, .refused(.invalidNumber), "022506"), (507, .refused(.notPlaced), "022507"),
            (999, .outcomeUnknown, "022999"), (77, .outcomeUnknown, "022077"),
        ])
    func refusals(result: Int, meaning: VendorError.Meaning, code: String) {
        var bench = signedIn()
        let ticket = bench.dial()
        bench.answer(22, result, "line to 13811112222 is bad")
        #expect(bench.failure(of: ticket)?.0 == meaning)
        #expect(bench.failure(of: ticket)?.1 == code)
        guard case .failure(let error)? = bench.reply(to: ticket) else { return }
        #expect(error.message == "line to 138******22 is bad")
        #expect(bench.progress() == [])
    }

    @Test("An enterprise without money dials nothing more, and asks nothing more")
    func noBalance() {
        var bench = signedIn(agents: 2)
        _ = bench.dial(attempt: 1)
        bench.answer(22, 503)
        let ticket = bench.dial(by: "5002", attempt: 2)
        #expect(bench.failure(of: ticket)?.0 == .misconfigured)
        #expect(bench.failure(of: ticket)?.1 == "022503")
        #expect(bench.commands(1).filter { $0.action == 22 } == [])
    }

    @Test("A blocked callee and a declined number are not asked for again")
    func remembered() {
        var bench = signedIn()
        _ = bench.dial(attempt: 1)
        bench.answer(22, 504)
        let blocked = bench.dial(attempt: 2)
        #expect(bench.failure(of: blocked)?.0 == .barred)
        #expect(bench.failure(of: blocked)?.1 == "022504")
        _ = bench.dial("+8613811113333", attempt: 3)
        bench.answer(22, 8)
        let declined = bench.dial("+8613811114444", attempt: 4)
        #expect(bench.failure(of: declined)?.1 == "022008")
        _ = bench.dial("+8613811114444", attempt: 5, callerID: FloorBench.callers[1])
        #expect(bench.commands().count { $0.action == 22 } == 3)
    }

    @Test("An agent whom the vendor does not dial for is offered nothing for a moment, and looked at")
    func wrongState() {
        var bench = signedIn()
        _ = bench.dial()
        #expect(bench.answer(22, 5).commands() == [.query])
        #expect(bench.activities == [.busy])
        bench.answer(6, 1)
        #expect(bench.activities == [.busy])
        bench.pass(FloorRhythm.agentPause)
        #expect(bench.activities == [.idle])
    }

    @Test("After-call work is ended before a dial, and an agent who is occupied is not dialled for")
    func wrapUp() {
        var bench = signedIn()
        bench.say(#"{"MT":4,"AgSta":5,"AgStaParam":60}"#)
        _ = bench.dial()
        #expect(bench.commands().last == .goIdle)
        bench.answer(5, 0)
        #expect(bench.commands().last?.action == 22)
        bench.answer(22, 0)
        let second = bench.dial(attempt: 2)
        #expect(bench.failure(of: second)?.0 == .refused(.notPlaced))
        #expect(bench.commands().count { $0.action == 22 } == 1)
    }

    @Test("A request that comes too late is not sent")
    func tooLate() {
        var bench = signedIn()
        guard let number = PhoneNumber(e164: "+8613811112222") else { return }
        let request = CallRequest(
            attempt: AttemptID(1), number: number, prefix: "", callerID: nil, agent: AgentID("5001"),
            notAfter: bench.now - .milliseconds(1))
        let ticket = bench.ask(.place(request))
        #expect(bench.failure(of: ticket)?.0 == .throttled(after: FloorRhythm.agentPause))
        #expect(bench.commands().filter { $0.action == 22 } == [])
    }

    @Test("A dial without an answer is of unknown outcome, and what its phone does settles it")
    func noAnswer() {
        var bench = signedIn()
        let ticket = bench.dial()
        #expect(bench.pass(FloorBench.rhythm.answerLimit).commands() == [.query])
        #expect(bench.failure(of: ticket)?.0 == .outcomeUnknown)
        bench.answer(6, 4)
        bench.phone("0502 5500 0600 0000")
        #expect(bench.ending()?.outcome == .connected)
    }

    @Test("A dial without an answer and without a call leaves no trace, and its agent free")
    func neverHeard() {
        var bench = signedIn()
        _ = bench.dial()
        bench.pass(FloorBench.rhythm.answerLimit)
        bench.answer(6, 1)
        #expect(bench.progress() == [])
        #expect(bench.activities == [.idle])
        let ticket = bench.ask(.reconcile(Self.followed(vendorCall: nil)))
        bench.answer(6, 1)
        #expect(bench.reply(to: ticket) == .success(.reconciled(.notFound)))
    }

    @Test("A call that nobody answered for is taken up when its phone rings after all, and no stranger's in its place")
    func lateCall() {
        var bench = signedIn()
        _ = bench.dial()
        bench.pass(FloorBench.rhythm.answerLimit)
        bench.answer(6, 1)
        bench.phone("0500 0000")
        bench.phone("0502 0000", 0, #","Called":"13900000000""#)
        #expect(bench.progress() == [])
        var other = bench
        bench.phone("0502 5500 0600 0000", 0, #","Called":"13811112222""#)
        #expect(bench.ending()?.outcome == .connected)
        other.answer(22, 0)
        other.phone("0502 5500 0000")
        #expect(other.ending()?.outcome == .noAnswer)
    }

    @Test("A refusal that comes after all settles a dial that was given up on")
    func lateRefusal() {
        var bench = signedIn()
        _ = bench.dial()
        bench.pass(FloorBench.rhythm.answerLimit)
        bench.answer(22, 504)
        #expect(bench.ending()?.outcome == .refused)
        #expect(bench.ending()?.vendorReason.hasPrefix("022504") == true)
    }

    @Test(
        "A call whose channel broke off is ended by its agent's state, as far as was seen",
        arguments: [("0502 5500 0600", CallOutcome.connected), ("0502 5500", .unknown), ("0502", .unknown)])
    func brokenChannel(states: String, outcome: CallOutcome) {
        var bench = signedIn()
        _ = bench.dial()
        bench.answer(22, 0)
        bench.phone(states)
        bench.tell(.closed(bench.floor.seats[0].channel, SessionTests.closed))
        bench.pass(.seconds(2))
        bench.signIn(0)
        #expect(bench.commands().last == .query)
        bench.answer(6, 5)
        #expect(bench.ending()?.outcome == outcome)
        #expect(bench.ending()?.talk == nil)
    }

    @Test(
        "A call that outlived a broken channel is followed to its end, which is not made out to be more than was seen")
    func brokenChannelInCall() {
        var bench = signedIn()
        _ = bench.dial()
        bench.answer(22, 0)
        bench.phone("0502 5500")
        bench.tell(.closed(bench.floor.seats[0].channel, SessionTests.closed))
        bench.pass(.seconds(2))
        bench.signIn(0)
        bench.answer(6, 4)
        #expect(bench.ending() == nil)
        bench.phone("0000")
        #expect(bench.ending()?.outcome == .unknown)
    }

    @Test("A dial whose channel broke off before the answer is never sent again")
    func brokenWhilePlacing() {
        var bench = signedIn()
        let ticket = bench.dial()
        bench.tell(.closed(bench.floor.seats[0].channel, SessionTests.closed))
        #expect(bench.failure(of: ticket)?.0 == .outcomeUnknown)
        bench.pass(.seconds(2))
        bench.signIn(0)
        bench.answer(6, 4)
        let inquiry = bench.ask(.reconcile(Self.followed(vendorCall: nil)))
        bench.answer(6, 4)
        if case .success(.reconciled(.found))? = bench.reply(to: inquiry) {} else { Issue.record("not found") }
        #expect(bench.commands().count { $0.action == 22 } == 1)
    }

    @Test("An earlier run's call is found by its agent: over, or still going on")
    func earlierRun() {
        var bench = signedIn()
        let call = Self.followed(vendorCall: VendorCallID("5001/1767319000000"))
        let over = bench.ask(.reconcile(call))
        bench.answer(6, 1)
        guard case .success(.reconciled(.found(_, let facts)))? = bench.reply(to: over),
            case .ended(let ending)? = facts.first?.progress
        else {
            Issue.record("not found")
            return
        }
        #expect(ending.outcome == .unknown)
        bench = signedIn()
        let goingOn = bench.ask(.reconcile(call))
        bench.answer(6, 4)
        if case .success(.reconciled(.found(_, [])))? = bench.reply(to: goingOn) {} else { Issue.record("not found") }
        bench.phone("0000")
        bench.answer(6, 1)
        #expect(bench.ending()?.outcome == .unknown)
    }

    @Test("A call is not settled while nobody is signed in who would know of it", arguments: [nil, "5001/1"])
    func reconcile(name: String?) {
        var bench = FloorBench(agents: 1)
        bench.tell(.started)
        let ticket = bench.ask(.reconcile(Self.followed(vendorCall: name.map(VendorCallID.init))))
        #expect(bench.failure(of: ticket)?.0 == .unavailable)
    }

    @Test("Calls are ended over the agent's channel, and one that is over already is no error")
    func hangUp() {
        var bench = signedIn()
        _ = bench.dial()
        bench.answer(22, 0)
        bench.phone("0502 1000 0400 5500")
        let ticket = bench.ask(.hangUp(LiveCall(attempt: AttemptID(1), vendorCall: nil)))
        #expect(bench.commands().last == .hangUp)
        bench.answer(23, 0)
        #expect(bench.reply(to: ticket) == .success(.done))
        bench.phone("0000")
        #expect(bench.ending()?.outcome == .noAnswer)
        let again = bench.ask(.hangUp(LiveCall(attempt: AttemptID(1), vendorCall: nil)))
        #expect(bench.reply(to: again) == .success(.done))
        #expect(bench.commands().count { $0 == .hangUp } == 1)
    }

    @Test("A hang-up that finds no call is done, and the agent's state ends the call")
    func hangUpOfNothing() {
        var bench = signedIn()
        _ = bench.dial()
        bench.answer(22, 0)
        bench.phone("0502 5500")
        let ticket = bench.ask(.hangUp(LiveCall(attempt: AttemptID(1), vendorCall: nil)))
        #expect(bench.answer(23, 2).commands() == [.query])
        #expect(bench.reply(to: ticket) == .success(.done))
        bench.answer(6, 1)
        #expect(bench.ending()?.outcome == .unknown)
    }

    @Test("An agent's own phone rings for a minute at most")
    func ownRing() {
        var bench = signedIn()
        _ = bench.dial()
        bench.answer(22, 0)
        bench.phone("0502")
        #expect(bench.pass(.seconds(30)).commands() == [.query])
        bench.answer(6, 4)
        #expect(bench.pass(.seconds(29)).commands() == [.hangUp])
        bench.answer(23, 0)
        bench.phone("0000")
        #expect(bench.ending()?.outcome == .agentMissed)
    }

    @Test("A call that comes in between is no call of ours")
    func foreignCall() {
        var bench = signedIn()
        bench.phone("0500", 0, #","Caller":"13900000000""#)
        #expect(bench.activities == [.busy])
        let ticket = bench.dial()
        #expect(bench.failure(of: ticket)?.0 == .refused(.notPlaced))
        bench.phone("0600 0000")
        #expect(bench.progress() == [])
    }

    @Test("A foreign call that rings while a dial is under way takes nothing of it")
    func foreignCallMeanwhile() {
        var bench = signedIn()
        let ticket = bench.dial()
        bench.phone("0500", 0, #","Caller":"13900000000""#)
        bench.answer(22, 5)
        bench.phone("0600 0000")
        #expect(bench.failure(of: ticket)?.0 == .refused(.notPlaced))
        #expect(bench.progress() == [])
    }

    static func followed(vendorCall: VendorCallID?) -> FollowedCall {
        guard let number = PhoneNumber(e164: "+8613811112222") else { preconditionFailure("no number") }
        return FollowedCall(
            attempt: AttemptID(1), number: number, prefix: "", vendorCall: vendorCall, placedAfter: FloorBench.start)
    }
}
