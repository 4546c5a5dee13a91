import CampaignFile
import CampaignRunner
import DialModel
import Glibc
import Ledger
import RunControl
import Telephony
import Wording

/// What a run shows while it lasts: a board on a terminal, a line now and then elsewhere.
actor Board {
    /// How much to show.
    enum Style {
        case silent
        case lines
        case panel(Terminal)

        var isPanel: Bool { if case .panel = self { true } else { false } }

        static func fitting(_ terminal: Terminal) -> Style {
            terminal.isInteractive ? .panel(terminal) : .lines
        }
    }

    private let runs: [CampaignRun]
    private let monitor: RunMonitor
    private let feeds: [BoardFeed]
    private let clock: SystemClock
    private let style: Style
    private let notes: Notes
    private let language: Language
    private let screen: Screen?
    /// Whether the last board has been drawn.
    private var isOver = false

    init(
        runs: [CampaignRun], monitor: RunMonitor, feeds: [BoardFeed], clock: SystemClock, style: Style, notes: Notes,
        language: Language
    ) {
        self.monitor = monitor
        self.notes = notes
        self.runs = runs
        self.feeds = feeds
        self.clock = clock
        self.style = style
        self.language = language
        screen = if case .panel(let terminal) = style { Screen(terminal, isAlternate: false) } else { nil }
    }

    /// Shows the run until cancelled; whoever cancels has it finish or leave before.
    func show() async {
        switch style {
        case .silent: return
        case .lines: await repeatedly(every: .seconds(30)) { await self.printLines() }
        case .panel:
            // Before anything is drawn, or a signal in between would leave the terminal as it is not wanted.
            let signals = await TerminalEvents.signals()
            await withDiscardingTaskGroup { group in
                group.addTask { for await number in signals { await self.heed(number) } }
                group.addTask { await self.repeatedly(every: .seconds(1)) { await self.draw() } }
            }
        }
    }

    private func heed(_ number: Int32) async {
        screen?.heed(number)
        await draw()
    }

    /// Shows a message, here and on the boards of other shells.
    func note(_ text: String) {
        notes.add(text)
        switch style {
        case .silent, .panel: return
        case .lines: Console.message("\(clock.now.clockTime) \(names): \(text)")
        }
    }

    /// Shows how the run has left everything, and leaves.
    func finish() async {
        isOver = true
        var all: [BoardFigures] = []
        for feed in feeds {
            if let figures = try? await feed.lastFigures(at: clock.now) { all.append(figures) }
        }
        if !all.isEmpty { all[all.count - 1].notes = notes.latest }
        if let screen, !all.isEmpty { screen.draw(BoardPanel.lines(of: all, in: language, on: screen)) }
        leave()
    }

    /// Leaves the last board standing and the cursor below it.
    func leave() {
        isOver = true
        screen?.leave()
    }

    private func repeatedly(every pause: Duration, _ work: () async -> Void) async {
        while !Task.isCancelled {
            await work()
            guard (try? await ContinuousClock().sleep(for: pause)) != nil else { return }
        }
    }

    private var names: String { runs.map(\.campaign.name).joined(separator: ", ") }

    private func figures() async -> [BoardFigures] {
        var all: [BoardFigures] = []
        for (index, run) in runs.enumerated() {
            let glance = await monitor.glance(of: run, index == runs.count - 1 ? notes : nil)
            if let figures = try? await feeds[index].figures(.open(glance), at: glance.at) { all.append(figures) }
        }
        return all
    }

    private func printLines() async {
        for figures in await figures() { Console.message(figures.plainLine(in: language)) }
    }

    private func draw() async {
        let figures = await figures()
        guard let screen, !figures.isEmpty, !isOver else { return }
        screen.draw(BoardPanel.lines(of: figures, in: language, on: screen))
    }
}

extension BoardPanel {
    /// The boards of several campaigns, one below the other, each with the same part of a screen.
    static func lines(of all: [BoardFigures], in language: Language, on screen: Screen) -> [BoardLine] {
        let (width, height) = screen.size
        let spoken = screen.terminal.isUnicode ? language : .english
        // The last column is left free: a character there makes some terminals begin a line by themselves.
        let each = max(1, (height - (all.count - 1)) / all.count)
        let boards = all.map { BoardPanel(figures: $0, language: spoken).lines(width: width - 1, height: each) }
        return Array(boards.joined(separator: [BoardLine("")]).prefix(height))
    }
}

extension BoardFigures {
    /// The figures in a line, for logs.
    func plainLine(in language: Language) -> String {
        let line = language.say(
            PlainPhrase.progress, ledger.finishedCount, ledger.leads, ledger.openAttempts, run?.calls.talking ?? 0,
            ledger.outcomes[.connected])
        let state =
            run.map { $0.pause?.words(.zone, in: language, at: at, by: clocks) } ?? stateWords(in: language).words
        let alerts = alerts.filter(\.kind.isUrgent).map { $0.text(in: language) }
        let parts = [line] + [state].compactMap(\.self) + alerts
        return "\(at.clockTime) \(campaign): " + parts.joined(separator: language == .chinese ? "；" : "; ")
    }
}

/// The figures in a line.
enum PlainPhrase: CaseIterable, PhraseTable {
    case progress

    var phrase: Phrase {
        Phrase(
            "{1} of {2} leads finished, {3} in a call, {4} talking, {5} connected so far",
            "线索完成 {1}/{2}，呼叫中 {3}，通话 {4}，累计接通 {5}")
    }
}
