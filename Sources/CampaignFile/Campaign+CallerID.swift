import DialModel
import Wording

extension Campaign {
    /// Who is to choose the number.
    private enum Source: String, CaseIterable {
        case local, vendor
    }

    /// The keys that say how one of a pool is chosen.
    private static let ruleKeys = ["region", "strategy", "hold_for_local", "avoid_repeat"]

    /// Reads which numbers are shown; what contradicts itself is reported and left to the vendor.
    static func readCallerID(_ section: Section) -> CallerIDSettings {
        let shape = "caller_id: { pool: main }"
        let keys = ["source", "pool", "numbers"] + ruleKeys
        guard let callerID = section.section("caller_id", keys: keys, shape: shape) else { return CallerIDSettings() }
        let source = callerID["source"]?.word(Source.self)
        let pool = callerID["pool"]?.text()
        let numbers = callerID["numbers"].flatMap(readNumbers)
        let rules = readRules(callerID)
        complain(of: callerID, source: source)
        if source == .vendor { return CallerIDSettings() }
        if let pool { return CallerIDSettings(.pool(pool, rules)) }
        return CallerIDSettings(numbers.map { .numbers($0) } ?? .vendor)
    }

    /// Reports keys that cannot stand together, and those without which others mean nothing.
    private static func complain(of callerID: Section, source: Source?) {
        let pool = callerID["pool"]
        let numbers = callerID["numbers"]
        if source == .vendor {
            for field in [pool, numbers].compactMap({ $0 }) {
                let _: String? = field.reject(
                    SettingPhrase.vendorChooses.phrase, hint: FixPhrase.removeOrLocal.phrase)
            }
        } else if pool != nil, let numbers {
            let _: String? = numbers.reject(
                FormPhrase.beside.filled("caller_id.pool"), hint: FixPhrase.removeOne.phrase)
        } else if source == .local, pool == nil, numbers == nil {
            let _: String? = callerID["source"]?.reject(SettingPhrase.noNumber.phrase, hint: FixPhrase.addPool.phrase)
        }
        guard pool == nil else { return }
        for key in ruleKeys {
            let _: String? = callerID[key]?.reject(
                SettingPhrase.onlyWithPool.phrase, hint: FixPhrase.removeOrPool.phrase)
        }
    }

    /// Reads the rules of a pool on top of the standard ones.
    private static func readRules(_ callerID: Section) -> CallerIDRules {
        var rules = CallerIDRules()
        rules.regionMode = callerID["region"]?.word(RegionMode.self) ?? rules.regionMode
        rules.strategy = callerID["strategy"]?.word(CallerIDStrategy.self) ?? rules.strategy
        rules.holdForLocal =
            callerID["hold_for_local"]?.duration(in: .zero...(.seconds(86_400))) ?? rules.holdForLocal
        rules.avoidRepeatCaller = callerID["avoid_repeat"]?.flag() ?? rules.avoidRepeatCaller
        return rules
    }

    private static func readNumbers(_ field: Field) -> [String]? {
        guard let numbers = field.texts(hint: FixPhrase.write.filled("caller_id: { numbers: [\"02161234567\"] }"))
        else { return nil }
        guard !numbers.isEmpty else {
            return field.reject(SettingPhrase.emptyNumbers.phrase, hint: FixPhrase.removeForVendor.phrase)
        }
        var seen: Set<String> = []
        for number in numbers {
            if !NumberText.isNumber(number) {
                let _: String? = field.reject(SettingPhrase.notANumber.filled(number))
            } else if !seen.insert(number).inserted {
                let _: String? = field.reject(FormPhrase.twice.filled(number))
            }
        }
        return numbers
    }
}
