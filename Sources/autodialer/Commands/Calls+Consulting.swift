import ArgumentParser
import Telephony

/// `calls consult`.
struct CallsConsult: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consult",
        abstract: "Has the vendor connect an agent with a colleague's phone, while the callee waits.",
        discussion: """
            EXAMPLES
              autodialer calls consult campaigns/well 1204 --as 8003
              autodialer calls consult campaigns/well 1204 --cancel

            What follows is calls conference, calls transfer, or --cancel, which takes the callee back.
            """)

    @OptionGroup var options: CallOrderOptions

    @Option(name: .customLong("as"), help: ArgumentHelp("The colleague's phone at the vendor.", valueName: "ext"))
    var phone: String?

    @Flag(help: "End the consultation, and take the callee back.")
    var cancel = false

    func validate() throws {
        guard cancel == (phone == nil), phone != "" else {
            throw ValidationError(.consultPhone)
        }
    }

    func run() async throws {
        try await options.give(phone.map { .consult(phone: $0) } ?? .cancelConsult)
    }
}

/// `calls conference`.
struct CallsConference: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conference",
        abstract: "Has the vendor bring callee, agent and the colleague who is consulted together.",
        discussion: """
            EXAMPLE
              autodialer calls conference campaigns/well 1204
            """)

    @OptionGroup var options: CallOrderOptions

    func run() async throws {
        try await options.give(.conference)
    }
}

/// `calls transfer`.
struct CallsTransfer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Has the vendor leave a callee to the colleague who is consulted; the agent is out of the call.",
        discussion: """
            EXAMPLE
              autodialer calls transfer campaigns/well 1204

            Its attempt ends when the agent leaves the call.
            """)

    @OptionGroup var options: CallOrderOptions

    func run() async throws {
        try await options.give(.transfer)
    }
}
