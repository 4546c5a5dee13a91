/// Swift source with everything that is not code turned to blanks.
///
/// Every byte keeps its place and every line break stays, so that offsets and line numbers hold for the source too.
/// Code interpolated into a string is code. Bytes outside ASCII become blanks, so an offset counts bytes and characters
/// alike. Regex literals without `#` are not recognised.
struct CodeView {
    private let source: [UInt8]
    private let keepsStrings: Bool
    private var output: [UInt8] = []
    private var position = 0

    private init(_ text: String, keepsStrings: Bool) {
        source = Array(text.utf8)
        self.keepsStrings = keepsStrings
        output.reserveCapacity(source.count)
    }

    /// The code of `text`; comments always turn to blanks, string literals unless `keepingStrings`.
    static func of(_ text: String, keepingStrings: Bool = false) -> String {
        var view = CodeView(text, keepsStrings: keepingStrings)
        view.code(inInterpolation: false)
        return String(decoding: view.output, as: UTF8.self)
    }

    /// Copies code up to the end, or up to the parenthesis that closes an interpolation.
    private mutating func code(inInterpolation: Bool) {
        var depth = 0
        while let byte = peek() {
            if startsWith("//") {
                while let next = peek(), next != UInt8(ascii: "\n") { blank() }
            } else if startsWith("/*") {
                blockComment()
            } else if let hashes = literalStart(UInt8(ascii: "\"")) {
                string(hashes: hashes)
            } else if let hashes = literalStart(UInt8(ascii: "/")), hashes > 0 {
                extendedRegex(hashes: hashes)
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                keep()
                if inInterpolation, depth < 0 { return }
            }
        }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if startsWith("/*") {
                depth += 1
                blank(2)
            } else if startsWith("*/") {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && peek() != nil
    }

    private mutating func string(hashes: Int) {
        let fence = String(repeating: "#", count: hashes)
        text(hashes)
        let isMultiline = startsWith("\"\"\"")
        let closing = (isMultiline ? "\"\"\"" : "\"") + fence
        text(isMultiline ? 3 : 1)
        while let byte = peek() {
            if startsWith(closing) {
                text(closing.utf8.count)
                return
            } else if startsWith("\\" + fence) {
                text(1 + hashes)
                let interpolates = peek() == UInt8(ascii: "(")
                text(1)
                if interpolates { code(inInterpolation: true) }
            } else if byte == UInt8(ascii: "\n"), !isMultiline {
                return
            } else {
                text(1)
            }
        }
    }

    private mutating func extendedRegex(hashes: Int) {
        let closing = "/" + String(repeating: "#", count: hashes)
        text(hashes + 1)
        while peek() != nil, !startsWith(closing) { text(1) }
        text(closing.utf8.count)
    }

    /// How many `#` stand here before a literal that opens with `mark`; nil if none opens here.
    private func literalStart(_ mark: UInt8) -> Int? {
        var end = position
        while end < source.count, source[end] == UInt8(ascii: "#") { end += 1 }
        return end < source.count && source[end] == mark ? end - position : nil
    }

    private func peek() -> UInt8? { position < source.count ? source[position] : nil }

    private func startsWith(_ text: String) -> Bool {
        source[position...].starts(with: text.utf8)
    }

    private mutating func text(_ count: Int) {
        for _ in 0..<count { if keepsStrings { keep() } else { blank() } }
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where position < source.count {
            output.append(source[position] == UInt8(ascii: "\n") ? UInt8(ascii: "\n") : UInt8(ascii: " "))
            position += 1
        }
    }

    private mutating func keep() {
        guard position < source.count else { return }
        output.append(source[position] < 0x80 ? source[position] : UInt8(ascii: " "))
        position += 1
    }
}
