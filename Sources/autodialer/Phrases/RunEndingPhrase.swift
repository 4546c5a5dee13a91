import Wording

/// How a run ended, by the word that the ledger keeps; of one that had nothing more to do, whether somebody is left.
enum RunEndingPhrase: String, CaseIterable, PhraseTable {
    case everythingFinished = "finished"
    case onHold = "on_hold"
    case nothingDue = "nothing_due"
    case numbersBusy = "numbers_busy"
    case noCallerID = "no_caller_id"
    case accountFull = "account_full"
    case deadline
    case attemptLimit = "attempt_limit"
    case stopped
    case vendorUnavailable = "vendor_unavailable"
    case vendorRefused = "vendor_refused"

    /// The sentence for a person.
    var phrase: Phrase {
        switch self {
        case .everythingFinished: Phrase("every lead is finished", "全部线索已完成")
        case .onHold: Phrase("nobody who is left may be dialled as things are", "按现状，剩余线索均不可拨")
        case .nothingDue: Phrase("nothing is due before {1}", "{1} 之前没有可拨线索")
        case .numbersBusy:
            Phrase(
                "the numbers of the leads that are due have an open attempt in another campaign; run that campaign to settle "
                    + "them, then this one again", "可拨线索的号码在另一活动中有未了结的呼叫；请先运行那个活动，再运行本活动")
        case .noCallerID:
            Phrase(
                "leads are due, and no number of the campaign's pool may be shown before {1} ({2}); see caller-ids list",
                "有可拨线索，但号码池在 {1} 之前没有可用的主叫号码（{2}）；见 caller-ids list")
        case .accountFull:
            Phrase("leads are due, and no call may be placed before {1}: {2}", "有可拨线索，但 {1} 之前不能外呼：{2}")
        case .deadline: Phrase("the time for this run is up", "本次运行时间已到")
        case .attemptLimit: Phrase("this run has made as many attempts as it may", "本次运行的呼叫次数已达上限")
        case .stopped: Phrase("stopped by the operator", "已由操作员停止")
        case .vendorUnavailable:
            Phrase(
                "the vendor cannot be reached; run the same command again later", "连接不上供应商；请稍后重新运行同一命令")
        case .vendorRefused: Phrase("the vendor refuses the campaign's calls: {1}", "供应商拒绝该活动的呼叫：{1}")
        }
    }
}

extension RunEndingPhrase {
    /// A short title for the word of an ending that the ledger keeps, whose sentence has more in it than the word tells.
    static func title(_ word: String, in language: Language) -> String {
        RunEndingTitle(rawValue: word).map { language.say($0) } ?? word.replacing("_", with: " ")
    }
}

/// How a run ended, in a few words.
enum RunEndingTitle: String, CaseIterable, PhraseTable {
    case nothingDue = "nothing_due"
    case numbersBusy = "numbers_busy"
    case noCallerID = "no_caller_id"
    case accountFull = "account_full"
    case deadline
    case attemptLimit = "attempt_limit"
    case stopped
    case vendorUnavailable = "vendor_unavailable"
    case vendorRefused = "vendor_refused"

    var phrase: Phrase {
        switch self {
        case .nothingDue: Phrase("nothing was due", "无可拨线索")
        case .numbersBusy: Phrase("numbers were in use by another campaign", "号码被其他活动占用")
        case .noCallerID: Phrase("no number could be shown", "无可用主叫号码")
        case .accountFull: Phrase("the account was full", "账号额度已满")
        case .deadline: Phrase("its time was up", "时间已到")
        case .attemptLimit: Phrase("it had made its attempts", "呼叫次数已达上限")
        case .stopped: Phrase("stopped by the operator", "操作员停止")
        case .vendorUnavailable: Phrase("the vendor could not be reached", "连接不上供应商")
        case .vendorRefused: Phrase("the vendor refused its calls", "供应商拒绝呼叫")
        }
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
