import Wording

/// What somebody should look at, by the word of `watch --json`, besides what holds dialling back.
enum AlertPhrase: String, CaseIterable, PhraseTable {
    case abandonmentOver = "abandonment_over"
    case abandonmentNear = "abandonment_near"
    case listMissing = "list_missing"
    case listOutdated = "list_outdated"
    case diskNearlyFull = "disk_nearly_full"
    case noProgress = "no_progress"
    case accountLeftAlone = "account_left_alone"
    case numbersQuarantined = "numbers_quarantined"
    case agentsSetAside = "agents_set_aside"

    var phrase: Phrase {
        switch self {
        case .abandonmentOver:
            Phrase("the limit is reached: {1} % abandoned, {2} % allowed", "呼损率已达上限：{1} %，上限 {2} %")
        case .abandonmentNear:
            Phrase("near the limit: {1} % abandoned, {2} % allowed", "呼损率接近上限：{1} %，上限 {2} %")
        case .listMissing:
            Phrase("the do-not-call list {1} is not there; import it", "缺少禁呼名单 {1}，请导入")
        case .listOutdated:
            Phrase("the do-not-call list {1} is too old; import it anew", "禁呼名单 {1} 已过期，请重新导入")
        case .diskNearlyFull:
            Phrase("the disk of the database is nearly full: {1} left", "数据库所在磁盘将满：剩余 {1}")
        case .noProgress:
            Phrase("leads are due, and none was dialled for {1} minutes; see why", "有可拨线索，但已 {1} 分钟没有外呼；请用 why 查看")
        case .accountLeftAlone: Phrase("the account {1} is left alone until {2}", "账号 {1} 在 {2} 前不使用")
        case .numbersQuarantined:
            Phrase("{1} numbers are quarantined; see caller-ids health", "{1} 个主叫号码被隔离；见 caller-ids health")
        case .agentsSetAside:
            Phrase("{1} agents did not take calls and are set aside", "{1} 位坐席未接来话，暂不派话")
        }
    }

    /// Whether it breaks a rule or stops calls, and is not only worth knowing.
    var isUrgent: Bool {
        switch self {
        case .abandonmentOver, .listMissing, .listOutdated, .diskNearlyFull, .noProgress: true
        case .abandonmentNear, .accountLeftAlone, .numbersQuarantined, .agentsSetAside: false
        }
    }
}
