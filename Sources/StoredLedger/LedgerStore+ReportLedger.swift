package import DialModel
package import Ledger

extension LedgerStore {
    package func tally(
        of campaign: CampaignID, _ question: ReportQuestion, telling reader: any ReportReader
    ) async throws(LedgerError) -> ReportTally {
        try await read("count for a report") { db in
            try ReportQuery(db: db, campaign: campaign, question: question).tally(telling: reader)
        }
    }
}
