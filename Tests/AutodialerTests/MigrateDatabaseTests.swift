import Foundation
import GRDB
import TestSupport
import Testing

@Suite("A database moves from a file to a server and back", .timeLimit(.minutes(15)))
struct MigrateDatabaseTests {
    /// What `migrate-database --json` prints.
    private struct Report: Decodable, Equatable {
        struct Table: Decodable, Equatable {
            var table: String
            var rows: Int
            var checksum: String
        }

        var from: String
        var to: String
        var rows: Int
        var tables: [Table]

        init(_ text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }
    }

    /// A campaign with a few calls.
    private func place(others: Int = 0) async throws -> Workplace {
        let place = try await Workplace()
        let list = ScriptedList.csv([.answers, .busy], each: 3, others: others)
        try place.write(campaign: CampaignSetup(), list: list)
        if others == 0 {
            try await place.succeed("run trial --speed 1000 --max-attempts 3 --max-duration 9h --quiet")
        } else {
            try await place.succeed("import trial --quiet")
        }
        return place
    }

    private func server() async throws -> String {
        let schema = "moves_\(UUID().uuidString.lowercased().replacing("-", with: "_"))"
        return try await PostgresServer.shared.value.address(of: schema)
    }

    @Test("The campaign goes on on the server, and comes back with all that was done")
    func thereAndBack() async throws {
        let place = try await place()
        let server = try await server()
        let log = try await place.succeed("audit verify").output
        let digest = try #require(log.split(whereSeparator: \.isWhitespace).last)
        let text = try await place.succeed("migrate-database autodialer.sqlite \(server)")
        #expect(text.output.hasPrefix("autodialer.sqlite is copied to postgresql://127.0.0.1:"), "\(text)")
        #expect(text.output.contains("the same on both sides\n  campaigns                     1  "), "\(text)")
        #expect(text.output.hasSuffix("which does not know of later calls.\n") && text.errors == "")
        #expect(
            try await place.succeed("status trial --database \(server)").output
                == place.succeed("status trial").output)
        try await place.succeed("run trial --speed 1000 --max-duration 48h --quiet --database \(server)")
        try await place.succeed("audit verify --database \(server) --expect \(digest)")
        let report = try Report(try await place.succeed("migrate-database \(server) back.sqlite --json").output)
        #expect(report.to == "back.sqlite" && !report.from.contains("autodialer@"))
        #expect(report.rows == report.tables.reduce(0) { $0 + $1.rows })
        #expect(report.tables.first { $0.table == "leads" }?.rows == 6)
        let again = try Report(try await place.succeed("migrate-database \(server) back.sqlite --json").output)
        #expect(again == report, "a copy that is finished is only compared")
        #expect(try await place.succeed("migrate-database \(server) back.sqlite --quiet").output == "")
        let exported = try await place.succeed("export attempts trial --reveal --database \(server)").output
        #expect(try await place.succeed("export attempts trial --reveal --database back.sqlite").output == exported)
        let rows = try LedgerRows(place.file("back.sqlite"))
        rows.expectConsistent()
        #expect(rows.attempts.count > 6)
    }

    @Test("A copy that is killed is repeated, and until it is done nobody dials by it")
    func killed() async throws {
        let place = try await place(others: 40_000)
        let watch = try FolderWatch(place.path)
        let command = "migrate-database autodialer.sqlite copy.sqlite"
        let tool = try place.start(command)
        // Whoever holds the copy keeps the next page from being written.
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(5)
        var holder: DatabaseQueue?
        let isHeld = try await watch.wait(for: "pages", while: tool) { _ in
            // A file that has no log yet is being made, which another connection would disturb.
            guard place.names().contains("copy.sqlite-wal"),
                let queue = try? DatabaseQueue(path: place.file("copy.sqlite"), configuration: configuration),
                (try? queue.writeWithoutTransaction({ db in
                    try db.execute(sql: "BEGIN IMMEDIATE")
                    if try Int.fetchOne(db, sql: "SELECT steps FROM unfinished_copy") ?? 0 > 3 { return true }
                    try db.execute(sql: "ROLLBACK")
                    return false
                })) == true
            else { return false }
            holder = queue
            return true
        }
        try #require(isHeld, "\(tool.errors)")
        tool.signal(SIGKILL)
        #expect(try await tool.ended().signal == SIGKILL)
        try await holder?.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        try holder?.close()
        for (other, code) in [("run trial", 73), ("status trial", 66)] as [(String, Int32)] {
            try await place.fail(
                "\(other) --database copy.sqlite", code,
                saying: ["copy.sqlite", "is not finished", "repeat `autodialer migrate-database`"])
        }
        #expect(try await place.run("doctor --database copy.sqlite").output.contains("is not finished"))
        try await place.succeed(command)
        #expect(
            try await place.succeed("audit verify --database copy.sqlite").output
                == place.succeed("audit verify").output)
        #expect(try LedgerRows(place.file("copy.sqlite")).leads.count == 40_006)
    }

    @Test("What cannot be copied is told in both languages, and nothing is lost")
    func refused() async throws {
        let place = try await place()
        let before = try await place.succeed("audit verify").output
        try await place.fail(
            "migrate-database autodialer.sqlite ./autodialer.sqlite", 64, saying: ["are one database", "an empty one"])
        try await place.fail("migrate-database none.sqlite copy.sqlite", 66, saying: ["none.sqlite", "no such file"])
        try await place.fail("migrate-database autodialer.sqlite nowhere/a.sqlite", 73, saying: ["make it"])
        try await place.fail(
            "migrate-database autodialer.sqlite postgresql://a:secret-word@127.0.0.1/b", 64,
            saying: ["TO: ", "~/.pgpass"])
        try await place.succeed("import trial --database other.sqlite --quiet")
        try await place.fail(
            "migrate-database autodialer.sqlite other.sqlite", 73, saying: ["is not empty", "new file"])
        try await place.fail(
            "migrate-database autodialer.sqlite other.sqlite --lang zh", 73, saying: ["错误", "不是空的"])
        #expect(try await place.succeed("audit verify").output == before)
    }

    @Test("A campaign that is being run is not copied")
    func running() async throws {
        let place = try await place()
        let simulator = try await place.startSimulator("--agents 10 --speed 100")
        var campaign = CampaignSetup()
        campaign.vendor = "local"
        campaign.name = "more"
        try place.write("more/campaign.yaml", campaign.text)
        try place.write("more/leads.csv", ScriptedList.csv([.answers], each: 40))
        let runner = try await place.startDialling(
            "run more --max-duration 9h", at: simulator, environment: VendorSetup.environment)
        try await place.fail(
            "migrate-database autodialer.sqlite copy.sqlite", 75, saying: ["another run has this campaign"])
        #expect(!place.names().contains("copy.sqlite"))
        runner.signal(SIGTERM)
        _ = try await runner.ended()
        _ = try await simulator.stop()
        try await place.succeed("migrate-database autodialer.sqlite copy.sqlite")
    }
}
