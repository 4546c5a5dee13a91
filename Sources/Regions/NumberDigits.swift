import CPhoneNumber
import DialModel

/// The digits of an E.164 number as one integer, from which prefixes are quickly taken.
///
/// A country's code begins with no zero, so that different prefixes are different integers.
struct NumberDigits {
    /// All digits.
    let value: UInt64
    /// How many there are.
    let count: Int

    /// The digits of a number, of which E.164 allows 15.
    init(_ number: PhoneNumber) {
        var value: UInt64 = 0
        for byte in number.e164.utf8.dropFirst() { value = value * 10 + UInt64(byte & 0x0F) }
        self.value = value
        count = number.e164.utf8.count - 1
    }

    /// The digits of an integer.
    init(value: UInt64) {
        self.value = value
        count = value == 0 ? 0 : Self.powers.count { $0 <= value }
    }

    /// The first `length` digits, of which there must be as many.
    func prefix(_ length: Int) -> UInt64 {
        value / Self.powers[count - length]
    }

    /// One digit, counted from zero.
    func digit(at position: Int) -> Int {
        Int(value / Self.powers[count - 1 - position] % 10)
    }

    /// The number that follows the first `length` digits, and how many zeros it begins with; a zero that is all of it is
    /// none of them.
    func rest(after length: Int) -> (value: UInt64, zeros: Int) {
        let rest = NumberDigits(value: value % Self.powers[count - length])
        return (rest.value, max(0, count - length - max(1, rest.count)))
    }

    /// What numbers have in common that have as many digits, and the same first `length` of them.
    func key(_ length: Int) -> UInt64 {
        prefix(length) << 4 | UInt64(count)
    }

    /// How many digits decide in which area and which zones a number is.
    ///
    /// Areas are told apart by at most nine digits of a Chinese mobile number and seven of a North American one.
    var areaCount: Int {
        if count == 13, (8_613...8_619).contains(prefix(4)) { return 9 }
        if count == 11, prefix(1) == 1 { return 7 }
        return min(count, max(Int(CPN_AREA_DIGITS), TimeZoneTable.shared.longestPrefix))
    }

    /// The area code, without its zero, that a landline on the mainland of China has; nil for other countries.
    var mainlandAreaCode: UInt64? {
        guard count >= 7, prefix(2) == 86 else { return nil }
        // Beijing and the eight areas that begin with 2 have two digits.
        let short = prefix(4) % 100
        return short < 30 ? short : prefix(5) % 1000
    }

    /// Powers of ten, from the zeroth.
    private static let powers: [UInt64] = (0..<16).reduce(into: []) { powers, _ in
        powers.append((powers.last ?? 0) * 10 + (powers.isEmpty ? 1 : 0))
    }
}
