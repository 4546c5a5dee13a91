import DialModel
import Ledger

/// The do-not-call lists that are asked about a campaign's leads, looked at once for all of them.
///
/// About each number every list is then asked by single steps into indexes, however long it is: one for the number, and
/// one for each wildcard that would forbid it where the list has any.
struct DoNotCallBook {
    /// A list that is asked.
    struct Asked {
        var id: Int64
        var name: DoNotCallListName
        var key: DoNotCallKey
        var asOf: Timestamp?
        var hasWildcards: Bool
    }

    let db: any StoreSession
    /// The lists of all campaigns, and of the one, that are there.
    let lists: [Asked]

    /// Every list of all campaigns, and of the given one.
    init(db: any StoreSession, campaign: CampaignID?) throws {
        self.db = db
        let rows = DoNotCallRows(db: db)
        lists = try db.rows(LedgerQuery.askedLists, [campaign?.value]).map { row in
            Asked(
                id: try row.required("id"), name: try rows.name(row),
                key: DoNotCallKey(secret: try row.optional("hash_key")), asOf: try row.optionalInstant("as_of"),
                hasWildcards: try row.required("has_wildcards"))
        }
    }

    /// The entry of a list that forbids a number for longest; nil if none does.
    func match(_ number: PhoneNumber, in list: Asked, at now: Timestamp) throws -> StoreRow? {
        let exact = LedgerQuery.doNotCallEntry
        var rows = try db.rows(exact, [list.id, list.key.value(of: number)])
        if list.hasWildcards {
            let wildcards = DoNotCallPattern.wildcards(forbidding: number).map { StoreValue.text($0) }
            rows += try db.rows(
                LedgerQuery.doNotCallWildcards(wildcards.count), StoreArguments([.integer(list.id)] + wildcards))
        }
        var longest: (row: StoreRow, until: Int64)?
        for row in rows {
            let until = try row.optional("expires_at") ?? Int64.max
            if until > max(now.milliseconds, longest?.until ?? .min) { longest = (row, until) }
        }
        return longest?.row
    }

    /// The lists that are asked for and are not there or too old, in the order of the demands.
    func gaps(in question: DoNotCallQuestion, at now: Timestamp) -> [DoNotCallFinding] {
        question.demands.compactMap { demand in
            guard !DoNotCallListName.always.contains(demand.list) else { return nil }
            let named = lists.filter { $0.name.name == demand.list }
            guard !named.isEmpty else { return .missing(list: demand.list) }
            guard let maximumAge = demand.maximumAge else { return nil }
            // A list without a date is one that nobody imported, or did without saying how old it is.
            let isOld = named.contains { list in list.asOf.map { now - $0 > maximumAge } ?? true }
            return isOld ? .outdated(list: demand.list) : nil
        }
    }
}

/// What do-not-call lists say of the numbers of one claim, or of one look at leads.
struct DoNotCallCheck {
    private let book: DoNotCallBook
    private let asked: [DoNotCallBook.Asked]
    private let gap: DoNotCallFinding?
    private let now: Timestamp

    /// Looks at the lists that `question` is about.
    init(db: any StoreSession, question: DoNotCallQuestion, campaign: CampaignID, at now: Timestamp) throws {
        book = try DoNotCallBook(db: db, campaign: campaign)
        asked = book.lists.filter { question.asks($0.name) }
        gap = question.isStrict ? book.gaps(in: question, at: now).first : nil
        self.now = now
    }

    /// What stands against a number for longest; nil if nothing does.
    func finding(on number: PhoneNumber) throws -> DoNotCallFinding? {
        var longest: (list: String, until: Timestamp?)?
        for list in asked {
            guard let row = try book.match(number, in: list, at: now) else { continue }
            guard let until = try row.optionalInstant("expires_at") else {
                return .listed(list: list.name.name, until: nil)
            }
            if longest?.until.map({ until > $0 }) ?? true { longest = (list.name.name, until) }
        }
        return gap ?? longest.map { .listed(list: $0.list, until: $0.until) }
    }
}
