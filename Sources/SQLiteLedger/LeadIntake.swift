import DialModel
import GRDB
import Ledger

/// Puts the leads of one list into their campaign, within the transaction of its import.
struct LeadIntake {
    /// What became of a lead.
    enum Fate {
        case added
        case renewed
        case duplicate(DuplicatePlace)
    }

    /// How many leads are added by one statement where each need not be looked at by itself: starting a statement takes as
    /// long as adding a lead, and more than these gain nothing (measured).
    private static let leadsPerStatement = 32

    /// The headers of the list's other columns, which all of its leads have; nil if it has no leads.
    private(set) var columns: [String]?
    private let db: Database
    private let campaign: CampaignID?
    /// The import.
    private let list: Int64
    private let duplicates: DuplicateScope
    private let now: Timestamp
    private let one: LeadInsertion
    private let many: LeadInsertion
    /// The leads of each callee with several numbers who came back from an export, by the id that the first had there.
    private var contacts: [Int64: [Int64]] = [:]

    init(
        into campaign: CampaignID?, from list: Int64, duplicates: DuplicateScope, at now: Timestamp, of db: Database
    ) throws {
        self.db = db
        self.campaign = campaign
        self.list = list
        self.duplicates = duplicates
        self.now = now
        let count = duplicates == .all ? 1 : Self.leadsPerStatement
        one = try LeadInsertion(db, adding: 1, to: campaign, from: list, duplicates: duplicates, at: now)
        many = try LeadInsertion(db, adding: count, to: campaign, from: list, duplicates: duplicates, at: now)
    }

    /// Takes in the next leads of the list, and says what became of each.
    mutating func take(_ leads: [NewLead]) throws -> [Fate] {
        if columns == nil { columns = leads.first?.fields.map(\.name) }
        var fates: [Fate] = []
        fates.reserveCapacity(leads.count)
        while fates.count < leads.count {
            let next = leads[fates.count...].prefix(many.count)
            if next.count == many.count, next.allSatisfy({ $0.alternates.isEmpty && $0.standing == nil }) {
                fates += try add(together: next)
            } else {
                fates.append(try add(leads[fates.count]))
            }
        }
        return fates
    }

    /// Puts the leads of each callee together who came back from an export, once all are there.
    func finish() throws {
        for leads in contacts.values { try join(leads) }
    }

    /// Adds leads that have no others to be added or joined with.
    private func add(together leads: ArraySlice<NewLead>) throws -> [Fate] {
        guard try many.execute(leads) < leads.count else { return Array(repeating: .added, count: leads.count) }
        return try leads.map { lead in
            let holder = try holder(of: lead.number)
            return holder?.list == list && holder?.line == lead.line ? .added : try turnAway(lead, for: holder)
        }
    }

    /// Adds one lead, with the callee's further numbers.
    private mutating func add(_ lead: NewLead) throws -> Fate {
        guard try one.execute([lead]) == 1 else { return try turnAway(lead, for: try holder(of: lead.number)) }
        let id = db.lastInsertedRowID
        if !lead.alternates.isEmpty { try addAlternates(of: lead, first: id) }
        if let contact = lead.standing?.contact { contacts[contact, default: []].append(id) }
        return .added
    }

    // MARK: - Duplicates

    /// Where the campaign has a number already.
    private func holder(of number: PhoneNumber) throws -> (list: Int64, line: Int)? {
        let statement = try db.cachedStatement(sql: LedgerQuery.importOfNumber)
        let row = try Row.fetchOne(statement, arguments: [campaign?.value, number.e164])
        return try row.map { (try $0.required("import"), try $0.required("line")) }
    }

    /// Says where the number of a lead that was not added stands already, unless the list brings it anew.
    private func turnAway(_ lead: NewLead, for holder: (list: Int64, line: Int)?) throws -> Fate {
        guard let holder else { return .duplicate(.elsewhere) }
        guard holder.list != list else { return .duplicate(.list) }
        // An export tells what became of a lead, and does not have it dialled again.
        guard duplicates == .list, lead.standing == nil else { return .duplicate(.campaign) }
        try db.cachedStatement(sql: LedgerQuery.renewLead).execute(arguments: [
            campaign?.value, list, lead.line, lead.number.e164, lead.originalNumber, lead.name,
            LeadFieldsText.encode(lead.fields), lead.priority, lead.expiresAt?.milliseconds, now.milliseconds,
        ])
        return db.changesCount == 1 ? .renewed : .duplicate(.campaign)
    }

    // MARK: - Callees with several numbers

    /// Adds a callee's further numbers, to be dialled when those before come to nothing; a number that the campaign has
    /// already is left out.
    private func addAlternates(of lead: NewLead, first: Int64) throws {
        var added = 0
        for alternate in lead.alternates {
            var other = lead
            other.number = alternate.number
            other.originalNumber = alternate.original
            other.standing = LeadStanding(progress: .standby)
            added += try one.execute([other], contact: first)
        }
        guard added > 0 else { return }
        try db.cachedStatement(sql: "UPDATE leads SET contact = id WHERE id = ?").execute(arguments: [first])
    }

    /// Puts the leads of a callee together that came back from an export; where none of them waits any more or is in a call,
    /// and none has ended for all, the next one is due.
    private func join(_ leads: [Int64]) throws {
        guard let first = leads.min() else { return }
        for lead in leads {
            try db.cachedStatement(sql: "UPDATE leads SET contact = ? WHERE id = ?").execute(arguments: [first, lead])
        }
        let isOver = "SELECT count(*) FROM leads WHERE contact = ? AND (state = 'waiting' OR ending IN (\(Self.overs)))"
        guard try Int.fetchOne(try db.cachedStatement(sql: isOver), arguments: [first]) == 0 else { return }
        try LeadRows(db: db).wakeNext(of: first, at: now)
    }

    /// The endings after which no other number of a callee is tried.
    private static let overs = LeadEnding.allCases.filter { !$0.leavesOtherNumbers }.map { "'\($0.rawValue)'" }
        .joined(separator: ", ")
}
