import Wording

extension VendorProbe.Row.Verdict: PhraseTable {
    /// What is thought of a row; in English it is the word for programs.
    var phrase: Phrase {
        switch self {
        case .ok: Phrase(rawValue, "正常")
        case .missing: Phrase(rawValue, "缺少")
        case .unknown: Phrase(rawValue, "未知")
        }
    }
}

/// What is looked at when an account is tried; the English is the word for programs.
enum ProbeCheck: CaseIterable, PhraseTable {
    case connection, credentials, clock, modes, project, agents, numbers, limits
    case agentFirst, queues, joins, ends, plays, machines, dials

    var phrase: Phrase {
        switch self {
        case .connection: Phrase("connection", "连接")
        case .credentials: Phrase("credentials", "账号凭证")
        case .clock: Phrase("clock", "时钟")
        case .modes: Phrase("modes", "外呼模式")
        case .project: Phrase("project", "外呼项目")
        case .agents: Phrase("agents", "坐席")
        case .numbers: Phrase("numbers", "主叫号码")
        case .limits: Phrase("limits", "上限")
        case .agentFirst: Phrase("a call for one agent", "为指定坐席外呼")
        case .queues: Phrase("queues answered calls", "应答后排队")
        case .joins: Phrase("joins calls to agents", "接续坐席")
        case .ends: Phrase("ends calls", "挂断通话")
        case .plays: Phrase("plays a message", "播放语音")
        case .machines: Phrase("tells machines", "识别机器应答")
        case .dials: Phrase("dials by itself", "自动外呼")
        }
    }
}

/// What is found when an account is tried, and what to do about it.
enum ProbePhrase: CaseIterable, PhraseTable {
    case check, verdict, finding, fix, has, hasNot, none
    case answers, correctAccount, tryLater, noTime, asOurs, ahead, behind, keepTime, giveSubdomain
    case project, noAgents, lacksRight, agents, signIn
    case importNumbers, notListed, numbers, assignNumbers, lines, calls, dials, noLimits, stateLimits
    case trial, trialStep, notANumber, nobodyCalled, noAgentFree, haveAgent

    var phrase: Phrase { general ?? ofAccounts ?? ofAgents ?? ofTrials }

    private var general: Phrase? {
        switch self {
        case .check: Phrase("CHECK", "项目")
        case .verdict: Phrase("VERDICT", "结论")
        case .finding: Phrase("FINDING", "情况")
        case .fix: Phrase("FIX", "处理办法")
        case .has: Phrase("yes", "支持")
        case .hasNot: Phrase("not with this account", "该账号不支持")
        case .none: Phrase("none", "无")
        default: nil
        }
    }

    private var ofAccounts: Phrase? {
        switch self {
        case .answers: Phrase("the account answers, and has the group \"{1}\"", "账号可用，技能组“{1}”存在")
        case .correctAccount:
            Phrase(
                "correct the account in vendors.yaml, or agents.group in the campaign",
                "请更正 vendors.yaml 中的账号，或活动中的 agents.group")
        case .tryLater:
            Phrase("try again later; is the address in vendors.yaml right?", "请稍后重试；并确认 vendors.yaml 中的地址是否正确")
        case .noTime: Phrase("the vendor does not tell the time", "供应商不提供时间")
        case .asOurs: Phrase("as ours", "与本机一致")
        case .ahead: Phrase("{1} s ahead of ours", "比本机快 {1} 秒")
        case .behind: Phrase("{1} s behind ours", "比本机慢 {1} 秒")
        case .keepTime: Phrase("have this machine keep time by NTP", "请启用本机的 NTP 同步")
        case .giveSubdomain: Phrase("Alibaba: give the account's subdomain", "阿里云：请写明账号的 subdomain")
        case .project:
            Phrase(
                "that there is an auto-call project {1} shows only when an agent enters it in a run; {2}",
                "自动外呼项目 {1} 是否存在，要到运行中有坐席进入时才知道；{2}")
        default: nil
        }
    }

    private var ofAgents: Phrase? {
        switch self {
        case .noAgents: Phrase("nothing was told of them within {1} s", "{1} 秒内没有得到坐席信息")
        case .lacksRight:
            Phrase("try again; if it stays so, the account lacks the right to ask", "请重试；如仍如此，则账号没有查询权限")
        case .agents: Phrase("{1} known, {2} signed in, {3} idle", "共 {1} 名，已签入 {2} 名，空闲 {3} 名")
        case .signIn: Phrase("have them sign in before a run", "请让坐席在运行前签入")
        case .importNumbers:
            Phrase(
                "autodialer caller-ids import FILE --account {1}", "请运行：autodialer caller-ids import 文件 --account {1}")
        case .notListed: Phrase("the vendor does not list them", "供应商不提供号码列表")
        case .numbers: Phrase("{1} listed, {2} may be shown", "共 {1} 个，可外显 {2} 个")
        case .assignNumbers: Phrase("have the vendor assign numbers", "请供应商分配号码")
        case .lines: Phrase("{1} lines", "{1} 条线路")
        case .calls: Phrase("{1} calls in {2} s", "{2} 秒内 {1} 次呼叫")
        case .dials: Phrase("{1} dials to one {2}", "同一 {2} 呼叫 {1} 次")
        case .noLimits: Phrase("vendors.yaml states none", "vendors.yaml 中没有写明")
        case .stateLimits:
            Phrase(
                "state those of the contract: lines: 30, calls: 5000 per 24h", "请按合同写明：lines: 30, calls: 5000 per 24h")
        default: nil
        }
    }

    private var ofTrials: Phrase {
        switch self {
        case .trial: Phrase("attempt {1}: {2}, {3}: {4}", "呼叫 {1}：{2}，{3}：{4}")
        case .trialStep: Phrase("{1} {2}", "{1} {2}")
        case .notANumber: Phrase("error: --call: this is no number that can be dialled", "错误：--call：这不是可以拨打的号码")
        case .nobodyCalled: Phrase("error: nobody was called: {1}", "错误：没有呼叫任何人：{1}")
        case .noAgentFree: Phrase("no agent was free in time", "没有及时空闲的坐席")
        default:
            Phrase(
                "Have an agent signed in and idle, and call within the campaign's hours.",
                "请让坐席签入并保持空闲，并在活动的呼叫时段内呼叫。")
        }
    }
}
