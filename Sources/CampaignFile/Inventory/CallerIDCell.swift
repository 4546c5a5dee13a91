import DialModel
import Wording

/// A cell that says something, which its author is told about by its column and line.
struct CallerIDCell {
    /// How the file calls the column.
    let name: String
    /// The text without white space at its ends; never empty.
    let text: String
    let line: Int
    let findings: Findings

    /// Records an error at this cell and returns nil, for use in an early exit.
    func reject<Value>(_ complaint: Phrase, hint: Phrase? = nil) -> Value? {
        findings.error(FormPhrase.about.filled(name, complaint), line: line, hint: hint)
        return nil
    }

    /// The text as a message shows it.
    var shown: String { String(text.prefix(40)) }

    /// The words of a list, each once, in order.
    var words: [String] {
        var words: [String] = []
        let separators: Set<Character> = [";", "|", ",", "；", "｜", "，", "、"]
        for word in text.split(whereSeparator: { $0.isWhitespace || separators.contains($0) }).map(String.init)
        where !words.contains(word) {
            words.append(word)
        }
        return words
    }

    /// A telephone number without the signs among its digits.
    func number() -> String? {
        let text = CellText.halfWidth(text)
        return NumberText.isNumber(text)
            ? NumberText.plain(text) : reject(ListPhrase.noTelephone.filled(shown))
    }

    /// A whole number.
    func integer(in range: ClosedRange<Int>) -> Int? {
        if let value = Int(CellText.halfWidth(text)), range.contains(value) { return value }
        return reject(ListPhrase.wholeRange.filled(range.lowerBound, range.upperBound, shown))
    }

    /// A length of time of a day at most, written with its unit.
    func duration() -> Duration? {
        let text = CellText.halfWidth(text)
        guard let value = DurationText.parse(text) else {
            return reject(FormPhrase.duration.filled(shown), hint: DurationText.hint(for: text))
        }
        return value <= .seconds(86_400) ? value : reject(ListPhrase.atMostADay.filled(shown))
    }

    /// Hours of the day, `08:00-22:00`.
    func window() -> DailyWindow? {
        let ends = CellText.halfWidth(text).split(omittingEmptySubsequences: false) { "-–—~".contains($0) }
        if ends.count == 2, let opens = Self.second(of: ends[0]), let closes = Self.second(of: ends[1]),
            let window = DailyWindow(opens: opens, closes: closes)
        {
            return window
        }
        return reject(ListPhrase.window.filled(shown), hint: FixPhrase.example.filled("08:00-22:00"))
    }

    /// A name of a province of China, checked.
    func province(_ name: String) -> String? {
        let short = MainlandNames.shortened(name)
        if MainlandNames.provinces.contains(short) { return name }
        return reject(
            ListPhrase.noProvince.filled(name.prefix(24)),
            hint: Suggestion.hint(for: short, among: MainlandNames.provinces))
    }

    /// One of the kinds of numbers.
    func kind() -> OutboundNumber.Kind? {
        if let kind = OutboundNumber.Kind(rawValue: text) { return kind }
        return reject(
            FormPhrase.unfit.filled(shown),
            hint: Suggestion.hint(for: text, among: OutboundNumber.Kind.allCases.map(\.rawValue)))
    }

    /// A number of its own, or a pool and its size: `pool:NAME:SIZE`.
    func virtual(in region: NumberRegion) -> VirtualNumber? {
        guard text.hasPrefix("pool:") else { return number().map { VirtualNumber($0, region: region) } }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[1].isEmpty, let size = Int(parts[2]), (1...1_000_000).contains(size) else {
            return reject(ListPhrase.virtualPool.filled(shown), hint: FixPhrase.example.filled("pool:main:20"))
        }
        return VirtualNumber(pool: VirtualPool(id: String(parts[1]), size: size), region: region)
    }

    /// The second of the day that `HH:MM` is; 24:00 is its end.
    private static func second(of text: Substring) -> Int? {
        let parts = text.drop { $0 == " " }.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].prefix(2).count == 2,
            parts[1].dropFirst(2).allSatisfy({ $0 == " " })
        else { return nil }
        let minutes = parts[1].prefix(2)
        guard (parts[0] + minutes).utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let hour = Int(parts[0]), let minute = Int(minutes), minute < 60
        else { return nil }
        return hour * 3_600 + minute * 60
    }
}
