import Wording

/// The head of the page, and what is said on all of it.
enum PagePhrase: PhraseTable, Equatable {
    case kind, title, rehearsal, asTable, wholeCampaign, period, periodFrom, periodUntil, through, madeAt
    case reached, nobodyReached, abandonment, abandonmentWithoutLimit, nothing, stillOpen
    case leads, calls, dials, answered, talkedCalls, answerRate, share, total, footer, definitions, release

    var phrase: Phrase {
        switch self {
        case .kind: Phrase("Campaign report", "外呼活动报告")
        case .title: Phrase("{1} · campaign report", "{1} · 外呼活动报告")
        case .rehearsal:
            Phrase(
                "A rehearsal: the calls were simulated, and no telephone rang. At speed, waits for agents are longer than in "
                    + "life.", "演练：呼叫均为模拟，没有真实电话振铃。加速运行时，等待坐席的时间会比实际偏长。")
        case .asTable: Phrase("As a table: {1}", "数据表：{1}")
        case .wholeCampaign: Phrase("The whole campaign, {1} to {2}", "整个活动，{1} 至 {2}")
        case .period: Phrase("{1} to {2}", "{1} 至 {2}")
        case .periodFrom: Phrase("Since {1}", "{1} 起")
        case .periodUntil: Phrase("Until {1}", "截至 {1}")
        case .through: Phrase("through {1}", "供应商账号 {1}")
        case .madeAt:
            Phrase("made {1}, all times by the clocks of {2}", "生成于 {1}，所有时间均为 {2} 时间")
        case .reached:
            Phrase("{1} of {2} leads reached in {3} of dialling.", "外呼历时 {3}，共拨打 {2} 条线索，接通 {1} 条。")
        case .nobodyReached:
            Phrase("None of {1} leads reached in {2} of dialling.", "外呼历时 {2}，共拨打 {1} 条线索，无一接通。")
        case .abandonment:
            Phrase("Abandonment {1}, limit {2}.", "呼损率 {1}，上限 {2}。")
        case .abandonmentWithoutLimit:
            Phrase("Abandonment {1}.", "呼损率 {1}。")
        case .nothing: Phrase("Nothing was dialled.", "此期间没有外呼。")
        case .stillOpen:
            Phrase("{1} calls are still open and in no rate.", "另有 {1} 通呼叫尚未结束，不计入各项比率。")
        case .leads: Phrase("leads", "线索")
        case .calls: Phrase("calls", "呼叫")
        case .dials: Phrase("dials", "拨出")
        case .answered: Phrase("answered", "真人应答")
        case .talkedCalls: Phrase("talked", "接通")
        case .answerRate: Phrase("answer rate", "应答率")
        case .share: Phrase("share", "占比")
        case .total: Phrase("all", "合计")
        case .footer: Phrase("How the figures are counted", "统计口径")
        case .definitions:
            Phrase(
                "A dial is a call that may have rung somebody's phone; calls that the vendor declined and those that were never "
                    + "placed are none. Answered means by a person, as far as anybody knows: machines and faxes do not count. The "
                    + "answer rate is answered calls of dials. A lead is reached when an agent talked with the callee. Ranges and "
                    + "whiskers are 95 % intervals (Wilson): two numbers whose ranges overlap may differ by chance. Calls belong to "
                    + "the hour in which they were begun. Rates of fewer than 10 dials are not coloured.",
                "“拨出”指可能已使被叫振铃的呼叫；被供应商拒绝的和未发起的呼叫不计。“真人应答”不含语音信箱和传真。"
                    + "应答率 = 真人应答数 ÷ 拨出数。“接通”指被叫与坐席通话。区间和误差线为 95% 置信区间（Wilson 法）：区间重叠的两个数，"
                    + "差异可能只是偶然。呼叫按发起时刻计入所属时段。拨出不足 10 通的比率不着色。")
        case .release: Phrase("Autodialer {1}. Numbers of callees are masked.", "Autodialer {1}。被叫号码均已脱敏。")
        }
    }
}

/// The key figures.
enum KeyPhrase: PhraseTable, Equatable {
    case title, reached, ofLeads, calls, perLead, answerRate, ofDials, talk, meanTalk, abandonment, ofAnswered,
        occupancy
    case agents, perHour, talkedPerHour, wait, waitOf, limit, noAgents

    var phrase: Phrase {
        switch self {
        case .title: Phrase("Key figures", "关键指标")
        case .reached: Phrase("Leads reached", "接通线索")
        case .ofLeads: Phrase("of {1} tried: {2}", "拨打 {1} 条，接通 {2}")
        case .calls: Phrase("Calls", "呼叫次数")
        case .perLead: Phrase("{1} for each lead tried", "每条线索平均 {1} 次")
        case .answerRate: Phrase("Answer rate", "真人应答率")
        case .ofDials: Phrase("{1} of {2} dials", "拨出 {2} 通，应答 {1} 通")
        case .talk: Phrase("Time talked", "通话时长")
        case .meanTalk: Phrase("{1} for each conversation", "平均每通 {1}")
        case .abandonment: Phrase("Abandonment", "呼损率")
        case .ofAnswered: Phrase("{1} of {2} answered calls", "应答 {2} 通，呼损 {1} 通")
        case .occupancy: Phrase("Agents talking", "坐席通话占比")
        case .agents: Phrase("of the time of {1} agents", "{1} 名坐席的在线时间")
        case .perHour: Phrase("Reached per hour", "每小时接通")
        case .talkedPerHour: Phrase("conversations per hour of dialling", "外呼每小时的接通数")
        case .wait: Phrase("Wait for an agent", "等待坐席")
        case .waitOf: Phrase("mean of {1} calls", "{1} 通呼叫的平均值")
        case .limit: Phrase("limit {1}", "上限 {1}")
        case .noAgents: Phrase("no agents are known", "没有坐席数据")
        }
    }
}
