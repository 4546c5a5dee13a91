package import DialModel
package import Ledger

/// What monitors want to know of a campaign, from its latest attempts.
package struct CampaignVitals: Hashable, Sendable {
    /// When one of them was last moved on; nil without any.
    package var lastProgressAt: Timestamp?
    /// How those of them ended that have.
    package var outcomes = OutcomeCounts()
}

extension LedgerStore {
    /// The vitals of a campaign, from at most so many of its latest attempts.
    package func vitals(of campaign: CampaignID, latest count: Int) async throws(LedgerError) -> CampaignVitals {
        try await read("read vitals") { db in
            var vitals = CampaignVitals()
            let arguments: StoreArguments = [campaign.value, count]
            for row in try db.rows(LedgerQuery.latestAttempts, arguments) {
                let instants = try ["claimed_at", "answered_at", "connected_at", "ended_at"].map {
                    try row.optionalInstant($0)
                }
                vitals.lastProgressAt = (instants + [vitals.lastProgressAt]).compactMap(\.self).max()
                if let outcome: CallOutcome = try row.optionalWord("outcome") { vitals.outcomes[outcome] += 1 }
            }
            return vitals
        }
    }

    /// The waiting leads that nobody will dial until something is changed, by the gate that holds them, the most first.
    ///
    /// They are counted one by one, so it is not asked from second to second.
    package func leadsOnHold(of campaign: CampaignID) async throws(LedgerError) -> [ReportTally.WordCount] {
        try await read("count leads on hold") { db in try FiguresQuery(db: db, campaign: campaign).onHold() }
    }

    /// Why one of a campaign's leads is held back that are due at an instant to come, as it is kept with the lead; nil where
    /// none of them is.
    package func reasonOfWaiting(
        of campaign: CampaignID, until instant: Timestamp
    ) async throws(LedgerError) -> String? {
        try await read("read reason") { db in
            try FiguresQuery(db: db, campaign: campaign).reasonOfWaiting(until: instant)
        }
    }

    /// The first fault among the latest entries of the audit log, at most so many; nil if they are sound.
    package func auditHeadFault(latest count: Int) async throws(LedgerError) -> AuditFault? {
        try await read("look at audit log") { db in try AuditCheck.headFault(db, latest: count) }
    }
}
