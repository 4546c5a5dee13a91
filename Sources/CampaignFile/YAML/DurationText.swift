import DialModel
import Wording

/// Lengths of time as people write them: a number and a unit.
enum DurationText {
    private static let units: [(suffix: String, milliseconds: Double)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]
    /// Other spellings, which are understood well enough to suggest the right one.
    private static let spellings: [(words: [String], suffix: String)] = [
        (["msec", "msecs", "millis", "milliseconds", "毫秒"], "ms"),
        (["sec", "secs", "second", "seconds", "S", "秒"], "s"),
        (["min", "mins", "minute", "minutes", "M", "分", "分钟"], "m"),
        (["hr", "hrs", "hour", "hours", "H", "小时"], "h"),
        (["day", "days", "D", "天"], "d"),
    ]
    /// Longer than any setting; beyond it sums could overflow.
    private static let limit = 3_660 * 86_400_000.0

    /// The duration that `text` stands for: digits, perhaps a fraction, and `ms`, `s`, `m`, `h` or `d`.
    static func parse(_ text: String) -> Duration? {
        let (number, suffix) = split(text)
        guard let unit = units.first(where: { $0.suffix == suffix }), let value = amount(number) else { return nil }
        let milliseconds = (value * unit.milliseconds).rounded()
        guard milliseconds <= limit else { return nil }
        return .milliseconds(Int64(milliseconds))
    }

    /// What the author may have meant.
    static func hint(for text: String) -> Phrase {
        let (number, rest) = split(text)
        let suffix = String(rest.drop { $0 == " " })
        guard amount(number) != nil else {
            return FixPhrase.number.phrase
        }
        if suffix.isEmpty { return FixPhrase.addUnit.filled(number) }
        return meant(text).map { FixPhrase.write.filled($0) } ?? FixPhrase.units.phrase
    }

    /// The length of time that a text with a number and a known unit means, as it is to be written.
    static func meant(_ text: String) -> String? {
        let (number, rest) = split(text)
        let suffix = String(rest.drop { $0 == " " })
        guard amount(number) != nil, !suffix.isEmpty else { return nil }
        let meant = units.first { $0.suffix == suffix }?.suffix ?? spellings.first { $0.words.contains(suffix) }?.suffix
        return meant.map { "\(number)\($0)" }
    }

    /// A duration in the largest unit that shows it whole.
    static func shown(_ duration: Duration) -> String {
        let milliseconds = duration.milliseconds
        for unit in units.reversed() where milliseconds % Int64(unit.milliseconds) == 0 && milliseconds != 0 {
            return "\(milliseconds / Int64(unit.milliseconds))\(unit.suffix)"
        }
        return "\(milliseconds)ms"
    }

    private static func split(_ text: String) -> (number: Substring, suffix: Substring) {
        let end = text.firstIndex { !"0123456789.".contains($0) } ?? text.endIndex
        return (text[..<end], text[end...])
    }

    private static func amount(_ text: Substring) -> Double? {
        guard text.first != ".", text.last != ".", text.count <= 15 else { return nil }
        return Double(text)
    }
}
