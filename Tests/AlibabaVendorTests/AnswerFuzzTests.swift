import DialModel
import EventWire
import Foundation
import Telephony
import TestSupport
import Testing

@testable import AlibabaVendor

/// Spoilt answers of the gateway to every question and to dials; to replay a seed, put it into `replayed`.
@Suite("Spoilt answers of Alibaba", .timeLimit(.minutes(60)))
struct AnswerFuzzTests {
    /// Seeds of earlier failures.
    private static let replayed: [UInt64] = []
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    /// Each of them is a run of the client, so that there are fewer than elsewhere.
    private static let seeds: [UInt64] = replayed + (1...(isSoak ? 100_000 : 600))
    private static let statuses = [200, 200, 200, 200, 202, 400, 403, 404, 500, 503]
    private static let actions = [
        "DialEx", "PickGlobalOutboundNumbers", "ListCallEventDetailByContactId", "ListCallDetailRecords",
        "ListAgentStates",
        "ListPhoneNumbers", "ListPhoneTags", "ListSkillGroups",
    ]
    private static let refusals = [
        #"{"RequestId":"r","Success":false,"Code":"Throttling.User","Message":"slow down","HttpStatusCode":400}"#,
        #"{"RequestId":"r","Success":"false","Code":"InvalidParameter.Callee","Message":"号码错误"}"#,
        #"{"HostId":"h","RequestId":"r","Code":"SignatureDoesNotMatch","Message":"string to sign is:POST&%2F"}"#,
        #"<?xml version="1.0"?><Error><Code>IllegalTimestamp</Code><Message>late</Message></Error>"#,
    ]

    /// What the gateway answers to everything, as it stands after a call that was talked in.
    private static func answers() -> [String: Mutation] {
        let bench = Bench()
        let callee = "13800138000"
        bench.gateway.with { state in
            state.scripts[callee] = .talk()
            state.agents = [.init(id: "250000000000000001", name: "Li", state: "Ready")]
            state.numbers = [
                ["Number": "01080000001", "Usage": "Outboung", "AllowOutbound": true, "Province": "北京", "City": "北京"],
                ["Number": "02180000001", "PrivacyNumber": ["Type": "AXB", "PoolId": "p", "TelX": "17000000000"]],
            ]
            state.tags = [["Number": "01080000001", "Concurrency": 20, "Type": 1, "Provider": "电信"]]
        }
        func body(_ action: String, _ own: [String: String] = [:]) -> [UInt8] {
            let parameters = own.merging(["InstanceId": "inst-1"]) { $1 }
            return bench.gateway.with { bench.gateway.perform(action, parameters, &$0) }.body
        }
        let dialled = body("DialEx", ["Callee": callee, "Caller": "01080000001"])
        let contact = bench.gateway.with { $0.calls.first?.contact } ?? ""
        bench.clock.advance(by: .seconds(120))
        var answers: [String: Mutation] = [:]
        for action in actions {
            let answer = action == "DialEx" ? dialled : body(action, ["ContactId": contact])
            answers[action] = Mutation(
                [answer, answer, answer] + refusals.map { Array($0.utf8) },
                words: [
                    "\"", "{", "}", "[", "]", ":", ",", "Code", "OK", "Success", "TaskId", "TimeStamp", "<Code>", "\\",
                    "\0",
                    "三",
                ])
        }
        return answers
    }

    @Test("Only what says so is a call, what is learnt of calls has times that can be, and everything else is an error")
    func survives() async throws {
        let answers = Self.answers()
        let journal = FuzzJournal("alibaba-answer")
        var seen: Set<String> = []
        for seed in Self.seeds {
            journal.note(seed)
            let action = Self.actions[Int(seed % UInt64(Self.actions.count))]
            let status = Self.statuses[Int(seed / 8 % UInt64(Self.statuses.count))]
            let text = String(decoding: answers[action]?.fileOfOtherValues(seed: seed) ?? [], as: UTF8.self)
            let bench = Bench(requestsPerSecond: 1_000, burst: 1_000)
            bench.gateway.with { state in
                state.scripts["13800138000"] = .talk()
                state.faults[action] = [.body(status: status, text: text)]
            }
            do {
                seen.insert(try await ask(action, bench, text, status: status, "seed \(seed)"))
            } catch let error as VendorError {
                #expect(!error.code.isEmpty, "seed \(seed)")
                if case .throttled(let pause) = error.meaning { #expect(pause < .seconds(3_600), "seed \(seed)") }
            }
        }
        #expect(seen.isSuperset(of: Self.actions), "some of them were never answered: \(seen)")
        journal.remove()
    }

    /// Has the client ask what an action answers, and gives the action back if it was content with the answer.
    private func ask(_ action: String, _ bench: Bench, _ text: String, status: Int, _ name: String) async throws
        -> String
    {
        switch action {
        case "DialEx": try await dial(bench, text, status: status, name)
        case "PickGlobalOutboundNumbers":
            _ = try await bench.perform { try await $0.placeCall(Bench.request(callerID: nil)) }
        case "ListCallEventDetailByContactId", "ListCallDetailRecords": try await reconcile(bench, name)
        case "ListPhoneNumbers", "ListPhoneTags":
            let numbers = try await bench.perform { try await $0.outboundNumbers() }
            #expect(numbers.allSatisfy { $0.lines > 0 && !$0.number.isEmpty }, "\(name)")
        default:
            try await bench.perform { try await $0.prepare(callerIDs: []) }
            let snapshot = try await bench.perform { try await $0.gateway.agents(ofGroup: "sg-1") }
            #expect(snapshot.agents.allSatisfy { $0.since.map { $0 <= bench.clock.now } ?? true }, "\(name)")
        }
        return action
    }

    /// A call that counts as placed has a name, in an answer of success; what cannot be read leaves open what became of it.
    private func dial(_ bench: Bench, _ text: String, status: Int, _ name: String) async throws {
        let value = JSONValue(parsing: Array(text.utf8))
        do {
            let call = try await bench.perform { try await $0.placeCall(Bench.request()) }
            #expect((200..<300).contains(status) && value?["TaskId"]?.text == call.value, "\(name)")
            #expect(value?["StatusCode"]?.text ?? "200" == "200" && value?["Code"]?.text ?? "OK" == "OK", "\(name)")
        } catch let error as VendorError {
            let isRead = value != nil || text.contains("<Code>")
            #expect(isRead || status >= 400 || error.meaning == .outcomeUnknown, "\(name): \(error.meaning)")
            throw error
        }
    }

    private func reconcile(_ bench: Bench, _ name: String) async throws {
        let call = try await bench.perform { try await $0.placeCall(Bench.request()) }
        bench.clock.advance(by: .seconds(120))
        let followed = FollowedCall(
            attempt: AttemptID(1), number: Bench.wang, prefix: "", vendorCall: call, placedAfter: Bench.start)
        let found = try await bench.perform { try await $0.reconcile(followed) }
        guard case .found(_, let facts) = found else { return }
        let (first, last) = (
            Timestamp(milliseconds: 946_684_800_000), Timestamp(milliseconds: 4_102_444_800_000 + 1_000_000_000)
        )
        #expect(facts.allSatisfy { $0.at >= first && $0.at <= last }, "\(name)")
        let ends = facts.map { if case .ended = $0.progress { true } else { false } }
        #expect(ends.dropLast().allSatisfy { !$0 }, "\(name)")
        for case .ended(let ending) in facts.map(\.progress) {
            #expect(ending.talk.map { $0 >= .zero } ?? true, "\(name)")
        }
    }
}
