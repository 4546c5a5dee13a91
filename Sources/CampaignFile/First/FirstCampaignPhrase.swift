package import Wording

/// What `init` asks, says, and writes as comments into the first campaign.
package enum FirstCampaignPhrase: String, PhraseTable, Hashable {
    case askName, askList, askColumn, askCountry, askVendor, askMode, askGroup, askCallerID, askRules, askWeekdays,
        askWrite
    case greeting, listFound, row, rejected, again, written, next, beforeCalls, nothingWritten
    case title, vendor, leads, country, mode, agents, dial, callerID, callerIDOpen, hours, hoursOpen, proofs, retry,
        limits, simulator

    package var phrase: Phrase { question ?? message ?? comment ?? Phrase("", "") }

    private var question: Phrase? {
        switch self {
        case .askName: Phrase("Name of the campaign", "活动名称")
        case .askList: Phrase("File with the leads (CSV)", "名单文件（CSV）")
        case .askColumn: Phrase("Header of the column with the numbers", "号码所在列的表头")
        case .askCountry: Phrase("Country of numbers without +, as in CN, US, GB", "不带 + 的号码所属国家，如 CN、US、GB")
        case .askVendor: Phrase("Vendor account ({1})", "供应商账号（{1}）")
        case .askMode:
            Phrase(
                "Mode: progressive (agent first), power (lines ahead), predictive",
                "外呼模式：progressive（先占坐席再拨号）、power（按比例多拨）、predictive（预测式）")
        case .askGroup: Phrase("Agents' group, as the vendor calls it", "坐席技能组（供应商处的名称）")
        case .askCallerID: Phrase("Number to show; Enter lets the vendor choose", "主叫号码；直接回车由供应商选择")
        case .askRules: Phrase("Whose rules, once real telephones ring ({1})", "真实外呼时遵守哪国的规则（{1}；none 为不限）")
        case .askWeekdays: Phrase("Hours on weekdays then", "届时工作日的外呼时段")
        case .askWrite: Phrase("Write {1}? (y/n)", "写入 {1}？（y/n）")
        default: nil
        }
    }

    private var message: Phrase? {
        switch self {
        case .greeting:
            Phrase("Enter takes what stands in brackets; Ctrl-C writes nothing.", "直接回车采用方括号中的内容；按 Ctrl-C 则不写入任何文件。")
        case .listFound: Phrase("{1}: {2}, {3} leads, {4} rows to be rejected", "{1}：{2} 编码，{3} 条线索，{4} 行将被拒绝")
        case .row: Phrase("  line {1}: {2}", "  第 {1} 行：{2}")
        case .rejected: Phrase("  line {1} is rejected: {2}", "  第 {1} 行被拒绝：{2}")
        case .again: Phrase("That cannot be: {1}", "无法采用：{1}")
        case .written: Phrase("{1} is written, and passes its check.", "已写入 {1}，检查通过。")
        case .next: Phrase("Next:", "接下来：")
        case .beforeCalls:
            Phrase(
                "As written, a rehearsal keeps no rules and runs at any time. Before an account takes the simulator's place, fill "
                    + "in what stands at \"hours\" in {1}.",
                "目前演练不受外呼规则限制，随时可跑。换用真实账号之前，请补全 {1} 中 hours 处的内容。")
        case .nothingWritten: Phrase("Nothing was written.", "未写入任何文件。")
        default: nil
        }
    }

    private var comment: Phrase? {
        switch self {
        case .title:
            Phrase(
                "Written by autodialer init; change what you like, then run: autodialer check",
                "由 autodialer init 生成；修改后请运行 autodialer check")
        case .vendor:
            Phrase(
                "An account of ../vendors.yaml; simulator.* are built in, and ring no telephone.",
                "../vendors.yaml 中的账号；simulator.* 为内置模拟，不会拨打真实电话")
        case .leads:
            Phrase(
                "CSV in the usual encodings; a changed file is taken in by the next run.", "CSV，支持常见编码；文件有变动时，下次运行会自动导入"
            )
        case .country: Phrase("How numbers without + are read.", "不带 + 的号码按此国家解析")
        case .mode: Phrase("progressive, power or predictive.", "外呼模式：progressive、power 或 predictive")
        case .agents: Phrase("The group whose agents take the calls.", "由该技能组的坐席接听")
        case .dial:
            Phrase(
                "How long a phone rings; with power, how many lines for each idle agent.", "振铃时长；power 模式下为每个空闲坐席拨出的线路数"
            )
        case .callerID: Phrase("What callees see.", "被叫看到的号码")
        case .callerIDOpen: Phrase("What callees see; without this the vendor chooses.", "被叫看到的号码；不写则由供应商选择")
        case .hours:
            Phrase("Whose rules are kept, and when calls are placed, by the callee's clocks.", "遵守的规则与外呼时段，以被叫当地时间为准")
        case .hoursOpen:
            Phrase(
                "A rehearsal runs at any time; take the # signs away when an account takes the simulator's place.",
                "演练不限时段；换用真实账号时，请去掉下面各行的 # 号")
        case .proofs:
            Phrase(
                "What these rules ask for before anybody is called: fill it in, and take the # signs away.",
                "以上规则要求呼叫之前具备下列各项：请填写，并去掉 # 号")
        case .retry:
            Phrase("How long after which outcome a number is dialled again, and how often in all.", "何种结果之后多久重拨，总共拨几次")
        case .limits: Phrase("How often a number may ring at all.", "同一号码最多拨打的次数")
        case .simulator: Phrase("How the simulator's callees and agents behave.", "模拟的被叫与坐席的行为")
        default: nil
        }
    }
}
