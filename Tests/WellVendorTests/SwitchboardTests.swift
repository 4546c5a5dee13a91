import DialModel
import Telephony
import Testing

@testable import WellVendor

@Suite("The desks of an account")
struct SwitchboardTests {
    private static let start = TrackedCallTests.start
    private static let agent = AgentID("5001")

    /// A switchboard with one agent, signed in and watched.
    private static func board(change: (inout WellAccount) -> Void = { _ in }) throws -> Switchboard {
        var account = WellAccount(
            name: "well", endpoint: "", eventURL: "", loginURL: "", domain: "test.cc",
            logins: [AgentLogin(agent: agent, password: Secret("x"), phone: "8001")])
        change(&account)
        var board = Switchboard(account: account, group: "", now: start)
        for desk in board.desks {
            board.note(session: Secret("s"), of: desk.login.agent)
            board.noteChannel(of: desk.login.agent, isUp: true, at: start)
            #expect(try sync(&board, desk.login.agent, at: start))
        }
        _ = board.takeOutbox()
        return board
    }

    @discardableResult
    private static func sync(
        _ board: inout Switchboard, _ agent: AgentID, call: String = "", mode: String = "NotReady",
        revision: Int? = nil, at now: Timestamp
    ) throws -> Bool {
        let active = call.isEmpty ? "" : ",\"activeCall\":\(call)"
        let body = "{\"agent\":{\"agentId\":\"\(agent)\",\"agentMode\":\"\(mode)\"\(active)}}"
        let state = try #require(ClientState(Array(body.utf8)))
        let present = board[agent]?.revision ?? 0
        return board.sync(agent, with: state, revision: revision ?? present, at: now)
    }

    private static func request(_ attempt: Int64 = 1, agent: AgentID? = agent) throws -> CallRequest {
        let number = try #require(PhoneNumber(e164: "+8613800138000"))
        return CallRequest(
            attempt: AttemptID(attempt), number: number, prefix: "9", callerID: nil, agent: agent,
            notAfter: start + .seconds(60))
    }

    private static func originated(_ callID: String = "c-1") throws -> WellEvent {
        try TrackedCallTests.event(.originated) {
            $0.callID = callID
            $0.callingDevice = "8001@test.cc"
            $0.calledDevice = TrackedCallTests.callee
        }
    }

    private static func activities(_ events: [VendorEvent]) -> [AgentActivity] {
        events.compactMap { event in
            if case .agents(let agents, _) = event { return agents.first?.activity }
            return nil
        }
    }

    @Test("The next turn of a phone is two seconds after its last request was answered, not after it was sent")
    func spacesRequests() throws {
        var board = try Self.board()
        let request = try Self.request()
        #expect(try board.reserve(request, at: Self.start).get().notBefore == Self.start)
        #expect(board.start(request, at: Self.start) != nil)
        board.finish(request.attempt, of: Self.agent, .declined(.refused), at: Self.start + .seconds(5))
        let next = try Self.request(2)
        #expect(try board.reserve(next, at: Self.start + .seconds(5)).get().notBefore == Self.start + .seconds(7))
        #expect(board.start(next, at: Self.start + .seconds(6)) == nil)
        #expect(board.start(next, at: Self.start + .seconds(7)) != nil)
    }

    @Test("A phone that is promised to one call is nobody else's, until it is given back")
    func keepsPhones() throws {
        var board = try Self.board()
        _ = try board.reserve(try Self.request(), at: Self.start).get()
        #expect(Self.activities(board.takeOutbox()) == [.busy])
        #expect(board.reserve(try Self.request(2), at: Self.start) == .failure(DialRefused(.agentBusy)))
        board.release(AttemptID(1), at: Self.start)
        #expect(Self.activities(board.takeOutbox()) == [.idle])
        #expect(board.reserve(try Self.request(3, agent: nil), at: Self.start) == .failure(DialRefused(.noDiallerFree)))
    }

    @Test("A call whose answer is lost is named by its first event, and its events are told in order")
    func namesCallsByEvents() throws {
        var board = try Self.board()
        let request = try Self.request()
        _ = try board.reserve(request, at: Self.start).get()
        _ = board.start(request, at: Self.start)
        board.take(try TrackedCallTests.event(.serviceInitiated), of: Self.agent, at: Self.start)
        board.finish(request.attempt, of: Self.agent, .unknown, at: Self.start + .seconds(1))
        #expect(board.call(of: request.attempt)?.callID == nil)
        board.take(try Self.originated(), of: Self.agent, at: Self.start + .seconds(2))
        #expect(board.call(of: request.attempt)?.callID == "c-1")
        #expect(board.call(of: request.attempt)?.originatedAt == Self.start + .seconds(2))
    }

    @Test(
        "Between the end of a conversation and the word that the agent works after it nobody takes them for idle",
        arguments: [true, false])
    func settles(isTold: Bool) throws {
        var board = try Self.board()
        let request = try Self.request()
        _ = try board.reserve(request, at: Self.start).get()
        _ = board.start(request, at: Self.start)
        board.finish(request.attempt, of: Self.agent, .accepted(callID: "c-1"), at: Self.start)
        let answer = try TrackedCallTests.event(.established) { $0.answeringDevice = TrackedCallTests.callee }
        board.take(answer, of: Self.agent, at: Self.start + .seconds(5))
        let cleared = try TrackedCallTests.event(.connectionCleared) { $0.releasingDevice = "8001@test.cc" }
        let end = Self.start + .seconds(9)
        board.take(cleared, of: Self.agent, at: end)
        #expect(Self.activities(board.takeOutbox()) == [.busy, .wrapUp])
        #expect(board.reserve(try Self.request(2), at: end) == .failure(DialRefused(.agentBusy)))
        #expect(board.nextDue(of: Self.agent, at: end) == end + .seconds(2))
        if isTold {
            board.take(try TrackedCallTests.event(.agentNotReady), of: Self.agent, at: end + .seconds(1))
        } else {
            board.tellOfAgents(at: end + .seconds(2))
        }
        #expect(Self.activities(board.takeOutbox()) == [.idle])
    }

    @Test("A call of somebody else's at the phone is none of ours, and keeps the agent busy until it is over")
    func knowsStrangers() throws {
        var board = try Self.board()
        let ringing = try TrackedCallTests.event(.delivered) { $0.alertingDevice = "8001@test.cc" }
        board.take(ringing, of: Self.agent, at: Self.start)
        let cleared = try TrackedCallTests.event(.connectionCleared) { $0.releasingDevice = "8001@test.cc" }
        board.take(cleared, of: Self.agent, at: Self.start + .seconds(1))
        board.take(ringing, of: Self.agent, at: Self.start + .seconds(2))
        let events = board.takeOutbox()
        #expect(Self.activities(events) == [.busy, .idle], "a late event does not open a closed call again")
        #expect(events.count == 2)
    }

    @Test("An event that has the number of the one before it is the same event")
    func dropsDoubles() throws {
        var board = try Self.board()
        let mode = try TrackedCallTests.event(.agentWorkingAfterCall) { $0.serial = 7 }
        board.take(mode, of: Self.agent, at: Self.start)
        let revision = board[Self.agent]?.revision
        board.take(mode, of: Self.agent, at: Self.start)
        #expect(board[Self.agent]?.revision == revision)
        #expect(Self.activities(board.takeOutbox()) == [.wrapUp])
    }

    @Test("An answer of the vendor's that is older than an event is not taken for news")
    func refusesOldAnswers() throws {
        var board = try Self.board()
        let revision = board[Self.agent]?.revision
        board.take(try TrackedCallTests.event(.agentWorkingAfterCall), of: Self.agent, at: Self.start)
        #expect(try !Self.sync(&board, Self.agent, revision: revision, at: Self.start))
        #expect(board[Self.agent]?.mode == .workNotReady)
    }

    @Test("While an agent's events do not reach us the agent is busy, and what was missed is told after the comparison")
    func catchesUp() throws {
        var board = try Self.board()
        let request = try Self.request()
        _ = try board.reserve(request, at: Self.start).get()
        _ = board.start(request, at: Self.start)
        board.finish(request.attempt, of: Self.agent, .accepted(callID: "c-1"), at: Self.start)
        board.noteChannel(of: Self.agent, isUp: false, at: Self.start + .seconds(1))
        board.noteChannel(of: Self.agent, isUp: true, at: Self.start + .seconds(4))
        #expect(board[Self.agent]?.activity == .busy)
        let active = #"{"callId":"c-1","state":"Connect","answerTime":"2018.11.09 14:20:20"}"#
        try Self.sync(&board, Self.agent, call: active, at: Self.start + .seconds(5))
        #expect(board.call(of: request.attempt)?.connectedAt == Self.start + .seconds(5))
        try Self.sync(&board, Self.agent, at: Self.start + .seconds(60))
        #expect(board.call(of: request.attempt)?.hasEnded == true)
        #expect(board[Self.agent]?.activity == .idle)
    }

    @Test("A call that was taken just now is not given up because the vendor's state lacks it")
    func givesCallsTime() throws {
        var board = try Self.board()
        let request = try Self.request()
        _ = try board.reserve(request, at: Self.start).get()
        _ = board.start(request, at: Self.start)
        board.finish(request.attempt, of: Self.agent, .accepted(callID: "c-1"), at: Self.start)
        try Self.sync(&board, Self.agent, at: Self.start + .seconds(1))
        #expect(board.call(of: request.attempt)?.hasEnded == false)
        try Self.sync(&board, Self.agent, at: Self.start + .seconds(6))
        #expect(board.call(of: request.attempt)?.hasEnded == true)
    }

    @Test("A call that an earlier run placed is found by its name, or by whom it is with")
    func findsStrangers() throws {
        for name in ["c-9", nil] {
            var board = try Self.board()
            let active = #"{"callId":"c-9","otherSide":"913800138000@test.cc","state":"Connect"}"#
            try Self.sync(&board, Self.agent, call: active, at: Self.start)
            let request = try Self.request()
            let followed = FollowedCall(
                attempt: request.attempt, number: request.number, prefix: "9", vendorCall: name.map(VendorCallID.init),
                placedAfter: Self.start - .seconds(60))
            #expect(board.find(followed, named: name, at: Self.start)?.callID == "c-9")
            try Self.sync(&board, Self.agent, at: Self.start + .seconds(9))
            #expect(board.call(of: request.attempt)?.hasEnded == true)
        }
    }

    @Test("A phone that cannot be seen may have a call that was not found, unless it will not be seen in this run")
    func isBlindToPhonesThatMayCome() throws {
        let known = VendorCallID("c-9")
        for call in [known, nil] {
            let followed = FollowedCall(
                attempt: AttemptID(1), number: try Self.request().number, prefix: "9", vendorCall: call,
                placedAfter: Self.start - .seconds(720))
            var board = try Self.board()
            #expect(!board.isBlind(to: followed))
            let lost = VendorError(.unavailable, vendor: "well", operation: "connect", code: "x", message: "")
            board.fail(Self.agent, lost, isTurnedAway: false, at: Self.start)
            #expect(board.isBlind(to: followed), "nobody has asked")
            board.fail(Self.agent, lost, isTurnedAway: true, isLeftOut: true, at: Self.start)
            #expect(!board.isBlind(to: followed))
            try Self.sync(&board, Self.agent, call: #"{"callId":"c-1","state":"Connect"}"#, at: Self.start)
            #expect(board.isBlind(to: followed) == (call == nil), "nobody has said with whom the agent talks")
        }
        #expect([423, 451, 461].allSatisfy { StatusTable.treatment(of: $0).leavesOut })
        #expect(![460, 454, 429, 500].contains { StatusTable.treatment(of: $0).leavesOut })
    }

    @Test("A call that nobody answers is ended after a minute and a half, a conversation not before two hours")
    func endsOverdueCalls() throws {
        var board = try Self.board()
        let request = try Self.request()
        _ = try board.reserve(request, at: Self.start).get()
        _ = board.start(request, at: Self.start)
        board.finish(request.attempt, of: Self.agent, .accepted(callID: "c-1"), at: Self.start)
        #expect(board.overdueLeg(of: Self.agent, at: Self.start + .seconds(89)) == nil)
        let leg = CallLeg(callID: "c-1", device: "8001@test.cc")
        #expect(board.overdueLeg(of: Self.agent, at: Self.start + .seconds(90)) == leg)
        let answer = try TrackedCallTests.event(.established) { $0.answeringDevice = TrackedCallTests.callee }
        board.take(answer, of: Self.agent, at: Self.start + .seconds(91))
        #expect(board.overdueLeg(of: Self.agent, at: Self.start + .seconds(7000)) == nil)
        #expect(board.overdueLeg(of: Self.agent, at: Self.start + .seconds(7300)) == leg)
    }

    @Test("An absent phone is left alone for fifteen seconds, and twice as long each time up to two minutes")
    func pausesAbsentPhones() throws {
        var board = try Self.board()
        var now = Self.start
        for (attempt, pause) in [15, 30, 60, 120, 120].enumerated() {
            let request = try Self.request(Int64(attempt))
            _ = try board.reserve(request, at: now).get()
            now = now + .seconds(2)
            #expect(board.start(request, at: now) != nil)
            board.finish(request.attempt, of: Self.agent, .declined(.phoneAbsent), at: now)
            #expect(board[Self.agent]?.activity == .onBreak)
            #expect(board[Self.agent]?.pausedUntil == now + .seconds(pause))
            now = now + .seconds(pause)
        }
    }

    @Test("An outage is told once, when the last desk fails, and its end once, when the first is back")
    func tellsOutagesOnce() throws {
        let second = AgentID("5002")
        var board = try Self.board {
            $0.logins.append(AgentLogin(agent: second, password: Secret("x"), phone: "8002"))
        }
        let error = VendorError(.unavailable, vendor: "well", operation: "connect", code: "x", message: "")
        board.fail(Self.agent, error, isTurnedAway: false, at: Self.start)
        #expect(!board.takeOutbox().contains(.trouble(error)))
        board.fail(second, error, isTurnedAway: false, at: Self.start)
        board.fail(second, error, isTurnedAway: false, at: Self.start)
        #expect(board.takeOutbox().count { $0 == .trouble(error) } == 1)
        try Self.sync(&board, second, at: Self.start)
        try Self.sync(&board, Self.agent, at: Self.start)
        #expect(board.takeOutbox().count { $0 == .recovered } == 1)
    }

    @Test("An agent who is turned away is named once for each reason, and an outage tells what time cannot heal")
    func namesAgents() throws {
        let second = AgentID("5002")
        var board = try Self.board { $0.logins.append(AgentLogin(agent: second, password: Secret("x"), phone: "8002")) }
        func failure(_ status: Int, _ meaning: VendorError.Meaning) -> VendorError {
            WellFailure("agentLogin", .status(status)).error(meaning, board.account)
        }
        let (gone, absent) = (failure(453, .misconfigured), failure(451, .unavailable))
        board.fail(Self.agent, absent, isTurnedAway: true, at: Self.start)
        board.fail(Self.agent, absent, isTurnedAway: true, at: Self.start)
        board.fail(Self.agent, gone, isTurnedAway: true, at: Self.start)
        let named = board.takeOutbox().filter { if case .agentUnusable = $0 { true } else { false } }
        #expect(named == [.agentUnusable(Self.agent, absent), .agentUnusable(Self.agent, gone)])
        var others = board
        others.fail(second, absent, isTurnedAway: true, at: Self.start)
        #expect(others.takeOutbox().last == .trouble(absent), "one of them may be let in yet")
        board.fail(second, gone, isTurnedAway: true, at: Self.start)
        #expect(board.takeOutbox().last == .trouble(gone))
    }

    @Test("A call that nobody answers is ended a minute after its ring time-out, and not before")
    func followsRingTimeouts() throws {
        var board = try Self.board()
        var request = try Self.request()
        request.ringTimeout = .seconds(75)
        _ = try board.reserve(request, at: Self.start).get()
        _ = board.start(request, at: Self.start)
        board.finish(request.attempt, of: Self.agent, .accepted(callID: "c-1"), at: Self.start)
        #expect(board.overdueLeg(of: Self.agent, at: Self.start + .seconds(134)) == nil)
        let leg = CallLeg(callID: "c-1", device: "8001@test.cc")
        #expect(board.overdueLeg(of: Self.agent, at: Self.start + .seconds(135)) == leg)
    }
}
