import Wording

/// The columns of the tables of agents and calls, and what is said around an answer of a run.
enum SupervisorPhrase: CaseIterable, PhraseTable {
    case agent, state, since, call, number, missed, shown, leaving, done, unreadable, noDoor

    var phrase: Phrase {
        switch self {
        case .agent: Phrase("AGENT", "坐席")
        case .state: Phrase("STATE", "状态")
        case .since: Phrase("FOR", "时长")
        case .call: Phrase("CALL", "呼叫")
        case .number: Phrase("NUMBER", "号码")
        case .missed: Phrase("MISSED", "未接")
        case .shown: Phrase("SHOWN", "主叫号码")
        case .leaving: Phrase(", leaving after it", "，本通后离开")
        case .done: Phrase("{1}: {2}", "{1}：{2}")
        case .noDoor:
            Phrase(
                "warning: {1}: no other shell can act on this run, or see its agents and calls: {2}",
                "警告：{1}：无法从其他终端操作本次运行，也看不到其坐席和通话：{2}")
        case .unreadable:
            Phrase(
                "error: the run's answer cannot be read; is it of another version?",
                "错误：无法读取运行的应答；是否为其他版本？")
        }
    }
}
