import Wording

/// What `dnc` says, and who else speaks of do-not-call lists.
enum DoNotCallPhrase: CaseIterable, PhraseTable {
    case added, removed, dropped, imported, endless, counted, noList, handAdded
    case erased, over, hashedWildcard, nothingListed, seeCheck, wildcardAsked, asOfAhead, confirm, sayYes
    case absent, noneAtAll, thereAre, ofCampaign, noCountryCode, nameCountry
    case listed, listMissing, listOutdated, notCalled, onIt, wildcard, until, notOnIt, forbidden, allowed
    case asked, noOlder, aDay, days, hours

    var phrase: Phrase { results ?? refusals ?? lists ?? answers ?? ages }

    private var results: Phrase? {
        switch self {
        case .added: Phrase("{1}: {2} added, {3} prolonged, {4} unchanged", "{1}：新增 {2}，延长 {3}，未变 {4}")
        case .removed: Phrase("{1}: {2} removed, {3} were not on it", "{1}：移除 {2}，原本不在其中 {3}")
        case .dropped: Phrase("{1}: removed, with {2} entries", "{1}：已删除，共 {2} 条")
        case .imported:
            Phrase(
                "{1}: {2} added, {3} changed, {4} unchanged, {5} removed, {6} rejected",
                "{1}：新增 {2}，变更 {3}，未变 {4}，移除 {5}，拒绝 {6}")
        case .endless:
            Phrase("{1} entries count for ever, for their end cannot be read", "{1} 条的期限无法读取，按永久处理")
        case .counted: Phrase("{1} × {2}", "{2}：{1} 行")
        case .noList:
            Phrase(
                "there is no do-not-call list; begin one with: autodialer dnc add NUMBER",
                "还没有禁呼名单；用 autodialer dnc add 号码 建立")
        case .handAdded: Phrase("added by hand", "手工添加")
        default: nil
        }
    }

    private var refusals: Phrase? {
        switch self {
        case .erased:
            Phrase(
                "error: the list \"erased\" is that of privacy erase; name another one, or use house",
                "错误：名单“erased”由 privacy erase 使用；请换一个名称，或用 house")
        case .over: Phrase("error: --expires is over already", "错误：--expires 已经过去")
        case .hashedWildcard:
            Phrase(
                "error: wildcards cannot be hashed; keep them in a list of their own, without --hashed",
                "错误：通配无法哈希；请放在单独的名单中，不加 --hashed")
        case .nothingListed: Phrase("error: nothing of this is on the list \"{1}\"", "错误：这些都不在名单“{1}”中")
        case .seeCheck:
            Phrase(
                "See which lists a number is on with: autodialer dnc check NUMBER",
                "查看号码在哪些名单中：autodialer dnc check 号码")
        case .wildcardAsked: Phrase("error: ask about one number, not about a wildcard", "错误：请查询一个号码，而不是通配")
        case .asOfAhead: Phrase("error: --as-of is yet to come", "错误：--as-of 尚未到来")
        case .confirm:
            Phrase(
                "error: this takes {1} entries off at once, and whoever is on \"{2}\" may be called",
                "错误：这会一次移除 {1} 条，“{2}”中的人都可能被呼叫")
        case .sayYes: Phrase("Say --yes if that is meant.", "确实如此请加 --yes。")
        case .absent: Phrase("error: there is no do-not-call list \"{1}\"", "错误：没有禁呼名单“{1}”")
        case .noneAtAll: Phrase("There is none at all.", "目前没有任何名单。")
        case .thereAre: Phrase("There are: {1}", "现有：{1}")
        case .ofCampaign: Phrase("\"{1}\" of {2}", "{2} 的“{1}”")
        case .noCountryCode:
            Phrase(
                "error: {1}:{2}: the number has no country code; nothing of the file is taken in",
                "错误：{1}:{2}：号码没有国家代码；整个文件均未导入")
        case .nameCountry:
            Phrase(
                "Name the country of such numbers with --country, for example --country CN, or write each with its code.",
                "请用 --country 指定这些号码的国家，例如 --country CN，或逐个写上国家代码。")
        default: nil
        }
    }

    private var lists: Phrase? {
        switch self {
        case .listed: Phrase("the number is on the do-not-call list \"{1}\"", "号码在禁呼名单“{1}”中")
        case .listMissing:
            Phrase(
                "the do-not-call list \"{1}\" is not there; import it with: autodialer dnc import FILE --list {1} --as-of DAY",
                "缺少禁呼名单“{1}”；请导入：autodialer dnc import 文件 --list {1} --as-of 日期")
        case .listOutdated:
            Phrase(
                "the do-not-call list \"{1}\" is older than it may be; import it anew with: autodialer dnc import FILE --list "
                    + "{1} --as-of DAY", "禁呼名单“{1}”已过期；请重新导入：autodialer dnc import 文件 --list {1} --as-of 日期")
        case .notCalled:
            Phrase(
                "error: {1} is on the do-not-call list \"{2}\", and is not called", "错误：{1} 在禁呼名单“{2}”中，不会呼叫")
        default: nil
        }
    }

    private var answers: Phrase? {
        switch self {
        case .onIt: Phrase("on it{1}{2}, since {3}: {4}", "在其中{1}{2}，{3} 起：{4}")
        case .wildcard: Phrase(" as {1}", "，匹配 {1}")
        case .until: Phrase(" until {1}", "，至 {1}")
        case .notOnIt: Phrase("not on it", "不在其中")
        case .forbidden: Phrase("{1}: must not be called", "{1}：不可呼叫")
        case .allowed: Phrase("{1}: no do-not-call list stands against a call", "{1}：没有禁呼名单阻止呼叫")
        default: nil
        }
    }

    private var ages: Phrase {
        switch self {
        case .asked:
            Phrase(
                "do-not-call lists: {1}; plan and run see whether they are there", "禁呼名单：{1}；plan 和 run 会检查是否齐全")
        case .noOlder: Phrase("{1} (no older than {2})", "{1}（不超过 {2}）")
        case .aDay: Phrase("1 day", "1 天")
        case .days: Phrase("{1} days", "{1} 天")
        default: Phrase("{1} hours", "{1} 小时")
        }
    }
}

/// The columns of the tables of do-not-call lists, and what stands in them.
enum DoNotCallColumn: CaseIterable, PhraseTable {
    case list, whose, asOf, answer, age, imported, entries, wildcards, expired, keeps
    case all, campaign, days, hashes, numbers

    var phrase: Phrase {
        switch self {
        case .list: Phrase("LIST", "名单")
        case .whose: Phrase("FOR", "适用")
        case .asOf: Phrase("AS OF", "截至")
        case .answer: Phrase("ANSWER", "结果")
        case .age: Phrase("AGE", "已过")
        case .imported: Phrase("IMPORTED", "导入于")
        case .entries: Phrase("ENTRIES", "条目")
        case .wildcards: Phrase("WILDCARDS", "通配")
        case .expired: Phrase("EXPIRED", "已到期")
        case .keeps: Phrase("KEEPS", "保存形式")
        case .all: Phrase("all", "全部")
        case .campaign: Phrase("campaign", "本活动")
        case .days: Phrase("{1} d", "{1} 天")
        case .hashes: Phrase("hashes", "哈希")
        case .numbers: Phrase("numbers", "号码")
        }
    }
}

/// What `recover` says.
enum RecoverPhrase: CaseIterable, PhraseTable {
    case noCampaign, nothingOpen, asking, settled, settledAs, outcome

    var phrase: Phrase {
        switch self {
        case .noCampaign: Phrase("error: the database holds no campaign \"{1}\"", "错误：数据库中没有活动“{1}”")
        case .nothingOpen: Phrase("{1}: no call was left open", "{1}：没有未了结的呼叫")
        case .asking: Phrase("{1}: asking the vendor about open calls: {2}", "{1}：正在向供应商查询未了结的呼叫：{2}")
        case .settled: Phrase("{1}: settled: {2}, still open: {3}", "{1}：已了结 {2}，仍未了结 {3}")
        case .settledAs: Phrase("{1}: settled: {2} ({4}), still open: {3}", "{1}：已了结 {2}（{4}），仍未了结 {3}")
        case .outcome: Phrase("{1} {2}", "{2} {1} 通")
        }
    }
}
