import DialModel
import Telephony
import Testing

@testable import WinCallVendor

@Suite("What can be said of calls whose fate is unknown")
struct ReconcileTests {
    private func signedIn(agents: Int = 1, diallers: Int = 0) -> FloorBench {
        var bench = FloorBench(agents: agents, diallers: diallers)
        bench.signInAll()
        return bench
    }

    private func found(_ ticket: Ticket, _ bench: FloorBench) -> (call: VendorCallID, facts: [CallProgress])? {
        guard case .success(.reconciled(.found(let call, let facts)))? = bench.reply(to: ticket) else { return nil }
        return (call, facts.map(\.progress))
    }

    @Test("A call that is over is told of as it was, whether its dial was answered or not", arguments: [true, false])
    func remembered(isAnswered: Bool) throws {
        var bench = signedIn()
        let placed = bench.dial()
        if isAnswered { bench.answer(22, 0) }
        bench.phone("0502 1000 0400 5500 0600 0000")
        bench.pass(FloorBench.rhythm.answerLimit)
        #expect((bench.failure(of: placed)?.0 == .outcomeUnknown) == !isAnswered)
        let before = bench.commands().count
        let ticket = bench.ask(.reconcile(PlacingTests.followed(vendorCall: nil)))
        let story = try #require(found(ticket, bench))
        #expect(story.call.value.hasPrefix("5001/"))
        #expect(story.facts == bench.progress())
        #expect(story.facts.count == 4)
        #expect(bench.commands().count == before, "what is known need not be asked")
    }

    @Test("What is told of a call that goes on is everything so far, and its end comes by itself")
    func goingOn() throws {
        var bench = signedIn()
        _ = bench.dial()
        bench.answer(22, 0)
        bench.phone("0502 5500")
        let ticket = bench.ask(.reconcile(PlacingTests.followed(vendorCall: nil)))
        bench.answer(6, 4)
        #expect(try #require(found(ticket, bench)).facts == [.ringing])
        bench.phone("0000")
        #expect(bench.ending()?.outcome == .noAnswer)
    }

    @Test("Who has work after a call has had one, although nothing else was heard of it")
    func wrapUpProves() throws {
        var bench = signedIn()
        _ = bench.dial()
        bench.pass(FloorBench.rhythm.answerLimit)
        bench.answer(6, 5)
        #expect(bench.ending()?.outcome == .unknown)
        let ticket = bench.ask(.reconcile(PlacingTests.followed(vendorCall: nil)))
        #expect(try #require(found(ticket, bench)).facts == bench.progress())
    }

    @Test("A call that an earlier run placed and never heard of is known by its callee")
    func strangersCall() throws {
        var bench = signedIn(agents: 2)
        bench.phone("0400 5500 0600", 1, #","Called":"13811112222""#)
        let other = Self.followed("+8613811113333", before: .seconds(720))
        #expect(bench.refusal(of: other)?.meaning == .unavailable)
        bench.answer(6, 1, to: 0)
        bench.answer(6, 4, to: 1)
        let nowhere = bench.ask(.reconcile(other))
        #expect(bench.reply(to: nowhere) == .success(.reconciled(.notFound)), "this call is known to be another")
        let ticket = bench.ask(.reconcile(PlacingTests.followed(vendorCall: nil)))
        bench.answer(6, 4, to: 1)
        let story = try #require(found(ticket, bench))
        #expect(story.facts == [.answered(.unknown), .connected(AgentID("5002"))])
        bench.phone("0000", 1)
        #expect(bench.ending()?.outcome == .connected)
        #expect(bench.ending()?.agent == AgentID("5002"))
    }

    @Test("A call that nobody has named is nowhere only once each phone has been seen without it")
    func unnamed() {
        var bench = FloorBench(agents: 2)
        let call = Self.followed("+8613811112222", before: .seconds(720))
        bench.tell(.started)
        #expect(bench.refusal(of: call)?.message.contains("5001, who may have the call, is not signed in") == true)
        bench.signIn(0)
        #expect(bench.refusal(of: call)?.message.contains("5002, who may have the call, is not signed in") == true)
        #expect(bench.commands(0).last == .query, "who has come to work says nothing of the phone")
        bench.signIn(1)
        #expect(bench.refusal(of: call)?.message.contains("5001, who may have the call, may be in it still") == true)
        #expect(bench.commands(1).last == .query)
        bench.answer(6, 1, to: 0)
        // With whom, nobody has said.
        bench.answer(6, 4, to: 1)
        #expect(bench.refusal(of: call)?.message.contains("5002") == true)
        bench.answer(6, 5, to: 1)
        #expect(bench.refusal(of: Self.followed("+8613811112222", before: .zero)) != nil, "it may be on its way")
        bench.tell(.closed(bench.floor.seats[0].channel, SessionTests.closed))
        let ticket = bench.ask(.reconcile(call))
        #expect(bench.reply(to: ticket) == .success(.reconciled(.notFound)), "who was seen need not be asked again")
    }

    @Test("Whoever is left out has no session to ask, so the lists of agents are")
    func outOfSight() {
        var bench = FloorBench()
        bench.tell(.started)
        bench.tell(.opened(bench.floor.seats[0].channel))
        bench.answer(100, 806)
        bench.tell(.closed(bench.floor.seats[0].channel, SessionTests.closed))
        let known = bench.ask(.reconcile(PlacingTests.followed(vendorCall: VendorCallID("5001/1"))))
        #expect(bench.reply(to: known) == .success(.outOfSight([AbsentAgent(agent: AgentID("5001"), phone: "8001")])))
        let unnamed = bench.ask(.reconcile(PlacingTests.followed(vendorCall: nil)))
        #expect(bench.reply(to: unnamed) == bench.reply(to: known))
        let gone = bench.ask(.reconcile(PlacingTests.followed(vendorCall: VendorCallID("7777/1"))))
        #expect(bench.reply(to: gone) == .success(.outOfSight([AbsentAgent(agent: AgentID("7777"))])))
    }

    @Test("Stories of calls that are over are kept for an hour, and so many at most")
    func bounded() {
        var stories = CallStories()
        let start = FloorBench.start
        func end(_ attempt: Int64, after minutes: Int) {
            stories.begin(AttemptID(attempt), as: VendorCallID("5001/\(attempt)"))
            stories.note(AttemptID(attempt), .ended(Floor.unseenEnding), at: start + .seconds(60 * minutes))
        }
        stories.begin(AttemptID(1), as: VendorCallID("5001/1"))
        end(2, after: 0)
        end(3, after: 59)
        #expect(stories[AttemptID(2)]?.isOver == true)
        end(4, after: 61)
        #expect(stories[AttemptID(2)] == nil)
        #expect(stories[AttemptID(3)] != nil)
        #expect(stories[AttemptID(1)]?.isOver == false)
        for attempt in 5...Int64(4 + CallStories.most) { end(attempt, after: 61) }
        #expect(stories[AttemptID(4)] == nil)
        #expect(stories[AttemptID(5)] != nil)
        #expect(stories[AttemptID(1)]?.isOver == false)
    }

    @Test("Nothing that comes after the end of a call changes its story")
    func endIsLast() {
        var stories = CallStories()
        stories.begin(AttemptID(1), as: VendorCallID("5001/1"))
        stories.note(AttemptID(1), .ended(Floor.unseenEnding), at: FloorBench.start)
        stories.note(AttemptID(1), .ringing, at: FloorBench.start)
        #expect(stories[AttemptID(1)]?.facts.count == 1)
    }

    @Test("Lines that are out of order are left alone for a while after the third call in a row")
    func trunk() {
        var bench = signedIn()
        for attempt in 1...Int64(FloorRhythm.mostTrunkFailures) {
            let ticket = bench.dial(attempt: attempt)
            bench.answer(22, 10)
            #expect(bench.failure(of: ticket)?.0 == .refused(.congestion))
        }
        bench.pass(.seconds(10))
        let held = bench.dial(attempt: 9)
        #expect(bench.failure(of: held)?.0 == .throttled(after: FloorRhythm.trunkPause - .seconds(10)))
        bench.pass(.seconds(20))
        _ = bench.dial(attempt: 10)
        #expect(bench.commands().count { $0.action == 22 } == FloorRhythm.mostTrunkFailures + 1)
    }

    @Test("An automatic phone that became idle is kept from the queue, again where that was not allowed")
    func dialler() {
        var bench = signedIn(agents: 1, diallers: 1)
        #expect(bench.say(#"{"MT":4,"AgSta":3}"#, to: 1).commands(1) == [.goBusy(reason: 1)])
        bench.answer(4, 4, to: 1)
        #expect(bench.pass(FloorRhythm.agentPause).commands(1) == [.query])
        #expect(bench.answer(6, 1, to: 1).commands(1) == [.goBusy(reason: 1)])
    }

    /// The call of an attempt that was claimed so long before the run began.
    private static func followed(_ number: String, before age: Duration) -> FollowedCall {
        guard let number = PhoneNumber(e164: number) else { preconditionFailure("no number") }
        return FollowedCall(
            attempt: AttemptID(7), number: number, prefix: "", vendorCall: nil, placedAfter: FloorBench.start - age)
    }
}

extension FloorBench {
    /// The error with which a question about a call is answered at once.
    fileprivate mutating func refusal(of call: FollowedCall) -> VendorError? {
        let ticket = ask(.reconcile(call))
        guard case .failure(let error)? = reply(to: ticket) else { return nil }
        return error
    }
}
