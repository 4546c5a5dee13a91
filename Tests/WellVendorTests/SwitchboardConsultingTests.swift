import DialModel
import Telephony
import Testing

@testable import WellVendor

@Suite("A desk from which a colleague is consulted")
struct SwitchboardConsultingTests {
    private static let start = TrackedCallTests.start
    private static let agent = AgentID("5001")

    /// An agent who talks in the call c-1 of attempt 1, and has asked for a colleague.
    private static func board() throws -> Switchboard {
        let account = WellAccount(
            name: "well", endpoint: "", eventURL: "", loginURL: "", domain: "test.cc",
            logins: [AgentLogin(agent: agent, password: Secret("x"), phone: "8001")])
        var board = Switchboard(account: account, group: "", now: start)
        board.note(session: Secret("s"), of: agent)
        board.noteChannel(of: agent, isUp: true, at: start)
        #expect(try sync(&board, call: nil, at: start))
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

    private static func sync(_ board: inout Switchboard, call: String?, at now: Timestamp) throws -> Bool {
        let active = call.map { ",\"activeCall\":{\"callId\":\"\($0)\",\"state\":\"Connect\"}" } ?? ""
        let body = "{\"agent\":{\"agentId\":\"5001\",\"agentMode\":\"NotReady\"\(active)}}"
        let state = try #require(ClientState(Array(body.utf8)))
        return board.sync(agent, with: state, revision: board[agent]?.revision ?? 0, at: now)
    }

    private static func take(
        _ board: inout Switchboard, _ name: WellEvent.Name, _ change: (inout WellEvent) -> Void
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
}
