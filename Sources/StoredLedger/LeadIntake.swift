package import DialModel
package import Ledger

/// Puts the leads of one list into their campaign, within the transaction of its import.
package struct LeadIntake {
    /// What became of a lead.
    package enum Fate: Hashable, Sendable {
        case added
        case renewed
        case duplicate(DuplicatePlace)
    }

    /// The headers of the list's other columns, which all of its leads have; nil if it has no leads.
    package private(set) var columns: [String]?
    private let db: any StoreSession
    private let campaign: CampaignID?
    /// The import.
    private let list: Int64
    private let duplicates: DuplicateScope
    private let now: Timestamp
    private let door: any LeadDoor
    /// The leads of each callee with several numbers who came back from an export, by the id that the first had there.
    private var contacts: [Int64: [Int64]] = [:]

    /// Lets the leads of the import `list` in by a door that belongs to the same transaction.
    package init(
        into campaign: CampaignID?, from list: Int64, by door: any LeadDoor, duplicates: DuplicateScope,
        at now: Timestamp, of db: any StoreSession
    ) {
        self.db = db
        self.campaign = campaign
        self.list = list
        self.duplicates = duplicates
        self.now = now
        self.door = door
    }

    /// Takes in the next leads of the list, and says what became of each.
    package mutating func take(_ leads: [NewLead]) throws -> [Fate] {
        if columns == nil { columns = leads.first?.fields.all.map(\.name) }
        var fates: [Fate] = []
        fates.reserveCapacity(leads.count)
        while fates.count < leads.count {
            let plain = leads[fates.count...].prefix(door.together).prefix(while: \.isPlain)
            if plain.isEmpty {
                fates.append(try add(leads[fates.count]))
            } else {
                for (lead, entry) in zip(plain, try door.add(together: plain)) {
                    if case .taken(let holder) = entry {
                        // One of the leads before may have listed the number anew.
                        let latest = duplicates == .list ? try door.holder(of: lead.number) : holder
                        fates.append(try turnAway(lead, for: latest))
                    } else {
                        fates.append(.added)
                    }
                }
            }
        }
        return fates
    }

    /// Adds what still waits, and puts the leads of each callee together who came back from an export, once all are there.
    package mutating func finish() throws {
        try door.finish()
        for leads in contacts.sorted(by: { $0.key < $1.key }) { try join(leads.value) }
    }

    /// Adds one lead, with the callee's further numbers.
    private mutating func add(_ lead: NewLead) throws -> Fate {
        guard let id = try door.add(lead, contact: nil) else {
            return try turnAway(lead, for: try door.holder(of: lead.number))
        }
        if !lead.alternates.isEmpty { try addAlternates(of: lead, first: id) }
        if let contact = lead.standing?.contact { contacts[contact, default: []].append(id) }
        return .added
    }

    /// Says where the number of a lead that was not added stands already, unless the list brings it anew.
    private func turnAway(_ lead: NewLead, for holder: LeadHolder?) throws -> Fate {
        guard let holder else { return .duplicate(.elsewhere) }
        guard holder.list != list else { return .duplicate(.list) }
        // An export tells what became of a lead, and does not have it dialled again.
        guard duplicates == .list, lead.standing == nil else { return .duplicate(.campaign) }
        let changed = try db.execute(
            LedgerQuery.renewLead,
            [
                campaign?.value, list, lead.line, lead.number.e164, lead.originalNumber, lead.name,
                lead.fields.text, lead.priority, lead.expiresAt?.milliseconds, now.milliseconds,
            ])
        return changed == 1 ? .renewed : .duplicate(.campaign)
    }

    // MARK: - Callees with several numbers

    /// Adds a callee's further numbers, to be dialled when those before come to nothing; a number that the campaign has
    /// already is left out.
    private mutating func addAlternates(of lead: NewLead, first: Int64) throws {
        var added = 0
        for alternate in lead.alternates {
            var other = lead
            other.number = alternate.number
            other.originalNumber = alternate.original
            other.standing = LeadStanding(progress: .standby)
            if try door.add(other, contact: first) != nil { added += 1 }
        }
        guard added > 0 else { return }
        try db.execute("UPDATE leads SET contact = id WHERE id = ?", [first])
    }

    /// Puts the leads of a callee together that came back from an export; where none of them waits any more or is in a call,
    /// and none has ended for all, the next one is due.
    private func join(_ leads: [Int64]) throws {
        guard let first = leads.min() else { return }
        for lead in leads {
            try db.execute("UPDATE leads SET contact = ? WHERE id = ?", [first, lead])
        }
        let isOver = "SELECT count(*) FROM leads WHERE contact = ? AND (state = 'waiting' OR ending IN (\(Self.overs)))"
        guard try db.count(isOver, [first]) == 0 else { return }
        try LeadRows(db: db).wakeNext(of: first, at: now)
    }

    /// The endings after which no other number of a callee is tried.
    private static let overs = LeadEnding.allCases.filter { !$0.leavesOtherNumbers }.map { "'\($0.rawValue)'" }
        .joined(separator: ", ")
}
