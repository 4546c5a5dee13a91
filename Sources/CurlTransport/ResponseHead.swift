import Telephony

/// Collects the header lines of a response as they arrive and keeps those of the final one.
struct ResponseHead {
    /// The most bytes of header lines that are accepted, informational responses and trailers included.
    static let maxBytes = 256 << 10

    /// The fields of the response that began last.
    private(set) var fields: [HTTPField] = []
    private var bytes = 0
    private var isComplete = false

    /// Takes in one line as it was received; false when there have been too many.
    mutating func receive(_ line: UnsafeRawBufferPointer) -> Bool {
        bytes += line.count
        guard bytes <= Self.maxBytes else { return false }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // A status line: whatever came before belonged to a response such as 100 Continue.
            fields.removeAll()
            isComplete = false
        } else if text.allSatisfy(\.isNewline) {
            isComplete = true
        } else if !isComplete {
            receive(field: text)
        }
        return true
    }

    private mutating func receive(field text: String) {
        if text.first == " " || text.first == "\t" {
            // A folded line continues the value before it.
            guard let last = fields.indices.last else { return }
            fields[last].value = Self.trimmed("\(fields[last].value) \(Self.trimmed(text))")
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return }
        let value = text[text.index(after: colon)...]
        fields.append(HTTPField(Self.trimmed(text[..<colon]), Self.trimmed(value)))
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        guard let start = text.firstIndex(where: { !isBlank($0) }),
            let end = text.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(text[start...end])
    }
}
