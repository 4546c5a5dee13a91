/// A telephone number in E.164 form, `+` and digits.
///
/// It prints masked, so that a log line or an error cannot leak it; only the store, the wire and an export ask for `e164`.
package struct PhoneNumber: Hashable, Comparable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The whole number, `+8613800138000`.
    package let e164: String

    /// Accepts `+` followed by 3 to 15 digits not starting with zero; anything else is nil (ITU-T E.164, section 6).
    package init?(e164: String) {
        guard (4...16).contains(e164.utf8.count), e164.utf8.first == UInt8(ascii: "+") else { return nil }
        let digits = e164.utf8.dropFirst()
        guard digits.first != UInt8(ascii: "0"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.e164 = e164
    }

    /// The number with its middle hidden: `+86138****8000`.
    ///
    /// Four digits before the last four are hidden; of a short number, all but its first digits and its last two.
    package var masked: String {
        let characters = Array(e164)
        let tail = characters.count > 10 ? 4 : 2
        let hidden = min(4, characters.count - tail - 1)
        let head = characters.count - tail - hidden
        return String(characters.prefix(head)) + String(repeating: "*", count: hidden) + String(characters.suffix(tail))
    }

    package var description: String { masked }
    package var debugDescription: String { masked }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.e164 < rhs.e164 }
}
