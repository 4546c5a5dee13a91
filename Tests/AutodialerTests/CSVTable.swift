import Testing

/// An exported file taken apart by the letter of RFC 4180, without any of our own code.
struct CSVTable {
    let header: [String]
    let rows: [[String: String]]

    init(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let records = Self.records(text)
        header = try #require(records.first, sourceLocation: sourceLocation)
        for record in records {
            #expect(record.count == header.count, "\(record)", sourceLocation: sourceLocation)
        }
        let header = header
        rows = records.dropFirst().map { Dictionary(zip(header, $0)) { first, _ in first } }
    }

    /// The values of one column.
    func column(_ name: String) -> [String] { rows.map { $0[name] ?? "no such column" } }

    private static func records(_ text: String) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var cell = String.UnicodeScalarView()
        var isQuoted = false
        var afterQuote = false
        for scalar in text.unicodeScalars {
            if isQuoted {
                if scalar == "\"" { (isQuoted, afterQuote) = (false, true) } else { cell.append(scalar) }
                continue
            }
            switch scalar {
            case "\"":
                if afterQuote { cell.append(scalar) }
                isQuoted = true
            case ",", "\n":
                record.append(String(cell))
                cell = String.UnicodeScalarView()
                if scalar == "\n" {
                    records.append(record)
                    record = []
                }
            case "\r": break
            default: cell.append(scalar)
            }
            afterQuote = false
        }
        return records
    }
}
