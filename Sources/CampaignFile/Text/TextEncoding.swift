/// How the bytes of a list stand for characters.
///
/// The raw value is the word in the campaign file.
package enum TextEncoding: String, CaseIterable, Hashable, Sendable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case gb18030
    case gbk

    /// The encoding that a byte order mark at the start of a file announces, with the mark's length in bytes.
    static func announced(by head: some Collection<UInt8>) -> (encoding: TextEncoding, length: Int)? {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }
}

/// Finds the encoding of a file from all of its bytes, before the file is read a second time for its contents.
///
/// The order is that of `features-and-rules.md`, 8.1: byte order mark, then strict UTF-8, then GB18030. A whole file is
/// looked at because its only Chinese character may be in its last row.
package struct EncodingSurvey: Sendable {
    private let forced: TextEncoding?
    private var head: [UInt8] = []
    private var validator = UTF8Validator()
    private var isUTF8 = true

    /// Starts at the first byte; `forced` is the encoding that the campaign names, if it names one.
    package init(forced: TextEncoding? = nil) {
        self.forced = forced
    }

    /// Takes the file's next bytes.
    package mutating func push(_ bytes: [UInt8]) {
        if head.count < 3 { head.append(contentsOf: bytes.prefix(3 - head.count)) }
        guard isUTF8, forced == nil else { return }
        isUTF8 = validator.take(bytes) == bytes.count
    }

    /// The encoding, once every byte has been pushed.
    package var encoding: TextEncoding {
        if let forced { return forced }
        if let announced = TextEncoding.announced(by: head) { return announced.encoding }
        return isUTF8 && validator.isComplete ? .utf8 : .gb18030
    }
}
