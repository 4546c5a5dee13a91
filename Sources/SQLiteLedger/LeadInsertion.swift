import DialModel
import GRDB
import GRDBSQLite
import Ledger

/// The statement that adds leads, a fixed number of them at a time.
///
/// A list has millions of leads, so the values are bound by SQLite's own functions: GRDB puts each into a box first, which
/// takes longer than all else that is done for a lead (measured).
final class LeadInsertion {
    /// How many leads it adds at a time.
    let count: Int
    private let db: Database
    private let statement: Statement
    private let campaign: Int64?
    private let list: Int64
    private let now: Timestamp
    /// The text of a lead's fields; kept for its memory.
    private var fields: [UInt8] = []

    /// Adds leads of the import `list` to a campaign; those that are new are due from `now` on.
    init(
        _ db: Database, adding count: Int, to campaign: CampaignID?, from list: Int64, duplicates: DuplicateScope,
        at now: Timestamp
    ) throws {
        self.count = count
        self.db = db
        self.campaign = campaign?.value
        self.list = list
        self.now = now
        statement = try db.makeStatement(sql: LedgerQuery.insertLeads(count, duplicates))
    }

    /// Adds `count` leads, as far as their numbers are new; the answer is how many were added.
    ///
    /// `contact` is the first lead of the same callee.
    func execute(_ leads: ArraySlice<NewLead>, contact: Int64? = nil) throws -> Int {
        sqlite3_reset(statement.sqliteStatement)
        var values = BoundValues(statement: statement.sqliteStatement)
        values.append(campaign)
        values.append(list)
        for lead in leads { append(lead, contact: contact, to: &values) }
        guard values.code == SQLITE_OK else { throw failure(values.code) }
        let code = sqlite3_step(statement.sqliteStatement)
        guard code == SQLITE_DONE else { throw failure(code) }
        return db.changesCount
    }

    /// Binds what is a lead's own, in the order of `LedgerQuery.insertLeads`.
    private func append(_ lead: NewLead, contact: Int64?, to values: inout BoundValues) {
        values.append(Int64(lead.line))
        values.append(lead.number.e164)
        values.append(lead.originalNumber)
        values.append(lead.name)
        fields.removeAll(keepingCapacity: true)
        LeadFieldsText.append(lead.fields, to: &fields)
        values.append(fields)
        let standing = lead.standing
        let (state, ending, notBefore) = progress(standing)
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

    private func progress(_ standing: LeadStanding?) -> (LeadState, LeadEnding?, notBefore: Timestamp?) {
        switch standing?.progress {
        case nil: (.waiting, nil, now)
        case .waiting(let instant): (.waiting, nil, instant)
        case .standby: (.standby, nil, nil)
        case .finished(let ending): (.finished, ending, nil)
        }
    }

    private func failure(_ code: CInt) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: String(cString: sqlite3_errmsg(sqlite3_db_handle(statement.sqliteStatement))))
    }
}

/// The values of a statement, bound one after another; SQLite keeps copies of the texts.
private struct BoundValues {
    /// Has SQLite copy a text while it is bound; in C the macro `SQLITE_TRANSIENT`, a cast that Swift does not import.
    private static let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

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
        // Without an address, which an empty text may lack, SQLite would take it for no text at all.
        let bound = UnsafeRawPointer(text.baseAddress)?.withMemoryRebound(to: CChar.self, capacity: text.count) {
            sqlite3_bind_text(statement, position, $0, CInt(text.count), Self.copying)
        }
        note(bound ?? sqlite3_bind_text(statement, position, "", 0, Self.copying))
    }

    private mutating func note(_ code: CInt) {
        if self.code == SQLITE_OK { self.code = code }
    }
}
