import ArgumentParser
import DialModel
import RunControl
import Telephony
import Wording

/// The agents of a running campaign.
struct Agents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the agents of a running campaign, and tells them to be ready, take a break or sign out.",
        discussion: """
            EXAMPLES
              autodialer agents campaigns/well
              autodialer agents break campaigns/well 5001

            Orders are passed on to the vendor, where it takes any; see SupervisingARun in the guide. Each is written to \
            the run's log with who gave it and when.
            """,
        subcommands: [AgentsList.self, AgentsReady.self, AgentsBreak.self, AgentsLogout.self],
        defaultSubcommand: AgentsList.self)
}

/// `agents list`, which is what `agents` alone means.
struct AgentsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Shows the agents of a running campaign: what they do, for how long, and with whom.",
        discussion: """
            EXAMPLES
              autodialer agents campaigns/well
              autodialer agents list campaigns/well --json

            Numbers are masked unless --reveal is given. Agents who are signed out are shown if they were signed in \
            during the run.
            """)

    @OptionGroup var options: RunListOptions

    func run() async throws {
        try await reportingFailures(in: options.wording.language) {
            try await options.show(.agents(reveal: options.reveal))
        }
    }
}

/// What an order to an agent takes.
struct AgentOrderOptions: ParsableArguments {
    @OptionGroup var target: CampaignArgument

    @Argument(help: ArgumentHelp("The agent, as the list of agents names them.", valueName: "agent"))
    var agent: String

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var wording: LanguageOption

    /// Passes an order on.
    func give(_ order: AgentOrder) async throws {
        try await reportingFailures(in: wording.language) {
            try await RunningCampaign(folder: target.campaign, database: database)
                .order(.agent(order, AgentID(agent)), in: wording.language)
        }
    }
}

/// `agents ready`.
struct AgentsReady: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ready",
        abstract: "Makes an agent available for calls, back from a break or signed in again.",
        discussion: """
            EXAMPLE
              autodialer agents ready campaigns/well 5001
            """)

    @OptionGroup var options: AgentOrderOptions

    func run() async throws {
        try await options.give(.makeReady)
    }
}

/// `agents break`.
struct AgentsBreak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "break",
        abstract: "Sends an agent on a break, after the present call if there is one.",
        discussion: """
            EXAMPLE
              autodialer agents break campaigns/well 5001
            """)

    @OptionGroup var options: AgentOrderOptions

    func run() async throws {
        try await options.give(.sendOnBreak)
    }
}

/// `agents logout`.
struct AgentsLogout: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout",
        abstract:
            "Signs an agent out until they are made ready or the run ends, after the present call if there is one.",
        discussion: """
            EXAMPLE
              autodialer agents logout campaigns/well 5001
            """)

    @OptionGroup var options: AgentOrderOptions

    func run() async throws {
        try await options.give(.signOut)
    }
}
