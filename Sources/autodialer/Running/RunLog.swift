import Foundation
import Logging

/// The program's log: only what matters unless more is asked for, and on a terminal below the board, not across it.
enum RunLog {
    static func logger(_ wishes: RunSession.Wishes, notes: Notes?) -> Logger {
        var logger = Logger(label: "autodialer") { label -> any LogHandler in
            if let notes { return NoteLogHandler(notes: notes) }
            return StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = wishes.isVerbose ? .debug : wishes.isQuiet && !wishes.onlyRecovers ? .error : .warning
        return logger
    }
}

/// The latest messages of a run, for the board to show.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class Notes: @unchecked Sendable {
    /// How many a board shows.
    private static let limit = 4

    private let lock = NSLock()
    private var lines: [String] = []

    /// The latest messages, oldest first.
    var latest: [String] { lock.withLock { lines } }

    /// Adds a message; the oldest gives way.
    func add(_ line: String) {
        lock.withLock {
            lines.append(line)
            lines.removeFirst(max(0, lines.count - Self.limit))
        }
    }
}

/// Turns log messages into notes.
private struct NoteLogHandler: LogHandler {
    let notes: Notes
    var logLevel = Logger.Level.info
    var metadata = Logger.Metadata()
    var metadataProvider: Logger.MetadataProvider?

    init(notes: Notes) { self.notes = notes }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        notes.add(([event.message.description] + details).joined(separator: " "))
    }
}
