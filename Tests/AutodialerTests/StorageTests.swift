import Foundation
import GRDB
import Testing

@Suite("A database that fails is named, with what to do, and loses nothing", .timeLimit(.minutes(15)))
struct StorageTests {
    private static let database = "autodialer.sqlite"

    private func place(callees: [ScriptedList.Callee] = [.answers], each count: Int = 4) async throws -> Workplace {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv(callees, each: count))
        return place
    }

    @Test("Held by another process")
    func locked() async throws {
        let place = try await place()
        try await place.succeed("import trial --quiet")
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: place.file(Self.database), configuration: configuration)
        try await holder.writeWithoutTransaction { db in try db.execute(sql: "BEGIN EXCLUSIVE") }
        try await place.fail(
            "run trial --speed 200 --max-duration 9h", 75,
            saying: [Self.database, "another process is writing", "try again"])
        #expect(try await place.succeed("status trial").output.contains("leads      4"))
        try await holder.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        try holder.close()
        try await place.succeed("run trial --speed 200 --max-duration 9h")
    }

    @Test("No room for an export that a shell writes")
    func fullOutput() async throws {
        let place = try await place()
        try await place.succeed("import trial --quiet")
        let command = "\(RunningTool.autodialer) export leads trial > /dev/full"
        let end = try await place.start(program: "/bin/sh", ["-c", command]).ended()
        #expect(end.code == 74 && end.errors.contains("No space left on device"), "\(end)")
    }

    @Test("No room for an export to a file: nothing of it is left behind")
    func fullFile() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([], each: 0, others: 4_000))
        try await place.succeed("import trial --quiet")
        let file = try DatabaseQueue(path: place.file(Self.database))
        _ = try await file.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
        try file.close()
        // Enough for the log of the database, which begins anew, and not for the table.
        let command = "trap '' XFSZ; ulimit -f 400; exec \(RunningTool.autodialer) export leads trial -o leads.csv"
        let end = try await place.start(program: "/bin/sh", ["-c", command]).ended()
        #expect(end.code == 74 && end.errors.contains("leads.csv: writing failed"), "\(end)")
        #expect(end.errors.contains("nothing was left behind"), "\(end)")
        #expect(place.names().allSatisfy { !$0.hasPrefix("leads.csv") }, "\(place.names())")
    }

    @Test("Whoever reads an export goes away: it ends without a word")
    func readerGone() async throws {
        let place = try await Workplace()
        try place.write(campaign: CampaignSetup(), list: ScriptedList.csv([], each: 0, others: 4_000))
        try await place.succeed("import trial --quiet")
        let command = "{ \(RunningTool.autodialer) export leads trial; echo \"code $?\" >&2; } | head -n 1"
        let end = try await place.start(program: "/bin/sh", ["-c", command]).ended()
        #expect(end.output.split(separator: "\n").count == 1 && end.errors == "code 141\n", "\(end)")
    }

    @Test("No room for the file to grow, at the start, in an import and in a run", arguments: [16, 600, 1400, 1500])
    func full(blocks: Int) async throws {
        let place = try await place(callees: [.answers, .busy], each: 60)
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        try place.write("trial/campaign.yaml", campaign.text)
        let simulator = try await place.startSimulator("--agents 10 --speed 200")
        let command = "\(RunningTool.autodialer) run trial --max-duration 48h"
        let limited = try place.start(
            program: "/bin/sh", ["-c", "trap '' XFSZ; ulimit -f \(blocks); exec \(command)"],
            environment: VendorSetup.environment)
        let end = try await limited.ended()
        #expect(end.code == 74, "\(end)")
        #expect(end.errors.contains("error: \(Self.database): "))
        if blocks > 600 {
            let rows = try LedgerRows(place.file(Self.database))
            rows.expectConsistent()
            #expect(rows.leads.count == 120)
        }
        let next = try await place.succeed("run trial --max-duration 48h", environment: VendorSetup.environment)
        #expect(next.output.hasPrefix("trial: every lead is finished\n"))
        let rows = try LedgerRows(place.file(Self.database))
        rows.expectConsistent()
        #expect(rows.leads.count == 120 && rows.openAttempts.isEmpty)
        _ = try await simulator.stop()
        let audit = CallAudit(log: try CallLog(simulator.log), rows: rows, retry: CallAudit.waits)
        #expect(audit.findings == [])
    }

    @Test("A file that is no database, which stays as it is", arguments: ["status trial", "import trial", "run trial"])
    func noDatabase(command: String) async throws {
        let place = try await place()
        let text = "This is a letter to a friend, and not a database at all.\n"
        try place.write("letter.txt", text)
        try await place.fail(
            command + " --database letter.txt", 74,
            saying: ["letter.txt", "damaged or is no database", "restore a backup"])
        #expect(place.text("letter.txt") == text)
        #expect(!place.names().contains("letter.txt-wal"))
    }

    @Test("A database of another program", arguments: ["status trial", "run trial"])
    func otherProgram(command: String) async throws {
        let place = try await place()
        let other = try DatabaseQueue(path: place.file("other.sqlite"))
        try await other.write { db in try db.execute(sql: "CREATE TABLE recipes (id INTEGER)") }
        try other.close()
        let code: Int32 = command.hasPrefix("run") ? 73 : 66
        try await place.fail(
            command + " --database other.sqlite", code,
            saying: ["other.sqlite", "another program's", "name another one"])
    }

    @Test("A database of a newer release", arguments: ["status trial", "import trial", "run trial"])
    func newer(command: String) async throws {
        let place = try await place()
        try await place.succeed("import trial --quiet")
        let file = try DatabaseQueue(path: place.file(Self.database))
        try await file.write { db in try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('v999')") }
        try file.close()
        try await place.fail(command, 78, saying: [Self.database, "written by a newer release", "use that release"])
    }

    @Test("No database", arguments: ["status trial", "export attempts trial", "export leads trial"])
    func missing(command: String) async throws {
        let place = try await place()
        try await place.fail(
            command, 66, saying: [Self.database, "there is no such file", "import a list or start a run"])
        try await place.fail(
            command, 66, saying: ["e.db", "no such file"], environment: ["AUTODIALER_DATABASE": "e.db"])
        #expect(!place.names().contains { $0.hasSuffix(".db") || $0.contains("sqlite") })
    }

    @Test("A campaign that the database does not have", arguments: ["status", "export attempts", "export leads"])
    func unknownCampaign(command: String) async throws {
        let place = try await place()
        try await place.succeed("import trial --quiet")
        try place.write("other/campaign.yaml", CampaignSetup().text.replacing("name: trial", with: "name: other"))
        try await place.fail(
            "\(command) other", 66, saying: ["no campaign \"other\"", "import its list or run it first", "--database"])
    }

    @Test("A database in a folder that is not there", arguments: ["import trial", "run trial"])
    func noFolder(command: String) async throws {
        let place = try await place()
        try await place.fail(
            command + " --database nowhere/a.sqlite", 73, saying: ["nowhere/a.sqlite", "does not exist", "make it"])
    }

    @Test("An export that cannot be written", arguments: ["nowhere/out.csv", "trial"])
    func unwritableExport(path: String) async throws {
        let place = try await place()
        try await place.succeed("import trial --quiet")
        let before = place.names()
        try await place.fail("export leads trial -o \(path)", 73, saying: ["error: \(path): ", "written"])
        #expect(Set(place.names()).subtracting(before).allSatisfy { $0.hasPrefix("transcript-") })
    }

    @Test("The database and everything beside it may be read by their owner only")
    func privacy() async throws {
        let place = try await place()
        try await place.succeed("run trial --speed 500 --max-duration 9h --quiet")
        try await place.succeed("export leads trial -o leads.csv")
        let files = place.names().filter { $0.hasPrefix(Self.database) } + ["leads.csv"]
        #expect(files.count >= 3)
        for file in files {
            let attributes = try FileManager.default.attributesOfItem(atPath: place.file(file))
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(file)")
        }
    }
}
