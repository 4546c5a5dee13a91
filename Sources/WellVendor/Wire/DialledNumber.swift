import DialModel

/// How a callee is dialled: the prefix, and the number as it is dialled inside China.
enum DialledNumber {
    /// The digits on the wire; how numbers of other countries are dialled is assumed, no document says.
    static func text(_ number: PhoneNumber, prefix: String) -> String {
        let national = CalleeNumber.normalised(number.e164)
        let digits = number.e164.dropFirst()
        return prefix + (national ?? (digits.hasPrefix("86") ? String(digits.dropFirst(2)) : "00" + digits))
    }
}
