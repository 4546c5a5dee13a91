import Wording

/// Why a ledger on a server cannot be opened or used, and what to do about it.
enum PostgresPhrase: CaseIterable, PhraseTable {
    case noAddress, tooOld, noSchema, noLedger, newer, zeroByte, outOfTurn, givenUp, notLeading, publishedOutOfTurn
    case said, saidWithState
    case noPassword, wrongPassword, noTrust
    case busy, full, forbidden, noDatabase, letsNobodyIn, damaged, device, away, failed

    var phrase: Phrase { ofOpening ?? ofConnections ?? ofServers }

    private var ofOpening: Phrase? {
        switch self {
        case .noAddress:
            Phrase(
                "this is no address of a PostgreSQL server; write postgresql://user@host:port/database, and any "
                    + "sign in it that means something there as %XX",
                "这不是 PostgreSQL 服务器的地址；请写成 postgresql://用户@主机:端口/数据库，其中有特殊含义的字符写成 %XX")
        case .tooOld: Phrase("the server is older than PostgreSQL 13; use a newer one", "服务器版本低于 PostgreSQL 13；请升级")
        case .noSchema:
            Phrase(
                "the database has no schema that this user may use; create one of the user's name",
                "数据库中没有该用户可用的 schema；请创建与用户同名的 schema")
        case .noLedger:
            Phrase(
                "the database has no ledger yet; `autodialer import` or `autodialer run` makes one",
                "数据库中还没有本程序的数据；可用 `autodialer import` 或 `autodialer run` 创建")
        case .newer:
            Phrase(
                "the database was written by a newer release of autodialer; use that release",
                "数据库由更新版本的 autodialer 写入；请使用该版本")
        case .zeroByte: Phrase("a text with a zero byte cannot be kept", "含零字节的文本无法保存")
        case .outOfTurn:
            Phrase("this commit does not follow the last one of run {1}", "该提交与运行 {1} 的上一次提交不连续")
        case .givenUp:
            Phrase("run {1} was given up, and others have gone on without it", "运行 {1} 已被放弃，其他运行已接手")
        case .notLeading: Phrase("run {1} does not lead the campaign any more", "运行 {1} 已不再主导该活动")
        case .publishedOutOfTurn: Phrase("this publication does not follow the last one", "该发布与上一次不连续")
        case .said: Phrase("{1} (PostgreSQL: {2})", "{1}（PostgreSQL：{2}）")
        case .saidWithState: Phrase("{1} (PostgreSQL: {2}, {3})", "{1}（PostgreSQL：{2}，{3}）")
        default: nil
        }
    }

    private var ofConnections: Phrase? {
        switch self {
        case .noPassword:
            Phrase(
                "the server asks for a password and was given none; put it into ~/.pgpass, or the file that PGPASSFILE "
                    + "names, mode 0600", "服务器需要密码而没有收到；请写入 ~/.pgpass 或 PGPASSFILE 所指的文件，权限 0600")
        case .wrongPassword:
            Phrase(
                "the server does not accept this user with this password; mend ~/.pgpass, or wherever the password is from",
                "服务器不接受该用户的此密码；请更正 ~/.pgpass 或密码的其他来源")
        case .noTrust:
            Phrase(
                "the connection is not as secure as sslmode or the server wants it, and nothing was sent; check host, "
                    + "sslmode, sslrootcert, and sslcert if the server asks for one",
                "连接不符合 sslmode 或服务器的安全要求，未发送任何内容；请检查主机、sslmode、sslrootcert，服务器要求时还有 sslcert")
        default: nil
        }
    }

    private var ofServers: Phrase {
        switch self {
        case .busy:
            Phrase(
                "others are at work on the same rows, or the server has no connection left; try again",
                "其他连接正在处理相同的数据，或服务器连接数已满；请重试")
        case .full:
            Phrase(
                "the server's disk or memory is full and nothing of this step was kept; free some and start again",
                "服务器的磁盘或内存已满，本步未保存任何内容；请腾出空间后重新开始")
        case .forbidden:
            Phrase(
                "the database may not be written; use the primary server, and grant the user what the guide says",
                "数据库无法写入；请使用主服务器，并按指南为用户授权")
        case .noDatabase:
            Phrase(
                "the server has no such database, or it is not open to us; check its name and the schema's",
                "服务器上没有该数据库，或无权使用；请检查数据库和 schema 的名称")
        case .letsNobodyIn:
            Phrase(
                "the server does not let us in; check user, database, and what its pg_hba.conf asks for",
                "服务器拒绝登录；请检查用户、数据库及其 pg_hba.conf 的要求")
        case .damaged:
            Phrase(
                "the server finds its database damaged; stop all runs and restore a backup",
                "服务器发现数据库已损坏；请停止所有运行并恢复备份")
        case .device:
            Phrase(
                "the server's storage failed; check its disk, then start again", "服务器存储故障；请检查磁盘，然后重新开始")
        case .away:
            Phrase(
                "the server cannot be reached or went away; check that it runs and the network to it",
                "服务器连接不上或已中断；请检查服务器是否运行，以及网络是否通畅")
        default:
            Phrase("the server reports a failure; nothing of this step was kept", "服务器报告故障；本步未保存任何内容")
        }
    }
}
