import DialModel
import Foundation
import GRDB
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

@Suite("The schema of the SQLite ledger")
struct SchemaTests {
    /// A ledger with a few leads and an open attempt, closed again, to be looked at from outside.
    private func preparedFile(_ folder: TemporaryFolder) async throws -> DatabaseQueue {
        let path = folder.file("ledger.sqlite")
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        try await scenario.add(0..<200)
        try await scenario.importLines(1)
        let claim = try #require(try await scenario.claim(2).claims.first)
        let closing = AttemptClosing(.busy, at: Scenario.start, lead: .wait(until: Scenario.start))
        try await scenario.commit(.closed(claim.attempt, closing))
        await ledger.close()
        return try DatabaseQueue(path: path)
    }

    private static let house = "INSERT INTO do_not_call_lists (id, name, created_at) VALUES (1, 'house', 1)"
    private static let entry = "INSERT INTO do_not_call_entries (list, key, is_wildcard, added_at, source) VALUES"

    private func plan(_ sql: String, in db: Database) throws -> [String] {
        let count = try db.makeStatement(sql: sql).columnCount
        #expect(count > 0)
        let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        let arguments = (1...9).last { sql.contains("?\($0)") } ?? 1
        let values = StatementArguments(Array(repeating: 1, count: arguments))
        return try Row.fetchAll(statement, arguments: values).map { $0["detail"] }
    }

    @Test(
        "no statement scans a table",
        arguments: [
            LedgerQuery.dueLeads, LedgerQuery.earliestWaiting, LedgerQuery.outcomesOfLead, LedgerQuery.dueCount,
            LedgerQuery.laterCount, LedgerQuery.nextWaiting, LedgerQuery.reasonOfWaiting,
            StoreDialect.sqlite.leadCounts,
            LedgerQuery.attemptCounts,
            LedgerQuery.dialsOfContact, LedgerQuery.runsBackwards,
            LedgerQuery.attemptPage, LedgerQuery.leadPage,
            LedgerQuery.listedNumbers, LedgerQuery.dialCount, LedgerQuery.lastDial, LedgerQuery.dialTimes,
            LedgerQuery.lastOutcomes, LedgerQuery.newsAfter, LedgerQuery.daysOfNumber,
            LedgerQuery.reportAttempts, LedgerQuery.reportHeld, LedgerQuery.oneAttempt, LedgerQuery.importOfNumber,
            LedgerQuery.anyLeadOfNumber, LedgerQuery.earlierOfLead,
        ])
    func noScans(_ sql: String) async throws {
        let folder = try TemporaryFolder()
        let steps = try await preparedFile(folder).read { db in try plan(sql, in: db) }
        #expect(!steps.isEmpty)
        // Turns are few, what was counted is one row, and neither is in a table.
        let others = ["SCAN turns", "SCAN waiting", "SCAN CONSTANT ROW"]
        #expect(
            !steps.contains { step in step.hasPrefix("SCAN") && !others.contains(where: step.hasPrefix) }, "\(steps)")
        // The days of a number and the dials of a callee are few, and are grouped or sorted after they were found.
        // So are leads that were added since the last count.
        let mayGroup = [LedgerQuery.daysOfNumber, LedgerQuery.dialsOfContact, StoreDialect.sqlite.leadCounts].contains(
            sql)
        #expect(mayGroup || !steps.contains { $0.contains("TEMP B-TREE") }, "nothing is sorted: \(steps)")
    }

    @Test("a claim starts at its place in the index of waiting leads")
    func claimPlan() async throws {
        let folder = try TemporaryFolder()
        let steps = try await preparedFile(folder).read { db in try plan(LedgerQuery.dueLeads, in: db) }
        let search = "leads_waiting (campaign=? AND turn=? AND (not_before,place)>(?,?) AND not_before<?)"
        #expect(steps.first?.contains(search) == true, "\(steps)")
        #expect(steps.contains { $0.contains("attempts_open_number (number=?)") }, "\(steps)")
        #expect(steps.contains { $0.contains("leads_by_number (number=?)") }, "\(steps)")
        #expect(steps.contains { $0.contains("attempts USING INDEX sqlite_autoindex_attempts_1 (lead=?)") }, "\(steps)")
    }

    @Test("the numbers that were shown are found by steps through their index, and held lines among open attempts")
    func shownNumbersPlan() async throws {
        let folder = try TemporaryFolder()
        let file = try await preparedFile(folder)
        let shown = try await file.read { db in try plan(LedgerQuery.shownNumbers, in: db) }
        let searches = shown.filter { $0.contains("attempts_by_caller_id (vendor=? AND caller_id>?)") }
        #expect(searches.count == 2, "\(shown)")
        #expect(!shown.contains { $0.hasPrefix("SCAN attempts") }, "\(shown)")
        let held = try await file.read { db in try plan(LedgerQuery.heldLines, in: db) }
        #expect(held.first == "SCAN attempts USING INDEX attempts_open_number", "\(held)")
        let dials = try await file.read { db in try plan(LedgerQuery.dialsToCallee, in: db) }
        #expect(dials[0] == "SEARCH leads USING COVERING INDEX leads_by_number (number=?)", "\(dials)")
        #expect(dials[1].contains("attempts USING INDEX") && dials[1].contains("(lead=?)"), "\(dials)")
    }

    @Test("a do-not-call list is asked by steps into indexes, and held leads are found in one of their own")
    func doNotCallPlans() async throws {
        let folder = try TemporaryFolder()
        let file = try await preparedFile(folder)
        let entry = try await file.read { db in try plan(LedgerQuery.doNotCallEntry, in: db) }
        #expect(entry == ["SEARCH do_not_call_entries USING PRIMARY KEY (list=? AND key=?)"])
        let wildcards = try await file.read { db in try plan(LedgerQuery.doNotCallWildcards(3), in: db) }
        let search = "SEARCH do_not_call_entries USING INDEX do_not_call_wildcards (list=? AND key=?)"
        #expect(wildcards.first == search, "\(wildcards)")
        #expect(!wildcards.contains { $0.hasPrefix("SCAN do_not_call") }, "\(wildcards)")
        let lists = try await file.read { db in try plan(LedgerQuery.askedLists, in: db) }
        #expect(lists.contains { $0.contains("SEARCH do_not_call_entries") && $0.contains("(list=?)") }, "\(lists)")
        #expect(!lists.contains { $0.contains("SCAN do_not_call_entries") }, "\(lists)")
        let counts = try await file.read { db in try plan(LedgerQuery.doNotCallCounts, in: db) }
        #expect(counts == ["SEARCH do_not_call_entries USING PRIMARY KEY (list=?)"])
        let release = try await file.write { db in
            try Row.fetchAll(
                db, sql: "EXPLAIN QUERY PLAN " + LedgerQuery.releaseListed, arguments: [1, nil, "%"]
            ).map { $0["detail"] as String }
        }
        #expect(release == ["SCAN leads USING INDEX leads_listed"], "only those that a list holds")
    }

    @Test("a list of hashes leaves no number in the file, and has a key of its own")
    func hashedFile() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("ledger.sqlite")
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
        let entry = try DoNotCallEntry.number(77)
        for name in ["a", "b"] {
            _ = try await ledger.addDoNotCall(
                [entry], to: DoNotCallListName(name), hashed: true, because: "asked", at: Scenario.start)
        }
        await ledger.close()
        let keys = try await DatabaseQueue(path: path).read { db in
            try Data.fetchSet(db, sql: "SELECT key FROM do_not_call_entries")
        }
        #expect(keys.count == 2 && keys.allSatisfy { $0.count == 16 }, "the same number, under two keys")
        let digits = entry.pattern.text.dropFirst(3).utf8
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let bytes = try #require(FileManager.default.contents(atPath: folder.file(file)))
            #expect(bytes.firstRange(of: Data(digits)) == nil, "\(file)")
        }
    }

    @Test(
        "the schema itself refuses what must not be",
        arguments: [
            "UPDATE leads SET state = 'dormant' WHERE id = 5",
            "UPDATE leads SET state = 'finished' WHERE id = 5",
            "UPDATE leads SET state = 'finished', not_before = NULL WHERE id = 5",
            "UPDATE leads SET not_before = NULL WHERE id = 5",
            "UPDATE leads SET state = 'dialing' WHERE id = 5",
            "UPDATE leads SET ending = 'reached' WHERE id = 5",
            "UPDATE leads SET number = '13810000005' WHERE id = 5",
            "UPDATE leads SET number = (SELECT number FROM leads WHERE id = 6) WHERE id = 5",
            "UPDATE leads SET fields = '[[' WHERE id = 5",
            "UPDATE leads SET line = 'two' WHERE id = 5",
            "UPDATE attempts SET outcome = 'busy' WHERE id = 2",
            "UPDATE attempts SET state = 'closed' WHERE id = 2",
            "UPDATE attempts SET state = 'closed', outcome = 'lost', ended_at = 1 WHERE id = 2",
            "UPDATE attempts SET cpa = 'parrot' WHERE id = 2",
            "UPDATE attempts SET state = 'ringing' WHERE id = 1",
            "UPDATE attempts SET outcome = NULL, state = 'placing', ended_at = NULL, number = '+8613899999999' WHERE id = 1",
            "UPDATE attempts SET ordinal = 1, lead = (SELECT lead FROM attempts WHERE id = 1) WHERE id = 2",
            "UPDATE attempts SET run = 77 WHERE id = 2",
            "UPDATE runs SET ended_at = 5 WHERE id = 1",
            "UPDATE attempt_events SET state = 'gone' WHERE attempt = 1",
            "DELETE FROM leads WHERE id = 1",
            "UPDATE leads SET hold_reason = 'busy' WHERE state = 'dialing'",
            "UPDATE caller_ids SET number = ''",
            "UPDATE caller_ids SET kind = 'satellite'",
            "UPDATE caller_ids SET usage = 'Both'",
            "UPDATE caller_ids SET max_concurrent = 21",
            "UPDATE caller_ids SET pools = '[['",
            "UPDATE caller_ids SET closes = opens",
            "UPDATE caller_ids SET quarantined_until = 5",
            "UPDATE caller_ids SET virtual_pool = 'axb'",
            "UPDATE caller_ids SET virtual_city = '扬州'",
            "UPDATE caller_id_history SET step = 'sold'",
            "UPDATE caller_id_history SET caller_id = 77",
            "UPDATE caller_id_news SET attempt = NULL WHERE event = 'claimed'",
            "UPDATE caller_id_news SET attempt = 99 WHERE event = 'claimed'",
            "UPDATE caller_id_news SET outcome = NULL WHERE event = 'closed'",
            "UPDATE caller_id_news SET outcome = 'busy' WHERE event = 'claimed'",
            "UPDATE caller_id_news SET caller_id = NULL WHERE event = 'claimed'",
            "UPDATE leads SET ending = 'bored', state = 'finished', not_before = NULL WHERE id = 5",
            "UPDATE leads SET callback_agent = 'wang' WHERE id = 5",
            "UPDATE leads SET callback_agent = '', callback_at = 5 WHERE id = 5",
            "UPDATE leads SET state = 'finished', ending = 'sold', not_before = NULL, callback_at = 5 WHERE id = 5",
            "UPDATE leads SET priority = NULL WHERE id = 5",
            "INSERT INTO do_not_call_lists (name, created_at) VALUES ('', 1)",
            "INSERT INTO do_not_call_lists (name, created_at) VALUES ('a', 1), ('a', 2)",
            "INSERT INTO do_not_call_lists (name, campaign, created_at) VALUES ('a', 1, 1), ('a', 1, 2)",
            "INSERT INTO do_not_call_lists (name, campaign, created_at) VALUES ('a', 77, 1)",
            "INSERT INTO do_not_call_lists (name, hash_key, created_at) VALUES ('a', x'00', 1)",
            "\(Self.entry) (77, '+8613800138000', 0, 1, 's')",
            "\(Self.house); \(Self.entry) (1, '13800138000', 0, 1, 's')",
            "\(Self.house); \(Self.entry) (1, '+86*', 0, 1, 's')",
            "\(Self.house); \(Self.entry) (1, '+8613800138000', 1, 1, 's')",
            "\(Self.house); \(Self.entry) (1, x'00', 0, 1, 's')", "\(Self.house); \(Self.entry) (1, 5, 0, 1, 's')",
            "\(Self.house); \(Self.entry) (1, '+8613800138000', 0, 1, NULL)",
            "INSERT INTO attempt_explanations VALUES (1, '{')",
            "INSERT INTO attempt_explanations VALUES (99, '{}')",
        ])
    func schemaRefuses(_ sql: String) async throws {
        let folder = try TemporaryFolder()
        let error = await #expect(throws: DatabaseError.self) {
            try await preparedFile(folder).write { db in try db.execute(sql: sql) }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT, "\(error?.message ?? "")")
    }

    @Test("a number has one open attempt in the whole file, whatever the code does")
    func oneOpenAttempt() async throws {
        let folder = try TemporaryFolder()
        let error = await #expect(throws: DatabaseError.self) {
            try await preparedFile(folder).write { db in
                try db.execute(
                    sql: """
                        INSERT INTO attempts (campaign, lead, run, ordinal, number, vendor, state, claimed_at)
                        SELECT campaign, lead, run, ordinal + 1, number, vendor, 'placing', 1 FROM attempts WHERE id = 2
                        """)
            }
        }
        #expect(error?.message?.contains("attempts.number") == true)
    }
}
