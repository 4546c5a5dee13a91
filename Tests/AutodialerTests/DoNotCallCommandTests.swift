import Foundation
import Testing

@Suite("Do-not-call lists are kept, loaded, asked and shown", .timeLimit(.minutes(15)))
struct DoNotCallCommandTests {
    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func lists(_ place: Workplace) async throws -> [[String: Any]] {
        try #require(try object(try await place.succeed("dnc list --json").output)["lists"] as? [[String: Any]])
    }

    @Test("A number is added, asked about and removed, and the exit code says what a list says")
    func adding() async throws {
        let place = try await Workplace()
        let added = try await place.succeed("dnc add 15410990001 +8615411990001 --country CN --because asked")
        #expect(added.output == "house: 2 added, 0 prolonged, 0 unchanged\n")
        let again = try await place.succeed("dnc add 15410990001 --country CN --expires 90d")
        #expect(again.output == "house: 0 added, 0 prolonged, 1 unchanged\n")
        let listed = try await place.run("dnc check 15410990001 --country CN")
        #expect(listed.code == 1 && listed.output.contains("must not be called"), "\(listed)")
        #expect(listed.output.contains(#/house +all +- +on it, since [\d: -]+: asked/#))
        let free = try await place.succeed("dnc check +8615412990001")
        #expect(free.output.contains("not on it") && free.output.contains("no do-not-call list stands against a call"))
        #expect(try await place.succeed("dnc remove +8615410990001").output == "house: 1 removed, 0 were not on it\n")
        #expect(try await place.run("dnc check +8615410990001").code == 0)
    }

    @Test("In Chinese everything is said in Chinese, and what programs read stays as it is")
    func chinese() async throws {
        let place = try await Workplace()
        let zh = "--lang zh"
        let added = try await place.succeed("dnc add +8615410990001 --because 客户要求 \(zh)")
        #expect(added.output == "house：新增 1，延长 0，未变 0\n")
        let listed = try await place.run("dnc check +8615410990001 \(zh)")
        #expect(listed.output.contains("在其中") && listed.output.hasSuffix("+8615410990001：不可呼叫\n"), "\(listed)")
        #expect(try await place.succeed("dnc check +8615411990001 \(zh)").output.contains("没有禁呼名单阻止呼叫"))
        let table = try await place.succeed("dnc list \(zh)").output
        #expect(table.contains("禁呼") == false && table.contains("截至") && table.contains("号码"), "\(table)")
        #expect(try await place.succeed("dnc list --json \(zh)").output.contains("\"list\":\"house\""))
        try await place.fail("dnc add 138 \(zh)", 65, saying: ["错误：", "号码没有国家代码"])
        try await place.fail("dnc remove +8615411990001 \(zh)", 65, saying: ["错误：这些都不在名单“house”中"])
        try await place.fail("dnc drop house \(zh)", 64, saying: ["错误：这会一次移除 1 条", "--yes"])
        try await place.fail("dnc drop other \(zh)", 66, saying: ["错误：没有禁呼名单“other”", "现有：“house”"])
        #expect(try await place.succeed("dnc remove +8615410990001 \(zh)").output == "house：移除 1，原本不在其中 0\n")
        #expect(try await place.succeed("dnc drop house --yes \(zh)").output == "house：已删除，共 0 条\n")
    }

    @Test("Numbers come from stdin too, where no list of processes shows them")
    func standardInput() async throws {
        let place = try await Workplace()
        func pipe(_ text: String, into command: String) async throws -> Transcript {
            let line = "printf '\(text)' | \(RunningTool.autodialer) \(command)"
            return try await place.start(program: "/bin/sh", ["-c", line]).ended()
        }
        let added = try await pipe(#"+8615410990001\n\n +8615411990001 \r\n"#, into: "dnc add -")
        #expect(added.output == "house: 2 added, 0 prolonged, 0 unchanged\n", "\(added)")
        #expect(try await pipe("+8615411990001", into: "dnc check -").code == 1)
        let export = try await pipe("+8615410990001", into: "privacy export -")
        #expect(export.code == 0 && export.output.contains("+8615410990001"), "\(export)")
        #expect(try await pipe(#"+8615410990001\n"#, into: "dnc remove -").output.hasPrefix("house: 1 removed"))
        let several = try await pipe(#"+8615410990001\n+8615411990001\n"#, into: "dnc check -")
        #expect(several.code == 65 && several.errors.contains("more than one number"), "\(several)")
        let none = try await pipe("", into: "dnc add -")
        #expect(none.code == 65 && none.errors.contains("write one a line"), "\(none)")
        try await place.fail("dnc add - +8615410990001", 64, saying: ["no other numbers"])
    }

    @Test("Wildcards, ends and lists of one campaign count as a run would count them")
    func kinds() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 1))
        try await place.succeed("dnc add 1541* --list areas --campaign trial")
        try await place.succeed("dnc add +8615510990001 --expires 2099-12-31")
        #expect(try await place.run("dnc check 15410990001 trial").code == 1, "national, by the campaign's country")
        #expect(try await place.run("dnc check +8615410990001").code == 0, "it is the campaign's alone")
        let timed = try await place.run("dnc check +8615510990001 --json")
        let answer = try object(timed.output)
        #expect(timed.code == 1 && answer["forbidden"] as? Bool == true)
        let house = try #require((answer["lists"] as? [[String: Any]])?.first)
        #expect(house["until"] as? String == "2099-12-31T16:00:00.000Z", "the day ends where this machine is")
        #expect(house["source"] as? String == "added by hand" && house["entry"] as? String == "+8615510990001")
        let text = try await place.succeed("dnc list").output
        #expect(text.contains(#/areas +trial +- +- +- +1 +1 +0 +numbers/#), "\(text)")
    }

    @Test("A file is loaded once however often, rows that cannot be kept are told, and --replace has the last word")
    func importing() async throws {
        let place = try await Workplace()
        let rows = (0..<3_000).map { "154\(10_000_000 + $0)\n" }.joined()
        try place.write("national.csv", "手机号\n" + rows + "154*\n12\n")
        let options = "--list national --country CN --as-of 2026-01-02"
        let first = try await place.succeed("dnc import national.csv \(options)")
        #expect(first.output == "national: 3001 added, 0 changed, 0 unchanged, 0 removed, 1 rejected\n")
        #expect(first.errors.contains("1 × the number has too few digits"))
        #expect(place.text("national.rejects.csv")?.contains("too_short") == true)
        let again = try await place.succeed("dnc import national.csv \(options)")
        #expect(again.output == "national: 0 added, 0 changed, 3001 unchanged, 0 removed, 1 rejected\n")
        #expect(try await place.run("dnc import national.csv \(options) --strict -q").code == 65)
        try place.write("fewer.csv", "phone,expires\n15410000000,2099-01-01\n")
        let fewer = try await place.succeed("dnc import fewer.csv --list national --country CN --replace --hashed")
        #expect(fewer.output == "national: 1 added, 0 changed, 0 unchanged, 3001 removed, 0 rejected\n")
        let list = try #require(try await lists(place).first)
        #expect(list["hashed"] as? Bool == true && list["entries"] as? Int == 1)
        #expect(list["as_of"] as? String == "2026-01-01T16:00:00.000Z", "a file without a date makes it no younger")
        #expect(try await place.run("dnc check +8615410000000").code == 1)
        #expect(try await place.run("dnc check +8615410000001").code == 0)
    }

    @Test("A file whose numbers lack a country is refused as a whole, and not taken in part")
    func withoutCountry() async throws {
        let place = try await Workplace()
        try place.write("optouts.csv", "phone\n+12125550114\n312-555-0115\n(415) 555-0116\n")
        try await place.fail(
            "dnc import optouts.csv", 65,
            saying: ["optouts.csv:3: the number has no country code; nothing of the file is taken in", "--country"])
        #expect(try await place.run("dnc check +12125550114").code == 0, "nothing is kept")
        #expect(place.text("optouts.rejects.csv") == nil)
        let whole = try await place.succeed("dnc import optouts.csv --country US")
        #expect(whole.output == "house: 3 added, 0 changed, 0 unchanged, 0 removed, 0 rejected\n")
        try place.write("none.csv", "phone\n12\nnobody\n")
        let none = try await place.fail(
            "dnc import none.csv --country US", 65, saying: ["nothing in the file can be kept"])
        #expect(!none.errors.contains("drop"), "\(none)")
    }

    @Test("A list is dropped only if that is meant")
    func dropping() async throws {
        let place = try await Workplace()
        try await place.succeed("dnc add +8615410990001")
        try await place.fail("dnc drop house", 64, saying: ["1 entries", "--yes"])
        #expect(try await place.run("dnc check +8615410990001").code == 1)
        #expect(try await place.succeed("dnc drop house --yes").output == "house: removed, with 1 entries\n")
        #expect(try await place.succeed("dnc list").errors.contains("autodialer dnc add NUMBER"))
        #expect(try await lists(place).isEmpty)
    }

    @Test(
        "What cannot be done says why, and changes nothing",
        arguments: [
            ("add 15410990001", 65, "--country"), ("add nobody +8615410990009", 65, "nobody: this is not a"),
            ("add 154*", 65, "the wildcard has no country code"),
            ("add +86154** --list a", 65, "+86138* or +1201XXXXXXX"),
            ("add +86154* --hashed --list a", 65, "cannot be hashed"),
            ("add +86154* --list hashes", 65, "cannot be hashed"),
            ("add +8615410990009 --hashed", 65, "keeps numbers"), ("add", 64, "number"),
            ("add +8615410990009 --expires 2020-01-01", 64, "over already"),
            ("add +8615410990009 --expires soon", 64, "--expires"), ("add +8615410990009 --country XX", 64, "XX"),
            ("add +8615410990009 --campaign nowhere", 66, "nowhere"),
            ("remove +8615410990009", 65, "nothing of this is on the list"),
            ("remove +8615410990001 --list none", 66, "\"hashes\""), ("drop none --yes", 66, "\"house\""),
            ("check +86154*", 65, "one number"), ("check nobody", 65, "nobody"),
            ("import nowhere.csv", 66, "nowhere.csv"), ("import names.csv", 65, "--column"),
            ("import phones.csv --as-of 2999-01-01", 64, "yet to come"),
            ("import phones.csv --replace --country CN", 65, "nothing in the file can be kept"),
            ("import phones.csv --hashed", 65, "keeps numbers"),
        ] as [(String, Int32, String)])
    func refusals(command: String, code: Int32, word: String) async throws {
        let place = try await Workplace()
        try await place.succeed("dnc add +8615410990001")
        try await place.succeed("dnc add +8615410990002 --hashed --list hashes")
        try place.write("names.csv", "name\nA\n")
        try place.write("phones.csv", "phone\n12\n")
        let before = try await place.succeed("dnc list").output
        try await place.fail("dnc \(command)", code, saying: [word])
        #expect(try await place.succeed("dnc list").output == before)
    }

    @Test(
        "A database that is not there is not made",
        arguments: ["list", "check +8615410990001", "remove +8615410990001"])
    func noDatabase(command: String) async throws {
        let place = try await Workplace()
        try await place.fail("dnc \(command)", 66, saying: ["autodialer.sqlite"])
        #expect(!place.names().contains { $0.contains("sqlite") })
    }
}
