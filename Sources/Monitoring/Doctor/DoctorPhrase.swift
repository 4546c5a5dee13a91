package import Wording

/// What `doctor` says.
package enum DoctorPhrase: String, PhraseTable, Hashable {
    case machine, clock, files, database, lists, accounts, zones, libraries, total, problem, problems, warning,
        warnings, fine
    case oneFine = "one_fine"
    case diskFree = "disk_free"
    case diskUnknown = "disk_unknown"
    case diskFix = "disk_fix"
    case openFiles = "open_files"
    case openFilesFix = "open_files_fix"
    case memoryFree = "memory_free"
    case memoryFix = "memory_fix"
    case locale
    case localeFix = "locale_fix"
    case timeZone = "time_zone"
    case timeZoneFix = "time_zone_fix"
    case synchronised
    case unsynchronised
    case synchronisedUnknown = "synchronised_unknown"
    case clockFix = "clock_fix"
    case vendorClock = "vendor_clock"
    case vendorClockUnknown = "vendor_clock_unknown"
    case fileMode = "file_mode"
    case fileModeWide = "file_mode_wide"
    case fileModeFix = "file_mode_fix"
    case folderShared = "folder_shared"
    case folderSharedFix = "folder_shared_fix"
    case fileOwner = "file_owner"
    case fileOwnerFix = "file_owner_fix"
    case secretUnreadable = "secret_unreadable"
    case secretFix = "secret_fix"
    case noDatabase = "no_database"
    case noDatabaseFix = "no_database_fix"
    case databaseUnusable = "database_unusable"
    case databaseFix = "database_fix"
    case serverReached = "server_reached"
    case serverUnusable = "server_unusable"
    case serverFix = "server_fix"
    case serverEmpty = "server_empty"
    case serverStandby = "server_standby"
    case serverStandbyFix = "server_standby_fix"
    case serverProved = "server_proved"
    case serverLocal = "server_local"
    case serverUnproved = "server_unproved"
    case serverPlain = "server_plain"
    case serverPlainFix = "server_plain_fix"
    case serverClock = "server_clock"
    case serverClockDiffers = "server_clock_differs"
    case serverClockFix = "server_clock_fix"
    case databaseSound = "database_sound"
    case databaseDamaged = "database_damaged"
    case databaseDamagedFix = "database_damaged_fix"
    case databaseUnchecked = "database_unchecked"
    case databaseUncheckedFix = "database_unchecked_fix"
    case databaseVersion = "database_version"
    case databaseOlder = "database_older"
    case databaseOlderFix = "database_older_fix"
    case databaseSize = "database_size"
    case logSize = "log_size"
    case logLarge = "log_large"
    case logLargeFix = "log_large_fix"
    case journalMode = "journal_mode"
    case journalModeFix = "journal_mode_fix"
    case diedRecording = "died_recording"
    case diedRecordingFix = "died_recording_fix"
    case attemptsOpen = "attempts_open"
    case attemptsOpenFix = "attempts_open_fix"
    case runs
    case runSilent = "run_silent"
    case runSilentFix = "run_silent_fix"
    case campaignGood = "campaign_good"
    case campaignBad = "campaign_bad"
    case campaignFix = "campaign_fix"
    case notImported = "not_imported"
    case notImportedFix = "not_imported_fix"
    case listChanged = "list_changed"
    case listChangedFix = "list_changed_fix"
    case listCurrent = "list_current"
    case dncAge = "dnc_age"
    case dncOld = "dnc_old"
    case dncMissing = "dnc_missing"
    case dncFix = "dnc_fix"
    case accountGood = "account_good"
    case accountMissing = "account_missing"
    case accountSlow = "account_slow"
    case accountSlowFix = "account_slow_fix"
    case accountBusy = "account_busy"
    case accountBusyFix = "account_busy_fix"
    case accountSimulated = "account_simulated"
    case accountOffline = "account_offline"
    case verbatim
    case systemZones = "system_zones"
    case systemZonesOld = "system_zones_old"
    case systemZonesMissing = "system_zones_missing"
    case systemZonesFix = "system_zones_fix"
    case phoneZones = "phone_zones"
    case phoneZonesOld = "phone_zones_old"
    case phoneZonesFix = "phone_zones_fix"
    case library
    case noTLS = "no_tls"
    case noTLSFix = "no_tls_fix"

    package var phrase: Phrase {
        titles ?? machinePhrases ?? filePhrases ?? databasePhrases ?? serverPhrases ?? campaignPhrases ?? libraryPhrases
            ?? Phrase("", "")
    }

    private var titles: Phrase? {
        switch self {
        case .machine: Phrase("Machine", "机器")
        case .clock: Phrase("Clock", "时钟")
        case .files: Phrase("File permissions", "文件权限")
        case .database: Phrase("Database", "数据库")
        case .lists: Phrase("Campaigns and lists", "活动与名单")
        case .accounts: Phrase("Vendor accounts", "供应商账号")
        case .zones: Phrase("Time-zone data", "时区数据")
        case .libraries: Phrase("Libraries", "程序库")
        case .total: Phrase("{1}, {2}, {3}", "{1}，{2}，{3}")
        case .problem: Phrase("{1} problem", "{1} 个问题")
        case .problems: Phrase("{1} problems", "{1} 个问题")
        case .warning: Phrase("{1} warning", "{1} 个警告")
        case .warnings: Phrase("{1} warnings", "{1} 个警告")
        case .oneFine: Phrase("{1} as it should be", "{1} 项正常")
        case .fine: Phrase("{1} as they should be", "{1} 项正常")
        default: nil
        }
    }

    private var machinePhrases: Phrase? {
        switch self {
        case .diskFree: Phrase("{1} free where {2} is", "{2} 所在磁盘剩余 {1}")
        case .diskUnknown: Phrase("how much is free where {1} is cannot be learnt", "无法得知 {1} 所在磁盘的剩余空间")
        case .diskFix: Phrase("make room, or move the database to a larger disk", "请清理磁盘，或把数据库移到更大的磁盘")
        case .openFiles: Phrase("up to {1} files may be open at a time", "最多可同时打开 {1} 个文件")
        case .openFilesFix:
            Phrase(
                "raise it: ulimit -n 4096, or LimitNOFILE=4096 in the systemd unit",
                "请调高：ulimit -n 4096，或在 systemd 单元中写 LimitNOFILE=4096")
        case .memoryFree: Phrase("{1} of memory available", "可用内存 {1}")
        case .memoryFix: Phrase("end other programs, or give the machine more memory", "请结束其他程序，或为机器增加内存")
        case .locale: Phrase("the locale is {1}", "区域设置为 {1}")
        case .localeFix:
            Phrase(
                "set LANG=C.UTF-8 (in crontab or unit, too), so that names show as they are",
                "请设置 LANG=C.UTF-8（crontab 和 systemd 单元中也要设置），否则姓名可能显示为乱码")
        case .timeZone: Phrase("the time zone is {1}", "时区为 {1}")
        case .timeZoneFix:
            Phrase(
                "set it: timedatectl set-timezone Asia/Shanghai; --until and reports go by it",
                "请设置：timedatectl set-timezone Asia/Shanghai，--until 和报表都以它为准")
        case .synchronised: Phrase("the clock is kept by NTP", "时钟已通过 NTP 同步")
        case .unsynchronised: Phrase("the clock is not kept by NTP", "时钟未通过 NTP 同步")
        case .synchronisedUnknown: Phrase("whether the clock is kept by NTP cannot be learnt", "无法得知时钟是否通过 NTP 同步")
        case .clockFix:
            Phrase("have the machine keep time by NTP: timedatectl set-ntp true", "请启用 NTP 同步：timedatectl set-ntp true")
        case .vendorClock: Phrase("{1}: the vendor's clock is {2} s ahead of ours", "{1}：供应商时钟比本机快 {2} 秒")
        case .vendorClockUnknown: Phrase("{1}: the vendor does not tell the time", "{1}：供应商不提供时间")
        default: nil
        }
    }

    private var filePhrases: Phrase? {
        switch self {
        case .fileMode: Phrase("{1} has mode {2}", "{1} 的权限为 {2}")
        case .fileModeWide: Phrase("{1} has mode {2}: others can read it or write to it", "{1} 的权限为 {2}，其他用户可以读取或写入")
        case .fileModeFix: Phrase("run: chmod {2} {1}", "请运行：chmod {2} {1}")
        case .folderShared:
            Phrase("{1} has mode {2}: everybody may make files beside the database", "{1} 的权限为 {2}，任何用户都可以在数据库旁创建文件")
        case .folderSharedFix:
            Phrase(
                "keep the database in a folder of your own; this one serves all users and stays as it is",
                "请把数据库放到自己的目录；该目录供所有用户使用，不要修改其权限")
        case .fileOwner: Phrase("{1} belongs to {2}, and this is {3}", "{1} 属于 {2}，而当前用户是 {3}")
        case .fileOwnerFix: Phrase("run as {2}, or: chown {3} {1}", "请以 {2} 运行，或执行：chown {3} {1}")
        case .secretUnreadable: Phrase("{1}: a secret cannot be used: {2}", "{1}：密钥无法使用：{2}")
        case .secretFix:
            Phrase("correct vendors.yaml, or the file or variable that it names", "请更正 vendors.yaml，或其中指定的文件、环境变量")
        default: nil
        }
    }

    private var serverPhrases: Phrase? {
        switch self {
        case .serverReached: Phrase("{1} is a PostgreSQL {2}", "{1} 是 PostgreSQL {2}")
        case .serverUnusable: Phrase("{1}", "数据库服务器无法使用：{1}")
        case .serverFix:
            Phrase(
                "see “Several runners on a server” in the guide",
                "请参阅手册“Several runners on a server”一章")
        case .serverEmpty: Phrase("the database has no ledger yet", "该数据库中还没有数据")
        case .serverStandby: Phrase("the server is a standby, to which nothing can be written", "该服务器是只读备库，无法写入")
        case .serverStandbyFix:
            Phrase(
                "name the primary, or all servers and target_session_attrs=read-write",
                "请指定主库，或写出全部服务器并加上 target_session_attrs=read-write")
        case .serverProved:
            Phrase(
                "the connection is encrypted ({1}), and the server's certificate was checked",
                "连接已加密（{1}），服务器证书已验证")
        case .serverLocal: Phrase("the connection does not leave this machine", "连接不经过网络，只在本机内")
        case .serverUnproved:
            Phrase(
                "the connection is encrypted ({1}), but the server's certificate is not checked: somebody on the way can pose "
                    + "as the server",
                "连接已加密（{1}），但未验证服务器证书：途中有人可以冒充服务器")
        case .serverPlain:
            Phrase(
                "the connection is not encrypted: whoever can listen on the way sees telephone numbers",
                "连接未加密：途中的监听者可以看到电话号码")
        case .serverPlainFix:
            Phrase(
                "add ?sslmode=verify-full to the address, and &sslrootcert=FILE where the authority is your own",
                "请在地址后加上 ?sslmode=verify-full；若使用自建的证书颁发机构，再加上 &sslrootcert=文件")
        case .serverClock: Phrase("the clock agrees with the server's", "时钟与数据库服务器一致")
        case .serverClockDiffers:
            Phrase(
                "the clock is {1} s away from the server's, and no call is placed like this",
                "时钟与数据库服务器相差 {1} 秒，此状态下不会外呼")
        case .serverClockFix:
            Phrase("have both machines keep time by NTP", "请在两台机器上启用 NTP 同步")
        default: nil
        }
    }

    private var databasePhrases: Phrase? {
        switch self {
        case .noDatabase: Phrase("there is no database {1} yet", "数据库 {1} 尚不存在")
        case .noDatabaseFix:
            Phrase("import a list or start a run, or name another with --database", "请先导入名单或开始外呼，或用 --database 指定另一个")
        case .databaseUnusable: Phrase("{1}", "数据库无法使用：{1}")
        case .databaseFix:
            Phrase(
                "see “When things go wrong” in the guide; change nothing before a copy is made",
                "请参阅手册“When things go wrong”一章；操作前务必先备份")
        case .databaseSound: Phrase("{1} is sound", "{1} 完好")
        case .databaseDamaged: Phrase("{1} is damaged: {2}", "{1} 已损坏：{2}")
        case .databaseDamagedFix:
            Phrase("stop all runs, copy the file, and restore the last backup", "请停止所有外呼，复制该文件，并恢复最近的备份")
        case .databaseUnchecked: Phrase("{1} was not checked to its end within {2} s", "{1} 在 {2} 秒内未能检查完毕")
        case .databaseUncheckedFix: Phrase("give it longer: --database-check 10m", "请延长检查时间：--database-check 10m")
        case .databaseVersion: Phrase("its schema is {1}, the present one", "数据库结构为 {1}，是当前版本")
        case .databaseOlder: Phrase("its schema is {1}, older than {2}", "数据库结构为 {1}，旧于 {2}")
        case .databaseOlderFix: Phrase("nothing: the next run upgrades it; make a copy before", "无需操作：下次运行会自动升级，请先备份")
        case .databaseSize: Phrase("it takes {1}", "占用 {1}")
        case .logSize: Phrase("its log takes {1}", "日志（WAL）占用 {1}")
        case .logLarge:
            Phrase("its log takes {1}: some program has read from it for very long", "日志（WAL）占用 {1}：有程序长时间未结束读取")
        case .logLargeFix: Phrase("end exports and sqlite3 shells that are still open", "请结束仍未关闭的导出和 sqlite3 会话")
        case .journalMode: Phrase("journal mode {1}, synchronous {2}", "日志模式 {1}，synchronous {2}")
        case .journalModeFix:
            Phrase(
                "run any command that writes: it sets wal; on a network disk that is not possible, so use a local one",
                "运行任一写入命令即可恢复为 wal；网络磁盘不支持 wal，请使用本地磁盘")
        case .diedRecording: Phrase("a run died; what it was told is in {1}", "有一次运行异常终止，其记录保存在 {1}")
        case .diedRecordingFix:
            Phrase(
                "send it to whoever cares for the program, or look with: autodialer replay {1}; then remove it",
                "请发给维护人员，或用 autodialer replay {1} 查看，之后可删除")
        case .attemptsOpen:
            Phrase("{1}: {2} calls were left open, and no run is going on", "{1}：有 {2} 个通话未结束，且没有外呼在运行")
        case .attemptsOpenFix:
            Phrase(
                "run: autodialer recover {1}; the next run does so by itself", "请运行：autodialer recover {1}；下次运行也会自动处理")
        case .runs: Phrase("{1}: a run is going on", "{1}：正在外呼")
        case .runSilent: Phrase("{1}: a run is going on and does not answer", "{1}：活动正在运行，但没有响应")
        case .runSilentFix:
            Phrase(
                "see what holds it up: its log, the disk, or Ctrl-Z (fg goes on); else end it, and run: autodialer run {1}",
                "请查看原因：日志、磁盘，或是否按过 Ctrl-Z（用 fg 继续）；否则请结束该进程，再运行：autodialer run {1}")
        default: nil
        }
    }

    private var campaignPhrases: Phrase? {
        switch self {
        case .campaignGood: Phrase("{1} can be read", "{1} 可以读取")
        case .campaignBad: Phrase("{1}", "活动文件有误：{1}")
        case .campaignFix: Phrase("run: autodialer check {1}", "请运行：autodialer check {1}")
        case .notImported: Phrase("{1}: its list has not been imported", "{1}：名单尚未导入")
        case .notImportedFix:
            Phrase(
                "nothing: the next run imports it; or run: autodialer import {1}",
                "无需操作：下次运行会自动导入；也可运行：autodialer import {1}")
        case .listChanged: Phrase("{1}: its list has changed since it was imported on {2}", "{1}：名单自 {2} 导入后有变动")
        case .listChangedFix:
            Phrase(
                "nothing: the next run imports what is new; or run: autodialer import {1} {2}",
                "无需操作：下次运行会导入新增内容；也可运行：autodialer import {1} {2}")
        case .listCurrent: Phrase("{1}: its list was imported on {2}, {3} leads in all", "{1}：名单已于 {2} 导入，共 {3} 条线索")
        case .dncAge: Phrase("{1}: do-not-call list {2} is {3} old", "{1}：禁呼名单 {2} 已有 {3} 未更新")
        case .dncOld: Phrase("{1}: do-not-call list {2} is {3} old, {4} at most", "{1}：禁呼名单 {2} 已有 {3} 未更新，最长允许 {4}")
        case .dncMissing: Phrase("{1}: do-not-call list {2} is missing or of no known date", "{1}：禁呼名单 {2} 不存在，或日期不明")
        case .dncFix:
            Phrase(
                "run: autodialer dnc import FILE --list {1} --as-of DATE",
                "请运行：autodialer dnc import 文件 --list {1} --as-of 日期")
        case .accountGood: Phrase("{1}: {2}: {3}", "{1}：{2}：{3}")
        case .accountMissing: Phrase("{1}: {2}: {3}", "{1}：{2}：{3}")
        case .accountSlow: Phrase("{1}: did not answer within {2} s", "{1}：{2} 秒内没有应答")
        case .accountSlowFix:
            Phrase(
                "see whether this machine reaches the vendor, and whether a proxy stands between",
                "请检查本机能否访问供应商，以及中间是否有代理")
        case .accountBusy: Phrase("{1}: not tried, because a run is going on with it", "{1}：正在外呼，未测试")
        case .accountBusyFix:
            Phrase(
                "nothing: the run would say what is wrong; or look again when it has ended",
                "无需操作：如有问题，运行中的外呼会提示；也可在其结束后再检查")
        case .accountSimulated: Phrase("{1}: simulated, no telephone can ring", "{1}：模拟账号，不会拨打真实电话")
        case .accountOffline: Phrase("{1}: not tried, as --offline says", "{1}：因 --offline 未测试")
        case .verbatim: Phrase("{1}", "请处理：{1}")
        default: nil
        }
    }

    private var libraryPhrases: Phrase? {
        switch self {
        case .systemZones: Phrase("the system's time zones are of release {1}", "系统时区数据版本为 {1}")
        case .systemZonesOld: Phrase("the system's time zones are of release {1}, years old", "系统时区数据版本为 {1}，已过时数年")
        case .systemZonesMissing: Phrase("this system has no time zones in {1}", "系统缺少时区数据：{1}")
        case .systemZonesFix:
            Phrase("run: apt-get update && apt-get install tzdata", "请运行：apt-get update && apt-get install tzdata")
        case .phoneZones: Phrase("the zones of telephone numbers are of {1}", "号码时区表的日期为 {1}")
        case .phoneZonesOld: Phrase("the zones of telephone numbers are of {1}, years old", "号码时区表的日期为 {1}，已过时数年")
        case .phoneZonesFix: Phrase("install the latest release of autodialer", "请安装最新版本的 autodialer")
        case .library: Phrase("{1} {2}", "{1} 版本 {2}")
        case .noTLS: Phrase("libcurl {1} has no TLS", "libcurl {1} 不支持 TLS")
        case .noTLSFix: Phrase("install Debian's libcurl4", "请安装 Debian 的 libcurl4")
        default: nil
        }
    }
}
