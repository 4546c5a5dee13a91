import CallerID
package import DialEngine
import DialModel
import Ledger
package import Wording

/// How a run ended, in a few words.
extension RunEnding.Word: PhraseTable {
    package var phrase: Phrase {
        switch self {
        case .stopped: Phrase("stopped by the operator", "已由操作员停止")
        case .fenced:
            Phrase(
                "the database was out of reach for too long, and other runners have taken over",
                "与数据库失联过久，已由其他运行接手")
        case .vendorRefused: Phrase("the vendor refuses the campaign's calls", "供应商拒绝该活动的呼叫")
        case .vendorUnavailable: Phrase("the vendor cannot be reached", "连接不上供应商")
        case .deadline: Phrase("the time for this run is up", "本次运行时间已到")
        case .attemptLimit: Phrase("this run has made as many attempts as it may", "本次运行的呼叫次数已达上限")
        case .nothingDue: Phrase("nothing is due", "没有可拨线索")
        case .accountFull: Phrase("leads are due, and no call may be placed", "有可拨线索，但不能外呼")
        case .noCallerID:
            Phrase(
                "leads are due, and no number of the campaign's pool may be shown", "有可拨线索，但号码池没有可用的主叫号码")
        case .numbersBusy:
            Phrase(
                "the numbers of the leads that are due have an open attempt in another campaign",
                "可拨线索的号码在另一活动中有未了结的呼叫")
        }
    }

    /// How much an ending says of its run; less is worse.
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The one of several accounts' endings that tells most of their run.
    static func worst<Ending>(_ endings: [Ending], by word: (Ending) -> RunEnding.Word?) -> Ending? {
        endings.enumerated().min { first, second in
            let ranks = [first, second].map { word($0.element)?.rank ?? -1 }
            return (ranks[0], first.offset) < (ranks[1], second.offset)
        }?.element
    }
}

/// What else is said of how a run ended: since when and why, and what to do.
enum RunEndingDetail: CaseIterable, PhraseTable {
    case everythingFinished, othersCall, onHold, before, beforeBecause, seeCallerIDs, changeCallerIDs, because,
        runAgain, runOther, ofAccount, byAccount

    var phrase: Phrase {
        switch self {
        case .everythingFinished: Phrase("every lead is finished", "全部线索已完成")
        case .othersCall:
            Phrase(
                "no lead is left to dial; leads that other runners are still calling: {1}",
                "已无线索可拨；另有 {1} 条仍在其他运行的通话中")
        case .onHold: Phrase("nobody who is left may be dialled as things are", "按现状，剩余线索均不可拨")
        case .before: Phrase("{1} before {2}", "{2} 之前{1}")
        case .beforeBecause: Phrase("{1} before {2}: {3}", "{1}，{2} 之前如此：{3}")
        case .seeCallerIDs: Phrase("{1} before {2} ({3}); see caller-ids list", "{1}，{2} 之前如此（{3}）；见 caller-ids list")
        case .changeCallerIDs:
            Phrase(
                "{1} until something is changed ({2}); see caller-ids list", "{1}，需作调整（{2}）；见 caller-ids list")
        case .because: Phrase("{1}: {2}", "{1}（{2}）")
        case .runAgain: Phrase("{1}; run the same command again later", "{1}；请稍后重新运行同一命令")
        case .runOther:
            Phrase("{1}; run that campaign to settle them, then this one again", "{1}；请先运行那个活动，再运行本活动")
        case .ofAccount: Phrase("{1}: {2}", "{1}：{2}")
        case .byAccount: Phrase("{1}; {2}", "{1}；{2}")
        }
    }
}

extension RunEnding {
    /// How a run ended whose accounts ended like this.
    init(joining endings: [RunEnding]) {
        // Of accounts for which nothing is due, one that knows of nothing to come tells more.
        let isOver = endings.contains(.nothingDue(next: nil))
        let known = endings.filter { ending in
            if isOver, case .nothingDue(.some) = ending { false } else { true }
        }
        self = Word.worst(known) { $0.word } ?? .nothingDue(next: nil)
    }

    /// The sentence for a person; `onHold` are the leads that wait until something is changed, and `inCalls` counts those that
    /// other runners are calling.
    func sentence(leaving onHold: LeadsOnHold, inCalls: Int) -> Phrase {
        let words = word.phrase
        return switch self {
        case .nothingDue(next: nil) where inCalls > 0: RunEndingDetail.othersCall.filled(inCalls)
        case .nothingDue(next: nil): (onHold.isEmpty ? RunEndingDetail.everythingFinished : .onHold).phrase
        case .nothingDue(let next?): RunEndingDetail.before.filled(words, next.dayAndTime)
        case .numbersBusy: RunEndingDetail.runOther.filled(words)
        case .noCallerID(let hold) where CallerIDPhrase.lasts(kept: hold.reason):
            RunEndingDetail.changeCallerIDs.filled(words, CallerIDPhrase.reading(kept: hold.reason))
        case .noCallerID(let hold):
            RunEndingDetail.seeCallerIDs.filled(
                words, hold.until.dayAndTime, CallerIDPhrase.reading(kept: hold.reason))
        case .accountFull(let hold): RunEndingDetail.beforeBecause.filled(words, hold.until.dayAndTime, hold.reason)
        case .vendorUnavailable, .fenced: RunEndingDetail.runAgain.filled(words)
        case .vendorRefused(let reason): RunEndingDetail.because.filled(words, reason)
        case .deadline, .attemptLimit, .stopped: words
        }
    }
}

extension [RunRecord] {
    /// The account whose ending is that of the run; nil while one of them goes on, or where their process died.
    var joined: RunRecord? {
        guard !isEmpty, allSatisfy({ $0.ending != nil }) else { return nil }
        return RunEnding.Word.worst(self) { $0.ending.flatMap(RunEnding.Word.init) }
    }

    /// How the run ended, in a few words, and where its accounts ended otherwise, each of them; nil while it goes on.
    var endingPhrase: Phrase? {
        guard let joined, let ending = joined.ending else { return nil }
        let words = Self.phrase(ending)
        guard contains(where: { $0.ending != ending }) else { return words }
        let accounts = map { RunEndingDetail.ofAccount.filled($0.account, Self.phrase($0.ending ?? "-")) }
        return RunEndingDetail.byAccount.filled(words, Phrase(listing: accounts))
    }

    private static func phrase(_ word: String) -> Phrase {
        RunEnding.Word(rawValue: word)?.phrase ?? Phrase(same: word.replacing("_", with: " "))
    }
}

/// What a run says that is told to stop.
enum StoppingPhrase: CaseIterable, PhraseTable {
    case stopping, left

    var phrase: Phrase {
        switch self {
        case .stopping:
            Phrase(
                "stopping: no more calls are placed; calls in progress may finish. Again to leave at once.",
                "正在停止：不再外呼，进行中的通话可继续到结束。再按一次立即退出。")
        case .left:
            Phrase(
                "left at once, with {1} calls open; the next run, or recover, looks up what became of them",
                "已立即退出，{1} 通呼叫未了结；下次运行或 recover 会查明其结果")
        }
    }
}
