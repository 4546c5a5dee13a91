import DialModel
import Foundation
import Ledger
import StoredLedger
import Testing

@testable import SQLiteLedger

@Suite("A long list that is the first of its ledger goes straight into the file")
struct LongFirstListTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("ledger.sqlite")
    }

    private func begin() async throws -> Scenario {
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        // There is a connection for reading, as there is after every look for an earlier import.
        #expect(try await scenario.leads().isEmpty)
        return scenario
    }

    /// 60 kB, whose text is made once.
    private static let fields: ListedFields = [
        LeadField(name: "note", value: String(repeating: "备注", count: 10_000))
    ]

    /// Loads 400 leads of 24 MiB in all, more than SQLite keeps in memory; `midway` is called when most are on their way.
    private func load(
        into scenario: Scenario, size: Int = FirstListLoading.longSize, breaksOff: Bool = false,
        midway: @escaping @Sendable () throws -> Void = {}
    ) async throws -> ImportRecord {
        let list = GeneratedList(size: size) { batch in
            guard batch < 4 else {
                try midway()
                if breaksOff { throw ListSource.Unreadable() }
                return nil
            }
            return try (batch * 100..<batch * 100 + 100).map { index in
                var lead = try Scenario.lead(index)
                lead.fields = Self.fields
                return lead
            }
        }
        return try await scenario.ledger.importLeads(
            into: scenario.campaign, file: ImportedFile(name: "long.csv", digest: "long"), from: list,
            at: Scenario.start)
    }

    private func exists(_ suffix: String) -> Bool { FileManager.default.fileExists(atPath: path + suffix) }

    /// Whether later calls are as durable as ever, and others may read meanwhile.
    private func expectUsualSettings(of ledger: any WholeLedger) async throws {
        let settings = try #require(try await (ledger as? SQLiteLedger)?.settings())
        #expect(settings.journalMode == "wal" && settings.synchronous == 2 && settings.foreignKeys)
    }

    @Test("only one that is long and the first, and the log is in use again afterwards")
    func pastTheLog() async throws {
        let scenario = try await begin()
        let loaded = try await load(into: scenario) { #expect(exists("-journal") && !exists("-wal")) }
        #expect(loaded.added == 400)
        try await expectUsualSettings(of: scenario.ledger)
        #expect(try await scenario.add(300..<500).duplicates == 100)
        #expect(exists("-wal") && !exists("-journal"))
        #expect(try await scenario.claim(3).claims.count == 3)
        let second = try await load(into: try await scenario.sibling("autumn")) { #expect(exists("-wal")) }
        #expect(second.added == 400)
        await scenario.ledger.close()
    }

    @Test("a short one is written to the log")
    func short() async throws {
        let scenario = try await begin()
        _ = try await load(into: scenario, size: FirstListLoading.longSize - 1) {
            #expect(exists("-wal") && !exists("-journal"))
        }
        try await expectUsualSettings(of: scenario.ledger)
    }

    @Test("while somebody else has the file open, the log stays in use")
    func inCompany() async throws {
        let scenario = try await begin()
        let other = try await SQLiteLedger.open(at: path, access: .readExisting)
        #expect(try await other.campaign(named: "spring") == scenario.campaign)
        let loaded = try await load(into: scenario) { #expect(exists("-wal") && !exists("-journal")) }
        #expect(loaded.added == 400)
        #expect(try await other.figures(of: scenario.campaign, at: Scenario.start).leads == 400)
        try await expectUsualSettings(of: scenario.ledger)
    }

    @Test("one that breaks off leaves nothing, and the log in use")
    func breakingOff() async throws {
        let scenario = try await begin()
        await expectRefusal(.rejectedBySource) { try await load(into: scenario, breaksOff: true) }
        #expect(try await scenario.leads().isEmpty)
        try await expectUsualSettings(of: scenario.ledger)
        #expect(try await load(into: scenario).added == 400)
    }

    @Test("one whose import was killed leaves nothing, whoever opens the file next", arguments: [false, true])
    func killed(forReading: Bool) async throws {
        let scenario = try await begin()
        let left = try TemporaryFolder()
        let copy = left.file("ledger.sqlite")
        _ = try await load(into: scenario) {
            // What a process leaves behind that ends here.
            for suffix in ["", "-journal"] {
                try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
            }
        }
        let size = try FileManager.default.attributesOfItem(atPath: copy)[.size] as? Int
        #expect(try #require(size) > 1 << 22, "much of the list is in the file already")
        await expectRefusal(.cannotOpen) { try await SQLiteLedger.examine(copy, patience: .seconds(60)) }
        if forReading {
            let reader = try await SQLiteLedger.open(at: copy, access: .readExisting)
            #expect(try await reader.figures(of: scenario.campaign, at: Scenario.start).leads == 0)
            await reader.close()
        }
        let ledger = try await SQLiteLedger.open(at: copy, access: .readWriteExisting)
        let again = try await Scenario(ledger: ledger, in: left)
        #expect(again.campaign == scenario.campaign)
        #expect(try await again.leads().isEmpty)
        #expect(try await load(into: again).added == 400)
        try await expectUsualSettings(of: ledger)
        await ledger.close()
        #expect(try await SQLiteLedger.examine(copy, patience: .seconds(60)).soundness == .sound)
    }
}
