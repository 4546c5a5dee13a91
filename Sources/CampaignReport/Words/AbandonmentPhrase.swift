import Wording

/// The lines of regulators.
enum LinePhrase: PhraseTable, Equatable {
    case title, measure, own, ownNone, ownLimit, chart, about, aboutOther, lineUS, lineUK, lineOther, isOwn, source
    case noneAnswered, estimate

    var phrase: Phrase {
        switch self {
        case .title: Phrase("Abandonment against each regulator's line", "呼损率与监管红线")
        case .measure:
            Phrase(
                "Of {1} calls that a person answered, {2} had no agent within {3}: {4}.",
                "真人应答 {1} 通，其中 {2} 通未能在 {3}内接入坐席：呼损率 {4}。")
        case .own: Phrase("This campaign keeps to the rules “{1}”.", "本活动遵循规则“{1}”。")
        case .ownNone:
            Phrase(
                "The rules “{1}”, which this campaign keeps to, set no line for abandoned calls; below is what other regulators "
                    + "would count.", "本活动遵循的规则“{1}”未规定呼损率上限；以下按其他监管机构的口径统计，供参考。")
        case .ownLimit: Phrase("The campaign's own limit is {1}.", "本活动自设上限 {1}。")
        case .chart: Phrase("Abandonment by window, rules “{1}”", "各统计区间的呼损率，规则“{1}”")
        case .about:
            Phrase(
                "Bars for each window of the rules, with a line at the limit of {1}. {2} of {3} windows are above it.",
                "每个统计区间一条，竖线为上限 {1}。{3} 个区间中有 {2} 个超限。")
        case .aboutOther:
            Phrase(
                "Bars for each window of the rules, with a line at the limit of {1}, to which nobody keeps this campaign.",
                "每个统计区间一条，竖线为上限 {1}；本活动不受其约束。")
        case .lineUS: Phrase("United States", "美国")
        case .lineUK: Phrase("United Kingdom", "英国")
        case .lineOther: Phrase("Rules “{1}”", "规则“{1}”")
        case .isOwn: Phrase("{1}: the rules of this campaign", "{1}：本活动适用")
        case .source: Phrase("{1} of answered calls. Source: {2}", "真人应答呼叫的 {1}。依据：{2}")
        case .noneAnswered: Phrase("Nobody answered in any window.", "各统计区间均无真人应答。")
        case .estimate:
            Phrase(
                "In the United Kingdom no rate is safe since March 2017: 3 % is a ceiling, and at most 1 % the thing to aim for.",
                "英国自 2017 年 3 月起不再有安全线：3% 为上限，应力争不超过 1%。")
        }
    }
}

/// Windows and calls.
enum AbandonmentPhrase: PhraseTable, Equatable {
    case window, windowSpan, live, abandoned, rate, limit, verdict, within, exceeded, within1, exceeded1
    case moreWindows, calls, callsNone, callsShown, attempt, at, number, waited, heard, message, agent, nothingKnown

    var phrase: Phrase {
        switch self {
        case .window: Phrase("window", "统计区间")
        case .windowSpan: Phrase("{1} to {2}", "{1} 至 {2}")
        case .live: Phrase("answered", "真人应答")
        case .abandoned: Phrase("abandoned", "呼损")
        case .rate: Phrase("rate", "呼损率")
        case .limit: Phrase("limit", "上限")
        case .verdict: Phrase("verdict", "结论")
        case .within: Phrase("within", "未超限")
        case .exceeded: Phrase("above the limit", "超限")
        case .within1: Phrase("No window is above the line; {1} measured.", "共 {1} 个区间，均未超限。")
        case .exceeded1: Phrase("{1} of {2} windows above the line.", "{2} 个区间中有 {1} 个超限。")
        case .moreWindows: Phrase("The latest {1} of {2} windows are shown.", "仅列出最近 {1} 个区间，共 {2} 个。")
        case .calls: Phrase("The abandoned calls", "呼损明细")
        case .callsNone: Phrase("No call was abandoned.", "没有呼损。")
        case .callsShown:
            Phrase(
                "The latest {1} of {2} are shown; export abandonment has them all.",
                "仅列出最近 {1} 通，共 {2} 通；全部明细见 export abandonment。")
        case .attempt: Phrase("attempt", "呼叫编号")
        case .at: Phrase("answered at", "应答时间")
        case .number: Phrase("number", "被叫号码")
        case .waited: Phrase("waited", "等待")
        case .heard: Phrase("what the callee heard", "被叫听到")
        case .message: Phrase("the message", "提示语音")
        case .agent: Phrase("an agent, too late", "坐席（超时）")
        case .nothingKnown: Phrase("nothing that the vendor tells of", "供应商未告知")
        }
    }
}
