/// A time zone by its name in the IANA database, `Asia/Shanghai`.
package struct TimeZoneID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The name.
    package let name: String

    /// Names a zone; whether there is one of that name is for the reader of its rules to find out.
    package init(_ name: String) {
        self.name = name
    }

    package var description: String { name }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.name < rhs.name }
}
