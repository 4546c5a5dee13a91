import DialModel
import GRDB
import Ledger
import StoredLedger

/// Puts the leads of one list into their campaign, within the transaction of its import.
struct LeadIntake {
    /// What became of a lead.
    enum Fate: Equatable {
        case added
        case renewed
        case duplicate(DuplicatePlace)
    }

    /// The headers of the list's other columns, which all of its leads have; nil if it has no leads.
    private(set) var columns: [String]?
    private let db: Database
    private let campaign: CampaignID?
    /// The import.
    private let list: Int64
    private let duplicates: DuplicateScope
    private let now: Timestamp
    private var insertion: LeadInsertion
    /// The list's numbers so far, while they are the only ones and their index is away; nil once it is there.
    private var numbers: ListedNumbers?
    /// New leads that are to be added together, whose numbers are in `numbers`.
    private var waiting: [NewLead] = []
    /// The leads of each callee with several numbers who came back from an export, by the id that the first had there.
    private var contacts: [Int64: [Int64]] = [:]

    /// Of the first list of a ledger, `limit` numbers are kept in memory at most.
    init(
        into campaign: CampaignID?, from list: Int64, duplicates: DuplicateScope, at now: Timestamp, of db: Database,
        limit: Int = ListedNumbers.usualLimit
    ) throws {
        self.db = db
        self.campaign = campaign
        self.list = list
        self.duplicates = duplicates
        self.now = now
        numbers = try ListedNumbers(takingAwayIndexIn: db, limit: limit)
        if numbers == nil { try Self.widenCache(of: db) }
        // Without other leads, all scopes are one; and without the index no other may be asked about.
        insertion = try LeadInsertion(
            db, to: campaign, from: list, duplicates: numbers == nil ? duplicates : .campaign, at: now)
    }

    /// Takes in the next leads of the list, and says what became of each.
    mutating func take(_ leads: [NewLead]) throws -> [Fate] {
        if columns == nil { columns = leads.first?.fields.map(\.name) }
        if numbers != nil {
            let fates = try leads.map { try addFirst($0) }
            if let numbers, numbers.isFull {
                try putIndexBack()
                try Self.widenCache(of: db)
            }
            return fates
        }
        var fates: [Fate] = []
        fates.reserveCapacity(leads.count)
        while fates.count < leads.count {
            let next = leads[fates.count...].prefix(LeadInsertion.leadsPerStatement)
            let canBeTogether = duplicates != .all && next.count == LeadInsertion.leadsPerStatement
            if canBeTogether, next.allSatisfy(LeadInsertion.isPlain) {
                fates += try add(together: next)
            } else {
                fates.append(try add(leads[fates.count]))
            }
        }
        return fates
    }

    /// Adds what still waits, and puts the leads of each callee together who came back from an export, once all are there.
    mutating func finish() throws {
        if numbers != nil { try putIndexBack() }
        for leads in contacts.values { try join(leads) }
    }

    // MARK: - The first list of a ledger

    /// Adds a lead when there are none but those of its list, which are told apart by their numbers alone.
    private mutating func addFirst(_ lead: NewLead) throws -> Fate {
        guard numbers?.insert(lead.number) == true else { return .duplicate(.list) }
        guard LeadInsertion.isPlain(lead) else {
            try addWaiting()
            return try add(lead)
        }
        waiting.append(lead)
        if waiting.count == LeadInsertion.leadsPerStatement {
            _ = try insertion.add(together: waiting[...])
            waiting.removeAll(keepingCapacity: true)
        }
        return .added
    }

    private mutating func addWaiting() throws {
        for lead in waiting { _ = try insertion.add(lead) }
        waiting.removeAll(keepingCapacity: true)
    }

    /// Fills the index of numbers, from which it is known from now on who is there.
    private mutating func putIndexBack() throws {
        try addWaiting()
        try numbers?.putIndexBack(in: db)
        numbers = nil
        insertion = try LeadInsertion(db, to: campaign, from: list, duplicates: duplicates, at: now)
    }

    // MARK: - Further lists

    /// Leads are put into the index of numbers in no order, which goes through all of its pages.
    private static func widenCache(of db: Database) throws {
        try db.execute(sql: "PRAGMA cache_size = -\(LeadImport.cacheSize)")
    }

    /// Adds leads that have no others to be added or joined with.
    private func add(together leads: ArraySlice<NewLead>) throws -> [Fate] {
        guard try insertion.add(together: leads) < leads.count else {
            return Array(repeating: .added, count: leads.count)
        }
        return try leads.map { lead in
            let holder = try holder(of: lead.number)
            return holder?.list == list && holder?.line == lead.line ? .added : try turnAway(lead, for: holder)
        }
    }

    /// Adds one lead, with the callee's further numbers.
    private mutating func add(_ lead: NewLead) throws -> Fate {
        guard try insertion.add(lead) else { return try turnAway(lead, for: try holder(of: lead.number)) }
        let id = db.lastInsertedRowID
        if !lead.alternates.isEmpty { try addAlternates(of: lead, first: id) }
        if let contact = lead.standing?.contact { contacts[contact, default: []].append(id) }
        return .added
    }

    // MARK: - Duplicates

    /// Where the campaign has a number already.
    private func holder(of number: PhoneNumber) throws -> (list: Int64, line: Int)? {
        let row = try SQLiteSession(db).row(LedgerQuery.importOfNumber, [campaign?.value, number.e164])
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
    private mutating func addAlternates(of lead: NewLead, first: Int64) throws {
        var added = 0
        for alternate in lead.alternates where numbers == nil || numbers?.insert(alternate.number) == true {
            var other = lead
            other.number = alternate.number
            other.originalNumber = alternate.original
            other.standing = LeadStanding(progress: .standby)
            if try insertion.add(other, contact: first) { added += 1 }
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
        try LeadRows(db: SQLiteSession(db)).wakeNext(of: first, at: now)
    }

    /// The endings after which no other number of a callee is tried.
    private static let overs = LeadEnding.allCases.filter { !$0.leavesOtherNumbers }.map { "'\($0.rawValue)'" }
        .joined(separator: ", ")
}
