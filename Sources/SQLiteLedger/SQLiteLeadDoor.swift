import DialModel
import GRDB
import GRDBSQLite
import Ledger
import StoredLedger

/// Where the leads of one import come in.
///
/// A list has millions of leads, so the values are bound by SQLite's own functions: GRDB puts each into a box first, which
/// takes longer than all else that is done for a lead (measured). Of the first list of a ledger, the index of numbers is made
/// at the end.
final class SQLiteLeadDoor: LeadDoor {
    /// How many new leads are added by one statement: starting a statement takes as long as adding a lead, and more than
    /// these gain nothing (measured).
    static let leadsPerStatement = 64

    /// What may be in memory of the pages that are being filled, in kibibytes: leads come in no order of their numbers, so
    /// that a page that had to make room is soon read again and written once more.
    static let cacheSize = 64 << 10

    let together = leadsPerStatement
    private let db: Database
    let session: any StoreSession
    private let one: Statement
    private let many: Statement
    let campaign: Int64?
    let list: Int64
    let duplicates: DuplicateScope
    private let now: Timestamp
    /// The list's numbers so far, while they are the only ones and their index is away; nil once it is there.
    private var numbers: ListedNumbers?
    /// New leads that are to be added together, whose numbers are in `numbers`.
    private var waiting: [NewLead] = []
    private var tally: LeadTally

    /// Adds leads of the import `list` to a campaign; those that are new are due from `now` on.
    ///
    /// Of the first list of a ledger, `limit` numbers are kept in memory at most.
    init(
        _ db: Database, to campaign: CampaignID?, from list: Int64, duplicates: DuplicateScope, at now: Timestamp,
        limit: Int = ListedNumbers.usualLimit
    ) throws {
        self.db = db
        session = SQLiteSession(db)
        tally = try LeadTally(of: campaign, in: session)
        self.campaign = campaign?.value
        self.list = list
        self.duplicates = duplicates
        self.now = now
        numbers = try ListedNumbers(takingAwayIndexIn: db, limit: limit)
        one = try db.makeStatement(sql: LedgerQuery.insertLead)
        many = try db.makeStatement(sql: LedgerQuery.insertNewLeads(Self.leadsPerStatement))
        if numbers == nil { try widenCache() }
    }

    func add(together leads: ArraySlice<NewLead>) throws -> [LeadEntry] {
        try makeRoom()
        guard let isNew = numbers?.insert(leads.lazy.map(\.number)) else { return try addAsked(together: leads) }
        guard leads.count == Self.leadsPerStatement, isNew.allSatisfy(\.self) else {
            return try zip(leads, isNew).map { try addFirst($0, isNew: $1) }
        }
        // Most are such leads, and need not be kept until there are enough of them.
        try addWaiting()
        _ = try insert(together: leads)
        return Array(repeating: .added, count: leads.count)
    }

    func add(_ lead: NewLead, contact: Int64?) throws -> Int64? {
        try makeRoom()
        if numbers != nil {
            guard numbers?.insert([lead.number]) == [true] else { return nil }
            try addWaiting()
        } else if try isTakenAnywhere(lead.number) {
            return nil
        }
        let isAdded = try execute(lead, contact: contact) == 1
        return isAdded ? db.lastInsertedRowID : nil
    }

    func holder(of number: PhoneNumber) throws -> LeadHolder? {
        // Without the index nobody can be asked for, and there is nobody but the list's own.
        if numbers != nil { return LeadHolder(list: list, line: 0) }
        return try askedHolder(of: number)
    }

    func finish() throws {
        if numbers != nil { try putIndexBack() }
        try tally.write(to: campaign, in: session)
    }

    // MARK: - The first list of a ledger

    /// Adds a lead when there are none but those of its list, which are told apart by their numbers alone.
    private func addFirst(_ lead: NewLead, isNew: Bool) throws -> LeadEntry {
        guard isNew else { return .taken(LeadHolder(list: list, line: 0)) }
        waiting.append(lead)
        if waiting.count == Self.leadsPerStatement {
            _ = try insert(together: waiting[...])
            waiting.removeAll(keepingCapacity: true)
        }
        return .added
    }

    /// Keeps memory bounded.
    private func makeRoom() throws {
        guard numbers?.isFull == true else { return }
        try putIndexBack()
        try widenCache()
    }

    private func addWaiting() throws {
        for lead in waiting { _ = try execute(lead, contact: nil) }
        waiting.removeAll(keepingCapacity: true)
    }

    /// Fills the index of numbers, from which it is known from now on who is there.
    private func putIndexBack() throws {
        try addWaiting()
        try numbers?.putIndexBack(in: db)
        numbers = nil
    }

    /// Leads are put into the index of numbers in no order, which goes through all of its pages.
    private func widenCache() throws {
        try db.execute(sql: "PRAGMA cache_size = -\(Self.cacheSize)")
    }

    // MARK: - Statements

    func insert(together leads: ArraySlice<NewLead>) throws -> Int {
        let count = try execute(many) { values in
            values.append(now.milliseconds)
            for lead in leads {
                appendRow(lead, to: &values)
                values.append(Int64(lead.priority))
                values.append(lead.expiresAt?.milliseconds)
            }
        }
        tally.add(count, .waiting, nil)
        return count
    }

    /// Adds a lead of whatever kind, unless its campaign has the number; how many were added.
    private func execute(_ lead: NewLead, contact: Int64?) throws -> Int {
        let standing = lead.standing
        let (state, ending, notBefore) = lead.progress(from: now)
        let count = try execute(one) { values in
            appendRow(lead, to: &values)
            values.append(state.rawValue)
            values.append(ending?.rawValue)
            values.append(notBefore?.milliseconds)
            values.append(Int64(standing?.attempts ?? 0))
            values.append(standing?.last?.outcome.rawValue)
            values.append(standing?.last?.at.milliseconds)
            values.append(Int64(lead.priority))
            values.append(lead.expiresAt?.milliseconds)
            values.append(contact)
            values.append(standing?.callbackAt?.milliseconds)
            values.append(standing?.callbackAgent?.value)
            values.append(standing?.holdReason)
        }
        tally.add(count, state, ending)
        return count
    }

    /// Runs a statement with campaign, import and the values that `bind` appends; the answer is how many leads were added.
    private func execute(_ statement: Statement, _ bind: (inout BoundValues) -> Void) throws -> Int {
        sqlite3_reset(statement.sqliteStatement)
        var values = BoundValues(of: statement.sqliteStatement)
        values.append(campaign)
        values.append(list)
        bind(&values)
        let code = values.run {
            let code = sqlite3_step(statement.sqliteStatement)
            // One that returns an id.
            return code == SQLITE_ROW ? sqlite3_step(statement.sqliteStatement) : code
        }
        guard code == SQLITE_DONE else { throw db.failure(code) }
        return db.changesCount
    }

    /// Binds what the list says of a lead.
    private func appendRow(_ lead: NewLead, to values: inout BoundValues) {
        values.append(Int64(lead.line))
        values.append(lead.number.e164)
        values.append(lead.originalNumber)
        values.append(lead.name)
        values.append(lead.fields.text)
    }
}

/// The values of a statement, bound one after another.
///
/// SQLite reads texts from where they are gathered here: its own copies would be asked of the heap and given back one by one.
private struct BoundValues {
    private struct Text {
        var position: CInt
        var bytes: Range<Int>
    }

    /// The first failure, or `SQLITE_OK`.
    private var code = SQLITE_OK
    private let statement: SQLiteStatement
    private var position: CInt = 0
    private var texts: [Text] = []
    private var bytes: [UInt8] = []

    /// Begins with the first value of a statement.
    init(of statement: SQLiteStatement) {
        self.statement = statement
    }

    mutating func append(_ number: Int64?) {
        position += 1
        note(number.map { sqlite3_bind_int64(statement, position, $0) } ?? sqlite3_bind_null(statement, position))
    }

    mutating func append(_ text: String?) {
        guard var text else { return append(nil as Int64?) }
        position += 1
        let start = bytes.count
        text.withUTF8 { bytes.append(contentsOf: $0) }
        texts.append(Text(position: position, bytes: start..<bytes.count))
    }

    /// Runs the statement, while the texts stay where they are; the answer is SQLite's code.
    func run(_ step: () -> CInt) -> CInt {
        guard code == SQLITE_OK else { return code }
        return bytes.withUnsafeBufferPointer { bytes in
            for text in texts {
                let code = SQLiteBinding.bind(
                    text: UnsafeBufferPointer(rebasing: bytes[text.bytes]), stays: true, to: statement, text.position)
                guard code == SQLITE_OK else { return code }
            }
            return step()
        }
    }

    private mutating func note(_ code: CInt) {
        if self.code == SQLITE_OK { self.code = code }
    }
}
