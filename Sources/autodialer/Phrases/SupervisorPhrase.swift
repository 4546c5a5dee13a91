import Wording

/// The columns of the tables of agents and calls.
enum SupervisorPhrase: CaseIterable, PhraseTable {
    case agent, state, since, call, number, missed, shown, leaving

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
        }
    }
}
