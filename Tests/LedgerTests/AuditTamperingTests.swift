import DialModel
import Foundation
import GRDB
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

@Suite("An audit log that was tampered with shows it")
struct AuditTamperingTests {
    private let start = Scenario.start
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("ledger.sqlite")
    }

    /// A closed ledger with seven entries, of which the fourth and the sixth tell of attempts 1 to 3, and 4 and 5; what its
    /// last digest is.
    @discardableResult
    private func prepare() async throws -> AuditDigest {
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        try await scenario.add(0..<9)
        try await scenario.claim(3, at: start + .seconds(10))
        try await scenario.forbid(.number(90), at: start + .seconds(20))
        try await scenario.claim(2, at: start + .seconds(30))
        try await ledger.endRun(scenario.run, because: "drained", at: start + .seconds(40))
        let report = try await ledger.verifyAudit(expecting: nil)
        #expect(report.fault == nil && report.entries == 7 && report.dials == 5)
        await ledger.close()
        return report.last
    }

    /// Does what somebody with the file and the sqlite3 shell can do.
    private func tamper(_ sql: String) async throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let file = try DatabaseQueue(path: path, configuration: configuration)
        try await file.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA ignore_check_constraints = ON;
                    DROP TRIGGER IF EXISTS audit_is_not_changed;
                    DROP TRIGGER IF EXISTS audit_is_not_shortened;
                    \(sql);
                    """)
        }
        try file.close()
    }

    private func verify(expecting digest: AuditDigest? = nil) async throws -> AuditReport {
        let ledger = try await SQLiteLedger.open(at: path, access: .readExisting)
        let report = try await ledger.verifyAudit(expecting: digest)
        await ledger.close()
        return report
    }

    private static let columns = "at, actor, action, campaign, facts, digest"

    @Test(
        "The first entry that is not sound is named",
        arguments: [
            ("UPDATE audit SET at = at + 1 WHERE id = 3", .changed, 3),
            ("UPDATE audit SET actor = 'wang' WHERE id = 3", .changed, 3),
            ("UPDATE audit SET actor = actor || char(0) || 'x' WHERE id = 3", .changed, 3),
            ("UPDATE audit SET action = 'exported' WHERE id = 3", .changed, 3),
            ("UPDATE audit SET campaign = NULL WHERE id = 3", .changed, 3),
            ("UPDATE audit SET facts = replace(facts, '9', '8') WHERE id = 3", .changed, 3),
            ("UPDATE audit SET facts = facts || char(0) WHERE id = 3", .changed, 3),
            ("UPDATE audit SET digest = zeroblob(32) WHERE id = 3", .changed, 3),
            ("UPDATE audit SET digest = x'00' WHERE id = 3", .changed, 3),
            ("UPDATE audit SET at = at + 1", .changed, 1),
            ("UPDATE audit SET id = 99 WHERE id = 3", .missing, 3),
            ("DELETE FROM audit WHERE id = 4", .missing, 4),
            ("DELETE FROM audit WHERE id <= 3", .missing, 1),
            ("DELETE FROM audit", .cut, 1),
            ("DELETE FROM audit WHERE id > 5", .cut, 6),
            (
                "UPDATE audit SET id = 100 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = 5; "
                    + "UPDATE audit SET id = 5 WHERE id = 100",
                .changed, 3
            ),
            ("INSERT INTO audit SELECT 0, \(columns) FROM audit WHERE id = 3", .inserted, 0),
            ("INSERT INTO audit SELECT \(Int64.min), \(columns) FROM audit WHERE id = 3", .inserted, .min),
            (
                "UPDATE audit SET id = -id WHERE id > 3; INSERT INTO audit SELECT 4, \(columns) FROM audit WHERE id = 3; "
                    + "UPDATE audit SET id = 1 - id WHERE id < 0",
                .changed, 4
            ),
            ("INSERT INTO audit SELECT 8, \(columns) FROM audit WHERE id = 7", .changed, 8),
        ] as [(String, AuditFault.Kind, Int64)])
    func entries(sql: String, kind: AuditFault.Kind, entry: Int64) async throws {
        try await prepare()
        try await tamper(sql)
        let fault = try #require(try await verify().fault)
        #expect(fault.kind == kind && fault.entry == entry)
    }

    @Test(
        "An attempt that is not the one that was logged is named with its entry",
        arguments: [
            ("UPDATE attempts SET number = '+8613810000008' WHERE id = 2", .dialChanged, 4, 2),
            ("UPDATE attempts SET lead = 8, ordinal = 9 WHERE id = 2", .dialChanged, 4, 2),
            ("UPDATE attempts SET run = 7 WHERE id = 2", .dialChanged, 4, 2),
            ("UPDATE attempts SET campaign = 7 WHERE id = 2", .dialChanged, 4, 2),
            ("UPDATE attempts SET vendor = 'other' WHERE id = 5", .dialChanged, 6, 5),
            ("UPDATE attempts SET caller_id = NULL WHERE id = 5", .dialChanged, 6, 5),
            ("UPDATE attempts SET claimed_at = claimed_at - 1 WHERE id = 5", .dialChanged, 6, 5),
            ("UPDATE attempts SET salt = zeroblob(16) WHERE id = 1", .dialChanged, 4, 1),
            ("UPDATE attempts SET salt = NULL WHERE id = 1", .dialChanged, 4, 1),
            ("UPDATE attempts SET salt = NULL, number = '+999000' WHERE id = 1", .dialChanged, 4, 1),
            ("DELETE FROM attempts WHERE id = 2", .dialLost, 4, 2),
            ("DELETE FROM attempts WHERE id = 5", .dialLost, 6, 5),
            ("UPDATE attempts SET id = 77 WHERE id = 5", .dialLost, 6, 5),
            (
                "INSERT INTO attempts (campaign, lead, run, ordinal, number, vendor, state, claimed_at) "
                    + "VALUES (1, 9, 1, 1, '+8613810000008', 'a', 'placing', 1)",
                .dialUnlogged, 8, 6
            ),
        ] as [(String, AuditFault.Kind, Int64, Int64)])
    func attempts(sql: String, kind: AuditFault.Kind, entry: Int64, attempt: Int64) async throws {
        try await prepare()
        try await tamper(sql)
        let fault = try #require(try await verify().fault)
        #expect(fault.kind == kind && fault.entry == entry && fault.attempt == AttemptID(attempt))
    }

    /// A dial that nobody made, under an id of its own.
    private static func forgedDial(_ id: Int64) -> String {
        """
        INSERT INTO attempts (id, campaign, lead, run, ordinal, number, vendor, state, claimed_at)
        VALUES (\(id), 1, 9, 1, 1, '+8613810000008', 'a', 'placing', 1)
        """
    }

    @Test(
        "An attempt with an id that is never given out is found, also behind entries that were pruned",
        arguments: [0, -9, .min] as [Int64])
    func idsBelowTheFirst(id: Int64) async throws {
        try await prepare()
        try await tamper(Self.forgedDial(id))
        #expect(try await verify().fault == AuditFault(.dialUnlogged, entry: 1, attempt: AttemptID(id)))
        try await tamper("DELETE FROM attempts WHERE id = \(id)")
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteExisting)
        #expect(try await ledger.pruneAudit(before: Self.future, at: Self.future) == 7)
        #expect(try await ledger.verifyAudit(expecting: nil).fault == nil)
        await ledger.close()
        try await tamper(Self.forgedDial(id))
        #expect(try await verify().fault == AuditFault(.dialUnlogged, entry: 8, attempt: AttemptID(id)))
    }

    /// What an erasure leaves of a lead and its attempts.
    private static func forge(_ lead: Int) -> String {
        """
        UPDATE leads SET erased_at = 1, number = '+99900000000\(lead)' WHERE id = \(lead);
        UPDATE attempts SET salt = NULL, number = '+99900000000\(lead)', caller_id = NULL WHERE lead = \(lead)
        """
    }

    @Test("An attempt that was made to look as if its callee was forgotten is found, since no entry tells of it")
    func forgedErasure() async throws {
        try await prepare()
        try await tamper(Self.forge(4) + ";" + Self.forge(2))
        let report = try await verify()
        #expect(
            report.fault
                == AuditFault(
                    .dialChanged, entry: 4, at: start + .seconds(10), action: "dialled", attempt: AttemptID(2)),
            "\(String(describing: report.fault))")
    }

    @Test(
        "An entry that keeps a number for now, or that tells of others, does not excuse an attempt that looks forgotten"
    )
    func forgedAmongErasures() async throws {
        try await prepare()
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteExisting)
        let campaign = try #require(try await ledger.campaign(named: "spring"))
        for attempt in try await ledger.attempts(of: campaign, after: nil, limit: 9) {
            let closing = AttemptClosing(.connected, at: start + .seconds(50), lead: .finish(.reached))
            _ = try await ledger.commit([.closed(attempt.id, closing)], claiming: nil)
        }
        for (index, keptSince) in [(0, start + .seconds(60)), (1, start)] {
            _ = try await ledger.erase(
                try Scenario.number(index), keepingCallsSince: keptSince, at: start + .seconds(60))
        }
        let sound = try await ledger.verifyAudit(expecting: nil)
        #expect(sound.fault == nil && sound.forgotten == 1)
        await ledger.close()
        try await tamper(Self.forge(2))
        let fault = try #require(try await verify().fault)
        #expect(fault.kind == .dialChanged && fault.entry == 4 && fault.attempt == AttemptID(2))
    }

    @Test("A fault comes with what is there: time and action, and nothing where nothing is")
    func particulars() async throws {
        try await prepare()
        try await tamper("DELETE FROM audit WHERE id = 5")
        let report = try await verify()
        #expect(
            report.fault == AuditFault(.missing, entry: 5, at: start + .seconds(30), action: "dialled"),
            "\(String(describing: report.fault))")
        #expect(report.entries == 4 && report.lastID == 4 && report.dials == 3, "up to there it is sound")
        try await tamper("DELETE FROM audit WHERE id > 4")
        #expect(try await verify().fault == AuditFault(.cut, entry: 5))
    }

    @Test("An end that was cut off without a trace is found by a digest that was noted")
    func expectedDigest() async throws {
        let last = try await prepare()
        #expect(try await verify(expecting: last).fault == nil)
        try await tamper("DELETE FROM audit WHERE id = 7; UPDATE sqlite_sequence SET seq = 6 WHERE name = 'audit'")
        let report = try await verify()
        #expect(report.fault == nil, "the chain itself cannot tell")
        #expect(try await verify(expecting: report.last).fault == nil)
        #expect(try await verify(expecting: last).fault == AuditFault(.unknownDigest, entry: 7))
    }

    @Test("After the end was cut off, what is added later leaves the gap to be seen, and nothing stops")
    func goesOn() async throws {
        try await prepare()
        try await tamper("DELETE FROM audit WHERE id > 5")
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteExisting)
        try await ledger.record(.exported, AuditFacts(), of: nil, by: nil, at: start)
        #expect(try await ledger.verifyAudit(expecting: nil).fault?.kind == .missing)
        await ledger.close()
        try await tamper("DELETE FROM audit; DELETE FROM sqlite_sequence WHERE name = 'audit'")
        let emptied = try await SQLiteLedger.open(at: path, access: .readWriteExisting)
        try await emptied.record(.exported, AuditFacts(), of: nil, by: nil, at: start)
        #expect(
            try await emptied.verifyAudit(expecting: nil).fault
                == AuditFault(
                    .changed, entry: 1, at: start, action: "exported"))
        await emptied.close()
    }

    @Test(
        "The schema refuses what is no tampering but a mistake",
        arguments: [
            "UPDATE audit SET actor = 'wang' WHERE id = 3", "DELETE FROM audit WHERE id = 3", "DELETE FROM audit",
            "INSERT INTO audit SELECT 9, at, '', action, campaign, facts, digest FROM audit WHERE id = 3",
            "INSERT INTO audit SELECT 9, at, actor, action, campaign, '{', digest FROM audit WHERE id = 3",
            "INSERT INTO audit SELECT 9, at, actor, action, campaign, facts, x'00' FROM audit WHERE id = 3",
            "INSERT INTO audit SELECT 9, at, actor, action, 77, facts, digest FROM audit WHERE id = 3",
            "UPDATE attempts SET salt = x'00'",
        ])
    func schema(sql: String) async throws {
        try await prepare()
        let error = await #expect(throws: DatabaseError.self) {
            try await DatabaseQueue(path: path).write { db in try db.execute(sql: sql) }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }

    // MARK: - Pruning

    /// A time after any at which these tests are run: the log of a ledger begins at the time of the machine.
    private static let future = Timestamp(milliseconds: 4_000_000_000_000)

    /// Two more dials in the future, and then everything before it pruned; the digest of the last entry that is gone.
    private func prune() async throws -> AuditDigest {
        let last = try await prepare()
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteExisting)
        let campaign = try #require(try await ledger.campaign(named: "spring"))
        let request = ClaimRequest(
            campaign: campaign, run: RunID(1), vendor: "alibaba.main", count: 2, now: Self.future,
            policy: Policy.dialAll)
        #expect(try await ledger.commit([], claiming: request).claims.count == 2)
        #expect(try await ledger.pruneAudit(before: Self.future, at: Self.future + .seconds(1)) == 7)
        #expect(try await ledger.pruneAudit(before: Self.future, at: Self.future + .seconds(2)) == 0)
        let records = try await ledger.auditRecords(of: campaign, after: nil, limit: 10)
        #expect(records.map(\.id) == [8, 9] && records.map(\.action) == ["dialled", "log_pruned"])
        #expect(records[1].facts == #"{"through":7,"digest":"\#(last)","attempts":5,"removed":7}"#)
        await ledger.close()
        return last
    }

    @Test("What is pruned takes nothing from the proof of the rest, however often it is done")
    func pruned() async throws {
        let last = try await prune()
        let report = try await verify(expecting: last)
        #expect(report.fault == nil && report.entries == 2 && report.dials == 2 && report.from == Self.future)
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteExisting)
        #expect(try await ledger.pruneAudit(before: Self.future + .seconds(9), at: Self.future + .seconds(9)) == 2)
        let again = try await ledger.verifyAudit(expecting: report.last)
        #expect(again.fault == nil && again.entries == 1 && again.dials == 0)
        #expect(try await ledger.verifyAudit(expecting: last).fault?.kind == .unknownDigest, "that one is long gone")
        await ledger.close()
    }

    @Test("Removals without dials among what they remove leave it at the dials that earlier ones removed")
    func prunedWithoutDials() async throws {
        let last = try await prepare()
        let ledger = try await SQLiteLedger.open(at: path, access: .readWriteExisting)
        for round in 1...3 {
            let now = Self.future + .seconds(10 * round)
            try await ledger.record(.exported, AuditFacts(), of: nil, by: nil, at: now)
            #expect(try await ledger.pruneAudit(before: now, at: now + .seconds(1)) > 0)
            let report = try await ledger.verifyAudit(expecting: round == 1 ? last : nil)
            #expect(report.fault == nil && report.dials == 0, "\(round): \(String(describing: report.fault))")
        }
        await ledger.close()
        try await tamper(
            "INSERT INTO attempts (campaign, lead, run, ordinal, number, vendor, state, claimed_at) "
                + "VALUES (1, 9, 1, 1, '+8613810000008', 'a', 'placing', 1)")
        let fault = try #require(try await verify().fault)
        #expect(fault.kind == .dialUnlogged && fault.attempt == AttemptID(6))
    }

    @Test(
        "A pruned log shows what is done to it, too",
        arguments: [
            ("DELETE FROM audit WHERE id = 8", .missing, 8),
            ("DELETE FROM audit WHERE id = 9", .missing, 1),
            ("UPDATE audit SET facts = replace(facts, '7', '6') WHERE id = 9", .missing, 7),
            ("UPDATE audit SET facts = replace(facts, ':7,', ':\(Int64.max),') WHERE id = 9", .missing, .min),
            ("UPDATE audit SET facts = replace(facts, '\"attempts\":5', '\"attempts\":6') WHERE id = 9", .dialLost, 8),
            ("INSERT INTO audit SELECT 5, \(columns) FROM audit WHERE id = 8", .inserted, 5),
            ("UPDATE attempts SET number = '+8613810000008' WHERE id = 6", .dialChanged, 8),
        ] as [(String, AuditFault.Kind, Int64)])
    func prunedAndTampered(sql: String, kind: AuditFault.Kind, entry: Int64) async throws {
        _ = try await prune()
        try await tamper(sql)
        let fault = try #require(try await verify().fault)
        #expect(fault.kind == kind && fault.entry == entry)
    }
}
