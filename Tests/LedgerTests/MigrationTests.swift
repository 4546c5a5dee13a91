import DialModel
import Foundation
import GRDB
import Ledger
import SQLiteLedger
import Testing

@Suite("A ledger of the second version")
struct MigrationTests {
    @Test("numbers that were shown before have their history", arguments: [false, true])
    func callerIDs(forReading: Bool) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("ledger.sqlite")
        let fixture = try #require(
            Bundle.module.url(forResource: "ledger-v2", withExtension: "db", subdirectory: "Fixtures"))
        try FileManager.default.copyItem(atPath: fixture.path, toPath: path)
        let ledger = try await SQLiteLedger.open(at: path, access: forReading ? .readExisting : .readWriteCreate)
        let now = Scenario.start + .seconds(60)

        let snapshot = try await ledger.callerIDSnapshot(of: "alibaba.main", at: now)
        #expect(snapshot.numbers.isEmpty)
        let held = CallerIDUse(
            attempt: AttemptID(4), callerID: "02150001234", claimedAt: Scenario.start + .seconds(30))
        #expect(snapshot.held == [held])
        let main = CallerIDUsage(
            callerID: "02150001234", dialsToday: 3, lastDialAt: held.claimedAt, lastMinute: [held.claimedAt],
            outcomes: [.busy, .connected])
        let refused = Scenario.start + .seconds(31)
        let other = CallerIDUsage(
            callerID: "02150009999", dialsToday: 0, lastDialAt: refused, lastMinute: [refused], outcomes: [.refused])
        #expect(snapshot.usages == [main, other], "in the order in which the attempts ended")

        let day = ShanghaiDay(containing: now)
        let days = try await ledger.callerIDDays(of: "alibaba.main", days: day...day)
        #expect(days.map(\.dials) == [3, 0])
        #expect(days.map(\.mismatches) == [0, 1])
        let campaign = try #require(try await ledger.campaign(named: "spring"))
        let leads = try await ledger.leads(of: campaign, after: nil, limit: 10)
        #expect(leads.map(\.state) == [.finished, .waiting, .waiting, .dialing, .dialing, .waiting])
        #expect(leads.map(\.holdReason) == Array(repeating: nil, count: 6))
        let columns = try await ledger.listColumns(of: campaign)
        #expect(columns == [leads[0].fields.map(\.name)].filter { !$0.isEmpty }, "found from the leads")
        await ledger.close()
        try expectNews(at: path)
    }

    private func expectNews(at path: String) throws {
        let file = try DatabaseQueue(path: path)
        let news = try file.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM caller_id_news ORDER BY sequence").map { row in
                "\(row["attempt"] as Int) \(row["event"] as String) \(row["outcome"] as String? ?? "-")"
            }
        }
        let expected = ["1 claimed -", "2 claimed -", "2 closed busy", "1 closed connected", "4 claimed -"]
        #expect(news == expected + ["5 claimed -", "5 closed refused"])
        let broken = try file.read { db in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") }
        #expect(broken.isEmpty)
    }
}
