import Wording

/// The words of `status` and of the end of a run.
enum SummaryPhrase: CaseIterable, PhraseTable {
    case leads, finishedLabel, attempts, through, onHold, nextDue
    case finished, due, waiting, inCall, inReserve, open, carried, carriedAndEnded, lastRun, lastEnded, goesOn,
        dueBecause, askedAgain, untilChanged, zoneUnknown, rehearsalWaits

    var phrase: Phrase {
        switch self {
        case .leads: Phrase("leads", "线索")
        case .finishedLabel: Phrase("finished", "完成")
        case .attempts: Phrase("attempts", "呼叫")
        case .through: Phrase("through", "账号")
        case .onHold: Phrase("on hold", "暂缓")
        case .nextDue: Phrase("next due", "下次可拨")
        case .finished: Phrase("{1} finished", "完成 {1}")
        case .due: Phrase("{1} due now", "可拨 {1}")
        case .waiting: Phrase("{1} waiting", "等待 {1}")
        case .inCall: Phrase("{1} in a call", "呼叫中 {1}")
        case .inReserve: Phrase("{1} in reserve", "备用 {1}")
        case .open: Phrase("{1} open", "未了结 {1}")
        case .carried: Phrase("{1}: {2} attempts", "{1}：呼叫 {2} 次")
        case .carriedAndEnded: Phrase("{1}; {2}", "{1}；{2}")
        case .lastRun: Phrase("last run", "上次运行")
        case .lastEnded: Phrase("ended {1}: {2}", "{1} 结束：{2}")
        case .goesOn: Phrase("began {1}, and has not ended", "{1} 开始，尚未结束")
        case .dueBecause: Phrase("{1}; until then: {2}", "{1}；此前：{2}")
        case .askedAgain:
            Phrase("not by itself; asked about again {1}: {2}", "不会自行解除，{1} 再次检查：{2}")
        case .rehearsalWaits:
            Phrase(
                "A rehearsal keeps the hours of the campaign, too. Leave \"hours\" out while you rehearse, or see what comes of "
                    + "them with: autodialer forecast", "演练同样遵守活动的可呼时段。演练期间可先去掉 hours，或用 autodialer forecast 预测。")
        case .zoneUnknown:
            Phrase(
                "unknown time zone (write hours: { zone: ... }, or a column of zones)",
                "时区未知（请写明 hours: { zone: ... }，或在名单中加时区列）")
        case .untilChanged: Phrase("{1} wait until something is changed: {2}", "{1} 条需作调整后才可拨：{2}")
        }
    }
}
