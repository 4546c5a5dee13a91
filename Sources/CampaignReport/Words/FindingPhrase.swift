import Wording

/// What a report found in the data: what it is, and what to do about it.
enum FindingPhrase: PhraseTable, Equatable {
    case aboveLimit, openAttempts, unknownAttempts, quarantine, mismatches, agentsMissed, machines
    case invalidNumbers, congestion, troubles, noRegion, severalZones, rejectedRows, duplicates, held, shortCalls

    /// What it is.
    var phrase: Phrase {
        switch self {
        case .aboveLimit: Phrase("Abandonment is {1}, above the limit of {2}", "呼损率 {1}，超过上限 {2}")
        case .openAttempts: Phrase("{1} calls have no outcome", "{1} 通呼叫没有结果")
        case .unknownAttempts:
            Phrase("{1} calls ended without anybody knowing how", "{1} 通呼叫结果不明")
        case .quarantine: Phrase("Caller IDs that are out of use now: {1}", "目前停用的主叫号码：{1}")
        case .mismatches:
            Phrase("In {1} calls the vendor showed another number than was chosen", "{1} 通呼叫的实际外显号码与所选不符")
        case .agentsMissed: Phrase("Agents missed {1} calls; most of them: {2}", "坐席未接 {1} 通；最多的是 {2}")
        case .machines:
            Phrase("{1} of answered calls were taken for machines", "应答呼叫中 {1} 被判为语音信箱或应答机")
        case .invalidNumbers: Phrase("{1} calls ({2}) went to numbers that do not exist", "{1} 通呼叫（{2}）为空号")
        case .congestion:
            Phrase("{1} calls ({2}) failed in the network or at the vendor", "{1} 通呼叫（{2}）因线路或供应商原因失败")
        case .troubles: Phrase("What vendors said of calls that failed: {1}", "供应商对失败呼叫的说明：{1}")
        case .noRegion: Phrase("{1} dials ({2}) went to numbers whose region is not known", "{1} 通拨出（{2}）的号码归属地不明")
        case .severalZones:
            Phrase(
                "{1} dials went to numbers that may be in several time zones", "{1} 通拨出的号码可能跨多个时区")
        case .rejectedRows:
            Phrase("{1}: {2} rows of {3} could not be used", "{1}：{3} 行中有 {2} 行无法使用")
        case .duplicates: Phrase("{1}: {2} rows had a number that was there already", "{1}：{2} 行号码重复")
        case .held: Phrase("Leads that wait because of a rule: {1}", "因规则暂缓的线索：{1}")
        case .shortCalls: Phrase("{1} of conversations were short ones", "短通话占接通的 {1}")
        }
    }
}

/// What to do about a finding.
enum AdvicePhrase: PhraseTable, Equatable {
    case aboveLimit, openAttempts, unknownAttempts, quarantine, mismatches, agentsMissed, machines
    case invalidNumbers, congestion, troubles, noRegion, severalZones, rejectedRows, duplicates, held, shortCalls

    var phrase: Phrase {
        switch self {
        case .aboveLimit:
            Phrase(
                "Stop dialling ahead until the rate is below it: mode progressive, or a lower pacing.max_abandonment.",
                "在呼损率回落之前停止超前外呼：改用 progressive 模式，或调低 pacing.max_abandonment。")
        case .openAttempts:
            Phrase(
                "If no run is going on, settle them with autodialer recover; until then their numbers are not dialled.",
                "如果当前没有运行，请用 autodialer recover 核实；在此之前这些号码不会再被拨打。")
        case .unknownAttempts:
            Phrase(
                "They may have been made. Compare with the vendor's records: autodialer export attempts names each call.",
                "这些呼叫可能已发出。请与供应商话单核对：autodialer export attempts 列有每通呼叫。")
        case .quarantine:
            Phrase(
                "Ask the vendor why it refuses them; autodialer caller-ids list says until when, and resume puts them back.",
                "请向供应商询问被拒原因；autodialer caller-ids list 可查停用期限，resume 可恢复使用。")
        case .mismatches:
            Phrase(
                "Ask the vendor which numbers the account may show: callees saw numbers that nobody chose.",
                "请向供应商确认账号可外显的号码：被叫看到的并非所选号码。")
        case .agentsMissed:
            Phrase(
                "See whether their phones ring and whether agents.pick_up leaves them time; sign out who is away.",
                "请检查其话机是否振铃、agents.pick_up 时限是否过短；离席者应签出。")
        case .machines:
            Phrase(
                "That is much. People may be among them: listen to a sample, or set dial.cpa so that machines go to agents.",
                "比例偏高，其中可能有真人：请抽听录音，或调整 dial.cpa 将其转给坐席。")
        case .invalidNumbers:
            Phrase(
                "They are not dialled again. Ask whoever supplied the list how old it is.", "这些号码不会再拨。请向名单提供方核实名单的时效。")
        case .congestion:
            Phrase(
                "Ask the vendor how many lines there are, and lower lines of the account.", "请向供应商核实线路数，并调低账号的 lines。")
        case .troubles:
            Phrase("The guide's page on the vendor says what each code means.", "各代码的含义见手册中该供应商的页面。")
        case .noRegion:
            Phrase(
                "They get no local caller ID. Add their prefixes to the campaign's file of regions.",
                "无法为其选用本地主叫号码。请在活动的归属地文件中补充号段。")
        case .severalZones:
            Phrase(
                "They are dialled only when all of those zones allow it. Say in the file of regions where they are.",
                "只有各时区均允许时才会拨打。请在归属地文件中注明其所在地。")
        case .rejectedRows:
            Phrase(
                "Mend them in the rejects file beside the list, and import that.", "请在名单旁的 rejects 文件中修正后重新导入。")
        case .duplicates: Phrase("Nothing needs to be done: each number is dialled once.", "无需处理：每个号码只会作为一条线索拨打。")
        case .held:
            Phrase(
                "autodialer plan says how many each rule holds back, and until when.", "autodialer plan 可查各规则暂缓的数量及期限。")
        case .shortCalls:
            Phrase(
                "Many callees hang up at once: look at the opening words, and whether the line is silent at first.",
                "较多被叫接通后立即挂断：请检查开场白以及接通瞬间是否无声。")
        }
    }
}

/// The section of findings.
enum FindingSectionPhrase: PhraseTable, Equatable {
    case title, none, act, look, note, count

    var phrase: Phrase {
        switch self {
        case .title: Phrase("Findings in the data", "数据质量与异常")
        case .none: Phrase("Nothing stands out.", "未发现异常。")
        case .act: Phrase("Act", "需处理")
        case .look: Phrase("Look", "需关注")
        case .note: Phrase("Note", "提示")
        case .count: Phrase("{1} to act on, {2} to look at, {3} to note.", "需处理 {1} 项，需关注 {2} 项，提示 {3} 项。")
        }
    }
}

/// The gates that hold leads back.
enum GatePhrase: String, PhraseTable, Equatable {
    case leadState = "lead_state"
    case expiry
    case doNotCall = "do_not_call"
    case consent
    case attemptCap = "attempt_cap"
    case abandonmentLockout = "abandonment_lockout"
    case retryWait = "retry_wait"
    case timeZone = "time_zone"
    case callingHours = "calling_hours"
    case callerID = "caller_id"
    case vendorCapacity = "vendor_capacity"

    var phrase: Phrase {
        switch self {
        case .leadState: Phrase("finished or in a call", "已完成或呼叫中")
        case .expiry: Phrase("expired", "已过期")
        case .doNotCall: Phrase("do-not-call list", "禁呼名单")
        case .consent: Phrase("no proof of consent", "无同意凭证")
        case .attemptCap: Phrase("dialled as often as allowed", "达到拨打次数上限")
        case .abandonmentLockout: Phrase("locked after abandonment", "呼损后锁定")
        case .retryWait: Phrase("waits for its retry", "等待重呼")
        case .timeZone: Phrase("unknown time zone", "时区未知")
        case .callingHours: Phrase("outside calling hours", "不在可拨时段")
        case .callerID: Phrase("no number to show", "无可用主叫号码")
        case .vendorCapacity: Phrase("no room at the vendor", "供应商线路已满")
        }
    }
}

/// Why leads are finished.
enum EndingPhrase: String, PhraseTable, Equatable {
    case reached
    case invalidNumber = "invalid_number"
    case notRetried = "not_retried"
    case attemptsUsed = "attempts_used"
    case doNotCall = "do_not_call"
    case expired
    case notInterested = "not_interested"
    case wrongNumber = "wrong_number"
    case sold

    var phrase: Phrase {
        switch self {
        case .reached: Phrase("reached", "已接通")
        case .invalidNumber: Phrase("no such number", "空号")
        case .notRetried: Phrase("not to be retried", "不再重呼")
        case .attemptsUsed: Phrase("all tries used", "次数用尽")
        case .doNotCall: Phrase("do not call", "禁呼")
        case .expired: Phrase("expired", "已过期")
        case .notInterested: Phrase("not interested", "无意向")
        case .wrongNumber: Phrase("wrong number", "号码有误")
        case .sold: Phrase("sold", "成交")
        }
    }
}
