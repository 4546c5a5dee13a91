import Wording

/// What `audit` finds, and does.
enum AuditPhrase: CaseIterable, PhraseTable {
    case noEntries, whole, forgotten, pruned, nothingRemoved
    case found, entry, entryAt, entryAfter, ofAttempt, anAttempt
    case changed, missing, inserted, cut, unknownDigest, dialUnlogged, dialLost, dialChanged

    var phrase: Phrase { reports ?? faults }

    private var reports: Phrase? {
        switch self {
        case .noEntries: Phrase("no entries", "没有条目")
        case .whole:
            Phrase(
                "{1} entries from {2} to {3}, {4} dials{5}, last entry {6} with digest {7}",
                "共 {1} 条，从 {2} 到 {3}，呼叫 {4} 次{5}，末条 {6}，摘要 {7}")
        case .forgotten: Phrase(" ({1} of people who were forgotten)", "（其中 {1} 次的客户信息已删除）")
        case .pruned: Phrase("{1} entries removed", "已移除 {1} 条")
        case .nothingRemoved: Phrase("Nothing was removed.", "未移除任何条目。")
        case .found: Phrase("{1}: {2}", "{1}：{2}")
        case .entry: Phrase("entry {1}", "条目 {1}")
        case .entryAt: Phrase("entry {1} ({2}, {3})", "条目 {1}（{2}，{3}）")
        case .entryAfter: Phrase("entry {1} (before: {2}, {3})", "条目 {1}（之前：{2}，{3}）")
        case .ofAttempt: Phrase("attempt {1}", "呼叫 {1}")
        case .anAttempt: Phrase("an attempt", "某次呼叫")
        default: nil
        }
    }

    private var faults: Phrase {
        switch self {
        case .changed: Phrase("it, or what was before it, is not what was written", "该条或其前一条已不是当初写入的内容")
        case .missing: Phrase("it is gone, and later entries are there", "该条已丢失，而其后的条目仍在")
        case .inserted:
            Phrase(
                "it is older than the entries that were pruned, and was put there afterwards",
                "该条早于已清理的条目，是事后加入的")
        case .cut: Phrase("it is gone, with whatever came after it", "该条及其后的条目均已丢失")
        case .unknownDigest:
            Phrase(
                "no entry before it has the digest that was expected: the end of the log is another one",
                "之前没有条目具有所给的摘要：日志末尾已被替换")
        case .dialUnlogged:
            Phrase("{1} is in the database, and no entry before this one tells of it", "{1}在数据库中，但此前没有条目记载")
        case .dialLost: Phrase("it tells of {1}, which is not in the database", "该条记载了{1}，但数据库中没有")
        default:
            Phrase(
                "{1} is not the dial that was logged: its lead, number, time, account or number shown",
                "{1}与记载不符：线索、号码、时间、账号或主叫号码有变动")
        }
    }
}
