import ArgumentParser
import DialModel
import RunControl
import Telephony
import Wording

/// The calls of a running campaign.
struct Calls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the calls of a running campaign, and lets a supervisor act on one.",
        discussion: """
            EXAMPLES
              autodialer calls campaigns/well
              autodialer calls listen campaigns/well 1204 --as 8002
              autodialer calls drop campaigns/well 1204

            A call is named by the id of its attempt, which is in the export of attempts, too. Orders are passed on to \
            the vendor, where it takes any; see SupervisingARun in the guide. Each is written to the run's log with who \
            gave it and when.
            """,
        subcommands: [
            CallsList.self, CallsDrop.self, CallsListen.self, CallsBarge.self, CallsTake.self, CallsHold.self,
            CallsRetrieve.self, CallsConsult.self, CallsConference.self, CallsTransfer.self, CallsRecord.self,
        ],
        defaultSubcommand: CallsList.self)
}

/// `calls list`, which is what `calls` alone means.
struct CallsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Shows the calls that have not ended: whom, where they stand and for how long, with which agent.",
        discussion: """
            EXAMPLES
              autodialer calls campaigns/well
              autodialer calls list campaigns/well --json

            Numbers of callees are masked unless --reveal is given.
            """)

    @OptionGroup var options: RunListOptions

    func run() async throws {
        try await reportingFailures(in: options.wording.language) {
            try await options.show(.calls(reveal: options.reveal))
        }
    }
}

/// What an order about a call takes.
struct CallOrderOptions: ParsableArguments {
    @OptionGroup var target: CampaignArgument

    @Argument(help: ArgumentHelp("The call, as the list of calls names it.", valueName: "call"))
    var call: Int64

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var wording: LanguageOption

    /// Passes an order on.
    func give(_ intervention: CallIntervention) async throws {
        try await reportingFailures(in: wording.language) {
            try await RunningCampaign(folder: target.campaign, database: database)
                .order(.call(intervention, AttemptID(call)), in: wording.language)
        }
    }
}

/// The phone of a supervisor.
struct SupervisorPhone: ParsableArguments {
    @Option(name: .customLong("as"), help: ArgumentHelp("The supervisor's phone at the vendor.", valueName: "ext"))
    var phone: String

    func validate() throws {
        if phone.isEmpty { throw ValidationError(.phone) }
    }
}

/// `calls drop`.
struct CallsDrop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: "Has the vendor end a call, whether it rings, waits or is talked in.",
        discussion: """
            EXAMPLE
              autodialer calls drop campaigns/well 1204

            Its attempt ends as what it was: connected where an agent talked, abandoned where somebody had answered, else \
            no_answer; the reason names who dropped it.
            """)

    @OptionGroup var options: CallOrderOptions

    func run() async throws {
        try await options.give(.drop)
    }
}

/// `calls listen`.
struct CallsListen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listen",
        abstract: "Rings a supervisor's phone, at which both sides of a conversation are heard.",
        discussion: """
            EXAMPLE
              autodialer calls listen campaigns/well 1204 --as 8002

            Agent and callee do not hear the supervisor. Whether they have to know is for the law where they are.
            """)

    @OptionGroup var options: CallOrderOptions
    @OptionGroup var supervisor: SupervisorPhone

    func run() async throws {
        try await options.give(.listen(phone: supervisor.phone))
    }
}

/// `calls barge`.
struct CallsBarge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "barge",
        abstract: "Rings a supervisor's phone, which joins a conversation as a third.",
        discussion: """
            EXAMPLE
              autodialer calls barge campaigns/well 1204 --as 8002
            """)

    @OptionGroup var options: CallOrderOptions
    @OptionGroup var supervisor: SupervisorPhone

    func run() async throws {
        try await options.give(.barge(phone: supervisor.phone))
    }
}

/// `calls take`.
struct CallsTake: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "take",
        abstract: "Rings a supervisor's phone, which takes the agent's place in a conversation.",
        discussion: """
            EXAMPLE
              autodialer calls take campaigns/well 1204 --as 8002
            """)

    @OptionGroup var options: CallOrderOptions
    @OptionGroup var supervisor: SupervisorPhone

    func run() async throws {
        try await options.give(.take(phone: supervisor.phone))
    }
}

/// `calls hold`.
struct CallsHold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Has the vendor let a callee wait, whom neither side hears meanwhile.",
        discussion: """
            EXAMPLE
              autodialer calls hold campaigns/well 1204
            """)

    @OptionGroup var options: CallOrderOptions

    func run() async throws {
        try await options.give(.hold)
    }
}

/// `calls retrieve`.
struct CallsRetrieve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retrieve",
        abstract: "Has the vendor take a waiting callee back into the conversation.",
        discussion: """
            EXAMPLE
              autodialer calls retrieve campaigns/well 1204
            """)

    @OptionGroup var options: CallOrderOptions

    func run() async throws {
        try await options.give(.retrieve)
    }
}

/// `calls record`.
struct CallsRecord: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Has the vendor record a conversation from now on, or no longer.",
        discussion: """
            EXAMPLES
              autodialer calls record campaigns/well 1204
              autodialer calls record campaigns/well 1204 --stop

            Whether agent and callee have to be told, or asked, is for the law where they are.
            """)

    @OptionGroup var options: CallOrderOptions

    @Flag(help: "End the recording; the conversation goes on.")
    var stop = false

    func run() async throws {
        try await options.give(stop ? .stopRecording : .startRecording)
    }
}
