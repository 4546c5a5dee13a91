import Wording

/// The words of `privacy`.
enum PrivacyPhrase: CaseIterable, PhraseTable {
    case nothingKept, takenOut, forgets, keepFirst, erased, cameFrom, notDiallable

    var phrase: Phrase {
        switch self {
        case .nothingKept: Phrase("error: nothing is kept of this number", "错误：没有关于此号码的任何记录")
        case .takenOut: Phrase("{1} numbers taken out of old records", "已从旧记录中移除 {1} 个号码")
        case .forgets: Phrase("error: this forgets {1} leads for good", "错误：此操作将永久删除 {1} 条线索的个人信息")
        case .keepFirst:
            Phrase(
                "Keep what you need with: autodialer privacy export. Say --yes if that is meant.",
                "如需留存请先运行：autodialer privacy export；确认执行请加 --yes。")
        case .erased:
            Phrase(
                "{1} leads erased, {2} whose number stays with the records of their calls; never to be called again",
                "已删除 {1} 条线索，另有 {2} 条的号码随通话记录保留；今后不再呼叫")
        case .cameFrom: Phrase("  it came from {1}: delete it there yourself", "  来源文件 {1}：请自行从中删除")
        case .notDiallable:
            Phrase(
                "error: this is no number that can be dialled; write it with + and its country, or say --country",
                "错误：这不是可以拨打的号码；请写成 + 加国家代码的形式，或用 --country 指定国家")
        }
    }
}

/// The words of `dispositions import`.
enum DispositionPhrase: CaseIterable, PhraseTable {
    case takenIn, noLead, stillOpen

    var phrase: Phrase {
        switch self {
        case .takenIn:
            Phrase(
                "{1}: {2} taken in, {3} known already, {4} without a lead, {5} whose call is open",
                "{1}：导入 {2}，已有 {3}，没有对应线索 {4}，通话未结束 {5}")
        case .noLead:
            Phrase(
                "{1}:{2}: warning: the campaign has no such attempt or number", "{1}:{2}：警告：该活动没有此呼叫编号或号码")
        case .stillOpen:
            Phrase(
                "error: some calls are still open; import the file again when they have ended",
                "错误：部分通话尚未结束；请在结束后重新导入该文件")
        }
    }
}
