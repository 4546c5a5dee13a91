import Wording

/// What is wrong with a setting of a campaign.
enum SettingPhrase: CaseIterable, PhraseTable {
    case onlyWithSkill, cpaForm, perhapsPerson, vendorChooses, noNumber, onlyWithPool, emptyNumbers, notANumber
    case sameColumn, country, noDigits, prefixDigits, onlyWithRandom, mixCount, abandonmentRange, onlyWithMode
    case needsRatio, needsRate, needsProject, onlySimulated, shortLongest, overMidnight, twoParts, overlap
    case severalAccounts, broadcastSeveral, pacedSeveral, numbersSeveral, noSimulator, nameTwice, manyAccounts
    case noShares, mustBeShares

    var phrase: Phrase { first ?? second }

    private var first: Phrase? {
        switch self {
        case .onlyWithSkill: Phrase("goes only with a skill", "只能与技能一起使用")
        case .cpaForm: Phrase("must be true, false, or what is done with whom", "必须是 true、false，或对各类应答的处理")
        case .perhapsPerson: Phrase("who cannot be told from a person may be one", "无法与真人区分的可能就是真人")
        case .vendorChooses: Phrase("cannot be given where the vendor chooses", "由供应商选择时不能给出")
        case .noNumber: Phrase("is local, and there is no number", "为 local，但没有号码")
        case .onlyWithPool: Phrase("goes only with a pool", "只能与号码池一起使用")
        case .emptyNumbers: Phrase("holds no number", "中没有号码")
        case .notANumber: Phrase("holds \"{1}\", which is no telephone number", "中的“{1}”不是电话号码")
        case .sameColumn: Phrase("names the same column as \"leads.columns.phone\"", "与“leads.columns.phone”是同一列")
        case .country: Phrase("must be a country's two letters, not \"{1}\"", "必须是两个字母的国家代码，不能是“{1}”")
        case .noDigits: Phrase("has no digits", "没有数字")
        case .prefixDigits: Phrase("must be at most ten digits, not \"{1}\"", "最多十位数字，不能是“{1}”")
        case .onlyWithRandom: Phrase("goes only with order.by random", "只能与 order.by random 一起使用")
        case .mixCount: Phrase("needs two lists at least, and {1} at most", "至少要有两份名单，最多 {1} 份")
        case .abandonmentRange: Phrase("must be above 0% and at most 20%", "必须大于 0% 且不超过 20%")
        case .onlyWithMode: Phrase("goes only with mode {1}, and the mode is {2}", "只能用于模式 {1}，而当前模式是 {2}")
        case .needsRatio: Phrase("power needs a ratio", "为 power，需要比例")
        case .needsRate: Phrase("broadcast needs a rate", "为 broadcast，需要速率")
        case .needsProject: Phrase("vendor_paced needs the vendor's project", "为 vendor_paced，需要供应商的外呼项目")
        case .onlySimulated: Phrase("goes only with a simulated vendor, and the vendor is {1}", "只能用于模拟供应商，而供应商是 {1}")
        case .shortLongest: Phrase("is shorter than the first wait", "短于第一次等待")
        case .overMidnight: Phrase("has a part that goes on after midnight", "中有跨过午夜的时段")
        case .twoParts: Phrase("needs two parts of the day at least", "至少要有两个时段")
        case .overlap: Phrase("has parts that overlap", "中有重叠的时段")
        case .severalAccounts: Phrase("must name several accounts", "必须写出多个账号")
        case .broadcastSeveral:
            Phrase(
                "is broadcast, whose rate is that of one account, and there are several",
                "为 broadcast，速率只属于一个账号，而这里有多个")
        default: nil
        }
    }

    private var second: Phrase {
        switch self {
        case .pacedSeveral:
            Phrase(
                "is vendor_paced, whose project is that of one account, and there are several",
                "为 vendor_paced，项目只属于一个账号，而这里有多个")
        case .numbersSeveral: Phrase("belong to one account each, and there are several", "只属于一个账号，而这里有多个")
        case .noSimulator: Phrase("names no simulator of this version", "不是本版本的模拟供应商")
        case .nameTwice: Phrase("names {1} a second time", "第二次写出 {1}")
        case .manyAccounts: Phrase("names more than {1} accounts", "超过 {1} 个账号")
        case .noShares: Phrase("does not say each account's share", "没有写明各账号的比例")
        default: Phrase("must be shares where accounts have shares", "在账号有比例时必须是 shares")
        }
    }
}
