import DialModel
import GRDB
import Ledger

/// Pages of an export: rows with an id above the last one seen, so that a page costs the same wherever it lies.
struct RecordPage {
    let db: Database
    let campaign: CampaignID

    func attempts(after: AttemptID?, limit: Int) throws -> [AttemptRecord] {
        let arguments: StatementArguments = [campaign.value, after?.value ?? 0, max(0, limit)]
        return try Row.fetchAll(db, sql: LedgerQuery.attemptPage, arguments: arguments).map(AttemptRecord.init)
    }

    func leads(after: LeadID?, limit: Int) throws -> [LeadRecord] {
        let arguments: StatementArguments = [campaign.value, after?.value ?? 0, max(0, limit)]
        return try Row.fetchAll(db, sql: LedgerQuery.leadPage, arguments: arguments).map { row in
            var record = LeadRecord(
                id: LeadID(try row.required("id")), line: try row.required("line"), number: try row.number("number"),
                originalNumber: try row.required("original_number"), name: try row.optional("name"),
                fields: try row.leadFields(),
                state: try row.word("state"))
            record.ending = try row.optionalWord("ending")
            record.notBefore = try row.optionalInstant("not_before")
            record.holdReason = try row.optional("hold_reason")
            record.list = try row.required("list")
            record.priority = try row.required("priority")
            record.expiresAt = try row.optionalInstant("expires_at")
            record.callbackAt = try row.optionalInstant("callback_at")
            record.callbackAgent = try row.optional("callback_agent").map(AgentID.init)
            record.contact = try row.optional("contact").map(LeadID.init)
            record.attempts = try row.required("attempts")
            record.lastOutcome = try row.optionalWord("last_outcome")
            record.lastEndedAt = try row.optionalInstant("last_ended_at")
            return record
        }
    }
}

extension AttemptRecord {
    /// An attempt's row, joined with its lead's name.
    init(_ row: Row) throws {
        self.init(
            id: AttemptID(try row.required("id")), lead: LeadID(try row.required("lead")),
            run: RunID(try row.required("run")), ordinal: try row.required("ordinal"),
            number: try row.number("number"), vendor: try row.required("vendor"), state: try row.word("state"),
            claimedAt: try row.instant("claimed_at"))
        name = try row.optional("name")
        callerID = try row.optional("caller_id")
        shownCallerID = try row.optional("shown_caller_id")
        vendorCall = try row.optional("vendor_call").map(VendorCallID.init)
        outcome = try row.optionalWord("outcome")
        cpa = try row.optionalWord("cpa")
        agent = try row.optional("agent").map(AgentID.init)
        answeredAt = try row.optionalInstant("answered_at")
        connectedAt = try row.optionalInstant("connected_at")
        endedAt = try row.optionalInstant("ended_at")
        talk = try (row.optional("talk_ms") as Int64?).map { .milliseconds($0) }
        vendorReason = try row.optional("vendor_reason")
    }
}
