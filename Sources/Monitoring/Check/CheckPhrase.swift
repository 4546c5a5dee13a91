package import Wording

/// What `status --check` says.
package enum CheckPhrase: String, PhraseTable, Hashable {
    case figures, runs, noRun, silent, lastEnding
    case stalled, errors, abandonment, listOld, listMissing, disk, audit, vendorDown
    case draining, paused, noAgents, nobodyFree, nothingDue, noCapacity
    case unreadable

    package var phrase: Phrase {
        switch self {
        case .figures: Phrase("{1} leads, {2} due, {3} finished, {4} open", "{1} 条线索，{2} 条待拨，{3} 条已完成，{4} 个通话未结束")
        case .runs: Phrase("a run is going on with {1} agents", "正在外呼，坐席 {1} 人")
        case .noRun: Phrase("no run is going on", "当前没有外呼在运行")
        case .silent: Phrase("a run is going on and does not answer", "活动正在运行，但没有响应")
        case .lastEnding: Phrase("the last one ended: {1}", "上一次运行结束：{1}")
        case .stalled:
            Phrase("nothing has gone on for {1} although calls could be placed", "本可外呼，却已 {1} 没有任何进展")
        case .errors:
            Phrase("{1} % of the last {2} attempts failed at vendor or network", "最近 {2} 次呼叫中有 {1}% 因供应商或网络失败")
        case .abandonment:
            Phrase("{1} % of {2} answered calls abandoned, the limit is {3} %", "{2} 个接通中呼损率为 {1}%，上限为 {3}%")
        case .listOld:
            Phrase("do-not-call list {1} is {2} old, {3} at most", "禁呼名单 {1} 已有 {2} 未更新，最长允许 {3}")
        case .listMissing: Phrase("do-not-call list {1} is missing or of no known date", "禁呼名单 {1} 不存在，或日期不明")
        case .disk: Phrase("{1} left for the database", "数据库所在磁盘仅剩 {1}")
        case .audit: Phrase("the audit log is not sound: {1}", "审计日志不完整：{1}")
        case .vendorDown: Phrase("the vendor cannot be reached", "无法连接供应商")
        case .draining: Phrase("the run is ending", "正在收尾，不再发起新呼叫")
        case .paused: Phrase("paused by {1}", "已由 {1} 暂停")
        case .noAgents: Phrase("nobody is signed in", "没有坐席签入")
        case .nobodyFree: Phrase("no agent is free", "没有空闲坐席")
        case .nothingDue: Phrase("nobody may be called at the moment", "当前没有可拨打的号码")
        case .noCapacity: Phrase("no number or no line is free for a while", "暂时没有可用的主叫号码或线路")
        case .unreadable: Phrase("the campaign cannot be looked at: {1}", "无法查看该活动：{1}")
        }
    }
}

extension CheckFacts.Hold {
    /// The hold in words.
    var words: Words<CheckPhrase> {
        switch self {
        case .draining: Words(.draining)
        case .paused(let name): Words(.paused, name)
        case .noAgents: Words(.noAgents)
        case .nobodyFree: Words(.nobodyFree)
        case .nothingDue: Words(.nothingDue)
        case .noCapacity: Words(.noCapacity)
        }
    }
}
