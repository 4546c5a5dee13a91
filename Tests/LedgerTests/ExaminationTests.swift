import DialModel
import Foundation
import GRDB
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

@Suite("Looking at a ledger without changing it")
struct ExaminationTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("ledger.sqlite")
    }

    private func examine(patience: Duration = .seconds(60)) async throws(LedgerError) -> LedgerExamination {
        try await SQLiteLedger.examine(path, patience: patience)
    }

    /// A closed ledger with so many leads and five attempts.
    private func prepare(leads: Int = 9) async throws {
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        try await scenario.add(0..<leads)
        try await scenario.claim(5, at: Scenario.start + .seconds(10))
        await ledger.close()
    }

    @Test("a ledger of this release is sound and current")
    func sound() async throws {
        try await prepare()
        let found = try await examine()
        #expect(found.isCurrent && found.soundness == .sound && found.journalMode == "wal" && found.bytes > 0)
    }

    @Test("an older one is told by its schema, and stays as it is")
    func older() async throws {
        let fixture = try #require(
            Bundle.module.url(forResource: "ledger-v1", withExtension: "db", subdirectory: "Fixtures"))
        try FileManager.default.copyItem(atPath: fixture.path, toPath: path)
        let before = FileManager.default.contents(atPath: path)
        let found = try await examine()
        #expect(found.schema == "v1" && !found.isCurrent && found.soundness == .sound)
        #expect(FileManager.default.contents(atPath: path) == before)
    }

    @Test("one with a damaged page is damaged")
    func damaged() async throws {
        try await prepare(leads: 3_000)
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        // The last pages hold rows and indexes, and not what is read when a file is opened.
        let pages = try file.seekToEnd() / 4_096
        for page in (pages - 12)..<pages {
            try file.seek(toOffset: page * 4_096)
            try file.write(contentsOf: Data(repeating: 0xAB, count: 4_096))
        }
        try file.close()
        guard case .damaged = try await examine().soundness else {
            Issue.record("the damage was not found")
            return
        }
    }

    @Test("one that is not there, or is no ledger, is refused")
    func missing() async throws {
        await #expect(throws: LedgerError.self) { try await examine() }
        try Data("no database".utf8).write(to: URL(filePath: path))
        await #expect(throws: LedgerError.self) { try await examine() }
    }

    @Test("vitals come from the latest attempts")
    func vitals() async throws {
        try await prepare()
        let ledger = try await SQLiteLedger.open(at: path, access: .readExisting)
        let campaign = try #require(try await ledger.campaign(named: "spring"))
        let vitals = try await ledger.vitals(of: campaign, latest: 3)
        #expect(vitals.lastProgressAt == Scenario.start + .seconds(10) && vitals.outcomes.total == 0)
        await ledger.close()
    }

    @Test(
        "the end of an audit log that was tampered with is found",
        arguments: [
            ("", nil),
            ("UPDATE audit SET facts = '{}' WHERE id = (SELECT max(id) FROM audit)", AuditFault.Kind.changed),
            ("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", .cut),
            ("DELETE FROM audit WHERE id = (SELECT max(id) - 1 FROM audit)", .missing),
        ] as [(String, AuditFault.Kind?)])
    func head(tampering: String, expected: AuditFault.Kind?) async throws {
        try await prepare()
        if !tampering.isEmpty {
            let file = try DatabaseQueue(path: path)
            try await file.writeWithoutTransaction { db in
                try db.execute(
                    sql: "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_shortened; \(tampering)")
            }
            try file.close()
        }
        let ledger = try await SQLiteLedger.open(at: path, access: .readExisting)
        #expect(try await ledger.auditHeadFault(latest: 3)?.kind == expected)
        await ledger.close()
    }
}
