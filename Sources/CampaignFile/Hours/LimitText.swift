import DialModel
import Wording

/// Limits of attempts as people write them: `3 per 24h`, `2 per day`, `10 in all`.
enum LimitText {
    private static let hint = FixPhrase.limits.phrase
    private static let spans: ClosedRange<Duration> = .seconds(1)...(.seconds(366 * 86_400))

    /// Reads one limit, or a list of them, all of which apply.
    static func read(_ field: Field, scope: AttemptCap.Scope, source: RuleOrigin) -> [AttemptCap] {
        let texts = field.word == nil ? field.texts(hint: hint) : field.text(hint: hint).map { [$0] }
        guard let texts else { return [] }
        if texts.isEmpty {
            let _: String? = field.reject(RulesPhrase.noLimit.phrase, hint: hint)
        }
        return texts.compactMap { text in
            guard let (count, period) = parse(text) else {
                return field.reject(RulesPhrase.notALimit.filled(text), hint: hint(for: text))
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
    private static func hint(for text: String) -> Phrase {
        let words = text.split(separator: " ")
        guard words.count >= 3, words[1] == "per", let count = Int(words[0]), (1...1_000).contains(count),
            let span = DurationText.meant(words[2...].joined(separator: " ")), parse("\(count) per \(span)") != nil
        else { return hint }
        return FixPhrase.write.filled("\(count) per \(span)")
    }
}
