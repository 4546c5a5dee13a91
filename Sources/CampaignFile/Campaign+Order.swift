import DialModel
import Wording

extension Campaign {
    /// Reads in which order leads are dialled.
    static func readOrder(_ section: Section) -> LeadOrder {
        var order = LeadOrder()
        let shape = "order: { by: listed, retries: first }"
        guard let settings = section.section("order", keys: ["by", "seed", "retries", "mix"], shape: shape) else {
            return order
        }
        order.sequence = readSequence(settings)
        order.retries = settings["retries"]?.word(LeadOrder.Retries.self) ?? order.retries
        order.shares = settings["mix"].flatMap(readShares) ?? []
        return order
    }

    private static func readSequence(_ settings: Section) -> LeadOrder.Sequence {
        let seed = settings["seed"]?.integer(in: 0...Int(UInt32.max))
        let word = settings["by"]?.text()
        if let field = settings["seed"], word != "random" {
            let _: String? = field.reject(SettingPhrase.onlyWithRandom.phrase)
        }
        switch word {
        case nil, "listed": return .listed
        case "newest": return .newest
        case "random": return .drawn(seed: UInt32(clamping: seed ?? 1))
        case let text?:
            let hint = Suggestion.hint(for: text, among: ["listed", "newest", "random"])
            let _: String? = settings["by"]?.reject(FormPhrase.unfit.filled(text), hint: hint)
            return .listed
        }
    }

    /// Reads the shares of lists, in the order of the file.
    private static func readShares(_ field: Field) -> [LeadOrder.Share]? {
        let shape = "mix: { gold.csv: 70%, silver.csv: 30% }"
        let hint = FixPhrase.write.filled(shape)
        guard let mix = Section(names: field.node, path: field.name, shape: shape, findings: field.findings) else {
            return nil
        }
        let shares = mix.fields.compactMap { field -> LeadOrder.Share? in
            guard let share = field.share() else { return nil }
            let percent = Int((share * 100).rounded())
            guard Double(percent) / 100 == share, percent > 0 else {
                return field.reject(FormPhrase.wholePercentage.phrase, hint: hint)
            }
            return LeadOrder.Share(list: field.key, percent: percent)
        }
        guard shares.count == mix.fields.count else { return nil }
        guard (2...LeadOrder.shareLimit).contains(shares.count) else {
            return field.reject(SettingPhrase.mixCount.filled(LeadOrder.shareLimit), hint: hint)
        }
        let sum = shares.reduce(0) { $0 + $1.percent }
        return sum == 100 ? shares : field.reject(FormPhrase.sum.filled(sum), hint: hint)
    }
}
