import ArgumentParser
import DialModel
import Foundation
import Glibc
import Logging
import Monitoring
import Telephony
import Wording

/// How lines of the log are written.
enum LogFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// For people: time, level, what happened, and what it is about.
    case text
    /// For programs: one JSON object on each line, whose keys do not change.
    case json
}

/// Where the log goes and how it is written.
struct LogWishes: Sendable {
    /// How lines are written.
    var format = LogFormat.text
    /// A file that takes everything from `info` on, beside what is shown; nil for none.
    var file: String?
}

/// The program's log: only what matters unless more is asked for, and on a terminal below the board, not across it.
enum RunLog {
    /// The log of a run, whose `notes` are for boards here and in other shells; throws when its file cannot be written.
    static func logger(_ wishes: RunSession.Wishes, notes: Notes, isPanel: Bool) throws(Failure) -> Logger {
        let shown: Logger.Level =
            wishes.isVerbose ? .debug : wishes.isQuiet && !wishes.onlyRecovers ? .error : .warning
        var handlers: [any LogHandler] = []
        handlers.append(NoteLogHandler(notes: notes, level: isPanel ? shown : .warning))
        if !isPanel {
            handlers.append(LineLogHandler(format: wishes.log.format, level: shown, write: Console.logLine))
        }
        if let remarks = wishes.remarks { handlers.append(NoteLogHandler(notes: remarks, level: .warning)) }
        if let path = wishes.log.file {
            let file = try LogFile(path)
            let level: Logger.Level = wishes.isVerbose ? .debug : .info
            handlers.append(LineLogHandler(format: wishes.log.format, level: level, write: file.write))
        }
        return Logger(label: "autodialer") { _ in
            handlers.count == 1 ? handlers[0] : MultiplexLogHandler(handlers)
        }
    }
}

/// One line of the log.
struct LogLine {
    let at: Timestamp
    let level: Logger.Level
    let message: String
    let facts: [(key: String, value: String)]

    /// A line with what it is about, sorted by name.
    init(at: Timestamp, level: Logger.Level, message: String, facts: Logger.Metadata = [:]) {
        self.at = at
        self.level = level
        self.message = message
        self.facts = facts.map { ($0.key, "\($0.value)") }.sorted { $0.key < $1.key }
    }

    /// The line without its end.
    func text(_ format: LogFormat) -> String {
        switch format {
        case .text:
            let words = facts.map { "\($0.key)=\(Self.quoted($0.value))" }
            let line = ([at.iso8601Local, level.rawValue, message] + words).joined(separator: " ")
            return Console.plain(line).replacing("\n", with: " ")
        case .json:
            let head: [(String, JSONText)] = [
                ("time", .string(at.iso8601UTC)), ("level", .string(level.rawValue)), ("message", .string(message)),
            ]
            return JSONText.object(head + facts.map { ($0.key, Self.value($0)) })
        }
    }

    /// Ids are numbers.
    private static func value(_ fact: (key: String, value: String)) -> JSONText {
        guard ["attempt", "lead", "run"].contains(fact.key), let id = Int64(fact.value) else {
            return .string(fact.value)
        }
        return .integer(id)
    }

    private static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && !text.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "\"" || $0 == "=" }
        return isPlain ? text : "\"" + text.replacingScalars { $0 == "\"" ? "'" : nil } + "\""
    }
}

/// Writes each message as a line.
private struct LineLogHandler: LogHandler {
    let format: LogFormat
    let write: @Sendable (String) -> Void
    var logLevel: Logger.Level
    var metadata = Logger.Metadata()
    var metadataProvider: Logger.MetadataProvider?

    init(format: LogFormat, level: Logger.Level, write: @escaping @Sendable (String) -> Void) {
        self.format = format
        self.write = write
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        // Several handlers share a logger, and each has its own idea of what matters.
        guard event.level >= logLevel else { return }
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }
        let line = LogLine(
            at: SystemClock().now, level: event.level, message: event.message.description, facts: facts)
        write(line.text(format) + "\n")
    }
}

/// A file that takes the log, readable by its owner only; when it is full it becomes `….1`, and a new one begins.
///
/// So nobody else has to cut it, and it never takes more than twice its limit. `@unchecked Sendable`: the state is only touched
/// under `lock`.
final class LogFile: @unchecked Sendable {
    /// Bytes of one file: some hundred thousand lines.
    private static let limit = 16 << 20

    private let path: String
    private let limit: Int
    private let lock = NSLock()
    private var descriptor: Int32 = -1
    private var size = 0

    /// Opens the file, or makes it; throws when it cannot be written.
    init(_ path: String, limit: Int = LogFile.limit) throws(Failure) {
        self.path = path
        self.limit = limit
        open()
        guard descriptor >= 0 else {
            throw Failure(
                .cannotCreate,
                saying: [RefusalPhrase.badLog.filled(path, SystemPhrase.saying(errno))])
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds a line; where that fails, as on a full disk, the run goes on without it.
    func write(_ line: String) {
        lock.withLock {
            let bytes = Array(line.utf8)
            if size > 0, size + bytes.count > limit { turn() }
            guard descriptor >= 0 else { return }
            Console.write(bytes, to: descriptor)
            size += bytes.count
        }
    }

    private func turn() {
        close(descriptor)
        rename(path, path + ".1")
        open()
    }

    private func open() {
        descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        var status = stat()
        size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }
}

/// The latest messages of a run, for the board to show.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class Notes: @unchecked Sendable {
    private let limit: Int
    private let lock = NSLock()
    private var lines: [String] = []

    /// Keeps so many; four are what a board shows.
    init(limit: Int = 4) {
        self.limit = limit
    }

    /// The latest messages, oldest first.
    var latest: [String] { lock.withLock { lines } }

    /// Adds a message; the oldest gives way.
    func add(_ line: String) {
        lock.withLock {
            lines.append(line)
            lines.removeFirst(max(0, lines.count - limit))
        }
    }
}

/// Turns log messages into notes.
private struct NoteLogHandler: LogHandler {
    let notes: Notes
    var logLevel: Logger.Level
    var metadata = Logger.Metadata()
    var metadataProvider: Logger.MetadataProvider?

    init(notes: Notes, level: Logger.Level) {
        self.notes = notes
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        guard event.level >= logLevel else { return }
        let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        notes.add(([event.message.description] + details).joined(separator: " "))
    }
}
