/// What stands between two cells of a row.
package enum CSVSeparator: String, CaseIterable, Hashable, Sendable {
    case comma, semicolon, tab, pipe

    /// The separator as a byte of UTF-8.
    var byte: UInt8 {
        switch self {
        case .comma: UInt8(ascii: ",")
        case .semicolon: UInt8(ascii: ";")
        case .tab: UInt8(ascii: "\t")
        case .pipe: UInt8(ascii: "|")
        }
    }

    /// The separator that occurs most often outside quotes in a header line; a comma if none does.
    static func detect(inHeader line: some Sequence<UInt8>) -> CSVSeparator {
        var counts = Array(repeating: 0, count: allCases.count)
        var isQuoted = false
        for byte in line {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard !isQuoted, let index = allCases.firstIndex(where: { $0.byte == byte }) else { continue }
            counts[index] += 1
        }
        var best = 0
        for index in counts.indices where counts[index] > counts[best] { best = index }
        return allCases[best]
    }
}
