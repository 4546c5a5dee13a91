import DialModel
import Wording

/// How much an account may carry, and what it costs.
extension VendorValues {
    private static let ratesHint = FixPhrase.write.filled("calls: 60 per 1m, or calls: [60 per 1m, 5000 per 24h]")
    private static let spans: ClosedRange<Duration> = .seconds(1)...(.seconds(31 * 86_400))

    /// Reads one limit of attempts, or a list of them, all of which apply.
    func readRates(_ field: Field) -> [AccountLimits.Rate] {
        let texts =
            field.word == nil ? field.texts(hint: Self.ratesHint) : field.text(hint: Self.ratesHint).map { [$0] }
        guard let texts else { return [] }
        if texts.isEmpty {
            let _: String? = field.reject(RulesPhrase.noLimit.phrase, hint: Self.ratesHint)
        }
        return texts.compactMap { text in
            let words = text.split(separator: " ").map(String.init)
            guard words.count == 3, words[1] == "per", let count = Int(words[0]), (1...10_000_000).contains(count),
                let span = DurationText.parse(words[2]), Self.spans.contains(span)
            else { return field.reject(AccountPhrase.notARate.filled(text), hint: Self.ratesHint) }
            return AccountLimits.Rate(count, per: span)
        }
    }

    /// Reads what calls cost.
    func readPrice(_ section: Section) -> CallPrice? {
        let shape = "cost: { per_minute: 0.12, per_call: 0.02 }"
        guard let cost = section.section("cost", keys: ["per_minute", "per_call"], shape: shape) else { return nil }
        if cost["per_minute"] == nil, cost["per_call"] == nil {
            cost.findings.error(
                FormPhrase.saysNothing.filled(cost.path), line: cost.line, hint: FixPhrase.write.filled(shape))
        }
        return CallPrice(
            perCall: cost["per_call"]?.number(in: 0...1_000_000) ?? 0,
            perMinute: cost["per_minute"]?.number(in: 0...1_000_000) ?? 0)
    }
}
