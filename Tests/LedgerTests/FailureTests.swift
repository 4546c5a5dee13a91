import DialModel
import Foundation
import GRDB
import Glibc
import Ledger
import SQLiteLedger
import StoredLedger
import Testing
import Wording

@Suite("Failures of the SQLite ledger say what to do and lose nothing")
struct FailureTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("ledger.sqlite")
    }

    private func open(
        _ options: SQLiteLedger.Options = SQLiteLedger.Options(), access: LedgerAccess = .readWriteCreate
    ) async throws(LedgerError) -> SQLiteLedger {
        try await SQLiteLedger.open(at: path, access: access, options: options)
    }

    /// Makes a ledger with leads, and closes it.
    private func prepare(leads: Int) async throws {
        let ledger = try await open()
        try await Scenario(ledger: ledger, in: folder).add(0..<leads)
        await ledger.close()
    }

    /// What a message must never hold.
    private func expectNoNumbers(in error: LedgerError?) {
        #expect(error?.description.contains("1381") == false, "\(error?.description ?? "no error")")
    }

    @Test("a database that another process writes to is locked, until it has ended")
    func locked() async throws {
        let ledger = try await open(.init(busyTimeout: .milliseconds(20)))
        let scenario = try await Scenario(ledger: ledger, in: folder)
        try await scenario.add(0..<5)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        let error = await expectRefusal(.locked) { try await scenario.claim(2) }
        #expect(error?.operation == "commit")
        #expect(error?.nativeCode == 5)
        #expect(error?.message.english.contains("try again") == true)
        #expect(try await scenario.figures().due == 5, "reading goes on")
        try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        #expect(try await scenario.claim(2).claims.count == 2)
    }

    @Test("a full disk undoes the step, and nothing before it")
    func full() async throws {
        try await prepare(leads: 200)
        let ledger = try await open(.init(pageLimit: 60))
        let scenario = try await Scenario(ledger: ledger, in: folder)
        let before = try await scenario.figures()
        let error = await expectRefusal(.full) { try await scenario.add(200..<9_000) }
        #expect(error?.message.english.contains("free some space") == true)
        expectNoNumbers(in: error)
        #expect(try await scenario.figures() == before)
        #expect(try await scenario.claim(3).claims.count == 3, "what fits still works")
        await ledger.close()

        let roomy = try await Scenario(ledger: try await open(), in: folder)
        #expect(try await roomy.figures().dialing == 3)
        #expect(try await roomy.add(200..<9_000).added == 8_800)
    }

    @Test("a file that is no database is refused and left as it was")
    func noDatabase() async throws {
        let text = Data(String(repeating: "姓名,手机号\n张三,13810000000\n", count: 200).utf8)
        try text.write(to: URL(fileURLWithPath: path))
        for access in [LedgerAccess.readWriteCreate, .readExisting] {
            let error = await expectRefusal(.corrupt) { try await open(access: access) }
            #expect(error?.message.english.contains("backup") == true)
            expectNoNumbers(in: error)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
    }

    @Test("a damaged header is corrupt")
    func damagedHeader() async throws {
        try await prepare(leads: 50)
        try overwrite(at: 0, with: Data(repeating: 0xA5, count: 64))
        await expectRefusal(.corrupt) { try await open() }
    }

    @Test("pages that are missing or damaged are corrupt, not a crash", arguments: [false, true])
    func damagedPages(cutOff: Bool) async throws {
        try await prepare(leads: 3_000)
        let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
        if cutOff {
            let status = truncate(path, size / 2)
            #expect(status == 0)
        } else {
            try overwrite(at: size / 2, with: Data(repeating: 0xA5, count: size / 2))
        }
        let error = await expectRefusal(.corrupt) {
            let ledger = try await open()
            let campaign = try await ledger.openCampaign(named: "spring", at: Scenario.start)
            _ = try await ledger.leads(of: campaign, after: nil, limit: 3_000)
            return try await ledger.figures(of: campaign, at: Scenario.start)
        }
        expectNoNumbers(in: error)
    }

    @Test("a broken rule names the rule, not the number")
    func constraint() async throws {
        let scenario = try await Scenario(ledger: try await open(), in: folder)
        try await scenario.add(0..<1)
        var request = scenario.request(1)
        request.run = RunID(77)
        let error = await expectRefusal(.constraint) { try await scenario.ledger.commit([], claiming: request) }
        #expect(error?.message.english.contains("FOREIGN KEY") == true)
        #expect(error?.nativeCode == 787)
        expectNoNumbers(in: error)
    }

    @Test("a file or folder that may not be written is read-only")
    func readOnly() async throws {
        try await prepare(leads: 5)
        // Permissions do not bind root, so the calls are made in a process that is nobody.
        await #expect(processExitsWith: .success) { [path = path as String, folder = folder.path as String] in
            #expect(chmod(folder, 0o755) == 0 && chmod(path, 0o444) == 0)
            if geteuid() == 0 { #expect(seteuid(65_534) == 0) }
            let file = await expectRefusal(.readOnly) {
                try await SQLiteLedger.open(at: path, access: .readWriteCreate)
            }
            #expect(file?.message.english.contains("permissions") == true)
            let new = await expectRefusal(.readOnly) {
                try await SQLiteLedger.open(at: folder + "/new.sqlite", access: .readWriteCreate)
            }
            #expect(new?.message.english.contains(folder) == true)
            #expect(throws: LedgerError.self) { try RunLock.acquire(database: path, campaign: "spring") }
        }
        let ledger = try await open()
        let campaign = try #require(try await ledger.campaign(named: "spring"))
        #expect(try await ledger.figures(of: campaign, at: Scenario.start).due == 5)
    }

    private func overwrite(at offset: Int, with bytes: Data) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: bytes)
        try file.close()
    }
}
