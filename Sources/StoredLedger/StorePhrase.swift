package import Wording

/// Why a ledger leaves its database as it is, whichever database that is.
package enum StorePhrase: CaseIterable, PhraseTable {
    case closed, readingOnly, impossible, foreignNumbers, repeatedNumber, noSuchNumber, noDigest, noRandomness
    case noAttempt, attemptClosed, attemptUnsettled, noLead, leadNotDialled, leadElsewhere, callIsOpen
    case noCampaign, noRun, listBroken, listKeepsNumbers, listKeepsHashes, nothingToKeep, copyUnfinished, copyBusy
    case rule

    /// What is wrong, and what to do about it.
    package var phrase: Phrase { ofStores ?? ofLists ?? ofRows }

    private var ofStores: Phrase? {
        switch self {
        case .closed: Phrase("the ledger was closed", "数据库已关闭")
        case .readingOnly: Phrase("opened for reading only", "仅以只读方式打开")
        case .impossible:
            Phrase(
                "the column {1} holds an impossible value; keep a copy of the database and restore a backup",
                "列 {1} 中有不可能的值；请保留数据库副本，并恢复备份")
        case .noDigest: Phrase("this machine's OpenSSL makes no SHA-256", "本机的 OpenSSL 无法计算 SHA-256")
        case .noRandomness: Phrase("this machine has no random bytes", "本机无法提供随机数")
        case .copyUnfinished:
            Phrase(
                "a copy into this database is not finished; repeat `autodialer migrate-database`, which goes on where it "
                    + "stopped", "向此数据库的复制尚未完成；请重新运行 `autodialer migrate-database`，会从中断处继续")
        case .copyBusy:
            Phrase(
                "another migrate-database copies into this database; wait until it ends",
                "另一个 migrate-database 正在向此数据库复制；请等待其结束")
        case .rule:
            Phrase(
                "this would break a rule of the ledger and nothing of it was kept; please report it",
                "这会违反数据库的约束，未保存任何内容；请报告此问题")
        default: nil
        }
    }

    private var ofLists: Phrase? {
        switch self {
        case .listBroken:
            Phrase(
                "the list could not be read to its end, and nothing of it was kept: {1}", "名单未能读完，未保存任何内容：{1}")
        case .listKeepsNumbers:
            Phrase(
                "the do-not-call list \"{1}\" keeps numbers, and not hashes; replace all of it to change that",
                "禁呼名单“{1}”保存的是号码而非哈希；如需更改，请整份替换")
        case .listKeepsHashes:
            Phrase(
                "this list keeps hashes of numbers, and a wildcard cannot be hashed; keep wildcards in another list",
                "此名单保存的是号码的哈希，通配号码无法取哈希；请把通配号码放在其他名单中")
        case .nothingToKeep:
            Phrase(
                "nothing in the file can be kept; see that the numbers are whole, and in the column that was read",
                "文件中没有可保存的内容；请确认号码完整，并且在所读取的列中")
        case .foreignNumbers:
            Phrase(
                "the policy chooses among the numbers of another account than the claim's",
                "选号策略使用的是其他账号的号码")
        case .repeatedNumber:
            Phrase(
                "a number occurs twice in the inventory, and nothing of it was kept", "号码清单中有重复号码，未保存任何内容")
        case .noSuchNumber:
            Phrase(
                "the account {1} does not list this number; look at the list of its numbers",
                "账号 {1} 的号码清单中没有此号码；请查看其号码清单")
        default: nil
        }
    }

    private var ofRows: Phrase {
        switch self {
        case .noAttempt: Phrase("there is no attempt {1}", "没有呼叫 {1}")
        case .attemptClosed: Phrase("attempt {1} is closed already", "呼叫 {1} 已结束")
        case .attemptUnsettled: Phrase("attempt {1} cannot be closed without an outcome", "呼叫 {1} 没有结果，不能结束")
        case .noLead: Phrase("there is no lead {1}", "没有线索 {1}")
        case .leadNotDialled: Phrase("lead {1} is not being dialled", "线索 {1} 不在拨打中")
        case .leadElsewhere: Phrase("lead {1} is not {2}", "线索 {1} 的状态不是 {2}")
        case .callIsOpen:
            Phrase("a call to them is open; erase them when the call has ended", "与此人的呼叫尚未结束；请在结束后再删除")
        case .noCampaign: Phrase("there is no such campaign", "没有此活动")
        default: Phrase("run {1} has ended already, or there is no such run", "运行 {1} 已结束，或没有此运行")
        }
    }
}
