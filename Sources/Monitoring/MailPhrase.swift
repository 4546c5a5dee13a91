package import Wording

/// What the mail at the end of a run says.
package enum MailPhrase: String, PhraseTable, Hashable {
    case nothingPlaced, placed
    case run, attempts, leads, leadFigures, through, onHold, nextDue, remarks

    package var phrase: Phrase {
        switch self {
        case .nothingPlaced: Phrase("{1}: no call ended; {2}", "{1}：没有结束的呼叫；{2}")
        case .placed: Phrase("{1}: {2} calls, {3} connected; {4}", "{1}：呼叫 {2} 次，接通 {3} 次；{4}")
        case .run: Phrase("Run       {1} to {2}, {3}", "运行时间  {1} 至 {2}，共 {3}")
        case .attempts: Phrase("Calls     {1}", "呼叫结果  {1}")
        case .leads: Phrase("Leads     {1}", "线索      {1}")
        case .leadFigures:
            Phrase("{1} in all, {2} finished, {3} due now, {4} waiting", "共 {1} 条，已完成 {2} 条，待拨 {3} 条，等待 {4} 条")
        case .through: Phrase("Through   {1}", "账号      {1}")
        case .onHold: Phrase("On hold   {1}", "暂缓      {1}")
        case .nextDue: Phrase("Next due  {1}", "下次待拨  {1}")
        case .remarks: Phrase("What went wrong", "异常情况")
        }
    }
}
