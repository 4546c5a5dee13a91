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

    /// As few digits as decide all that the numbering plans say of the number, with its length.
    ///
    /// Areas are told apart by at most nine digits of a Chinese mobile number and seven of a North American one, and in
    /// both plans the kind and validity of a number of full length need no more. Elsewhere plans differ too much, and
    /// the whole number decides.
    var deciding: UInt64 {
        if count == 13, (8_613...8_619).contains(prefix(4)) { return prefix(9) << 4 | UInt64(count) }
        if count == 11, prefix(1) == 1 { return prefix(7) << 4 | UInt64(count) }
        return value << 4 | UInt64(count)
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
