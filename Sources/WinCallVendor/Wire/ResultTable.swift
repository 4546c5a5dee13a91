/// What follows from a result that is not success.
enum Reaction: Hashable, Sendable {
    /// The command changed nothing because everything was so already.
    case asWished
    /// Only an operator can mend it: whoever it concerns, an agent or everybody, dials no more.
    case stop
    /// The account lets no more agents in: the run goes on with those who are.
    case noMoreAgents
    /// The agent is signed in elsewhere, which may be a session of ours that has not been missed yet.
    case signedInElsewhere
    /// The channel carries an agent already.
    case openAnew
    /// The vendor is out of order; time heals it.
    case tryLater
    /// The server does not know the session any more.
    case signInAgain
    /// The agent cannot take part in this command now.
    case agentNotReady
    /// The number shown is declined, and the callee has nothing to do with it.
    case callerIDDeclined
    /// The network or the vendor could not set the call up.
    case congestion
    /// The callee may not be called by this enterprise, now or later.
    case calleeBlocked
    /// The callee's number cannot be dialled.
    case invalidNumber
    /// An answered call could not be given on.
    case handOverFailed
    /// The command was declined; nothing follows for anybody else.
    case declined
    /// What happened is not certain.
    case unknown
}

/// Whom or what a result concerns.
enum Level: String, CaseIterable, Hashable, Sendable {
    case nobody
    case attempt
    case lead
    case callerID
    case trunk
    case agent
    case session
    case campaign
    case vendor
    /// What we sent is wrong: the settings, or this program.
    case client
}

/// What a result concerns, and what follows.
struct Verdict: Hashable, Sendable {
    var level: Level
    var reaction: Reaction

    init(_ level: Level, _ reaction: Reaction) {
        self.level = level
        self.reaction = reaction
    }

    /// Whether nobody may dial before an operator has acted.
    var stopsEverybody: Bool { reaction == .stop && level == .campaign }
}

/// The vendor's results and what follows from them (`vendors/well-wincall.md`, B.7).
enum ResultTable {
    private struct Row: Sendable {
        /// The first three digits of the code.
        var commands: ClosedRange<Int>
        var results: ClosedRange<Int>
        var verdict: Verdict

        init(
            _ commands: ClosedRange<Int>, _ results: ClosedRange<Int>, _ level: Level, _ reaction: Reaction
        ) {
            self.commands = commands
            self.results = results
            verdict = Verdict(level, reaction)
        }

        init(_ command: Int, _ results: ClosedRange<Int>, _ level: Level, _ reaction: Reaction) {
            self.init(command...command, results, level, reaction)
        }

        init(_ command: Int, _ result: Int, _ level: Level, _ reaction: Reaction) {
            self.init(command...command, result...result, level, reaction)
        }
    }

    /// What follows from a result other than success; what is not in the table may have taken effect.
    static func verdict(on code: ResultCode) -> Verdict {
        let row = rows.first { $0.commands.contains(code.command) && $0.results.contains(code.result) }
        return row?.verdict ?? Verdict(.attempt, .unknown)
    }

    private static let any = Int.min...Int.max

    /// The first row that fits counts.
    private static let rows: [Row] = [
        // The beginning of a session.
        Row(1, 1, .agent, .signedInElsewhere),
        Row(1, 2, .client, .openAnew),
        Row(1, 3...5, .agent, .stop),
        Row(1, 6, .campaign, .noMoreAgents),
        Row(1, 7, .agent, .stop),
        Row(1, 20, .campaign, .stop),
        Row(1, 100, .client, .stop),
        Row(1, 700...803, .vendor, .tryLater),
        Row(1, 804...806, .agent, .stop),
        Row(1, 807, .vendor, .tryLater),
        Row(1, 808...809, .agent, .stop),
        Row(1, 810...814, .client, .stop),
        Row(1, 820, .agent, .stop),
        Row(1, any, .vendor, .tryLater),
        // Signing in and out.
        Row(3, 1...2, .session, .signInAgain),
        Row(3, any, .vendor, .tryLater),
        Row(2, any, .nobody, .asWished),
        Row(4, any, .nobody, .asWished),
        // The agent's state, and projects.
        Row(5...6, 3...3, .nobody, .asWished),
        Row(5, 4, .agent, .agentNotReady),
        Row(9...10, 3...3, .campaign, .stop),
        Row(9...10, 4...4, .nobody, .asWished),
        // Dialling; calls between agents have the same results and a few more.
        Row(21, 6, .agent, .agentNotReady),
        Row(21, 30, .agent, .agentNotReady),
        Row(21...22, 1...1, .session, .signInAgain),
        Row(21...22, 2...2, .attempt, .congestion),
        Row(21...22, 3...4, .campaign, .stop),
        Row(21...22, 5...5, .agent, .agentNotReady),
        Row(21...22, 7...7, .campaign, .stop),
        Row(21...22, 8...8, .callerID, .callerIDDeclined),
        Row(21...22, 9...9, .agent, .agentNotReady),
        Row(21...22, 10...10, .trunk, .congestion),
        Row(21...22, 11...11, .agent, .stop),
        Row(21...22, 20...20, .campaign, .stop),
        Row(21...22, 451...452, .client, .stop),
        Row(21...22, 501...503, .campaign, .stop),
        Row(21...22, 504...504, .lead, .calleeBlocked),
        Row(21...22, 505...506, .lead, .invalidNumber),
        Row(21...22, 507...507, .callerID, .callerIDDeclined),
        // Calls that exist.
        Row(23, 2, .nobody, .asWished),
        Row(24...28, 1...1, .session, .signInAgain),
        Row(24...28, any, .attempt, .declined),
        Row(29, 6, .client, .declined),
        Row(29...32, 1...1, .session, .signInAgain),
        Row(29...32, any, .attempt, .declined),
        Row(44, any, .attempt, .handOverFailed),
        Row(46, any, .attempt, .handOverFailed),
        // Results 1 and 2 of most commands mean that the server does not know the session.
        Row(5...6, 1...2, .session, .signInAgain),
        Row(9...10, 1...2, .session, .signInAgain),
        Row(23, 1...2, .session, .signInAgain),
        Row(5...6, any, .agent, .declined),
        Row(9...10, any, .agent, .declined),
        Row(23, any, .agent, .declined),
    ]
}
