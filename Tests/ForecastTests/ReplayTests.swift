import CampaignRunner
import DialEngine
import DialModel
import Forecast
import Foundation
import Testing

@Suite("A recorded run, played again")
struct ReplayTests {
    private static let start = Timestamp(milliseconds: 1_767_319_384_000)

    private static func number(_ index: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(e164: "+86138\(10_000_000 + index)"))
    }

    /// A run of two calls, of which one is looked for and the other talks.
    private static func events() throws -> [DialEvent] {
        let agents = ["a", "b"].map { AgentObservation(id: AgentID($0), name: $0, activity: .idle, since: start) }
        let claims = try (1...2).map {
            Claim(
                attempt: AttemptID(Int64($0)), lead: LeadID(Int64($0)), number: try number($0), callerID: "02180000001",
                history: OutcomeCounts())
        }
        let ending = CallEnding(outcome: .connected, vendorReason: "", talk: .seconds(30), agent: AgentID("a"))
        return [
            .started(leftOpen: []), .leadsClaimed(requested: 0, claims: [], nextDueAt: start),
            .agentsObserved(agents, asOf: start), .leadsClaimed(requested: 2, claims: claims, nextDueAt: nil),
            .callAccepted(AttemptID(1), VendorCallID("c1")), .callOutcomeUnknown(AttemptID(2), reason: "timed out"),
            .reconcileFailed(AttemptID(2)), .pauseRequested(by: "root"),
            .callProgressed(AttemptID(1), .answered(.human), at: start + .seconds(7)),
            .callProgressed(AttemptID(1), .ended(ending), at: start + .seconds(40)),
            .timerFired(.reconcile(AttemptID(2))), .reconciled(AttemptID(2), .notFound), .stopRequested,
        ]
    }

    /// The recording of the run, a line for each element.
    private static func recording(salt: UInt64 = 7) throws -> [Data] {
        let settings = EngineSettings(style: .agentFirst)
        let coder = EventLogCoder(salt: salt)
        let header = EventLogHeader(version: "1", account: "local", startedAt: start, settings: settings)
        var lines = [try coder.line(header)]
        var engine = DialEngine(settings: settings)
        for (index, event) in try events().enumerated() {
            let now = start + .seconds(index)
            lines.append(try coder.line(EventLogLine.event(event, at: now)))
            lines.append(try coder.line(EventLogLine.directives(engine.handle(event, at: now))))
        }
        return lines
    }

    private static func play(_ lines: [Data]) throws -> (replay: Replay, differences: [Replay.Difference]) {
        var replay = try Replay(firstLine: try #require(lines.first))
        var differences: [Replay.Difference] = []
        for line in lines.dropFirst() {
            if let difference = try replay.play(line) { differences.append(difference) }
        }
        return (replay, differences)
    }

    @Test("Every answer is given again")
    func same() throws {
        let (replay, differences) = try Self.play(try Self.recording())
        #expect(differences.isEmpty)
        #expect(replay.eventCount == (try Self.events()).count)
        #expect(replay.last?.event == .stopRequested)
        #expect(!replay.isCutOff && !replay.isFull)
        #expect(replay.header.settings == EngineSettings(style: .agentFirst))
    }

    @Test("A recording holds no telephone number, and the same callee by the same made-up one")
    func disguise() throws {
        let text = try Self.recording().map { String(decoding: $0, as: UTF8.self) }.joined()
        #expect(!text.contains("1381000000"))
        let numbers = text.matches(of: /\+999\d{12}/).map { String($0.output) }
        #expect(Set(numbers).count == 2 && numbers.count >= 5)
        let other = try Self.recording(salt: 8).map { String(decoding: $0, as: UTF8.self) }.joined()
        #expect(Set(other.matches(of: /\+999\d{12}/).map { String($0.output) }).isDisjoint(with: numbers))
    }

    @Test("An answer that was another then is found, with the event that it is for")
    func different() throws {
        var lines = try Self.recording()
        let changed = String(decoding: lines[8], as: UTF8.self).replacing("02180000001", with: "02180000002")
        lines[8] = Data(changed.utf8)
        let differences = try Self.play(lines).differences
        #expect(differences.map(\.event) == [4])
        #expect(differences.first?.recorded.contains("02180000002") == true)
        #expect(differences.first?.present.contains("02180000001") == true)
    }

    @Test("The event during which the process died is the last one")
    func cutOff() throws {
        let replay = try Self.play(Array(try Self.recording().dropLast())).replay
        #expect(replay.isCutOff)
        #expect(replay.last?.event == .stopRequested)
    }

    @Test("A recording that begins twice, or is of a program that knows other outcomes, is refused")
    func hostile() throws {
        let lines = try Self.recording()
        #expect(throws: (any Error).self) { try Self.play(lines + [lines[1]]) }
        let claimed = String(decoding: lines[7], as: UTF8.self)
        try #require(claimed.contains("[0,0,0,0"))
        let shortened = claimed.replacing("[0,0,0,0", with: "[0")
        #expect(throws: DecodingError.self) { try Self.play(Array(lines.prefix(7)) + [Data(shortened.utf8)]) }
    }

    @Test("Every kind of event comes back as it was")
    func roundTrip() throws {
        let call = UnclaimedCall(
            id: VendorCallID("own"), number: try Self.number(3), since: Self.start, origin: "row 1")
        let events: [DialEvent] =
            try Self.events() + [
                .turnAwaited(requested: 1, until: Self.start), .attemptLimitReached(requested: 2), .othersAtWork(true),
                .callTurnedAway(AttemptID(1), .throttled(after: .milliseconds(1_500))),
                .ownCallProgressed(call, .ringing, at: Self.start), .adopted(call.id, .numberBusy),
                .offerFailed(AttemptID(1), AgentID("a"), .notAsked(reason: "no")), .messageStarted(AttemptID(1)),
                .messageFailed(AttemptID(1)), .hangUpFailed(AttemptID(1)), .vendorTroubled,
                .vendorRefused(reason: "arrears"), .vendorRecovered, .resumeRequested,
                .dropRequested(AttemptID(1), by: "root"),
            ]
        let writer = EventLogCoder(salt: 1)
        let reader = EventLogCoder()
        for event in events {
            let line = try writer.line(EventLogLine.event(event, at: Self.start))
            let read = try reader.value(EventLogLine.self, from: line)
            #expect(try reader.line(read) == line)
        }
    }

    @Test("A number is not encoded by anybody who does not say how to disguise it")
    func withoutDisguise() throws {
        #expect(throws: EncodingError.self) { try JSONEncoder().encode([try Self.number(1)]) }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([PhoneNumber].self, from: Data(#"["12"]"#.utf8))
        }
    }
}
