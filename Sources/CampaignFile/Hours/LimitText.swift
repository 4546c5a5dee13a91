import DialModel

/// Limits of attempts as people write them: `3 per 24h`, `2 per day`, `10 in all`.
enum LimitText {
    private static let hint = "write 3 per 24h, 2 per day or 10 in all"
    private static let spans: ClosedRange<Duration> = .seconds(1)...(.seconds(366 * 86_400))

    /// Reads one limit, or a list of them, all of which apply.
    static func read(_ field: Field, scope: AttemptCap.Scope, source: String) -> [AttemptCap] {
        let texts = field.word == nil ? field.texts(hint: hint) : field.text(hint: hint).map { [$0] }
        guard let texts else { return [] }
        if texts.isEmpty {
            let _: String? = field.reject("holds no limit", hint: hint)
        }
        return texts.compactMap { text in
            guard let (count, period) = parse(text) else {
                return field.reject("holds \"\(text)\", which is no limit", hint: hint(for: text))
            }
            return AttemptCap(count: count, period: period, scope: scope, source: source)
        }
    }

    private static func parse(_ text: String) -> (count: Int, period: AttemptCap.Period)? {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 3, let count = Int(words[0]), (1...1_000).contains(count) else { return nil }
        switch (words[1], words[2]) {
        case ("in", "all"): return (count, .lifetime)
        case ("per", "day"): return (count, .calendarDay)
        case ("per", let span):
            guard let span = DurationText.parse(span), spans.contains(span) else { return nil }
            return (count, .rolling(span))
        default: return nil
        }
    }

    /// What the author may have meant by a limit whose span is spelled in another way.
    private static func hint(for text: String) -> String {
        let words = text.split(separator: " ")
        guard words.count >= 3, words[1] == "per", let count = Int(words[0]), (1...1_000).contains(count) else {
            return hint
        }
        let advice = DurationText.hint(for: words[2...].joined(separator: " "))
        guard advice.hasPrefix("write "), let span = advice.split(separator: " ").last.map(String.init),
            parse("\(count) per \(span)") != nil
        else { return hint }
        return "write \(count) per \(span)"
    }
}
