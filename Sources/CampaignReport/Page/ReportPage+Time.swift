import DialModel
import Ledger
import Wording

/// What was dialled when, what came of it, and when people answer.
extension ReportPage {
    var timeLine: Markup {
        let time = TimeSlots(tally.moments, clocks: report.clocks)
        let groups = OutcomeGroup.allCases
        let names = groups.map { say(GroupPhrase($0)) }
        let unit = unit(of: time)
        let columns = time.slots.enumerated().map { index, slot in
            let parts = zip(names, slot.counts).filter { $0.1 > 0 }.map { "\($0.0) \(text.count($0.1))" }
            return ColumnChart.Column(
                title: "\(name(of: slot, time)): \(parts.joined(separator: ", "))",
                tick: tick(of: slot, after: index > 0 ? time.slots[index - 1] : nil, time), parts: slot.counts)
        }
        let chart = ColumnChart(columns: columns, styles: groups.map(\.style), format: text.count)
        let total = time.slots.reduce(0) { $0 + $1.total }
        let title = say(TimePhrase.chart)
        let rows = time.slots.filter { $0.total > 0 }.map { slot in
            [name(of: slot, time)] + slot.counts.map(text.count) + [text.count(slot.total)]
        }
        let figure = Figure(
            id: "time-line", title: title, description: say(TimePhrase.about, unit, text.count(total)),
            height: chart.height, shapes: chart.shapes,
            legend: zip(groups, names).map { Shape.key($0.style, $1) },
            table: Table(title, name: say(TimePhrase.slot), figures: names + [say(PagePhrase.total)], rows: rows),
            tableTitle: asTable(title), style: "scaled")
        let busiest = time.slots.max { $0.total < $1.total }.map {
            say(TimePhrase.busiest, unit, text.count($0.total), name(of: $0, time))
        }
        return section("time", say(TimePhrase.title), says: busiest, [figure.markup, spells])
    }

    private func unit(of time: TimeSlots) -> String {
        switch time.length {
        case 900: say(TimePhrase.quarterly)
        case 3_600: say(TimePhrase.hourly)
        case 86_400: say(TimePhrase.daily)
        default: say(TimePhrase.weekly)
        }
    }

    private func name(of slot: TimeSlots.Slot, _ time: TimeSlots) -> String {
        time.length < 86_400 ? "\(slot.day.iso8601) \(clock(slot.second))" : slot.day.iso8601
    }

    private func clock(_ second: Int) -> String {
        FigureText.twoDigits(second / 3_600) + ":" + FigureText.twoDigits(second % 3_600 / 60)
    }

    /// The day where it begins, and full hours.
    private func tick(of slot: TimeSlots.Slot, after last: TimeSlots.Slot?, _ time: TimeSlots) -> String? {
        let date = String(slot.day.iso8601.dropFirst(5))
        guard time.length < 86_400 else { return date }
        if let last, last.day != slot.day { return date }
        return last == nil || slot.second % 3_600 == 0 ? clock(slot.second) : nil
    }

    private var spells: Markup {
        let rows = tally.spells.map { spell in
            [
                say(TimePhrase.spell, "\(spell.run.value)"), text.minute(spell.from), text.minute(spell.until),
                text.count(spell.dials.attempts), text.count(spell.dials.live), text.count(spell.dials.connected),
                text.share(spell.dials.live, of: spell.dials.dials),
            ]
        }
        let title = say(TimePhrase.spells)
        let columns = [
            Table.Column(header: say(TimePhrase.run), isFigure: false), .init(header: say(TimePhrase.from)),
            .init(header: say(TimePhrase.until)), .init(header: say(PagePhrase.calls)),
            .init(header: say(PagePhrase.answered)), .init(header: say(PagePhrase.talkedCalls)),
            .init(header: say(PagePhrase.answerRate)),
        ]
        let more =
            tally.spellCount > tally.spells.count
            ? [remark(say(TimePhrase.moreSpells, text.count(tally.spells.count), text.count(tally.spellCount)))] : []
        return .all([.element("h3", text: title), Table(title, columns: columns, rows: rows).markup] + more)
    }

    var outcomes: Markup {
        let counts = figures.outcomes
        let total = counts.total
        let found = CallOutcome.allCases.map { (outcome: $0, count: counts[$0]) }.filter { $0.count > 0 }
            .sorted { ($1.count, $0.outcome.rawValue) < ($0.count, $1.outcome.rawValue) }
        let most = Double(found.first?.count ?? 1)
        let bars = found.map { outcome, count in
            BarList.Bar(
                name: say(OutcomePhrase(outcome)), value: "\(text.count(count)) · \(text.share(count, of: total))",
                length: Double(count) / most, style: OutcomeGroup(outcome).style)
        }
        let list = BarList(bars: bars)
        let title = say(TimePhrase.outcomesChart)
        let first = found.first.map {
            say(TimePhrase.outcomesAbout, say(OutcomePhrase($0.outcome)), text.share($0.count, of: total))
        }
        let rows = found.map {
            [say(OutcomePhrase($0.outcome)), text.count($0.count), text.share($0.count, of: total)]
        }
        let table = Table(
            title, name: say(TimePhrase.outcome), figures: [say(PagePhrase.calls), say(PagePhrase.share)],
            rows: rows + [[say(PagePhrase.total), text.count(total), text.share(total, of: total)]])
        let figure = Figure(
            id: "outcome-chart", title: title, description: first ?? title, height: list.height, shapes: list.shapes,
            table: table, tableTitle: asTable(title))
        return section("outcomes", say(TimePhrase.outcomes), says: nil, [figure.markup])
    }

    var answerHours: Markup {
        let week = figures.week(by: report.clocks)
        let hours = week.keys.map(\.hour)
        let (first, last) = (hours.min() ?? 0, hours.max() ?? 0)
        let days = Weekday.allCases.filter { day in week.keys.contains { $0.weekday == day } }
        let cells = days.enumerated().flatMap { row, day in
            (first...last).compactMap { hour -> RatedCell? in
                guard let dials = week[WeekHour(weekday: day, hour: hour)], dials.dials > 0 else { return nil }
                return RatedCell(
                    name: "\(text.weekday(day)) \(text.hour(hour))", row: row, column: hour - first, dials: dials)
            }
        }
        let rating = Rating(cells)
        var heat = HeatTable(
            rows: days.count, columns: last - first + 1, cells: heatCells(cells, rating, named: false))
        heat.rowNames = days.map(text.weekday)
        heat.columnNames = (first...last).map(String.init)
        let title = say(TimePhrase.ratesChart)
        let figure = Figure(
            id: "hour-chart", title: title, description: describe(rating, by: TimePhrase.ratesAbout),
            height: heat.height, shapes: heat.shapes, legend: legend(of: rating),
            table: rateTable(title, name: say(TimePhrase.weekday), cells), tableTitle: asTable(title))
        let best = rating.extremes.map { best, worst in
            say(
                TimePhrase.ratesBest, text.weekday(days[best.row]), text.hour(first + best.column),
                text.share(best.dials.live, of: best.dials.dials), text.count(best.dials.dials),
                text.weekday(days[worst.row]), text.hour(first + worst.column),
                text.share(worst.dials.live, of: worst.dials.dials), text.count(worst.dials.dials))
        }
        return section("hours", say(TimePhrase.rates), says: best ?? say(TimePhrase.ratesAlike), [figure.markup])
    }
}
