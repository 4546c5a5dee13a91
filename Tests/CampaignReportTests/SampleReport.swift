import Compliance
import DialModel
import Ledger

@testable import CampaignReport

/// Reports to make pages of.
enum SampleReport {
    /// Monday, 5 January 2026, 09:00 in Shanghai.
    static let start = Timestamp(milliseconds: 1_767_574_800_000)
    static let shanghai = ZoneRules(zone: TimeZoneID("Asia/Shanghai"), initialOffset: 28_800)

    /// Figures without regions and abandoned calls.
    static func figures(of tally: ReportTally) -> ReportFigures {
        ReportFigures(
            tally: tally, abandonment: AbandonmentFigures(rules: "none", limit: nil, agentWithin: .seconds(2)))
    }

    static func report(_ figures: ReportFigures, named name: String = "spring") -> Report {
        Report(
            campaign: name, accounts: ["simulator.alibaba"], madeAt: start + .seconds(40_000), clocks: shanghai,
            release: "1.0", figures: figures)
    }

    /// A report in which everything occurs that a page can show.
    static func full(named name: String = "spring") -> Report {
        var random = SplitMix64(seed: 11)
        var tally = ReportTally()
        tally.firstCall = start
        for quarter in 0..<(9 * 4) {
            for outcome in CallOutcome.allCases.map(Optional.some) + [nil] {
                let attempts = Int(random.below(outcome == .connected ? 40 : 9)) + (outcome == nil ? 0 : 1)
                guard attempts > 0 else { continue }
                let isLive = outcome == .connected || outcome == .abandoned
                tally.moments.append(
                    .init(
                        quarter: start.milliseconds / 900_000 + Int64(quarter) * 4, outcome: outcome,
                        attempts: attempts, live: isLive ? attempts : 0))
            }
        }
        let totals = figures(of: tally).totals
        (tally.talk, tally.wait, tally.knownWaits) = (.seconds(52_000), .seconds(300), totals.connected)
        tally.mismatches = 3
        fillSides(of: &tally, totals)
        var regions = RegionTally()
        for (index, province) in MainlandNames.provinces.enumerated() {
            let dials = DialTally(attempts: 5 + index, dials: 4 + index, live: index / 2, connected: index / 3)
            regions.add(Region(country: "CN", province: province), zones: 1, dials)
        }
        regions.add(Region(country: "US", province: "TX"), zones: 2, DialTally(attempts: 30, dials: 30, live: 12))
        regions.add(Region(country: "GB"), zones: 1, DialTally(attempts: 9, dials: 9, live: 2))
        regions.add(Region(), zones: 0, DialTally(attempts: 90, dials: 90, live: 2))
        var figures = ReportFigures(tally: tally, regions: regions, abandonment: abandonment())
        figures.tally.figures?.lastRun = []
        return report(figures, named: name)
    }

    private static func fillSides(of tally: inout ReportTally, _ totals: DialTally) {
        tally.tries = [
            .init(ordinal: 1, dials: DialTally(attempts: 700, dials: 690, live: 300, connected: 280)),
            .init(ordinal: 2, dials: DialTally(attempts: 300, dials: 290, live: 90, connected: 80)),
            .init(ordinal: 10, dials: DialTally(attempts: 3, dials: 3)),
        ]
        tally.retries = [
            .init(
                after: .busy, dials: DialTally(attempts: 90, dials: 90, live: 50, connected: 48), pause: .seconds(9_000)
            ),
            .init(
                after: .machine, dials: DialTally(attempts: 80, dials: 80, live: 2, connected: 1),
                pause: .seconds(90_000)),
        ]
        tally.callerIDs = [
            .init(account: "a", callerID: "057180000001", dials: DialTally(attempts: 400, dials: 390, live: 200)),
            .init(account: "a", callerID: "057180000002", dials: DialTally(attempts: 300, dials: 300, live: 20)),
            .init(account: "b", callerID: nil, dials: DialTally(attempts: 20, dials: 20, live: 9)),
        ]
        tally.callerIDCount = 9
        tally.agents = (0..<45).map { index in
            .init(
                agent: AgentID("agent <\(index)>"), calls: 20 + index, connected: 18, missed: index % 3, short: 12,
                talk: .seconds(600 + 60 * index), present: .seconds(3_600))
        }
        (tally.leads.tried, tally.leads.rung, tally.leads.answered) = (700, 690, 390)
        (tally.leads.reached, tally.leads.sold) = (380, 12)
        tally.spells = [.init(run: RunID(1), from: start, until: start + .seconds(32_000), dials: totals)]
        (tally.spellCount, tally.spellTime) = (70, .seconds(32_000))
        tally.imports = [
            ImportRecord(
                file: ImportedFile(name: "/srv/lists/<客户>.csv", digest: "x"), at: start, added: 800, duplicates: 4,
                rejected: 9)
        ]
        tally.figures = CampaignFigures(
            leads: 800, due: 20, waiting: 100, dialing: 3, standby: 7,
            finished: LeadEnding.allCases.map { .init(ending: $0, count: 70) }, openAttempts: 3,
            outcomes: OutcomeCounts(), nextDueAt: nil, lastRun: [])
        tally.held = [.init("calling_hours", 70), .init("a gate of tomorrow", 2)]
        tally.onHold = [.init("do_not_call", 30)]
        tally.troubles = [.init("503: no lines & no hope", 40)]
        tally.restingCallerIDs = [
            .init(callerID: "057180000003", quarantinedUntil: start), .init(callerID: "4001", quarantinedUntil: nil),
        ]
    }

    private static func abandonment() -> AbandonmentFigures {
        var figures = AbandonmentFigures(rules: "uk", limit: 0.03, agentWithin: .seconds(2))
        figures.count = AbandonmentCount(live: 400, abandoned: 13)
        let rule = AbandonmentRule(
            limitPerMille: figure(30), window: .init(.calendarDay, source: .init("Ofcom", date: "2010")),
            zone: TimeZoneID("Europe/London"), agentWithin: .init(.seconds(2), source: .init("Ofcom", date: "2010")),
            minimumRing: .init(.seconds(15), source: .init("Ofcom", date: "2010")))
        var spanRule = rule
        spanRule.window = .init(.successive(.seconds(2_592_000)), source: .init("16 CFR", date: "2012"))
        let days = windows(of: rule, days: 40) { $0 % 7 }
        let span = windows(of: spanRule, days: 4) { _ in 3 }
        figures.lines = [
            .init(rules: "uk", isOwn: true, rule: rule, windows: days),
            .init(rules: "us", isOwn: false, rule: spanRule, windows: span),
            .init(rules: "house rules", isOwn: false, rule: rule, windows: []),
        ]
        let heard: [AbandonmentFigures.Call.Heard] = [.message, .agent, .nothingKnown]
        figures.calls = (0..<13).map { index in
            .init(
                attempt: AttemptID(Int64(index)), at: start + .seconds(Int64(index)), number: "+86138****0001",
                waited: index == 0 ? nil : .milliseconds(2_100), heard: heard[index % 3])
        }
        return figures
    }

    /// What a rule makes of a hundred calls a day, of which some were abandoned.
    private static func windows(
        of rule: AbandonmentRule, days: Int, abandoned: (Int) -> Int
    ) -> [AbandonmentEvidence.Window] {
        var evidence = AbandonmentEvidence(rule: rule, firstCall: start, clocks: .utc)
        for day in 0..<days {
            for index in 0..<100 {
                let at = start + .seconds(Int64(86_400 * day + index))
                let call = AnsweredCall(greetedAt: at, connectedAt: index < abandoned(day) ? nil : at, cpa: nil)
                evidence.add(AttemptID(Int64(day * 100 + index + 1)), call, calleeClocks: nil)
            }
        }
        return evidence.windows
    }

    private static func figure(_ value: Int) -> SourcedFigure<Int> {
        .init(value, source: .init("Ofcom", date: "2010"))
    }
}
