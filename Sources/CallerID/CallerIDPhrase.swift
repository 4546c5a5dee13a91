package import Wording

extension RejectionReason: PhraseTable {
    /// Why a number was passed over; the English is ``word``.
    package var phrase: Phrase {
        switch self {
        case .paused: Phrase(word, "已停用")
        case .quarantined: Phrase(word, "隔离中")
        case .blockedProvince: Phrase(word, "不呼该省")
        case .outsideWindow: Phrase(word, "不在使用时段")
        case .atConcurrency: Phrase(word, "并发已满")
        case .atDailyCap: Phrase(word, "今日已用满")
        case .coolingDown: Phrase(word, "冷却中")
        case .virtualPoolExhausted: Phrase(word, "虚拟号池已用尽")
        case .calleeCallerRepeat: Phrase(word, "该客户已见过此号码")
        case .notLocal: Phrase(word, "非本地号码")
        case .noRegion: Phrase(word, "归属地未知")
        }
    }
}

extension CalleeDeferral: PhraseTable {
    /// Why the callee is left alone; the English is the word in explanations and exports.
    package var phrase: Phrase {
        switch self {
        case .blacklisted: Phrase(rawValue, "在黑名单中")
        case .outsideWindow: Phrase(rawValue, "不在可呼时段")
        case .dailyLimit: Phrase(rawValue, "今日呼叫次数已满")
        case .fiveMinuteLimit: Phrase(rawValue, "五分钟内呼叫次数已满")
        }
    }
}

extension ReasonCounts {
    /// The reasons with their counts: `at_concurrency 3, cooling_down 1`.
    package var phrase: Phrase { Phrase(listing: reasons.map { CallerIDPhrase.counted.filled($0.phrase, self[$0]) }) }
}

/// Why no number is shown.
package enum CallerIDPhrase: CaseIterable, PhraseTable {
    case emptyPool, noNumber, noneToShow, noAccount, notTold, counted

    /// The words; in English as they are kept with leads.
    package var phrase: Phrase {
        switch self {
        case .emptyPool: Phrase("the pool has no numbers", "号码池中没有号码")
        case .noNumber: Phrase("no_number {1}", "没有可用号码：{1}")
        case .noneToShow: Phrase("no number can be shown", "没有可用的主叫号码")
        case .noAccount: Phrase("no account has a number to show", "各账号均没有可用的主叫号码")
        case .notTold: Phrase("no_caller_ids_told", "尚未取得主叫号码")
        case .counted: Phrase("{1} {2}", "{1} {2} 个")
        }
    }

    /// Whether what is kept tells of a want that time alone does not mend; a lead is asked about again all the same.
    package static func lasts(kept reason: String) -> Bool {
        let fixed = [emptyPool.phrase.english, CalleeDeferral.blacklisted.rawValue]
        let isNoNumber = reason.hasPrefix(noNumber.phrase.english.prefix { $0 != "{" })
        let isPaused = reason.hasPrefix(RejectionReason.paused.word + " ") && !reason.contains(",")
        return isNoNumber || isPaused || fixed.contains(reason)
    }

    /// What is kept with a lead that waits for want of a number, in every language; as it is where it is in nobody's table.
    package static func reading(kept reason: String) -> Phrase {
        if let deferral = CalleeDeferral(rawValue: reason) { return deferral.phrase }
        if let fixed = [emptyPool, noneToShow, noAccount, notTold].first(where: { $0.phrase.english == reason }) {
            return fixed.phrase
        }
        let lead = noNumber.phrase.english.prefix { $0 != "{" }
        if reason.hasPrefix(lead) { return noNumber.filled(reading(kept: String(reason.dropFirst(lead.count)))) }
        let counts = reason.split(separator: ", ").map { part -> Phrase? in
            let words = part.split(separator: " ")
            guard words.count == 2, let reason = RejectionReason.allCases.first(where: { $0.word == words[0] }) else {
                return nil
            }
            return counted.filled(reason.phrase, words[1])
        }
        return counts.isEmpty || counts.contains(nil)
            ? Phrase(same: reason) : Phrase(listing: counts.compactMap(\.self))
    }
}
