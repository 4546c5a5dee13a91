import Wording

/// Why a ledger in a file cannot be opened or used, and what to do about it.
enum LedgerFilePhrase: CaseIterable, PhraseTable {
    case noName, noFileToRead, noFile, noLedger, noFolder, notLooked, notRegular, notReadable, folderLocked, notWritable
    case foreign, newer, notMade, folderUnread, folderBusy, noLock, lockHeld, lockHeldSince
    case said, saidNothing
    case busy, full, forbidden, cannotOpen, damaged, device, failed

    var phrase: Phrase { ofPlaces ?? ofLocks ?? ofFailures }

    private var ofPlaces: Phrase? {
        switch self {
        case .noName: Phrase("the name of the database is empty", "数据库的名称为空")
        case .noFileToRead:
            Phrase(
                "there is no such file; import a list or start a run to make it, or name another one",
                "文件不存在；导入名单或启动运行即可创建，也可指定其他文件")
        case .noFile: Phrase("there is no such file", "文件不存在")
        case .noLedger:
            Phrase(
                "the file holds no ledger yet; import a list or start a run first", "文件中还没有本程序的数据；请先导入名单或启动运行")
        case .noFolder:
            Phrase("the folder {1} does not exist; make it, or name another database", "目录 {1} 不存在；请创建，或指定其他数据库")
        case .notLooked: Phrase("the file cannot be looked at: {1}", "无法查看文件：{1}")
        case .notRegular: Phrase("this is not a regular file; name another database", "这不是普通文件；请指定其他数据库")
        case .notReadable:
            Phrase("the file may not be read; check its owner and permissions", "没有读取权限；请检查文件的所有者和权限")
        case .folderLocked:
            Phrase(
                "the folder {1} may not be written; check its owner and permissions", "目录 {1} 无法写入；请检查所有者和权限")
        case .notWritable:
            Phrase("the file may not be written; check its owner and permissions", "文件无法写入；请检查所有者和权限")
        case .foreign: Phrase("this is another program's database; name another one", "这是其他程序的数据库；请另外指定")
        case .newer:
            Phrase("the file was written by a newer release; use that release", "文件由更新版本写入；请使用该版本")
        case .notMade: Phrase("the file cannot be made: {1}", "无法创建文件：{1}")
        default: nil
        }
    }

    private var ofLocks: Phrase? {
        switch self {
        case .folderUnread: Phrase("the folder {1} may not be read", "目录 {1} 无法读取")
        case .folderBusy:
            Phrase(
                "another process is making or upgrading a ledger in {1}; try again", "另一个进程正在 {1} 中创建或升级数据库；请重试")
        case .noLock: Phrase("cannot make {1}: {2}; check the folder", "无法创建 {1}：{2}；请检查目录")
        case .lockHeld: Phrase("another run has this campaign; wait until it ends", "另一个运行正在执行该活动；请等待其结束")
        case .lockHeldSince:
            Phrase(
                "another run has this campaign (process {1} since {2}); wait until it ends, or stop it",
                "另一个运行正在执行该活动（进程 {1}，始于 {2}）；请等待其结束，或停止该运行")
        case .said: Phrase("{1} (SQLite: {2})", "{1}（SQLite：{2}）")
        case .saidNothing: Phrase("no further words", "无更多说明")
        default: nil
        }
    }

    private var ofFailures: Phrase {
        switch self {
        case .busy:
            Phrase(
                "another process is writing to the database; try again, or wait until it has ended",
                "另一个进程正在写入数据库；请重试，或等待其结束")
        case .full:
            Phrase(
                "the disk is full and nothing of this step was kept; free some space and start again",
                "磁盘已满，本步未保存任何内容；请腾出空间后重新开始")
        case .forbidden:
            Phrase(
                "the file or its folder may not be written; check owner and permissions of both",
                "文件或其目录无法写入；请检查两者的所有者和权限")
        case .cannotOpen:
            Phrase(
                "the file cannot be opened; check that it and its folder exist and may be read and written",
                "文件打不开；请确认文件及其目录存在，并且可以读写")
        case .damaged:
            Phrase(
                "the file is damaged or is no database; stop all runs, keep a copy of it and restore a backup, or salvage "
                    + "its rows with `sqlite3 FILE .recover`",
                "文件已损坏，或不是数据库；请停止所有运行，保留副本并恢复备份，或用 `sqlite3 FILE .recover` 抢救数据")
        case .device:
            Phrase(
                "the storage device failed; check the disk and its cables or network, then start again",
                "存储设备故障；请检查磁盘及其线缆或网络，然后重新开始")
        default:
            Phrase("the database reports a failure; nothing of this step was kept", "数据库报告故障；本步未保存任何内容")
        }
    }
}
