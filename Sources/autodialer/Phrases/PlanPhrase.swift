import CallerID
import Wording

/// The words of `plan` and `why`.
enum PlanPhrase: CaseIterable, PhraseTable {
    case allLeads, finished, inCall, inReserve, furtherNumbers, notBefore, untilChanged
    case heldByNothing, canBeDialled, vendorChooses, title, vendorsChoice, nextInList
    case lead, line, number, shown, because
    case whom, mayBeDialled, isNotDialled, couldBeDialled, cannotBeDialled, vendorDecides, wouldNotDial

    var phrase: Phrase { ofPlan ?? ofWhy }

    private var ofPlan: Phrase? {
        switch self {
        case .allLeads: Phrase("all leads", "全部线索")
        case .finished: Phrase("finished", "已完成")
        case .inCall: Phrase("in a call", "呼叫中")
        case .inReserve: Phrase("in reserve", "备用")
        case .furtherNumbers: Phrase("further numbers of callees", "同一客户的其他号码")
        case .notBefore: Phrase("not before {1}", "最早 {1}")
        case .untilChanged: Phrase("until something is changed", "需作调整后才可拨")
        case .heldByNothing: Phrase("held back by nothing", "无任何限制")
        case .canBeDialled: Phrase("can be dialled", "可拨")
        case .vendorChooses: Phrase("the vendor chooses whom it calls", "由供应商决定呼叫谁")
        case .title: Phrase("{1} at {2}", "{1}，{2}")
        case .vendorsChoice: Phrase("the vendor's choice", "由供应商选择")
        case .nextInList: Phrase("next in the campaign's own list", "活动自带号码轮用")
        case .lead: Phrase("LEAD", "线索")
        case .line: Phrase("LINE", "行号")
        case .number: Phrase("NUMBER", "号码")
        case .shown: Phrase("SHOWN", "主叫号码")
        case .because: Phrase("BECAUSE", "原因")
        default: nil
        }
    }

    private var ofWhy: Phrase {
        switch self {
        case .whom: Phrase("lead {1} ({2}, line {3})", "线索 {1}（{2}，第 {3} 行）")
        case .mayBeDialled: Phrase("{1} may be dialled at {2}", "{1}在 {2} 可以拨打")
        case .isNotDialled: Phrase("{1} is not dialled at {2}", "{1}在 {2} 不拨打")
        case .couldBeDialled: Phrase("it could be dialled at {1}", "最早可在 {1} 拨打")
        case .cannotBeDialled: Phrase("it cannot be dialled as things are", "按现状无法拨打")
        case .vendorDecides:
            Phrase(
                "whether {1} is called is the vendor's choice, and autodialer keeps nobody from being called",
                "是否呼叫 {1} 由供应商决定，autodialer 不会阻止任何呼叫")
        default: Phrase("by its own rules it would not dial at {1}", "按自身规则，{1} 不会拨打")
        }
    }
}

/// Why a number was chosen, and what else `explain` says.
enum ExplainPhrase: CaseIterable, PhraseTable {
    case nothing, onlyOne, strategy, smallest
    case attempt, account, number, because, asked, answer, passed, again
    case attemptLine, askedLine, vendorsChoice, vendorChose, ownList, none, sameNumber, differs, noNumber
    case shownSame, shownOther, mismatch
    case contender, dials, lastDial, weight, chosen, never, more

    var phrase: Phrase { reasons ?? labels ?? lines }

    private var reasons: Phrase? {
        switch self {
        case .nothing: Phrase("no number was chosen", "未选出号码")
        case .onlyOne: Phrase("it was the only one free in its tier", "该层级中唯一可用的号码")
        case .strategy: Phrase("the strategy {1} chose it among {2}", "策略 {1} 从 {2} 个号码中选出")
        case .smallest:
            Phrase(
                "it was equal to others among {1}, and the smallest number goes first", "与 {1} 个号码条件相同，取号码最小者")
        default: nil
        }
    }

    private var labels: Phrase? {
        switch self {
        case .attempt: Phrase("attempt", "呼叫")
        case .account: Phrase("account", "账号")
        case .number: Phrase("number", "号码")
        case .because: Phrase("because", "原因")
        case .asked: Phrase("asked", "要求")
        case .answer: Phrase("answer", "选号")
        case .passed: Phrase("passed", "落选")
        case .again: Phrase("again", "复核")
        case .contender: Phrase("CONTENDER", "候选号码")
        case .dials: Phrase("DIALS", "今日呼叫")
        case .lastDial: Phrase("LAST DIAL", "上次呼叫")
        case .weight: Phrase("WEIGHT", "权重")
        case .chosen: Phrase("chosen", "选中")
        case .never: Phrase("never", "从未")
        default: nil
        }
    }

    private var lines: Phrase {
        switch self {
        case .attemptLine: Phrase("{1}: {2}, dial {3} of lead {4}, {5}, {6}", "{1}：{2}，线索 {4} 第 {3} 次呼叫，{5}，{6}")
        case .askedLine: Phrase("{1}, {2}, {3}, at {4}", "{1}，{2}，{3}，{4} 时")
        case .vendorsChoice: Phrase("of the vendor's choice", "由供应商选择")
        case .vendorChose: Phrase("the vendor chose; nothing was decided here", "由供应商选择，本机未作决定")
        case .ownList: Phrase("it was next in the campaign's own list", "活动自带号码轮用")
        case .none: Phrase("none", "无")
        case .sameNumber: Phrase("the same number", "号码相同")
        case .differs: Phrase("{1}, which differs", "{1}，与当时不同")
        case .noNumber: Phrase("no number", "无号码")
        case .shownSame: Phrase("; the vendor says it showed it", "；供应商确认已显示")
        case .shownOther: Phrase("; the vendor says it showed {1}", "；供应商称显示的是 {1}")
        case .mismatch: Phrase("; MISMATCH: the vendor says it showed {1}", "；显示不符：供应商称显示的是 {1}")
        default: Phrase("and {1} more that did not decide", "另有 {1} 个不影响结果")
        }
    }
}
