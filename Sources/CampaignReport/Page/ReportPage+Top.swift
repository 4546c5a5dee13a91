import DialModel
import Ledger
import Wording

/// The head of the page: whose report it is, what happened in a sentence, and the key figures.
extension ReportPage {
    var top: Markup {
        .element(
            "header",
            [
                .element("p", [.classes("kind")], text: say(PagePhrase.kind)),
                .element("h1", text: report.campaign),
                .element("p", [.classes("about")], text: about),
                .element("p", [.classes("headline")], clauses),
            ] + (report.isRehearsal ? [remark(say(PagePhrase.rehearsal))] : []))
    }

    /// The period, the accounts and the clocks.
    private var about: String {
        let parts = [
            period, say(PagePhrase.through, report.accounts.joined(separator: ", ")),
            say(PagePhrase.madeAt, text.minute(report.madeAt), report.clocks.zone.name),
        ]
        return parts.joined(separator: " · ")
    }

    private var period: String {
        switch (report.from, report.until) {
        case (let from?, let until?): say(PagePhrase.period, text.minute(from), text.minute(until))
        case (let from?, nil): say(PagePhrase.periodFrom, text.minute(from))
        case (nil, let until?): say(PagePhrase.periodUntil, text.minute(until))
        case (nil, nil): wholeCampaign
        }
    }

    private var wholeCampaign: String {
        guard let first = tally.spells.map(\.from).min(), let last = tally.spells.map(\.until).max() else {
            return say(PagePhrase.periodUntil, text.minute(report.madeAt))
        }
        return say(PagePhrase.wholeCampaign, text.minute(tally.firstCall ?? first), text.minute(last))
    }

    /// What happened, in a sentence or two.
    var headline: String {
        guard !isEmpty else { return say(PagePhrase.nothing) }
        let leads = tally.leads
        let time = text.duration(tally.spellTime)
        var sentences = [
            leads.reached == 0
                ? say(PagePhrase.nobodyReached, text.count(leads.tried), time)
                : say(PagePhrase.reached, text.count(leads.reached), text.count(leads.tried), time)
        ]
        let count = figures.abandonment.count
        if count.live > 0 {
            let rate = text.share(count.abandoned, of: count.live)
            sentences.append(
                figures.abandonment.limit.map { say(PagePhrase.abandonment, rate, text.limit($0)) }
                    ?? say(PagePhrase.abandonmentWithoutLimit, rate))
        }
        if figures.openAttempts > 0 { sentences.append(say(PagePhrase.stillOpen, text.count(figures.openAttempts))) }
        return sentences.joined(separator: language == .english ? " " : "")
    }

    /// The headline, in pieces that Chinese lines are broken between; English ones are broken between words.
    private var clauses: [Markup] {
        guard language == .chinese else { return [.text(headline)] }
        var clauses: [String] = [""]
        for character in headline {
            clauses[clauses.count - 1].append(character)
            if character == "，" || character == "。" { clauses.append("") }
        }
        return clauses.filter { !$0.isEmpty }.map { .element("span", text: $0) }
    }

    /// The figures that are asked for first.
    var keyFigures: Markup {
        let items = KeyFigure.all(of: self).map { figure in
            Markup.element(
                "div", [.classes("figure", figure.isAlarming ? "alarm" : "")],
                [
                    .element("dt", text: figure.name),
                    .element("dd", [.classes("number")], text: figure.value),
                    .element("dd", [.classes("of")], text: figure.remark),
                ] + (figure.difference.map { [.element("dd", [.classes("delta")], text: $0)] } ?? []))
        }
        return .element(
            "section", [Attribute("id", "figures"), Attribute("aria-label", say(KeyPhrase.title))],
            [.element("dl", items)])
    }
}

/// A figure that is asked for first.
struct KeyFigure {
    let name: String
    let value: String
    let remark: String
    /// How it was before, if that is known.
    var difference: String?
    /// Whether it is above a limit.
    var isAlarming = false

    static func all(of page: ReportPage) -> [KeyFigure] {
        [
            reached(page), calls(page), answers(page), talk(page), abandonment(page), occupancy(page), pace(page),
            wait(page),
        ]
    }

    private static func reached(_ page: ReportPage) -> KeyFigure {
        let (leads, text) = (page.tally.leads, page.text)
        return KeyFigure(
            name: page.say(KeyPhrase.reached), value: text.count(leads.reached),
            remark: page.say(KeyPhrase.ofLeads, text.count(leads.tried), text.share(leads.reached, of: leads.tried)),
            difference: page.report.earlier.map { earlier in
                let then = earlier.figures.tally.leads.reached
                return page.delta(text.difference(leads.reached - then), text.count(then))
            })
    }

    private static func calls(_ page: ReportPage) -> KeyFigure {
        let (totals, text) = (page.figures.totals, page.text)
        return KeyFigure(
            name: page.say(KeyPhrase.calls), value: text.count(totals.attempts),
            remark: page.say(KeyPhrase.perLead, text.ratio(totals.attempts, to: page.tally.leads.tried)),
            difference: page.report.earlier.map { earlier in
                let then = earlier.figures.totals.attempts
                return page.delta(text.difference(totals.attempts - then), text.count(then))
            })
    }

    private static func answers(_ page: ReportPage) -> KeyFigure {
        let (totals, text) = (page.figures.totals, page.text)
        return KeyFigure(
            name: page.say(KeyPhrase.answerRate), value: text.share(totals.live, of: totals.dials),
            remark: page.say(KeyPhrase.ofDials, text.count(totals.live), text.count(totals.dials)),
            difference: page.report.earlier.flatMap { earlier in
                let then = earlier.figures.totals
                return page.deltaOfShares((totals.live, totals.dials), (then.live, then.dials))
            })
    }

    private static func talk(_ page: ReportPage) -> KeyFigure {
        let (tally, text) = (page.tally, page.text)
        return KeyFigure(
            name: page.say(KeyPhrase.talk), value: text.duration(tally.talk),
            remark: page.say(KeyPhrase.meanTalk, text.mean(tally.talk, over: page.figures.totals.connected)))
    }

    private static func abandonment(_ page: ReportPage) -> KeyFigure {
        let (abandonment, text) = (page.figures.abandonment, page.text)
        let count = abandonment.count
        let of = page.say(KeyPhrase.ofAnswered, text.count(count.abandoned), text.count(count.live))
        let limit = abandonment.limit.map { "; " + page.say(KeyPhrase.limit, text.limit($0)) } ?? ""
        return KeyFigure(
            name: page.say(KeyPhrase.abandonment), value: text.share(count.abandoned, of: count.live),
            remark: of + (page.language == .english ? limit : limit.replacing("; ", with: "；")),
            difference: page.report.earlier.flatMap { earlier in
                let then = earlier.figures.abandonment.count
                return page.deltaOfShares((count.abandoned, count.live), (then.abandoned, then.live))
            }, isAlarming: abandonment.isExceeded)
    }

    private static func occupancy(_ page: ReportPage) -> KeyFigure {
        let time = page.figures.agentTime
        let count = page.tally.agents.count
        return KeyFigure(
            name: page.say(KeyPhrase.occupancy),
            value: count == 0
                ? FigureText.none : page.text.percent(AgentOccupancy.ratio(time.talk, time.present)),
            remark: count == 0 ? page.say(KeyPhrase.noAgents) : page.say(KeyPhrase.agents, page.text.count(count)))
    }

    private static func pace(_ page: ReportPage) -> KeyFigure {
        KeyFigure(
            name: page.say(KeyPhrase.perHour), value: page.pace(of: page.figures),
            remark: page.say(KeyPhrase.talkedPerHour))
    }

    private static func wait(_ page: ReportPage) -> KeyFigure {
        let tally = page.tally
        return KeyFigure(
            name: page.say(KeyPhrase.wait), value: page.text.mean(tally.wait, over: tally.knownWaits),
            remark: page.say(KeyPhrase.waitOf, page.text.count(tally.knownWaits)))
    }
}

extension ReportPage {
    /// Conversations for each hour in which somebody was dialled.
    func pace(of figures: ReportFigures) -> String {
        let hours = figures.tally.spellTime.seconds / 3_600
        return hours > 0 ? text.decimal(Double(figures.totals.connected) / hours) : FigureText.none
    }

    /// How a figure differs from what it was.
    func delta(_ difference: String, _ then: String) -> String { say(ComparePhrase.delta, difference, then) }

    /// How a share differs from what it was; nil where either has no whole.
    func deltaOfShares(_ now: (part: Int, whole: Int), _ then: (part: Int, whole: Int)) -> String? {
        guard now.whole > 0, then.whole > 0 else { return nil }
        let difference = Double(now.part) / Double(now.whole) - Double(then.part) / Double(then.whole)
        return delta(text.points(difference), text.share(then.part, of: then.whole))
    }
}
