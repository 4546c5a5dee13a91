import Wording

/// What `forecast` says beside its figures.
enum ForecastPhrase: CaseIterable, PhraseTable {
    case progress, oneRun, runs, asPlanned, restsOn, heldBack, left, overLimit, vendorChooses, learnt, usual

    /// Of the title the places are: campaign, beginning, leads, seed, runs.
    var phrase: Phrase {
        switch self {
        case .progress: Phrase("rehearsing: {1} of {2} runs", "模拟中：{1}/{2} 次")
        case .oneRun: Phrase("{1} from {2}, {3} leads: 1 run, seed {4}", "{1}，{2} 起，{3} 条线索，模拟 1 次，种子 {4}")
        case .runs:
            Phrase(
                "{1} from {2}, {3} leads: {5} runs, seed {4}; median (19 of 20)",
                "{1}，{2} 起，{3} 条线索，模拟 {5} 次，种子 {4}；中位数（95 % 预测区间）")
        case .asPlanned: Phrase("as planned", "按计划")
        case .restsOn: Phrase("It rests on", "依据")
        case .heldBack: Phrase("held back by", "受限于")
        case .left: Phrase("left: {1}", "剩余：{1}")
        case .overLimit: Phrase("{1}: over their dials a day: {2}", "{1}：超过每日呼叫上限：{2}")
        case .vendorChooses: Phrase("the vendor chooses", "由供应商选号")
        case .learnt: Phrase("learnt from {1} attempts", "由 {1} 次呼叫得出")
        case .usual: Phrase("default: too few attempts to learn from", "默认值：历史呼叫太少")
        }
    }
}
