import CampaignFile
import Compliance
import DialEngine
import DialModel
import Forecast
import Foundation
import Ledger
import Pacing
import RunControl
import Testing
import Wording

@testable import autodialer

@Suite("The board fits any window, in either language")
struct BoardPanelTests {
    private static let now = Timestamp(milliseconds: 1_767_319_384_000)
    private static let sizes = [(40, 10), (80, 24), (120, 40), (200, 50)]

    private static var ledger: CampaignFigures {
        var outcomes = OutcomeCounts()
        for (index, outcome) in CallOutcome.allCases.enumerated() { outcomes[outcome] = 1 + index * 137 }
        return CampaignFigures(
            leads: 1_000_000, due: 300_123, waiting: 249_000, dialing: 31, standby: 12,
            finished: LeadEnding.allCases.map { .init(ending: $0, count: 50_000) }, openAttempts: 31,
            outcomes: outcomes, nextDueAt: now, lastRun: [])
    }

    private static var glance: RunGlance {
        var glance = RunGlance(at: now)
        glance.speed = 60
        (glance.calls.dialing, glance.calls.ringing, glance.calls.waiting, glance.calls.talking) = (3, 12, 1, 15)
        glance.agents.busy = 15
        glance.agents.setAside = 2
        glance.maxLines = 40
        glance.pace = .init(bound: "risk", allowance: 0.016)
        glance.agentLines = (0..<40).map { index in
            AgentLine(
                agent: "坐席\(index)", state: index.isMultiple(of: 3) ? "busy" : "idle",
                since: now - .seconds(index * 31),
                isLeaving: false, call: 1, number: "+86138****5678", missed: index % 4)
        }
        glance.notes = [
            "a message that is rather long and comes from the vendor in several words", "\u{1B}[31mred\nline",
        ]
        return glance
    }

    private static func figures(_ run: RunGlance? = glance) -> BoardFigures {
        var figures = BoardFigures(
            campaign: "春季回访", accounts: ["simulator.alibaba"], mode: .predictive, at: now,
            clocks: ZoneRules(zone: TimeZoneID("Asia/Shanghai"), initialOffset: 8 * 3_600), run: run, ledger: ledger,
            abandonment: AbandonmentCount(live: 1_000, abandoned: 31), abandonmentLimit: 0.03,
            pace: .init(perMinute: 42.4, toGo: .seconds(7_530)))
        figures.notes = run?.notes ?? []
        figures.numbers = (0..<30).map { index in
            .init(
                number: "0571888800\(10 + index)", state: index == 3 ? "quarantined" : "active", isFlagged: index == 5,
                dialsToday: index * 7, maxPerDay: 300, answered: index, rated: 50)
        }
        figures.alerts = BoardAlert.all(of: figures, lists: [.outdated(list: "tps")], freeBytes: 1_000_000)
        return figures
    }

    @Test(
        "No line is wider than the window and there are no more of them than it has", arguments: sizes,
        Language.allCases)
    func fits(size: (width: Int, height: Int), language: Language) {
        for figures in [Self.figures(), Self.figures(nil)] {
            let lines = BoardPanel(figures: figures, language: language).lines(width: size.width, height: size.height)
            #expect(lines.count <= size.height && !lines.isEmpty)
            for line in lines { #expect(line.width <= size.width, "\(line.text)") }
            #expect(!lines.contains { $0.text.contains("\u{1B}") || $0.text.contains("\n") })
        }
    }

    @Test("No width and no height is too small", arguments: [(1, 1), (2, 3), (9, 2), (30, 1), (500, 200)])
    func extremes(size: (width: Int, height: Int)) {
        for language in Language.allCases {
            let lines = BoardPanel(figures: Self.figures(), language: language)
                .lines(width: size.width, height: size.height)
            #expect(lines.count <= size.height && lines.allSatisfy { $0.width <= size.width })
        }
    }

    @Test("What matters most is there in the smallest window: name, progress, what goes on, and what is urgent")
    func priority() {
        let text = Self.text(width: 40, height: 10, .english)
        for word in ["45.0 %", "dialling", "the limit is reached", "1000000 in all"] {
            #expect(text.contains(word), "\(word) in \(text)")
        }
        #expect(!text.contains("0571888800"))
    }

    @Test("At 80 by 24 every section of the order is there", arguments: Language.allCases)
    func usual(language: Language) {
        let text = Self.text(width: 80, height: 24, language)
        for label in [BoardPhrase.state, .leads, .calls, .agents, .rates, .pace, .outcomes, .numbers, .alerts] {
            #expect(text.contains("\n" + language.say(label)), "\(label) in:\n\(text)")
        }
        #expect(text.contains("3.1 %") && text.contains("####"))
    }

    @Test("A wide window has tables of agents and numbers beside the outcomes", arguments: Language.allCases)
    func wide(language: Language) {
        let text = Self.text(width: 200, height: 50, language)
        for word in [BoardPhrase.agent, .missed, .today, .answered] { #expect(text.contains(language.say(word))) }
        #expect(
            text.contains("0571888800") && text.contains("坐席39") && text.contains(language.say(BoardPhrase.finished)))
    }

    @Test(
        "What stands beside a label begins in one column, and the right half of a wide board in one", arguments: sizes)
    func aligned(size: (width: Int, height: Int)) {
        for language in Language.allCases {
            let lines = BoardPanel(figures: Self.figures(), language: language)
                .lines(width: size.width, height: size.height)
            let labels = [BoardPhrase.state, .leads, .calls, .agents, .rates, .pace].map { language.say($0) }
            for label in labels {
                guard let line = lines.first(where: { $0.text.hasPrefix(label + " ") }) else { continue }
                let gap = line.text.dropFirst(label.count).prefix { $0 == " " }.count
                #expect(label.displayWidth + gap == 10, "\(line.text)")
            }
            guard size.width >= 120 else { continue }
            let column = (size.width - 3) / 2 + 3
            let agents = lines.filter { $0.text.contains("+86138****5678") }
            #expect(agents.count > 2)
            for line in agents {
                let start = line.text.range(of: "坐席", options: .backwards)?.lowerBound ?? line.text.startIndex
                #expect(String(line.text[..<start]).displayWidth == column, "\(line.text)")
            }
        }
    }

    @Test("Colours change no letter, and a terminal without Unicode is shown none")
    func inks() {
        var terminal = Terminal(-1)
        terminal.isUnicode = true
        let lines = BoardPanel(figures: Self.figures(), language: .chinese).lines(width: 120, height: 40)
        for line in lines {
            terminal.hasColour = false
            #expect(line.rendered(for: terminal) == line.text)
            terminal.hasColour = true
            #expect(line.rendered(for: terminal).replacing(/\u{1B}\[[0-9;]*m/, with: "") == line.text)
        }
        terminal = Terminal(-1)
        (terminal.isUnicode, terminal.hasColour) = (false, false)
        #expect(
            lines.allSatisfy { line in line.rendered(for: terminal).utf8.allSatisfy { (0x20..<0x7F).contains($0) } })
        #expect(lines.allSatisfy { $0.rendered(for: terminal).count == $0.width })
    }

    @Test("Alerts tell of what is over, near and out, most urgent first, and of nothing that the state says already")
    func alerts() {
        #expect(Self.figures().alerts.map(\.kind).prefix(3) == [.abandonmentOver, .listOutdated, .diskNearlyFull])
        var run = Self.glance
        run.agents.setAside = 0
        func kinds(_ live: Int, _ abandoned: Int, free: UInt64 = .max) -> [AlertPhrase] {
            var figures = Self.figures(run)
            figures.numbers = []
            figures.abandonment = AbandonmentCount(live: live, abandoned: abandoned)
            return BoardAlert.all(of: figures, lists: [], freeBytes: free).map(\.kind)
        }
        // The same as those of `status --check`.
        #expect(kinds(1_000, 30) == [.abandonmentOver] && kinds(1_000, 24) == [.abandonmentNear])
        #expect(kinds(1_000, 23) == [] && kinds(99, 99) == [])
        #expect(kinds(0, 0, free: 512 << 20) == [.diskNearlyFull] && kinds(0, 0, free: 513 << 20) == [])
        run.stalled = .seconds(299)
        #expect(kinds(0, 0) == [])
        run.stalled = .seconds(300)
        #expect(kinds(0, 0) == [.noProgress])
        run.stalled = .zero
        for reason in [RunPause.Reason.vendorDown, .throttled, .noAgents, .nothingDue] {
            run.pause = RunPause(reason)
            #expect(kinds(0, 0) == [])
        }
        run.pause = RunPause(.vendorDown)
        let line = Self.figures(run).plainLine(in: .english)
        #expect(line.components(separatedBy: "cannot be reached").count == 2, "\(line)")
    }

    @Test("A call that its agent missed is no answered one")
    func answers() {
        let figures = Self.figures()
        let answered: [CallOutcome] = [.connected, .abandoned, .machine]
        #expect(figures.answers.answered == answered.reduce(0) { $0 + figures.ledger.outcomes[$1] })
    }

    @Test("In a rehearsal, in which minutes pass between two looks, there is a pace, and none without a run")
    func pace() {
        var (estimate, ledger) = (ProgressEstimate(), Self.ledger)
        for look in 0..<60 {
            ledger.outcomes[.busy] += 20
            estimate.add(ledger, at: Self.now + .seconds(look * 600))
        }
        #expect(estimate.pace.perMinute == 2)
        #expect(ProgressEstimate().pace == BoardFigures.Pace())
    }

    @Test(
        "When it goes on is told as people say it, by the campaign's clocks, with as much as there is room for",
        arguments: [
            // It is Friday, 10:03 in Shanghai.
            (1, "11:03 today", "今天 11:03", "11:03"), (14, "00:03 tomorrow", "明天 00:03", "2026-01-03 00:03"),
            (72, "10:03 on Monday", "周一 10:03", "2026-01-05 10:03"),
            (6 * 24, "10:03 on Thursday", "周四 10:03", "2026-01-08 10:03"),
            (7 * 24, "2026-01-09 10:03", "2026-01-09 10:03", "2026-01-09 10:03"),
        ])
    func days(hours: Int64, english: String, chinese: String, short: String) {
        var run = Self.glance
        run.pause = RunPause(.nothingDue, until: Self.now + .seconds(hours * 3_600))
        func text(_ width: Int, _ language: Language) -> String {
            BoardPanel(figures: Self.figures(run), language: language).lines(width: width, height: 24).map(\.text)
                .joined(separator: "\n")
        }
        #expect(text(80, .english).contains("nothing due before \(english) (Asia/Shanghai)\n"))
        #expect(text(80, .chinese).contains("\(chinese)（Asia/Shanghai） 之前没有可拨线索\n"))
        #expect(text(48, .english).contains("nothing due before \(english)\n"))
        #expect(text(30, .english).contains(short) && !text(30, .english).contains("Asia"))
        #expect(Self.figures(run).plainLine(in: .english).contains("before \(english) (Asia/Shanghai)"))
    }

    @Test(
        "A letter takes as many columns as a terminal gives it",
        arguments: [
            ("a", 1), ("é", 1), ("e\u{301}", 1), ("中", 2), ("，", 2), ("Ａ", 2), ("\u{231A}", 2), ("\u{2705}", 2),
            ("\u{2B50}", 2), ("😀", 2), ("\u{A960}", 2), ("한", 2), ("\u{1F321}", 1), ("\u{AD}", 1), ("\u{200D}", 0),
            ("\u{E33}", 1), ("\u{E34}", 0), ("\u{20000}", 2), ("🇨🇳", 2), ("—", 1),
        ])
    func widths(text: String, columns: Int) {
        #expect(text.displayWidth == columns)
    }

    private static func text(width: Int, height: Int, _ language: Language) -> String {
        BoardPanel(figures: figures(), language: language).lines(width: width, height: height).map(\.text)
            .joined(separator: "\n")
    }
}

@Suite("All that is said is said in both languages")
struct PhraseTests {
    @Test("No table has a gap")
    func complete() {
        var findings = AlertPhrase.findings() + BoardPhrase.findings() + AgentStatePhrase.findings()
        findings += NumberStatePhrase.findings() + ModePhrase.findings() + PacePhrase.findings()
        findings += PlainPhrase.findings() + DurationPhrase.findings() + RunPause.Reason.findings()
        findings +=
            CallOutcome.findings() + LeadEnding.findings() + AttemptState.findings()
            + SummaryPhrase.findings(sameInBoth: [.carriedAndEnded])
        findings +=
            RunEnding.Word.findings() + RunEndingDetail.findings(sameInBoth: [.ofAccount, .byAccount, .because])
            + StoppingPhrase.findings() + ImportPhrase.findings()
        findings +=
            SupervisorPhrase.findings(sameInBoth: [.done]) + ErrorPhrase.findings()
            + PlanPhrase.findings(sameInBoth: [.title])
        findings += ExplainPhrase.findings() + Gate.findings() + PacingDecision.Bound.findings() + Delay.findings()
        findings += CampaignHistory.Parameter.findings()
        findings += CampaignPhrase.findings(sameInBoth: [.inFile]) + FileKindPhrase.findings() + SecretPhrase.findings()
        findings += DoNotCallPhrase.findings() + DoNotCallColumn.findings() + RecoverPhrase.findings()
        findings += AbilityPhrase.findings() + ForecastPhrase.findings() + RunnerPhrase.findings()
        findings += CopyPhrase.findings() + ReplayPhrase.findings() + UsagePhrase.findings()
        findings +=
            MomentPhrase.findings(sameInBoth: [.zoned]) + CallerIDsPhrase.findings()
            + CallerIDHistoryEntry.Step.findings()
        findings += PickPhrase.findings() + OrderPhrase.findings() + PrivacyPhrase.findings()
        findings += DispositionPhrase.findings() + AuditPhrase.findings(sameInBoth: [.found]) + InitPhrase.findings()
        findings +=
            VendorProbe.Row.Verdict.findings() + ProbeCheck.findings() + ProbePhrase.findings(sameInBoth: [.trialStep])
        findings += RefusalPhrase.findings(sameInBoth: [.metricsPort]) + JoiningPhrase.findings()
        #expect(findings == [])
    }
}
