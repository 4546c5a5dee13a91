import Wording

/// How a value of a file has to be, to be read after its name.
enum FormPhrase: CaseIterable, PhraseTable {
    case about, single, empty, tooLong, oneLine, list, whole, range, rangeNot, number, flag, percentage
    case percentageRange, duration, unfit, unfitBecause, mapping, theFile, quoted, keyWord, unknownKey, missing
    case saysNothing, beside, twice, quotedTwice, wholePercentage, sum

    var phrase: Phrase { first ?? second }

    private var first: Phrase? {
        switch self {
        case .about: Phrase("\"{1}\" {2}", "“{1}”{2}")
        case .single: Phrase("must be a single value", "必须是单个值")
        case .empty: Phrase("must not be empty", "不能为空")
        case .tooLong: Phrase("is longer than 200 characters", "超过 200 个字符")
        case .oneLine: Phrase("must be one line of text", "必须是一行文字")
        case .list: Phrase("must be a list", "必须是列表")
        case .whole: Phrase("must be a whole number, not \"{1}\"", "必须是整数，不能是“{1}”")
        case .range: Phrase("must be {1} to {2}", "必须在 {1} 到 {2} 之间")
        case .rangeNot: Phrase("must be {1} to {2}, not {3}", "必须在 {1} 到 {2} 之间，不能是 {3}")
        case .number: Phrase("must be a number, not \"{1}\"", "必须是数字，不能是“{1}”")
        case .flag: Phrase("must be true or false, not \"{1}\"", "必须是 true 或 false，不能是“{1}”")
        case .percentage: Phrase("must be a percentage, not \"{1}\"", "必须是百分比，不能是“{1}”")
        case .percentageRange: Phrase("must be 0% to 100%", "必须在 0% 到 100% 之间")
        case .duration: Phrase("must be a length of time, not \"{1}\"", "必须是时长，不能是“{1}”")
        case .unfit: Phrase("cannot be \"{1}\"", "不能是“{1}”")
        case .unfitBecause: Phrase("cannot be \"{1}\": {2}", "不能是“{1}”：{2}")
        case .mapping: Phrase("{1} must hold keys and values", "{1}必须由键和值组成")
        case .theFile: Phrase("the file", "文件")
        case .quoted: Phrase("\"{1}\"", "“{1}”")
        case .keyWord: Phrase("a key must be a word", "键必须是一个词")
        case .unknownKey: Phrase("unknown key \"{1}\"", "未知的键“{1}”")
        case .missing: Phrase("\"{1}\" is missing", "缺少“{1}”")
        case .saysNothing: Phrase("\"{1}\" says nothing", "“{1}”没有内容")
        case .beside: Phrase("cannot be given beside \"{1}\"", "不能与“{1}”同时给出")
        case .twice: Phrase("holds {1} twice", "中有两个 {1}")
        case .quotedTwice: Phrase("holds \"{1}\" twice", "中有两个“{1}”")
        default: nil
        }
    }

    private var second: Phrase {
        switch self {
        case .wholePercentage: Phrase("must be a whole percentage from 1% on", "必须是不小于 1% 的整数百分比")
        default: Phrase("adds up to {1}%, not 100%", "合计为 {1}%，不是 100%")
        }
    }
}
