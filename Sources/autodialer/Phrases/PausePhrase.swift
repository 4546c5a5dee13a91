import DialModel
import Pacing
import RunControl
package import Wording

extension RunPause.Reason: PhraseTable {
    /// What is going on while no call is placed; the place is for who wanted it, or until when.
    package var phrase: Phrase {
        switch self {
        case .draining: Phrase("ending: waiting for calls in progress", "正在收尾：等待进行中的通话结束")
        case .byOperator:
            Phrase(
                "paused by {1}, until somebody resumes; conversations go on", "已由 {1} 暂停，恢复前不再外呼；通话照常进行")
        case .vendorDown: Phrase("the vendor cannot be reached; trying again", "连接不上供应商，正在重试")
        case .throttled:
            Phrase("the vendor asked for fewer calls; going on in a moment", "供应商要求放慢，稍后自动继续")
        case .noAgents: Phrase("no agent is signed in", "没有坐席签入")
        case .nothingDue: Phrase("nothing due before {1}", "{1} 之前没有可拨线索")
        case .noCallerID: Phrase("no number to show before {1}", "{1} 之前没有可用的主叫号码")
        case .accountFull: Phrase("the account may carry no more calls before {1}", "{1} 之前账号呼叫额度已满")
        case .othersTurn: Phrase("other accounts carry the next calls", "轮到其他账号承接呼叫")
        case .withoutShare: Phrase("other runners have the agents and lines", "坐席和线路由其他运行使用")
        case .byVendor: Phrase("the vendor dials; its answered calls are recorded", "由供应商拨号，接通的呼叫均有记录")
        }
    }
}

extension RunPause {
    /// What is going on, for people who are told at `now` by a campaign's clocks.
    func words(_ detail: Moment.Detail, in language: Language, at now: Timestamp, by clocks: ZoneRules) -> String {
        language.say(
            reason, by ?? until.map { Moment(at: $0, now: now, clocks: clocks).words(detail, in: language) } ?? "-")
    }
}

extension PacingDecision.Bound: PhraseTable {
    /// What sets the pace, in words.
    package var phrase: Phrase {
        switch self {
        case .noAgents: Phrase("no agent is signed in", "没有坐席签入")
        case .agents: Phrase("a call for each idle agent, and no more", "每位空闲坐席各有一通呼叫")
        case .risk: Phrase("a further call might find no agent free", "再多拨可能无坐席接听（控制呼损）")
        case .pickUp: Phrase("agents pick up too late, so one call for each idle agent", "坐席接听过慢，只为空闲坐席各拨一通")
        case .lines: Phrase("no further line or lead is free", "线路或线索已用足")
        case .pace: Phrase("adding calls step by step", "逐步增加呼叫")
        case .vendor: Phrase("trying the vendor again, call by call", "逐通重试供应商")
        }
    }
}

/// What else sets the pace.
enum PacePhrase: CaseIterable, PhraseTable {
    case dialing, agentFirst, agentsBusy, noRun, noRunSince, neverRun, silent, justStarted

    var phrase: Phrase {
        switch self {
        case .dialing: Phrase("dialling", "正在外呼")
        case .agentFirst: Phrase("one call for each idle agent", "每位空闲坐席拨一通")
        case .agentsBusy: Phrase("every agent is occupied", "坐席全忙")
        case .noRun: Phrase("no run is going on", "当前没有运行")
        case .noRunSince: Phrase("no run is going on; the last one ended {1} ({2})", "当前没有运行；上次于 {1} 结束（{2}）")
        case .neverRun: Phrase("this campaign has not been run yet", "该活动尚未运行过")
        case .silent: Phrase("a run is going on and does not answer", "活动正在运行，但没有响应")
        case .justStarted: Phrase("just started", "刚开始")
        }
    }
}
