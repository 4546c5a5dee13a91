/// Bytes that are no STOMP; there is no way to go on after them.
package struct STOMPViolation: Error, Hashable, Sendable {
    /// Words to follow "the other side".
    package var reason: String
}

/// Takes STOMP frames out of bytes, however these arrive: one frame to a WebSocket message, several, or a part of one.
///
/// Heart-beats between frames are passed over; that something came is for the caller to note. It reads 1.1 and accepts what
/// 1.0 and 1.2 spell in other ways.
package struct STOMPDecoder: Sendable {
    /// The most headers in a frame.
    package static let maxHeaders = 256

    private struct Head {
        var frame: STOMPFrame
        /// Where the body begins.
        var bodyStart: Int
        /// What `content-length` says.
        var bodyCount: Int?
    }

    private let maxFrameBytes: Int
    private var buffer: [UInt8] = []
    /// Where in `buffer` the next frame begins.
    private var start = 0
    /// How far the frame at `start` has been searched in vain for the end of its head.
    private var searched = 0
    /// The head of the frame at `start`, once it is complete.
    private var head: Head?

    /// A decoder at the beginning of a connection; a frame of more than `maxFrameBytes` is a violation.
    package init(maxFrameBytes: Int = 1_048_576) {
        self.maxFrameBytes = maxFrameBytes
    }

    /// Whether nothing is left of what has arrived.
    package var isEmpty: Bool { start == buffer.count }

    /// Takes in what has arrived.
    package mutating func append(_ bytes: some Sequence<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            head?.bodyStart -= start
            searched = max(0, searched - start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next frame; nil until more has arrived.
    package mutating func next() throws(STOMPViolation) -> STOMPFrame? {
        if head == nil {
            skipHeartBeats()
            head = try readHead()
        }
        guard let head, let end = try bodyEnd(head) else {
            guard buffer.count - start <= maxFrameBytes else { throw tooLong }
            return nil
        }
        guard end - start <= maxFrameBytes else { throw tooLong }
        var frame = head.frame
        frame.body = Array(buffer[head.bodyStart..<end])
        start = end + 1
        searched = start
        self.head = nil
        return frame
    }

    private var tooLong: STOMPViolation {
        STOMPViolation(reason: "sent a frame of more than \(maxFrameBytes) bytes")
    }

    private mutating func skipHeartBeats() {
        while start < buffer.count, buffer[start] == 10 || buffer[start] == 13 { start += 1 }
        searched = max(searched, start)
    }

    /// Reads lines up to an empty one; nil while there is none.
    private mutating func readHead() throws(STOMPViolation) -> Head? {
        let searchedFrom = max(searched, start)
        let headEnd = headEnd()
        guard !buffer[searchedFrom..<(headEnd ?? buffer.count)].contains(0) else {
            throw STOMPViolation(reason: "ended a frame before its body")
        }
        guard let end = headEnd else { return nil }
        var lines = buffer[start..<end].split(separator: 10, omittingEmptySubsequences: true)
            .map { $0.last == 13 ? $0.dropLast() : $0 }
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard lines.count <= Self.maxHeaders + 1 else { throw STOMPViolation(reason: "sent too many headers") }
        guard let command = lines.first, !command.isEmpty, command.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw STOMPViolation(reason: "sent no command")
        }
        var frame = STOMPFrame(String(decoding: command, as: UTF8.self))
        for line in lines.dropFirst() { frame.headers.append(try Self.header(line, of: frame.command)) }
        return Head(frame: frame, bodyStart: end, bodyCount: try Self.bodyCount(frame))
    }

    /// Where the body begins: after an empty line.
    private mutating func headEnd() -> Int? {
        var position = max(searched, start)
        while let lineEnd = buffer[position...].firstIndex(of: 10) {
            var next = lineEnd + 1
            if next < buffer.count, buffer[next] == 13 { next += 1 }
            guard next < buffer.count else {
                // Whether the line after this one is empty is not known yet.
                searched = lineEnd
                return nil
            }
            if buffer[next] == 10 { return next + 1 }
            position = next
        }
        searched = buffer.count
        return nil
    }

    private static func header(_ line: ArraySlice<UInt8>, of command: String) throws(STOMPViolation) -> STOMPHeader {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            throw STOMPViolation(reason: "sent a header without a colon")
        }
        let escapes = STOMPFrame.escapesHeaders(command)
        return STOMPHeader(
            STOMPEscaping.decode(line[..<colon], escapes), STOMPEscaping.decode(line[(colon + 1)...], escapes))
    }

    private static func bodyCount(_ frame: STOMPFrame) throws(STOMPViolation) -> Int? {
        guard let text = frame["content-length"]?.trimmingBlanks() else { return nil }
        guard let count = Int(text), count >= 0 else {
            throw STOMPViolation(reason: "sent a length that is no number")
        }
        return count
    }

    /// Where the zero after the body is; nil until it has arrived.
    private mutating func bodyEnd(_ head: Head) throws(STOMPViolation) -> Int? {
        guard let count = head.bodyCount else {
            let from = max(searched, head.bodyStart)
            searched = buffer.count
            return from < buffer.count ? buffer[from...].firstIndex(of: 0) : nil
        }
        guard count <= maxFrameBytes else { throw tooLong }
        let end = head.bodyStart + count
        guard end < buffer.count else { return nil }
        guard buffer[end] == 0 else { throw STOMPViolation(reason: "sent a body longer than it said") }
        return end
    }
}
