package import Wording

/// What the mail at the end of a run says.
package enum MailPhrase: String, PhraseTable, Hashable {
    case nothingPlaced, placed
    case everyLeadFinished, nothingDue, numbersBusy, noCallerID, accountFull, deadline, attemptLimit, stopped
    case vendorUnavailable, vendorRefused
    case run, attempts, leads, leadFigures, nextDue, remarks

    package var phrase: Phrase {
        switch self {
        case .nothingPlaced: Phrase("{1}: no call ended; {2}", "{1}：没有结束的呼叫；{2}")
        case .placed: Phrase("{1}: {2} calls, {3} connected; {4}", "{1}：呼叫 {2} 次，接通 {3} 次；{4}")
        case .everyLeadFinished: Phrase("every lead is finished", "名单已全部完成")
        case .nothingDue: Phrase("nothing is due before {1}", "{1} 之前没有待拨号码")
        case .numbersBusy:
            Phrase("the numbers that are due have an open attempt in another campaign", "待拨号码正被另一任务呼叫")
        case .noCallerID: Phrase("no number may be shown before {1}: {2}", "{1} 之前没有可用的主叫号码：{2}")
        case .accountFull: Phrase("no call may be placed before {1}: {2}", "{1} 之前不能发起呼叫：{2}")
        case .deadline: Phrase("the time for this run is up", "本次运行时间已到")
        case .attemptLimit: Phrase("this run has made as many attempts as it may", "已达到本次运行的呼叫次数上限")
        case .stopped: Phrase("stopped by the operator", "已由操作员停止")
        case .vendorUnavailable: Phrase("the vendor cannot be reached", "无法连接厂商")
        case .vendorRefused: Phrase("the vendor refuses the campaign's calls: {1}", "厂商拒绝了该任务的呼叫：{1}")
        case .run: Phrase("Run       {1} to {2}, {3}", "运行时间  {1} 至 {2}，共 {3}")
        case .attempts: Phrase("Calls     {1}", "呼叫结果  {1}")
        case .leads: Phrase("Leads     {1}", "名单      {1}")
        case .leadFigures:
            Phrase("{1} in all, {2} finished, {3} due now, {4} waiting", "共 {1} 条，已完成 {2} 条，待拨 {3} 条，等待 {4} 条")
        case .nextDue: Phrase("Next due  {1}", "下次待拨  {1}")
        case .remarks: Phrase("What went wrong", "异常情况")
        }
    }
}
