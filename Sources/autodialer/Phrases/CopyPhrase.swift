import Wording

/// What copying a database says.
enum CopyPhrase: CaseIterable, PhraseTable {
    case copying, comparing, copied, next, sameDatabase, isRunning, occupied, ofAnother, differs, beginAnew

    var phrase: Phrase {
        switch self {
        case .copying: Phrase("copying: {1} of {2} rows", "复制中：{1}/{2} 行")
        case .comparing: Phrase("comparing both sides", "正在比对两边")
        case .copied:
            Phrase("{1} is copied to {2}: {3} rows, the same on both sides", "{1} 已复制到 {2}：共 {3} 行，两边一致")
        case .next:
            Phrase(
                "Go on with --database {2}, and run nothing more on {1}, which does not know of later calls.",
                "今后请使用 --database {2}，不要再在 {1} 上运行：它不知道之后的呼叫。")
        case .sameDatabase:
            Phrase(
                "error: {1} and {2} are one database; name an empty one to copy to",
                "错误：{1} 和 {2} 是同一个数据库；请指定一个空的目标数据库")
        case .isRunning:
            Phrase(
                "error: {1}: {2} is being run; let it end, or stop it, and repeat the command",
                "错误：{1}：活动 {2} 正在运行；请等它结束或先停止，再重新执行本命令")
        case .occupied:
            Phrase(
                "error: {1} is not empty; name a new file, or an empty database or schema on a server",
                "错误：{1} 不是空的；请指定一个新文件，或服务器上一个空的数据库或模式")
        case .ofAnother:
            Phrase(
                "error: {1} has a part of a copy that was begun from another database than {2}, or before {2} was changed",
                "错误：{1} 里有一部分复制内容，但不是从现在的 {2} 复制的：来源是别的数据库，或者 {2} 之后有变化")
        case .differs:
            Phrase(
                "error: {1} and {2} are not the same: {3}; somebody has changed one of them meanwhile",
                "错误：{1} 和 {2} 不一致：{3}；期间有人改动了其中一个")
        case .beginAnew:
            Phrase(
                "Let nobody write to the source, empty the destination (delete the file, or drop the database), and repeat the "
                    + "command.", "请确保无人写入来源数据库，清空目标（删除文件，或删除该数据库后重建），再重新执行本命令。")
        }
    }
}
