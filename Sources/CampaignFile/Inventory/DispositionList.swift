package import DialModel
package import Wording

/// When somebody wants to be called back, as people write it.
package enum ListedInstant: Hashable, Sendable {
    /// An instant with its offset.
    case instant(Timestamp)
    /// A time of a day, by the campaign's clocks.
    case local(CivilDay, second: Int)

    /// Reads `2026-11-27T15:00:00+08:00`, `2026-11-27 15:00` or `2026/11/27 15:00`.
    init?(_ text: String) {
        if let instant = Timestamp(iso8601: text.replacing(" ", with: "T")) {
            self = .instant(instant)
            return
        }
        let halves = text.split(omittingEmptySubsequences: false) { $0 == " " || $0 == "T" }
        guard halves.count == 2, let date = Self.numbers(halves[0], between: "-/."),
            let time = Self.numbers(halves[1], between: ":"), date.count == 3, date[0] > 1_999,
            (2...3).contains(time.count), let day = CivilDay(year: date[0], month: date[1], day: date[2]),
            (0..<24).contains(time[0]), time.dropFirst().allSatisfy({ (0..<60).contains($0) })
        else { return nil }
        self = .local(day, second: time[0] * 3_600 + time[1] * 60 + (time.count > 2 ? time[2] : 0))
    }

    /// The numbers between separators; nil if anything else is there.
    private static func numbers(_ text: Substring, between separators: String) -> [Int]? {
        let parts = text.split(omittingEmptySubsequences: false) { separators.contains($0) }
        let numbers = parts.compactMap { part in part.allSatisfy(\.isNumber) ? Int(part) : nil }
        return numbers.count == parts.count ? numbers : nil
    }
}

/// A row of a file of dispositions.
package struct ListedDisposition: Hashable, Sendable {
    /// The line on which the row begins, from one.
    package var line: Int
    /// The attempt; nil to go by the number.
    package var attempt: AttemptID?
    /// The number as the file has it, unless there is an attempt.
    package var number: String
    /// What was said.
    package var disposition: Disposition
    /// When to call back.
    package var callback: ListedInstant?
    /// Who is to call back; nil for anybody.
    package var agent: String?
    /// Words.
    package var note: String?
}

/// A file of what agents said of callees, as their own systems write it.
package enum DispositionList {
    private enum Column: CaseIterable {
        case attempt, number, disposition, callback, agent, note

        var names: [String] {
            switch self {
            case .attempt: ["attempt_id", "attempt", "拨打编号", "通话编号"]
            case .number: ["phone", "number", "mobile", "手机号", "手机", "号码", "电话"]
            case .disposition: ["disposition", "code", "result", "小结", "结果", "处理结果"]
            case .callback: ["callback_at", "callback", "callback time", "回呼时间", "预约时间"]
            case .agent: ["agent", "callback_agent", "坐席", "回呼坐席"]
            case .note: ["note", "notes", "remark", "备注"]
            }
        }
    }

    /// Reads a file, which is named `file` in findings; there are dispositions unless there are errors.
    package static func parse(
        bytes: [UInt8], file: String
    ) -> (dispositions: [ListedDisposition]?, diagnostics: [Diagnostic]) {
        let findings = Findings(file: file)
        let dispositions = CSVTable.rows(bytes, findings).flatMap { read($0, findings) }
        return (findings.isClean ? dispositions : nil, findings.inOrder)
    }

    private static func read(_ rows: [CSVRow], _ findings: Findings) -> [ListedDisposition]? {
        guard let header = rows.first else {
            findings.error(FilePhrase.empty.phrase, line: nil, hint: FixPhrase.header.phrase)
            return nil
        }
        let keys = header.cells.map { CellText.key(CellText.header($0)) }
        var places: [Column: Int] = [:]
        for column in Column.allCases {
            places[column] = keys.firstIndex { key in column.names.contains { CellText.key($0) == key } }
        }
        if places[.disposition] == nil {
            findings.error(
                ListPhrase.noDispositions.phrase, line: header.line, hint: FixPhrase.nameDisposition.phrase)
        }
        if places[.attempt] == nil, places[.number] == nil {
            findings.error(
                ListPhrase.aboutNobody.phrase, line: header.line,
                hint: FixPhrase.addAttempt.phrase)
        }
        guard findings.isClean else { return nil }
        return rows.dropFirst().compactMap { read($0, places, findings) }
    }

    private static func read(_ row: CSVRow, _ places: [Column: Int], _ findings: Findings) -> ListedDisposition? {
        func text(_ column: Column) -> String? {
            guard let place = places[column], row.cells.indices.contains(place) else { return nil }
            let text = CellText.header(row.cells[place])
            return text.isEmpty ? nil : text
        }
        let disposition = text(.disposition).flatMap(disposition)
        if disposition == nil {
            findings.error(
                ListPhrase.unknownDisposition.phrase, line: row.line,
                hint: FixPhrase.write.filled(Disposition.allCases.map(\.rawValue).joined(separator: ", ")))
        }
        let attempt = text(.attempt).map { CellText.halfWidth($0) }
        if let attempt, Int64(attempt) == nil {
            findings.error(ListPhrase.attemptID.phrase, line: row.line, hint: FixPhrase.takeFromExport.phrase)
        }
        if attempt == nil, text(.number) == nil {
            findings.error(ListPhrase.neither.phrase, line: row.line)
        }
        let callback = text(.callback).map { CellText.halfWidth($0) }
        let instant = callback.flatMap { ListedInstant($0) }
        if callback != nil, instant == nil {
            findings.error(
                ListPhrase.callbackTime.phrase, line: row.line, hint: FixPhrase.write.filled("2026-11-27 15:00"))
        } else if disposition == .callback, instant == nil {
            findings.error(ListPhrase.callbackNeedsTime.phrase, line: row.line, hint: FixPhrase.addCallback.phrase)
        }
        guard let disposition else { return nil }
        let isCallback = disposition == .callback
        return ListedDisposition(
            line: row.line, attempt: attempt.flatMap { Int64($0) }.map { AttemptID($0) }, number: text(.number) ?? "",
            disposition: disposition, callback: isCallback ? instant : nil, agent: isCallback ? text(.agent) : nil,
            note: text(.note))
    }

    private static func disposition(_ text: String) -> Disposition? {
        let key = CellText.key(text)
        return Disposition.allCases.first { $0.names.contains { CellText.key($0) == key } }
    }
}

extension Disposition {
    /// Our word, and what people and other systems say for it.
    fileprivate var names: [String] {
        let others =
            switch self {
            case .sale: ["sold", "success", "成交", "已成交", "成功"]
            case .notInterested: ["no interest", "refused", "无意向", "没有意向", "不感兴趣", "拒绝"]
            case .doNotCall: ["dnc", "opt out", "勿扰", "免打扰", "拒绝再次来电", "请勿再拨"]
            case .wrongNumber: ["wrong", "错号", "号码错误", "非本人"]
            case .callback: ["call back", "call later", "回呼", "回拨", "预约回呼", "稍后联系"]
            }
        return [rawValue] + others
    }
}
