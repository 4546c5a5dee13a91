import DialModel
import Telephony
import Testing

@testable import WellVendor

@Suite("A desk from which a colleague is consulted")
struct SwitchboardConsultingTests {
    private static let start = TrackedCallTests.start
    private static let agent = AgentID("5001")
    private static let colleague = AgentID("5002")

    /// An agent who talks in the call c-1 of attempt 1, and has asked for a colleague.
    private static func board() throws -> Switchboard {
        let account = WellAccount(
            name: "well", endpoint: "", eventURL: "", loginURL: "", domain: "test.cc",
            logins: [
                AgentLogin(agent: agent, password: Secret("x"), phone: "8001"),
                AgentLogin(agent: colleague, password: Secret("x"), phone: "8002"),
            ])
        var board = Switchboard(account: account, group: "", now: start)
        for login in [agent, colleague] {
            board.note(session: Secret("s"), of: login)
            board.noteChannel(of: login, isUp: true, at: start)
            #expect(try sync(&board, call: nil, of: login, at: start))
        }
        let number = try #require(PhoneNumber(e164: "+8613800138000"))
        let request = CallRequest(
            attempt: AttemptID(1), number: number, prefix: "9", callerID: nil, agent: agent,
            notAfter: start + .seconds(60))
        _ = try board.reserve(request, at: start).get()
        _ = board.start(request, at: start)
        board.finish(request.attempt, of: agent, .accepted(callID: "c-1"), at: start)
        try take(&board, .established) { $0.answeringDevice = TrackedCallTests.callee }
        #expect(board.beginConsultation(of: agent)?.callID == "c-1")
        return board
    }

    private static func sync(
        _ board: inout Switchboard, call: String?, as state: String = "Connect", of agent: AgentID = agent,
        at now: Timestamp
    ) throws -> Bool {
        let active = call.map { ",\"activeCall\":{\"callId\":\"\($0)\",\"state\":\"\(state)\"}" } ?? ""
        let body = "{\"agent\":{\"agentId\":\"\(agent)\",\"agentMode\":\"NotReady\"\(active)}}"
        let state = try #require(ClientState(Array(body.utf8)))
        return board.sync(agent, with: state, revision: board[agent]?.revision ?? 0, at: now)
    }

    private static func take(
        _ board: inout Switchboard, _ name: WellEvent.Name, of agent: AgentID = agent,
        _ change: (inout WellEvent) -> Void
    ) throws {
        board.take(try TrackedCallTests.event(name, change), of: agent, at: start + .seconds(5))
    }

    private static func hasEnded(_ board: Switchboard) -> Bool? { board.call(of: AttemptID(1))?.hasEnded }

    @Test("The call with the colleague is known by the vendor's answer, or by its first event")
    func names() throws {
        var answered = try Self.board()
        #expect(answered.consultation(of: Self.agent) == nil)
        answered.noteConsultation(of: Self.agent, as: "c-2")
        #expect(answered.consultation(of: Self.agent)?.call == "c-2")
        var told = try Self.board()
        try Self.take(&told, .serviceInitiated) { $0.callID = "c-2" }
        #expect(told.consultation(of: Self.agent)?.call == "c-2")
        #expect(told.consultation(of: Self.agent)?.leg == CallLeg(callID: "c-1", device: "8001@test.cc"))
        #expect(told.beginConsultation(of: Self.agent) == nil, "one at a time")
    }

    @Test("The end of the consultation is not that of the callee's call")
    func ends() throws {
        var board = try Self.board()
        board.noteConsultation(of: Self.agent, as: "c-2")
        try Self.take(&board, .connectionCleared) {
            $0.callID = "c-2"
            $0.releasingDevice = "8001@test.cc"
        }
        #expect(board.consultation(of: Self.agent) == nil)
        #expect(Self.hasEnded(board) == false)
        #expect(board[Self.agent]?.openCalls == ["c-1"])
    }

    @Test("A call that waits is not over because the vendor names the consultation as the active one")
    func syncs() throws {
        var board = try Self.board()
        board.noteConsultation(of: Self.agent, as: "c-2")
        let later = Self.start + .seconds(60)
        #expect(try Self.sync(&board, call: "c-2", at: later))
        #expect(Self.hasEnded(board) == false)
        #expect(board[Self.agent]?.openCalls == ["c-1", "c-2"])
        #expect(try Self.sync(&board, call: nil, at: later + .seconds(60)))
        #expect(Self.hasEnded(board) == true)
        #expect(board.consultation(of: Self.agent) == nil)
    }

    @Test("A conference may give the call another name, and its old ones end nothing")
    func renames() throws {
        var board = try Self.board()
        board.noteConsultation(of: Self.agent, as: "c-2")
        try Self.take(&board, .conferenced) {
            $0.oldCalls = ["c-1", "c-2"]
            $0.newCall = "c-3"
        }
        for old in ["c-1", "c-2"] {
            try Self.take(&board, .connectionCleared) {
                $0.callID = old
                $0.releasingDevice = "8001@test.cc"
            }
        }
        #expect(Self.hasEnded(board) == false)
        #expect(board[Self.agent]?.openCalls == ["c-3"])
        try Self.take(&board, .connectionCleared) {
            $0.callID = "c-3"
            $0.releasingDevice = "8001@test.cc"
        }
        #expect(Self.hasEnded(board) == true)
    }

    @Test("A call that was left to this phone is at it, under the name that it has from now on")
    func isLeftCalls() throws {
        var board = try Self.board()
        board.endConsultation(of: Self.agent)
        try Self.take(&board, .delivered) { $0.callID = "c-8" }
        try Self.take(&board, .transferred) {
            $0.oldCalls = ["c-7", "c-8"]
            $0.newCall = "c-9"
            $0.transferredToDevice = "8001@test.cc"
        }
        #expect(board[Self.agent]?.openCalls == ["c-1", "c-9"])
        try Self.take(&board, .transferred) {
            $0.oldCalls = ["c-1", "c-2"]
            $0.newCall = "c-3"
            $0.transferredToDevice = "8002@test.cc"
        }
        #expect(board[Self.agent]?.openCalls == ["c-1", "c-9"], "to somebody else")
    }

    @Test("A colleague who was declined is nobody's")
    func declines() throws {
        var board = try Self.board()
        board.endConsultation(of: Self.agent)
        try Self.take(&board, .serviceInitiated) { $0.callID = "c-2" }
        #expect(board.consultation(of: Self.agent) == nil)
        #expect(board.beginConsultation(of: Self.agent)?.callID == "c-1")
    }

    @Test("Everybody in a conference is busy, whoever is told of it first", arguments: [false, true])
    func conferenceOfTwoDesks(colleagueFirst: Bool) throws {
        for name in ["c-3", "c-1"] {
            var board = try Self.board()
            board.noteConsultation(of: Self.agent, as: "c-2")
            try Self.take(&board, .delivered, of: Self.colleague) { $0.callID = "c-2" }
            let order = [Self.agent, Self.colleague]
            for agent in colleagueFirst ? order.reversed() : order {
                try Self.take(&board, .conferenced, of: agent) {
                    $0.oldCalls = ["c-1", "c-2"]
                    $0.newCall = name
                }
            }
            for agent in order {
                #expect(board[agent]?.openCalls == [name])
                #expect(board[agent]?.activity == .busy)
            }
            try Self.take(&board, .connectionCleared) {
                $0.callID = name
                $0.releasingDevice = "8001@test.cc"
            }
            #expect(Self.hasEnded(board) == true)
            // The colleague may talk on.
            #expect(board[Self.colleague]?.openCalls == [name])
            #expect(board[Self.colleague]?.syncDueAt != nil)
            try Self.take(&board, .connectionCleared, of: Self.colleague) {
                $0.callID = name
                $0.releasingDevice = "8002@test.cc"
            }
            #expect(board[Self.colleague]?.openCalls == [])
        }
    }

    @Test("A consultation of which the answer got lost and nothing came is forgotten, and may be asked for again")
    func neverCame() throws {
        var board = try Self.board()
        board.doubtConsultation(of: Self.agent, at: Self.start + .seconds(5))
        #expect(board[Self.agent]?.syncDueAt != nil)
        #expect(try Self.sync(&board, call: "c-1", at: Self.start + .seconds(8)))
        #expect(board[Self.agent]?.openCalls == ["c-1"])
        #expect(board.beginConsultation(of: Self.agent)?.callID == "c-1")
        // While the answer may still come, nothing is concluded.
        #expect(try Self.sync(&board, call: "c-1", at: Self.start + .seconds(9)))
        #expect(board.beginConsultation(of: Self.agent) == nil)
    }

    @Test("A consultation of which only the answer got lost is known by the vendor's state")
    func cameAllTheSame() throws {
        var board = try Self.board()
        board.doubtConsultation(of: Self.agent, at: Self.start + .seconds(5))
        #expect(try Self.sync(&board, call: "c-2", at: Self.start + .seconds(8)))
        #expect(board.consultation(of: Self.agent)?.call == "c-2")
        #expect(Self.hasEnded(board) == false)
    }

    @Test("A consultation is over when the vendor has the callee talk with the agent again")
    func lostEnd() throws {
        var board = try Self.board()
        board.noteConsultation(of: Self.agent, as: "c-2")
        #expect(try Self.sync(&board, call: "c-1", as: "Hold", at: Self.start + .seconds(8)))
        #expect(board.consultation(of: Self.agent)?.call == "c-2")
        #expect(try Self.sync(&board, call: "c-1", at: Self.start + .seconds(9)))
        #expect(board[Self.agent]?.consultation == nil)
        #expect(board[Self.agent]?.openCalls == ["c-1"])
        #expect(Self.hasEnded(board) == false)
    }
}
