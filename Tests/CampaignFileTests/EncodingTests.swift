import CampaignFile
import DialModel
import Testing
import Wording

/// One list in one encoding, as bytes that a program wrote.
struct EncodedList: Sendable, CustomTestStringConvertible {
    var name: String
    var encoding: TextEncoding
    var encode: @Sendable (String) -> [UInt8]
    var testDescription: String { name }

    /// The characters of the list that are not ASCII, in GBK (GB/T 2312 rows 20 and on).
    private static let gbk: [Character: [UInt8]] = [
        "姓": [0xD0, 0xD5], "名": [0xC3, 0xFB], "手": [0xCA, 0xD6], "机": [0xBB, 0xFA], "号": [0xBA, 0xC5],
        "张": [0xD5, 0xC5], "三": [0xC8, 0xFD], "备": [0xB1, 0xB8], "注": [0xD7, 0xA2], "１": [0xA3, 0xB1],
        "丂": [0x81, 0x40], "镕": [0xE9, 0x46],
    ]

    private static func wide(_ text: String, bigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { bigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    static let all = [
        EncodedList(name: "UTF-8", encoding: .utf8) { Array($0.utf8) },
        EncodedList(name: "UTF-8 with mark", encoding: .utf8) { [0xEF, 0xBB, 0xBF] + Array($0.utf8) },
        EncodedList(name: "UTF-16LE", encoding: .utf16LittleEndian) { [0xFF, 0xFE] + wide($0, bigEndian: false) },
        EncodedList(name: "UTF-16BE", encoding: .utf16BigEndian) { [0xFE, 0xFF] + wide($0, bigEndian: true) },
        EncodedList(name: "GBK", encoding: .gb18030) { $0.flatMap { gbk[$0] ?? Array(String($0).utf8) } },
    ]
}

@Suite("Encodings")
struct EncodingTests {
    private static let separators: [(CSVSeparator, String)] = [
        (.comma, ","), (.semicolon, ";"), (.tab, "\t"), (.pipe, "|"),
    ]

    @Test("Every encoding with every separator gives the same lead", arguments: EncodedList.all, Self.separators)
    func reads(list: EncodedList, separator: (CSVSeparator, String)) throws {
        // 镕 and 丂 have second bytes that are ASCII letters or signs in GBK.
        let text = [["姓名", "手机号", "备注"], ["张三", "13800138000", "\"丂\n镕\""], ["", "１3800138001", ""]]
            .map { $0.joined(separator: separator.1) }.joined(separator: "\r\n")
        for chunk in [1, 2, 3, 5, 4096] {
            let read = try readList(list.encode(text), chunk: chunk)
            #expect(read.reader.encoding == list.encoding)
            #expect(read.reader.separator == separator.0)
            #expect(read.leads.map(\.line) == [2, 4])
            #expect(read.leads.map(\.number.e164) == ["+8613800138000", "+8613800138001"])
            #expect(read.leads.map(\.originalNumber) == ["13800138000", "１3800138001"])
            #expect(read.leads.map(\.name) == ["张三", nil])
            #expect(read.leads.first?.fields == [LeadField(name: "备注", value: "丂\n镕")])
        }
    }

    @Test("A forced encoding is used, with its mark or without")
    func forced() throws {
        for list in EncodedList.all {
            var settings = LeadListSettings(file: "leads.csv", country: "CN", encoding: list.encoding)
            #expect(try readList(list.encode("姓名,手机\n张三,13800138000"), settings: settings).leads.first?.name == "张三")
            if list.encoding == .gb18030 {
                settings.encoding = .gbk
                #expect(try readList(list.encode("姓名,手机\n张三,13800138000"), settings: settings).leads.count == 1)
            }
        }
        let wide = "电话\n13800138000\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let settings = LeadListSettings(file: "leads.csv", country: "CN", encoding: .utf16LittleEndian)
        #expect(try readList(wide, settings: settings).leads.count == 1)
    }

    @Test("One Chinese character in the last row decides for GB18030, and four-byte characters are read")
    func lateDecision() throws {
        let rows = (0..<3000).map { "x,138\(10_000_000 + $0)\r\n" }.joined()
        let ascii = Array(("name,phone\r\n" + rows).utf8)
        #expect(try readList(ascii).reader.encoding == .utf8)
        // 0x95328236 is U+20000, which only GB18030 has.
        let mixed = ascii + [0x95, 0x32, 0x82, 0x36] + Array(",13800138000".utf8)
        let read = try readList(mixed, chunk: 1000)
        #expect(read.reader.encoding == .gb18030)
        #expect(read.leads.count == 3001)
        #expect(read.leads.last?.name == "\u{20000}")
    }

    private static let misfits: [(TextEncoding?, [UInt8], Int, String)] = [
        (.utf8, [0x61, 0x0A, 0x0D, 0xD0, 0xD5], 3, "the text is not utf-8"),
        (.gbk, [0x61, 0x0A, 0xFF, 0xFF], 2, "the text is not gbk"),
        (.gbk, [0xEF, 0xBB, 0xBF, 0x61], 1, "the text is not gbk"),
        (.utf16LittleEndian, [0x61, 0x00, 0x0D, 0x00, 0x0A, 0x00, 0x00, 0xDC], 2, "the text is not utf-16le"),
        (.utf16BigEndian, [0x00, 0x61, 0x00], 1, "the text is not utf-16be"),
        (.utf16BigEndian, [0xD8, 0x00], 1, "the text is not utf-16be"),
        (nil, [0x61, 0x0A, 0xFF, 0xFF], 2, "the text is neither UTF-8 nor GB18030"),
        (nil, [0x61, 0x0A, 0xD0], 2, "the text is neither UTF-8 nor GB18030"),
        (
            nil, [0xEF, 0xBB, 0xBF, 0x0D, 0xD0], 2,
            "the text is damaged: the file begins as utf-8 and does not go on so"
        ),
        (nil, [0xFF, 0xFE, 0x61], 1, "the text is damaged: the file begins as utf-16le and does not go on so"),
    ]

    @Test("Text that does not fit is a finding with its line", arguments: Self.misfits)
    func misfit(forced: TextEncoding?, bytes: [UInt8], line: Int, message: String) {
        // A number column is named so that the header is no reason to fail before.
        let settings = LeadListSettings(file: "leads.csv", phoneColumn: "a", encoding: forced)
        let found = defect(bytes, settings: settings)
        #expect(found?.message.english == message)
        #expect(found?.line == line)
        #expect(found?.hint != nil)
    }

    @Test("UTF-8 is judged strictly")
    func strict() {
        let sound: [[UInt8]] = [
            [], [0x41], [0xC2, 0x80], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80],
            [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
        ]
        let unsound: [[UInt8]] = [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE4, 0xB8], [0xFF],
        ]
        for (texts, expected) in [(sound, TextEncoding.utf8), (unsound, .gb18030)] {
            for text in texts {
                var survey = EncodingSurvey()
                for byte in Array("ab".utf8) + text { survey.push([byte]) }
                #expect(survey.encoding == expected, "\(text)")
            }
        }
    }
}
