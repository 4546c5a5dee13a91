import DialModel
import Foundation
import Telephony
import Testing
import Wording

@testable import RunControl

@Suite("Requests and answers mean the same on both sides")
struct ControlWireTests {
    static let every: [ControlRequest] = [
        .agents(reveal: false), .agents(reveal: true), .calls(reveal: false), .calls(reveal: true), .glance,
        .order(.pause), .order(.resume), .order(.drain), .order(.agent(.makeReady, AgentID("5001"))),
        .order(.agent(.sendOnBreak, AgentID("坐席 \"7\""))), .order(.agent(.signOut, AgentID("a@b"))),
        .order(.call(.listen(phone: "8002"), AttemptID(1))), .order(.call(.barge(phone: "8002"), AttemptID(2))),
        .order(.call(.take(phone: "8002"), AttemptID(.max))), .order(.call(.drop, AttemptID(4))),
        .order(.call(.hold, AttemptID(5))), .order(.call(.retrieve, AttemptID(5))),
        .order(.call(.consult(phone: "8003"), AttemptID(7))), .order(.call(.cancelConsult, AttemptID(7))),
        .order(.call(.conference, AttemptID(8))), .order(.call(.transfer, AttemptID(8))),
        .order(.call(.startRecording, AttemptID(6))), .order(.call(.stopRecording, AttemptID(6))),
    ]

    @Test("Each request is read as it was written", arguments: every)
    func requests(request: ControlRequest) throws {
        let (method, target) = request.line
        #expect(try ControlRequest(method: method, target: target, body: request.body) == request)
    }

    @Test("The guide has each request", arguments: every)
    func guide(request: ControlRequest) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = root.appendingPathComponent("Sources/autodialer/autodialer.docc/SupervisingARun.md")
        let table = try #require(
            try String(contentsOf: page, encoding: .utf8).components(separatedBy: "| Request | Body |").last)
        let path = try #require(request.line.target.split(separator: "?").first)
        #expect(table.contains("\(path)`"))
        guard !request.body.isEmpty else { return }
        let body = try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        #expect(table.contains("`\(try #require(body?["order"] as? String))`"))
    }

    @Test("Each answer is read as it was written")
    func answers() {
        let at = Timestamp(milliseconds: 1_767_319_384_000)
        let agents = [
            AgentLine(
                agent: "5001", state: "busy", since: at, isLeaving: true, call: 12, number: "+86154****01", missed: 3),
            AgentLine(agent: "5002", state: "idle", since: at, isLeaving: false, call: nil, number: nil, missed: 0),
        ]
        let calls = [
            CallLine(call: 12, number: "+86154****01", state: "connected", since: at, agent: "5001", callerID: "0571"),
            CallLine(call: 13, number: "+86154****02", state: "ringing", since: at, agent: nil, callerID: nil),
        ]
        for answer in [
            ControlAnswer.done("paused"), .agents(agents, at: at), .calls(calls, at: at), .calls([], at: at),
        ] {
            #expect(ControlAnswer(answer.body) == answer)
        }
        for code in ControlError.Code.allCases {
            let error = ControlError(code, Phrase(same: "“no”"))
            #expect(ControlError(error.body) == error)
        }
        #expect(ControlAnswer(Array("{}".utf8)) == nil && ControlAnswer(Array("[1]".utf8)) == nil)
    }

    @Test("A run at a glance is read as it was written, whatever is missing in it", arguments: [true, false])
    func glances(isFull: Bool) {
        let at = Timestamp(milliseconds: 1_767_319_384_000)
        var glance = RunGlance(at: at)
        if isFull {
            glance.speed = 60
            (glance.calls.dialing, glance.calls.ringing, glance.calls.waiting) = (1, 2, 3)
            (glance.calls.talking, glance.calls.unknown) = (4, 5)
            (glance.agents.idle, glance.agents.reserved, glance.agents.setAside) = (6, 7, 8)
            (glance.agents.busy, glance.agents.wrapUp, glance.agents.onBreak) = (9, 10, 11)
            glance.maxLines = 30
            glance.pause = RunPause(.byOperator, by: "wang", until: at)
            (glance.stalled, glance.isStalledSinceStart) = (.seconds(75), true)
            glance.pace = .init(bound: "risk", allowance: 0.016)
            glance.agentLines = [
                AgentLine(agent: "5001", state: "idle", since: at, isLeaving: false, call: nil, number: nil, missed: 0)
            ]
            glance.accounts = AccountGlance.Health.allCases.map {
                AccountGlance(
                    name: "a", carried: 1, dialing: 2, talking: 3, health: $0, until: at, pause: RunPause(.throttled))
            }
            glance.notes = ["line “one”"]
        }
        #expect(ControlAnswer(ControlAnswer.glance(glance).body) == .glance(glance))
    }

    @Test("Members that are not known are ignored")
    func tolerance() throws {
        let body = #"{"agent": 5001, "order": "make_ready", "why": {"a": [1]}, "at": null}"#
        let request = try ControlRequest(method: "POST", target: "/v1/agents/order?x=1", body: Array(body.utf8))
        #expect(request == .order(.agent(.makeReady, AgentID("5001"))))
    }

    @Test(
        "What is not known or not whole is refused, and nothing is guessed",
        arguments: [
            ("GET", "/v2/agents", "", ControlError.Code.unknownRequest), ("GET", "/v1/pause", "", .unknownRequest),
            ("POST", "/v1/agents", "", .unknownRequest), ("POST", "/v1/agents/order", "", .malformed),
            ("POST", "/v1/agents/order", "[]", .malformed), ("POST", "/v1/agents/order", "{}", .malformed),
            ("POST", "/v1/agents/order", #"{"agent": "a"}"#, .unknownRequest),
            ("POST", "/v1/agents/order", #"{"agent": "a", "order": "dance"}"#, .unknownRequest),
            ("POST", "/v1/calls/order", #"{"order": "drop"}"#, .malformed),
            ("POST", "/v1/calls/order", #"{"call": "twelve", "order": "drop"}"#, .malformed),
            ("POST", "/v1/calls/order", #"{"call": 1, "order": "listen"}"#, .malformed),
            ("POST", "/v1/calls/order", #"{"call": 1, "order": "sing", "phone": "1"}"#, .unknownRequest),
            ("POST", "/v1/calls/order", #"{"call": 1, "order": "drop""#, .malformed),
        ])
    func refused(method: String, target: String, body: String, code: ControlError.Code) {
        do throws(ControlError) {
            _ = try ControlRequest(method: method, target: target, body: Array(body.utf8))
            Issue.record("\(method) \(target) \(body) was taken")
        } catch {
            #expect(error.code == code, "\(error)")
        }
    }
}
