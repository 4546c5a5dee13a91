import ArgumentParser
import CampaignFile
import DialModel
import Glibc
import RunControl
import SQLiteLedger
import Telephony
import Wording

/// The board of campaigns that run in another shell.
struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the board of campaigns that are being run elsewhere; changes nothing.",
        discussion: """
            EXAMPLES
              autodialer watch campaigns/spring
              autodialer watch campaigns/spring campaigns/renewals
              autodialer watch campaigns/spring --json --every 10s
              autodialer watch campaigns/spring --once

            On a terminal it is a live board, which fits any window and works over ssh and in tmux; q or Ctrl-C leaves it. \
            Elsewhere it prints a line for each campaign now and then, and with --json an object, whose keys are in the \
            guide and do not change. While no run is going on it shows how things stand, and waits for the next one.
            """)

    @Argument(help: ArgumentHelp("The campaigns' folders, or their campaign.yaml.", valueName: "campaign"))
    var campaigns: [String]

    @OptionGroup var database: DatabaseOptions

    @Option(
        help: ArgumentHelp("How often to print: 5s, 1m (default: 30s).", valueName: "duration"),
        transform: DurationArgument.read)
    var every: DurationArgument?

    @Flag(help: "Print once, and leave.")
    var once = false

    @Flag(help: "Print a JSON object for each campaign, one a line; its keys do not change.")
    var json = false

    @OptionGroup var colour: ColourOption
    @OptionGroup var wording: LanguageOption

    func run() async throws {
        try await reportingFailures(in: wording.language) {
            let folders = try campaigns.map { try CampaignFolder.open($0) }
            let ledger = try await database.openExisting()
            var watched: [WatchedCampaign] = []
            for (folder, name) in zip(folders, campaigns) {
                let id = try await ledger.existingCampaign(named: folder.campaign.name)
                watched.append(
                    WatchedCampaign(
                        running: RunningCampaign(folder: name, database: database),
                        feed: BoardFeed(of: id, folder, in: ledger)))
            }
            let terminal = colour.apply(to: Terminal(STDOUT_FILENO))
            try await ledger.leave {
                if json || once || !terminal.isInteractive {
                    try await WatchLines(
                        watched: watched, isJSON: json, language: wording.language,
                        pause: once ? nil : every?.duration ?? .seconds(30)
                    ).print()
                    return nil
                }
                return try await WatchBoard(watched, on: terminal, in: wording.language).show()
            }
        }
    }
}

/// A campaign whose run may be going on in another process.
struct WatchedCampaign: Sendable {
    let running: RunningCampaign
    let feed: BoardFeed

    /// The figures as of now; the run's own clock tells the time while one goes on that answers.
    func figures() async throws -> BoardFigures {
        let sight = try await running.look()
        return try await feed.figures(sight, at: sight.glance?.at ?? SystemClock().now)
    }
}

/// Figures printed line by line.
private struct WatchLines {
    let watched: [WatchedCampaign]
    let isJSON: Bool
    let language: Language
    /// Nil for once only.
    let pause: Duration?

    func print() async throws {
        repeat {
            for campaign in watched {
                let figures = try await campaign.figures()
                let isRead = Console.out(isJSON ? figures.json : Console.plain(figures.plainLine(in: language)))
                guard isRead else { return }
            }
            guard let pause else { return }
            try await ContinuousClock().sleep(for: pause)
        } while true
    }
}

/// A board on a screen of its own.
private actor WatchBoard {
    private let watched: [WatchedCampaign]
    private let language: Language
    private let screen: Screen
    private var latest: [BoardFigures] = []

    init(_ watched: [WatchedCampaign], on terminal: Terminal, in language: Language) {
        self.watched = watched
        self.language = language
        screen = Screen(terminal, isAlternate: true)
    }

    /// Shows the board until it is left; the answer is the exit code.
    func show() async throws -> Failure.Code? {
        // The first figures are fetched before anything is drawn: what cannot be watched is said on the screen before.
        latest = try await figures()
        // Before the screen is taken, too, or a signal in between would leave it as it is not wanted.
        let (signals, changes) = (await StopSignals.stream(), await TerminalEvents.signals())
        screen.takeKeyboard()
        defer { screen.leave() }
        return try await withThrowingTaskGroup(of: Failure.Code??.self) { group in
            group.addTask { try await self.refresh() }
            group.addTask {
                for await number in changes { await self.heed(number) }
                return .none
            }
            group.addTask {
                for await key in TerminalEvents.keys() where key == UInt8(ascii: "q") { return .some(nil) }
                return .none
            }
            group.addTask {
                for await number in signals { return .some(number == SIGINT ? .interrupted : .terminated) }
                return .none
            }
            defer { group.cancelAll() }
            while let end = try await group.next() {
                if case .some(let code) = end { return code }
            }
            return nil
        }
    }

    private func figures() async throws -> [BoardFigures] {
        var all: [BoardFigures] = []
        for campaign in watched { all.append(try await campaign.figures()) }
        return all
    }

    private func refresh() async throws -> Failure.Code?? {
        while true {
            draw()
            do {
                try await ContinuousClock().sleep(for: .seconds(1))
            } catch {
                return .none
            }
            latest = try await figures()
        }
    }

    private func heed(_ number: Int32) {
        screen.heed(number)
        draw()
    }

    private func draw() { screen.draw(BoardPanel.lines(of: latest, in: language, on: screen)) }
}
