import Compliance
import DialModel
import Wording

/// Abandonment against each regulator's line, with the calls behind it.
extension ReportPage {
    /// At most so many windows are told one by one.
    private static let windowLimit = 31
    /// More calls than that are folded on a screen.
    private static let openCallLimit = 20

    var abandonment: Markup {
        let abandonment = figures.abandonment
        let count = abandonment.count
        let measured = say(
            LinePhrase.measure, text.count(count.live), text.count(count.abandoned),
            text.duration(abandonment.agentWithin), text.share(count.abandoned, of: count.live))
        let hasOwn = abandonment.lines.contains(where: \.isOwn)
        var remarks = [say(hasOwn ? LinePhrase.own : .ownNone, abandonment.rules)]
        if let limit = abandonment.limit { remarks.append(say(LinePhrase.ownLimit, text.limit(limit))) }
        return section(
            "abandonment", say(LinePhrase.title), says: measured,
            remarks.map(remark) + lines + [abandonedCalls])
    }

    private var lines: [Markup] { figures.abandonment.lines.enumerated().map { line($1, at: $0) } }

    private func line(_ line: AbandonmentFigures.Line, at index: Int) -> Markup {
        let country = name(of: line.rules)
        let limit = line.rule.limitPerMille
        let words = say(LinePhrase.source, text.perMille(limit.value), limit.source.shown)
        let heading = Markup.element("h3", text: line.isOwn ? say(LinePhrase.isOwn, country) : country)
        var content = [heading, remark(words)]
        if line.rules == "uk" { content.append(remark(say(LinePhrase.estimate))) }
        guard !line.windows.isEmpty else { return .all(content + [remark(say(LinePhrase.noneAnswered))]) }
        // Nobody keeps a campaign to the line of a country whose rules are not its own.
        if line.isOwn {
            let verdict =
                line.exceeded == 0
                ? say(AbandonmentPhrase.within1, text.count(line.windows.count))
                : say(AbandonmentPhrase.exceeded1, text.count(line.exceeded), text.count(line.windows.count))
            content.append(
                .element("p", [.classes("verdict", line.exceeded == 0 ? "good" : "bad")], text: verdict))
        }
        content.append(figure(of: line, at: index).markup)
        if line.windows.count > Self.windowLimit {
            content.append(
                remark(
                    say(AbandonmentPhrase.moreWindows, text.count(Self.windowLimit), text.count(line.windows.count))))
        }
        return .all(content)
    }

    private func figure(of line: AbandonmentFigures.Line, at index: Int) -> Figure {
        let limit = line.rule.limitPerMille.value
        let shown = line.windows.suffix(Self.windowLimit)
        let highest = shown.map(\.count.rate).max() ?? 0
        // The limit's line stands where there is room on both sides of it.
        let top = max(highest * 1.1, Double(limit) / 1_000 * 2)
        let bars = shown.map { window in
            let isAbove = line.isOwn && window.count.exceeds(perMille: limit)
            let rate = text.share(window.count.abandoned, of: window.count.live)
            return BarList.Bar(
                name: name(of: window),
                value: "\(rate) · \(text.count(window.count.abandoned))/\(text.count(window.count.live))",
                length: window.count.rate / top, style: isAbove ? "s2" : "s1")
        }
        let list = BarList(
            bars: bars,
            limit: (Double(limit) / 1_000 / top, "\(say(AbandonmentPhrase.limit)) \(text.perMille(limit))"))
        let title = say(LinePhrase.chart, line.rules)
        let rows = shown.map { window in
            let cells = [
                name(of: window), text.count(window.count.live), text.count(window.count.abandoned),
                text.share(window.count.abandoned, of: window.count.live), text.perMille(limit),
            ]
            let verdict = say(window.count.exceeds(perMille: limit) ? AbandonmentPhrase.exceeded : .within)
            return line.isOwn ? cells + [verdict] : cells
        }
        let headers = [
            say(AbandonmentPhrase.live), say(AbandonmentPhrase.abandoned), say(AbandonmentPhrase.rate),
            say(AbandonmentPhrase.limit),
        ]
        return Figure(
            id: "line-\(index)", title: title,
            description: line.isOwn
                ? say(LinePhrase.about, text.perMille(limit), text.count(line.exceeded), text.count(line.windows.count))
                : say(LinePhrase.aboutOther, text.perMille(limit)),
            height: list.height, shapes: list.shapes,
            table: Table(
                title, name: say(AbandonmentPhrase.window),
                figures: line.isOwn ? headers + [say(AbandonmentPhrase.verdict)] : headers, rows: rows),
            tableTitle: asTable(title))
    }

    private func name(of rules: String) -> String {
        switch rules {
        case "us": say(LinePhrase.lineUS)
        case "uk": say(LinePhrase.lineUK)
        default: say(LinePhrase.lineOther, rules)
        }
    }

    private func name(of window: AbandonmentEvidence.Window) -> String {
        if let day = window.day { return day.iso8601 }
        guard let from = window.from, let until = window.until else { return "\(window.index + 1)" }
        return say(AbandonmentPhrase.windowSpan, text.day(from), text.day(until))
    }

    private var abandonedCalls: Markup {
        let abandonment = figures.abandonment
        let title = say(AbandonmentPhrase.calls)
        let heading = Markup.element("h3", text: title)
        guard !abandonment.calls.isEmpty else {
            return .all([heading, remark(say(AbandonmentPhrase.callsNone))])
        }
        let headers = [
            AbandonmentPhrase.attempt, .at, .number, .waited, .heard,
        ].map { Table.Column(header: say($0), isFigure: $0 == .waited) }
        let rows = abandonment.calls.map { call in
            [
                "\(call.attempt.value)", "\(text.day(call.at)) \(text.second(call.at))", call.number,
                call.waited.map(text.duration) ?? FigureText.none, heard(call.heard),
            ]
        }
        let more =
            abandonment.count.abandoned > rows.count
            ? [
                remark(
                    say(
                        AbandonmentPhrase.callsShown, text.count(rows.count), text.count(abandonment.count.abandoned)))
            ] : []
        let table = Table(title, columns: headers, rows: rows).markup
        guard rows.count > Self.openCallLimit else { return .all([heading] + more + [table]) }
        let details = Markup.element(
            "details", [Attribute("id", "call-table")], [.element("summary", text: asTable(title)), table])
        return .all([heading] + more + [details])
    }

    private func heard(_ heard: AbandonmentFigures.Call.Heard) -> String {
        switch heard {
        case .message: say(AbandonmentPhrase.message)
        case .agent: say(AbandonmentPhrase.agent)
        case .nothingKnown: say(AbandonmentPhrase.nothingKnown)
        }
    }
}
