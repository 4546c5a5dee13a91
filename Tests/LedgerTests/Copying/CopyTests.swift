import DialModel
import Foundation
import GRDB
import Ledger
import PostgresLedger
import SQLiteLedger
import StoredLedger
import Synchronization
import TestSupport
import Testing
import Wording

/// Breaks a copy off at everything that it tells for the first time.
private final class Breaking: Sendable {
    struct Broken: Error {}

    private let seen = Mutex<Set<LedgerCopy.Progress>>([])

    var count: Int { seen.withLock { $0.count } }

    func tell(_ progress: LedgerCopy.Progress) throws {
        if seen.withLock({ $0.insert(progress).inserted }) { throw Broken() }
    }
}

@Suite("A ledger is copied from one database to another")
struct CopyTests {
    private let start = Scenario.start

    private func file(
        _ name: String, in folder: TemporaryFolder, _ access: LedgerAccess = .readWriteCreate
    ) async throws -> any LedgerStore {
        try await SQLiteLedger.open(at: folder.file(name), access: access)
    }

    private func open(
        _ kind: LedgerUnderTest, in folder: TemporaryFolder, _ access: LedgerAccess
    ) async throws -> any LedgerStore {
        switch kind {
        case .sqlite: try await file("ledger.sqlite", in: folder, access)
        case .postgres: try await folder.postgres(access)
        }
    }

    /// A full ledger in a file.
    private func full(in folder: TemporaryFolder) async throws -> any LedgerStore {
        let ledger = try await file("full.sqlite", in: folder)
        try await FullLedger.fill(ledger, in: folder)
        return ledger
    }

    @discardableResult
    private func copy(_ source: any LedgerStore, to destination: any LedgerStore) async throws -> [TableContents] {
        try await LedgerCopy(from: source, to: destination).run { _ in }
    }

    private func expectRefused(
        _ refused: LedgerCopy.Refused, sourceLocation: SourceLocation = #_sourceLocation,
        _ call: () async throws -> Void
    ) async {
        await #expect(throws: refused, sourceLocation: sourceLocation) { try await call() }
    }

    @Test("from a file to a server and back: the same file, the same log, and the same figures")
    func thereAndBack() async throws {
        let folder = try TemporaryFolder()
        let source = try await full(in: folder)
        let server = try await folder.postgres(.copyInto)
        let contents = try await copy(source, to: server)
        #expect(contents.map(\.table) == LedgerTable.all.map(\.name))
        #expect(contents.allSatisfy { $0.rows > 0 }, "the ledger has something of everything: \(contents)")
        let audit = try await source.verifyAudit(expecting: nil)
        #expect(audit.fault == nil && audit.dials > 0)
        #expect(try await server.verifyAudit(expecting: audit.last) == audit)
        let back = try await file("back.sqlite", in: folder, .copyInto)
        #expect(try await copy(server, to: back) == contents)
        for name in try await LedgerCopy.campaigns(of: source) {
            let campaign = try #require(try await source.campaign(named: name))
            let figures = try await source.figures(of: campaign, at: start)
            for copied in [server, back] as [any LedgerStore] {
                #expect(try await copied.campaign(named: name) == campaign)
                #expect(try await copied.figures(of: campaign, at: start) == figures)
            }
        }
        for ledger in [source, back] { await ledger.close() }
        let dumps = (try FileDump(folder.file("full.sqlite")), try FileDump(folder.file("back.sqlite")))
        #expect(dumps.0.tables["leads"]?.count ?? 0 > 4_000)
        #expect(FileDump.differing(dumps.0, dumps.1) == [])
    }

    @Test("from one file to another, and from one server's schema to another")
    func betweenTwoOfAKind() async throws {
        let folders = (try TemporaryFolder(), try TemporaryFolder())
        let source = try await full(in: folders.0)
        let other = try await file("other.sqlite", in: folders.0, .copyInto)
        let contents = try await copy(source, to: other)
        let servers = (try await folders.0.postgres(.copyInto), try await folders.1.postgres(.copyInto))
        #expect(try await copy(other, to: servers.0) == contents)
        #expect(try await copy(servers.0, to: servers.1) == contents)
    }

    @Test(
        "what breaks off after any page goes on there, and nobody opens it before", arguments: LedgerUnderTest.allCases)
    func resumed(_ kind: LedgerUnderTest) async throws {
        let folder = try TemporaryFolder()
        let source = try await full(in: folder)
        let breaking = Breaking()
        var contents: [TableContents]?
        while contents == nil {
            let destination = try await open(kind, in: folder, .copyInto)
            do {
                contents = try await LedgerCopy(from: source, to: destination).run { try breaking.tell($0) }
            } catch is Breaking.Broken {
                for access in [LedgerAccess.readWriteCreate, .readWriteExisting, .readExisting] {
                    let error = await expectRefusal(.cannotOpen) { try await open(kind, in: folder, access) }
                    #expect(error?.message.english.contains("repeat `autodialer migrate-database`") == true)
                }
            }
            await destination.close()
        }
        #expect(breaking.count > LedgerTable.all.count + 2, "several pages of some tables, and the comparison")
        let other = try await file("whole.sqlite", in: folder, .copyInto)
        #expect(try await copy(source, to: other) == contents)
        let destination = try await open(kind, in: folder, .readWriteExisting)
        let audit = try await source.verifyAudit(expecting: nil)
        #expect(try await destination.verifyAudit(expecting: audit.last) == audit)
    }

    @Test("whatever is not empty is refused and stays, and a copy that had been finished is compared again")
    func occupied() async throws {
        let folder = try TemporaryFolder()
        let source = try await full(in: folder)
        let occupied = try await file("other.sqlite", in: folder)
        try await Scenario(ledger: occupied, in: folder).add(0..<3)
        await occupied.close()
        let before = try FileDump(folder.file("other.sqlite"))
        let other = try await file("other.sqlite", in: folder, .copyInto)
        await expectRefused(.occupied) { try await copy(source, to: other) }
        await other.close()
        #expect(FileDump.differing(before, try FileDump(folder.file("other.sqlite"))) == [])
        let same = try await file("full.sqlite", in: folder, .copyInto)
        await expectRefused(.sameDatabase) { try await copy(source, to: same) }
        let server = try await folder.postgres(.copyInto)
        let contents = try await copy(source, to: server)
        await expectRefused(.sameDatabase) { try await copy(server, to: try await folder.postgres(.copyInto)) }
        #expect(try await copy(source, to: server) == contents)
        let campaign = try #require(try await server.campaign(named: "spring"))
        _ = try await server.beginRun(of: campaign, vendor: "alibaba", by: nil, at: start)
        await expectRefused(.occupied) { try await copy(source, to: server) }
    }

    @Test("a source that changes meanwhile is noticed, by its log or by its rows", arguments: LedgerUnderTest.allCases)
    func changed(_ kind: LedgerUnderTest) async throws {
        let folder = try TemporaryFolder()
        let source = try await full(in: folder)
        let destination = try await open(kind, in: folder, .copyInto)
        let path = folder.file("full.sqlite")
        await expectRefused(.differs(tables: ["leads"])) {
            _ = try await LedgerCopy(from: source, to: destination).run { progress in
                guard progress == .comparing else { return }
                let meddler = try DatabaseQueue(path: path)
                try meddler.write { db in try db.execute(sql: "UPDATE leads SET name = 'x' WHERE id = 2") }
                try meddler.close()
            }
        }
        await expectRefused(.differs(tables: ["leads"])) { try await copy(source, to: destination) }
        let entry = DoNotCallEntry(DoNotCallPattern(try Scenario.number(1)))
        let house = DoNotCallListName(DoNotCallListName.house)
        _ = try await source.addDoNotCall([entry], to: house, hashed: false, because: "asked", at: start)
        await expectRefused(.ofAnother) { try await copy(source, to: destination) }
        await expectRefusal(.cannotOpen) { try await open(kind, in: folder, .readExisting) }
    }

    @Test("of two copies into one database, one goes on", arguments: LedgerUnderTest.allCases)
    func contended(_ kind: LedgerUnderTest) async throws {
        let folder = try TemporaryFolder()
        let source = try await full(in: folder)
        let (one, other) = (try await open(kind, in: folder, .copyInto), try await open(kind, in: folder, .copyInto))
        await expectRefusal(.locked) {
            _ = try await LedgerCopy(from: source, to: one).run { progress in
                guard case .copied(3, _) = progress else { return }
                _ = try await LedgerCopy(from: source, to: other).run { _ in }
            }
        }
        let ledger = try await open(kind, in: folder, .readExisting)
        #expect(try await ledger.verifyAudit(expecting: nil).fault == nil)
    }

    @Test("ids go on after those that the source gave out, and campaigns run on", arguments: LedgerUnderTest.allCases)
    func goesOn(_ kind: LedgerUnderTest) async throws {
        let folder = try TemporaryFolder()
        let source = try await full(in: folder)
        let destination = try await open(kind, in: folder, .copyInto)
        try await copy(source, to: destination)
        var ids: [[Int64?]] = []
        for ledger in [source, destination] {
            let scenario = try await Scenario(ledger: ledger, in: folder, campaign: "autumn; \"fall\"")
            try await scenario.add([try Scenario.lead(9_000)], list: "more.csv")
            try await scenario.forbid(.number(9_001), on: "new")
            let now = start + .seconds(200_000)
            let claims = try await scenario.claim(5, at: now).claims
            #expect(claims.count == 5)
            for claim in claims {
                try await scenario.commit(
                    .closed(claim.attempt, AttemptClosing(.busy, at: now, lead: .wait(until: now))))
            }
            ids.append(
                try await ledger.read("look") { db in
                    try ["campaigns", "imports", "runs", "leads", "attempts", "do_not_call_lists", "audit"].map {
                        try db.integer("SELECT max(id) FROM \($0)")
                    }
                })
            #expect(try await ledger.verifyAudit(expecting: nil).fault == nil)
            let figures = try await scenario.figures(at: now)
            #expect(figures.outcomes[.busy] >= 5)
        }
        #expect(ids[0] == ids[1])
    }

    @Test("nothing is copied from a server on which somebody runs a campaign")
    func running() async throws {
        let folder = try TemporaryFolder()
        let server = try await folder.postgres()
        let scenario = try await Scenario(ledger: server, in: folder)
        try await scenario.add(0..<3)
        _ = try await server.join(scenario.run, named: "one", reporting: RunnerReport())
        let destination = try await file("copy.sqlite", in: folder, .copyInto)
        await expectRefused(.isRunning(campaign: "spring")) { try await copy(server, to: destination) }
        try await server.endRun(scenario.run, because: "drained", at: start)
        #expect(try await copy(server, to: destination).first { $0.table == "runs" }?.rows == 1)
    }

    @Test("attempts that another runner had taken over belong to their run again")
    func holders() async throws {
        let folder = try TemporaryFolder()
        let server = try await folder.postgres()
        let scenario = try await Scenario(ledger: server, in: folder)
        try await scenario.add(0..<3)
        try await scenario.claim(1)
        let other = try await server.beginRun(of: scenario.campaign, vendor: "alibaba.main", by: nil, at: start)
        _ = try await PostgresServer.shared.value.answer(
            "UPDATE attempts SET holder = \(other.value)", in: folder.postgresSchema)
        let destination = try await file("copy.sqlite", in: folder, .copyInto)
        try await copy(server, to: destination)
        let open = try await destination.openAttempts(of: scenario.campaign)
        #expect(open.map(\.claim.number) == [try Scenario.number(0)])
    }

    @Test("a text that a server cannot keep is refused, and a file takes it")
    func zeroByte() async throws {
        let folder = try TemporaryFolder()
        let source = try await file("full.sqlite", in: folder)
        let scenario = try await Scenario(ledger: source, in: folder)
        try await scenario.add(0..<1)
        var closing = AttemptClosing(.busy, at: start, lead: .wait(until: start))
        closing.vendorReason = "a\u{0}b"
        try await scenario.commit(.closed(try #require(try await scenario.claim(1).claims.first).attempt, closing))
        let server = try await folder.postgres(.copyInto)
        let error = await expectRefusal(.constraint) { try await copy(source, to: server) }
        #expect(error?.message.english.contains("zero byte") == true)
        await expectRefusal(.cannotOpen) { try await folder.postgres(.readExisting) }
        let other = try await file("other.sqlite", in: folder, .copyInto)
        try await copy(source, to: other)
        let attempts = try await other.attempts(of: scenario.campaign, after: nil, limit: 9)
        #expect(attempts.map(\.vendorReason) == ["a\u{0}b"])
    }

    @Test("a copy knows every table and every column of each database")
    func columns() async throws {
        let folder = try TemporaryFolder()
        await (try await file("ledger.sqlite", in: folder)).close()
        let file = try DatabaseQueue(path: folder.file("ledger.sqlite"))
        let tables = try await file.read { db in
            let names = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
            return try String.fetchAll(db, sql: names).map { ($0, Set(try db.columns(in: $0).map(\.name))) }
        }
        let own: Set = [
            "attempt_counts", "counted_leads", "grdb_migrations", "lead_counts", "sqlite_sequence",
        ]
        #expect(Set(tables.map(\.0)).subtracting(own) == Set(LedgerTable.all.map(\.name)))
        _ = try await folder.postgres()
        for table in LedgerTable.all {
            #expect(tables.first { $0.0 == table.name }?.1 == Set(table.columns))
            let answer = try await PostgresServer.shared.value.answer(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = '\(folder.postgresSchema)' "
                    + "AND table_name = '\(table.name)' AND column_name <> 'holder'", in: folder.postgresSchema)
            #expect(Set(answer.split(separator: "\n").map(String.init)) == Set(table.columns), "\(table.name)")
        }
    }
}
