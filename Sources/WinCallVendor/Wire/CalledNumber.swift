import DialModel

/// How a callee's number is written for this vendor: digits, as they are dialled inside China (`vendors/well-wincall.md`, B.5).
struct CalledNumber: Hashable, Sendable {
    private static let longestExtra = 8
    /// Digits that two different callees hardly share at the end.
    private static let significantDigits = 7

    let text: String

    init(_ number: PhoneNumber, prefix: String) {
        let digits = number.e164.dropFirst()
        let national =
            CalleeNumber.normalised(number.e164) ?? (digits.hasPrefix("86") ? String(digits.dropFirst(2)) : nil)
        text = (prefix + (national ?? "00" + digits)).filter { $0.isASCII && $0.isNumber }
    }

    /// Whether the vendor's spelling of a number means this one: with or without prefix, zero or country code.
    func isWritten(as spelling: String) -> Bool {
        let digits = spelling.filter { $0.isASCII && $0.isNumber }
        let length = min(digits.count, text.count)
        guard length >= Self.significantDigits, max(digits.count, text.count) - length <= Self.longestExtra else {
            return digits == text
        }
        let tail = min(length, 10)
        return digits.suffix(tail) == text.suffix(tail)
    }
}
