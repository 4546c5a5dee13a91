import DialModel
import EventWire
import Foundation
import Telephony
import TestSupport
import Testing

@testable import WellVendor

/// Spoilt events and answers, from the frame to the switchboard; to replay a seed, put it into `replayed`.
@Suite("Spoilt events of Well", .timeLimit(.minutes(60)))
struct EventFuzzTests {
    /// Seeds of earlier failures.
    private static let replayed: [UInt64] = []
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    private static let seeds: [UInt64] = replayed + (1...(isSoak ? 400_000 : 600))
    private static let agents = ["5001", "5002"].map { AgentID($0) }

    private static let events = Mutation(
        WellEvent.Name.allCases.map { name in
            Array(
                """
                {"eventName":"\(name.rawValue)","eventTime":"2026.01.02 10:03:04","eventType":"csta","serial":1379070,\
                "srcDeviceId":"8001@test.cc","reason":"1","callId":"c-1","callingDevice":"8001@test.cc",\
                "calledDevice":"\(TrackedCallTests.callee)","alertingDevice":"\(TrackedCallTests.callee)",\
                "answeringDevice":"\(TrackedCallTests.callee)","releasingDevice":"8001@test.cc",\
                "hangupDevice":"8001@test.cc","cause":"NORMAL_CLEARING","transferredToDevice":"8002@test.cc",\
                "primaryOldCall":{"callId":"c-1"},"secondaryOldCall":"c-2","newCall":"0","failedCode":"1",\
                "failedMsg":"忙"}
                """.utf8)
        },
        words: ["\"", "{", "}", ":", ",", "serial", "eventTime", "c-1", "@test.cc", "2026.01.02 10:03:04", "\0", "三"])
    private static let states = Mutation(
        ["Ready", "NotReady", "WorkNotReady", "Logout"].map { mode in
            Array(
                """
                {"agent":{"agentId":"5001@test.cc","extensionId":"8001@test.cc","agentMode":"\(mode)","activeCall":\
                {"callId":"c-1","state":"Connect","otherSide":"\(TrackedCallTests.callee)","dnis":"","ani":"",\
                "answerTime":1767319380000}},"extension":{"extensionId":"8001@test.cc"}}
                """.utf8)
        },
        words: ["\"", "{", "}", ":", ",", "activeCall", "answerTime", "c-1", "Alerting", "2026.01.02 10:03:04", "\0"])

    /// A switchboard with two agents who are signed in and watched.
    private static func board(at now: Timestamp) -> Switchboard {
        let logins = agents.map { AgentLogin(agent: $0, password: Secret("x"), phone: "8" + $0.value.dropFirst()) }
        let account = WellAccount(
            name: "well", endpoint: "", eventURL: "", loginURL: "", domain: "test.cc", logins: logins)
        var board = Switchboard(account: account, group: "", now: now)
        for agent in agents {
            board.note(session: Secret("s"), of: agent)
            board.noteChannel(of: agent, isUp: true, at: now)
            if let state = ClientState(Array(#"{"agent":{"agentId":"\#(agent)","agentMode":"NotReady"}}"#.utf8)) {
                _ = board.sync(agent, with: state, revision: board[agent]?.revision ?? 0, at: now)
            }
        }
        return board
    }

    /// Frames around a body, every eighth spoilt themselves, as a channel takes them.
    private static func bodies(_ body: [UInt8], seed: UInt64) -> [[UInt8]] {
        let frame = STOMPFrame("MESSAGE", [STOMPHeader("subscription", "sub-0")], body: body).encoded
        let bytes =
            seed % 8 == 0 ? Mutation([frame], words: ["\0", "\n", ":", "content-length:9"]).file(seed: seed) : frame
        var decoder = STOMPDecoder()
        decoder.append(bytes)
        var bodies: [[UInt8]] = []
        while let frame = try? decoder.next() { bodies.append(frame.body) }
        return bodies
    }

    @Test("Every fact is of a call that was asked for and of its time, in order, and a call ends once")
    func survives() throws {
        let number = try #require(PhoneNumber(e164: "+8613800138000"))
        let journal = FuzzJournal("well-event")
        var wasConnected = false
        for seed in Self.seeds {
            journal.note(seed)
            var random = SplitMix64(seed: seed)
            var now = TrackedCallTests.start
            var board = Self.board(at: now)
            let request = CallRequest(
                attempt: AttemptID(1), number: number, prefix: "9", callerID: nil, agent: Self.agents[0],
                notAfter: now + .seconds(60))
            _ = board.reserve(request, at: now)
            _ = board.start(request, at: now)
            if seed % 2 == 0 { board.finish(request.attempt, of: Self.agents[0], .accepted(callID: "c-1"), at: now) }
            for _ in 0..<6 {
                now = now + .milliseconds(Int64(random.below(4_000)))
                let agent = Self.agents[random.below(4) == 0 ? 1 : 0]
                if random.below(4) == 0 {
                    let body = Self.states.fileOfOtherValues(seed: random.next())
                    guard let state = ClientState(body) else { continue }
                    _ = board.sync(agent, with: state, revision: board[agent]?.revision ?? 0, at: now)
                } else {
                    let body = Self.events.fileOfOtherValues(seed: random.next())
                    for case let event? in Self.bodies(body, seed: random.next()).map(WellEvent.init) {
                        board.take(event, of: agent, at: now)
                    }
                }
            }
            var (last, hasEnded) = (TrackedCallTests.start, false)
            for case .call(let attempt, let progress, let at) in board.takeOutbox() {
                #expect(attempt == request.attempt && !hasEnded, "seed \(seed): \(progress)")
                #expect(at >= last && at <= now, "seed \(seed): \(progress)")
                if case .connected = progress { wasConnected = true }
                if case .ended = progress { hasEnded = true }
                last = at
            }
        }
        #expect(wasConnected, "no call ever came to anything")
        journal.remove()
    }

    @Test(
        "What cannot be read is no event and no state",
        arguments: [
            "", "{", "[]", "null", #"{"eventName":1}"#, #"{"eventName":null}"#, #"{"agent":[]}"#, #"{"agent":{}}"#,
        ])
    func isNothing(body: String) {
        #expect(WellEvent(Array(body.utf8)) == nil && ClientState(Array(body.utf8)) == nil)
        #expect(WellOperation.callID(in: Array(body.utf8)) == nil && LoginService.session(in: Array(body.utf8)) == nil)
    }
}
