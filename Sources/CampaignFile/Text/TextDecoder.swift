/// Bytes that do not fit an encoding.
struct EncodingMismatch: Error, Hashable, Sendable {
    /// The encoding that was tried.
    var encoding: TextEncoding
    /// The line of the file, from one.
    var line: Int
}

/// Turns the bytes of a file into UTF-8 as they arrive, strictly, and takes the byte order mark off.
struct TextDecoder {
    private let encoding: TextEncoding
    private var head: [UInt8] = []
    private var isPastHead = false
    private var lines = LineCounter()
    private var utf8 = UTF8Validator()
    private var utf16: UTF16Decoder
    private let gb: ChineseDecoder?

    init(_ encoding: TextEncoding) {
        self.encoding = encoding
        utf16 = UTF16Decoder(isBigEndian: encoding == .utf16BigEndian)
        switch encoding {
        case .gb18030: gb = ChineseDecoder(charset: "GB18030")
        case .gbk: gb = ChineseDecoder(charset: "GBK")
        case .utf8, .utf16LittleEndian, .utf16BigEndian: gb = nil
        }
    }

    /// Decodes the file's next bytes; a character cut in two is kept for the next time.
    mutating func push(_ bytes: [UInt8]) throws(EncodingMismatch) -> [UInt8] {
        guard !isPastHead else { return try decode(bytes) }
        head.append(contentsOf: bytes)
        return head.count < 3 ? [] : try decodeHead()
    }

    /// Decodes what is left; throws if the file ends within a character.
    mutating func finish() throws(EncodingMismatch) -> [UInt8] {
        let rest = isPastHead ? [] : try decodeHead()
        let isComplete: Bool
        switch encoding {
        case .utf8: isComplete = utf8.isComplete
        case .utf16LittleEndian, .utf16BigEndian: isComplete = utf16.isComplete
        case .gb18030, .gbk: isComplete = gb?.isComplete ?? true
        }
        guard isComplete else { throw failure }
        return rest
    }

    /// Looks for a byte order mark once three bytes are there, or all of them.
    private mutating func decodeHead() throws(EncodingMismatch) -> [UInt8] {
        isPastHead = true
        defer { head = [] }
        guard let announced = TextEncoding.announced(by: head) else { return try decode(head) }
        guard announced.encoding == encoding else { throw failure }
        return try decode(Array(head.dropFirst(announced.length)))
    }

    private mutating func decode(_ bytes: [UInt8]) throws(EncodingMismatch) -> [UInt8] {
        var output: [UInt8] = []
        let fits: Bool
        switch encoding {
        case .utf8:
            fits = decodeUTF8(bytes, &output)
        case .utf16LittleEndian, .utf16BigEndian:
            fits = utf16.decode(bytes, &output)
        case .gb18030, .gbk:
            fits = gb?.decode(bytes, &output) ?? false
        }
        lines.take(output)
        guard fits else { throw failure }
        return output
    }

    private mutating func decodeUTF8(_ bytes: [UInt8], _ output: inout [UInt8]) -> Bool {
        let count = utf8.take(bytes)
        output = count == bytes.count ? bytes : Array(bytes[..<count])
        return count == bytes.count
    }

    private var failure: EncodingMismatch { EncodingMismatch(encoding: encoding, line: lines.line) }
}

/// Counts lines in UTF-8, whatever ends them.
struct LineCounter: Hashable, Sendable {
    /// The line of the byte that comes next, from one.
    private(set) var line = 1
    private var lastWasCR = false

    mutating func take(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            for byte in bytes {
                if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && !lastWasCR) { line += 1 }
                lastWasCR = byte == UInt8(ascii: "\r")
            }
        }
    }
}

/// UTF-16 to UTF-8, a byte at a time.
struct UTF16Decoder: Hashable, Sendable {
    private let isBigEndian: Bool
    private var half: UInt8?
    private var surrogate: UInt16?

    init(isBigEndian: Bool) {
        self.isBigEndian = isBigEndian
    }

    /// Whether no character is left half read.
    var isComplete: Bool { half == nil && surrogate == nil }

    /// Appends the UTF-8 of `bytes`; false at the first byte that is no UTF-16.
    mutating func decode(_ bytes: [UInt8], _ output: inout [UInt8]) -> Bool {
        output.reserveCapacity(bytes.count)
        for byte in bytes {
            guard let first = half else {
                half = byte
                continue
            }
            half = nil
            let unit = isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
            guard take(unit, &output) else { return false }
        }
        return true
    }

    private mutating func take(_ unit: UInt16, _ output: inout [UInt8]) -> Bool {
        let code: UInt32
        if let high = surrogate {
            guard UTF16.isTrailSurrogate(unit) else { return false }
            surrogate = nil
            code = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
        } else if UTF16.isLeadSurrogate(unit) {
            surrogate = unit
            return true
        } else {
            code = UInt32(unit)
        }
        guard let scalar = Unicode.Scalar(code) else { return false }
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        return true
    }
}
