import CampaignFile
import CampaignRunner
import DialEngine
import DialModel
import Glibc
import Ledger
import Telephony

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
    private let ledger: any Ledger
    private let clock: SystemClock
    private let style: Style
    private let notes: Notes
    private var shownLines = 0
    private var progress: [ProgressEstimate]

    init(
        runs: [CampaignRun], ledger: any Ledger, clock: SystemClock, style: Style, notes: Notes
    ) {
        self.notes = notes
        self.runs = runs
        self.ledger = ledger
        self.clock = clock
        self.style = style
        progress = runs.map { _ in ProgressEstimate() }
    }

    /// Shows the run until cancelled.
    func show() async {
        switch style {
        case .silent: return
        case .lines: await repeatedly(every: .seconds(30)) { await self.printLines() }
        case .panel(let terminal):
            await repeatedly(every: .milliseconds(500)) { await self.draw(on: terminal) }
            await draw(on: terminal)
            leave()
        }
    }

    /// Shows a message.
    func note(_ text: String) {
        switch style {
        case .silent: return
        case .lines: Console.message("\(clock.now.clockTime) \(names): \(text)")
        case .panel: notes.add(text)
        }
    }

    /// Leaves the last board standing and the cursor below it.
    func leave() {
        if case .panel = style, shownLines > 0 { Console.write("\u{1B}[?25h", to: STDERR_FILENO) }
        shownLines = 0
    }

    /// Figures cost a look at every row, so the pause grows with what a look takes.
    private func repeatedly(every pause: Duration, _ work: () async -> Void) async {
        let watch = ContinuousClock()
        while !Task.isCancelled {
            let cost = await watch.measure { await work() }
            guard (try? await watch.sleep(for: max(pause, cost * 20))) != nil else { return }
        }
    }

    private var names: String { runs.map(\.campaign.name).joined(separator: ", ") }

    private func printLines() async {
        for run in runs {
            guard let figures = try? await ledger.figures(of: run.id, at: clock.now) else { continue }
            let snapshot = await run.snapshot()
            Console.message(
                "\(clock.now.clockTime) \(run.campaign.name): \(figures.finishedCount) of \(figures.leads) leads finished, "
                    + "\(figures.openAttempts) in a call, \(snapshot.talking) talking, "
                    + "\(figures.outcomes[.connected]) connected so far" + pause(of: snapshot))
        }
    }

    private func pause(of snapshot: EngineSnapshot) -> String {
        if case .byOperator(let name) = snapshot.pause { ", paused by \(name)" } else { "" }
    }

    private func draw(on terminal: Terminal) async {
        var lines: [String] = []
        for (index, run) in runs.enumerated() {
            guard let figures = try? await ledger.figures(of: run.id, at: clock.now) else { return }
            let snapshot = await run.snapshot()
            progress[index].add(figures, at: clock.now)
            let panel = BoardPanel(
                title: [run.campaign.name, run.parts.map(\.account).joined(separator: ", "), run.campaign.mode.word]
                    .joined(separator: " · "),
                clock: clock, figures: figures, snapshot: snapshot, progress: progress[index],
                accounts: await AccountLine.lines(of: run),
                notes: index == runs.count - 1 ? notes.latest : [])
            lines += panel.lines(width: terminal.columns, hasColour: terminal.hasColour)
        }
        // What is taller than the window cannot be drawn over again.
        lines = Array(lines.prefix(max(1, terminal.rows - 1)))
        var text = shownLines > 0 ? "\u{1B}[\(shownLines)A\r" : "\u{1B}[?25l"
        for line in lines { text += line + "\u{1B}[K\n" }
        text += "\u{1B}[J"
        Console.write(text, to: STDERR_FILENO)
        shownLines = lines.count
    }
}

extension DialingMode {
    /// The mode as the campaign file has it.
    var word: String {
        switch self {
        case .progressive: "progressive"
        case .power(let ratio): "power \(ratio)"
        case .predictive: "predictive"
        case .vendorPaced(let project): "vendor_paced by project \(project)"
        case .broadcast(let callsPerMinute): "broadcast \(callsPerMinute) a minute"
        }
    }
}
