import DialModel
import GRDB
import Ledger

/// Reads of columns that never trap: a value that the schema forbids means that the file is damaged.
extension Row {
    /// A value that must be there.
    func required<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        guard let value = Value.fromDatabaseValue(self[column]) else { throw Refusal.impossible(column) }
        return value
    }

    /// A value that may be missing.
    func optional<Value: DatabaseValueConvertible>(_ column: String) throws -> Value? {
        let stored: DatabaseValue = self[column]
        return stored.isNull ? nil : try required(column)
    }

    /// A word of a closed vocabulary.
    func word<Word: RawRepresentable<String>>(_ column: String) throws -> Word {
        guard let word = Word(rawValue: try required(column)) else { throw Refusal.impossible(column) }
        return word
    }

    /// A word of a closed vocabulary, if there is one.
    func optionalWord<Word: RawRepresentable<String>>(_ column: String) throws -> Word? {
        let stored: DatabaseValue = self[column]
        return stored.isNull ? nil : try word(column)
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

extension Refusal {
    /// A column holds what the schema forbids.
    static func impossible(_ column: String) -> Refusal {
        Refusal(
            .corrupt, "the column \(column) holds an impossible value; keep a copy of the file and restore a backup")
    }
}
