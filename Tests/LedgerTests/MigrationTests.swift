import DialModel
import Foundation
import GRDB
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

@Suite("A ledger of an earlier version")
struct MigrationTests {
    /// A copy of a file as a version left it.
    private func copy(of name: String, in folder: TemporaryFolder) throws -> String {
        let path = folder.file("ledger.sqlite")
        let fixture = try #require(
            Bundle.module.url(forResource: name, withExtension: "db", subdirectory: "Fixtures"))
        try FileManager.default.copyItem(atPath: fixture.path, toPath: path)
        return path
    }

    @Test("the table of leads is made anew with every row, id, index and reference, and the ids go on where they were")
    func leadsMadeAnew() async throws {
        let folder = try TemporaryFolder()
        let path = try copy(of: "ledger-v3", in: folder)
        let before = try await rows(of: path)
        #expect(before.leads.count == 6)
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
        #expect(try await ledger.settings().foreignKeys, "they are enforced again")
        let campaign = try #require(try await ledger.campaign(named: "spring"))
        let source = ListSource([[try Scenario.lead(70), try Scenario.lead(5)]])
        let record = try await ledger.importLeads(
            into: campaign, file: ImportedFile(name: "more.csv", digest: "more"), from: source, at: Scenario.start)
        #expect(record.added == 1 && record.duplicates == 1, "a number is still in a campaign once")
        let leads = try await ledger.leads(of: campaign, after: nil, limit: 10)
        #expect(leads.last?.id == LeadID(10), "an id that was given out before is not given out again")
        #expect(leads[2].holdReason == "calling_hours: outside the hours where the callee lives")
        await ledger.close()

        let after = try await rows(of: path)
        #expect(after.leads.dropLast() == before.leads[...])
        #expect(
            after.indexes
                == (before.indexes.filter { !["leads_dialing", "leads_finished"].contains($0) } + [
                    "leads_by_contact", "leads_by_number", "leads_keeping_number", "leads_listed",
                ]).sorted())
        #expect(after.broken == 0)
        let file = try DatabaseQueue(path: path)
        try await file.write { db in
            for ending in LeadEnding.allCases {
                let sql = "UPDATE leads SET state = 'finished', not_before = NULL, hold_reason = NULL, ending = ?"
                try db.execute(sql: sql + " WHERE id = 3", arguments: [ending.rawValue])
            }
            let columns = "priority = 5, expires_at = 9, callback_at = 7, callback_agent = 'wang'"
            try db.execute(sql: "UPDATE leads SET \(columns) WHERE id = 2")
        }
    }

    /// The leads of a file as text, the indexes of their table, and how many references lead nowhere.
    private func rows(of path: String) async throws -> (leads: [String], indexes: [String], broken: Int) {
        try await DatabaseQueue(path: path).read { db in
            let columns = "id, campaign, import, line, number, original_number, name, fields, state, ending, not_before"
            let leads = try Row.fetchAll(db, sql: "SELECT \(columns), hold_reason FROM leads ORDER BY id")
            let indexes = """
                SELECT name FROM sqlite_schema WHERE tbl_name = 'leads' AND sql LIKE 'CREATE%INDEX%' ORDER BY name
                """
            let broken = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
            return (leads.map { "\($0)" }, try String.fetchAll(db, sql: indexes), broken)
        }
    }

    @Test("leads and attempts of before are counted, and so is all that happens to them")
    func counts() async throws {
        let folder = try TemporaryFolder()
        let path = try copy(of: "ledger-v3", in: folder)
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
        let campaign = try #require(try await ledger.campaign(named: "spring"))
        let figures = try await ledger.figures(of: campaign, at: Scenario.start)
        #expect(figures.leads == 6 && figures.attempts > 0)
        let source = ListSource([[try Scenario.lead(70)]])
        _ = try await ledger.importLeads(
            into: campaign, file: ImportedFile(name: "more.csv", digest: "more"), from: source, at: Scenario.start)
        #expect(try await ledger.figures(of: campaign, at: Scenario.start).leads == 7)
        await ledger.close()
        let file = try DatabaseQueue(path: path)
        try await file.write { db in
            for change in ["state = 'finished', not_before = NULL, hold_reason = NULL, ending = 'expired'", "line = 7"]
            {
                try db.execute(sql: "UPDATE leads SET \(change) WHERE state <> 'dialing'")
            }
            let wrong = """
                SELECT count(*) FROM (SELECT campaign, state, coalesce(ending, ''), count(*) FROM leads GROUP BY 1, 2, 3
                    EXCEPT SELECT campaign, state, ending, leads FROM lead_counts)
                """
            #expect(try Int.fetchOne(db, sql: wrong) == 0)
            #expect(try Int.fetchOne(db, sql: "SELECT sum(leads) FROM lead_counts") == 7)
            #expect(try Int.fetchOne(db, sql: "SELECT through = (SELECT max(id) FROM leads) FROM counted_leads") == 1)
            let attempts = """
                SELECT (SELECT count(*) FROM attempts) = (SELECT sum(attempts) FROM attempt_counts)
                """
            #expect(try Bool.fetchOne(db, sql: attempts) == true)
        }
    }

    @Test("numbers that were shown before have their history", arguments: [false, true])
    func callerIDs(forReading: Bool) async throws {
        let folder = try TemporaryFolder()
        let path = try copy(of: "ledger-v2", in: folder)
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
