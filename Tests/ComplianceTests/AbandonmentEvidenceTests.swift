import CampaignFile
import Compliance
import DialModel
import Testing

@Suite("The evidence of abandoned calls")
struct AbandonmentEvidenceTests {
    private static let start = Timestamp(milliseconds: 1_767_319_384_000)

    private func rule(_ name: String) throws -> AbandonmentRule {
        try #require(RuleProfiles.profile(named: name)?.abandonment)
    }

    private func call(_ at: Timestamp, connectedAfter wait: Duration? = nil, cpa: CPAResult? = nil) -> AnsweredCall {
        AnsweredCall(greetedAt: at, connectedAt: wait.map { at + $0 }, cpa: cpa)
    }

    @Test("Windows of the US follow each other from the first call on (features-and-rules.md, 7.6, row 5)")
    func successive() throws {
        var evidence = AbandonmentEvidence(rule: try rule("us"), firstCall: Self.start, clocks: nil)
        let day = Duration.seconds(86_400)
        evidence.add(AttemptID(3), call(Self.start + day * 30), calleeClocks: nil)
        evidence.add(AttemptID(2), call(Self.start + day * 29.9), calleeClocks: nil)
        evidence.add(AttemptID(4), call(Self.start + day * 31, connectedAfter: .seconds(1)), calleeClocks: nil)
        let windows = evidence.windows
        #expect(windows.map(\.index) == [0, 1])
        #expect(windows.map(\.abandoned) == [[AttemptID(2)], [AttemptID(3)]])
        #expect(windows.map(\.count) == [.init(live: 1, abandoned: 1), .init(live: 2, abandoned: 1)])
        #expect(windows[1].from == Self.start + day * 30 && windows[1].until == Self.start + day * 60)
        #expect(windows.map(\.day) == [nil, nil])
    }

    @Test("Days of the UK are calendar days (row 11), with their bounds by the clocks of London")
    func days() throws {
        var evidence = AbandonmentEvidence(rule: try rule("uk"), firstCall: Self.start, clocks: Clocks.london)
        // The last second of 2026-03-28 and the first of 2026-03-29, on which summer time begins.
        let midnight = Timestamp(milliseconds: 1_774_742_400_000)
        evidence.add(AttemptID(1), call(midnight - .seconds(1)), calleeClocks: nil)
        evidence.add(AttemptID(2), call(midnight), calleeClocks: Clocks.shanghai)
        let windows = evidence.windows
        #expect(windows.map { $0.day?.iso8601 } == ["2026-03-28", "2026-03-29"])
        #expect(windows[1].from == midnight && windows[1].until == midnight + .seconds(23 * 3_600))
    }

    @Test("Machines are in neither figure, and two seconds sharp is in time (rows 6 and 7)")
    func counted() throws {
        var evidence = AbandonmentEvidence(rule: try rule("us"), firstCall: Self.start, clocks: nil)
        for index in 0..<50 {
            evidence.add(AttemptID(Int64(index)), call(Self.start, cpa: .machine), calleeClocks: nil)
        }
        for index in 50..<90 {
            evidence.add(AttemptID(Int64(index)), call(Self.start, connectedAfter: .seconds(2)), calleeClocks: nil)
        }
        evidence.add(AttemptID(90), call(Self.start, connectedAfter: .milliseconds(2_001)), calleeClocks: nil)
        #expect(evidence.windows.map(\.count) == [.init(live: 41, abandoned: 1)])
        #expect(evidence.windows.map(\.abandoned) == [[AttemptID(90)]])
    }
}
