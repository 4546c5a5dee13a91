import Wording

/// What is wrong with an account of a vendor.
enum AccountPhrase: CaseIterable, PhraseTable {
    case builtIn, notARate, needsEndpoint, besideEndpoint, names, aFile, emptySecret, endpointForm
    case endpointPathForm, inTheClear, notHere, withoutListen, listenForm, logPath, besideBridge, origins
    case className, inFile, unsetVariable, notCSV, notCSVThere, nobody, otherColumns, agentTwice, keyTwice
    case noAgent, manyCells, lacks, kind, shortKey, shortToken

    var phrase: Phrase { first ?? second }

    private var first: Phrase? {
        switch self {
        case .builtIn: Phrase("is built in and cannot be an account", "是内置名称，不能用作账号")
        case .notARate: Phrase("holds \"{1}\", which is no limit of calls", "中的“{1}”不是呼叫上限")
        case .needsEndpoint: Phrase("needs an endpoint on this machine", "需要本机上的地址")
        case .besideEndpoint: Phrase("says nothing beside an endpoint", "与地址同时给出时没有意义")
        case .names: Phrase("names {1}, which {2}", "所指的 {1} {2}")
        case .aFile: Phrase("a file", "文件")
        case .emptySecret: Phrase("names {1}, which is empty", "所指的 {1} 为空")
        case .endpointForm: Phrase("must be {1} and a host, perhaps with a port", "必须是 {1} 加主机名，可以带端口")
        case .endpointPathForm:
            Phrase("must be {1} and a host, perhaps with a port or a path", "必须是 {1} 加主机名，可以带端口或路径")
        case .inTheClear: Phrase("would send the account's requests in the clear", "会以明文发送该账号的请求")
        case .notHere: Phrase("is not on this machine, so it cannot be simulated", "不在本机，无法模拟")
        case .withoutListen: Phrase("says nothing without \"listen\"", "没有“listen”时没有意义")
        case .listenForm:
            Phrase(
                "must be a port, perhaps with an IPv4 address before it, not \"{1}\"",
                "必须是端口，前面可以带 IPv4 地址，不能是“{1}”")
        case .logPath: Phrase("must be what follows /open_api_v1/", "必须是 /open_api_v1/ 之后的部分")
        case .besideBridge: Phrase("says nothing beside \"bridge\"", "与“bridge”同时给出时没有意义")
        case .origins: Phrase("must be schemes with hosts, not \"{1}\"", "必须是协议加主机名，不能是“{1}”")
        case .className: Phrase("must be the name of a class", "必须是类名")
        case .inFile: Phrase("must not stand in the file", "不能写在文件里")
        case .unsetVariable: Phrase("needs the environment variable {1}, which is not set", "需要环境变量 {1}，但没有设置")
        case .notCSV: Phrase("is no CSV file", "不是 CSV 文件")
        case .notCSVThere: Phrase("is no CSV file: see line {1}", "不是 CSV 文件：见第 {1} 行")
        case .nobody: Phrase("names nobody", "没有列出任何人")
        case .otherColumns: Phrase("has other columns than it may have", "有不允许的列")
        case .agentTwice: Phrase("names an agent a second time in line {1}", "第 {1} 行重复列出坐席")
        case .keyTwice: Phrase("has a key a second time in line {1}", "第 {1} 行重复使用密钥")
        case .noAgent: Phrase("names no agent", "没有列出坐席")
        default: nil
        }
    }

    private var second: Phrase {
        switch self {
        case .manyCells: Phrase("has too many cells in line {1}", "第 {1} 行的单元格过多")
        case .lacks: Phrase("lacks the {1} in line {2}", "第 {2} 行缺少 {1}")
        case .kind: Phrase("has another kind than agent or dialler in line {1}", "第 {1} 行的 kind 不是 agent 或 dialler")
        case .shortToken: Phrase("must have at least {1} characters", "至少要有 {1} 个字符")
        default:
            Phrase(
                "has a key in line {1} that is shorter than {2} letters and digits, or has others",
                "第 {1} 行的密钥短于 {2} 个字母和数字，或含有其他字符")
        }
    }
}
