import Foundation
import Glibc
import Ledger
import SQLiteLedger
import Testing
import Wording

@Suite("The lock of a run")
struct RunLockTests {
    private let folder: TemporaryFolder
    private let database: String

    init() throws {
        folder = try TemporaryFolder()
        database = folder.file("ledger.sqlite")
        try Data().write(to: URL(fileURLWithPath: database))
    }

    @Test("one run at a time has a campaign, and the message names it")
    func oneHolder() throws {
        let lock = try RunLock.acquire(database: database, campaign: "spring")
        let error = #expect(throws: LedgerError.self) {
            try RunLock.acquire(database: database, campaign: "spring")
        }
        #expect(error?.code == .locked)
        #expect(
            error?.message.english.contains("process \(getpid()) since 20") == true, "\(error?.message.english ?? "")")
        let other = try RunLock.acquire(database: database, campaign: "autumn")
        lock.close()
        lock.close()
        let again = try RunLock.acquire(database: database, campaign: "spring")
        again.close()
        other.close()
    }

    @Test("the lock's file lies beside the database")
    func place() throws {
        let lock = try RunLock.acquire(database: database, campaign: "spring_2026-a")
        #expect(lock.path.hasSuffix("/ledger.sqlite.spring_2026-a.lock"))
        let attributes = try FileManager.default.attributesOfItem(
            atPath: folder.file("ledger.sqlite.spring_2026-a.lock"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        lock.close()
        #expect(FileManager.default.fileExists(atPath: lock.path), "removing it would let two runs in")
    }

    @Test(
        "any name of a campaign makes a file of its own",
        arguments: [
            "", ".", "..", "../../x", "a/b", "春季回访", "春季 回访", String(repeating: "长", count: 400), "a\nb", "a.b", "A b",
        ])
    func slugs(_ name: String) throws {
        let lock = try RunLock.acquire(database: database, campaign: name)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".lock") }
        #expect(files.count == 1)
        #expect(lock.path.utf8.count < folder.path.utf8.count + 100)
        let plain = try RunLock.acquire(database: database, campaign: "春季回访2")
        #expect(plain.path != lock.path)
        plain.close()
        lock.close()
    }

    @Test("names that look alike are different runs")
    func alike() throws {
        let names = ["ab", "a/b", "a b", "Ab", "ab.", "a春b"]
        let locks = try names.map { try RunLock.acquire(database: database, campaign: $0) }
        #expect(Set(locks.map(\.path)).count == names.count)
        for lock in locks { lock.close() }
    }

    @Test("a database reached by another path is the same database")
    func links() throws {
        let link = folder.file("link.sqlite")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: database)
        let lock = try RunLock.acquire(database: database, campaign: "spring")
        for path in [link, folder.path + "/./ledger.sqlite", folder.path + "//ledger.sqlite"] {
            #expect(throws: LedgerError.self) { try RunLock.acquire(database: path, campaign: "spring") }
        }
        lock.close()
    }

    @Test("a database that does not exist yet can be locked, in a folder that does")
    func noDatabaseYet() throws {
        let lock = try RunLock.acquire(database: folder.file("new.sqlite"), campaign: "spring")
        #expect(lock.path.hasSuffix("/new.sqlite.spring.lock"))
        lock.close()
        let error = #expect(throws: LedgerError.self) {
            try RunLock.acquire(database: folder.file("nowhere/new.sqlite"), campaign: "spring")
        }
        #expect(error?.code == .cannotOpen)
    }

    @Test("the lock ends with its process, even a killed one")
    func killedHolder() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [database = database as String] in
            _ = try RunLock.acquire(database: database, campaign: "spring")
            kill(getpid(), SIGKILL)
        }
        #expect(FileManager.default.fileExists(atPath: database + ".spring.lock"))
        let lock = try RunLock.acquire(database: database, campaign: "spring")
        lock.close()
    }
}
