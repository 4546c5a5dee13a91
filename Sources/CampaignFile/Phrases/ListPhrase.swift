import Wording

/// What is wrong with a list of leads, numbers or dispositions.
enum ListPhrase: CaseIterable, PhraseTable {
    case empty, noLeads, columnCount, noSuchColumn, severalColumns, severalPhones, noPhone, wholeRange, atMostADay
    case window, noProvince, virtualPool, noTelephone, unread, sameColumn, noNumberColumn, noNumbers, numberTwice
    case twoCountries, cellCount, noNumber, needsVirtual, noDispositions, aboutNobody, unknownDisposition
    case attemptID, neither, callbackTime, callbackNeedsTime

    var phrase: Phrase { first ?? second }

    private var first: Phrase? {
        switch self {
        case .empty: Phrase("the list is empty", "名单为空")
        case .noLeads: Phrase("the list has a header and no leads", "名单只有表头，没有线索")
        case .columnCount: Phrase("the first row has {1} cells and {2} columns are named", "第一行有 {1} 个单元格，却命名了 {2} 列")
        case .noSuchColumn: Phrase("there is no column \"{1}\"", "没有列“{1}”")
        case .severalColumns: Phrase("there are several columns \"{1}\"", "有多个列“{1}”")
        case .severalPhones: Phrase("several columns may hold the number: {1}", "有多个列可能是号码：{1}")
        case .noPhone: Phrase("no column with telephone numbers among: {1}", "以下各列都不是电话号码：{1}")
        case .wholeRange:
            Phrase("must be a whole number from {1} to {2}, not \"{3}\"", "必须是 {1} 到 {2} 之间的整数，不能是“{3}”")
        case .atMostADay: Phrase("must be 1d at most, not \"{1}\"", "最长 1d，不能是“{1}”")
        case .window: Phrase("must be hours of one day, not \"{1}\"", "必须是一天之内的时段，不能是“{1}”")
        case .noProvince: Phrase("names no province: \"{1}\"", "不是省份：“{1}”")
        case .virtualPool: Phrase("must be a pool and its size, not \"{1}\"", "必须是号码池及其大小，不能是“{1}”")
        case .noTelephone: Phrase("cannot be \"{1}\", which is no telephone number", "不能是“{1}”，它不是电话号码")
        case .unread: Phrase("the column \"{1}\" is not read", "列“{1}”不会被读取")
        case .sameColumn: Phrase("\"{1}\" and \"{2}\" are the same column", "“{1}”和“{2}”是同一列")
        case .noNumberColumn: Phrase("there is no column \"number\"", "没有列“number”")
        case .noNumbers: Phrase("the file has a header and no numbers", "文件只有表头，没有号码")
        case .numberTwice: Phrase("{1} is there twice", "{1} 出现了两次")
        case .twoCountries:
            Phrase(
                "the pool \"{1}\" has numbers of two countries: +{2} in line {3} and +{4}",
                "号码池“{1}”有两个国家的号码：第 {3} 行的 +{2} 和 +{4}")
        case .cellCount: Phrase("the row has {1} cells and the header {2}", "该行有 {1} 个单元格，表头有 {2} 个")
        case .noNumber: Phrase("the row has no number", "该行没有号码")
        case .needsVirtual: Phrase("needs a virtual number beside it", "需要同时给出虚拟号码")
        case .noDispositions: Phrase("there is no column with dispositions", "没有处理结果的列")
        case .aboutNobody: Phrase("nothing says whom the rows are about", "看不出各行是关于谁的")
        case .unknownDisposition: Phrase("the disposition is none that is known", "处理结果不是已知的")
        case .attemptID: Phrase("the attempt id is no number", "呼叫编号不是数字")
        default: nil
        }
    }

    private var second: Phrase {
        switch self {
        case .neither: Phrase("the row names neither an attempt nor a number", "该行既没有呼叫编号，也没有号码")
        case .callbackTime: Phrase("the time of the call-back cannot be read", "回访时间无法读取")
        default: Phrase("a call-back needs its time", "约定回访需要写明时间")
        }
    }
}
