import DialModel
import Wording

extension Campaign {
    private static let modes = ["progressive", "power", "predictive", "broadcast", "vendor_paced"]

    /// Reads how many callees may be abandoned; rate and project go to the mode.
    static func readPacing(_ section: Section) -> (limit: Double?, rate: Field?, project: Field?) {
        let keys = ["max_abandonment", "calls_per_minute", "project"]
        guard let pacing = section.section("pacing", keys: keys, shape: "pacing: { max_abandonment: 3% }") else {
            return (nil, nil, nil)
        }
        return (pacing["max_abandonment"].flatMap(readLimit), pacing["calls_per_minute"], pacing["project"])
    }

    private static func readLimit(_ field: Field) -> Double? {
        guard let share = field.share() else { return nil }
        guard share > 0, share <= 0.2 else {
            return field.reject(
                SettingPhrase.abandonmentRange.phrase, hint: FixPhrase.abandonNobody.phrase)
        }
        return share
    }

    /// Reads the mode, with the ratio, the rate or the project that one mode needs and no other may have.
    static func readMode(_ section: Section, ratio: Field?, rate: Field?, project: Field?) -> DialingMode? {
        let lines = ratio?.number(in: 1...5)
        let calls = rate?.number(in: 1...6000)
        let id = project?.integer(in: 1...Int(Int32.max))
        guard let field = section.required("mode"), let text = field.text() else { return nil }
        guard modes.contains(text) else {
            return field.reject(FormPhrase.unfit.filled(text), hint: Suggestion.hint(for: text, among: modes))
        }
        let isFit = [("power", ratio), ("broadcast", rate), ("vendor_paced", project)].allSatisfy { mode, extra in
            guard let extra, mode != text else { return true }
            let _: Double? = extra.reject(SettingPhrase.onlyWithMode.filled(mode, text))
            return false
        }
        guard isFit else { return nil }
        switch text {
        case "power":
            if let lines { return .power(ratio: lines) }
            // A ratio that is there and wrong has been reported, and so has a rate.
            return ratio == nil
                ? field.reject(SettingPhrase.needsRatio.phrase, hint: FixPhrase.write.filled("dial: { ratio: 1.5 }"))
                : nil
        case "broadcast":
            if let calls { return .broadcast(callsPerMinute: calls) }
            let hint = FixPhrase.write.filled("pacing: { calls_per_minute: 60 }")
            return rate == nil ? field.reject(SettingPhrase.needsRate.phrase, hint: hint) : nil
        case "vendor_paced":
            if let id { return .vendorPaced(project: id) }
            let hint = FixPhrase.project.phrase
            return project == nil ? field.reject(SettingPhrase.needsProject.phrase, hint: hint) : nil
        case "predictive": return .predictive
        default: return .progressive
        }
    }
}
