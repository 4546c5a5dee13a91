import DialModel
import EventWire
import Telephony
import Testing

@testable import AlibabaVendor

/// What the vendor's words mean (`vendors/alibaba-udesk.md`, A4).
@Suite struct CallHistoryTests {
    private let number = CalleeSpelling(Bench.wang, internationalPrefix: "00")

    private func history(
        _ events: [(String, String)], reason: String = "", releasedBy: String = "", disposition: String? = nil,
        bound: AgentID? = nil
    ) -> CallHistory {
        let list = events.enumerated().map { index, event -> WireText in
            [
                "Event": .string(event.0), "TimeStamp": .string(String(1_600_000_000_000 + 1000 * (index + 1))),
                "AgentName": "Li",
                "DetailData": ["EventType": .string(event.1)],
            ]
        }
        let detail: WireText = [
            "Callee": "13800138000", "Caller": 1_080_000_001, "ReleaseReason": .string(reason),
            "ReleaseAgent": .string(releasedBy), "Events": ["CallEventDetail": .array(list)],
        ]
        let record = disposition.map {
            WireText.object([
                ("ContactId", "1"), ("ContactDisposition", .string($0)), ("StartTime", 1_767_319_384_500),
                ("Duration", 7),
            ])
        }
        return CallHistory(
            number: number, boundAgent: bound, detail: Self.value(detail).flatMap(CallDetail.init),
            record: record.flatMap(Self.value).flatMap(CallRecord.init), agentsByName: ["Li": AgentID("25")])
    }

    private static func value(_ wire: WireText) -> JSONValue? { JSONValue(parsing: Array(wire.text.utf8)) }

    private func ending(_ history: CallHistory) -> CallEnding? {
        guard case .ended(let ending) = history.facts.last?.progress else { return nil }
        return ending
    }

    @Test(
        "Each release reason of an unanswered call has its outcome",
        arguments: [
            ("486-Busy Here", CallOutcome.busy), ("600 Busy Everywhere", .busy), ("408-Request Timeout", .noAnswer),
            ("480-Temporarily Unavailable", .noAnswer), ("487-Request Terminated", .noAnswer),
            ("404 - No destination", .invalidNumber), ("410", .invalidNumber), ("484-x", .invalidNumber),
            ("604-x", .invalidNumber), ("603-Decline", .rejected), ("403-Forbidden", .rejected), ("433-x", .rejected),
            ("488-x", .congestion), ("500-x", .congestion), ("502-x", .congestion), ("503-x", .congestion),
            ("504-x", .congestion), ("580-x", .congestion), ("499-Novel", .noAnswer), ("novel words", .noAnswer),
        ])
    func mapsReleaseReasons(_ reason: String, _ outcome: CallOutcome) {
        let history = history([], reason: reason, disposition: "NoAnswer")
        #expect(history.facts.count == 1)
        #expect(ending(history)?.outcome == outcome)
        #expect(ending(history)?.vendorReason == reason)
    }

    @Test(
        "Each disposition of a record has its outcome",
        arguments: [
            ("Success", CallOutcome.connected), ("OneStepTransfer", .connected), ("NoAnswer", .noAnswer),
            ("QueueOverflow", .abandoned), ("AbandonedInContactFlow", .abandoned), ("AbandonedInQueue", .abandoned),
            ("AbandonedRing", .abandoned), ("Novel", .noAnswer),
        ])
    func mapsDispositions(_ disposition: String, _ outcome: CallOutcome) {
        #expect(ending(history([], disposition: disposition))?.outcome == outcome)
    }

    @Test("A conversation is answered, connected and ended, with the vendor's times")
    func readsTalks() throws {
        let history = history(
            [("EnterQueue", "queue"), ("Ring", "agent"), ("Talk", "agent"), ("End", "agent"), ("Handle", "agent")],
            reason: "200-OK", releasedBy: "customer")
        #expect(history.facts.map(\.progress).dropLast() == [.answered(.unknown), .connected(AgentID("25"))])
        #expect(history.facts.map { $0.at?.milliseconds } == [1, 3, 4].map { 1_600_000_000_000 + $0 * 1000 })
        let ending = try #require(self.ending(history))
        #expect(ending.outcome == .connected)
        #expect(ending.answeredAt == Timestamp(milliseconds: 1_600_000_001_000))
        #expect(ending.connectedAt == Timestamp(milliseconds: 1_600_000_003_000))
        #expect(ending.talk == .seconds(1))
        #expect(ending.agent == AgentID("25"))
        #expect(ending.shownCallerID == "01080000001")
        #expect(ending.vendorReason == "200-OK")
    }

    @Test("A conversation that goes on has not ended")
    func waitsForTheEnd() {
        #expect(ending(history([("EnterQueue", "queue"), ("NormalEnd", "queue"), ("Talk", "agent")])) == nil)
        #expect(ending(history([("Ring", "agent"), ("GiveUp", "agent"), ("Ring", "agent")])) == nil)
        #expect(ending(history([("Talk", "agent"), ("End", "agent"), ("Talk", "agent")])) == nil)
    }

    @Test(
        "An answered call without an agent is abandoned",
        arguments: ["AbandonedInQueue", "AbandonedRing", "ACDOverflow"])
    func readsAbandonment(_ event: String) {
        let history = history([("EnterQueue", "queue"), (event, "queue")])
        #expect(history.facts.first?.progress == .answered(.unknown))
        #expect(ending(history)?.outcome == .abandoned)
        #expect(ending(history)?.answeredAt == Timestamp(milliseconds: 1_600_000_001_000))
    }

    @Test("An agent who lets a call ring that was placed for them has missed it, unless the customer hung up")
    func readsMissedCalls() {
        let events = [("Ring", "agent"), ("GiveUp", "agent")]
        let agent = AgentID("25")
        #expect(ending(history(events, reason: "480-x", releasedBy: "agent", bound: agent))?.outcome == .agentMissed)
        #expect(ending(history(events, reason: "487-x", releasedBy: "customer", bound: agent))?.outcome == .abandoned)
        #expect(ending(history(events, reason: "480-x", releasedBy: "agent"))?.outcome == .abandoned)
    }

    @Test("A release without a reason waits for the record")
    func asksForTheRecord() {
        let unexplained = history([], releasedBy: "customer")
        #expect(unexplained.facts.isEmpty)
        #expect(unexplained.needsRecord)
        #expect(ending(history([], releasedBy: "customer", disposition: "NoAnswer"))?.outcome == .noAnswer)
    }

    @Test("A record's duration may leave the ringing out, so no retry is counted from the end that it gives")
    func doubtsDurations() {
        #expect(history([], disposition: "NoAnswer").facts.map(\.at) == [nil])
        #expect(history([], disposition: "QueueOverflow").facts.map(\.at) == [nil])
        #expect(history([], disposition: "Success").facts.map(\.at) == [Timestamp(milliseconds: 1_767_319_391_500)])
    }

    @Test("Events are put in the order of their times")
    func sortsEvents() {
        let wire: WireText = [
            "Events": [
                "CallEventDetail": [
                    ["Event": "End", "TimeStamp": "1600000009000"], ["Event": "Talk", "TimeStamp": 1_600_000_005_000],
                    ["Event": "EnterQueue", "TimeStamp": "1600000001000"],
                ]
            ]
        ]
        let detail = Self.value(wire).flatMap(CallDetail.init)
        #expect(detail?.events.map(\.name) == ["EnterQueue", "Talk", "End"])
    }

    @Test(
        "A number is recognised with prefix, zero or country code, and no other number is",
        arguments: [
            ("+8613800138000", "13800138000", true), ("+8613800138000", "913800138000", true),
            ("+8613800138000", "008613800138000", true), ("+8613800138000", "13800138001", false),
            ("+8613800138000", "3800138000", false), ("+861080000001", "01080000001", true),
            ("+861080000001", "1080000001", true), ("+14155550100", "0014155550100", true),
        ])
    func recognisesNumbers(_ e164: String, _ spelling: String, _ same: Bool) {
        let number = CalleeSpelling(Bench.number(e164), internationalPrefix: "00")
        #expect(number.isWritten(as: spelling) == same)
        #expect(number.isContradicted(by: spelling) == !same)
        #expect(!number.isContradicted(by: "***********"))
    }
}
