import DialModel
import Ledger
import RunControl
import Wording

/// The parts of a board that grow with the room there is.
struct BoardTables {
    let figures: BoardFigures
    let language: Language

    private static let longestBar = 60

    /// How the attempts ended, most frequent first, with bars; nil while there are none.
    func outcomes(_ width: Int) -> BoardSection? {
        let counts = CallOutcome.allCases.map { (language.say($0), figures.ledger.outcomes[$0]) }
        return bars(.outcomes, counts, width, rank: 10)
    }

    /// How leads came to be finished, with bars; nil while none is.
    func endings(_ width: Int) -> BoardSection? {
        let counts = figures.ledger.finished.map { (language.say($0.ending), $0.count) }
        return bars(.finished, counts, width, rank: 20)
    }

    private func bars(_ title: BoardPhrase, _ counts: [(String, Int)], _ width: Int, rank: Int)
        -> BoardSection?
    {
        let rows = counts.filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }
        guard let most = rows.first?.1 else { return nil }
        let total = rows.reduce(0) { $0 + $1.1 }
        let names = rows.map { $0.0.replacing("_", with: " ") }
        let nameWidth = max(14, names.map(\.displayWidth).max() ?? 0)
        let countWidth = String(total).count
        let room = min(Self.longestBar, width - 10 - nameWidth - countWidth - 12)
        let lines = zip(names, rows).enumerated().map { index, row in
            var line = BoardLine(index == 0 ? language.say(title) : "", .strong)
            line.pad(to: 10)
            line.add(row.0)
            line.pad(to: 10 + nameWidth)
            let share = (Double(row.1.1) / Double(total)).percent
            line.add(" " + Self.right(String(row.1.1), countWidth) + " " + Self.right(share, 5) + " %  ")
            if room > 4 {
                let full = max(1, Int(Double(row.1.1) / Double(most) * Double(room)))
                line.add(String(repeating: "#", count: full), .bar)
            }
            return line
        }
        return BoardSection(lines: lines, least: min(3, lines.count), rank: rank, more: more(after: 10))
    }

    /// Each agent: those who have done it longest first within what they do; nil where nobody is known.
    func agents(_ width: Int, least: Int = 3) -> BoardSection? {
        guard let run = figures.run, !run.agentLines.isEmpty else { return nil }
        let order = ["busy", "wrap_up", "reserved", "idle", "set_aside", "on_break", "offline"]
        let sorted = run.agentLines.sorted { lhs, rhs in
            let (left, right) = (order.firstIndex(of: lhs.state) ?? 9, order.firstIndex(of: rhs.state) ?? 9)
            return left == right ? lhs.since < rhs.since : left < right
        }
        let rows = sorted.map { line in
            [
                line.agent, AgentStatePhrase.words(line.state, in: language),
                max(.zero, run.at - line.since).forPeople(in: language), line.number ?? "-", String(line.missed),
            ]
        }
        let header: [BoardPhrase] = [.agent, .agentState, .since, .number, .missed]
        return table(header.map { language.say($0) }, rows, rank: 30, least: least)
    }

    /// The numbers that callees are shown: those that are out or seldom answered first, then those that are dialled most.
    func numbers(_ width: Int) -> BoardSection? {
        guard !figures.numbers.isEmpty else { return nil }
        let sorted = figures.numbers.sorted { lhs, rhs in
            if lhs.isQuarantined != rhs.isQuarantined { return lhs.isQuarantined }
            if lhs.isFlagged != rhs.isFlagged { return lhs.isFlagged }
            return lhs.dialsToday > rhs.dialsToday
        }
        let rows = sorted.map { number in
            [
                number.number, "\(number.dialsToday)" + (number.maxPerDay.map { "/\($0)" } ?? ""),
                number.rated == 0 ? "-" : "\(number.answered * 100 / number.rated) %",
                NumberStatePhrase.words(number.state, in: language)
                    + (number.until.map { " - " + $0.forPeople(at: figures.at) } ?? ""),
            ]
        }
        let header: [BoardPhrase] = [.number, .today, .answered, .agentState]
        return table(header.map { language.say($0) }, rows, rank: 25, least: 3)
    }

    private func table(_ header: [String], _ rows: [[String]], rank: Int, least: Int) -> BoardSection {
        let lines = CallerIDColumns.table([header] + rows).split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated().map { BoardLine(String($0.element), $0.offset == 0 ? .strong : .plain) }
        return BoardSection(lines: lines, least: min(least, lines.count), rank: rank, more: more(after: 0))
    }

    /// How many lines are left out, after some blanks.
    private func more(after indent: Int) -> (Int) -> BoardLine {
        let language = language
        return { BoardLine(String(repeating: " ", count: indent) + language.say(BoardPhrase.more, $0), .faint) }
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
