import Wording

/// The failures that people meet most.
enum ErrorPhrase: CaseIterable, PhraseTable {
    case noCampaign, noRun, noRunFix, lockedByRun, busy, noAttempt, noLead, workbook

    var phrase: Phrase {
        switch self {
        case .noCampaign:
            Phrase(
                "error: the database has no campaign \"{1}\"; import its list or run it first, or name another database with "
                    + "--database", "错误：数据库中没有活动“{1}”；请先导入名单或运行该活动，或用 --database 指定其他数据库")
        case .noRun:
            Phrase("error: no run of {1} is going on with the database {2}", "错误：数据库 {2} 上没有正在进行的 {1} 运行")
        case .noRunFix:
            Phrase(
                "Start it with: autodialer run {1}, or name another database with --database.",
                "启动运行：autodialer run {1}，或用 --database 指定其他数据库。")
        case .lockedByRun: Phrase("error: {1}", "错误：该活动正在由另一个运行执行（{1}）")
        case .busy: Phrase("error: {1}", "错误：数据库正忙，请稍后重试（{1}）")
        case .noAttempt: Phrase("error: the database has no attempt {1}", "错误：数据库中没有编号为 {1} 的呼叫")
        case .noLead: Phrase("error: the campaign has no lead {1}", "错误：该活动没有编号为 {1} 的线索")
        case .workbook:
            Phrase(
                "error: {1}: this is an Excel workbook; save it as CSV UTF-8 and name that file",
                "错误：{1}：这是 Excel 工作簿；请另存为“CSV UTF-8”后再导入")
        }
    }
}
