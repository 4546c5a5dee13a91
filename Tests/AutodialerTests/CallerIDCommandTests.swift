import DialModel
import Foundation
import Testing

@Suite("The numbers of an account are imported, shown and taken out", .timeLimit(.minutes(15)))
struct CallerIDCommandTests {
    private static let account = "--account simulator.alibaba"

    /// The line of a table that begins with a number.
    private func line(_ number: String, in text: String) throws -> String {
        try String(#require(text.split(separator: "\n").first { $0.hasPrefix(number) }, "\(text)"))
    }

    @Test("An import says what it did, and doing it again changes nothing")
    func importing() async throws {
        let place = try await Workplace.withCallerIDs()
        let again = try await place.succeed("caller-ids import numbers.csv \(Self.account)")
        #expect(again.output == "simulator.alibaba: 0 added, 0 changed, 5 unchanged, 0 removed\n")
        try place.write("fewer.csv", "number,pools\n051488880001,east\n01099990009,north\n")
        let kept = try await place.succeed("caller-ids import fewer.csv \(Self.account)")
        #expect(kept.output == "simulator.alibaba: 1 added, 1 changed, 0 unchanged, 0 removed\n")
        let replaced = try await place.succeed("caller-ids import fewer.csv \(Self.account) --replace")
        #expect(replaced.output == "simulator.alibaba: 0 added, 0 changed, 2 unchanged, 4 removed\n")
    }

    @Test("A file with a fault changes nothing, and the fault is said with its line")
    func fault() async throws {
        let place = try await Workplace.withCallerIDs()
        try place.write("twice.csv", "number,pools\n01099990009,north\n01099990009,east\n")
        try await place.fail(
            "caller-ids import twice.csv \(Self.account) --replace", 65, saying: ["twice.csv:3: error: "])
        try place.write("none.csv", "number,pools\n")
        try await place.fail(
            "caller-ids import none.csv \(Self.account) --replace", 65, saying: ["none.csv", "error: "])
        let after = try await place.succeed("caller-ids import numbers.csv \(Self.account)")
        #expect(after.output == "simulator.alibaba: 0 added, 0 changed, 5 unchanged, 0 removed\n")
    }

    @Test(
        "What cannot be imported, and from where",
        arguments: [
            ("nowhere.csv \(account)", Int32(66), "nowhere.csv: the file of numbers does not exist"),
            ("numbers.csv", 64, "--account"), ("", 64, "--from-vendor"),
            ("numbers.csv --from-vendor trial \(account)", 64, "--from-vendor"),
            ("--from-vendor nowhere", 66, "nowhere: no such campaign"),
        ])
    func badImport(arguments: String, code: Int32, word: String) async throws {
        let place = try await Workplace()
        try place.write("numbers.csv", CallerIDSetup.inventory)
        try await place.fail("caller-ids import \(arguments)", code, saying: [word])
        #expect(!place.names().contains { $0.contains("sqlite") })
    }

    @Test("The vendor's numbers are added to the file's, whose limits and pools stay")
    func fromVendor() async throws {
        let place = try await Workplace.withCallerIDs("number,province,city,pools,max_per_day\n01080000001,,,east,7\n")
        let first = try await place.succeed("caller-ids import --from-vendor trial")
        #expect(first.output.contains(/simulator\.alibaba: \d+ added, 1 changed, 0 unchanged, 0 removed\n/))
        let list = try await place.succeed("caller-ids list \(Self.account)").output
        #expect(try line("01080000001", in: list).contains(#/北京 +east +0/7 /#))
        let again = try await place.succeed("caller-ids import --from-vendor trial --replace")
        #expect(again.output.contains(" 0 added, 0 changed, "))
    }

    @Test("The list shows region, pools, use of today, answers, mismatches and state, in columns")
    func list() async throws {
        let place = try await Workplace.withCallerIDs()
        try await CallerIDSetup.attempts(
            [
                .init(callerID: "051488880002", outcome: .connected, reported: "051488880002"),
                .init(callerID: "051488880002", reported: "01088880004"),
                .init(callerID: "051488880002", outcome: .refused),
            ], in: place)
        let list = try await place.succeed("caller-ids list --campaign trial").output
        #expect(
            try line("NUMBER", in: list).split(separator: " ").joined(separator: " ")
                == "NUMBER REGION POOLS TODAY IN USE ANSWERED MISMATCHES STATE")
        let words = try line("051488880002", in: list).split(separator: " ").map(String.init)
        #expect(words == ["051488880002", "江苏", "扬州", "east", "2/100", "0/1", "1/2", "(50", "%)", "1", "active"])
        #expect(try line("4008880005", in: list).hasSuffix("takes calls only"))
        #expect(try line("01088880004", in: list).contains("  北京       north"))
        #expect(list.split(separator: "\n").count == 6)
    }

    @Test("The list for programs is one object with the same figures")
    func listJSON() async throws {
        let place = try await Workplace.withCallerIDs()
        try await CallerIDSetup.attempts([.init(callerID: "051488880001", outcome: .machine)], in: place)
        let output = try await place.succeed("caller-ids list \(Self.account) --json").output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        #expect(object["account"] as? String == "simulator.alibaba")
        let numbers = try #require(object["numbers"] as? [[String: Any]])
        let number = try #require(numbers.first { $0["number"] as? String == "051488880001" })
        #expect(number["dials_today"] as? Int == 1)
        #expect(number["max_per_day"] as? Int == 1)
        #expect(number["answered"] as? Int == 1)
        #expect(number["city"] as? String == "扬州")
        #expect(number["status"] as? String == "active")
    }

    @Test("A number that is paused stays so through an import, until it is resumed; its history says why")
    func pausing() async throws {
        let place = try await Workplace.withCallerIDs()
        let paused = try await place.succeed("caller-ids pause 02588880003 --campaign trial --because complaints")
        #expect(paused.output == "simulator.alibaba: 02588880003 is paused\n")
        try await place.succeed("caller-ids import numbers.csv \(Self.account)")
        let health = try await place.succeed("caller-ids health \(Self.account)").output
        #expect(try line("02588880003", in: health).contains("paused"))
        #expect(try line("02588880003", in: health).hasSuffix("paused: complaints"))
        try await place.succeed("caller-ids resume +862588880003 \(Self.account)")
        let resumed = try await place.succeed("caller-ids health \(Self.account)").output
        #expect(try line("02588880003", in: resumed).hasSuffix("resumed: resumed by hand"))
        #expect(try line("02588880003", in: resumed).contains("active"))
    }

    @Test("The numbers with the fewest answers come first")
    func health() async throws {
        let place = try await Workplace.withCallerIDs()
        try await CallerIDSetup.attempts(
            [
                .init(callerID: "01088880004", outcome: .connected), .init(callerID: "02588880003"),
                .init(callerID: "02588880003", outcome: .connected), .init(callerID: "051488880002"),
            ], in: place)
        let health = try await place.succeed("caller-ids health \(Self.account)").output
        let order = health.split(separator: "\n").dropFirst().prefix(3).map { $0.split(separator: " ")[0] }
        #expect(order == ["051488880002", "02588880003", "01088880004"])
    }

    @Test(
        "A number or an account that is not there",
        arguments: [
            ("caller-ids pause 01012345678 \(account)", Int32(65), "lists no such number"),
            ("caller-ids resume 01012345678 \(account)", 65, "caller-ids list --account simulator.alibaba"),
            ("caller-ids list --account shanghai", 66, "no numbers of the account \"shanghai\""),
            ("caller-ids health --account shanghai", 66, "caller-ids import FILE --account shanghai"),
            ("caller-ids pause 01012345678 --account shanghai", 66, "no numbers"),
            ("export caller-ids --account shanghai", 66, "no numbers of the account \"shanghai\""),
            ("caller-ids list", 64, "--account"), ("caller-ids list --campaign trial \(account)", 64, "--account"),
            ("export caller-ids \(account) --days 0", 64, "--days"),
            ("caller-ids list --campaign nowhere", 66, "nowhere: no such campaign"),
        ])
    func missing(command: String, code: Int32, word: String) async throws {
        let place = try await Workplace.withCallerIDs()
        try await place.fail(command, code, saying: [word])
    }

    @Test("A database that is not there is not made", arguments: ["list", "health", "pause 01088880004"])
    func noDatabase(command: String) async throws {
        let place = try await Workplace()
        try await place.fail("caller-ids \(command) \(Self.account)", 66, saying: ["autodialer.sqlite"])
        #expect(!place.names().contains { $0.contains("sqlite") })
    }

    @Test("The export has a row for each number and day, also of numbers that are listed no longer")
    func export() async throws {
        let place = try await Workplace.withCallerIDs()
        try await CallerIDSetup.attempts(
            [
                .init(callerID: "051488880002", outcome: .connected),
                .init(callerID: "051488880002", outcome: .machine),
                .init(callerID: "051488880002", outcome: .refused), .init(callerID: "01088880004", reported: "110"),
            ], in: place)
        try place.write("fewer.csv", "number,pools\n051488880002,east\n")
        try await place.succeed("caller-ids import fewer.csv \(Self.account) --replace")
        try await place.succeed("export caller-ids --campaign trial --days 2 -o days.csv")
        let text = try #require(place.text("days.csv"))
        let rows = text.components(separatedBy: "\r\n")
        #expect(rows[0] == "account,caller_id,day,dials,answered,connected,refused,mismatches")
        #expect(rows[1].hasPrefix("simulator.alibaba,01088880004,20") && rows[1].hasSuffix(",1,0,0,0,1"))
        #expect(rows[2].hasPrefix("simulator.alibaba,051488880002,20") && rows[2].hasSuffix(",2,2,1,1,0"))
        #expect(rows.count == 4)
    }
}
