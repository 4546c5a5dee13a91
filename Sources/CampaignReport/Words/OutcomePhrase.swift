import DialModel
import Wording

/// Outcomes, one by one.
enum OutcomePhrase: PhraseTable, Equatable {
    case connected, abandoned, machine, busy, noAnswer, rejected, invalidNumber, unreachable, congestion, agentMissed
    case refused, notPlaced, unknown

    /// The words for an outcome.
    init(_ outcome: CallOutcome) {
        switch outcome {
        case .connected: self = .connected
        case .abandoned: self = .abandoned
        case .machine: self = .machine
        case .busy: self = .busy
        case .noAnswer: self = .noAnswer
        case .rejected: self = .rejected
        case .invalidNumber: self = .invalidNumber
        case .unreachable: self = .unreachable
        case .congestion: self = .congestion
        case .agentMissed: self = .agentMissed
        case .refused: self = .refused
        case .notPlaced: self = .notPlaced
        case .unknown: self = .unknown
        }
    }

    var phrase: Phrase {
        switch self {
        case .connected: Phrase("talked with an agent", "接通坐席")
        case .abandoned: Phrase("abandoned: no agent in time", "呼损：坐席未及时接入")
        case .machine: Phrase("answered by a machine", "语音信箱或应答机")
        case .busy: Phrase("busy", "占线")
        case .noAnswer: Phrase("no answer", "无人接听")
        case .rejected: Phrase("declined by the callee", "被叫拒接")
        case .invalidNumber: Phrase("no such number", "空号")
        case .unreachable: Phrase("switched off or out of reach", "关机或不在服务区")
        case .congestion: Phrase("network congested or failed", "线路拥塞或故障")
        case .agentMissed: Phrase("missed by the agent", "坐席未接")
        case .refused: Phrase("declined by the vendor", "供应商拒绝")
        case .notPlaced: Phrase("never placed", "未发起")
        case .unknown: Phrase("unknown", "结果不明")
        }
    }
}

/// Outcomes that charts show together.
enum GroupPhrase: PhraseTable, Equatable {
    case talked, missed, machine, notReached, failed, unknown

    /// The words for a group.
    init(_ group: OutcomeGroup) {
        switch group {
        case .talked: self = .talked
        case .missed: self = .missed
        case .machine: self = .machine
        case .notReached: self = .notReached
        case .failed: self = .failed
        case .unknown: self = .unknown
        }
    }

    var phrase: Phrase {
        switch self {
        case .talked: Phrase("talked with an agent", "接通坐席")
        case .missed: Phrase("abandoned or missed", "呼损或坐席未接")
        case .machine: Phrase("machine", "语音信箱")
        case .notReached: Phrase("not reached", "未接、占线、拒接或关机")
        case .failed: Phrase("failed or no such number", "失败或空号")
        case .unknown: Phrase("unknown or open", "不明或未结束")
        }
    }
}
