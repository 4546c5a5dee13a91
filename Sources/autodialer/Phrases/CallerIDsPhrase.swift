import CallerID
import Ledger
package import Wording

/// The words of `caller-ids`: its columns, and what it does with numbers.
enum CallerIDsPhrase: CaseIterable, PhraseTable {
    case number, region, pools, today, inUse, answered, mismatches, state, lastChange, unknownRegion
    case until, step, because, pausedByHand, resumedByHand
    case imported, isPaused, isResumed
    case emptyFile, cannotList, listsNone, noNumbers, importThem, noSuchNumber, seeNumbers

    var phrase: Phrase { columns ?? results ?? refusals }

    private var columns: Phrase? {
        switch self {
        case .number: Phrase("NUMBER", "主叫号码")
        case .region: Phrase("REGION", "归属地")
        case .pools: Phrase("POOLS", "号码池")
        case .today: Phrase("TODAY", "今日呼叫")
        case .inUse: Phrase("IN USE", "使用中")
        case .answered: Phrase("ANSWERED", "应答")
        case .mismatches: Phrase("MISMATCHES", "显示不符")
        case .state: Phrase("STATE", "状态")
        case .lastChange: Phrase("LAST CHANGE", "最近变动")
        case .unknownRegion: Phrase("unknown", "未知")
        default: nil
        }
    }

    private var results: Phrase? {
        switch self {
        case .until: Phrase("{1} until {2}", "{1}，至 {2}")
        case .step: Phrase("{1} {2}", "{1} 时{2}")
        case .because: Phrase("{1}: {2}", "{1}，原因：{2}")
        case .pausedByHand: Phrase("paused by hand", "手动停用")
        case .resumedByHand: Phrase("resumed by hand", "手动恢复")
        case .imported:
            Phrase(
                "{1}: {2} added, {3} changed, {4} unchanged, {5} removed",
                "{1}：新增 {2}，更改 {3}，未变 {4}，移除 {5}")
        case .isPaused: Phrase("{1}: {2} is paused", "{1}：{2} 已停用")
        case .isResumed: Phrase("{1}: {2} is in use again", "{1}：{2} 已恢复使用")
        default: nil
        }
    }

    private var refusals: Phrase {
        switch self {
        case .emptyFile: Phrase("{1}: error: there are no numbers in it", "{1}：错误：文件中没有号码")
        case .cannotList:
            Phrase(
                "error: {1} cannot list its numbers; import them from a file", "错误：{1} 无法列出主叫号码；请从文件导入")
        case .listsNone: Phrase("error: {1} lists no numbers", "错误：{1} 没有列出任何主叫号码")
        case .noNumbers:
            Phrase("error: the database has no numbers of the account \"{1}\"", "错误：数据库中没有账号“{1}”的主叫号码")
        case .importThem:
            Phrase(
                "Import them with: autodialer caller-ids import FILE --account {1}",
                "请导入：autodialer caller-ids import 文件 --account {1}")
        case .noSuchNumber: Phrase("error: the account \"{1}\" lists no such number", "错误：账号“{1}”没有此主叫号码")
        default:
            Phrase(
                "See its numbers with: autodialer caller-ids list --account {1}",
                "查看其号码：autodialer caller-ids list --account {1}")
        }
    }

    /// What a history says of why; words of our own are kept in English.
    static func note(_ note: String) -> Phrase {
        [pausedByHand, resumedByHand].map(\.phrase).first { $0.english == note } ?? Phrase(same: note)
    }
}

extension CallerIDHistoryEntry.Step: PhraseTable {
    /// What was done with a number, for people; in English it is the word in the ledger.
    package var phrase: Phrase {
        switch self {
        case .listed: Phrase(rawValue, "列入")
        case .changed: Phrase(rawValue, "更改")
        case .unlisted: Phrase(rawValue, "移出")
        case .paused: Phrase(rawValue, "停用")
        case .resumed: Phrase(rawValue, "恢复")
        case .quarantined: Phrase(rawValue, "隔离")
        }
    }
}

/// The words of a choice among numbers, for `caller-ids pick` and `explain`.
enum PickPhrase: CaseIterable, PhraseTable {
    case callee, pool, at, shown, calleeLine, poolLine
    case candidate, tier, why, city, province, elsewhere
    case chosen, chosenAs, notByStrategy, nearerFree, onlyOneFree, oneOfFree
    case picked, notBefore, nothing, deferred, deferredUntil, noNumber, counted
    case timeOver, notDiallable, vendorsChoice, ownList, noPool, noPools, itsPools, noneDialsOut, noneVirtual

    var phrase: Phrase { labels ?? answers ?? refusals }

    private var labels: Phrase? {
        switch self {
        case .callee: Phrase("callee", "被叫")
        case .pool: Phrase("pool", "号码池")
        case .at: Phrase("at", "时间")
        case .shown: Phrase("shown", "主叫号码")
        case .calleeLine: Phrase("{1}, {2}", "{1}，归属地：{2}")
        case .poolLine: Phrase("{1}: {2}, {3}", "{1}，策略 {2}，{3}")
        case .candidate: Phrase("CANDIDATE", "候选号码")
        case .tier: Phrase("TIER", "层级")
        case .why: Phrase("WHY", "原因")
        case .city: Phrase("city", "同城")
        case .province: Phrase("province", "同省")
        case .elsewhere: Phrase("elsewhere", "外地")
        default: nil
        }
    }

    private var answers: Phrase? {
        switch self {
        case .chosen: Phrase("chosen", "选中")
        case .chosenAs: Phrase("chosen ({1})", "选中（{1}）")
        case .notByStrategy: Phrase("not chosen by the strategy", "策略未选中")
        case .nearerFree: Phrase("a nearer number is free", "有更近的号码可用")
        case .onlyOneFree: Phrase("{1}, the only one free", "{1}，唯一可用")
        case .oneOfFree: Phrase("{1}, one of {2} free", "{1}，{2} 个可用号码之一")
        case .picked: Phrase("{1}, tier {2}", "{1}，层级：{2}")
        case .notBefore: Phrase("nothing before {1}: {2}", "{1} 之前没有可用号码：{2}")
        case .nothing: Phrase("nothing, however long one waits: {1}", "没有可用号码，等待也不会有：{1}")
        case .deferred: Phrase("nothing, the callee is not to be rung: {1}", "不呼叫该客户：{1}")
        case .deferredUntil:
            Phrase("nothing, the callee is not to be rung before {1}: {2}", "{1} 之前不呼叫该客户：{2}")
        case .noNumber: Phrase("no number", "没有号码")
        case .counted: Phrase("{1} {2}", "{2} {1} 个")
        default: nil
        }
    }

    private var refusals: Phrase {
        switch self {
        case .timeOver:
            Phrase(
                "error: --at: that time is over; autodialer explain ATTEMPT tells of choices that were made",
                "错误：--at：该时间已过；查看已作出的选择请用 autodialer explain 呼叫编号")
        case .notDiallable: Phrase("error: the number cannot be dialled: {1}", "错误：该号码无法拨打：{1}")
        case .vendorsChoice:
            Phrase(
                "error: the campaign \"{1}\" leaves the number to the vendor; see --pool",
                "错误：活动“{1}”由供应商选择主叫号码；可用 --pool 指定号码池")
        case .ownList:
            Phrase(
                "error: the campaign \"{1}\" shows the numbers of its own list in turn: {2}; see --pool",
                "错误：活动“{1}”轮流使用自带的号码：{2}；可用 --pool 指定号码池")
        case .noPool: Phrase("error: the account \"{1}\" has no number pool \"{2}\" ({3})", "错误：账号“{1}”没有号码池“{2}”（{3}）")
        case .noPools: Phrase("it has no pools", "该账号没有号码池")
        case .itsPools: Phrase("its pools: {1}", "现有号码池：{1}")
        case .noneDialsOut: Phrase("error: no number of the pool \"{1}\" dials out ({2})", "错误：号码池“{1}”中没有可外呼的号码（{2}）")
        default:
            Phrase(
                "error: no number of the pool \"{1}\" dials out and has a virtual number ({2})",
                "错误：号码池“{1}”中没有可外呼且带虚拟号的号码（{2}）")
        }
    }
}
