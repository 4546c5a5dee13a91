import CallerID
import DialModel
import Ledger
import Wording

/// The tables of `caller-ids` for people; programs read JSON and CSV.
enum CallerIDColumns {
    typealias Entry = (row: CallerIDReport.Row, state: (word: String, until: Timestamp?))

    /// The table of `caller-ids list`.
    static func list(_ entries: [Entry], in language: Language) -> String {
        let header: [CallerIDsPhrase] = [
            .number, .region, .pools, .today, .inUse, .answered, .mismatches, .state,
        ]
        return table(
            [header.map { language.say($0) }]
                + entries.map { row, state in
                    [
                        row.number.number, language.say(region(row.number.region)),
                        row.number.pools.joined(separator: ", "),
                        "\(row.dialsToday)" + (row.number.limits.maxPerDay.map { "/\($0)" } ?? ""),
                        "\(row.inUse)/\(row.number.lines)", rate(row.rate), String(row.mismatchesToday),
                        text(state, in: language),
                    ]
                })
    }

    /// The table of `caller-ids health`: the fewest answers first, and last the numbers that have rung nobody yet.
    static func health(_ entries: [Entry], in language: Language) -> String {
        let header: [CallerIDsPhrase] = [.number, .answered, .state, .lastChange]
        let sorted = entries.sorted { lhs, rhs in
            let (left, right) = (lhs.row.rate, rhs.row.rate)
            if (left.attempts == 0) != (right.attempts == 0) { return right.attempts == 0 }
            let (leftShare, rightShare) = (left.answered * right.attempts, right.answered * left.attempts)
            return leftShare == rightShare ? lhs.row.number.number < rhs.row.number.number : leftShare < rightShare
        }
        return table(
            [header.map { language.say($0) }]
                + sorted.map { row, state in
                    let step = row.lastStep.map { language.say(words($0)) }
                    return [row.number.number, rate(row.rate), text(state, in: language), step ?? ""]
                })
    }

    /// A region for people.
    static func region(_ region: NumberRegion) -> Phrase {
        let region = region.normalised
        guard let province = region.province else {
            return region.city.map { Phrase(same: $0) } ?? CallerIDsPhrase.unknownRegion.phrase
        }
        guard let city = region.city, city != province else { return Phrase(same: province) }
        return Phrase(same: "\(province) \(city)")
    }

    /// Rows under each other, each column as wide as its widest cell in terminal columns.
    static func table(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].displayWidth }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
            return String(cells.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    private static func rate(_ rate: AnswerRate) -> String {
        rate.attempts == 0 ? "-" : "\(rate.answered)/\(rate.attempts) (\(rate.answered * 100 / rate.attempts) %)"
    }

    private static func text(_ state: (word: String, until: Timestamp?), in language: Language) -> String {
        let word = language == .english ? state.word : NumberStatePhrase.words(state.word, in: language)
        return state.until.map { language.say(CallerIDsPhrase.until, word, $0.dayAndTime) } ?? word
    }

    /// What was done with a number, and why if that was said.
    private static func words(_ step: CallerIDHistoryEntry) -> Phrase {
        let done = CallerIDsPhrase.step.filled(step.at.dayAndTime, step.step.phrase)
        return step.note.map { CallerIDsPhrase.because.filled(done, CallerIDsPhrase.note($0)) } ?? done
    }
}

/// The columns of `export caller-ids`: names and order never change, new ones come last.
struct CallerIDDayColumns {
    let account: String

    var all: [ExportColumn<CallerIDDay>] {
        let account = account
        return [
            .init("account", "供应商账号") { _ in .text(account) },
            .init("caller_id", "主叫号码") { .text($0.callerID) },
            .init("day", "日期") { .text($0.day.date) },
            .init("dials", "呼叫数") { .count($0.dials) },
            .init("answered", "应答数") { .count($0.answered) },
            .init("connected", "接通数") { .count($0.connected) },
            .init("refused", "被拒数") { .count($0.refused) },
            .init("mismatches", "显示不符数") { .count($0.mismatches) },
        ]
    }
}

extension ShanghaiDay {
    /// The date in Shanghai: `2026-01-02`.
    var date: String { String((start + .seconds(8 * 3_600)).iso8601UTC.prefix(10)) }
}
