import DialModel
import EventWire
import Telephony
import Testing

@testable import UdeskVendor

@Suite("Whose events are whose, and what they tell")
struct CallBoardTests {
    /// 2018-03-22 11:48:00 +0800.
    static let start = Timestamp(milliseconds: 1_521_690_480_000)
    static let relay = "01086465040"

    private func request(_ attempt: Int64, _ e164: String = "+8613800138000") throws -> CallRequest {
        CallRequest(
            attempt: AttemptID(attempt), number: try #require(PhoneNumber(e164: e164)), prefix: "",
            callerID: Self.relay, agent: nil, notAfter: Self.start + .seconds(60))
    }

    private func board(_ attempts: Int64...) throws -> CallBoard {
        var board = CallBoard(words: FailureWord.assumed)
        for attempt in attempts {
            board.expect(try request(attempt), relay: Self.relay, now: Self.start)
            board.accept(AttemptID(attempt), now: Self.start)
        }
        return board
    }

    /// An event, by the members that the vendor's have; times are seconds after the start.
    private func event(_ members: [String: String], times: [String: Int] = [:], mark: String? = "1") throws -> CallEvent
    {
        var all = members
        all["call_id"] = members["call_id"] ?? "c1"
        all["customer_phone"] = members["customer_phone"] ?? "13800138000"
        all["display_number"] = members["display_number"] ?? Self.relay
        if let mark { all["ivr_variables"] = #"{"attempt_id":"\#(mark)"}"# }
        for (name, seconds) in times {
            all[name] = WireTime.text(Self.start + .seconds(seconds)) + " +0800"
        }
        return try #require(CallEvent(.object(all.mapValues { .string($0) })))
    }

    private let conversation: [(members: [String: String], times: [String: Int])] = [
        ([:], ["customer_ring_at": 2]),
        ([:], ["customer_ring_at": 2, "customer_answer_at": 8]),
        (["agent_id": "78"], ["customer_ring_at": 2, "customer_answer_at": 8, "agent_answer_at": 10]),
        (
            ["agent_id": "78", "call_result": "客服接听"],
            [
                "customer_ring_at": 2, "customer_answer_at": 8, "agent_answer_at": 10, "customer_hangup_at": 40,
                "agent_hangup_at": 40,
            ]
        ),
    ]

    private func facts(_ board: inout CallBoard) -> [DatedProgress] {
        board.takeOutbox().compactMap { event in
            guard case .call(_, let progress, let at) = event else { return nil }
            return DatedProgress(progress, at: at)
        }
    }

    private func at(_ seconds: Int) -> Timestamp { Self.start + .seconds(seconds) }

    private var ending: CallEnding {
        CallEnding(
            outcome: .connected, vendorReason: "客服接听", answeredAt: at(8), connectedAt: at(10), talk: .seconds(30),
            agent: AgentID("78"), shownCallerID: Self.relay)
    }

    private var story: [DatedProgress] {
        [
            DatedProgress(.ringing, at: at(2)), DatedProgress(.answered(.unknown), at: at(8)),
            DatedProgress(.connected(AgentID("78")), at: at(10)), DatedProgress(.ended(ending), at: at(40)),
        ]
    }

    @Test("A conversation is told once, in order, whatever comes twice")
    func tellsConversations() throws {
        var board = try board(1)
        for (members, times) in conversation {
            for _ in 0..<2 { board.take(try event(members, times: times), arrival: nil, now: at(50)) }
        }
        #expect(facts(&board) == story)
    }

    @Test("Whatever the order in which its events come, a call's facts come in theirs", arguments: 0..<24)
    func toleratesDisorder(seed: Int) throws {
        var board = try board(1)
        var rest = conversation
        var number = seed
        while !rest.isEmpty {
            let (members, times) = rest.remove(at: number % rest.count)
            number /= 4
            board.take(try event(members, times: times), arrival: nil, now: at(50))
        }
        let told = facts(&board)
        #expect(told.last == story.last)
        #expect(told == story.filter { fact in told.contains { $0 == fact } }, "no fact comes late or twice")
    }

    @Test("The arrival tells the time within a second, unless it was another second's")
    func refinesTimes() throws {
        var board = try board(1)
        let answered = try event([:], times: ["customer_ring_at": 2, "customer_answer_at": 8])
        board.take(answered, arrival: at(8) + .milliseconds(300), now: at(9))
        #expect(
            facts(&board) == [
                DatedProgress(.ringing, at: at(2)),
                DatedProgress(.answered(.unknown), at: at(8) + .milliseconds(300)),
            ])
    }

    @Test("Nobody was there for whoever answered and was joined to no agent")
    func tellsAbandonment() throws {
        var board = try board(1)
        board.take(
            try event(
                ["call_result": "放弃排队", "agent_id": "78"], times: ["customer_answer_at": 8, "customer_hangup_at": 20]),
            arrival: nil, now: at(21))
        let end = try #require(facts(&board).last)
        guard case .ended(let ending) = end.progress else {
            Issue.record("the call did not end")
            return
        }
        #expect(ending.outcome == .abandoned)
        #expect(ending.agent == nil && ending.talk == nil && ending.connectedAt == nil)
        #expect(ending.vendorReason == "放弃排队")
    }

    @Test(
        "A call that was not answered ends by its cause",
        arguments: [("空号", CallOutcome.invalidNumber), ("用户忙", .busy), ("", .noAnswer)])
    func tellsFailures(cause: String, outcome: CallOutcome) throws {
        var board = try board(1)
        board.take(
            try event(["call_result": "客户未接", "defeat_cause": cause], times: ["customer_ring_at": 2]), arrival: at(9),
            now: at(9))
        guard case .ended(let ending)? = facts(&board).last?.progress else {
            Issue.record("the call did not end")
            return
        }
        #expect(ending.outcome == outcome)
    }

    @Test("An agent's hanging up alone ends no call, for it may have been handed on")
    func survivesTransfers() throws {
        var board = try board(1)
        board.take(
            try event(
                ["agent_id": "78"], times: ["customer_answer_at": 8, "agent_answer_at": 9, "agent_hangup_at": 20]),
            arrival: nil, now: at(20))
        #expect(facts(&board).count == 2)
    }

    @Test("Another program's call that bears the same mark is not taken for ours")
    func refusesForeignMarks() throws {
        var board = try board(1)
        board.take(
            try event(["customer_phone": "13999999999"], times: ["customer_ring_at": 2]), arrival: nil, now: at(3))
        board.take(
            try event(["display_number": "02180000001"], times: ["customer_ring_at": 2]), arrival: nil, now: at(3))
        board.take(try event([:], times: ["customer_ring_at": -600]), arrival: nil, now: at(3))
        board.take(try event([:], times: ["customer_ring_at": 2], mark: "2"), arrival: nil, now: at(3))
        board.take(try event([:], times: ["customer_ring_at": 2], mark: "no number"), arrival: nil, now: at(3))
        #expect(facts(&board).isEmpty)
    }

    @Test("Without a mark, callee, relay number and time decide, and two that fit prove nothing")
    func correlatesWithoutMarks() throws {
        var board = try board(1)
        board.take(try event([:], times: ["customer_ring_at": 2], mark: nil), arrival: nil, now: at(3))
        #expect(facts(&board).map(\.progress) == [.ringing])
        var two = try self.board(1, 2)
        two.take(try event([:], times: ["customer_ring_at": 2], mark: nil), arrival: nil, now: at(3))
        #expect(facts(&two).isEmpty)
    }

    @Test("Events without a mark follow the call that an earlier one named")
    func followsNames() throws {
        var board = try board(1, 2)
        board.take(try event([:], times: ["customer_ring_at": 2]), arrival: nil, now: at(3))
        board.take(try event([:], times: ["customer_answer_at": 8], mark: nil), arrival: nil, now: at(9))
        #expect(facts(&board).map(\.progress) == [.ringing, .answered(.unknown)])
    }

    @Test("What is told of a call before its request is answered, is reported with the answer, or kept for reconciling")
    func keepsEarlyEvents() throws {
        var board = CallBoard(words: [])
        board.expect(try request(1), relay: Self.relay, now: Self.start)
        board.take(try event([:], times: ["customer_ring_at": 2]), arrival: nil, now: at(3))
        #expect(facts(&board).isEmpty)
        #expect(board.isKnown(AttemptID(1)))
        board.accept(AttemptID(1), now: at(4))
        #expect(facts(&board).map(\.progress) == [.ringing])
    }

    @Test("Events that came before their call is taken up are found then, and not reported a second time")
    func claimsLater() throws {
        var board = CallBoard(words: [])
        board.take(try event([:], times: ["customer_ring_at": 2]), arrival: nil, now: at(3))
        let call = FollowedCall(
            attempt: AttemptID(1), number: try request(1).number, prefix: "", vendorCall: nil, placedAfter: Self.start)
        #expect(board.takeUp(call, now: at(9)).map(\.progress) == [.ringing])
        board.adopt(AttemptID(1))
        #expect(facts(&board).isEmpty)
        board.take(try event([:], times: ["customer_answer_at": 8]), arrival: nil, now: at(9))
        #expect(facts(&board).map(\.progress) == [.answered(.unknown)])
    }

    @Test("The log is wanted for calls that are not over and of which nothing was told for a while")
    func knowsQuietCalls() throws {
        var board = try board(1)
        let since = Self.start - CallBoard.clockTolerance
        #expect(board.quietSince(.seconds(30), now: at(29)) == nil)
        #expect(board.quietSince(.seconds(30), now: at(30)) == since)
        board.take(try event([:], times: ["customer_ring_at": 2]), arrival: nil, now: at(31))
        #expect(board.quietSince(.seconds(30), now: at(60)) == nil)
        #expect(board.quietSince(.seconds(30), now: at(61)) == since)
        board.take(try event(["defeat_cause": "空号"]), arrival: nil, now: at(62))
        #expect(board.quietSince(.zero, now: at(90)) == nil)
    }
}
