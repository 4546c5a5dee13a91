import Foundation
import GRDB
import Testing

@Suite("The audit log proves what was done", .timeLimit(.minutes(15)))
struct AuditCommandTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func guide(_ page: String) throws -> String {
        try String(
            contentsOf: root.appending(path: "Sources/autodialer/autodialer.docc/\(page).md"), encoding: .utf8)
    }

    /// A campaign with two leads that has been run.
    private func place() async throws -> Workplace {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers, .busy], each: 2))
        try await place.succeed("run trial --speed 1000 --max-attempts 3 --max-duration 9h --quiet")
        return place
    }

    /// What `audit verify --json` prints.
    private struct Report: Decodable {
        struct Fault: Decodable {
            var kind: String
            var entry_id: Int64
            var attempt_id: Int64?
        }

        var valid: Bool
        var entries: Int
        var dials: Int
        var forgotten: Int
        var last_entry_id: Int64
        var last_digest: String
        var fault: Fault?

        init(_ text: String) throws {
            self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
        }
    }

    @Test("A run, its exports and what is asked of them are in the log, which is verified and comes out as a table")
    func commands() async throws {
        let place = try await place()
        try await place.succeed("dnc add +8613800138000 --because asked")
        try await place.succeed("export attempts trial --reveal -o ./attempts.csv")
        try await place.succeed("export audit trial -o audit.csv")
        let table = try CSVTable(try #require(place.text("audit.csv")))
        #expect(table.header == ["entry_id", "at", "at_utc", "actor", "action", "campaign", "facts", "digest"])
        let actions = table.column("action")
        #expect(actions.prefix(3) == ["log_begun", "list_imported", "run_begun"] && actions.contains("dialled"))
        #expect(actions.suffix(5) == ["run_ended", "dnc_added", "exported", "export_finished", "exported"])
        let begun = try #require(table.rows.first { $0["action"] == "run_begun" }?["facts"])
        for word in [#""version":""#, #""campaign_file":""#, #""rules":"none""#, #""max_attempts":3"#, #""run":1"#] {
            #expect(begun.contains(word), "\(begun)")
        }
        #expect(
            table.column("facts").suffix(3).prefix(2) == [
                #"{"table":"attempts","revealed":true,"file":"attempts.csv"}"#,
                #"{"table":"attempts","revealed":true,"rows":3,"file":"attempts.csv"}"#,
            ])
        let verified = try await place.succeed("audit verify").output
        let report = try Report(try await place.succeed("audit verify --json").output)
        #expect(report.valid && report.fault == nil && report.dials == 3)
        #expect(report.entries == table.rows.count + 1 && report.last_entry_id == Int64(report.entries))
        #expect(verified.hasSuffix("last entry \(report.entries) with digest \(report.last_digest)\n"))
        try await place.succeed("audit verify --expect \(table.column("digest")[1])")
        let older = String(repeating: "5e", count: 32)
        try await place.fail("audit verify --expect \(older)", 65, saying: ["the end of the log is another one"])
        try await place.fail("audit verify --expect 5e", 64, saying: ["64 hexadecimal digits"])
        let section = try Self.guide("AuditLog").split(separator: "\n## Columns\n")[1]
        let chinese = try CSVTable(try await place.succeed("export audit trial --lang zh").output)
        for (en, zh) in zip(table.header, chinese.header) { #expect(section.contains("| `\(en)` | \(zh) |")) }
        for action in Set(chinese.column("操作")) { #expect(try Self.guide("AuditLog").contains("`\(action)`")) }
    }

    @Test("What was changed is named, for people and for programs, and is not pruned away")
    func tampering() async throws {
        let place = try await place()
        try await place.fail("audit prune", 64, saying: ["--yes"])
        try await place.fail("audit prune --keep-days 29 --yes", 64, saying: ["--keep-days"])
        #expect(try await place.succeed("audit prune --yes").output == "0 entries removed\n")
        let file = try DatabaseQueue(path: place.file("autodialer.sqlite"))
        try await file.write { db in try db.execute(sql: "UPDATE attempts SET caller_id = '1' WHERE id = 2") }
        try file.close()
        for command in ["audit verify", "audit prune --yes"] {
            try await place.fail(
                command, 65, saying: ["error: autodialer.sqlite: entry ", "(dialled, ", "attempt 2 is not"])
        }
        let transcript = try await place.run("audit verify --json")
        let fault = try #require(try Report(transcript.output).fault)
        #expect(transcript.code == 65 && fault.kind == "dial_changed" && fault.attempt_id == 2)
        try await place.fail("audit verify --database none.sqlite", 66, saying: ["no such file"])
    }

    /// Writes the log anew as if everything in it had been done so many days earlier, which whoever has the file and knows how
    /// can do.
    private func age(_ place: Workplace, byDays days: Int) async throws {
        try place.write(
            "age.py",
            """
            import hashlib, sqlite3
            db = sqlite3.connect("autodialer.sqlite")
            kept, = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'audit_is_not_changed'").fetchone()
            db.execute("DROP TRIGGER audit_is_not_changed")
            db.execute("UPDATE audit SET at = at - \(days) * 86400000")
            last = bytes(32)
            for row in db.execute("SELECT id, at, actor, action, campaign, facts FROM audit ORDER BY id").fetchall():
                texts = [b"" if field is None else str(field).encode() for field in row]
                last = hashlib.sha256(last + b"".join(b"%d:%s," % (len(text), text) for text in texts)).digest()
                db.execute("UPDATE audit SET digest = ? WHERE id = ?", (last, row[0]))
            db.execute(kept)
            db.commit()
            """)
        let transcript = try await place.start(program: "/usr/bin/env", ["python3", "age.py"]).ended()
        #expect(transcript.code == 0, "\(transcript)")
    }

    @Test("People who are forgotten and entries that are pruned leave a log that is proved from end to end")
    func erasureAndRetention() async throws {
        let place = try await place()
        try await age(place, byDays: 2_000)
        let old = try Report(try await place.succeed("audit verify --json").output)
        #expect(old.valid && old.dials == 3 && old.forgotten == 0)
        try await place.succeed("run trial --speed 1000 --max-attempts 1 --max-duration 9h --quiet")
        let callees = Set(try LedgerRows(place.file("autodialer.sqlite")).attempts.map(\.number))
        for callee in callees.sorted() { try await place.succeed("privacy erase \(callee) --keep-days 0 --yes") }
        try await place.succeed("privacy erase --due")
        let erased = try Report(try await place.succeed("audit verify --json --expect \(old.last_digest)").output)
        #expect(erased.valid && erased.dials == 4 && erased.forgotten == 4)

        #expect(try await place.succeed("audit prune --yes").output == "\(old.entries) entries removed\n")
        let pruned = try Report(try await place.succeed("audit verify --json --expect \(old.last_digest)").output)
        #expect(pruned.valid && pruned.dials == 1 && pruned.forgotten == 1)
        #expect(pruned.entries == erased.entries - old.entries + 1 && pruned.last_entry_id == erased.last_entry_id + 1)
        try await place.fail("audit verify --expect \(String(repeating: "5e", count: 32))", 65, saying: ["another one"])
        let kept = try #require(place.text("autodialer.sqlite"))
        #expect(callees.allSatisfy { !kept.contains($0.dropFirst(3)) })

        for id in [pruned.last_entry_id - 1, old.last_entry_id + 1] {
            let file = try DatabaseQueue(path: place.file("autodialer.sqlite"))
            try await file.write { db in
                try db.execute(sql: "DROP TRIGGER IF EXISTS audit_is_not_changed")
                try db.execute(sql: "UPDATE audit SET actor = 'nobody' WHERE id = ?", arguments: [id])
            }
            try file.close()
            let transcript = try await place.run("audit verify --json")
            let fault = try #require(try Report(transcript.output).fault)
            #expect(transcript.code == 65 && fault.kind == "changed" && fault.entry_id == id, "the first fault")
        }
    }

    @Test("An export that cannot be logged writes nothing, and a file does not appear before its end is logged")
    func exportsUnlogged() async throws {
        let place = try await place()
        for (action, commands) in [
            ("export_finished", ["export attempts trial -o attempts.csv"]),
            ("exported", ["export attempts trial", "export leads trial --json", "export audit trial -o audit.csv"]),
        ] {
            let file = try DatabaseQueue(path: place.file("autodialer.sqlite"))
            try await file.write { db in
                try db.execute(
                    sql: """
                        CREATE TRIGGER no_\(action) BEFORE INSERT ON audit WHEN NEW.action = '\(action)'
                        BEGIN SELECT RAISE(ABORT, 'not to be logged'); END
                        """)
            }
            try file.close()
            for command in commands { try await place.fail(command, 70, saying: ["write audit log"]) }
        }
        #expect(place.names().allSatisfy { !$0.contains(".csv") }, "\(place.names())")
    }

    @Test("The log names the bytes that were parsed: a campaign that can be read only once is run and logged")
    func parsedBytes() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([.answers], each: 1))
        let script = """
            mkfifo trial/once.yaml
            cat trial/campaign.yaml > trial/once.yaml &
            timeout 120 '\(RunningTool.autodialer)' run trial/once.yaml --speed 1000 --max-duration 9h --quiet || exit
            sha256sum < trial/campaign.yaml
            """
        let run = try await place.start(program: "/bin/sh", ["-c", script]).ended()
        let digest = try #require(run.output.split(separator: "\n").last?.prefix(64))
        #expect(run.code == 0 && digest.count == 64, "\(run)")
        let audit = try await place.succeed("export audit trial").output
        #expect(audit.contains(#""campaign_file"":""\#(digest)""#), "\(audit)")
    }

    @Test("The recipe of the guide comes to the same digests without this program")
    func recipe() async throws {
        let place = try await place()
        let report = try Report(try await place.succeed("audit verify --json").output)
        let text = try Self.guide("AuditLog").components(separatedBy: "```python\n")[1]
        try place.write("verify.py", try #require(text.components(separatedBy: "```").first))
        let tool = try place.start(program: "/usr/bin/env", ["python3", "verify.py", "autodialer.sqlite"])
        let transcript = try await tool.ended()
        #expect(transcript.output == "\(report.entries) \(report.last_digest)\n", "\(transcript)")
    }
}
