import DialModel
import EventWire
import Telephony
import Testing

@testable import WinCallVendor

/// A floor, its time, and a server whose words a test chooses.
struct FloorBench {
    static let start = Timestamp(milliseconds: 1_767_319_384_000)
    static let callers = ["01080000001", "02180000001"]
    static let queue = SkillQueue(id: 10, name: "sales")
    static let rhythm = FloorRhythm(speed: 1)

    var floor: Floor
    var now = FloorBench.start
    private var lastTicket: UInt64 = 0
    /// Everything that was wanted so far, in order.
    private(set) var directives: [FloorDirective] = []

    /// Agents 5001 and so on at the phones 8001 and so on, then diallers 5901 and so on.
    init(
        agents: Int = 1, diallers: Int = 0, project: Int? = nil,
        connectedState: WinCallAccount.ConnectedState = .callee
    ) {
        let people = (0..<agents).map { Self.login(5001 + $0, isDialler: false) }
        let robots = (0..<diallers).map { Self.login(5901 + $0, isDialler: true) }
        let account = WinCallAccount(
            name: "wincall.test", serverURL: "ws://127.0.0.1:1", apiURL: "http://127.0.0.1:1", enterprise: "testvcc",
            logins: people + robots, connectedState: connectedState)
        floor = Floor(
            account: account, queue: Self.queue, project: project, rhythm: Self.rhythm, seed: 1, now: Self.start)
    }

    private static func login(_ number: Int, isDialler: Bool) -> AgentLogin {
        AgentLogin(
            agent: AgentID(String(number)), password: Secret("pass-\(number)"), phone: String(number + 3000),
            isDialler: isDialler)
    }

    // MARK: What happens

    /// Tells a fact and gives what is wanted of it.
    @discardableResult
    mutating func tell(_ event: FloorEvent) -> [FloorDirective] {
        let wanted = floor.handle(event, at: now)
        directives += wanted
        return wanted
    }

    /// The server says something to an agent's channel.
    @discardableResult
    mutating func say(_ text: String, to seat: Int = 0) -> [FloorDirective] {
        ServerMessage.messages(in: text).flatMap { tell(.received(floor.seats[seat].channel, $0)) }
    }

    /// The answer to a command.
    @discardableResult
    mutating func answer(_ action: Int, _ result: Int, _ words: String = "", to seat: Int = 0) -> [FloorDirective] {
        say(#"{"MT":1,"Retact":\#(action),"Ret":\#(result),"Retmsg":"\#(words)"}"#, to: seat)
    }

    /// The states of a phone one after the other, a second apart, by the four digits that stand for them.
    @discardableResult
    mutating func phone(_ states: String, _ seat: Int = 0, _ parameters: String = "") -> [FloorDirective] {
        states.split(separator: " ").flatMap { state in
            now = now + .seconds(1)
            let ring = state.hasPrefix("05") ? #","RingType":\#(Int(state.suffix(2)) ?? 0)"# : ""
            return say(#"{"MT":3,"PhoSta":\#(Int(state.prefix(2)) ?? 0)\#(ring)\#(parameters)}"#, to: seat)
        }
    }

    /// Moves the time on, from deadline to deadline.
    @discardableResult
    mutating func pass(_ duration: Duration) -> [FloorDirective] {
        let end = now + duration
        var wanted: [FloorDirective] = []
        while let due = floor.nextDeadline, due <= end {
            now = max(now, due)
            wanted += tell(.timePassed(due))
        }
        now = end
        return wanted
    }

    /// Opens a seat's channel and answers everything, so that the agent is signed in.
    mutating func signIn(_ seat: Int) {
        tell(.opened(floor.seats[seat].channel))
        let callers = Self.callers.map { "'\($0)'" }.joined(separator: ",")
        answer(100, 0, "[[10],[\(callers)],'']", to: seat)
        pass(.milliseconds(500))
        answer(2, 0, to: seat)
    }

    /// Begins the run, and signs everybody in.
    mutating func signInAll() {
        tell(.started)
        for seat in floor.seats.indices { signIn(seat) }
    }

    /// Asks for something and gives the ticket.
    mutating func ask(_ request: FloorRequest) -> Ticket {
        lastTicket += 1
        let ticket = Ticket(value: lastTicket)
        tell(.asked(ticket, request))
        return ticket
    }

    /// Asks for a call to a number, by an agent or by whichever dialler is free.
    mutating func dial(
        _ number: String = "+8613811112222", by agent: String? = "5001", attempt: Int64 = 1,
        callerID: String? = FloorBench.callers[0]
    ) -> Ticket {
        let number = PhoneNumber(e164: number)
        guard let number else {
            Issue.record("no number")
            return Ticket(value: 0)
        }
        return ask(
            .place(
                CallRequest(
                    attempt: AttemptID(attempt), number: number, prefix: "", callerID: callerID,
                    agent: agent.map { AgentID($0) }, notAfter: now + .seconds(30))))
    }

    // MARK: What was wanted

    /// What a question was answered with.
    func reply(to ticket: Ticket) -> Result<FloorReply, VendorError>? {
        for case .answer(ticket, let answer) in directives { return answer }
        return nil
    }

    /// The meaning and the code of a failure.
    func failure(of ticket: Ticket) -> (VendorError.Meaning, String)? {
        guard case .failure(let error)? = reply(to: ticket) else { return nil }
        return (error.meaning, error.code)
    }

    /// The progress of an attempt in order.
    func progress(of attempt: Int64 = 1) -> [CallProgress] {
        directives.compactMap { directive in
            guard case .report(.call(AttemptID(attempt), let progress, _)) = directive else { return nil }
            return progress
        }
    }

    /// How an attempt ended.
    func ending(of attempt: Int64 = 1) -> CallEnding? {
        for case .ended(let ending) in progress(of: attempt) { return ending }
        return nil
    }

    /// What was reported of calls of the project, in order.
    var ownCalls: [(call: OwnCall, progress: CallProgress, at: Timestamp)] {
        directives.compactMap { directive in
            guard case .report(.ownCall(let call, let progress, let instant)) = directive else { return nil }
            return (call, progress, instant)
        }
    }

    /// How the first call of the project ended.
    var ownEnding: CallEnding? {
        for case (_, .ended(let ending), _) in ownCalls { return ending }
        return nil
    }

    /// What the agents were last said to be doing.
    var activities: [AgentActivity] {
        var last: [AgentActivity] = []
        for case .report(.agents(let agents, _)) in directives { last = agents.map(\.activity) }
        return last
    }

    /// The commands that were sent to a seat's channel.
    func commands(_ seat: Int = 0) -> [AgentCommand] { directives.commands(seat) }
}

extension [FloorDirective] {
    /// The commands among these to a seat's channel.
    func commands(_ seat: Int = 0) -> [AgentCommand] {
        compactMap { directive in
            guard case .send(let channel, let command) = directive, channel.seat == seat else { return nil }
            return command
        }
    }

    /// Whether an outage begins with these.
    var troubles: [VendorError] {
        compactMap { directive in
            guard case .report(.trouble(let error)) = directive else { return nil }
            return error
        }
    }

    /// Who is left out, and the vendor's code.
    var leftOut: [(agent: AgentID, code: String)] {
        compactMap { directive in
            guard case .report(.agentUnusable(let agent, let error)) = directive else { return nil }
            return (agent, error.code)
        }
    }

    /// Whether an outage is over with these.
    var recovers: Bool { contains(.report(.recovered)) }
}
