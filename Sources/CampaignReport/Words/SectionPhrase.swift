import Wording

/// What was dialled when, and what came of it.
enum TimePhrase: PhraseTable, Equatable {
    case title, busiest, chart, about, slot, outcomes, outcomesChart, outcomesAbout, outcome, spells, spell, from
    case until, moreSpells, weekly, daily, hourly, quarterly, rates, ratesChart, ratesAbout, ratesBest, ratesAlike
    case weekday, run, few, key, cell

    var phrase: Phrase {
        switch self {
        case .title: Phrase("What was dialled when", "外呼时间分布")
        case .busiest: Phrase("Most calls in one {1}: {2}, at {3}.", "单{1}呼叫最多：{3}，{2} 通。")
        case .chart: Phrase("Calls by time and outcome", "各时段呼叫量及结果")
        case .about:
            Phrase(
                "Columns over time, one for each {1}, stacked by outcome. {2} calls in all.",
                "按时间排列的柱形，每{1}一根，按结果堆叠。共 {2} 通呼叫。")
        case .slot: Phrase("begun at", "开始时间")
        case .outcomes: Phrase("Outcomes", "呼叫结果")
        case .outcomesChart: Phrase("Calls by outcome", "各结果的呼叫数")
        case .outcomesAbout:
            Phrase("Bars for each outcome. The most frequent: {1}, {2}.", "每种结果一条。最多的是“{1}”，占 {2}。")
        case .outcome: Phrase("outcome", "结果")
        case .spells: Phrase("Runs by day", "各次运行")
        case .spell: Phrase("run {1}", "运行 {1}")
        case .from: Phrase("first call", "首次呼叫")
        case .until: Phrase("last ended", "末次结束")
        case .moreSpells: Phrase("The latest {1} of {2} are shown.", "仅列出最近 {1} 次，共 {2} 次。")
        case .weekly: Phrase("week", "周")
        case .daily: Phrase("day", "日")
        case .hourly: Phrase("hour", "小时")
        case .quarterly: Phrase("quarter of an hour", "刻钟")
        case .rates: Phrase("When people answer", "何时有人应答")
        case .ratesChart: Phrase("Answer rate by weekday and hour", "各星期、各时段的真人应答率")
        case .ratesAbout:
            Phrase(
                "A table of days of the week and hours, the darker the more dials were answered by a person, from {1} to {2}.",
                "星期与时段的热力表，颜色越深，真人应答率越高，范围 {1} 至 {2}。")
        case .ratesBest:
            Phrase(
                "Best: {1} {2} with {3} of {4} dials answered. Worst: {5} {6} with {7} of {8}.",
                "最高：{1} {2}，拨出 {4} 通，应答率 {3}。最低：{5} {6}，拨出 {8} 通，应答率 {7}。")
        case .ratesAlike:
            Phrase("No hour is answered clearly more often than another.", "各时段的应答率没有明显差别。")
        case .run: Phrase("run", "运行")
        case .weekday: Phrase("weekday and hour", "星期与时段")
        case .few: Phrase("fewer than 10 dials", "拨出不足 10 通")
        case .key: Phrase("{1} to {2}", "{1}–{2}")
        case .cell: Phrase("{1}: {2} of {3} dials", "{1}：拨出 {3} 通，应答率 {2}")
        }
    }
}

/// Caller IDs and regions.
enum PlaceRatePhrase: PhraseTable, Equatable {
    case callerIDs, callerIDChart, callerIDAbout, callerID, vendorChosen, moreCallerIDs, range, callerIDApart
    case callerIDAlike, regions, regionMap, regionAbout, region, regionBest, regionsAlike, elsewhere, noRegion
    case value, others

    var phrase: Phrase {
        switch self {
        case .callerIDs: Phrase("Numbers shown", "主叫号码")
        case .callerIDChart: Phrase("Answer rate by caller ID", "各主叫号码的真人应答率")
        case .callerIDAbout:
            Phrase(
                "Bars for each number shown, with the range in which its rate lies. {1} numbers.",
                "每个主叫号码一条，附误差线。共 {1} 个号码。")
        case .callerID: Phrase("caller ID", "主叫号码")
        case .vendorChosen: Phrase("chosen by the vendor", "由供应商选号")
        case .moreCallerIDs: Phrase("the {1} others together", "其余 {1} 个号码合计")
        case .range: Phrase("95 % range", "95% 区间")
        case .callerIDApart:
            Phrase(
                "{1} is answered less often than the others together: {2} against {3}. Let it rest, and see whether it is "
                    + "marked as spam.", "{1} 的应答率低于其他号码合计：{2} 比 {3}。建议暂停使用，并查询是否被标记为骚扰电话。")
        case .callerIDAlike:
            Phrase("No number is answered clearly less often than the others.", "各号码的应答率没有明显偏低的。")
        case .regions: Phrase("Where people answer", "各地应答情况")
        case .regionMap: Phrase("Answer rate by province or state, {1}", "各省（州）真人应答率，{1}")
        case .regionAbout:
            Phrase(
                "A map of equal tiles, the darker the more dials were answered by a person, from {1} to {2}.",
                "等大方格地图，颜色越深，真人应答率越高，范围 {1} 至 {2}。")
        case .region: Phrase("region of the number", "号码归属地")
        case .regionBest:
            Phrase(
                "Best: {1} with {2} of {3} dials answered. Worst: {4} with {5} of {6}.",
                "最高：{1}，拨出 {3} 通，应答率 {2}。最低：{4}，拨出 {6} 通，应答率 {5}。")
        case .regionsAlike: Phrase("No region answers clearly more often than another.", "各地的应答率没有明显差别。")
        case .elsewhere: Phrase("Elsewhere", "其他地区")
        case .noRegion: Phrase("no dials", "无拨出")
        case .value: Phrase("{1} of {2}", "{1}（{2} 通）")
        case .others: Phrase("the {1} others together", "其余 {1} 个合计")
        }
    }
}

/// From list to conversation.
enum FunnelPhrase: PhraseTable, Equatable {
    case funnel, funnelChart, funnelAbout, step, listed, tried, rung, answered, reached, sold, ofStep, standing
    case finishedLeads, due, waiting, onHold, dialing, standby, state, left, leftOnHold

    var phrase: Phrase {
        switch self {
        case .funnel: Phrase("From list to conversation", "转化漏斗")
        case .funnelChart: Phrase("How far leads came", "线索转化情况")
        case .funnelAbout:
            Phrase(
                "Bars from all leads of the lists to those who bought, each a part of the one above.", "从名单线索到成交，逐级递减。")
        case .step: Phrase("step", "环节")
        case .listed: Phrase("in the lists", "名单线索")
        case .tried: Phrase("tried", "已拨打")
        case .rung: Phrase("phone may have rung", "可能已振铃")
        case .answered: Phrase("a person answered", "真人应答")
        case .reached: Phrase("talked with an agent", "接通坐席")
        case .sold: Phrase("noted as a sale", "成交")
        case .ofStep: Phrase("of the step above", "占上一环节")
        case .standing: Phrase("Where leads stand now", "线索当前状态")
        case .finishedLeads: Phrase("finished: {1}", "已完成：{1}")
        case .due: Phrase("due now", "现在可拨")
        case .waiting: Phrase("waiting for their time", "等待中")
        case .onHold: Phrase("waiting until something is changed", "需作调整后才可拨")
        case .dialing: Phrase("in a call", "呼叫中")
        case .standby: Phrase("further numbers in reserve", "备用号码")
        case .state: Phrase("state", "状态")
        case .left:
            Phrase("{1} of {2} leads are finished; {3} can still be dialled.", "{2} 条线索中 {1} 条已完成，还有 {3} 条可继续拨打。")
        case .leftOnHold:
            Phrase(
                "{1} of {2} leads are finished; {3} can still be dialled, and {4} only once something is changed.",
                "{2} 条线索中 {1} 条已完成，还有 {3} 条可继续拨打，{4} 条需作调整后才可拨。")
        }
    }
}

/// What second and later tries brought.
enum RetryPhrase: PhraseTable, Equatable {
    case retries, retryChart, retryAbout, tryNumber, tryLater, tryValue, paid, paidNothing, cumulative, after, pause
    case afterTable, afterBest, conversionRate

    var phrase: Phrase {
        switch self {
        case .retries: Phrase("Retries that paid", "重呼的收益")
        case .retryChart: Phrase("Conversations by try", "第几次拨打接通")
        case .retryAbout:
            Phrase(
                "Bars for each try, as long as the share of all conversations that it brought.", "每次拨打一条，长度为其占全部接通的比例。")
        case .tryNumber: Phrase("try {1}", "第 {1} 次")
        case .tryLater: Phrase("try {1} and later", "第 {1} 次及以后")
        case .tryValue: Phrase("{1} conversations, {2} of its dials", "接通 {1} 通，占该次拨出的 {2}")
        case .paid:
            Phrase(
                "Retries brought {1} of {2} conversations ({3}), with {4} of all dials.",
                "重呼贡献了 {2} 通接通中的 {1} 通（{3}），占全部拨出的 {4}。")
        case .paidNothing: Phrase("No lead was tried a second time.", "没有线索被重呼。")
        case .cumulative: Phrase("all up to here", "累计占比")
        case .after: Phrase("after", "上一次结果")
        case .pause: Phrase("mean pause", "平均间隔")
        case .afterTable: Phrase("Retries by how the try before had ended", "按上一次结果统计的重呼")
        case .afterBest:
            Phrase(
                "They paid most after “{1}” ({2} of {3} dials), and least after “{4}” ({5} of {6}).",
                "上一次为“{1}”的收益最高（拨出 {3} 通，接通率 {2}），“{4}”的最低（拨出 {6} 通，接通率 {5}）。")
        case .conversionRate: Phrase("talked of dials", "接通率")
        }
    }
}

/// What agents did.
enum AgentPhrase: PhraseTable, Equatable {
    case agents, agentChart, agentAbout, agent, agentValue, callsOf, missed, short, talk, present, occupancy
    case moreAgents, agentNone, agentBusy

    var phrase: Phrase {
        switch self {
        case .agents: Phrase("Agents", "坐席")
        case .agentChart: Phrase("Share of their time in which agents talked", "坐席通话时间占比")
        case .agentAbout:
            Phrase("Bars for each agent. All together talked {1} of the time.", "每名坐席一条。全体通话占比 {1}。")
        case .agent: Phrase("agent", "坐席")
        case .agentValue: Phrase("{1}, {2} conversations", "{1}，接通 {2} 通")
        case .callsOf: Phrase("calls", "呼叫")
        case .missed: Phrase("missed", "未接")
        case .short: Phrase("short", "短通话")
        case .talk: Phrase("talked", "通话时长")
        case .present: Phrase("first to last call", "首末通话间隔")
        case .occupancy: Phrase("talking", "通话占比")
        case .moreAgents: Phrase("The {1} who talked longest of {2} are shown.", "仅列出通话时长最长的 {1} 名，共 {2} 名。")
        case .agentNone: Phrase("No call was placed for an agent or given to one.", "没有坐席参与的呼叫。")
        case .agentBusy:
            Phrase(
                "{1} agents talked {2} of the {3} between their first and last calls of each run; wrap-up is not in it.",
                "{1} 名坐席在各次运行的首末通话之间共 {3}，其中通话占 {2}；不含话后整理。")
        }
    }
}
