import DialModel
import Ledger

/// A row of an answer.
///
/// Reads of columns never trap: a value that the schema forbids means that the database is damaged.
package struct StoreRow: Sendable {
    /// The names of the columns.
    package let names: [String]
    /// Their values, in the same order.
    package let values: [StoreValue]

    /// Memberwise.
    package init(names: [String], values: [StoreValue]) {
        self.names = names
        self.values = values
    }

    /// The value of a column; null if there is no such column.
    subscript(column: String) -> StoreValue {
        names.firstIndex(of: column).map { values[$0] } ?? .null
    }

    /// The value of the first column, which must be there.
    func first<Value: StoreConvertible>() throws -> Value {
        guard let value = values.first.flatMap(Value.init(storeValue:)) else {
            throw Refusal.impossible(names.first ?? "")
        }
        return value
    }

    /// A value that must be there.
    package func required<Value: StoreConvertible>(_ column: String) throws -> Value {
        guard let value = Value(storeValue: self[column]) else { throw Refusal.impossible(column) }
        return value
    }

    /// A value that may be missing.
    package func optional<Value: StoreConvertible>(_ column: String) throws -> Value? {
        let stored = self[column]
        guard stored != .null else { return nil }
        guard let value = Value(storeValue: stored) else { throw Refusal.impossible(column) }
        return value
    }

    /// A word of a closed vocabulary.
    func word<Word: RawRepresentable<String>>(_ column: String) throws -> Word {
        guard let word = Word(rawValue: try required(column)) else { throw Refusal.impossible(column) }
        return word
    }

    /// A word of a closed vocabulary, if there is one.
    func optionalWord<Word: RawRepresentable<String>>(_ column: String) throws -> Word? {
        guard let text: String = try optional(column) else { return nil }
        guard let word = Word(rawValue: text) else { throw Refusal.impossible(column) }
        return word
    }

    /// An instant.
    func instant(_ column: String) throws -> Timestamp {
        Timestamp(milliseconds: try required(column))
    }

    /// An instant, if there is one.
    func optionalInstant(_ column: String) throws -> Timestamp? {
        try optional(column).map(Timestamp.init(milliseconds:))
    }

    /// The other columns of a lead.
    func leadFields() throws -> [LeadField] {
        guard let fields = LeadFieldsText.decode(try required("fields")) else { throw Refusal.impossible("fields") }
        return fields
    }

    /// A number in normal form.
    func number(_ column: String) throws -> PhoneNumber {
        guard let number = PhoneNumber(e164: try required(column)) else { throw Refusal.impossible(column) }
        return number
    }
}
