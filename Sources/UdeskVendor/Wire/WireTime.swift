import DialModel

/// The vendor's spelling of time, `2018-03-22 11:48:05 +0800` (`vendors/alibaba-udesk.md`, B2.2).
enum WireTime {
    /// The offset of a time that names none; assumed, as every example has it.
    private static let home = Duration.seconds(8 * 3600)

    /// A time in whole seconds, whose zone may be missing; nil for any other form.
    static func instant(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count >= template.count else { return nil }
        for (byte, expected) in zip(bytes, template) {
            guard expected == UInt8(ascii: "0") ? isDigit(byte) : byte == expected || byte == UInt8(ascii: "T") else {
                return nil
            }
        }
        func number(_ range: Range<Int>) -> Int64 { bytes[range].reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) } }
        let (month, day) = (number(5..<7), number(8..<10))
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60 else { return nil }
        guard let offset = offset(of: bytes[template.count...].filter { $0 != UInt8(ascii: " ") }) else { return nil }
        let days = dayNumber(year: number(0..<4), month: month, day: day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
        return Timestamp(milliseconds: seconds * 1000) - offset
    }

    /// The time at home, to ask about a span of it: `2018-03-22 11:48:05`.
    static func text(_ instant: Timestamp) -> String {
        let seconds = floorDivided((instant + home).milliseconds, by: 1000)
        let days = floorDivided(seconds, by: 86_400)
        let rest = seconds - days * 86_400
        let date = civil(day: days)
        let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { padded($0) }.joined(separator: ":")
        return "\(padded(date.year, to: 4))-\(padded(date.month))-\(padded(date.day)) \(clock)"
    }

    private static let template = Array("0000-00-00 00:00:00".utf8)

    /// What a zone stands for: nothing, `Z`, or hours and minutes; a fraction of the second before it counts for nothing.
    private static func offset(of bytes: [UInt8]) -> Duration? {
        let zone = bytes.drop { $0 == UInt8(ascii: ".") || isDigit($0) }
        guard let sign = zone.first else { return home }
        if zone.elementsEqual("Z".utf8) || zone.elementsEqual("UTC".utf8) { return .zero }
        let digits = zone.dropFirst().filter { $0 != UInt8(ascii: ":") }.map { Int($0) - 48 }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), digits.count == 4,
            digits.allSatisfy((0...9).contains)
        else { return nil }
        let minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
        return .seconds(sign == UInt8(ascii: "+") ? minutes * 60 : -minutes * 60)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func padded(_ number: Int64, to width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func floorDivided(_ dividend: Int64, by divisor: Int64) -> Int64 {
        dividend / divisor - (dividend % divisor < 0 ? 1 : 0)
    }

    /// The proleptic Gregorian date of a day counted from 1970-01-01; years are counted from March.
    private static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = floorDivided(shifted, by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivided(shifted, by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
