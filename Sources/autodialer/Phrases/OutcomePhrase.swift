import Compliance
import DialModel
package import Wording

extension CallOutcome: PhraseTable {
    /// The outcome for people; in English it is the word of exports.
    package var phrase: Phrase {
        switch self {
        case .connected: Phrase(rawValue, "已接通")
        case .abandoned: Phrase(rawValue, "呼损")
        case .machine: Phrase(rawValue, "语音信箱")
        case .busy: Phrase(rawValue, "占线")
        case .noAnswer: Phrase(rawValue, "无人接听")
        case .rejected: Phrase(rawValue, "拒接")
        case .invalidNumber: Phrase(rawValue, "空号")
        case .unreachable: Phrase(rawValue, "无法接通")
        case .congestion: Phrase(rawValue, "线路拥塞")
        case .agentMissed: Phrase(rawValue, "坐席未接")
        case .refused: Phrase(rawValue, "供应商拒绝")
        case .notPlaced: Phrase(rawValue, "未拨出")
        case .unknown: Phrase(rawValue, "结果不明")
        }
    }
}

extension LeadEnding: PhraseTable {
    /// Why a lead is finished, for people; in English it is the word of exports.
    package var phrase: Phrase {
        switch self {
        case .reached: Phrase(rawValue, "已联系上")
        case .invalidNumber: Phrase(rawValue, "空号")
        case .notRetried: Phrase(rawValue, "不再重呼")
        case .attemptsUsed: Phrase(rawValue, "次数用尽")
        case .doNotCall: Phrase(rawValue, "禁呼")
        case .expired: Phrase(rawValue, "已过期")
        case .notInterested: Phrase(rawValue, "无意向")
        case .wrongNumber: Phrase(rawValue, "号码不对")
        case .sold: Phrase(rawValue, "已成交")
        }
    }
}

extension AttemptState: PhraseTable {
    /// Where an attempt stands, for people; in English it is the word of exports.
    package var phrase: Phrase {
        switch self {
        case .placing: Phrase(rawValue, "请求中")
        case .dialing: Phrase(rawValue, "拨号中")
        case .ringing: Phrase(rawValue, "振铃")
        case .answered: Phrase(rawValue, "已应答")
        case .connected: Phrase(rawValue, "通话中")
        case .unknown: Phrase(rawValue, "状态不明")
        case .closed: Phrase(rawValue, "已结束")
        }
    }
}

extension Gate: PhraseTable {
    /// What holds a lead back, for people.
    package var phrase: Phrase {
        let english = rawValue.replacing("_", with: " ")
        return switch self {
        case .leadState: Phrase(english, "线索状态")
        case .expiry: Phrase(english, "已过期")
        case .doNotCall: Phrase(english, "禁呼名单")
        case .consent: Phrase("no proof of consent", "缺少同意凭证")
        case .attemptCap: Phrase(english, "呼叫次数上限")
        case .abandonmentLockout: Phrase(english, "呼损后锁定")
        case .retryWait: Phrase(english, "等待重呼")
        case .timeZone: Phrase("unknown time zone", "时区未知")
        case .callingHours: Phrase(english, "不在呼叫时段")
        case .callerID: Phrase(english, "无可用主叫号码")
        case .vendorCapacity: Phrase(english, "供应商容量")
        }
    }
}
