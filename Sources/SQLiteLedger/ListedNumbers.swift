import DialModel
import GRDB

/// The numbers of a ledger's first list, while their index is away.
///
/// Numbers come in no order, so that each would be put into another page of the index. Filled at the end from all of them,
/// the index takes a fifth of the time, and the list half (measured). Memory stays bounded: when it is full, the index is
/// put back and the rest of the list goes on as any other list does.
struct ListedNumbers {
    /// Where the numbers are by the hash of their digits, each in the first free place from there on; 0 is free.
    private var places = [UInt64](repeating: 0, count: 1 << 10)
    private var count = 0
    /// The most numbers.
    private let limit: Int
    /// The statement that makes the index.
    private let index: String

    /// As many as SQLite may sort in memory, some 50 bytes each.
    static let usualLimit = 3 << 19

    /// Whether there are no leads, and the index may go as far as those are concerned.
    ///
    /// It is also what attempts refer to, so that without it no lead can be added while references are checked; asked before
    /// the transaction, since they can only be suspended there. A first list refers to its own campaign and import alone.
    static func canTakeAwayIndex(in db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM leads)") == false
    }

    /// Takes the index of numbers away, within a transaction in which no references are checked, if there are no leads;
    /// else nil.
    init?(takingAwayIndexIn db: Database, limit: Int) throws {
        let statement = "SELECT sql FROM sqlite_schema WHERE name = 'leads_by_number'"
        guard try Bool.fetchOne(db, sql: "PRAGMA foreign_keys") == false, try Self.canTakeAwayIndex(in: db),
            let index = try String.fetchOne(db, sql: statement)
        else { return nil }
        self.index = index
        self.limit = limit
        try db.execute(sql: "DROP INDEX leads_by_number")
    }

    /// Makes the index anew; throws a constraint error if a number is there twice.
    func putIndexBack(in db: Database) throws {
        try db.execute(sql: index)
    }

    /// Whether it holds as many numbers as it may.
    var isFull: Bool { count >= limit }

    /// Adds numbers, and tells of each whether it was not there yet.
    mutating func insert(_ numbers: some Collection<PhoneNumber>) -> [Bool] {
        while (count + numbers.count) * 4 > places.count * 3 { grow() }
        let values = numbers.map { number in
            number.e164.utf8.dropFirst().reduce(UInt64(0)) { $0 * 10 + UInt64($1 & 0x0F) }
        }
        // Far from one another in memory, the places are looked at first, none of which has to wait for another.
        let mask = places.count - 1
        let seen = values.reduce(UInt64(0)) { $0 ^ places[Self.place(of: $1, mask)] }
        return withExtendedLifetime(seen) {
            values.map { value in
                let isNew = Self.insert(value, into: &places)
                count += isNew ? 1 : 0
                return isNew
            }
        }
    }

    private mutating func grow() {
        var wider = [UInt64](repeating: 0, count: places.count * 2)
        for value in places where value != 0 { _ = Self.insert(value, into: &wider) }
        places = wider
    }

    /// Multiplied by the golden ratio, because the last digits alone are distributed unevenly.
    private static func place(of value: UInt64, _ mask: Int) -> Int {
        Int((value &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    }

    private static func insert(_ value: UInt64, into places: inout [UInt64]) -> Bool {
        let mask = places.count - 1
        var place = Self.place(of: value, mask)
        while places[place] != 0 {
            if places[place] == value { return false }
            place = (place + 1) & mask
        }
        places[place] = value
        return true
    }
}
