import CampaignFile
import DialModel
import Ledger
import Pacing
import RunControl
import Wording

/// How the board of a campaign is laid out: no line is wider than the width, and what matters most is there at any size.
struct BoardPanel {
    let figures: BoardFigures
    let language: Language

    /// From this width on there are two columns.
    private static let wide = 110
    /// The narrowest column of labels.
    private static let labelWidth = 10

    /// The board in `width` columns and at most `height` lines.
    func lines(width: Int, height: Int) -> [BoardLine] {
        var upper = [head(width)]
        upper += alerts(width)
        upper += [state(width), leads(width)]
        upper += live(width)
        upper += [rates(width), pace(width)]
        upper += accounts(width)
        let lines: [BoardLine]
        if width >= Self.wide {
            let top = BoardSection.stacked(upper, height: height)
            let column = (width - 3) / 2
            let tables = BoardTables(figures: figures, language: language)
            let left = BoardSection.stacked(
                [tables.outcomes(column), tables.endings(column)?.apart].compactMap(\.self),
                height: height - top.count - 1)
            let right = BoardSection.stacked(
                [tables.agents(column), tables.numbers(column)?.apart].compactMap(\.self),
                height: height - top.count - 1)
            lines = top + [BoardLine("")] + Self.beside(left, right, column: column)
        } else {
            let tables = BoardTables(figures: figures, language: language)
            let lower = [
                tables.outcomes(width), tables.endings(width), numbers(width), tables.agents(width, least: 12),
            ]
            lines = BoardSection.stacked(upper + lower.compactMap { $0?.apart }, height: height)
        }
        return lines.prefix(height).map { $0.fitted(to: width) }
    }

    private static func beside(_ left: [BoardLine], _ right: [BoardLine], column: Int) -> [BoardLine] {
        (0..<max(left.count, right.count)).map { index in
            var line = index < left.count ? left[index].fitted(to: column) : BoardLine("")
            guard index < right.count else { return line }
            line.pad(to: column + 3)
            line.add(right[index])
            return line
        }
    }

    // MARK: Sections

    private func head(_ width: Int) -> BoardSection {
        var time = figures.at.clockTime
        if let speed = figures.run?.speed, speed > 1 { time += " x\(Int(speed))" }
        let title = ([figures.campaign] + figures.accounts + [figures.mode.words(in: language)]).joined(
            separator: " | ")
        var line = BoardLine(title.fitted(to: max(0, width - time.displayWidth - 2)), .strong)
        line.pad(to: width - time.displayWidth)
        line.add(time)
        return BoardSection(lines: [line, progressBar(width)], least: 2, rank: 0)
    }

    private func progressBar(_ width: Int) -> BoardLine {
        let (done, all) = (figures.ledger.finishedCount, figures.ledger.leads)
        let share = all > 0 ? Double(done) / Double(all) : 0
        var after = " \((share * 100).rounded(.down) == 100 ? "100" : share.percent) %"
        if let words = finish, width >= 60 { after += "  " + words }
        let room = max(0, width - after.displayWidth - 2)
        let full = Int(share * Double(room))
        var line = BoardLine("[")
        line.add(String(repeating: "#", count: full), .bar)
        line.add(String(repeating: "-", count: room - full), .faint)
        line.add("]" + after)
        return line
    }

    /// How long it will take, and until when.
    private var finish: String? {
        figures.pace.toGo.map { left in
            let end = (figures.at + left).forPeople(at: figures.at)
            return language.say(BoardPhrase.toGo, left.forPeople(in: language), end)
        }
    }

    private func alerts(_ width: Int) -> [BoardSection] {
        let urgent = figures.alerts.map { alert in
            BoardLine(
                (alert.kind.isUrgent ? "!! " : "! ") + alert.text(in: language),
                alert.kind.isUrgent ? .urgent : .caution)
        }
        let notes = figures.notes.reversed().map { BoardLine("- " + $0) }
        var sections: [BoardSection] = []
        if !urgent.isEmpty {
            sections.append(labelled(.alerts, urgent, rank: 2, least: min(2, urgent.count), hasMore: true))
        }
        if !notes.isEmpty { sections.append(labelled(.messages, notes, rank: 40, least: 1)) }
        return sections
    }

    private func state(_ width: Int) -> BoardSection {
        let room = width - Self.labelWidth
        let choices = Moment.Detail.allCases.map { figures.stateWords($0, in: language) }
        let (words, ink) = choices.first { $0.words.displayWidth <= room } ?? choices[choices.count - 1]
        return labelled(.state, Self.wrapped(words, width: room, ink), rank: 1)
    }

    private func leads(_ width: Int) -> BoardSection {
        let ledger = figures.ledger
        var items = [
            say(.inAll, ledger.leads), say(.done, ledger.finishedCount), say(.due, ledger.due),
            say(.waiting, ledger.waiting), say(.inCall, ledger.dialing),
        ]
        if ledger.standby > 0 { items.append(say(.inReserve, ledger.standby)) }
        return flow(.leads, items, width, rank: 3)
    }

    /// What only a run can tell.
    private func live(_ width: Int) -> [BoardSection] {
        guard let run = figures.run else { return [] }
        let calls = run.calls
        var items = [
            say(.dialling, calls.dialing), say(.ringing, calls.ringing), say(.waitingForAgent, calls.waiting),
            say(.talking, calls.talking),
        ]
        if calls.unknown > 0 { items.append(say(.unknown, calls.unknown)) }
        if let most = run.maxLines { items.append(say(.lines, calls.lines, most)) }
        let agents = run.agents
        var people = [
            say(.signedIn, agents.signedIn), say(.idle, agents.idle), say(.reserved, agents.reserved),
            say(.busy, agents.busy), say(.wrapUp, agents.wrapUp),
        ]
        if agents.setAside > 0 { people.append(say(.setAside, agents.setAside)) }
        if agents.onBreak > 0 { people.append(say(.onBreak, agents.onBreak)) }
        return [flow(.calls, items, width, rank: 4), flow(.agents, people, width, rank: 5)]
    }

    private func rates(_ width: Int) -> BoardSection {
        let answers = figures.answers
        guard answers.dialled > 0 else { return flow(.rates, [say(.noRate)], width, rank: 6) }
        var items = [
            say(.answeredRate, (Double(answers.answered) / Double(answers.dialled)).percent, answers.dialled)
        ]
        if let count = figures.abandonment {
            let rate = count.rate.percent
            items.append(
                figures.abandonmentLimit.map { say(.abandonedRate, rate, count.live, $0.percent) }
                    ?? say(.abandonedSoFar, rate, count.live))
        }
        // How many are abandoned is the last of them, and belongs to what matters most.
        var section = flow(.rates, items, width, rank: 6)
        section.least = section.lines.count
        return section
    }

    private func pace(_ width: Int) -> BoardSection {
        var items: [String] = []
        if let perMinute = figures.pace.perMinute {
            items.append(say(.perMinute, oneDecimal(perMinute)))
        } else if figures.run != nil {
            items.append(language.say(PacePhrase.justStarted))
        }
        if let finish, width < 60 { items.append(finish) }
        if let pace = figures.run?.pace, pace.allowance > 0 { items.append(say(.riskAllowed, pace.allowance.percent)) }
        guard !items.isEmpty else { return BoardSection(lines: [], rank: 7) }
        return flow(.pace, items, width, rank: 7)
    }

    private func accounts(_ width: Int) -> [BoardSection] {
        guard let accounts = figures.run?.accounts, !accounts.isEmpty else { return [] }
        let widest = accounts.map(\.name.displayWidth).max() ?? 0
        let lines = accounts.map { account in
            var items = [
                say(.carried, account.carried), say(.dialling, account.dialing), say(.talking, account.talking),
            ]
            switch account.health {
            case .good:
                items.append(
                    account.pause?.words(.time, in: language, at: figures.at, by: figures.clocks)
                        ?? language.say(PacePhrase.dialing))
            case .leftAlone: items.append(say(.leftAlone, account.until?.forPeople(at: figures.at) ?? "-"))
            case .onTrial: items.append(say(.onTrial))
            }
            return BoardLine(account.name.padded(to: widest) + "   " + items.joined(separator: "   "))
        }
        return [labelled(.accounts, lines, rank: 8, least: 1, hasMore: true)]
    }

    /// The numbers in one line, for boards that have no room for a table.
    private func numbers(_ width: Int) -> BoardSection? {
        let numbers = figures.numbers
        guard !numbers.isEmpty else { return nil }
        let quarantined = numbers.count(where: \.isQuarantined)
        let paused = numbers.count(where: \.isPaused)
        let flagged = numbers.count(where: \.isFlagged)
        var items = [say(.active, numbers.count - quarantined - paused)]
        if quarantined > 0 { items.append(say(.quarantined, quarantined)) }
        if paused > 0 { items.append(say(.paused, paused)) }
        if flagged > 0 { items.append(say(.flagged, flagged)) }
        return flow(.numbers, items, width, rank: 9)
    }

    // MARK: Lines

    private func say(_ phrase: BoardPhrase, _ values: Any...) -> String {
        phrase.phrase.text(in: language, values.map { String(describing: $0) })
    }

    /// Lines with a label before the first.
    private func labelled(
        _ label: BoardPhrase, _ lines: [BoardLine], rank: Int, least: Int = 1, hasMore: Bool = false
    ) -> BoardSection {
        let language = language
        let full = lines.enumerated().map { index, line in
            var full = BoardLine(index == 0 ? language.say(label) : "", .strong)
            full.pad(to: Self.labelWidth)
            full.add(line)
            return full
        }
        var section = BoardSection(lines: full, least: least, rank: rank)
        if hasMore {
            section.more = { count in
                var line = BoardLine("")
                line.pad(to: Self.labelWidth)
                line.add(language.say(BoardPhrase.more, count), .faint)
                return line
            }
        }
        return section
    }

    /// Items beside each other, on further lines where there is no room; the first line is needed, the others are welcome.
    private func flow(_ label: BoardPhrase, _ items: [String], _ width: Int, rank: Int) -> BoardSection {
        let room = max(1, width - Self.labelWidth)
        var lines: [String] = []
        for item in items {
            if let last = lines.last, last.displayWidth + 2 + item.displayWidth <= room {
                lines[lines.count - 1] = last + "  " + item
            } else {
                lines.append(item)
            }
        }
        return labelled(label, lines.map { BoardLine($0) }, rank: rank)
    }

    /// A sentence on as many lines as it takes; Chinese may be broken anywhere.
    static func wrapped(_ text: String, width: Int, _ ink: BoardLine.Ink) -> [BoardLine] {
        var lines: [String] = [""]
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            var word = String(word)
            let last = lines[lines.count - 1]
            if !last.isEmpty, last.displayWidth + 1 + word.displayWidth <= width {
                lines[lines.count - 1] = last + " " + word
                continue
            }
            if !last.isEmpty { lines.append("") }
            while word.displayWidth > width, width > 1 {
                let piece = word.fitted(to: width)
                lines[lines.count - 1] = piece
                lines.append("")
                word = String(word.unicodeScalars.dropFirst(piece.unicodeScalars.count))
            }
            lines[lines.count - 1] = word
        }
        return lines.map { BoardLine($0, ink) }
    }
}

extension BoardAlert {
    /// The alert for people.
    func text(in language: Language) -> String { kind.phrase.text(in: language, values) }
}

extension BoardFigures {
    /// What goes on, and why it goes no faster; `detail` is how much is said of when it changes.
    func stateWords(_ detail: Moment.Detail = .zone, in language: Language) -> (words: String, ink: BoardLine.Ink) {
        guard let run else {
            if isSilent { return (language.say(PacePhrase.silent), .urgent) }
            guard !ledger.lastRun.isEmpty else { return (language.say(PacePhrase.neverRun), .caution) }
            guard let ended = ledger.lastRun.joined?.endedAt, let ending = ledger.lastRun.endingPhrase else {
                return (language.say(PacePhrase.noRun), .caution)
            }
            return (language.say(PacePhrase.noRunSince, ended.dayAndTime, language.say(ending)), .caution)
        }
        if let pause = run.pause {
            return (pause.words(detail, in: language, at: at, by: clocks), pause.reason.ink)
        }
        let dialing = language.say(PacePhrase.dialing)
        let separator = language == .chinese ? "：" : ": "
        if let bound = run.pace.flatMap({ PacingDecision.Bound(rawValue: $0.bound) }) {
            return (dialing + separator + language.say(bound), .good)
        }
        let why = run.agents.idle == 0 ? PacePhrase.agentsBusy : .agentFirst
        return (dialing + separator + language.say(why), .good)
    }
}

extension RunPause.Reason {
    /// What is as it should be is told plainly, and what somebody has to see to is urgent.
    fileprivate var ink: BoardLine.Ink {
        switch self {
        case .draining, .byVendor, .othersTurn, .withoutShare: .plain
        case .byOperator, .throttled, .nothingDue, .noCallerID, .accountFull: .caution
        case .vendorDown, .noAgents: .urgent
        }
    }
}
