import DialModel
import Ledger

/// Pages of an export: rows with an id above the last one seen, so that a page costs the same wherever it lies.
struct RecordPage {
    let db: any StoreSession
    let campaign: CampaignID

    func attempts(after: AttemptID?, limit: Int, quoting column: String?) throws -> [AttemptRecord] {
        var page: [AttemptRecord] = []
        page.reserveCapacity(max(0, limit))
        let arguments: StoreArguments = [campaign.value, after?.value ?? 0, max(0, limit), column]
        try db.each(LedgerQuery.attemptPage, arguments) { page.append(try AttemptRecord($0, quoting: column)) }
        return page
    }

    func leads(after: LeadID?, limit: Int) throws -> [LeadRecord] {
        var page: [LeadRecord] = []
        page.reserveCapacity(max(0, limit))
        let arguments: StoreArguments = [campaign.value, after?.value ?? 0, max(0, limit)]
        try db.each(LedgerQuery.leadPage, arguments) { page.append(try LeadRecord($0)) }
        return page
    }
}

extension AttemptRecord {
    /// An attempt's row, joined with its lead, in the order of `LedgerQuery.attemptColumns`.
    init(_ row: StoreRow, quoting column: String? = nil) throws {
        var row = RowReader(row)
        self.init(
            id: AttemptID(try row.integer()), lead: LeadID(try row.integer()), run: RunID(try row.integer()),
            ordinal: Int(try row.integer()), number: try row.number(), vendor: try row.text(), state: try row.word(),
            claimedAt: Timestamp(milliseconds: try row.integer()))
        name = row.optionalText()
        callerID = row.optionalText()
        shownCallerID = row.optionalText()
        vendorCall = row.optionalText().map(VendorCallID.init)
        outcome = try row.optionalWord()
        cpa = try row.optionalWord()
        agent = row.optionalText().map(AgentID.init)
        answeredAt = row.optionalInstant()
        connectedAt = row.optionalInstant()
        endedAt = row.optionalInstant()
        talk = row.optionalInteger().map { .milliseconds($0) }
        vendorReason = row.optionalText()
        messageAt = row.optionalInstant()
        disposition = try row.optionalWord()
        guard let column else { return }
        quoted = try row.fields().first { $0.name == column }?.value
    }
}

extension LeadRecord {
    /// A lead's row, in the order of `LedgerQuery.leadPage`.
    fileprivate init(_ row: StoreRow) throws {
        var row = RowReader(row)
        self.init(
            id: LeadID(try row.integer()), line: Int(try row.integer()), number: try row.number(),
            originalNumber: try row.text(), name: row.optionalText(), fields: try row.fields(), state: try row.word())
        ending = try row.optionalWord()
        notBefore = row.optionalInstant().flatMap { $0 == .never ? nil : $0 }
        holdReason = row.optionalText()
        attempts = Int(try row.integer())
        lastOutcome = try row.optionalWord()
        lastEndedAt = row.optionalInstant()
        priority = Int(try row.integer())
        expiresAt = row.optionalInstant()
        callbackAt = row.optionalInstant()
        callbackAgent = row.optionalText().map(AgentID.init)
        contact = row.optionalInteger().map(LeadID.init)
        list = try row.text()
    }
}
