import DialModel
import EventWire
import Foundation
import Telephony
import TestSupport
import Testing

@testable import UdeskVendor

/// Spoilt pushes, as anybody may send them who has got hold of the token; to replay a seed, put it into `replayed`.
@Suite("Spoilt pushes", .timeLimit(.minutes(60)))
struct PushFuzzTests {
    /// Seeds of earlier failures.
    private static let replayed: [UInt64] = []
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    private static let seeds: [UInt64] = replayed + (1...(isSoak ? 400_000 : 1_000))
    private static let start = Timestamp(milliseconds: 1_521_690_480_000)

    private static let push = """
        {"call_id":"c1","customer_phone":"13800138000","display_number":"01086465040","agent_id":78,\
        "ivr_variables":"{\\"attempt_id\\":\\"7\\"}","customer_ring_at":"2018-03-22 11:48:05 +0800",\
        "customer_answer_at":"2018-03-22 11:48:09 +0800","agent_answer_at":"2018-03-22 11:48:11 +0800",\
        "customer_hangup_at":"2018-03-22 11:48:45 +0800","call_result":"客服接听","defeat_cause":""}
        """
    private static let form =
        "call_id=c1&customer_phone=13800138000&customer_ring_at=2018-03-22+11%3A48%3A05+%2B0800&defeat_cause=%E7%A9%BA"

    @Test("A call has its facts in order and one end at most, whatever is told of it")
    func survives() throws {
        let mutation = Mutation(
            [Array(Self.push.utf8), Array(Self.form.utf8)],
            words: [
                "\"", "{", "}", "\\", "attempt_id", "7", "+0800", "2018-03-22 11:48:05", ":", "%", "&", "=", "空号", "\0",
            ])
        let number = try #require(PhoneNumber(e164: "+8613800138000"))
        let request = CallRequest(
            attempt: AttemptID(7), number: number, prefix: "", callerID: nil, agent: nil, notAfter: Self.start)
        let journal = FuzzJournal("udesk-push")
        var board = CallBoard(words: FailureWord.assumed)
        for seed in Self.seeds {
            journal.note(seed)
            if seed % 8 == 0 { board = CallBoard(words: FailureWord.assumed) }
            board.expect(request, relay: "01086465040", now: Self.start)
            board.accept(AttemptID(7), now: Self.start)
            guard let event = CallEvent(body: mutation.file(seed: seed)) else { continue }
            let now = Self.start + .seconds(60)
            board.take(event, arrival: now, now: now)
            let facts = board.takeOutbox().compactMap { event in
                if case .call(_, let progress, let at) = event { DatedProgress(progress, at: at) } else { nil }
            }
            #expect(zip(facts, facts.dropFirst()).allSatisfy { $0.at <= $1.at }, "seed \(seed)")
            #expect(facts.count(where: \.isEnding) <= 1, "seed \(seed)")
        }
        journal.remove()
    }
}
