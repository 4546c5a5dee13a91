import CampaignFile
import DialModel
import Foundation
import Testing

@Suite("Lists as real programs write them")
struct RealFilesTests {
    /// The numbers of the five rows from which every file was made.
    private static let numbers = [
        "+8615410990001", "+8615411990002", "+8615412990003", "+8657191234568", "+8615413990004",
    ]
    private static let names = ["李雷", "Ann O'Neil", "王=芳", "赵六", nil]
    private static let codes = ["0571-91234567", "0100200300400500600", "-1", "007", "1E5"]
    private static let notes = ["说 \"好\", 再打", "两行\n备注", "=1+1", "a;b|c\td", "1-2"]

    private func list(_ name: String, acceptsExponent: Bool = false) throws -> ReadList {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures"))
        let settings = LeadListSettings(file: name, country: "CN", acceptsExponent: acceptsExponent)
        return try readList([UInt8](Data(contentsOf: url)), settings: settings, chunk: 11)
    }

    @Test(
        "Every number, name and cell arrives as it was",
        arguments: [
            ("libreoffice.csv", "utf-8"), ("libreoffice-gb.csv", "gb18030"), ("libreoffice-utf16.txt", "utf-16le"),
            ("pandas.csv", "utf-8"), ("postgresql.csv", "utf-8"), ("excel-gbk.csv", "gb18030"),
            ("excel-unicode.txt", "utf-16le"),
        ])
    func intact(file: String, encoding: String) throws {
        let list = try list(file)
        #expect(list.reader.encoding.rawValue == encoding)
        #expect(list.rejects.isEmpty)
        #expect(list.leads.map(\.number.e164) == Self.numbers)
        #expect(list.leads.map(\.name) == Self.names)
        func column(_ names: Set<String>) -> [String] {
            list.leads.flatMap { $0.fields.filter { names.contains($0.name) }.map(\.value) }
        }
        #expect(column(["编号", "code"]) == Self.codes)
        #expect(column(["备注", "note"]) == Self.notes)
    }

    @Test("Numbers that a program took for quantities are read while they have their digits")
    func quantities() throws {
        let floats = try list("pandas-floats.csv")
        #expect(floats.leads.map(\.number.e164) == ["+8615410990001", "+8615413990004"])
        #expect(floats.rejects.map(\.reasonCode) == ["no_number"])
        #expect(
            try list("pandas-exponents.csv").rejects.map(\.reasonCode) == [
                "scientific_notation", "scientific_notation",
            ])
        let exponents = try list("pandas-exponents.csv", acceptsExponent: true)
        #expect(exponents.leads.map(\.number.e164) == ["+8615410990001", "+8615413990004"])
    }

    @Test("Of a Google Contacts export the first number counts, and a cell with two is not chosen from")
    func contacts() throws {
        let list = try list("google-contacts.csv")
        #expect(list.leads.map(\.number.e164) == Array(Self.numbers.dropLast()))
        #expect(list.leads.first?.fields.last == LeadField(name: "Phone 2 - Value", value: "0571-91234567"))
        #expect(list.rejects.map(\.reasonCode) == ["not_a_number"])
    }

    @Test("What we write for spreadsheets, the same reader takes back cell by cell")
    func ours() throws {
        let list = try list("libreoffice.csv")
        let writer = CSVWriter(excel: true)
        var bytes = writer.preamble + writer.row(["phone", "name", "code", "note"])
        for (index, lead) in list.leads.enumerated() {
            bytes += writer.row([lead.originalNumber, lead.name ?? "", Self.codes[index], Self.notes[index]])
        }
        let again = try readList(bytes)
        #expect(again.leads.map(\.number) == list.leads.map(\.number))
        #expect(again.leads.map { $0.fields.map(\.value) } == zip(Self.codes, Self.notes).map { [$0, $1] })
    }
}
