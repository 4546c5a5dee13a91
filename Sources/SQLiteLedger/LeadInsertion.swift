import DialModel
import GRDB
import GRDBSQLite
import Ledger
import StoredLedger

/// The statements that add the leads of one import.
///
/// A list has millions of leads, so the values are bound by SQLite's own functions: GRDB puts each into a box first, which
/// takes longer than all else that is done for a lead (measured).
final class LeadInsertion {
    /// How many new leads are added by one statement: starting a statement takes as long as adding a lead, and more than
    /// these gain nothing (measured).
    static let leadsPerStatement = 64

    private let db: Database
    private let one: Statement
    /// Made when it is first needed.
    private var many: Statement?
    private let campaign: Int64?
    private let list: Int64
    private let now: Timestamp
    /// The text of a lead's fields; kept for its memory.
    private var fields: [UInt8] = []

    /// Adds leads of the import `list` to a campaign; those that are new are due from `now` on.
    init(
        _ db: Database, to campaign: CampaignID?, from list: Int64, duplicates: DuplicateScope, at now: Timestamp
    ) throws {
        self.db = db
        self.campaign = campaign?.value
        self.list = list
        self.now = now
        one = try db.makeStatement(sql: LedgerQuery.insertLead(duplicates))
    }

    /// Whether a lead can be added together with others: it is new, and the callee's only one.
    static func isPlain(_ lead: NewLead) -> Bool {
        lead.alternates.isEmpty && lead.standing == nil
    }

    /// Adds `leadsPerStatement` plain leads, each unless its campaign has the number; the answer is how many were added.
    func add(together leads: ArraySlice<NewLead>) throws -> Int {
        let statement = try many ?? db.makeStatement(sql: LedgerQuery.insertNewLeads(Self.leadsPerStatement))
        many = statement
        return try execute(statement) { values in
            values.append(now.milliseconds)
            for lead in leads {
                appendRow(lead, to: &values)
                values.append(Int64(lead.priority))
                values.append(lead.expiresAt?.milliseconds)
            }
        }
    }

    /// Adds one lead of whatever kind, unless a lead of the scope has its number; the answer is whether it was added.
    ///
    /// `contact` is the first lead of the same callee.
    func add(_ lead: NewLead, contact: Int64? = nil) throws -> Bool {
        let standing = lead.standing
        let (state, ending, notBefore) = progress(standing)
        return try execute(one) { values in
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
        } == 1
    }

    /// Runs a statement with campaign, import and the values that `bind` appends; the answer is how many leads were added.
    private func execute(_ statement: Statement, _ bind: (inout BoundValues) -> Void) throws -> Int {
        sqlite3_reset(statement.sqliteStatement)
        var values = BoundValues(statement: statement.sqliteStatement)
        values.append(campaign)
        values.append(list)
        bind(&values)
        guard values.code == SQLITE_OK else { throw db.failure(values.code) }
        let code = sqlite3_step(statement.sqliteStatement)
        guard code == SQLITE_DONE else { throw db.failure(code) }
        return db.changesCount
    }

    /// Binds what the list says of a lead.
    private func appendRow(_ lead: NewLead, to values: inout BoundValues) {
        values.append(Int64(lead.line))
        values.append(lead.number.e164)
        values.append(lead.originalNumber)
        values.append(lead.name)
        fields.removeAll(keepingCapacity: true)
        LeadFieldsText.append(lead.fields, to: &fields)
        values.append(fields)
    }

    private func progress(_ standing: LeadStanding?) -> (LeadState, LeadEnding?, notBefore: Timestamp?) {
        switch standing?.progress {
        case nil: (.waiting, nil, now)
        case .waiting(let instant): (.waiting, nil, instant)
        case .standby: (.standby, nil, nil)
        case .finished(let ending): (.finished, ending, nil)
        }
    }
}

/// The values of a statement, bound one after another; SQLite keeps copies of the texts.
private struct BoundValues {
    /// The first failure, or `SQLITE_OK`.
    private(set) var code = SQLITE_OK
    private let statement: SQLiteStatement
    private var position: CInt = 0

    init(statement: SQLiteStatement) {
        self.statement = statement
    }

    mutating func append(_ number: Int64?) {
        position += 1
        note(number.map { sqlite3_bind_int64(statement, position, $0) } ?? sqlite3_bind_null(statement, position))
    }

    mutating func append(_ text: String?) {
        guard var text else { return append(nil as Int64?) }
        text.withUTF8 { append($0) }
    }

    mutating func append(_ text: [UInt8]) {
        text.withUnsafeBufferPointer { append($0) }
    }

    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        position += 1
        note(SQLiteBinding.bind(text: text, to: statement, position))
    }

    private mutating func note(_ code: CInt) {
        if self.code == SQLITE_OK { self.code = code }
    }
}
