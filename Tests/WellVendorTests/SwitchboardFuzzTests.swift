import DialModel
import Foundation
import Telephony
import Testing

@testable import WellVendor

@Suite("The desks of an account under whatever may come")
struct SwitchboardFuzzTests {
    private static let rounds = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1" ? 10_000 : 300
    private static let agents = ["5001", "5002", "5901"].map { AgentID($0) }

    /// Does things to a switchboard as chance has it, and keeps what was reported.
    private struct Run {
        var board: Switchboard
        var random: SplitMix64
        var now = TrackedCallTests.start
        var reports: [VendorEvent] = []
        var startedAt: [AgentID: Timestamp] = [:]
        var attempts: Int64 = 0
        /// Requests under way, and the names that their answers will bring.
        var underWay: [(attempt: AttemptID, agent: AgentID)] = []

        init(seed: UInt64) {
            let logins = SwitchboardFuzzTests.agents.map {
                AgentLogin(
                    agent: $0, password: Secret("x"), phone: "8" + $0.value.dropFirst(), isDialler: $0.value == "5901")
            }
            let account = WellAccount(
                name: "well", endpoint: "", eventURL: "", loginURL: "", domain: "test.cc", logins: logins)
            board = Switchboard(account: account, group: "", now: now)
            random = SplitMix64(seed: seed)
            for agent in SwitchboardFuzzTests.agents { board.note(session: Secret("s"), of: agent) }
        }

        mutating func choose<Choice>(_ choices: [Choice]) -> Choice {
            choices[Int(random.below(UInt64(choices.count)))]
        }

        mutating func step() throws {
            now = now + .milliseconds(Int64(random.below(4000)))
            let agent = choose(SwitchboardFuzzTests.agents)
            switch random.below(10) {
            case 0, 1: try dial(agent)
            case 2: answer()
            case 3: try sync(agent)
            case 4: board.noteChannel(of: agent, isUp: random.below(3) > 0, at: now)
            case 5:
                _ = board.offer(AttemptID(Int64(random.below(UInt64(attempts + 1)))), to: agent, at: now)
                if random.below(2) == 0 { board.withdraw(AttemptID(attempts), from: agent, at: now) }
            case 6: _ = board.hangUpLeg(of: AttemptID(attempts))
            default: board.take(try event(agent), of: agent, at: now)
            }
            board.tellOfAgents(at: now)
            reports += board.takeOutbox()
        }

        /// The name of a call that was placed lately, or of none.
        private mutating func aCall() -> String { "c-\(attempts - Int64(random.below(3)))" }

        private mutating func dial(_ agent: AgentID) throws {
            attempts += 1
            let number = try #require(PhoneNumber(e164: "+8613800138000"))
            let request = CallRequest(
                attempt: AttemptID(attempts), number: number, prefix: "9", callerID: nil,
                agent: agent.value == "5901" ? nil : agent, notAfter: now)
            guard case .success(let turn) = board.reserve(request, at: now) else { return }
            guard board.start(request, at: now) != nil else { return board.release(request.attempt, at: now) }
            if let last = startedAt[turn.agent] { #expect(now - last >= .seconds(2)) }
            startedAt[turn.agent] = now
            underWay.append((request.attempt, turn.agent))
        }

        private mutating func answer() {
            guard !underWay.isEmpty else { return }
            let (attempt, agent) = underWay.removeFirst()
            let answers: [DialAnswer] = [
                .accepted(callID: "c-\(attempt.value)"), .accepted(callID: "c-\(attempt.value)"), .unknown,
                .declined(.refused), .declined(.phoneAbsent),
            ]
            board.finish(attempt, of: agent, choose(answers), at: now)
        }

        private mutating func sync(_ agent: AgentID) throws {
            let name = aCall()
            let answer = random.below(2) == 0 ? ",\"answerTime\":\"2018.11.09 14:20:20\"" : ""
            let call =
                random.below(2) == 0
                ? "" : ",\"activeCall\":{\"callId\":\"\(name)\",\"otherSide\":\"913800138000@test.cc\"\(answer)}"
            let mode = choose(["Ready", "NotReady", "NotReady", "WorkNotReady", "Logout"])
            let body = "{\"agent\":{\"agentId\":\"\(agent)\",\"agentMode\":\"\(mode)\"\(call)}}"
            let state = try #require(ClientState(Array(body.utf8)))
            let age = Int(random.below(2))
            _ = board.sync(agent, with: state, revision: (board[agent]?.revision ?? 0) - age, at: now)
        }

        private mutating func event(_ agent: AgentID) throws -> WellEvent {
            let devices = [TrackedCallTests.callee, "8001@test.cc", "8002@test.cc", "8901@test.cc"]
            let own = "8\(agent.value.dropFirst())@test.cc"
            return try TrackedCallTests.event(choose(WellEvent.Name.allCases)) {
                $0.callID = aCall()
                $0.callingDevice = own
                $0.calledDevice = choose(devices)
                $0.alertingDevice = choose(devices)
                $0.answeringDevice = choose(devices)
                $0.releasingDevice = choose(devices)
                $0.hangupDevice = choose(devices)
                $0.cause = choose(["NORMAL_CLEARING", "USER_BUSY", nil])
                $0.failedCode = choose(["1", "-4", "77", nil])
                $0.serial = Int64(random.below(50))
            }
        }
    }

    private static func rank(_ progress: CallProgress) -> Int {
        switch progress {
        case .ringing: 1
        case .answered: 2
        case .agentMissed: 3
        case .connected: 4
        case .ended: 5
        }
    }

    @Test("Calls only move forward and end once, phones keep their distance, and only free agents are called idle")
    func holdsItsPromises() throws {
        var seen: Set<Int> = []
        for seed in 0..<UInt64(Self.rounds) {
            var run = Run(seed: seed)
            for _ in 0..<80 {
                try run.step()
                for desk in run.board.desks {
                    #expect(Set(desk.openCalls).isDisjoint(with: desk.closedCalls), "seed \(seed)")
                    if desk.activity == .idle { #expect(desk.isFree && desk.isWatched, "seed \(seed)") }
                }
            }
            var reached: [AttemptID: Int] = [:]
            for case .call(let attempt, let progress, _) in run.reports {
                #expect(Self.rank(progress) > reached[attempt, default: 0], "seed \(seed): \(progress)")
                reached[attempt] = Self.rank(progress)
                seen.insert(Self.rank(progress))
            }
            let troubles = run.reports.filter { if case .trouble = $0 { true } else { $0 == .recovered } }
            #expect(zip(troubles, troubles.dropFirst()).allSatisfy { $0 != $1 }, "seed \(seed)")
        }
        #expect(seen == [1, 2, 4, 5], "something never happened")
    }
}
