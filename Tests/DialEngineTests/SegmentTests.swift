import DialModel
import Pacing
import Testing

@testable import DialEngine

@Suite("Leads that answer alike")
struct SegmentTests {
    private static func claim(list: Int64?, calls: Int) -> Claim {
        var history = OutcomeCounts()
        history[.noAnswer] = calls
        var claim = Bench.claim(1, history: history)
        claim.list = list.map(ListID.init)
        return claim
    }

    @Test("are those of one list who were called equally often, up to three times")
    func kinds() {
        var segments = LeadSegments()
        let claims: [(Int64?, Int)] = [(1, 0), (1, 1), (2, 0), (nil, 0), (1, 3), (1, 7), (1, 0), (2, 0)]
        let numbers = claims.map { list, calls in segments.number(of: Self.claim(list: list, calls: calls)) }
        #expect(numbers == [0, 1, 2, 3, 4, 4, 0, 2])
    }

    @Test("are told apart up to a limit, past which all that are new count as one kind")
    func limit() {
        var segments = LeadSegments()
        let numbers = (0..<Int64(100)).map { segments.number(of: Self.claim(list: $0, calls: 0)) }
        #expect(Array(numbers.prefix(LeadSegments.limit)) == Array(0..<LeadSegments.limit))
        #expect(numbers.dropFirst(LeadSegments.limit).allSatisfy { $0 == LeadSegments.limit - 1 })
        #expect(segments.number(of: Self.claim(list: 5, calls: 0)) == 5)
    }

    @Test("are what the controller takes the next ones for, once one of them was claimed")
    func next() {
        var bench = Bench(.customerFirst(.predictive)) { $0.abandonment = [AbandonmentAllowance(limit: 0.03)] }
        bench.begin(idle: 2)
        let claims = [ListID(7), ListID(8)].enumerated().map { index, list in
            var claim = Bench.claim(Int64(index + 1))
            claim.list = list
            return claim
        }
        bench.tell(.leadsClaimed(requested: 2, claims: claims, nextDueAt: bench.now))
        #expect(bench.engine.segment == 1)
    }
}
