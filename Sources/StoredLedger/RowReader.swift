import DialModel
import Ledger

/// Reads a row from left to right, which for millions of rows is several times faster than by the names of columns.
///
/// The schema's tables are strict, so that a column has the type that it was given or nothing; what else must not be there
/// means that the file is damaged.
struct RowReader {
    private let row: StoreRow
    private var index = -1

    init(_ row: StoreRow) {
        self.row = row
    }

    mutating func optionalInteger() -> Int64? {
        index += 1
        guard case .integer(let number) = row.values[index] else { return nil }
        return number
    }

    mutating func integer() throws -> Int64 {
        guard let value = optionalInteger() else { throw impossible() }
        return value
    }

    mutating func optionalText() -> String? {
        index += 1
        guard case .text(let text) = row.values[index] else { return nil }
        return text
    }

    mutating func optionalBlob() -> [UInt8]? {
        index += 1
        guard case .blob(let bytes) = row.values[index] else { return nil }
        return bytes
    }

    mutating func text() throws -> String {
        guard let value = optionalText() else { throw impossible() }
        return value
    }

    mutating func optionalInstant() -> Timestamp? {
        optionalInteger().map { Timestamp(milliseconds: $0) }
    }

    /// A word of a closed vocabulary.
    mutating func word<Word: RawRepresentable<String>>() throws -> Word {
        guard let word = Word(rawValue: try text()) else { throw impossible() }
        return word
    }

    /// A word of a closed vocabulary, if there is one.
    mutating func optionalWord<Word: RawRepresentable<String>>() throws -> Word? {
        guard let text = optionalText() else { return nil }
        guard let word = Word(rawValue: text) else { throw impossible() }
        return word
    }

    /// A number in normal form.
    mutating func number() throws -> PhoneNumber {
        guard let number = PhoneNumber(e164: try text()) else { throw impossible() }
        return number
    }

    /// The extra columns of a lead.
    mutating func fields() throws -> [LeadField] {
        guard let fields = LeadFieldsText.decode(try text()) else { throw impossible() }
        return fields
    }

    private func impossible() -> Refusal {
        Refusal.impossible(row.names[index])
    }
}
