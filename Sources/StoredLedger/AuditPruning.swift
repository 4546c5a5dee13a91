import DialModel
import Ledger

/// The removal of the oldest entries of the audit log, inside one transaction.
///
/// The entry that tells of it holds the digest of the last one removed, which the chain goes on from.
struct AuditPruning {
    let db: any StoreSession

    /// Removes what is before the first entry that is as young as `keptSince`; how many entries that is.
    func run(before keptSince: Timestamp, at now: Timestamp) throws -> Int {
        let range = try db.row(
            "SELECT min(id) AS first, max(id) AS last, min(CASE WHEN at >= ? THEN id END) AS kept FROM audit",
            [keptSince.milliseconds])
        guard let range, let first: Int64 = try range.optional("first"), let last: Int64 = try range.optional("last")
        else { return 0 }
        let through = (try range.optional("kept") ?? last + 1) - 1
        guard through >= first else { return 0 }
        var facts = AuditFacts()
        facts.add("through", through)
        facts.add("digest", word: try digest(of: through).description)
        facts.add("attempts", try lastAttempt(through: through))
        facts.add("removed", through - first + 1)
        try AuditRows(db: db).appendNow(.logPruned, facts, at: now)
        return try db.execute("DELETE FROM audit WHERE id <= ?", [through])
    }

    private func digest(of id: Int64) throws -> AuditDigest {
        let bytes = try db.blob("SELECT digest FROM audit WHERE id = ?", [id])
        guard let digest = bytes.flatMap({ AuditDigest($0) }) else { throw Refusal.impossible("digest") }
        return digest
    }

    /// The last attempt that the entries to be removed tell of; if they tell of none, the one that the last removal names,
    /// whose entry may stay, or that was made before the log began.
    private func lastAttempt(through: Int64) throws -> Int64 {
        var last: Int64?
        let dials = "SELECT facts FROM audit WHERE id <= ? AND action IN ('dialled', 'adopted') ORDER BY id"
        try db.each(dials, [through]) { row in
            let told = AuditedFacts(try row.first() as String)?.dials?.map(\.attempt).max()
            last = [last, told].compactMap(\.self).max()
        }
        if let last { return last }
        let begun = "SELECT facts FROM audit WHERE action = 'log_begun' ORDER BY id LIMIT 1"
        guard let text = try db.text(LedgerQuery.lastPruning) ?? db.text(begun) else { return 0 }
        return AuditedFacts(text)?.attempts ?? 0
    }
}
