import DialModel
import Ledger
import StoredLedger

/// Where the leads of one import come in, many with each statement, since each is a way to the server and back.
final class PostgresLeadDoor: LeadDoor {
    let together = 500
    private let db: any StoreSession
    private let campaign: CampaignID
    private let list: Int64
    private let duplicates: DuplicateScope
    private let now: Timestamp

    init(
        _ db: any StoreSession, to campaign: CampaignID, from list: Int64, duplicates: DuplicateScope, at now: Timestamp
    ) {
        self.db = db
        self.campaign = campaign
        self.list = list
        self.duplicates = duplicates
        self.now = now
    }

    func add(together leads: ArraySlice<NewLead>) throws -> [LeadEntry] {
        guard duplicates != .all, leads.count == together else {
            return try leads.map { lead in
                try add(lead, contact: nil) == nil ? .taken(try holder(of: lead.number)) : .added
            }
        }
        let others = leads.flatMap { lead in
            row(lead) + [.integer(Int64(lead.priority)), (lead.expiresAt?.milliseconds).storeValue]
        }
        let arguments = StoreArguments(
            [campaign.value.storeValue, list.storeValue, now.milliseconds.storeValue] + others)
        guard try db.execute(LedgerQuery.insertNewLeads(together), arguments) < leads.count else {
            return Array(repeating: .added, count: leads.count)
        }
        return try leads.map { lead in
            let holder = try holder(of: lead.number)
            return holder == LeadHolder(list: list, line: lead.line) ? .added : .taken(holder)
        }
    }

    func add(_ lead: NewLead, contact: Int64?) throws -> Int64? {
        if duplicates == .all, try db.row(LedgerQuery.anyLeadOfNumber, [lead.number.e164]) != nil { return nil }
        let standing = lead.standing
        let (state, ending, notBefore) = lead.progress(from: now)
        let rest: StoreArguments = [
            state.rawValue, ending?.rawValue, notBefore?.milliseconds, standing?.attempts ?? 0,
            standing?.last?.outcome.rawValue, standing?.last?.at.milliseconds, lead.priority,
            lead.expiresAt?.milliseconds, contact, standing?.callbackAt?.milliseconds, standing?.callbackAgent?.value,
            standing?.holdReason,
        ]
        let arguments = StoreArguments(
            [campaign.value.storeValue, list.storeValue] + row(lead) + rest.values)
        return try db.integer(LedgerQuery.insertLead, arguments)
    }

    func holder(of number: PhoneNumber) throws -> LeadHolder? {
        let row = try db.row(LedgerQuery.importOfNumber, [campaign.value, number.e164])
        return try row.map { LeadHolder(list: try $0.required("import"), line: try $0.required("line")) }
    }

    func finish() {}

    private func row(_ lead: NewLead) -> [StoreValue] {
        [
            lead.line.storeValue, lead.number.e164.storeValue, lead.originalNumber.storeValue,
            lead.name.map(\.storeValue) ?? .null, LeadFieldsText.encode(lead.fields).storeValue,
        ]
    }
}
