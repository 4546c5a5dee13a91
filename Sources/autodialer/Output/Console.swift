import Glibc
import Logging
import Telephony
import Wording

/// The two streams of a command: data on stdout, messages on stderr.
enum Console {
    /// How messages are written; changed once, before the first of them.
    static let format = Locked(LogFormat.text)

    /// Prints a line of data; the answer is whether there is still somebody who reads it.
    ///
    /// Names and words of others may be in it: a terminal is given what it can show, a file or a program what there is.
    @discardableResult
    static func out(_ line: String) -> Bool {
        let text = (isTerminal(STDOUT_FILENO) ? plain(line) : line) + "\n"
        return write(Array(text.utf8), to: STDOUT_FILENO) != EPIPE
    }

    /// Prints a message.
    ///
    /// Words of vendors and of lists may be in it, so what a terminal would take for an order is not passed on.
    static func message(_ line: String) {
        switch format.with({ $0 }) {
        case .text: write(plain(line) + "\n", to: STDERR_FILENO)
        case .json:
            logLine(LogLine(at: SystemClock().now, level: level(of: line), message: line).text(.json) + "\n")
        }
    }

    /// How bad a message is, by the words with which findings begin in each language.
    private static func level(of line: String) -> Logger.Level {
        if line.contains("error: ") || line.contains("错误：") { return .error }
        return line.contains("warning: ") || line.contains("警告：") ? .warning : .notice
    }

    /// Writes a line of the log, its end included.
    static func logLine(_ line: String) { write(line, to: STDERR_FILENO) }

    /// Text without what a terminal would take for an order.
    static func plain(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map(harmless)))
    }

    private static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Lines of a table as a terminal is given them, where they end as lines do there.
    private static func shown(_ lines: [UInt8]) -> [UInt8] {
        Array(plain(String(decoding: lines, as: UTF8.self).replacing("\r\n", with: "\n")).utf8)
    }

    private static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.properties.generalCategory {
        case .control where scalar != "\n" && scalar != "\t": "\u{FFFD}"
        case .format where ("\u{202A}"..."\u{202E}").contains(scalar) || ("\u{2066}"..."\u{2069}").contains(scalar):
            "\u{FFFD}"
        default: scalar
        }
    }

    /// Prints problems, each on its line.
    static func error(_ lines: [String]) {
        for line in lines { message(line) }
    }

    /// Prints problems, each on its line, in a language.
    static func error(_ lines: [Phrase], in language: Language) {
        error(lines.map { language.say($0) })
    }

    /// Writes text as it is.
    ///
    /// A reader that has gone away is no failure of ours: the rest is dropped.
    static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    /// Writes data, whole lines of it; throws where it cannot be written whole.
    ///
    /// A reader that wants no more is no failure; a disk that is full is one.
    static func data(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) throws(Failure) {
        let reason = write(isTerminal(descriptor) ? shown(bytes) : bytes, to: descriptor)
        guard reason == 0 || reason == EPIPE else {
            throw Failure(
                .inputOutput,
                saying: [RefusalPhrase.writingFailed.filled(SystemPhrase.saying(reason))])
        }
    }

    /// Writes bytes as they are; the answer is 0, or what `errno` says of the failure.
    @discardableResult
    static func write(_ all: [UInt8], to descriptor: Int32) -> Int32 {
        var bytes = all[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                switch errno {
                case EINTR: continue
                case EAGAIN:
                    var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&room, 1, -1)
                    continue
                case let reason: return reason
                }
            }
            bytes = bytes.dropFirst(count)
        }
        return 0
    }
}
