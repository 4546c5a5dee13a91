import Wording

/// What is wrong with hours, limits and the rules of a country.
enum RulesPhrase: CaseIterable, PhraseTable {
    case noRules, unreadable, zone, shortGuard, needlessOverride, beyondHours, noList, noLimit, notALimit, noHours
    case notASpan, emptySpan, notADay, beyondOuter, builtIn, hasNoHours, needsDays, tenths, date

    var phrase: Phrase {
        switch self {
        case .noRules:
            Phrase(
                "\"hours.rules\" is missing, and no rules go with the country of the list",
                "缺少“hours.rules”，且名单所属国家没有对应的规则")
        case .unreadable: Phrase("names a file that cannot be read: {1}", "所指的文件无法读取：{1}")
        case .zone: Phrase("must be the name of a time zone, not \"{1}\"", "必须是时区名称，不能是“{1}”")
        case .shortGuard:
            Phrase(
                "is shorter than phones ring, {1}, so that calls could be answered after the hours",
                "短于振铃时间 {1}，可能在时段结束后才接听")
        case .needlessOverride:
            Phrase(
                "\"hours.override\" is not needed: the hours are within those of \"{1}\"",
                "不需要“hours.override”：时段在“{1}”允许的范围内")
        case .beyondHours: Phrase("goes beyond the hours of \"{1}\", {2} ({3})", "超出“{1}”允许的时段 {2}（{3}）")
        case .noList: Phrase("holds no list", "中没有名单")
        case .noLimit: Phrase("holds no limit", "中没有上限")
        case .notALimit: Phrase("holds \"{1}\", which is no limit", "中的“{1}”不是上限")
        case .noHours: Phrase("holds no hours", "中没有时段")
        case .notASpan: Phrase("holds \"{1}\", which is no span of hours", "中的“{1}”不是时段")
        case .emptySpan: Phrase("holds {1}, which is empty", "中的 {1} 是空的时段")
        case .notADay: Phrase("holds \"{1}\", which is no day", "中的“{1}”不是日期")
        case .beyondOuter: Phrase("goes beyond \"outer_hours\"", "超出“outer_hours”")
        case .builtIn: Phrase("cannot be \"{1}\", which is built in", "不能是“{1}”，它是内置的")
        case .hasNoHours: Phrase("\"{1}\" has no hours", "“{1}”没有时段")
        case .needsDays: Phrase("needs the days in \"holidays\" of the file", "需要文件中“holidays”的日期")
        case .tenths: Phrase("must be whole tenths of a per cent", "必须是千分之一的整数倍")
        case .date: Phrase("must be a day, a month or a year, not \"{1}\"", "必须是日、月或年，不能是“{1}”")
        }
    }
}
