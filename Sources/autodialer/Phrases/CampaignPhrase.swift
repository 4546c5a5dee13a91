import Wording

/// What stands against a campaign's files as they are.
enum CampaignPhrase: CaseIterable, PhraseTable {
    case absent, noFile, unreadableFile, largeFile, folderForFile, noCountry, noZone, inFile
    case mixedAccounts, noPrice, addPrice, noAccount, severalAccounts, sayWhich, unknownVendor
    case noRules, rulesAsk, realRunRefused, rehearsalGoesOn, farCallback

    var phrase: Phrase { ofFiles ?? ofAccounts ?? ofRules }

    private var ofFiles: Phrase? {
        switch self {
        case .absent:
            Phrase(
                "error: {1}: no such campaign; give its folder, for example campaigns/demo",
                "错误：{1}：没有这个活动；请给出其文件夹，例如 campaigns/demo")
        case .noFile: Phrase("error: {1}: the {2} does not exist", "错误：{1}：{2}不存在")
        case .unreadableFile:
            Phrase("error: {1}: the {2} cannot be read; check its permissions", "错误：{1}：{2}无法读取；请检查权限")
        case .largeFile: Phrase("error: {1}: the {2} is larger than {3} bytes", "错误：{1}：{2}超过 {3} 字节")
        case .folderForFile: Phrase("error: {1}: the {2} cannot be read; is it a folder?", "错误：{1}：{2}无法读取；是否为文件夹？")
        case .noCountry:
            Phrase(
                "{1}: error: leads.country: there is no country \"{2}\" (use an ISO code such as CN)",
                "{1}：错误：leads.country：没有国家“{2}”（请用 ISO 代码，如 CN）")
        case .noZone:
            Phrase(
                "{1}: error: {2}: there is no time zone \"{3}\" (use a name such as Asia/Shanghai)",
                "{1}：错误：{2}：没有时区“{3}”（请用 Asia/Shanghai 之类的名称）")
        case .inFile: Phrase("{1}: {2}", "{1}：{2}")
        default: nil
        }
    }

    private var ofAccounts: Phrase? {
        switch self {
        case .mixedAccounts:
            Phrase(
                "{1}: error: {2} is a real account and others of \"vendors\" are simulated, and a call must not be real or "
                    + "not by chance", "{1}：错误：{2} 是真实账号，而“vendors”中的其他账号是模拟的；呼叫的真假不能凭运气")
        case .noPrice:
            Phrase(
                "{1}: error: \"vendors.by\" is cost, and nobody says what calls through {2} cost",
                "{1}：错误：“vendors.by”为 cost，但没有写明经 {2} 呼叫的费用")
        case .addPrice:
            Phrase(
                "Add to the account in vendors.yaml: cost: { per_minute: 0.12 }",
                "请在 vendors.yaml 的该账号下加上：cost: { per_minute: 0.12 }")
        case .noAccount:
            Phrase("{1}: error: the campaign has no account \"{2}\" (it has: {3})", "{1}：错误：活动没有账号“{2}”（有：{3}）")
        case .severalAccounts:
            Phrase("{1}: error: the campaign calls through several accounts: {2}", "{1}：错误：活动使用多个账号：{2}")
        case .sayWhich: Phrase("Say which one is meant with --account NAME.", "请用 --account NAME 指明是哪一个。")
        case .unknownVendor:
            Phrase("{1}: error: unknown vendor \"{2}\" (known here: {3})", "{1}：错误：未知的供应商“{2}”（可用的有：{3}）")
        default: nil
        }
    }

    private var ofRules: Phrase {
        switch self {
        case .noRules:
            Phrase(
                "{1}: error: the campaign does not say whose rules it keeps, and nobody is called before it does "
                    + "(write hours: { rules: us }, uk, cn, none, or a file of your own)",
                "{1}：错误：活动没有写明遵守哪国规则，写明之前不会呼叫任何人（写 hours: { rules: us }、uk、cn、none，或自己的文件）")
        case .rulesAsk: Phrase("{1}: rules {2}: {3} ({4})", "{1}：规则 {2}：{3}（{4}）")
        case .realRunRefused: Phrase("warning: {1}; a run with a real account is refused", "警告：{1}；用真实账号运行会被拒绝")
        case .rehearsalGoesOn: Phrase("{1}; this is a rehearsal, and goes on", "{1}；这是演练，继续进行")
        default: Phrase("the call-back is more than a year ahead", "约定回访的时间在一年之后")
        }
    }
}

/// What a file is.
enum FileKindPhrase: CaseIterable, PhraseTable {
    case campaign, regions, vendors, rules, numbers, dispositions, timeZones

    var phrase: Phrase {
        switch self {
        case .campaign: Phrase("campaign file", "活动文件")
        case .regions: Phrase("file of regions", "地区文件")
        case .vendors: Phrase("vendor file", "供应商文件")
        case .rules: Phrase("file of rules", "规则文件")
        case .numbers: Phrase("file of numbers", "号码文件")
        case .dispositions: Phrase("file of dispositions", "处理结果文件")
        case .timeZones: Phrase("file of time zones", "时区文件")
        }
    }
}

/// Why a file with a secret in it is not read.
enum SecretPhrase: CaseIterable, PhraseTable {
    case absent, notText, notOrdinary, othersFile, readByOthers, run

    var phrase: Phrase {
        switch self {
        case .absent: Phrase("does not exist or cannot be read", "不存在或无法读取")
        case .notText: Phrase("cannot be read as text of up to {1} bytes", "无法作为不超过 {1} 字节的文字读取")
        case .notOrdinary: Phrase("is no ordinary file", "不是普通文件")
        case .othersFile: Phrase("belongs to another user", "属于其他用户")
        case .readByOthers: Phrase("may be read by others", "其他用户可以读取")
        case .run: Phrase("run: {1}", "请执行：{1}")
        }
    }
}
