import DialModel
import Ledger
import Wording

/// A period beside an earlier one, or another campaign.
extension ReportPage {
    /// A figure now and then.
    private struct Pair {
        let name: String
        let now: String
        let then: String
        let difference: String
    }

    func compared(with earlier: Report.Comparison) -> Markup {
        let (now, then) = (figures, earlier.figures)
        let side =
            switch earlier.side {
            case .before(let from, let until): say(ComparePhrase.before, text.minute(from), text.minute(until))
            case .campaign(let name): say(ComparePhrase.campaign, name)
            }
        let title = say(ComparePhrase.title, side)
        let rows = pairs(now, then).map { [$0.name, $0.now, $0.then, $0.difference] }
        let headers = [say(ComparePhrase.now), say(ComparePhrase.then), say(ComparePhrase.difference)]
        let table = Table(title, name: say(ComparePhrase.figure), figures: headers, rows: rows)
        return section(
            "comparison", title, says: nil, [table.markup] + hours(now, then) + [outcomePairs(now, then)])
    }

    private func pairs(_ now: ReportFigures, _ then: ReportFigures) -> [Pair] {
        let (calls, earlierCalls) = (now.totals, then.totals)
        let (leads, earlierLeads) = (now.tally.leads, then.tally.leads)
        let (time, earlierTime) = (now.agentTime, then.agentTime)
        return [
            counts(.reached, leads.reached, earlierLeads.reached),
            shares(.reachedShare, (leads.reached, leads.tried), (earlierLeads.reached, earlierLeads.tried)),
            counts(.calls, calls.attempts, earlierCalls.attempts),
            Pair(
                name: say(ComparePhrase.callsPerLead), now: text.ratio(calls.attempts, to: leads.tried),
                then: text.ratio(earlierCalls.attempts, to: earlierLeads.tried), difference: ""),
            shares(.answerRate, (calls.live, calls.dials), (earlierCalls.live, earlierCalls.dials)),
            Pair(
                name: say(ComparePhrase.meanTalk), now: text.mean(now.tally.talk, over: calls.connected),
                then: text.mean(then.tally.talk, over: earlierCalls.connected), difference: ""),
            shares(
                .abandonment, (now.abandonment.count.abandoned, now.abandonment.count.live),
                (then.abandonment.count.abandoned, then.abandonment.count.live)),
            shares(
                .occupancy, (Int(time.talk.milliseconds), Int(time.present.milliseconds)),
                (Int(earlierTime.talk.milliseconds), Int(earlierTime.present.milliseconds))),
            Pair(name: say(ComparePhrase.perHour), now: pace(of: now), then: pace(of: then), difference: ""),
        ]
    }

    private func counts(_ name: ComparePhrase, _ now: Int, _ then: Int) -> Pair {
        Pair(name: say(name), now: text.count(now), then: text.count(then), difference: text.difference(now - then))
    }

    private func shares(
        _ name: ComparePhrase, _ now: (part: Int, whole: Int), _ then: (part: Int, whole: Int)
    ) -> Pair {
        let isKnown = now.whole > 0 && then.whole > 0
        let difference =
            isKnown
            ? text.points(Double(now.part) / Double(now.whole) - Double(then.part) / Double(then.whole))
            : FigureText.none
        return Pair(
            name: say(name), now: text.share(now.part, of: now.whole), then: text.share(then.part, of: then.whole),
            difference: difference)
    }

    /// Pairs of bars for the hours of the day in which both dialled often enough.
    private func hours(_ now: ReportFigures, _ then: ReportFigures) -> [Markup] {
        let (hours, earlier) = (now.hours(by: report.clocks), then.hours(by: report.clocks))
        let known = (0..<24).filter {
            hours[$0].dials >= HeatScale.fewest && earlier[$0].dials >= HeatScale.fewest
        }
        guard !known.isEmpty else { return [] }
        func rate(_ dials: DialTally) -> Double { Double(dials.live) / Double(dials.dials) }
        let top = max(0.01, known.flatMap { [rate(hours[$0]), rate(earlier[$0])] }.max() ?? 1)
        let bars = known.flatMap { hour -> [BarList.Bar] in
            [(ComparePhrase.now, hours[hour], "s1"), (.then, earlier[hour], "s4")].map { side, dials, style in
                BarList.Bar(
                    name: "\(text.hour(hour)) · \(say(side))", value: text.share(dials.live, of: dials.dials),
                    length: rate(dials) / top, style: style)
            }
        }
        let list = BarList(bars: bars)
        let title = say(ComparePhrase.chart)
        let rows = known.map { hour in
            [
                text.hour(hour), text.share(hours[hour].live, of: hours[hour].dials),
                text.share(earlier[hour].live, of: earlier[hour].dials),
                text.points(rate(hours[hour]) - rate(earlier[hour])),
            ]
        }
        let headers = [say(ComparePhrase.now), say(ComparePhrase.then), say(ComparePhrase.difference)]
        return [
            Figure(
                id: "comparison-chart", title: title, description: say(ComparePhrase.about), height: list.height,
                shapes: list.shapes, table: Table(title, name: say(ComparePhrase.hours), figures: headers, rows: rows),
                tableTitle: asTable(title)
            ).markup
        ]
    }

    private func outcomePairs(_ now: ReportFigures, _ then: ReportFigures) -> Markup {
        let (counts, earlier) = (now.outcomes, then.outcomes)
        let rows = CallOutcome.allCases.filter { counts[$0] + earlier[$0] > 0 }.map { outcome in
            [
                say(OutcomePhrase(outcome)), text.count(counts[outcome]), text.share(counts[outcome], of: counts.total),
                text.count(earlier[outcome]), text.share(earlier[outcome], of: earlier.total),
            ]
        }
        let title = say(ComparePhrase.outcomeTable)
        let (now, then, share) = (say(ComparePhrase.now), say(ComparePhrase.then), say(PagePhrase.share))
        let table = Table(
            title, name: say(TimePhrase.outcome), figures: [now, "\(now), \(share)", then, "\(then), \(share)"],
            rows: rows)
        return .all([.element("h3", text: title), table.markup])
    }
}
