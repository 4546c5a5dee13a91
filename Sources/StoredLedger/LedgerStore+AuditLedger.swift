package import DialModel
package import Ledger

extension LedgerStore {
    package func beginRun(
        of campaign: CampaignID, vendor: String, under settings: AuditFacts, by clock: ClockOrigin?, at now: Timestamp
    ) async throws(LedgerError) -> RunID {
        try await write("begin run") { db in
            try CampaignRows(db: db).beginRun(of: campaign, vendor: vendor, under: settings, by: clock, at: now)
        }
    }

    package func record(
        _ action: AuditAction, _ facts: AuditFacts, of campaign: CampaignID?, by actor: String?, at now: Timestamp
    ) async throws(LedgerError) {
        try await write("write audit log") { db in
            try AuditRows(db: db).append(action, facts, of: campaign, by: actor ?? AuditRows.user, at: now)
        }
    }

    package func auditRecords(
        of campaign: CampaignID, after: Int64?, limit: Int
    ) async throws(LedgerError) -> [AuditRecord] {
        try await read("read audit log") { db in
            try db.rows(LedgerQuery.auditPage, [campaign.value, after ?? 0, limit]).map {
                var reader = RowReader($0)
                return AuditRecord(
                    id: try reader.integer(), at: Timestamp(milliseconds: try reader.integer()),
                    actor: try reader.text(), action: try reader.text(), campaign: reader.optionalText(),
                    facts: try reader.text(),
                    digest: AuditDigest(reader.optionalBlob() ?? [])?.description ?? "")
            }
        }
    }

    package func verifyAudit(expecting expected: AuditDigest?) async throws(LedgerError) -> AuditReport {
        try await read("verify audit log") { db in
            var check = AuditCheck(db: db, expecting: expected)
            return try check.run()
        }
    }

    package func pruneAudit(before keptSince: Timestamp, at now: Timestamp) async throws(LedgerError) -> Int {
        try await write("prune audit log", alone: true) { db in
            try AuditPruning(db: db).run(before: keptSince, at: now)
        }
    }
}
