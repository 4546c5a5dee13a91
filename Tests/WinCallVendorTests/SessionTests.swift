import DialModel
import Telephony
import Testing

@testable import WinCallVendor

@Suite("How agents are signed in, kept and signed out")
struct SessionTests {
    @Test("A session becomes the agent's, is left alone for half a second, and then signs the agent in")
    func signIn() {
        var bench = FloorBench()
        bench.tell(.started)
        let channel = bench.floor.seats[0].channel
        #expect(bench.directives.contains(.open(channel)))
        bench.tell(.opened(channel))
        // The digest of `pass-5001`.
        let digest = bench.floor.seats[0].login.wirePassword(.md5)
        #expect(
            bench.commands() == [
                .initialise(enterprise: "testvcc", agent: "5001", password: digest, phone: "8001")
            ])
        bench.answer(100, 0, "[[10],['01080000001'],'']")
        #expect(bench.pass(.milliseconds(499)).commands() == [])
        #expect(bench.pass(.milliseconds(1)).commands() == [.signIn(isIdle: true)])
        #expect(bench.activities == [.offline])
        bench.answer(2, 0)
        #expect(bench.activities == [.idle])
    }

    @Test("A dialler is kept out of the queue, and is no agent of the campaign")
    func dialler() {
        var bench = FloorBench(agents: 1, diallers: 1)
        bench.signInAll()
        #expect(bench.commands(1).contains(.signIn(isIdle: false)))
        #expect(bench.activities == [.idle])
    }

    @Test(
        "A sign-in that is answered with 1 or 2 is believed once the agent's state says so",
        arguments: [
            (1, 1, AgentActivity.idle), (2, 3, .idle), (1, 2, .onBreak), (2, 5, .wrapUp), (1, 4, .busy),
            (1, 0, .offline),
            (2, 10, .offline),
        ])
    func ambiguousSignIn(result: Int, state: Int, activity: AgentActivity) {
        var bench = FloorBench()
        bench.tell(.started)
        bench.tell(.opened(bench.floor.seats[0].channel))
        bench.answer(100, 0, "[[10],[],'']")
        bench.pass(.milliseconds(500))
        #expect(bench.answer(2, result).commands() == [.query])
        bench.answer(6, state)
        #expect(bench.activities == [activity])
        if activity == .offline { #expect(bench.commands().last == .uninitialise) }
    }

    @Test("An agent who counts as signed in elsewhere is tried for two minutes, and then left out")
    func elsewhere() {
        var bench = FloorBench()
        bench.tell(.started)
        var tries = 0
        while bench.floor.seats[0].state != .stopped, tries < 200 {
            tries += 1
            bench.tell(.opened(bench.floor.seats[0].channel))
            bench.answer(100, 1)
            bench.tell(.closed(bench.floor.seats[0].channel, Self.closed))
            if case .away(let until) = bench.floor.seats[0].state { bench.pass(until - bench.now) }
        }
        #expect(tries > 3)
        #expect(bench.now - FloorBench.start >= FloorRhythm.staleSessionLimit)
        #expect(bench.directives.troubles.map(\.code) == ["001001", "001001"])
        #expect(bench.directives.troubles.map(\.meaning) == [.unavailable, .misconfigured])
    }

    @Test(
        "What is wrong with one agent keeps that agent out and nobody else",
        arguments: [
            (3, "001003"), (4, "001004"), (5, "001005"), (6, "001006"), (7, "001007"), (804, "001804"), (806, "001806"),
            (808, "001808"), (820, "001820"),
        ])
    func stoppedAgent(result: Int, code: String) {
        var bench = FloorBench(agents: 2)
        bench.tell(.started)
        bench.signIn(1)
        bench.tell(.opened(bench.floor.seats[0].channel))
        bench.answer(100, result)
        bench.tell(.closed(bench.floor.seats[0].channel, Self.closed))
        #expect(bench.floor.seats[0].state == .stopped)
        #expect(bench.activities == [.offline, .idle])
        #expect(bench.directives.troubles == [])
        #expect(bench.directives.leftOut.map(\.agent) == [AgentID("5001")])
        #expect(bench.directives.leftOut.map(\.code) == [code])
    }

    @Test("Only when nobody can come back is an operator needed, which is told beside the outage")
    func everybodyIsLeftOut() {
        var bench = FloorBench(agents: 2)
        bench.tell(.started)
        for seat in 0..<2 {
            bench.tell(.opened(bench.floor.seats[seat].channel))
            bench.answer(100, 806, to: seat)
        }
        #expect(bench.directives.troubles.map(\.meaning) == [.unavailable, .misconfigured])
        #expect(bench.directives.leftOut.count == 2)
    }

    @Test("An enterprise that has expired stops the campaign")
    func expired() {
        var bench = FloorBench(agents: 2)
        bench.tell(.started)
        bench.signIn(1)
        bench.tell(.opened(bench.floor.seats[0].channel))
        bench.answer(100, 20)
        let ticket = bench.dial(by: "5002")
        #expect(bench.failure(of: ticket)?.0 == .misconfigured)
        #expect(bench.failure(of: ticket)?.1 == "001020")
    }

    @Test("An agent of another skill group is signed out again, and the words say why")
    func foreignAgent() {
        var bench = FloorBench()
        bench.tell(.started)
        bench.tell(.opened(bench.floor.seats[0].channel))
        bench.answer(100, 0, "[[11,12],[],'']")
        bench.tell(.closed(bench.floor.seats[0].channel, Self.closed))
        #expect(bench.floor.seats[0].state == .stopped)
        #expect(bench.directives.troubles.first?.message.contains("sales") == true)
    }

    @Test("A channel that breaks off is opened again after pauses that grow and differ, and one outage is told once")
    func backOff() {
        var bench = FloorBench()
        bench.tell(.started)
        var pauses: [Duration] = []
        for _ in 0..<12 {
            bench.tell(.closed(bench.floor.seats[0].channel, Self.closed))
            guard case .away(let until) = bench.floor.seats[0].state else { break }
            pauses.append(until - bench.now)
            bench.pass(until - bench.now)
        }
        #expect(pauses.count == 12)
        for (step, pause) in pauses.enumerated() {
            let longest = min(FloorRhythm.longestPause, FloorRhythm.firstPause * (1 << min(step, 10)))
            #expect(pause >= longest / 2 - .milliseconds(1) && pause <= longest, "\(step): \(pause)")
        }
        #expect(bench.directives.troubles.count == 1)
        bench.signIn(0)
        #expect(bench.directives.recovers)
        bench.tell(.closed(bench.floor.seats[0].channel, Self.closed))
        #expect(bench.directives.troubles.count == 2)
    }

    @Test("The server's keep-alive is answered, and whoever is silent for long is asked for their state")
    func keepAlive() {
        var bench = FloorBench()
        bench.signInAll()
        #expect(bench.say(#"{"MT":2}"#).commands() == [.keepAlive])
        #expect(bench.pass(FloorRhythm.lookAtRest).commands() == [.query])
        bench.answer(6, 1)
        #expect(bench.pass(FloorRhythm.lookAtRest).commands() == [.query])
        bench.pass(FloorBench.rhythm.answerLimit + FloorRhythm.lookAfterCall)
        #expect(bench.pass(FloorBench.rhythm.answerLimit).commands().last == .uninitialise)
    }

    @Test("In a run at speed the machine has its time to answer all the same")
    func rhythmAtSpeed() {
        let run = FloorRhythm(speed: 1)
        let rehearsal = FloorRhythm(speed: 60)
        #expect(run.answerLimit == .seconds(10) && run.signOutLimit == .seconds(2))
        #expect(rehearsal.answerLimit == .seconds(300) && rehearsal.signOutLimit == .seconds(120))
    }

    @Test("Alerts of supervisor and network are obeyed (B.4)")
    func alerts() {
        var bench = FloorBench()
        bench.signInAll()
        #expect(bench.say(#"{"MT":10,"Code":5}"#).commands() == [.goIdle])
        bench.answer(5, 3)
        #expect(bench.say(#"{"MT":10,"Code":6}"#).commands() == [.goBusy(reason: 1)])
        bench.answer(4, 0)
        #expect(bench.activities == [.onBreak])
        let again = bench.say(#"{"MT":10,"Code":100}"#).commands()
        #expect(again.map(\.action) == [100])
        #expect(bench.activities == [.offline])
        bench.answer(100, 0, "[[10],[],'']")
        bench.pass(.milliseconds(500))
        bench.answer(2, 0)
        #expect(bench.activities == [.idle])
        #expect(bench.say(#"{"MT":10,"Code":101}"#).commands() == [.uninitialise])
        bench.tell(.closed(bench.floor.seats[0].channel, Self.closed))
        bench.pass(FloorRhythm.longestPause)
        bench.signIn(0)
        #expect(bench.say(#"{"MT":10,"Code":4}"#).commands() == [.uninitialise])
        bench.tell(.closed(bench.floor.seats[0].channel, Self.closed))
        bench.pass(.seconds(600))
        #expect(bench.floor.seats[0].state == .stopped)
    }

    @Test("New lists of skill groups and of numbers replace those of the sign-in")
    func updates() {
        var bench = FloorBench()
        bench.signInAll()
        bench.say(#"{"MT":8,"Param":2,"Data":"['057180000001']"}"#)
        let ticket = bench.ask(.callers)
        #expect(bench.reply(to: ticket) == .success(.callers(["057180000001"])))
    }

    @Test(
        "States of the agent",
        arguments: [
            (2, AgentActivity.onBreak), (3, .idle), (4, .busy), (5, .wrapUp), (7, .offline), (11, .idle),
            (12, .onBreak),
        ])
    func agentStates(state: Int, activity: AgentActivity) {
        var bench = FloorBench()
        bench.signInAll()
        bench.say(#"{"MT":4,"AgSta":4}"#)
        bench.say(#"{"MT":4,"AgSta":\#(state),"AgStaParam":30}"#)
        #expect(bench.activities == [activity])
    }

    @Test(
        "After-call work of more than a day is no figure, and the agent is looked after as without one",
        arguments: [("86400", 86_402), ("86401", 30), ("-1", 30), ("9223372036854775807", 30)])
    func lengthOfWrapUp(told: String, lookedAfter: Int) {
        var bench = FloorBench()
        bench.signInAll()
        bench.say(#"{"MT":4,"AgSta":5,"AgStaParam":\#(told)}"#)
        #expect(bench.floor.nextDeadline == bench.now + .seconds(lookedAfter))
        #expect(bench.activities == [.wrapUp])
    }

    @Test("At the end everybody is signed out in order, and nobody's silence keeps the run from ending")
    func stop() {
        var bench = FloorBench(agents: 3)
        bench.tell(.started)
        bench.signIn(0)
        bench.signIn(1)
        let last = bench.tell(.stopRequested)
        #expect(last.commands(0) == [.signOut])
        #expect(last.commands(1) == [.signOut])
        #expect(last.contains(.close(bench.floor.seats[2].channel)))
        #expect(bench.answer(3, 0, to: 0).commands(0) == [.uninitialise])
        #expect(bench.pass(.milliseconds(1999)).commands(1) == [])
        #expect(bench.pass(.milliseconds(1)).commands(1) == [.uninitialise])
        #expect(!bench.floor.isOver)
        for seat in 0..<3 { bench.tell(.closed(bench.floor.seats[seat].channel, Self.closed)) }
        #expect(bench.floor.isOver)
        let late = bench.dial()
        #expect(bench.failure(of: late)?.0 == .unavailable)
    }

    @Test("Whoever waits for an answer when the run ends is told that the call may have been placed")
    func stopWhilePlacing() {
        var bench = FloorBench()
        bench.signInAll()
        let ticket = bench.dial()
        bench.tell(.stopRequested)
        #expect(bench.failure(of: ticket)?.0 == .outcomeUnknown)
    }

    @Test("What an earlier channel still has to say is not heard")
    func staleChannel() {
        var bench = FloorBench()
        bench.signInAll()
        let old = bench.floor.seats[0].channel
        bench.tell(.closed(old, Self.closed))
        bench.pass(.seconds(2))
        #expect(bench.tell(.received(old, .agent(state: 3, parameter: nil))) == [])
        #expect(bench.activities == [.offline])
    }

    static let closed = VendorError(
        .unavailable, vendor: "wincall.test", operation: "socket.io", code: "closed", message: "the channel was closed")
}
