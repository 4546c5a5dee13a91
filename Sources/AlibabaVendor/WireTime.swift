import DialModel
import EventWire

/// The spellings of time that the gateway uses.
enum WireTime {
    /// The `Timestamp` parameter: UTC, whole seconds, `2020-07-10T02:03:04Z` (A1.2).
    static func text(_ instant: Timestamp) -> String {
        let seconds = floorDivide(instant.milliseconds, by: 1000)
        let days = floorDivide(seconds, by: 86_400)
        let second = seconds - days * 86_400
        let date = civil(day: days)
        let day = "\(padded(date.year, to: 4))-\(padded(date.month, to: 2))-\(padded(date.day, to: 2))"
        let time = [second / 3600, second / 60 % 60, second % 60].map { padded($0, to: 2) }.joined(separator: ":")
        return "\(day)T\(time)Z"
    }

    /// An HTTP `Date` header, `Fri, 10 Jul 2020 02:03:04 GMT` (RFC 9110, 5.6.7); nil for the obsolete forms.
    static func httpDate(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), let year = Int64(words[3]) else {
            return nil
        }
        guard let month = months.firstIndex(of: String(words[2])), (1...31).contains(day), (1...9999).contains(year)
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int64($0) }
        guard clock.count == 3, clock.allSatisfy({ (0...60).contains($0) }) else { return nil }
        let seconds = dayNumber(year: year, month: Int64(month + 1), day: day) * 86_400
        return Timestamp(milliseconds: (seconds + clock[0] * 3600 + clock[1] * 60 + clock[2]) * 1000)
    }

    /// An instant as records and events carry it: epoch milliseconds, in a number or in a string.
    ///
    /// Zero is no time, and neither is anything before 2000 or after 2100, whatever a record claims.
    static func instant(_ value: JSONValue?) -> Timestamp? {
        guard let milliseconds = value?.integer, plausible.contains(milliseconds) else { return nil }
        return Timestamp(milliseconds: milliseconds)
    }

    private static let plausible: ClosedRange<Int64> = 946_684_800_000...4_102_444_800_000

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func padded(_ number: Int64, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func floorDivide(_ dividend: Int64, by divisor: Int64) -> Int64 {
        dividend / divisor - (dividend % divisor < 0 ? 1 : 0)
    }

    /// The proleptic Gregorian date of a day counted from 1970-01-01; years are counted from March.
    private static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = floorDivide(shifted, by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivide(shifted, by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
