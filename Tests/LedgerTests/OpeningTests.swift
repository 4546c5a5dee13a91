import DialModel
import Foundation
import GRDB
import Ledger
import SQLiteLedger
import StoredLedger
import Testing
import Wording

@Suite("Opening a SQLite ledger")
struct OpeningTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("ledger.sqlite")
    }

    private func open(_ access: LedgerAccess = .readWriteCreate) async throws(LedgerError) -> SQLiteLedger {
        try await SQLiteLedger.open(at: path, access: access)
    }

    private func mode(of file: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    }

    @Test("the file and its log may be read by their owner only")
    func fileMode() async throws {
        let ledger = try await open()
        _ = try await ledger.openCampaign(named: "spring", at: Scenario.start)
        for suffix in ["", "-wal", "-shm"] {
            #expect(try mode(of: path + suffix) == 0o600, "ledger.sqlite\(suffix)")
        }
        await ledger.close()
    }

    @Test(
        "what a link leads to is made for its owner only, too, whatever else is there",
        arguments: ["elsewhere/real.sqlite", "second"])
    func modeBehindLink(target: String) async throws {
        let files = FileManager.default
        try files.createDirectory(atPath: folder.file("elsewhere"), withIntermediateDirectories: true)
        try files.createSymbolicLink(atPath: folder.file("second"), withDestinationPath: "elsewhere/real.sqlite")
        try files.createSymbolicLink(atPath: path, withDestinationPath: target)
        let ledger = try await open()
        _ = try await ledger.openCampaign(named: "spring", at: Scenario.start)
        for suffix in ["", "-wal", "-shm"] {
            #expect(try mode(of: folder.file("elsewhere/real.sqlite" + suffix)) == 0o600, "real.sqlite\(suffix)")
        }
        #expect(try files.destinationOfSymbolicLink(atPath: path) == target)
        await ledger.close()
        await (try await open(.readExisting)).close()
    }

    @Test("a link into a folder that is not there is refused")
    func linkToNoFolder() async throws {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nowhere/real.sqlite")
        await expectRefusal(.cannotOpen) { try await open() }
    }

    @Test("commits are fully durable, and references are enforced")
    func settings() async throws {
        let ledger = try await open()
        let expected = try await ledger.settings()
        #expect(expected.journalMode == "wal")
        #expect(expected.synchronous == 2, "FULL, not what GRDB leaves")
        #expect(expected.temporaryStore == 2)
        #expect(expected.foreignKeys)
    }

    @Test("an older file is brought up to date with all its rows", arguments: [false, true])
    func migration(forReading: Bool) async throws {
        let fixture = try #require(
            Bundle.module.url(forResource: "ledger-v1", withExtension: "db", subdirectory: "Fixtures"))
        try FileManager.default.copyItem(atPath: fixture.path, toPath: path)
        let ledger = try await open(forReading ? .readExisting : .readWriteCreate)
        let campaign = try #require(try await ledger.campaign(named: "spring"))
        let now = Scenario.start + .seconds(60)

        let figures = try await ledger.figures(of: campaign, at: now)
        #expect(figures.leads == 4)
        #expect(figures.due == 1)
        #expect(figures.waiting == 1)
        #expect(figures.dialing == 1)
        #expect(figures.finishedCount == 1)
        #expect(figures.outcomes[.connected] == 1)
        #expect(figures.outcomes[.busy] == 1)
        #expect(figures.lastRun.map(\.ending) == ["drained"])
        let leads = try await ledger.leads(of: campaign, after: nil, limit: 10)
        #expect(leads.map(\.name) == ["客户0", "客户1", nil, "客户3"])
        #expect(leads[1].fields == [LeadField(name: "城市", value: "杭州")])
        #expect(try await ledger.openAttempts(of: campaign).map(\.state) == [.placing])
        #expect(try await ledger.timeline(of: AttemptID(1)).map(\.note) == [nil, "hangup"])
        await ledger.close()

        let file = try DatabaseQueue(path: path)
        let applied = try await file.read { db in
            try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
        }
        #expect(applied == ["v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12"])
        guard !forReading else { return }
        let again = try await open()
        let run = try await again.beginRun(of: campaign, vendor: "alibaba.main", by: nil, at: now)
        let request = ClaimRequest(
            campaign: campaign, run: run, vendor: "alibaba.main", count: 5, now: now, policy: Policy.dialAll)
        let claims = try await again.commit([], claiming: request).claims
        #expect(claims.map(\.attempt) == [AttemptID(4)])
    }

    @Test("a file of a newer release is refused and left as it was", arguments: [false, true])
    func newerSchema(forReading: Bool) async throws {
        await (try await open()).close()
        let file = try DatabaseQueue(path: path)
        try await file.writeWithoutTransaction { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('v99')")
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try file.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let error = await expectRefusal(.newerSchema) { try await open(forReading ? .readExisting : .readWriteCreate) }
        #expect(error?.message.english.contains("newer release") == true)
        #expect(error?.database == path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("another program's database is refused and left as it was")
    func foreignDatabase() async throws {
        let file = try DatabaseQueue(path: path)
        try await file.write { db in try db.execute(sql: "CREATE TABLE bookmarks (url TEXT)") }
        try file.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        await expectRefusal(.cannotOpen) { try await open() }
        await expectRefusal(.cannotOpen) { try await open(.readExisting) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("reading needs a file that exists, and makes none")
    func readingNothing() async throws {
        let error = await expectRefusal(.cannotOpen) { try await open(.readExisting) }
        #expect(error?.message.english.contains("import a list") == true)
        #expect(!FileManager.default.fileExists(atPath: path))
        try Data().write(to: URL(fileURLWithPath: path))
        await expectRefusal(.cannotOpen) { try await open(.readExisting) }
    }

    @Test("an empty file becomes a ledger")
    func emptyFile() async throws {
        try Data().write(to: URL(fileURLWithPath: path))
        let ledger = try await open()
        _ = try await ledger.openCampaign(named: "spring", at: Scenario.start)
        await ledger.close()
    }

    @Test("a file whose maker died before the first table becomes a ledger")
    func halfMade() async throws {
        let file = try DatabaseQueue(path: path)
        try await file.write { db in
            try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        try file.close()
        await expectRefusal(.cannotOpen) { try await open(.readExisting) }
        let ledger = try await open()
        _ = try await ledger.openCampaign(named: "spring", at: Scenario.start)
        await ledger.close()
    }

    @Test("places where no file can be are refused by name")
    func impossiblePlaces() async throws {
        let missing = folder.file("nowhere/ledger.sqlite")
        let error = await expectRefusal(.cannotOpen) {
            try await SQLiteLedger.open(at: missing, access: .readWriteCreate)
        }
        #expect(error?.message.english.contains(folder.file("nowhere")) == true)
        #expect(error?.message.english.contains("make it") == true)
        for path in ["", folder.path] {
            await expectRefusal(.cannotOpen) { try await SQLiteLedger.open(at: path, access: .readWriteCreate) }
            await expectRefusal(.cannotOpen) { try await SQLiteLedger.open(at: path, access: .readExisting) }
        }
    }

    @Test("many that make the same file at once all get it")
    func openedAtOnce() async throws {
        for round in 0..<12 {
            let path = folder.file("round-\(round).sqlite")
            let campaigns = try await withThrowingTaskGroup(of: CampaignID.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        // SQLite's waiting is not fair, so on a busy machine one of them may wait for long.
                        let options = SQLiteLedger.Options(busyTimeout: .seconds(60))
                        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteCreate, options: options)
                        let campaign = try await ledger.openCampaign(named: "spring", at: Scenario.start)
                        await ledger.close()
                        return campaign
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(campaigns.count == 1)
        }
    }

    @Test("a reader follows a runner that writes, and cannot write")
    func readerBesideRunner() async throws {
        let runner = try await Scenario(ledger: try await open(), in: folder)
        let reader = try await open(.readExisting)
        let campaign = try #require(try await reader.campaign(named: "spring"))
        try await runner.add(0..<10)
        #expect(try await reader.figures(of: campaign, at: Scenario.start).due == 10)
        try await runner.claim(4)
        #expect(try await reader.figures(of: campaign, at: Scenario.start).dialing == 4)
        await expectRefusal(.readOnly) { try await reader.openCampaign(named: "autumn", at: Scenario.start) }
        await reader.close()
        await expectRefusal(.cannotOpen) { try await reader.campaign(named: "spring") }
    }

    @Test("a ledger that was closed can be read again, and takes no more calls")
    func closing() async throws {
        let ledger = try await open()
        let scenario = try await Scenario(ledger: ledger, in: folder)
        try await scenario.add(0..<10)
        await ledger.close()
        await ledger.close()
        await expectRefusal(.cannotOpen) { try await scenario.claim(1) }
        await expectRefusal(.cannotOpen) { try await scenario.figures() }
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"), "the log is folded into the file")
        let reader = try await open(.readExisting)
        #expect(try await reader.figures(of: scenario.campaign, at: Scenario.start).due == 10)
    }
}
