import Wording

/// What to do about a finding.
enum FixPhrase: CaseIterable, PhraseTable {
    case write, writeFor, writeExample, example, didYouMean, known, knownOrFile, remove, removeOne, removeOrLocal
    case addPool, removeOrPool, removeForVendor, skillBeside, headerNames, percentage, abandonNobody, project
    case removeOrSimulator, oneAccountGoes, oneAccount, importNumbers, sharesOrUse, quoteComma, rulesOrFile
    case longerGuard, narrow, limits, spans, allDay, number, addUnit, units, rightFile, writeOut, saveUTF8
    case saveFileUTF8, saveListUTF8, saveOrName, saveAgain, wrongEncoding, removeOthers, indent, quoteColon
    case closeQuote, doubleQuotes, missingQuote, notCSV, header, headerAndLeads, headerAndNumbers, headerColumn
    case headerNumber, nameEvery, columnsAre, nameOne, nameIt, firstInLine, poolEach, quoteSeparator
    case nameDisposition, addAttempt, takeFromExport, addCallback, ownName, nameLaw, otherName, removeSimulated
    case oneWay, replaceSecret, makeKeys, makeToken, beginWith

    var phrase: Phrase { first ?? second ?? third }

    private var first: Phrase? {
        switch self {
        case .write: Phrase("write {1}", "写成 {1}")
        case .writeFor: Phrase("write {1}: \"\" for no prefix", "不要前缀时写 {1}: \"\"")
        case .writeExample: Phrase("write for example {1}", "例如写成 {1}")
        case .example: Phrase("for example {1}", "例如 {1}")
        case .didYouMean: Phrase("did you mean \"{1}\"?", "是否想写“{1}”？")
        case .known: Phrase("known here: {1}", "可用的有：{1}")
        case .knownOrFile: Phrase("known here: {1}, or a file that ends in .yaml", "可用的有：{1}，或以 .yaml 结尾的文件")
        case .remove: Phrase("remove it", "请删除")
        case .removeOne: Phrase("remove one of them", "请删除其中一个")
        case .removeOrLocal: Phrase("remove it, or set source: local", "请删除，或写 source: local")
        case .addPool: Phrase("add pool: main", "请加上 pool: main")
        case .removeOrPool: Phrase("remove it, or add pool: main", "请删除，或加上 pool: main")
        case .removeForVendor: Phrase("remove it to let the vendor choose", "删除后由供应商选择")
        case .skillBeside: Phrase("write skill: ... beside it", "请同时写 skill: ...")
        case .headerNames:
            Phrase(
                "write header: [phone, name], a name for each column of the file",
                "写成 header: [phone, name]，文件的每一列一个名称")
        case .percentage: Phrase("write a percentage, for example 35%", "请写百分比，例如 35%")
        case .abandonNobody:
            Phrase("write 3%, or mode: progressive to abandon nobody", "写 3%，或用 mode: progressive 使呼损为零")
        case .project:
            Phrase(
                "write pacing: { project: 7 }, the id that the vendor shows",
                "写成 pacing: { project: 7 }，即供应商显示的编号")
        case .removeOrSimulator: Phrase("remove it, or set vendor: {1}", "请删除，或写 vendor: {1}")
        case .oneAccountGoes: Phrase("write {1}; one account goes by vendor:", "写成 {1}；单个账号用 vendor:")
        case .oneAccount: Phrase("one account goes by vendor: NAME", "单个账号写 vendor: NAME")
        case .importNumbers:
            Phrase(
                "import them with caller-ids import FILE --account NAME, and write caller_id: { pool: NAME }",
                "用 caller-ids import FILE --account NAME 导入，并写 caller_id: { pool: NAME }")
        case .sharesOrUse: Phrase("write by: shares, or use: [main, second]", "写成 by: shares，或 use: [main, second]")
        case .quoteComma:
            Phrase(
                "quote hours that have a comma: weekdays: \"09:00-12:00, 14:00-20:00\"",
                "有逗号的时段要加引号：weekdays: \"09:00-12:00, 14:00-20:00\"")
        case .rulesOrFile: Phrase("write rules: {1}, or a file that ends in .yaml", "写成 rules: {1}，或以 .yaml 结尾的文件")
        case .longerGuard:
            Phrase("write {1} or more, or shorten dial.ring_timeout", "写 {1} 或更长，或缩短 dial.ring_timeout")
        default: nil
        }
    }

    private var second: Phrase? {
        switch self {
        case .narrow:
            Phrase(
                "narrow it, or add override: { reason: \"...\" }, which is kept for the audit",
                "请缩短，或加上 override: { reason: \"...\" }，理由会留存备查")
        case .limits: Phrase("write 3 per 24h, 2 per day or 10 in all", "写成 3 per 24h、2 per day 或 10 in all")
        case .spans: Phrase("write 09:00-12:00, 14:00-20:00, or closed", "写成 09:00-12:00, 14:00-20:00，或 closed")
        case .allDay: Phrase("write 00:00-24:00 for all day", "全天写 00:00-24:00")
        case .number:
            Phrase(
                "write a number and a unit, for example 30s; units are ms, s, m, h, d",
                "请写数字和单位，例如 30s；单位有 ms、s、m、h、d")
        case .addUnit: Phrase("add a unit: {1}s, {1}m or {1}h", "请加单位：{1}s、{1}m 或 {1}h")
        case .units: Phrase("units are ms, s, m, h and d", "单位有 ms、s、m、h 和 d")
        case .rightFile: Phrase("is it the right file?", "是不是选错了文件？")
        case .writeOut: Phrase("write the values out", "请直接写出各个值")
        case .saveUTF8: Phrase("save it as UTF-8", "请另存为 UTF-8")
        case .saveFileUTF8: Phrase("save the file as UTF-8", "请将文件另存为 UTF-8")
        case .saveListUTF8: Phrase("save the list as UTF-8", "请将名单另存为 UTF-8")
        case .saveOrName:
            Phrase(
                "save the list as UTF-8, or name its encoding in leads.encoding",
                "请将名单另存为 UTF-8，或在 leads.encoding 中写明编码")
        case .saveAgain: Phrase("save the list again", "请重新保存名单")
        case .wrongEncoding:
            Phrase(
                "leads.encoding names the wrong encoding; leave it out to have it found",
                "leads.encoding 写错了编码；删除后会自动识别")
        case .removeOthers: Phrase("this is the first; remove the others", "这是第一处；请删除其余的")
        case .indent: Phrase("indent with spaces; quote text that begins with a sign", "请用空格缩进；以符号开头的文字要加引号")
        case .quoteColon: Phrase("check the indentation, and quote text that has a colon", "请检查缩进；含冒号的文字要加引号")
        case .closeQuote: Phrase("close the quote, or double it if it belongs to the text", "请补上结束引号；引号属于文字时写两个")
        case .doubleQuotes: Phrase("quotes within a quoted cell must be doubled", "带引号的单元格内，引号要写两个")
        case .missingQuote: Phrase("a quote may be missing", "可能缺少引号")
        case .notCSV: Phrase("this may not be a CSV file", "这可能不是 CSV 文件")
        case .header: Phrase("the first line must be a header", "第一行必须是表头")
        case .headerAndLeads: Phrase("the first line must be a header, the others the leads", "第一行必须是表头，其余各行是线索")
        case .headerAndNumbers: Phrase("the first line must be a header, the others the numbers", "第一行必须是表头，其余各行是号码")
        case .headerColumn:
            Phrase(
                "the first line must be a header; name the column of the numbers with --column",
                "第一行必须是表头；用 --column 写明号码列")
        default: nil
        }
    }

    private var third: Phrase {
        switch self {
        case .headerNumber:
            Phrase("the first line must be a header; name the column number or 号码", "第一行必须是表头；号码列请命名为 number 或 号码")
        case .nameEvery:
            Phrase(
                "name every column in its order; an empty name will do for one without use",
                "请按顺序命名每一列；不用的列可以写空名称")
        case .columnsAre: Phrase("leads.columns.{1} must name one of: {2}", "leads.columns.{1} 必须是其中之一：{2}")
        case .nameOne:
            Phrase("name one of them: leads: { columns: { phone: {1} } }", "请指定一个：leads: { columns: { phone: {1} } }")
        case .nameIt:
            Phrase(
                "name it: leads: { columns: { phone: ... } }, or if the first line is no header: leads: { header: [...] }",
                "请指定：leads: { columns: { phone: ... } }；若第一行不是表头：leads: { header: [...] }")
        case .firstInLine: Phrase("the first is in line {1}", "第一个在第 {1} 行")
        case .poolEach: Phrase("make a pool for each country", "请为每个国家各建一个号码池")
        case .quoteSeparator: Phrase("quote a cell that holds the separator", "含有分隔符的单元格要加引号")
        case .nameDisposition: Phrase("name it disposition, or 小结", "请命名为 disposition 或 小结")
        case .addAttempt:
            Phrase("add a column attempt_id, as exports have it, or phone", "请加上 attempt_id 列（导出文件中有），或 phone 列")
        case .takeFromExport: Phrase("take it from export attempts", "请从 export attempts 的结果中取")
        case .addCallback: Phrase("add a column callback_at", "请加上 callback_at 列")
        case .ownName: Phrase("give your rules a name of their own", "请给自己的规则另起名称")
        case .nameLaw: Phrase("name the law or page", "请写明法规或网页")
        case .otherName: Phrase("choose a name without \"simulator.\"", "请换一个不带“simulator.”的名称")
        case .removeSimulated:
            Phrase(
                "remove simulated, or use {1}127.0.0.1, {1}localhost or {1}[::1]",
                "请删除 simulated，或用 {1}127.0.0.1、{1}localhost 或 {1}[::1]")
        case .oneWay: Phrase("remove it; an account makes calls in one way", "请删除；一个账号只用一种方式外呼")
        case .replaceSecret:
            Phrase(
                "replace it; write {1}: ${NAME} and set NAME, or use {1}_file",
                "请替换：写 {1}: ${NAME} 并设置 NAME，或用 {1}_file")
        case .makeToken: Phrase("make one with: openssl rand -hex 16", "用 openssl rand -hex 16 生成")
        case .makeKeys: Phrase("make keys with: openssl rand -hex 16", "用 openssl rand -hex 16 生成密钥")
        default: Phrase("begin it with the line: {1}", "第一行写：{1}")
        }
    }
}
