import DialModel

/// The numbering plan of mainland China, as far as its structure goes (`features-and-rules.md`, 8.1).
///
/// By structure and not by metadata, because operators open new mobile ranges every year and areas move from seven
/// digits to eight: nobody may lose a valid lead to old data.
enum MainlandNumber {
    /// How many first digits are looked at: those of `0`, an area and the beginning of a service's number.
    static let decidingCount = 6

    /// The digits after `86` where a number was typed with the country's code and no plus sign, else nil.
    ///
    /// A national number has at most 12 digits, and none of 12 begins with 86 because its zero would come first.
    static func withoutCallingCode(_ digits: String) -> String? {
        // Most numbers have too few digits.
        guard digits.utf8.count >= 12 else { return nil }
        var digits = Substring(digits)
        // A spreadsheet that took 0086… for a quantity, or a hand that typed one zero, leaves 086; no area is 086.
        if digits.hasPrefix("086"), digits.utf8.count == 14 { digits = digits.dropFirst() }
        guard digits.hasPrefix("86"), (12...14).contains(digits.utf8.count) else { return nil }
        return String(digits.dropFirst(2))
    }

    /// Reads digits without the country's code; nil leaves the decision to the library.
    static func read(_ digits: String) -> NumberReading? {
        let hasTrunkZero = digits.hasPrefix("0")
        let national = hasTrunkZero ? String(digits.dropFirst()) : digits
        if isMobile(national) { return number(national) }
        if isNationwide(national) { return .rejected(.notCallable) }
        if hasTrunkZero { return readLandline(national) }
        return national.utf8.count < 10 ? rejectShort(national) : nil
    }

    /// Rejects digits that are too few for an area and a line; the metadata takes some of them for valid, 21 95588.
    private static func rejectShort(_ national: String) -> NumberReading {
        let isPremiumRate = national.count == 8 && (national.hasPrefix("160") || national.hasPrefix("168"))
        let isShort = national.count <= 6 && isService(national)
        return .rejected(isPremiumRate || isShort ? .notCallable : .tooShort)
    }

    private static func readLandline(_ national: String) -> NumberReading? {
        guard let first = national.first, first != "0" else { return .rejected(.invalid) }
        let areaLength = first == "1" || first == "2" ? 2 : 3
        let area = national.prefix(areaLength)
        let subscriber = national.dropFirst(areaLength)
        // Beijing is 10, and 26 is no area.
        guard first != "1" || area == "10", area != "26" else { return .rejected(.invalid) }
        guard let lead = subscriber.first else { return .rejected(.tooShort) }
        if subscriber.count <= 6 { return .rejected(isService(subscriber) ? .notCallable : .tooShort) }
        guard subscriber.count <= 8 else { return .rejected(.tooLong) }
        // The two-digit areas have had eight digits for decades.
        guard areaLength == 3 || subscriber.count == 8 else { return .rejected(.tooShort) }
        guard lead != "0", lead != "1" else { return .rejected(.invalid) }
        return number(national)
    }

    private static func isMobile(_ national: String) -> Bool {
        guard national.utf8.count == 11, national.utf8.first == UInt8(ascii: "1") else { return false }
        return national.utf8.dropFirst().first.map { (UInt8(ascii: "3")...UInt8(ascii: "9")).contains($0) } ?? false
    }

    /// Numbers for the whole country that are answered by businesses at somebody's cost.
    private static func isNationwide(_ national: String) -> Bool {
        national.utf8.count == 10 && (national.hasPrefix("400") || national.hasPrefix("800"))
    }

    /// Emergency, operator and hotline numbers: 110, 12345, 95588, 96110 and the like.
    private static func isService(_ digits: some StringProtocol) -> Bool {
        digits.count >= 3 && (digits.hasPrefix("1") || digits.hasPrefix("95") || digits.hasPrefix("96"))
    }

    private static func number(_ national: String) -> NumberReading {
        PhoneNumber(e164: "+86" + national).map(NumberReading.number) ?? .rejected(.invalid)
    }
}
