import DialModel
import Ledger
import Wording

/// Leads on their way, retries and agents.
extension ReportPage {
    var funnel: Markup {
        let leads = tally.leads
        let listed = max(tally.figures?.leads ?? 0, leads.tried)
        let sold = leads.sold > 0 ? [(say(FunnelPhrase.sold), leads.sold)] : []
        let steps =
            [
                (say(FunnelPhrase.listed), listed), (say(FunnelPhrase.tried), leads.tried),
                (say(FunnelPhrase.rung), leads.rung), (say(FunnelPhrase.answered), leads.answered),
                (say(FunnelPhrase.reached), leads.reached),
            ] + sold
        let bars = steps.map { name, count in
            BarList.Bar(
                name: name, value: "\(text.count(count)) · \(text.share(count, of: listed))",
                length: listed > 0 ? Double(count) / Double(listed) : 0)
        }
        let list = BarList(bars: bars)
        let title = say(FunnelPhrase.funnelChart)
        let rows = steps.enumerated().map { index, step in
            [
                step.0, text.count(step.1), text.share(step.1, of: listed),
                index == 0 ? FigureText.none : text.share(step.1, of: steps[index - 1].1),
            ]
        }
        let figure = Figure(
            id: "funnel-chart", title: title, description: say(FunnelPhrase.funnelAbout), height: list.height,
            shapes: list.shapes,
            table: Table(
                title, name: say(FunnelPhrase.step),
                figures: [say(PagePhrase.leads), say(PagePhrase.share), say(FunnelPhrase.ofStep)], rows: rows),
            tableTitle: asTable(title))
        return section("funnel", say(FunnelPhrase.funnel), says: left, [figure.markup, standing])
    }

    private var left: String? {
        tally.figures.map { figures in
            let open = figures.leads - figures.finishedCount - onHold
            let counts = [figures.finishedCount, figures.leads, open].map { text.count($0) }
            return onHold == 0
                ? say(FunnelPhrase.left, counts[0], counts[1], counts[2])
                : say(FunnelPhrase.leftOnHold, counts[0], counts[1], counts[2], text.count(onHold))
        }
    }

    /// How many leads nobody will dial until something is changed.
    private var onHold: Int { tally.onHold.reduce(0) { $0 + $1.count } }

    private var standing: Markup {
        guard let figures = tally.figures else { return .empty }
        let endings = figures.finished.filter { $0.count > 0 }.map {
            (say(FunnelPhrase.finishedLeads, say(word: $0.ending.rawValue, of: EndingPhrase.self)), $0.count)
        }
        let others = [
            (say(FunnelPhrase.due), figures.due), (say(FunnelPhrase.waiting), figures.waiting - onHold),
            (say(FunnelPhrase.onHold), onHold), (say(FunnelPhrase.dialing), figures.dialing),
            (say(FunnelPhrase.standby), figures.standby),
        ].filter { $0.1 > 0 }
        let rows = (endings + others).map { [$0.0, text.count($0.1), text.share($0.1, of: figures.leads)] }
        let title = say(FunnelPhrase.standing)
        let table = Table(
            title, name: say(FunnelPhrase.state), figures: [say(PagePhrase.leads), say(PagePhrase.share)], rows: rows)
        return .all([.element("h3", text: title), table.markup])
    }

    var retries: Markup {
        let total = tally.tries.reduce(DialTally()) { $0 + $1.dials }
        func name(_ ordinal: Int) -> String {
            say(ordinal == ReportTally.lastTry ? RetryPhrase.tryLater : .tryNumber, "\(ordinal)")
        }
        let most = Double(max(1, tally.tries.map(\.dials.connected).max() ?? 1))
        let bars = tally.tries.map { attempt in
            BarList.Bar(
                name: name(attempt.ordinal),
                value: say(
                    RetryPhrase.tryValue, text.count(attempt.dials.connected),
                    text.share(attempt.dials.connected, of: attempt.dials.dials)),
                length: Double(attempt.dials.connected) / most)
        }
        var sum = 0
        let rows = tally.tries.map { attempt in
            sum += attempt.dials.connected
            return [name(attempt.ordinal)] + conversionCells(attempt.dials) + [text.share(sum, of: total.connected)]
        }
        let list = BarList(bars: bars)
        let title = say(RetryPhrase.retryChart)
        let figure = Figure(
            id: "retry-chart", title: title, description: say(RetryPhrase.retryAbout), height: list.height,
            shapes: list.shapes,
            table: Table(
                title, name: title, figures: conversionHeaders + [say(RetryPhrase.cumulative)], rows: rows),
            tableTitle: asTable(title))
        return section("retries", say(RetryPhrase.retries), says: paid(total), [figure.markup, retriesByOutcome])
    }

    private func paid(_ total: DialTally) -> String {
        let later = tally.tries.filter { $0.ordinal > 1 }.reduce(DialTally()) { $0 + $1.dials }
        guard later.attempts > 0 else { return say(RetryPhrase.paidNothing) }
        return say(
            RetryPhrase.paid, text.count(later.connected), text.count(total.connected),
            text.share(later.connected, of: total.connected), text.share(later.dials, of: total.dials))
    }

    private var retriesByOutcome: Markup {
        guard !tally.retries.isEmpty else { return .empty }
        let title = say(RetryPhrase.afterTable)
        let rows = tally.retries.map { retry in
            [say(OutcomePhrase(retry.after))] + conversionCells(retry.dials)
                + [text.mean(retry.pause, over: retry.dials.attempts)]
        }
        let table = Table(
            title, name: say(RetryPhrase.after), figures: conversionHeaders + [say(RetryPhrase.pause)], rows: rows)
        return .all([.element("h3", text: title)] + (bestRetry.map { [remark($0)] } ?? []) + [table.markup])
    }

    private var bestRetry: String? {
        let known = tally.retries.filter { $0.dials.dials >= HeatScale.fewest }
        func isBelow(_ first: ReportTally.RetryTally, _ second: ReportTally.RetryTally) -> Bool {
            first.dials.connected * second.dials.dials < second.dials.connected * first.dials.dials
        }
        guard let best = known.max(by: isBelow), let worst = known.min(by: isBelow),
            Interval(best.dials.connected, of: best.dials.dials).isApart(
                from: Interval(worst.dials.connected, of: worst.dials.dials))
        else { return nil }
        return say(
            RetryPhrase.afterBest, say(OutcomePhrase(best.after)),
            text.share(best.dials.connected, of: best.dials.dials), text.count(best.dials.dials),
            say(OutcomePhrase(worst.after)), text.share(worst.dials.connected, of: worst.dials.dials),
            text.count(worst.dials.dials))
    }

    private var conversionHeaders: [String] {
        [
            say(PagePhrase.dials), say(PagePhrase.answered), say(PagePhrase.talkedCalls),
            say(RetryPhrase.conversionRate),
        ]
    }

    private func conversionCells(_ dials: DialTally) -> [String] {
        [
            text.count(dials.dials), text.count(dials.live), text.count(dials.connected),
            text.share(dials.connected, of: dials.dials),
        ]
    }
}

extension ReportPage {
    /// At most so many agents have a bar, and so many a row.
    private static let agentLimits = (bars: 40, rows: 400)

    var agents: Markup {
        let all = tally.agents
        guard !all.isEmpty else {
            return section("agents", say(AgentPhrase.agents), says: say(AgentPhrase.agentNone), [])
        }
        let busiest = Set(
            all.sorted { ($1.talk, $0.agent.value) < ($0.talk, $1.agent.value) }.prefix(Self.agentLimits.bars).map(
                \.agent))
        let shown = all.filter { busiest.contains($0.agent) }
        let bars = shown.map { agent in
            BarList.Bar(
                name: agent.agent.value,
                value: say(
                    AgentPhrase.agentValue, text.percent(AgentOccupancy.of(agent)), text.count(agent.connected)),
                length: AgentOccupancy.of(agent))
        }
        let list = BarList(bars: bars)
        let title = say(AgentPhrase.agentChart)
        let time = figures.agentTime
        let together = text.percent(AgentOccupancy.ratio(time.talk, time.present))
        let figure = Figure(
            id: "agent-chart", title: title, description: say(AgentPhrase.agentAbout, together), height: list.height,
            shapes: list.shapes, table: agentTable(title, Array(all.prefix(Self.agentLimits.rows))),
            tableTitle: asTable(title))
        let more =
            all.count > shown.count
            ? [remark(say(AgentPhrase.moreAgents, text.count(shown.count), text.count(all.count)))] : []
        let busy = say(AgentPhrase.agentBusy, text.count(all.count), together, text.duration(time.present))
        return section("agents", say(AgentPhrase.agents), says: busy, [figure.markup] + more)
    }

    private func agentTable(_ title: String, _ agents: [ReportTally.AgentTally]) -> Table {
        let headers = [
            say(AgentPhrase.callsOf), say(PagePhrase.talkedCalls), say(AgentPhrase.missed), say(AgentPhrase.short),
            say(AgentPhrase.talk), say(AgentPhrase.present), say(AgentPhrase.occupancy),
        ]
        let rows = agents.map { agent in
            [
                agent.agent.value, text.count(agent.calls), text.count(agent.connected), text.count(agent.missed),
                text.count(agent.short), text.duration(agent.talk), text.duration(agent.present),
                text.percent(AgentOccupancy.of(agent)),
            ]
        }
        return Table(title, name: say(AgentPhrase.agent), figures: headers, rows: rows)
    }
}
