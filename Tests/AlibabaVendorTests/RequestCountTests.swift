import DialModel
import Telephony
import TestSupport
import Testing

@testable import AlibabaVendor

@Suite("What following calls asks of the vendor") struct RequestCountTests {
    /// How often each operation is asked for while so many calls are placed at once and followed to their end, 75 seconds
    /// later, each by one agent.
    private func requests(for count: Int) async throws -> [String: Int] {
        let bench = Bench(requestsPerSecond: 1_000, burst: 1_000)
        let digits = (0..<count).map { "1380013\(1_000 + $0)" }
        bench.gateway.with { gateway in
            gateway.agents = [.init(id: .string("250000000000000001"), name: "Li", state: "Ready")]
            for number in digits { gateway.scripts[number] = .talk() }
        }
        for (index, number) in digits.enumerated() {
            let request = Bench.request(Int64(index + 1), Bench.number("+86" + number))
            _ = try await bench.perform { try await $0.placeCall(request) }
        }
        await bench.observe(for: .seconds(100))
        for attempt in 1...count { #expect(bench.progress(of: Int64(attempt)).count == 3, "attempt \(attempt)") }
        return Dictionary(grouping: bench.gateway.with { $0.received }, by: \.action).mapValues(\.count)
    }

    @Test("A call takes as many requests beside others as alone, and agents cost none of theirs")
    func perCall() async throws {
        let alone = try await requests(for: 1)
        let many = try await requests(for: 10)
        // Placed once, asked about after one second, after two, and every five from then on, and looked up in the records.
        #expect(alone["DialEx"] == 1)
        #expect(alone["ListCallEventDetailByContactId", default: 0] <= 17)
        #expect(alone["ListCallDetailRecords", default: 0] <= 2)
        for action in ["DialEx", "ListCallEventDetailByContactId", "ListCallDetailRecords"] {
            #expect(many[action, default: 0] <= 10 * alone[action, default: 0], "\(action)")
        }
        for action in ["ListAgentStates", "ListSkillGroups"] {
            #expect(many[action] == alone[action], "\(action)")
        }
        #expect(Set(many.keys) == Set(alone.keys))
    }
}
