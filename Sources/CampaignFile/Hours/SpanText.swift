import DialModel
import Wording

/// Hours of a day as people write them: `09:00-12:00, 14:00-20:00`, or `closed`; in the full width of Chinese text too.
struct SpanText {
    /// The hours of the day itself.
    var own: [HourSpan] = []
    /// The hours of the day after, of spans that go on after midnight.
    var next: [HourSpan] = []

    private static let hint = FixPhrase.spans.phrase

    /// Reads a field's spans, which may be a list too.
    static func read(_ field: Field) -> SpanText? {
        if field.word == "closed" { return SpanText() }
        let texts: [String]?
        if field.word == nil {
            texts = field.texts(hint: hint)
        } else {
            let parts = field.text(hint: hint)?.split(omittingEmptySubsequences: false) { ",，".contains($0) }
            texts = parts?.map(String.init)
        }
        guard let texts else { return nil }
        guard !texts.isEmpty else { return field.reject(RulesPhrase.noHours.phrase, hint: hint) }
        var spans = SpanText()
        for text in texts {
            guard let (opens, closes) = bounds(text) else {
                let given = trimmed(text[...])
                return field.reject(RulesPhrase.notASpan.filled(given), hint: Self.hint(for: given))
            }
            guard opens != closes else {
                return field.reject(
                    RulesPhrase.emptySpan.filled(trimmed(text[...])), hint: FixPhrase.allDay.phrase)
            }
            spans.add(opens: opens, closes: closes)
        }
        return spans
    }

    private mutating func add(opens: Int, closes: Int) {
        if let span = HourSpan(opens: opens, closes: closes) { return own.append(span) }
        // It closes before it opens, so it goes on after midnight.
        if let evening = HourSpan(opens: opens, closes: 86_400) { own.append(evening) }
        if let morning = HourSpan(opens: 0, closes: closes) { next.append(morning) }
    }

    private static func bounds(_ text: String) -> (opens: Int, closes: Int)? {
        let ends = text.split(omittingEmptySubsequences: false) { "-～－".contains($0) }.map(trimmed)
        guard ends.count == 2, let opens = second(ends[0]), let closes = second(ends[1]), opens < 86_400 else {
            return nil
        }
        return (opens, closes)
    }

    /// The second of the day that `09:00`, `9:00` or `24:00` names.
    private static func second(_ text: String) -> Int? {
        let parts = text.split(omittingEmptySubsequences: false) { ":：".contains($0) }
        let isDigits = parts.allSatisfy { part in
            (1...2).contains(part.utf8.count)
                && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard parts.count == 2, isDigits, parts[1].utf8.count == 2, let hour = Int(parts[0]),
            let minute = Int(parts[1]),
            minute < 60, hour * 60 + minute <= 24 * 60
        else { return nil }
        return (hour * 60 + minute) * 60
    }

    private static func hint(for text: String) -> Phrase {
        let plain = text.map { "–—~至到".contains($0) ? "-" : $0 == "：" ? ":" : $0 }
        let ends = String(plain).split(separator: "-").map { trimmed($0) }
        let times = ends.map { end in
            let time = Int(end) == nil ? end : "\(end):00"
            return time.utf8.count == 4 ? "0\(time)" : time
        }
        guard times.count == 2, let first = times.first, let last = times.last, second(first) != nil,
            second(last) != nil
        else { return hint }
        return FixPhrase.write.filled("\(first)-\(last)")
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
