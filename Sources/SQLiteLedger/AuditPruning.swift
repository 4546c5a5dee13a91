import DialModel
import Foundation
import GRDB
import Ledger

/// The removal of the oldest entries of the audit log, inside one transaction.
///
/// The entry that tells of it holds the digest of the last one removed, which the chain goes on from.
struct AuditPruning {
    let db: Database

    /// Removes what is before the first entry that is as young as `keptSince`; how many entries that is.
    func run(before keptSince: Timestamp, at now: Timestamp) throws -> Int {
        let range = try Row.fetchOne(
            db, sql: "SELECT min(id) AS first, max(id) AS last, min(iif(at >= ?, id, NULL)) AS kept FROM audit",
            arguments: [keptSince.milliseconds])
        guard let range, let first: Int64 = try range.optional("first"), let last: Int64 = try range.optional("last")
        else { return 0 }
        let through = (try range.optional("kept") ?? last + 1) - 1
        guard through >= first else { return 0 }
        var facts = AuditFacts()
        facts.add("through", through)
        facts.add("digest", word: try digest(of: through).description)
        facts.add("attempts", try lastAttempt(through: through))
        facts.add("removed", through - first + 1)
        try AuditRows(db: db).append(.logPruned, facts, at: now)
        try db.execute(sql: "DELETE FROM audit WHERE id <= ?", arguments: [through])
        return db.changesCount
    }

    private func digest(of id: Int64) throws -> AuditDigest {
        let bytes = try Data.fetchOne(db, sql: "SELECT digest FROM audit WHERE id = ?", arguments: [id])
        guard let digest = bytes.flatMap({ AuditDigest($0) }) else { throw Refusal.impossible("digest") }
        return digest
    }

    /// The last attempt that the entries to be removed tell of; if they tell of none, the one that the last removal names,
    /// whose entry may stay, or that was made before the log began.
    private func lastAttempt(through: Int64) throws -> Int64 {
        let sql = """
            SELECT coalesce(
                (SELECT max(json_extract(facts, '$.dials[#-1].attempt')) FROM audit
                    WHERE id <= ? AND action IN ('dialled', 'adopted')),
                (SELECT json_extract(facts, '$.attempts') FROM audit INDEXED BY audit_prunings
                    WHERE action = 'log_pruned' ORDER BY id DESC LIMIT 1),
                (SELECT json_extract(facts, '$.attempts') FROM audit WHERE action = 'log_begun' ORDER BY id LIMIT 1))
            """
        return try Int64.fetchOne(db, sql: sql, arguments: [through]) ?? 0
    }
}
