import CampaignFile
import Wording

/// The words of the board.
enum BoardPhrase: CaseIterable, PhraseTable {
    case state, leads, calls, agents, rates, pace, outcomes, accounts, numbers, alerts, messages, finished
    case inAll, done, due, waiting, inCall, inReserve
    case dialling, ringing, waitingForAgent, talking, unknown, lines
    case signedIn, idle, reserved, busy, wrapUp, setAside, onBreak
    case answeredRate, abandonedRate, abandonedSoFar, noRate, perMinute, toGo, riskAllowed
    case active, quarantined, paused, flagged
    case carried, leftAlone, onTrial
    case agent, agentState, since, number, missed, today, answered, more

    var phrase: Phrase {
        switch self {
        case .state: Phrase("now", "状态")
        case .leads: Phrase("leads", "线索")
        case .calls: Phrase("calls", "呼叫")
        case .agents: Phrase("agents", "坐席")
        case .rates: Phrase("rates", "比率")
        case .pace: Phrase("pace", "速度")
        case .outcomes: Phrase("outcomes", "结果")
        case .accounts: Phrase("accounts", "账号")
        case .numbers: Phrase("numbers", "号码池")
        case .alerts: Phrase("alerts", "告警")
        case .messages: Phrase("messages", "消息")
        case .finished: Phrase("finished", "完成")
        case .agent: Phrase("AGENT", "坐席")
        case .agentState: Phrase("STATE", "状态")
        case .since: Phrase("FOR", "时长")
        case .number: Phrase("NUMBER", "号码")
        case .missed: Phrase("MISSED", "未接")
        case .today: Phrase("TODAY", "今日")
        case .answered: Phrase("ANSWERED", "接通率")
        case .more: Phrase("and {1} more", "另有 {1} 项")
        case .inAll: Phrase("{1} in all", "共 {1}")
        case .done: Phrase("{1} finished", "完成 {1}")
        case .due: Phrase("{1} due now", "可拨 {1}")
        case .waiting: Phrase("{1} waiting", "等待 {1}")
        case .inCall: Phrase("{1} in a call", "呼叫中 {1}")
        case .inReserve: Phrase("{1} in reserve", "备用 {1}")
        case .dialling: Phrase("{1} dialling", "拨号 {1}")
        case .ringing: Phrase("{1} ringing", "振铃 {1}")
        case .waitingForAgent: Phrase("{1} answered", "等坐席 {1}")
        case .talking: Phrase("{1} talking", "通话 {1}")
        case .unknown: Phrase("{1} unknown", "不明 {1}")
        case .lines: Phrase("{1} of {2} lines", "线路 {1}/{2}")
        case .signedIn: Phrase("{1} signed in", "签入 {1}")
        case .idle: Phrase("{1} idle", "空闲 {1}")
        case .reserved: Phrase("{1} reserved", "预占 {1}")
        case .busy: Phrase("{1} busy", "忙碌 {1}")
        case .wrapUp: Phrase("{1} wrap-up", "话后 {1}")
        case .setAside: Phrase("{1} set aside", "暂不派 {1}")
        case .onBreak: Phrase("{1} on break", "小休 {1}")
        case .answeredRate: Phrase("{1} % of {2} calls answered", "接通率 {1} %（{2} 通）")
        case .abandonedRate: Phrase("{1} % of {2} abandoned, limit {3} %", "呼损率 {1} %（{2} 通），上限 {3} %")
        case .abandonedSoFar: Phrase("{1} % of {2} abandoned", "呼损率 {1} %（{2} 通）")
        case .noRate: Phrase("no call has ended yet", "尚无呼叫结束")
        case .perMinute: Phrase("{1} calls a minute", "每分钟 {1} 通")
        case .toGo: Phrase("done in about {1}, at {2}", "预计还需 {1}，{2} 完成")
        case .riskAllowed: Phrase("risk allowed {1} %", "允许风险 {1} %")
        case .active: Phrase("{1} in use", "可用 {1}")
        case .quarantined: Phrase("{1} quarantined", "隔离 {1}")
        case .paused: Phrase("{1} paused", "停用 {1}")
        case .flagged: Phrase("{1} seldom answered", "接通偏低 {1}")
        case .carried: Phrase("{1} carried", "已承接 {1}")
        case .leftAlone: Phrase("left alone until {1}", "{1} 前不使用")
        case .onTrial: Phrase("being tried again", "正在试用")
        }
    }
}

/// What an agent does, by the word of the list of agents.
enum AgentStatePhrase: String, CaseIterable, PhraseTable {
    case idle, reserved, busy, offline
    case setAside = "set_aside"
    case wrapUp = "wrap_up"
    case onBreak = "on_break"

    var phrase: Phrase {
        switch self {
        case .idle: Phrase("idle", "空闲")
        case .reserved: Phrase("reserved", "预占")
        case .busy: Phrase("busy", "忙碌")
        case .offline: Phrase("offline", "离线")
        case .setAside: Phrase("set aside", "暂不派话")
        case .wrapUp: Phrase("wrap up", "话后处理")
        case .onBreak: Phrase("on break", "小休")
        }
    }

    /// A state as a run words it, for people; one of another version as it is.
    static func words(_ state: String, in language: Language) -> String {
        AgentStatePhrase(rawValue: state).map { language.say($0) } ?? state.replacing("_", with: " ")
    }
}

/// How a number that callees are shown stands, by the word of `caller-ids list`.
enum NumberStatePhrase: String, CaseIterable, PhraseTable {
    case active, flagged, paused, quarantined
    case callsIn = "takes calls only"

    var phrase: Phrase {
        switch self {
        case .active: Phrase("in use", "可用")
        case .flagged: Phrase("seldom answered", "接通偏低")
        case .paused: Phrase("paused", "停用")
        case .quarantined: Phrase("quarantined", "隔离")
        case .callsIn: Phrase("takes calls only", "仅呼入")
        }
    }

    /// A state as the report words it, for people.
    static func words(_ state: String, in language: Language) -> String {
        NumberStatePhrase(rawValue: state).map { language.say($0) } ?? state
    }
}

extension DialingMode {
    /// The mode for people.
    func words(in language: Language) -> String {
        switch self {
        case .progressive: language.say(ModePhrase.progressive)
        case .power(let ratio): language.say(ModePhrase.power, ratio)
        case .predictive: language.say(ModePhrase.predictive)
        case .vendorPaced(let project): language.say(ModePhrase.vendorPaced, project)
        case .broadcast(let callsPerMinute): language.say(ModePhrase.broadcast, oneDecimal(callsPerMinute))
        }
    }
}

/// The modes of dialling.
enum ModePhrase: CaseIterable, PhraseTable {
    case progressive, power, predictive, vendorPaced, broadcast

    var phrase: Phrase {
        switch self {
        case .progressive: Phrase("progressive", "渐进式外呼")
        case .power: Phrase("power {1}", "比率外呼 {1}")
        case .predictive: Phrase("predictive", "预测式外呼")
        case .vendorPaced: Phrase("vendor_paced by project {1}", "供应商外呼项目 {1}")
        case .broadcast: Phrase("broadcast {1} a minute", "语音群呼 每分钟 {1} 通")
        }
    }
}
