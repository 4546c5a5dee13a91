import DialModel

/// What an operator's own number tells by its digits alone.
enum NumberText {
    /// Whether a text may be a telephone number: digits, and the signs that people write among them.
    static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        // A plus sign stands once, and before every digit: +86 and (+86).
        let signs = plain(text).utf8.dropFirst().filter { $0 == UInt8(ascii: "+") }
        return (3...20).contains(digits.count) && signs.isEmpty
            && text.unicodeScalars.allSatisfy { "0123456789+- ()".unicodeScalars.contains($0) }
    }

    /// The number without the signs that people write among its digits.
    static func plain(_ text: String) -> String {
        text.filter { !" -()".contains($0) }
    }

    /// What two spellings of a plain number have in common.
    static func key(_ number: String) -> String {
        if let foreign = abroad(number), !foreign.hasPrefix("86") { return "+" + foreign }
        if let national = CalleeNumber.normalised(number) { return national }
        return abroad(number).map { String($0.dropFirst(2)) } ?? number
    }

    /// The calling code of a plain number's country; nil where the number does not tell.
    static func callingCode(_ number: String) -> Substring? {
        if let foreign = abroad(number) {
            if let first = foreign.first, "17".contains(first) { return foreign.prefix(1) }
            return foreign.prefix(codesOfTwo.contains(String(foreign.prefix(2))) ? 2 : 3)
        }
        let isService = number.count == 10 && ["400", "800"].contains(where: number.hasPrefix)
        return isService || CalleeNumber.normalised(number) != nil ? mainland : nil
    }

    /// The calling code of mainland China.
    static let mainland: Substring = "86"

    /// The digits after the sign of an international number, nil for any other.
    private static func abroad(_ number: String) -> Substring? {
        for sign in ["+", "00"] where number.hasPrefix(sign) { return number.dropFirst(sign.count) }
        return nil
    }

    /// The calling codes of two digits; 1 and 7 stand alone and all others have three (ITU-T E.164, list of codes).
    private static let codesOfTwo: Set<String> = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
        "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
        "86", "90", "91", "92", "93", "94", "95", "98",
    ]
}
