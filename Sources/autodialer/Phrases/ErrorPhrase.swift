import Wording

/// The failures that people meet most.
enum ErrorPhrase: CaseIterable, PhraseTable {
    case plain, warning, about, noCampaign, noRun, noRunFix, lockedByRun, busy, takenOver, unreachable, noAttempt
    case full, readOnly, cannotOpen, denied, corrupt, newerSchema, deviceFailed, sourceFailed, storeFailed
    case vendorFailed, vendorRefuses, vendorAway, vendorUncertain
    case noLead, workbook, nobodyBefore, neitherLead, noLeadOfNumber, stdinAlone, stdinLong, stdinEmpty, stdinSeveral

    var phrase: Phrase { general ?? ofStore ?? ofVendor ?? ofNumbers }

    private var general: Phrase? {
        switch self {
        case .plain: Phrase("error: {1}", "错误：{1}")
        case .warning: Phrase("warning: {1}", "警告：{1}")
        case .about: Phrase("error: {1}: {2}", "错误：{1}：{2}")
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
        case .noAttempt: Phrase("error: the database has no attempt {1}", "错误：数据库中没有编号为 {1} 的呼叫")
        case .noLead: Phrase("error: the campaign has no lead {1}", "错误：该活动没有编号为 {1} 的线索")
        case .workbook:
            Phrase(
                "error: {1}: this is an Excel workbook; save it as CSV UTF-8 and name that file",
                "错误：{1}：这是 Excel 工作簿；请另存为“CSV UTF-8”后再导入")
        case .nobodyBefore: Phrase("error: nobody is called before this is there", "错误：补齐之前不会呼叫任何人")
        default: nil
        }
    }

    /// Of databases; the place is for the store's own words.
    private var ofStore: Phrase? {
        switch self {
        case .lockedByRun: Phrase("error: {1}", "错误：该活动正在由另一个运行执行（{1}）")
        case .busy: Phrase("error: {1}", "错误：数据库正忙，请稍后重试（{1}）")
        case .takenOver: Phrase("error: {1}; run the same command again", "错误：已由其他运行接手，请重新运行同一命令（{1}）")
        case .unreachable:
            Phrase("error: {1}; run the same command again later", "错误：连接不上数据库，请稍后重新运行同一命令（{1}）")
        case .full: Phrase("error: {1}", "错误：磁盘已满，本次未保存任何内容（{1}）")
        case .readOnly: Phrase("error: {1}", "错误：数据库无法写入，请检查权限（{1}）")
        case .cannotOpen: Phrase("error: {1}", "错误：数据库打不开（{1}）")
        case .denied:
            Phrase("error: {1}", "错误：数据库服务器拒绝登录，或其证书不可信；请检查用户、密码（~/.pgpass）、sslmode 和证书（{1}）")
        case .corrupt: Phrase("error: {1}", "错误：数据库已损坏，或不是数据库文件（{1}）")
        case .newerSchema: Phrase("error: {1}", "错误：数据库由更新版本的程序写入，请升级本程序（{1}）")
        case .deviceFailed: Phrase("error: {1}", "错误：磁盘读写失败（{1}）")
        case .sourceFailed: Phrase("error: {1}", "错误：文件未能读完，未导入任何内容（{1}）")
        case .storeFailed: Phrase("error: {1}", "错误：数据库操作失败，本次未保存任何内容（{1}）")
        default: nil
        }
    }

    /// Of vendors; the place is for the vendor's own words.
    private var ofVendor: Phrase? {
        switch self {
        case .vendorFailed: Phrase("{1}: {2} failed: {3}", "{1}：{2} 失败：{3}")
        case .vendorRefuses: Phrase("error: {1}", "错误：供应商拒绝该账号或其请求（{1}）")
        case .vendorAway: Phrase("error: {1}", "错误：供应商暂时无法提供服务，请稍后重试（{1}）")
        case .vendorUncertain: Phrase("error: {1}", "错误：供应商未答复，请求可能已执行（{1}）")
        default: nil
        }
    }

    private var ofNumbers: Phrase {
        switch self {
        case .neitherLead:
            Phrase(
                "error: this is neither the id of a lead nor a number that can be dialled",
                "错误：这既不是线索编号，也不是可以拨打的号码")
        case .noLeadOfNumber: Phrase("error: the campaign has no lead with this number", "错误：该活动没有此号码的线索")
        case .stdinAlone:
            Phrase(
                "error: - stands for numbers from stdin, and no other numbers can be given with it",
                "错误：- 表示从标准输入读取号码，不能再给出其他号码")
        case .stdinLong:
            Phrase(
                "error: stdin has more than {1} bytes; give the numbers in several runs", "错误：标准输入超过 {1} 字节；请分几次给出")
        case .stdinEmpty: Phrase("error: stdin has no number; write one a line", "错误：标准输入中没有号码；请每行写一个")
        default: Phrase("error: stdin has more than one number; give one", "错误：标准输入中有多个号码；请只给一个")
        }
    }
}
