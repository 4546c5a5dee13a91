package import DialEngine
package import DialModel
package import Foundation

/// A recorded run, played to the engine of this program: it has to answer as it did then.
package struct Replay {
    /// Where it answered something else.
    package struct Difference: Hashable, Sendable {
        /// The number of the event, from 1.
        package var event: Int
        /// When it happened.
        package var at: Timestamp
        /// The recorded answer, as JSON.
        package var recorded: String
        /// The present one, as JSON.
        package var present: String
    }

    /// A run begins once.
    private struct SecondStart: Error {}

    /// What the recording begins with.
    package let header: EventLogHeader
    /// How many events were played.
    package private(set) var eventCount = 0
    /// The last event that was played; nil before the first.
    package private(set) var last: (event: DialEvent, at: Timestamp)?
    /// Whether the answer to the last event is missing, since the process ended during it.
    package var isCutOff: Bool { answer != nil }
    /// Whether the recording had grown as large as it may before the run was over.
    package private(set) var isFull = false

    private let coder = EventLogCoder()
    private var engine: DialEngine
    private var answer: [Directive]?

    /// Begins with the recording's first line; throws `DecodingError`.
    package init(firstLine: Data) throws {
        header = try coder.value(EventLogHeader.self, from: firstLine)
        engine = DialEngine(settings: header.settings)
    }

    /// Plays the next line; throws where it is none that can follow.
    package mutating func play(_ line: Data) throws -> Difference? {
        switch try coder.value(EventLogLine.self, from: line) {
        case .full:
            isFull = true
        case .event(let event, let now):
            if case .started = event, eventCount > 0 { throw SecondStart() }
            eventCount += 1
            last = (event, now)
            answer = engine.handle(event, at: now)
        case .directives(let recorded):
            guard let present = answer, let last else { return nil }
            answer = nil
            let (then, today) = (try coder.line(recorded), try coder.line(present))
            guard then != today else { return nil }
            return Difference(
                event: eventCount, at: last.at, recorded: String(decoding: then, as: UTF8.self),
                present: String(decoding: today, as: UTF8.self))
        }
        return nil
    }
}
