import Wording

/// One period beside an earlier one.
enum ComparePhrase: PhraseTable, Equatable {
    case title, before, campaign, chart, about, figure, now, then, difference, reached, reachedShare, calls
    case callsPerLead, answerRate, meanTalk, abandonment, occupancy, perHour, hours, delta, outcomeTable

    var phrase: Phrase {
        switch self {
        case .title: Phrase("Compared with {1}", "与{1}对比")
        case .before: Phrase("the time before, {1} to {2}", "上一时段（{1} 至 {2}）")
        case .campaign: Phrase("the campaign “{1}”", "活动“{1}”")
        case .chart: Phrase("Answer rate by hour of the day, now and then", "各时段真人应答率，本期与对比期")
        case .about:
            Phrase("Pairs of bars for each hour in which both dialled at least 10 times.", "双方拨出均不少于 10 通的时段，每时段一对。")
        case .figure: Phrase("figure", "指标")
        case .now: Phrase("now", "本期")
        case .then: Phrase("then", "对比期")
        case .difference: Phrase("difference", "差异")
        case .reached: Phrase("leads reached", "接通线索")
        case .reachedShare: Phrase("reached of leads tried", "线索接通率")
        case .calls: Phrase("calls", "呼叫次数")
        case .callsPerLead: Phrase("calls for each lead", "每条线索呼叫次数")
        case .answerRate: Phrase("answer rate", "真人应答率")
        case .meanTalk: Phrase("mean conversation", "平均通话时长")
        case .abandonment: Phrase("abandonment", "呼损率")
        case .occupancy: Phrase("agents talking", "坐席通话占比")
        case .perHour: Phrase("conversations per hour of dialling", "外呼每小时接通数")
        case .hours: Phrase("hour", "时段")
        case .delta: Phrase("{1} against {2}", "较对比期 {2}：{1}")
        case .outcomeTable: Phrase("Outcomes, now and then", "呼叫结果，本期与对比期")
        }
    }
}
