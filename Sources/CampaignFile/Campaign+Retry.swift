import DialModel
import Wording

extension Campaign {
    /// Reads the rules of a retry section on top of the standard ones, and the parts of the day.
    static func readRetry(_ section: Section) -> (policy: RetryPolicy, dayParts: [HourSpan]) {
        var policy = RetryPolicy.standard
        // A callee who was reached is never called again.
        let outcomes = CallOutcome.allCases.filter { $0 != .connected }
        let shape = "retry: { busy: { after: 15m, attempts: 3 } }"
        let keys = outcomes.map(\.rawValue) + ["day_parts"]
        guard let retry = section.section("retry", keys: keys, shape: shape) else { return (policy, []) }
        for outcome in outcomes {
            guard let field = retry[outcome.rawValue] else { continue }
            if field.word == "never" {
                policy[outcome] = nil
            } else {
                policy[outcome] = readRule(field, in: retry, standard: policy[outcome])
            }
        }
        return (policy, retry["day_parts"].flatMap(readDayParts) ?? [])
    }

    /// Reads one rule; what it leaves out is as in the standard rule for the outcome, if there is one.
    private static func readRule(_ field: Field, in retry: Section, standard: RetryRule?) -> RetryRule? {
        let shape = "\(field.key): { after: 15m, attempts: 3 }, or \(field.key): never"
        let keys = ["after", "attempts", "backoff", "longest"]
        guard let rule = retry.section(field.key, keys: keys, shape: shape) else { return nil }
        let waits = RetryRule.shortestWait...RetryRule.longestWait
        let after = standard == nil ? rule.required("after") : rule["after"]
        let attempts = standard == nil ? rule.required("attempts") : rule["attempts"]
        let wait = after?.duration(in: waits) ?? standard?.after
        let count = attempts?.integer(in: 1...100) ?? standard?.attempts
        let backoff = rule["backoff"]?.number(in: 1...10) ?? standard?.backoff ?? 1
        let longest = rule["longest"]?.duration(in: waits) ?? standard?.longest ?? RetryRule.longestWait
        guard let wait, let count else { return nil }
        guard wait <= longest else {
            return rule["longest"]?.reject(
                SettingPhrase.shortLongest.phrase, hint: FixPhrase.write.filled(DurationText.shown(wait)))
        }
        return RetryRule(after: wait, attempts: count, backoff: backoff, longest: longest)
    }

    /// Reads the parts of the day, of which there are two at least and none over midnight.
    private static func readDayParts(_ field: Field) -> [HourSpan]? {
        let hint = FixPhrase.write.filled("09:00-12:00, 12:00-17:00, 17:00-20:00")
        guard let spans = SpanText.read(field) else { return nil }
        guard spans.next.isEmpty else { return field.reject(SettingPhrase.overMidnight.phrase, hint: hint) }
        let parts = spans.own.sorted { $0.opens < $1.opens }
        guard parts.count > 1 else { return field.reject(SettingPhrase.twoParts.phrase, hint: hint) }
        guard zip(parts, parts.dropFirst()).allSatisfy({ $0.closes <= $1.opens }) else {
            return field.reject(SettingPhrase.overlap.phrase, hint: hint)
        }
        return parts
    }
}
