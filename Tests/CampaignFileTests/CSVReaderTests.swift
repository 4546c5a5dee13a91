import CampaignFile
import DialModel
import Testing

/// Rows as text, for comparison: `1:a|b`.
private func rows(_ text: String, _ separator: CSVSeparator = .comma, chunk: Int = .max) throws -> [String] {
    var reader = CSVReader(separator: separator)
    let bytes = Array(text.utf8)
    var rows: [CSVRow] = []
    for start in stride(from: 0, to: bytes.count, by: min(chunk, max(1, bytes.count))) {
        rows += try reader.push(Array(bytes[start..<min(bytes.count, start + min(chunk, bytes.count))]))
    }
    if let last = try reader.finish() { rows.append(last) }
    return rows.map { "\($0.line):" + $0.cells.joined(separator: "¦") }
}

@Suite("Reading CSV")
struct CSVReaderTests {
    private static let texts: [(String, [String])] = [
        ("", []), ("a", ["1:a"]), ("a,b", ["1:a¦b"]), ("a,b\n", ["1:a¦b"]), (",", ["1:¦"]), ("a,\n", ["1:a¦"]),
        ("\n", ["1:"]), ("a\n\nb", ["1:a", "2:", "3:b"]), ("a\r\nb\r\n", ["1:a", "2:b"]), ("a\rb\r", ["1:a", "2:b"]),
        ("a\r\rb", ["1:a", "2:", "3:b"]), ("a\n\rb", ["1:a", "2:", "3:b"]), ("a\r\n\r\nb", ["1:a", "2:", "3:b"]),
        ("\"a\"", ["1:a"]), ("\"\"", ["1:"]), ("\"a,b\",c", ["1:a,b¦c"]), ("\"a\"\"b\"", ["1:a\"b"]),
        ("\"\"\"\"", ["1:\""]), ("\"a\"\"\"", ["1:a\""]), ("a\"b,c", ["1:a\"b¦c"]), ("a,\"\"\n", ["1:a¦"]),
        ("\"a\nb\",c\nd", ["1:a\nb¦c", "3:d"]), ("\"a\r\nb\"\r\nd", ["1:a\r\nb", "3:d"]),
        ("\"a\rb\"\rd", ["1:a\rb", "3:d"]), ("\"a\r\"\r\nd", ["1:a\r", "3:d"]),
        ("\"\r\n\"\n\"\n\r\"", ["1:\r\n", "3:\n\r"]),
        ("张三,13800138000\n", ["1:张三¦13800138000"]), (" a , b ", ["1: a ¦ b "]),
    ]

    @Test("Rows, cells and line numbers, whatever the chunks", arguments: Self.texts)
    func reads(text: String, expected: [String]) throws {
        for chunk in [1, 2, 3, .max] { #expect(try rows(text, chunk: chunk) == expected, "chunks of \(chunk)") }
    }

    @Test("Each separator separates, and the others do not")
    func separators() throws {
        let text = "a,b;c\td|e"
        #expect(try rows(text, .comma) == ["1:a¦b;c\td|e"])
        #expect(try rows(text, .semicolon) == ["1:a,b¦c\td|e"])
        #expect(try rows(text, .tab) == ["1:a,b;c¦d|e"])
        #expect(try rows(text, .pipe) == ["1:a,b;c\td¦e"])
    }

    private static let broken: [(String, CSVError)] = [
        ("a\n\"b", CSVError(.unterminatedQuote, line: 2)), ("\"", CSVError(.unterminatedQuote, line: 1)),
        ("a\nb,\"c\nd\ne", CSVError(.unterminatedQuote, line: 2)), ("\"a\"\"", CSVError(.unterminatedQuote, line: 1)),
        ("a\n\"b\"c", CSVError(.textAfterQuote, line: 2)), ("\"a\nb\" ,c", CSVError(.textAfterQuote, line: 2)),
    ]

    @Test("Broken files are errors with the line on which the trouble begins", arguments: Self.broken)
    func rejects(text: String, expected: CSVError) {
        #expect(throws: expected) { try rows(text) }
    }

    @Test("A cell that is too long and a row that is too wide are errors with their line")
    func overLimits() {
        let wide = String(repeating: ",", count: CSVReader.columnLimit)
        #expect(throws: CSVError(.tooManyColumns, line: 1)) { try rows(wide) }
        let long = "\n" + String(repeating: "x", count: CSVReader.cellLimit + 1)
        #expect(throws: CSVError(.cellTooLong, line: 2)) { try rows(long) }
        let quoted = "\n\"" + String(repeating: "\n", count: CSVReader.cellLimit + 1)
        #expect(throws: CSVError(.cellTooLong, line: 2)) { try rows(quoted) }
    }

    @Test("The longest cell and the widest row are read")
    func limits() throws {
        let wide = String(repeating: ",", count: CSVReader.columnLimit - 1)
        #expect(try rows(wide) == ["1:" + String(repeating: "¦", count: CSVReader.columnLimit - 1)])
        let long = String(repeating: "x", count: CSVReader.cellLimit)
        #expect(try rows(long) == ["1:" + long])
    }

    @Test("After an error a reader gives nothing but that error")
    func staysBroken() {
        var reader = CSVReader(separator: .comma)
        let expected = CSVError(.textAfterQuote, line: 1)
        #expect(throws: expected) { try reader.push(Array("\"a\"b".utf8)) }
        #expect(throws: expected) { try reader.push(Array("\nc\n".utf8)) }
        #expect(throws: expected) { try reader.finish() }
    }
}

@Suite("Writing CSV")
struct CSVWriterTests {
    private func text(_ cells: [String], excel: Bool = false) -> String {
        String(decoding: CSVWriter(excel: excel).row(cells), as: UTF8.self)
    }

    @Test("Cells are quoted where they must be, and rows end with CRLF")
    func quotes() {
        #expect(text(["a", "b c", ""]) == "a,b c,\r\n")
        #expect(text(["a,b", "c\"d", "e\nf", "g\rh", "i;j"]) == "\"a,b\",\"c\"\"d\",\"e\nf\",\"g\rh\",i;j\r\n")
        #expect(text([""]) == "\"\"\r\n")
        #expect(text(["+8613800138000", "=1+1"]) == "+8613800138000,=1+1\r\n")
        #expect(CSVWriter().preamble == [])
    }

    @Test("For a spreadsheet, nothing can be taken for a formula and the file says that it is UTF-8")
    func guards() {
        #expect(CSVWriter(excel: true).preamble == [0xEF, 0xBB, 0xBF])
        for cell in ["=1+1", "+8613800138000", "-1", "@sum", "\ta", "\0a"] {
            #expect(text([cell, "x"], excel: true) == "'\(cell),x\r\n")
        }
        #expect(text(["\ra", "x"], excel: true) == "\"'\ra\",x\r\n")
        #expect(text(["a=1", "1380013", "'a", ""], excel: true) == "a=1,1380013,'a,\r\n")
    }

    @Test(
        "For a spreadsheet, nothing of which it would lose digits is left as it is",
        arguments: [
            "13800138000", "0571", "00", "12345678", "123456789012345678", "1.38E+10", "1e5", "1-2", "3/99", "10:30",
            "(010) 61234567", "138 0013 8000", ".5", "2026-01-02",
        ])
    func guardsNumbers(cell: String) throws {
        #expect(text([cell], excel: true).hasPrefix("'\(cell)") || text([cell], excel: true).hasPrefix("\"'\(cell)"))
        var reader = CSVReader(separator: .comma)
        let bytes = Array("phone,note\r\n13800138000,".utf8) + CSVWriter(excel: true).row([cell])
        _ = try reader.push(bytes)
        let list = try readList(bytes)
        #expect(list.leads.map { $0.fields[0].value } == [cell], "and the guard comes off again")
    }

    @Test("For a spreadsheet, words, short counts and what people write with an apostrophe stay as they are")
    func leavesWords() {
        for cell in ["0", "7", "1234567", "a0571", "E5", "x1-2", "1 Main St", "'s Gravenhage", "'90s", "(none)", "."] {
            #expect(text([cell, "x"], excel: true) == "\(cell),x\r\n")
        }
    }

    @Test("What is written is read back, whatever the cells and the chunks")
    func roundTrip() throws {
        let seed: UInt64 = 8_675_309
        var random = SplitMix64(seed: seed)
        let alphabet = Array("ab,;\t|\"\"\n\r 张😀'=+\u{FEFF}".unicodeScalars)
        for round in 0..<400 {
            let written = (0..<random.below(12)).map { _ in
                (0...random.below(5)).map { _ in
                    var cell = String.UnicodeScalarView()
                    for _ in 0..<random.below(7) { cell.append(alphabet[Int(random.below(UInt64(alphabet.count)))]) }
                    return String(cell)
                }
            }
            let bytes = written.flatMap(CSVWriter().row)
            var reader = CSVReader(separator: .comma)
            var read: [CSVRow] = []
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + 1 + Int(random.below(9)))
                read += try reader.push(Array(bytes[start..<end]))
                start = end
            }
            if let last = try reader.finish() { read.append(last) }
            // Compared as code units: as text, CRLF in one string equals CRLF only.
            let units = { (rows: [[String]]) in rows.map { $0.map { Array($0.utf8) } } }
            #expect(units(read.map(\.cells)) == units(written), "seed \(seed), round \(round)")
        }
    }
}
