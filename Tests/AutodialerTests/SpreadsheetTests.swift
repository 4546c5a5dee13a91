import Foundation
import Testing

@Suite("What LibreOffice makes of our exports", .timeLimit(.minutes(15)))
struct SpreadsheetTests {
    private static let program = "/usr/bin/soffice"

    @Test(
        "Opened and saved as a workbook, and out of that as CSV again, an --excel file has every digit, and comes back",
        .enabled(if: access(program, X_OK) == 0, "LibreOffice is not installed"))
    func throughLibreOffice() async throws {
        let place = try await Workplace()
        let numbers = (0..<8).map { ScriptedList.number(.answers, $0) }
        let rows = zip(numbers, ["0571", "1E5", "1-2", "3/99", "12345678901234567890", "=1+1", "007", "+86 571 1"]).map
        {
            "\($0),Li,\($1)\n"
        }
        try place.write(campaign: CampaignSetup(), list: "phone,name,code\n" + rows.joined())
        try await place.succeed("run trial --speed 1000 --max-attempts 3 --max-duration 9h --quiet")
        for table in ["leads", "attempts"] {
            try await place.succeed("export \(table) trial --reveal --excel -o \(table).csv")
            try await convert("\(table).csv", to: "xlsx", in: place)
            try FileManager.default.moveItem(atPath: place.file("\(table).csv"), toPath: place.file("\(table).before"))
            try await convert("\(table).xlsx", to: "csv:Text - txt - csv (StarCalc):44,34,76,1", in: place)
        }
        let texts = [
            "phone", "phone_as_listed", "code", "caller_id", "shown_caller_id", "vendor_call_id", "attempt_id", "line",
        ]
        for table in ["leads", "attempts"] {
            let before = try CSVTable(String(try #require(place.text("\(table).before")).dropFirst()))
            let after = try CSVTable(try #require(place.text("\(table).csv")).replacing("\n", with: "\r\n"))
            #expect(after.rows.count == before.rows.count && !after.rows.isEmpty)
            for column in texts where before.header.contains(column) {
                #expect(after.column(column) == before.column(column), "\(table).\(column)")
            }
        }
        let back = try await place.succeed("import trial leads.csv --strict --database copy.sqlite")
        #expect(back.errors.contains("8 leads added"))
        let first = try CSVTable(try await place.succeed("export leads trial --reveal").output)
        let again = try CSVTable(try await place.succeed("export leads trial --reveal --database copy.sqlite").output)
        #expect(again.column("code") == first.column("code") && again.column("phone") == first.column("phone"))
    }

    private func convert(_ file: String, to format: String, in place: Workplace) async throws {
        let arguments = ["--headless", "--infilter=CSV:44,34,76,1", "--convert-to", format, file]
        let isCSV = file.hasSuffix(".csv")
        let run = try place.start(program: Self.program, arguments.filter { isCSV || !$0.hasPrefix("--infilter") })
        let transcript = try await run.ended()
        #expect(transcript.code == 0, "\(transcript)")
    }
}
