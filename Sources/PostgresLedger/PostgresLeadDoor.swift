import DialModel
import Ledger
import StoredLedger

/// Where the leads of one import come in, many with each statement, since each is a way to the server and back.
final class PostgresLeadDoor: LeadDoor {
    let together = 500
    let session: any StoreSession
    let campaign: Int64?
    let list: Int64
    let duplicates: DuplicateScope
    private let now: Timestamp

    init(
        _ db: any StoreSession, to campaign: CampaignID, from list: Int64, duplicates: DuplicateScope, at now: Timestamp
    ) {
        session = db
        self.campaign = campaign.value
        self.list = list
        self.duplicates = duplicates
        self.now = now
    }

    func add(together leads: ArraySlice<NewLead>) throws -> [LeadEntry] { try addAsked(together: leads) }

    func insert(together leads: ArraySlice<NewLead>) throws -> Int {
        let others = leads.flatMap { lead in
            row(lead) + [.integer(Int64(lead.priority)), (lead.expiresAt?.milliseconds).storeValue]
        }
        let arguments = StoreArguments([campaign.storeValue, list.storeValue, now.milliseconds.storeValue] + others)
        return try session.execute(LedgerQuery.insertNewLeads(together), arguments)
    }

    func add(_ lead: NewLead, contact: Int64?) throws -> Int64? {
        guard try !isTakenAnywhere(lead.number) else { return nil }
        let standing = lead.standing
        let (state, ending, notBefore) = lead.progress(from: now)
        let rest: StoreArguments = [
            state.rawValue, ending?.rawValue, notBefore?.milliseconds, standing?.attempts ?? 0,
            standing?.last?.outcome.rawValue, standing?.last?.at.milliseconds, lead.priority,
            lead.expiresAt?.milliseconds, contact, standing?.callbackAt?.milliseconds, standing?.callbackAgent?.value,
            standing?.holdReason,
        ]
        let arguments = StoreArguments(
            [campaign.storeValue, list.storeValue] + row(lead) + rest.values)
        return try session.integer(LedgerQuery.insertLead, arguments)
    }

    func holder(of number: PhoneNumber) throws -> LeadHolder? { try askedHolder(of: number) }

    func finish() {}

    private func row(_ lead: NewLead) -> [StoreValue] {
        [
            lead.line.storeValue, lead.number.e164.storeValue, lead.originalNumber.storeValue,
            lead.name.map(\.storeValue) ?? .null, lead.fields.text.storeValue,
        ]
    }
}
