package import DialModel

/// A connection to a database within a transaction, or within a snapshot; used by one thread at a time.
///
/// Statements are in the SQL that SQLite and PostgreSQL share, with arguments `?1`, `?2` or `?`. What only SQLite wants to
/// hear (`INDEXED BY`, `CROSS JOIN`) stands in them, and what only a database with several writers does
/// (`/* FOR UPDATE */`) stands in comments; a session of PostgreSQL drops the former and reads the latter.
package protocol StoreSession: AnyObject {
    /// What has to be said otherwise to this database.
    var dialect: StoreDialect { get }

    /// Carries a statement out and tells how many rows it has changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: StoreArguments) throws -> Int

    /// Has a statement carried out whose answer nobody waits for: at the latest together with the next one that is waited for,
    /// which then also tells of its failure.
    func send(_ sql: String, _ arguments: StoreArguments) throws

    /// All rows of an answer.
    func rows(_ sql: String, _ arguments: StoreArguments) throws -> [StoreRow]

    /// Hands over an answer row by row; nothing else may be asked of the session meanwhile.
    func each(_ sql: String, _ arguments: StoreArguments, _ take: (StoreRow) throws -> Void) throws

    /// The first column of the first row; null without any.
    func value(_ sql: String, _ arguments: StoreArguments) throws -> StoreValue

    /// Waits until nobody else holds a lock, and holds it until the transaction has ended.
    func lock(_ lock: StoreLock) throws

    /// Takes a lock if nobody else holds it; whether it was taken.
    func tryLock(_ lock: StoreLock) throws -> Bool

    /// Notes that people may have been forbidden: whoever claims after the transaction is durable has to see it.
    func noteForbidding()

    /// Adds an entry to the end of the audit log, at the latest when the transaction ends.
    func tell(_ entry: AuditEntry) throws

    /// Has a run not be given up before the transaction has ended; throws `.fenced` for one that was.
    func admit(_ run: RunID) throws
}

/// What whoever writes at the same time has to agree upon; nothing where there is one writer.
///
/// They are taken in the order in which they stand here, and of accounts in the order of their names. Whoever meets another
/// in the wrong order all the same is undone and begins anew.
package enum StoreLock: Hashable, Sendable {
    /// The news about an account's numbers, and how many calls it carries.
    case account(String)
    /// Who runs a campaign, who leads it, and what was given out among them.
    case runners(CampaignID)
    /// What do-not-call lists say: shared by all who claim, and in the way of whoever adds to a list.
    case claiming
    /// The calls to a number, of all campaigns.
    case number(PhoneNumber)
    /// Which of a callee's numbers is dialled, by the first of their leads.
    case contact(Int64)
    /// The list of calls to people who are in no list, by its campaign.
    case strangers(CampaignID)
    /// The end of the orders that runners are given.
    case orders
    /// The end of the audit log.
    case auditLog

    /// Whether one is taken before another; of accounts and campaigns in the order of their names.
    package static func precedes(_ left: StoreLock, _ right: StoreLock) -> Bool {
        (left.place, left.word) < (right.place, right.word)
    }

    private var place: Int {
        switch self {
        case .account: 0
        case .runners: 1
        case .claiming: 2
        case .number: 3
        case .contact: 4
        case .strangers: 5
        case .orders: 6
        case .auditLog: 7
        }
    }

    private var word: String {
        switch self {
        case .account(let name): name
        case .number(let number): number.e164
        case .contact(let id): String(id)
        case .runners(let campaign), .strangers(let campaign): String(campaign.value)
        case .claiming, .orders, .auditLog: ""
        }
    }
}

/// Where databases differ.
package struct StoreDialect: Sendable {
    /// Whether others may write at the same time.
    package var hasSeveralWriters: Bool
    /// Has what is deleted overwritten, and lets a lead's number be changed before those of its attempts are.
    package var beginErasing: [String]
    /// The id that was last given out for an entry of the audit log (`given`), the last entry's id, and its digest.
    package var auditHead: String
    /// How many leads of a campaign stand where; counts of one state and ending may come in several rows.
    ///
    /// Argument: campaign.
    package var leadCounts: String
    /// Counts the leads that were added since the last time, most likely to one campaign, if that is not done as they are
    /// added.
    package var countNewLeads: @Sendable (any StoreSession, CampaignID?) throws -> Void
    /// The bytes of a column of texts.
    package var bytesOf: @Sendable (String) -> String
    /// What is said when a whole ledger is copied.
    package var copying: CopyDialect

    /// Memberwise.
    package init(
        hasSeveralWriters: Bool, beginErasing: [String], auditHead: String, leadCounts: String,
        countNewLeads: @escaping @Sendable (any StoreSession, CampaignID?) throws -> Void,
        bytesOf: @escaping @Sendable (String) -> String, copying: CopyDialect
    ) {
        self.hasSeveralWriters = hasSeveralWriters
        self.beginErasing = beginErasing
        self.auditHead = auditHead
        self.leadCounts = leadCounts
        self.countNewLeads = countNewLeads
        self.bytesOf = bytesOf
        self.copying = copying
    }
}

extension StoreSession {
    /// The first row of an answer, which should not have more.
    package func row(_ sql: String, _ arguments: StoreArguments = []) throws -> StoreRow? {
        try rows(sql, arguments).first
    }

    /// All rows of an answer to a question without arguments.
    func rows(_ sql: String) throws -> [StoreRow] { try rows(sql, []) }

    /// Carries out a statement without arguments.
    @discardableResult
    func execute(_ sql: String) throws -> Int { try execute(sql, []) }

    /// An integer; nil for none.
    package func integer(_ sql: String, _ arguments: StoreArguments = []) throws -> Int64? {
        try read(sql, arguments)
    }

    /// A count; nil for none.
    func count(_ sql: String, _ arguments: StoreArguments = []) throws -> Int? { try read(sql, arguments) }

    /// A text; nil for none.
    func text(_ sql: String, _ arguments: StoreArguments = []) throws -> String? { try read(sql, arguments) }

    /// Bytes; nil for none.
    func blob(_ sql: String, _ arguments: StoreArguments = []) throws -> [UInt8]? { try read(sql, arguments) }

    /// Whether something is so.
    func flag(_ sql: String, _ arguments: StoreArguments = []) throws -> Bool { try read(sql, arguments) ?? false }

    /// The integers of the first column.
    func integers(_ sql: String, _ arguments: StoreArguments = []) throws -> [Int64] {
        try rows(sql, arguments).map { try $0.first() }
    }

    /// The texts of the first column.
    func texts(_ sql: String, _ arguments: StoreArguments = []) throws -> [String] {
        try rows(sql, arguments).map { try $0.first() }
    }

    /// Adds a row, by a statement that returns its id, and tells the id.
    func insert(_ sql: String, _ arguments: StoreArguments) throws -> Int64 {
        guard let id = try integer(sql, arguments) else { throw Refusal.impossible("id") }
        return id
    }

    private func read<Value: StoreConvertible>(_ sql: String, _ arguments: StoreArguments) throws -> Value? {
        let value = try value(sql, arguments)
        guard value != .null else { return nil }
        guard let result = Value(storeValue: value) else { throw Refusal.impossible("of an answer") }
        return result
    }
}
