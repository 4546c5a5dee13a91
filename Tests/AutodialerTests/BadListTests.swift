import CampaignFile
import DialModel
import Foundation
import Testing
import Wording

@testable import autodialer

@Suite("A list that cannot be used is refused with file, line and fix", .timeLimit(.minutes(15)))
struct BadListTests {
    private static let run = "run trial --speed 200"
    private static let commands = ["check trial", "import trial", run]

    private func place(
        list: String?, leads: String = CampaignSetup().leads
    ) async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.leads = leads
        try place.write(campaign: campaign, list: list)
        return place
    }

    /// Whatever made the list useless, nothing of it stays and nothing lies about.
    private func expectNothingKept(_ place: Workplace) throws {
        #expect(place.names(in: "trial").allSatisfy { ["campaign.yaml", "leads.csv"].contains($0) })
        if place.names().contains("autodialer.sqlite") {
            #expect(try LedgerRows(place.file("autodialer.sqlite")).leads.isEmpty)
        }
    }

    @Test("A list that is not there", arguments: commands)
    func missing(command: String) async throws {
        let place = try await place(list: nil)
        try await place.fail(command, 66, saying: ["trial/leads.csv", "no such list", "correct leads.file"])
        try expectNothingKept(place)
    }

    @Test("A folder in the list's place", arguments: commands)
    func folder(command: String) async throws {
        let place = try await place(list: nil)
        try FileManager.default.createDirectory(
            atPath: place.file("trial/leads.csv"), withIntermediateDirectories: true)
        try await place.fail(command, 66, saying: ["trial/leads.csv", "no such list", "correct leads.file"])
    }

    @Test("A pipe in the list's place, which nobody waits for", arguments: commands)
    func pipe(command: String) async throws {
        let place = try await place(list: nil)
        mkfifo(place.file("trial/leads.csv"), 0o600)
        try await place.fail(command, 66, saying: ["trial/leads.csv", "no ordinary file", "save the list as one"])
    }

    @Test("A workbook of Excel in the list's place, of today and of old")
    func workbook() async throws {
        for bytes in [[0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]] as [[UInt8]] {
            let place = try await place(list: nil)
            try place.write("trial/leads.csv", bytes)
            for command in Self.commands + ["dnc import trial/leads.csv --country CN"] {
                try await place.fail(
                    command, 65, saying: ["trial/leads.csv: this is an Excel workbook; save it as CSV"])
            }
            try expectNothingKept(place)
        }
    }

    @Test("A list that may not be read", .enabled(if: getuid() != 0, "root may read everything"), arguments: commands)
    func unreadable(command: String) async throws {
        let place = try await place(list: ScriptedList.csv([.answers], each: 1))
        chmod(place.file("trial/leads.csv"), 0)
        try await place.fail(command, 66, saying: ["trial/leads.csv", "cannot be read", "check its permissions"])
    }

    @Test("A list without a byte", arguments: commands)
    func empty(command: String) async throws {
        let place = try await place(list: "")
        try await place.fail(
            command, 65, saying: ["trial/leads.csv: error: the list is empty", "the first line must be a header"])
        try expectNothingKept(place)
    }

    @Test("A list of a header alone is no error, and the user is told", arguments: commands)
    func headerOnly(command: String) async throws {
        let place = try await place(list: "phone,name\n")
        let transcript = try await place.succeed(command)
        #expect(transcript.errors.contains("trial/leads.csv: warning: the list has a header and no leads"))
    }

    @Test("A list without a column of numbers, whose people are not shown", arguments: commands)
    func noPhoneColumn(command: String) async throws {
        let place = try await place(list: "15410990001,Li\n15411990001,Wu\n")
        let transcript = try await place.fail(
            command, 65,
            saying: [
                "trial/leads.csv:1: error: no column with telephone numbers",
                "name it: leads: { columns: { phone: ... } }",
            ])
        #expect(!transcript.errors.contains("1541099"))
        try expectNothingKept(place)
    }

    @Test("A column that the campaign names and the list has not", arguments: commands)
    func otherColumn(command: String) async throws {
        let place = try await place(
            list: "\nmobile,name\n15410990001,Li\n", leads: "{ file: leads.csv, columns: { phone: handy } }")
        try await place.fail(
            command, 65,
            saying: ["trial/leads.csv:2: error: there is no column \"handy\"", "leads.columns.phone must name one of"])
    }

    @Test("The wrong encoding forced on a list", arguments: commands)
    func wrongEncoding(command: String) async throws {
        let place = try await place(list: nil, leads: "{ file: leads.csv, country: CN, encoding: utf-8 }")
        // The third line has a name in GBK.
        try place.write("trial/leads.csv", Array("phone,name\n15410990001,Li\n15411990001,".utf8) + [0xCE, 0xE2, 0x0A])
        try await place.fail(
            command, 65,
            saying: ["trial/leads.csv:3: error: the text is not utf-8", "leads.encoding names the wrong encoding"])
        try expectNothingKept(place)
    }

    @Test("A quote that is never closed, far down", arguments: commands)
    func brokenQuote(command: String) async throws {
        let rows = (10..<60).map { "154\($0)990001,Li\n" }.joined()
        let place = try await place(list: "phone,name\n" + rows + "15499990001,\"Wu\n" + rows)
        try await place.fail(
            command, 65,
            saying: ["trial/leads.csv:52: error: a cell begins with a quote and never ends", "close the quote"])
        try expectNothingKept(place)
    }

    @Test("With --strict, rejected rows are an error after the import")
    func strict() async throws {
        let place = try await place(list: "phone\n15410990001\nnone\n")
        let transcript = try await place.run("import trial --strict")
        #expect(transcript.code == 65)
        #expect(transcript.errors.contains("1 leads added, 0 duplicates, 1 rejected"))
        #expect(try LedgerRows(place.file("autodialer.sqlite")).leads.count == 1)
    }

    @Test("A list that is written to between its survey and its end gives nothing to the ledger")
    func changed() async throws {
        let place = try await place(list: "phone\n15410990001\n")
        let settings = LeadListSettings(file: "leads.csv", country: "CN")
        let file = try ListFile.survey(place.file("trial/leads.csv"), settings: settings)
        try place.write("trial/leads.csv", "phone\n15410990001\n15411990001\n")
        let source = try ListSource(
            file, settings: settings, campaign: "trial",
            clocks: ZoneRules(zone: TimeZoneID("Asia/Shanghai"), initialOffset: 8 * 3_600),
            rejects: RejectsOutput(beside: nil, in: .english))
        #expect(throws: Failure.self) { while try source.nextBatch() != nil {} }
        let failure = try #require(source.failure)
        #expect(failure.code == .badInput && "\(failure)".contains("the list was changed while it was read"))
    }
}
