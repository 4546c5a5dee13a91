import Wording

/// What a campaign asks of its vendor that this cannot do, and what to do about it.
enum AbilityPhrase: CaseIterable, PhraseTable {
    case progressive, giveSubdomain, broadcast, otherMode, queues, useProgressive, projects
    case vendorPaced, vendorKeepsRules, skillUntold, groupInstead, skillUnused, groupOrProgressive
    case noAnalysis, noMessage, hangUpOrAgent, noHangUp, machinesToAgents, tellsLess, remove

    var phrase: Phrase { ofModes ?? ofSettings }

    private var ofModes: Phrase? {
        switch self {
        case .progressive:
            Phrase(
                "mode progressive needs calls bound to one agent, which this account cannot place",
                "模式 progressive 需要绑定坐席的呼叫，该账号无法做到")
        case .giveSubdomain:
            Phrase(
                "give the account's subdomain in vendors.yaml, or use mode: power",
                "请在 vendors.yaml 中写明该账号的 subdomain，或用 mode: power")
        case .broadcast:
            Phrase("mode broadcast needs a vendor that sees to answered calls itself", "模式 broadcast 需要由供应商自行处理应答的呼叫")
        case .otherMode: Phrase("use another mode", "请用其他模式")
        case .queues:
            Phrase(
                "mode {1} needs a vendor that queues answered calls, or joins them to agents and ends them",
                "模式 {1} 需要供应商让应答的呼叫排队，或能接续坐席并挂断")
        case .useProgressive: Phrase("use mode: progressive", "请用 mode: progressive")
        case .projects:
            Phrase(
                "mode vendor_paced needs a vendor with auto-call projects, which this account does not have",
                "模式 vendor_paced 需要供应商的自动外呼项目，该账号没有")
        case .vendorPaced:
            Phrase(
                "mode vendor_paced: the vendor chooses whom to call and when, so do-not-call lists, hours, limits and caller "
                    + "IDs are not enforced by autodialer, and only answered calls are seen",
                "模式 vendor_paced：由供应商决定呼叫谁、何时呼叫，autodialer 不能执行禁呼名单、时段、上限和主叫号码，且只能看到接通的呼叫")
        case .vendorKeepsRules:
            Phrase(
                "have the vendor's project keep the rules: its table, its hours and its numbers",
                "请让供应商的项目遵守规则：其号码表、时段和主叫号码")
        default: nil
        }
    }

    private var ofSettings: Phrase {
        switch self {
        case .skillUntold:
            Phrase(
                "\"agents.skill\" is {1}, and this account does not tell what agents can do",
                "“agents.skill”为 {1}，而该账号不提供坐席技能")
        case .groupInstead:
            Phrase("remove it, and give those agents a group of their own", "请删除，并为这些坐席单独建组")
        case .skillUnused:
            Phrase(
                "\"agents.skill\" is {1}, and this vendor itself chooses who takes an answered call",
                "“agents.skill”为 {1}，而该供应商自行选择接听的坐席")
        case .groupOrProgressive:
            Phrase(
                "give those agents a group of their own, or use mode: progressive",
                "请为这些坐席单独建组，或用 mode: progressive")
        case .noAnalysis:
            Phrase(
                "\"dial.cpa\" is no use: this vendor does not tell people from machines, so every answer is taken for a "
                    + "person's", "“dial.cpa”没有作用：该供应商不区分真人与机器，所有应答都按真人处理")
        case .noMessage:
            Phrase(
                "\"dial.cpa\" leaves machines to a message, which this vendor cannot play",
                "“dial.cpa”要向机器播放语音，该供应商做不到")
        case .hangUpOrAgent: Phrase("write hang_up or agent", "请写 hang_up 或 agent")
        case .noHangUp:
            Phrase(
                "\"dial.cpa\" hangs up on machines, and this vendor cannot be told to hang up",
                "“dial.cpa”要在机器接听时挂断，该供应商无法按指令挂断")
        case .machinesToAgents:
            Phrase("write cpa: { machine: agent, fax: agent }", "请写 cpa: { machine: agent, fax: agent }")
        case .tellsLess:
            Phrase(
                "without \"dial.cpa\" this vendor tells less of why calls are not answered",
                "没有“dial.cpa”时，该供应商对未接原因提供得较少")
        default: Phrase("remove it", "请删除")
        }
    }
}
