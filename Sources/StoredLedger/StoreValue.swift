/// A value of a column or of an argument; instants and durations are milliseconds, flags are 0 and 1.
package enum StoreValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
}

/// What can stand in a column.
package protocol StoreConvertible: Sendable {
    /// It as a value.
    var storeValue: StoreValue { get }
    /// It from a value; nil for one of another type.
    init?(storeValue: StoreValue)
}

extension StoreValue: StoreConvertible {
    package var storeValue: StoreValue { self }
    package init?(storeValue: StoreValue) { self = storeValue }
}

extension Int64: StoreConvertible {
    package var storeValue: StoreValue { .integer(self) }
    package init?(storeValue: StoreValue) {
        guard case .integer(let number) = storeValue else { return nil }
        self = number
    }
}

extension Int: StoreConvertible {
    package var storeValue: StoreValue { .integer(Int64(self)) }
    package init?(storeValue: StoreValue) {
        guard case .integer(let number) = storeValue else { return nil }
        self = Int(number)
    }
}

extension Bool: StoreConvertible {
    package var storeValue: StoreValue { .integer(self ? 1 : 0) }
    package init?(storeValue: StoreValue) {
        guard case .integer(let number) = storeValue else { return nil }
        self = number != 0
    }
}

extension String: StoreConvertible {
    package var storeValue: StoreValue { .text(self) }
    package init?(storeValue: StoreValue) {
        guard case .text(let text) = storeValue else { return nil }
        self = text
    }
}

extension Array: StoreConvertible where Element == UInt8 {
    package var storeValue: StoreValue { .blob(self) }
    package init?(storeValue: StoreValue) {
        guard case .blob(let bytes) = storeValue else { return nil }
        self = bytes
    }
}

extension Optional where Wrapped: StoreConvertible {
    /// It as a value; null if there is none.
    package var storeValue: StoreValue { self?.storeValue ?? .null }
}

/// The arguments of a statement, in the order of their numbers.
package struct StoreArguments: ExpressibleByArrayLiteral, Sendable {
    /// They as values.
    package var values: [StoreValue]

    /// Values.
    package init(_ values: [StoreValue]) {
        self.values = values
    }

    /// What stands between brackets; nil is null.
    package init(arrayLiteral elements: (any StoreConvertible)?...) {
        values = elements.map { $0?.storeValue ?? .null }
    }

    /// One after the other.
    static func + (left: StoreArguments, right: StoreArguments) -> StoreArguments {
        StoreArguments(left.values + right.values)
    }
}
