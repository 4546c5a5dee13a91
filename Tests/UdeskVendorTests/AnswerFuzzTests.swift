import DialModel
import EventWire
import Foundation
import Telephony
import TestSupport
import Testing

@testable import UdeskVendor

/// Spoilt answers of the open API; to replay a seed, put it into `replayed`.
@Suite("Spoilt answers of Udesk", .timeLimit(.minutes(60)))
struct AnswerFuzzTests {
    /// Seeds of earlier failures.
    private static let replayed: [UInt64] = []
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    private static let seeds: [UInt64] = replayed + (1...(isSoak ? 400_000 : 1_000))
    private static let start = Timestamp(milliseconds: 1_521_690_480_000)
    private static let statuses = [200, 200, 200, 201, 202, 400, 401, 403, 404, 429, 500, 503]

    private static let log = """
        {"code":1000,"items":[{"call_id":"c1","customer_phone":"13800138000","display_number":"01086465040",\
        "agent_id":78,"variables":{"attempt_id":"7"},"customer_ring_at":"2018-03-22 11:48:05 +0800",\
        "customer_answer_at":"2018-03-22 11:48:09 +0800","agent_answer_at":"2018-03-22 11:48:11 +0800",\
        "customer_hangup_at":"2018-03-22 11:48:45 +0800","call_result":"客服接听","defeat_cause":""},\
        {"call_id":"c2","customer_phone":"13900139000","display_number":"01086465040","defeat_cause":"空号",\
        "timestamp":"2018-03-22T11:48:05"}],"meta":{"total_count":2,"current_page":1}}
        """
    private static let mutation = Mutation(
        [
            log, SimulatedTenant.agents, SimulatedTenant.relays, #"{"code":1000,"message":"提交成功"}"#,
            #"{"code":2003,"message":"号码错误","exception":null}"#, #"{"error":"Rate Limit exceeded"}"#,
        ].map { Array($0.utf8) },
        words: ["\"", "{", "}", "[", "]", ":", ",", "code", "1000", "items", "+0800", "attempt_id", "\\", "\0", "三"])

    private func request(_ attempt: Int64, _ number: String) throws -> CallRequest {
        CallRequest(
            attempt: AttemptID(attempt), number: try #require(PhoneNumber(e164: number)), prefix: "", callerID: nil,
            agent: nil, notAfter: Self.start)
    }

    @Test("Only what says so is a success, lists are what they say, and calls of the log have few facts and one end")
    func survives() throws {
        let requests = [try request(7, "+8613800138000"), try request(8, "+8613900139000")]
        let now = Self.start + .seconds(60)
        let journal = FuzzJournal("udesk-answer")
        var told = 0
        for seed in Self.seeds {
            journal.note(seed)
            let body = Self.mutation.fileOfOtherValues(seed: seed)
            let status = Self.statuses[Int(seed % UInt64(Self.statuses.count))]
            let value = JSONValue(parsing: body)
            let answer = OpenAPIAnswer(HTTPResponse(status: status, headers: [], body: body))
            guard case .members(let members) = answer else {
                guard case .failure(let failure) = answer else { continue }
                let treatment = failure.treatment(refusalCodes: ["2003"])
                let isSaid = (400..<500).contains(status) || value?["code"]?.text == "2003"
                #expect(treatment != .declined || isSaid, "seed \(seed)")
                continue
            }
            #expect(status < 300 && (status == 202 || value?["code"]?.text == "1000"), "seed \(seed)")
            let agents = MonitoredAgent.observations(in: members) ?? []
            #expect(Set(agents.map(\.id)).count == agents.count, "seed \(seed)")
            #expect(RelayNumbers.numbers(in: members)?.contains("") != true, "seed \(seed)")
            var board = CallBoard(words: FailureWord.assumed)
            for request in requests {
                board.expect(request, relay: "01086465040", now: Self.start)
                board.accept(request.attempt, now: Self.start)
            }
            for event in CallLog.calls(in: members)?.calls ?? [] { board.take(event, arrival: nil, now: now) }
            let news = board.takeOutbox()
            told += news.count
            check(news, of: Set(requests.map(\.attempt)), "seed \(seed)")
        }
        #expect(told > 0, "the log never told of a call")
        journal.remove()
    }

    /// What was told is of these calls, in order, within the years that can be written, and at its end once.
    private func check(_ events: [VendorEvent], of asked: Set<AttemptID>, _ name: String) {
        var facts: [AttemptID: [DatedProgress]] = [:]
        for case .call(let attempt, let progress, let at) in events {
            facts[attempt, default: []].append(DatedProgress(progress, at: at))
        }
        #expect(asked.isSuperset(of: facts.keys), "\(name)")
        for (_, facts) in facts {
            #expect(zip(facts, facts.dropFirst()).allSatisfy { $0.at <= $1.at }, "\(name)")
            #expect(facts.dropLast().allSatisfy { !$0.isEnding }, "\(name)")
            #expect(facts.allSatisfy { $0.at >= Self.start - CallBoard.clockTolerance }, "\(name)")
        }
    }

    @Test(
        "Of an answer that cannot be read nobody knows what it did",
        arguments: ["", "<html>", "[]", "null", #"{"code":"#, #"{"code":null}"#, #"{"code":1e3}"#, #"{"code":[1000]}"#])
    func leavesOpen(body: String) throws {
        let answer = OpenAPIAnswer(HTTPResponse(status: 200, headers: [], body: Array(body.utf8)))
        guard case .failure(let failure) = answer else {
            Issue.record("“\(body)” counts as a success")
            return
        }
        let meaning = failure.treatment(refusalCodes: []).meaningForCallback(retryAfter: .seconds(1))
        #expect(meaning == .outcomeUnknown)
    }
}
