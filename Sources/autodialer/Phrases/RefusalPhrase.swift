import Wording

/// What commands refuse to do, and how to get what was meant.
enum RefusalPhrase: CaseIterable, PhraseTable {
    case emptySpan, reportInTerminal, noRules, rulesWithoutLimit, thresholds, smaller, larger
    case nothingToForecast, otherMode, howManyAgents, sayAgents
    case choosesOtherwise, unknownChoice
    case noFile, noRecording, badLine, answeredOtherwise, then, now, epoch
    case noList, noOrdinaryFile, unreadableList, readingFailed, unreadable, writingFailed, changedList, tryAgain
    case isFolder, notMade, notReplaced, nothingLeft, noStateFolder, checkOwner, badLog, metricsPort, metricsStream,
        otherPort

    var phrase: Phrase { ofCommands ?? ofRecordings ?? ofLists ?? ofFiles }

    private var ofCommands: Phrase? {
        switch self {
        case .emptySpan:
            Phrase(
                "error: --since is not before --until; nothing was begun in that time",
                "错误：--since 不早于 --until，该时段内没有呼叫")
        case .reportInTerminal:
            Phrase(
                "error: a report is a page for a browser; name a file for it with -o report.html",
                "错误：报表要用浏览器查看；请用 -o report.html 指定文件")
        case .noRules:
            Phrase("error: --rules: there are no rules \"{1}\" (use one of: {2})", "错误：--rules：没有规则“{1}”（可用：{2}）")
        case .rulesWithoutLimit:
            Phrase(
                "error: the rules \"{1}\" set no limit for abandoned calls (measure by others: --rules us)",
                "错误：规则“{1}”没有规定呼损上限（可按其他规则衡量：--rules us）")
        case .thresholds:
            Phrase(
                "--{1} takes a warning and a critical value, the {2} one last: {3}", "--{1} 需要警告值和严重值，{2}的在后：{3}")
        case .smaller: Phrase("smaller", "较小")
        case .larger: Phrase("larger", "较大")
        case .nothingToForecast:
            Phrase(
                "{1}: error: in mode vendor_paced the vendor chooses whom to call and when, so that there is nothing to "
                    + "forecast", "{1}：错误：vendor_paced 模式由供应商决定呼叫谁、何时呼叫，无法预测")
        case .otherMode: Phrase("Give the campaign another mode for a forecast.", "如需预测，请为活动改用其他模式。")
        case .howManyAgents: Phrase("error: nobody says how many agents will be there", "错误：没有说明坐席人数")
        case .sayAgents: Phrase("Say it with --agents, for example --agents 10.", "请用 --agents 说明，如 --agents 10。")
        default: nil
        }
    }

    private var ofRecordings: Phrase? {
        switch self {
        case .choosesOtherwise:
            Phrase(
                "error: attempt {1}: choosing once more yields another number than was shown",
                "错误：呼叫 {1}：重新选号的结果与当时显示的号码不同")
        case .unknownChoice:
            Phrase(
                "error: why the number was chosen is kept in a form that this version does not know",
                "错误：选号原因的保存格式本版本无法识别")
        case .noFile: Phrase("error: {1}: there is no such file, or it may not be read", "错误：{1}：文件不存在，或没有读取权限")
        case .noRecording: Phrase("{1}:1: error: this is no recording of a run of this version", "{1}:1：错误：这不是本版本的运行记录")
        case .badLine: Phrase("{1}:{2}: error: the line cannot be read", "{1}:{2}：错误：该行无法读取")
        case .answeredOtherwise:
            Phrase("error: event {1}, at {2}, is answered otherwise", "错误：事件 {1}（{2}）的应答与当时不同")
        case .then: Phrase("then: {1}", "当时：{1}")
        case .now: Phrase("now:  {1}", "现在：{1}")
        case .epoch:
            Phrase(
                "error: SOURCE_DATE_EPOCH is not a number of seconds since 1970: {1}",
                "错误：SOURCE_DATE_EPOCH 不是 1970 年以来的秒数：{1}")
        default: nil
        }
    }

    private var ofLists: Phrase? {
        switch self {
        case .noList:
            Phrase(
                "error: {1}: there is no such list; correct leads.file or the path", "错误：{1}：没有此名单；请更正 leads.file 或路径")
        case .noOrdinaryFile:
            Phrase(
                "error: {1}: this is no ordinary file; save the list as one and name that",
                "错误：{1}：不是普通文件；请把名单另存为文件后再指定")
        case .unreadableList:
            Phrase("error: {1}: the list cannot be read; check its permissions", "错误：{1}：名单无法读取；请检查权限")
        case .readingFailed: Phrase("error: {1}: reading failed: {2}", "错误：{1}：读取失败：{2}")
        case .unreadable: Phrase("error: {1} cannot be read", "错误：{1} 无法读取")
        case .writingFailed:
            Phrase("error: writing failed: {1}; what was written is not whole", "错误：写入失败：{1}；已写入的内容不完整")
        case .changedList:
            Phrase(
                "error: {1}: the list was changed while it was read; nothing of it was taken in",
                "错误：{1}：读取过程中名单被修改，未导入任何内容")
        case .tryAgain: Phrase("Try again when whoever writes it has finished.", "请在写入完成后重试。")
        default: nil
        }
    }

    private var ofFiles: Phrase {
        switch self {
        case .isFolder: Phrase("error: {1}: cannot be written: it is a folder; name a file", "错误：{1}：无法写入：这是目录；请指定文件")
        case .notMade:
            Phrase("error: {1}: cannot be written: {2}; check folder and permissions", "错误：{1}：无法写入：{2}；请检查目录和权限")
        case .notReplaced: Phrase("error: {1}: cannot be written: {2}; name another file", "错误：{1}：无法写入：{2}；请指定其他文件")
        case .nothingLeft:
            Phrase("error: {1}: writing failed: {2}; nothing was left behind", "错误：{1}：写入失败：{2}；未留下任何内容")
        case .noStateFolder: Phrase("error: cannot make the folder {1}", "错误：无法创建目录 {1}")
        case .checkOwner: Phrase("Check its owner.", "请检查其所有者。")
        case .badLog:
            Phrase(
                "error: {1}: the log cannot be written: {2}; check folder and permissions",
                "错误：{1}：日志无法写入：{2}；请检查目录和权限")
        case .metricsPort: Phrase("error: --metrics-port: {1}", "错误：--metrics-port：{1}")
        case .metricsStream:
            Phrase(
                "error: --metrics-file: {1} is a pipe or a device, and each writing takes the place of the one before; name a file",
                "错误：--metrics-file：{1} 是管道或设备，而每次写入都会取代上一次的内容；请指定文件")
        default: Phrase("Name another port, or 0 for any that is free.", "请指定其他端口，或用 0 自动选择空闲端口。")
        }
    }
}

/// What stands against a run with its account, its numbers or other campaigns.
enum JoiningPhrase: CaseIterable, PhraseTable {
    case realTime, leaveSpeed, otherTime, clockOf, builtInFails, doorFails, simulatorFails, unreachable, startIt
    case noSimulator, removeSimulated, otherSpeed, followsTime
    case projectAlone, ownAgents, severalAccounts, byItself, otherGroup
    case noPool, hasNone, has, rulesUnread

    var phrase: Phrase { ofSimulators ?? ofCampaigns }

    private var ofSimulators: Phrase? {
        switch self {
        case .realTime:
            Phrase(
                "error: --speed {1} with the vendor \"{2}\": real telephones ring in real time",
                "错误：供应商“{2}”不能使用 --speed {1}：真实电话只能按实际时间进行")
        case .leaveSpeed:
            Phrase(
                "Leave --speed away, or rehearse with a built-in vendor: {1}.", "请去掉 --speed，或用内置供应商演练：{1}。")
        case .otherTime:
            Phrase(
                "error: the simulator {1} keeps another time than the account before it", "错误：模拟器 {1} 的时间与前一个账号不同")
        case .clockOf:
            Phrase(
                "Start it with: autodialer simulator --clock-of URL, the URL being that of the other simulator.",
                "请这样启动：autodialer simulator --clock-of URL，URL 为另一个模拟器的地址。")
        case .builtInFails: Phrase("error: the built-in simulator cannot start: {1}", "错误：内置模拟器无法启动：{1}")
        case .doorFails: Phrase("error: nobody can come to this program: {1}", "错误：本程序无法接受连接：{1}")
        case .simulatorFails: Phrase("error: the simulator cannot start: {1}", "错误：模拟器无法启动：{1}")
        case .unreachable: Phrase("error: {1}: {2}", "错误：{1}：连接不上（{2}）")
        case .startIt:
            Phrase(
                "Start the simulator with: autodialer simulator --port …, or correct the endpoint in vendors.yaml.",
                "请启动模拟器：autodialer simulator --port …，或更正 vendors.yaml 中的 endpoint。")
        case .noSimulator: Phrase("error: {1}: {2} is no simulator (HTTP {3})", "错误：{1}：{2} 不是模拟器（HTTP {3}）")
        case .removeSimulated:
            Phrase(
                "Remove \"simulated: true\" from vendors.yaml if this is a real vendor.",
                "如果这是真实供应商，请从 vendors.yaml 中删除“simulated: true”。")
        case .otherSpeed:
            Phrase("error: --speed {1}, but the simulator {2} runs at {3}", "错误：--speed 为 {1}，而模拟器 {2} 的速度为 {3}")
        case .followsTime:
            Phrase("Leave --speed away: the run follows the simulator's time.", "请去掉 --speed：运行以模拟器时间为准。")
        default: nil
        }
    }

    private var ofCampaigns: Phrase {
        switch self {
        case .projectAlone:
            Phrase(
                "{1}: error: campaigns that are run together share their agents, and in mode vendor_paced the vendor gives "
                    + "them calls", "{1}：错误：一起运行的活动共用坐席，而 vendor_paced 模式由供应商分配呼叫")
        case .ownAgents: Phrase("Run it by itself, with agents of its own.", "请单独运行该活动，并使用专属坐席。")
        case .severalAccounts:
            Phrase(
                "{1}: error: campaigns that are run together share one account, and this one has several",
                "{1}：错误：一起运行的活动共用一个账号，而该活动有多个账号")
        case .byItself: Phrase("Run it by itself, beside the others.", "请与其他活动分开，单独运行。")
        case .otherGroup:
            Phrase(
                "{1}: error: campaigns that are run together share their agents, and this one has vendor {2} and group {3} "
                    + "where {4} has {5} and {6}",
                "{1}：错误：一起运行的活动共用坐席，而该活动的供应商为 {2}、技能组为 {3}，{4} 的为 {5}、{6}")
        case .noPool:
            Phrase(
                "{1}: error: the account \"{2}\" has no number pool \"{3}\" with a number that dials out ({4}; import "
                    + "numbers with: autodialer caller-ids import)",
                "{1}：错误：账号“{2}”没有含可外呼号码的号码池“{3}”（{4}；请用 autodialer caller-ids import 导入号码）")
        case .hasNone: Phrase("it has none", "该账号没有号码池")
        case .has: Phrase("it has: {1}", "现有：{1}")
        default: Phrase("{1}: error: the file of \"hours.rules\" has not been read", "{1}：错误：“hours.rules”指定的文件尚未读取")
        }
    }
}
