import ArgumentParser
import DialModel
import RunControl

/// No calls for the time being.
struct Pause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Places no more calls of a running campaign until it is resumed; conversations go on.",
        discussion: """
            EXAMPLE
              autodialer pause campaigns/demo

            When the command has ended, the run asks for no call any more; those that ring may still be answered, and are \
            handed to agents. The run does not end, and its board says who paused it. It ends as usual when its time is \
            up, and the next run is not paused.
            """)

    @OptionGroup var options: RunOrderOptions

    func run() async throws {
        try await options.give(.pause, as: .pause, saying: .paused)
    }
}

/// Calls again.
struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lets a campaign that was paused place calls again.",
        discussion: """
            EXAMPLE
              autodialer resume campaigns/demo
            """)

    @OptionGroup var options: RunOrderOptions

    func run() async throws {
        try await options.give(.resume, as: .resume, saying: .resumed)
    }
}

/// The end, without haste.
struct Drain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ends a running campaign: no more calls, and the end when those in progress have ended.",
        discussion: """
            EXAMPLE
              autodialer drain campaigns/demo

            It does what Ctrl-C does once in the run's own shell, but the run then exits with 0. Where cron starts the \
            campaign it will start it again: take the line out first, or use pause.
            """)

    @OptionGroup var options: RunOrderOptions

    func run() async throws {
        try await options.give(.drain, as: .drain, saying: .draining)
    }
}
