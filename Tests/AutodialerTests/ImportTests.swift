import Foundation
import Testing

@Suite("Lists come in as they are", .timeLimit(.minutes(15)))
struct ImportTests {
    private func place(list: String, leads: String = CampaignSetup().leads) async throws -> Workplace {
        let place = try await Workplace()
        var campaign = CampaignSetup()
        campaign.leads = leads
        try place.write(campaign: campaign, list: list)
        return place
    }

    @Test("A dry run tells what an import does, to the number, and writes nothing")
    func dryRun() async throws {
        let list = MixedList(count: 120, seed: 11)
        let place = try await place(list: list.text)
        let rehearsed = try await place.succeed("import trial --dry-run")
        #expect(place.names().filter { !$0.hasPrefix("transcript-") } == ["trial"])
        #expect(place.names(in: "trial") == ["campaign.yaml", "leads.csv"])
        #expect(rehearsed.errors.hasSuffix("  a dry run: nothing was written\n"))
        let told = rehearsed.errors.split(separator: "\n").dropLast()
        let imported = try await place.succeed("import trial").errors.split(separator: "\n")
        #expect(Array(imported.dropLast()) == Array(told))
        #expect(imported.last?.contains("see trial/leads.rejects.csv") == true)
        let again = try await place.succeed("import trial -n")
        #expect(again.errors.contains("nothing would change"))
        try place.write("more.csv", "phone\n15480000001\n15480000001\n15480000002\n")
        let strict = try await place.run("import trial more.csv --dry-run --strict")
        #expect(strict.code == 0 && strict.errors.contains("more.csv (utf-8): 2 leads added, 1 duplicates"))
        #expect(try LedgerRows(place.file("autodialer.sqlite")).leads.count == list.leads.count)
    }

    @Test("The same contents under another name are known")
    func sameContents() async throws {
        let place = try await place(list: "phone\n15410990001\n")
        try await place.succeed("import trial --quiet")
        try place.write("copy.csv", "phone\n15410990001\n")
        let again = try await place.succeed("import trial copy.csv")
        #expect(
            again.errors.contains("copy.csv: these contents were imported on")
                && again.errors.contains("nothing changed"))
    }

    @Test("Columns without a header, columns by mapping, and a rejects file that is mended and comes back")
    func columns() async throws {
        let place = try await place(list: "phone\n15410990001\n")
        try place.write("bare.csv", "Li;15411990001;x\nWu;1541;y\n")
        let bare = try await place.succeed("import trial bare.csv --no-header --columns name,phone,note")
        #expect(bare.errors.contains("bare.csv (utf-8): 1 leads added, 0 duplicates, 1 rejected"))
        let rejects = try #require(place.text("bare.rejects.csv"))
        try place.write("mended.csv", rejects.replacing("Wu,1541,", with: "Wu,15412990001,"))
        let mended = try await place.succeed("import trial mended.csv --no-header --columns name,phone,note --strict")
        #expect(mended.errors.contains("1 leads added"))
        try place.write("mapped.csv", "Line 1,LINE 2,who\n15413990001,15414990001,Xu\n")
        try await place.succeed("import trial mapped.csv --columns phone=line2,name=Who --strict --quiet")
        let table = try CSVTable(try await place.succeed("export leads trial --reveal").output)
        #expect(table.column("phone") == ["+8615411990001", "+8615412990001", "+8615414990001"])
        #expect(table.column("name") == ["Li", "Wu", "Xu"] && table.column("note") == ["x", "y", ""])
        try place.write("other.csv", "Li;15411990001;z\n")
        try await place.fail("import trial bare.csv --no-header", 64, saying: ["--no-header needs --columns"])
        try await place.fail("import trial bare.csv --columns name,phone", 64, saying: ["--no-header"])
        try await place.fail(
            "import trial other.csv --no-header --columns phone", 65,
            saying: ["other.csv:1: error: the first row has 3 cells and 1 columns are named"])
    }

    @Test("The campaign file says the same for its own list")
    func campaignKeys() async throws {
        let place = try await place(
            list: "Li,1.5410990001E+10\n",
            leads: "{ file: leads.csv, country: CN, header: [name, phone], accept_exponent: true, dedupe: all }")
        try await place.succeed("check trial")
        try await place.succeed("import trial --strict --quiet")
        #expect(try LedgerRows(place.file("autodialer.sqlite")).leads.map(\.number) == ["+8615410990001"])
        try place.write(
            "trial/campaign.yaml", CampaignSetup(leads: "{ file: leads.csv, dedupe: everywhere, header: phone }").text)
        try await place.fail(
            "check trial", 65, saying: ["\"leads.dedupe\" cannot be \"everywhere\"", "\"leads.header\" must be a list"])
    }

    @Test("Where a number may stand only once is chosen: in its list, in its campaign, anywhere")
    func scopes() async throws {
        let place = try await place(list: "phone,city\n15410990001,a\n15411990001,a\n")
        var other = CampaignSetup()
        other.name = "autumn"
        try place.write(campaign: other, list: "phone\n15412990001\n")
        try await place.succeed("import trial --quiet")
        try await place.succeed("import autumn --quiet")
        try place.write("new.csv", "phone,city\n15411990001,b\n15412990001,b\n15412990001,b\n15413990001,b\n")
        let expected = [
            "all": ["1 leads added, 3 duplicates", "2 × another campaign has this number already"],
            "campaign": [
                "2 leads added, 2 duplicates", "1 × the list has this number already", "1 × the campaign has",
            ],
            "list": ["2 leads added, 1 listed anew, 1 duplicates, 0 rejected"],
        ]
        for (scope, words) in expected {
            let told = try await place.succeed("import trial new.csv --dedupe \(scope) --dry-run").errors
            for word in words { #expect(told.contains(word), "\(told)") }
        }
        try await place.succeed("import trial new.csv --dedupe list --no-rejects")
        #expect(!place.names().contains("new.rejects.csv"))
        let table = try CSVTable(try await place.succeed("export leads trial").output)
        #expect(table.column("city") == ["a", "b", "b", "b"])
    }

    @Test("An encoding is forced, or found whatever the campaign says, and named in the summary")
    func encodings() async throws {
        let place = try await place(
            list: "phone\n15410990001\n", leads: "{ file: leads.csv, country: CN, encoding: gbk }")
        try place.write("utf.csv", "phone,姓名\n15411990001,李\n")
        try await place.fail("import trial utf.csv", 65, saying: ["not gbk"])
        let found = try await place.succeed("import trial utf.csv --encoding auto")
        #expect(found.errors.contains("utf.csv (utf-8): 1 leads added"))
        try place.write("gbk.csv", Array("phone,".utf8) + [0xD0, 0xD5, 0xC3, 0xFB] + Array("\n15412990001,x\n".utf8))
        let forced = try await place.succeed("import trial gbk.csv --encoding gb18030 --separator comma")
        #expect(forced.errors.contains("gbk.csv (gb18030): 1 leads added"))
        try await place.fail("import trial gbk.csv --encoding latin1", 64, saying: ["latin1"])
    }
}
