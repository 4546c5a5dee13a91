import ArgumentParser
import Wording

/// What is wrong with the words of a command line.
///
/// Those of swift-argument-parser are here as it says them: it speaks English alone, and has no place for another
/// language, so that what it said is read back. Where several could have been meant the first counts.
enum UsagePhrase: CaseIterable, PhraseTable {
    case errorLine, helpLine, usageLine, seeLine
    case unknownNear, unknownOption, noValueFor, noValue, missing, missingOneOf, valueNotTaken
    case unexpected, severalUnexpected, setAlready, invalidOption, noSubcommand
    case oneOfTwo, oneOfSeveral, oneOfMany, notReadable, invalid
    case noCommandNear, noCommand
    case factor, duration, durationUnit, range, countFrom, namelessList, noCountry, password, noAddress
    case noHeader, compare, columns, phone, consultPhone, digest, forGood, folder
    case either, onlyOne, needs, oneOfWords, aFile, aNumber

    var phrase: Phrase { ofLines ?? ofParser ?? ofValues ?? ofNumbers ?? ofChoices }

    private var ofLines: Phrase? {
        switch self {
        case .errorLine: Phrase("Error: {1}", "错误：{1}")
        case .helpLine: Phrase("Help:  {1}", "说明：{1}")
        case .usageLine: Phrase("Usage: {1}", "用法：{1}")
        case .seeLine: Phrase("  See '{1}' for more information.", "  详见“{1}”。")
        case .noCommandNear: Phrase("There is no command \"{1}\"; did you mean \"{2}\"?", "没有命令“{1}”；是否想用“{2}”？")
        case .noCommand: Phrase("There is no command \"{1}\".", "没有命令“{1}”。")
        default: nil
        }
    }

    private var ofParser: Phrase? {
        switch self {
        case .unknownNear: Phrase("Unknown option '{1}'. Did you mean '{2}'?", "没有选项 {1}；是否想用 {2}？")
        case .unknownOption: Phrase("Unknown option '{1}'", "没有选项 {1}")
        case .noValueFor: Phrase("Missing value for '{1} <{2}>'", "{1} 缺少值 <{2}>")
        case .noValue: Phrase("Missing value for '{1}'", "{1} 缺少值")
        case .missing: Phrase("Missing expected argument '{1}'", "缺少参数 {1}")
        case .missingOneOf: Phrase("Missing one of: '{1}'", "缺少以下参数之一：“{1}”")
        case .valueNotTaken:
            Phrase(
                "The option '{1}' does not take any value, but '{2}' was specified.", "选项 {1} 不带值，却给出了“{2}”。")
        case .unexpected: Phrase("Unexpected argument '{1}'", "多余的参数“{1}”")
        case .severalUnexpected: Phrase("{1} unexpected arguments: '{2}'", "{1} 个多余的参数：“{2}”")
        case .setAlready:
            Phrase(
                "Value to be set with flag '{1}' had already been set with flag '{2}'", "{1} 与 {2} 相互冲突，只能给出一个")
        case .invalidOption: Phrase("Invalid option: {1}", "选项无效：{1}")
        case .noSubcommand: Phrase("Missing required subcommand.", "缺少子命令。")
        default: nil
        }
    }

    private var ofValues: Phrase? {
        switch self {
        case .oneOfTwo:
            Phrase(
                "The value '{1}' is invalid for '{2}'. Please provide one of '{3}' and '{4}'.",
                "{2} 的值“{1}”无效。可用：'{3}'、'{4}'。")
        case .oneOfSeveral:
            Phrase(
                "The value '{1}' is invalid for '{2}'. Please provide one of '{3}' or '{4}'.",
                "{2} 的值“{1}”无效。可用：'{3}', '{4}'。")
        case .oneOfMany:
            Phrase(
                "The value '{1}' is invalid for '{2}'. Please provide one of the following:\n{3}",
                "{2} 的值“{1}”无效。可用：\n{3}")
        case .notReadable: Phrase("The value '{1}' is invalid for '{2}': {3}", "{2} 的值“{1}”无效：{3}")
        case .invalid: Phrase("The value '{1}' is invalid for '{2}'", "{2} 的值“{1}”无效")
        default: nil
        }
    }

    private var ofNumbers: Phrase? {
        switch self {
        case .factor: Phrase("{1} takes a factor from 1 to 10000.", "{1} 取 1 到 10000 的倍数。")
        case .duration: Phrase("write 30s, 90m, 8h or 2d", "请写成 30s、90m、8h 或 2d")
        case .durationUnit: Phrase("add a unit: {1}s, {1}m, {1}h or {1}d", "请加单位：{1}s、{1}m、{1}h 或 {1}d")
        case .range: Phrase("{1} takes a number from {2} to {3}.", "{1} 取 {2} 到 {3} 的数字。")
        case .countFrom: Phrase("{1} takes a number from {2}.", "{1} 取不小于 {2} 的数字。")
        case .oneOfWords: Phrase("{1} takes {2}.", "{1} 可取 {2}。")
        default: nil
        }
    }

    private var ofChoices: Phrase {
        switch self {
        case .either: Phrase("Give either {1} or {2}.", "请给出 {1} 或 {2} 其中之一。")
        case .onlyOne: Phrase("{1} and {2} exclude each other.", "{1} 与 {2} 不能同时使用。")
        case .aFile: Phrase("a file", "文件")
        case .aNumber: Phrase("a number", "号码")
        case .noAddress:
            Phrase(
                "{1}: this is no address of a PostgreSQL server; write postgresql://user@host:port/database.",
                "{1}：这不是 PostgreSQL 服务器的地址；请写成 postgresql://用户@主机:端口/数据库。")
        case .namelessList: Phrase("A list has a name.", "名单必须有名称。")
        case .noCountry:
            Phrase("There is no country \"{1}\"; use an ISO code such as CN.", "没有国家“{1}”；请用 ISO 代码，如 CN。")
        case .password:
            Phrase(
                "{1}: everybody on this machine can read a password in a command; put it into ~/.pgpass, or the whole "
                    + "address into AUTODIALER_DATABASE.",
                "{1}：本机所有人都能看到命令中的密码；请把密码写入 ~/.pgpass，或把完整地址写入 AUTODIALER_DATABASE。")
        case .needs: Phrase("{1} needs {2}.", "{1} 还需要 {2}。")
        case .folder: Phrase("Name the campaign's folder.", "请指定活动目录。")
        case .noHeader:
            Phrase("--no-header needs --columns, for example phone,name.", "--no-header 还需要 --columns，如 phone,name。")
        case .columns:
            Phrase(
                "--columns takes phone=HEADER and name=HEADER; names alone go with --no-header.",
                "--columns 写成 phone=表头 和 name=表头；只写列名时需加 --no-header。")
        case .phone: Phrase("--as takes the extension of a phone.", "--as 需要话机的分机号。")
        case .consultPhone:
            Phrase("Give either --as with the extension of a phone, or --cancel.", "请用 --as 给出话机的分机号，或给出 --cancel。")
        case .digest: Phrase("--expect takes a digest of 64 hexadecimal digits.", "--expect 需要 64 位十六进制摘要。")
        case .forGood:
            Phrase("This removes entries for good; say --yes if that is meant.", "这会永久删除条目；确认请加 --yes。")
        default:
            Phrase(
                "--compare previous needs --since, which says how long a time is compared.",
                "--compare previous 还需要 --since，用于确定比较的时段长度。")
        }
    }
}

extension ValidationError {
    /// Says in English what is wrong; it is read back where another language is spoken.
    init(_ phrase: UsagePhrase, _ values: Any...) {
        self.init(phrase.phrase.text(in: .english, values.map { String(describing: $0) }))
    }
}

extension UsagePhrase {
    /// What the parser says of an error, in a language: whole lines that can be read back, and all others as they are.
    static func said(_ error: any Error, in language: Language) -> String {
        let whole = Autodialer.fullMessage(for: error)
        let message = Autodialer.message(for: error)
        let head = UsagePhrase.errorLine.phrase.text(in: .english, [message])
        guard language != .english, whole.hasPrefix(head) else { return whole }
        let rest = whole.dropFirst(head.count).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            starts.contains { line.hasPrefix($0) } ? language.say(read(String(line))) : String(line)
        }
        return language.say(UsagePhrase.errorLine.filled(read(message))) + rest.joined(separator: "\n")
    }

    /// With what the lines begin that are read back, and stand around the words of a command's help.
    private static let starts = ["Help:  ", "Usage: ", "  See '"]

    private static func read(_ words: String) -> Phrase { reading(words) ?? Phrase(same: words) }
}
