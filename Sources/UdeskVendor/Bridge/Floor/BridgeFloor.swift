import DialModel
import EventWire
import Telephony

/// The agents of one campaign, their pages and their calls: facts in, directives out.
///
/// A value without clock, tasks or sockets. Every fact comes with its time, and every deadline is answered for by
/// `nextDeadline`: whoever drives it says `.timePassed` then.
struct BridgeFloor: Sendable {
    let account: UdeskBridgeAccount
    let rhythm: BridgeRhythm
    /// The numbers that the campaign shows.
    var callerIDs: [String] = []
    /// Where the page is to be had.
    var address = ""
    var seats: [BridgeSeat]
    /// What was told of each call.
    var stories = BridgeStories()
    /// Who wants to know which numbers there are, and until when.
    var numberAskers: [(ticket: Ticket, deadline: Timestamp)] = []
    /// When absent agents are looked for again.
    var absentLookAt: Timestamp?
    private(set) var directives: [BridgeDirective] = []
    private var generator: SplitMix64
    private(set) var startedAt: Timestamp?
    private var lastFailure: VendorError?
    private var isTroubled = false
    private var shown: [AgentObservation]?

    /// The agents of a group, nobody there; `seed` names sessions.
    init(account: UdeskBridgeAccount, group: String, rhythm: BridgeRhythm, seed: UInt64, now: Timestamp) {
        self.account = account
        self.rhythm = rhythm
        generator = SplitMix64(seed: seed)
        seats = account.logins(for: group).map { BridgeSeat($0, now: now) }
    }

    /// Takes in a fact and says what is to be done.
    mutating func handle(_ fact: BridgeFact, at now: Timestamp) -> [BridgeDirective] {
        switch fact {
        case .started: start(at: now)
        case .visited(let ticket, let agent, let visit): take(visit, of: agent, ticket, at: now)
        case .asked(let ticket, let request): take(request, ticket, at: now)
        case .timePassed: break
        }
        for index in seats.indices { passTime(index, at: now) }
        passTime(at: now)
        reportOutages(at: now)
        reportAgents(at: now)
        defer { directives = [] }
        return directives
    }

    /// When `.timePassed` is due.
    var nextDeadline: Timestamp? {
        var instants = seats.compactMap { nextDeadline(of: $0) } + numberAskers.map(\.deadline)
        if let absentLookAt { instants.append(absentLookAt) }
        if let startedAt, shown == nil || !isTroubled && !seats.contains(where: \.isWorking) {
            instants.append(startedAt + rhythm.arrival)
        }
        return instants.min()
    }

    // MARK: For the parts of the floor

    mutating func emit(_ directive: BridgeDirective) { directives.append(directive) }

    mutating func answer(_ ticket: Ticket, _ reply: BridgeReply) { emit(.answer(ticket, .success(reply))) }

    mutating func fail(_ ticket: Ticket, _ error: VendorError) { emit(.answer(ticket, .failure(error))) }

    mutating func report(_ call: BridgeCall, _ progress: [CallProgress], at now: Timestamp) {
        for fact in progress {
            stories.note(call, fact, at: now)
            emit(.report(.call(call.attempt, fact, at: now)))
        }
    }

    func seat(of agent: AgentID) -> Int? { seats.firstIndex { $0.login.agent == agent } }

    /// A name that nobody can guess.
    mutating func sessionName() -> String { String(generator.next(), radix: 16) + String(generator.next(), radix: 16) }

    /// Sends a command whose answer is awaited; false where nothing can be sent.
    @discardableResult
    mutating func send(
        _ command: SDKCommand, _ index: Int, for purpose: BridgeSeat.Purpose, notAfter: Timestamp? = nil,
        at now: Timestamp
    ) -> Bool {
        let deadline = now + rhythm.answerLimit
        // Nobody waits for what is carried out later.
        let notAfter = min(notAfter ?? deadline, deadline)
        guard let id = seats[index].session?.enter(command, notAfter: notAfter) else { return false }
        seats[index].pending[id] = BridgeSeat.Pending(purpose: purpose, deadline: deadline, notAfter: notAfter)
        if case .place = purpose { seats[index].call?.command = id }
        handOut(index, at: now)
        return true
    }

    /// Notes what broke, for as long as nobody can be seen because of it.
    mutating func noteFailure(_ error: VendorError) { lastFailure = error }

    /// An error of this account, its words cleaned.
    func error(
        _ meaning: VendorError.Meaning, _ operation: String, code: String, _ message: String
    ) -> VendorError {
        VendorError(
            meaning, vendor: account.name, operation: operation, code: Redaction.clean(code, secret: account.secret),
            message: Redaction.clean(message, secret: account.secret))
    }

    func error(_ meaning: VendorError.Meaning, _ operation: String, _ answer: SDKAnswer) -> VendorError {
        error(
            meaning, operation, code: answer.code,
            answer.message.isEmpty ? "the vendor declined" : answer.message)
    }

    // MARK: Private

    /// Whoever listens to this run has been told nothing.
    private mutating func start(at now: Timestamp) {
        startedAt = now
        lastFailure = nil
        isTroubled = false
        shown = nil
    }

    /// Tells of outages that begin or are over.
    private mutating func reportOutages(at now: Timestamp) {
        guard let startedAt else { return }
        if seats.contains(where: \.isWorking) {
            lastFailure = nil
            if isTroubled { emit(.report(.recovered)) }
            isTroubled = false
        } else if !isTroubled, lastFailure != nil || startedAt + rhythm.arrival <= now {
            isTroubled = true
            emit(
                .report(
                    .trouble(
                        lastFailure
                            ?? error(
                                .unavailable, "bridge", code: "NoPage", "no agent has opened their page at \(address)"))
                ))
        }
    }

    /// Tells of agents whose state has changed, all of them; at first not before somebody may have come.
    private mutating func reportAgents(at now: Timestamp) {
        for index in seats.indices {
            let activity = seats[index].activity(at: now)
            guard activity != seats[index].lastActivity else { continue }
            seats[index].lastActivity = activity
            seats[index].since = now
        }
        guard let startedAt else { return }
        guard shown != nil || startedAt + rhythm.arrival <= now || seats.contains(where: \.isWorking) else { return }
        let present = seats.map { $0.observation(at: now) }
        guard present != shown else { return }
        shown = present
        emit(.report(.agents(present, asOf: now)))
    }
}

/// What was told of the latest calls, each from its start.
struct BridgeStories: Sendable {
    struct Story: Hashable, Sendable {
        var id: VendorCallID
        var facts: [DatedProgress] = []

        var isOver: Bool { facts.last?.isEnding ?? false }
    }

    private static let most = 10_000

    private var stories: [AttemptID: Story] = [:]
    private var order: [AttemptID] = []

    subscript(attempt: AttemptID) -> Story? { stories[attempt] }

    mutating func note(_ call: BridgeCall, _ progress: CallProgress, at now: Timestamp) {
        if stories[call.attempt] == nil {
            stories[call.attempt] = Story(id: call.id)
            order.append(call.attempt)
            if order.count > Self.most { stories[order.removeFirst()] = nil }
        }
        stories[call.attempt]?.facts.append(DatedProgress(progress, at: now))
    }
}

extension UdeskBridgeAccount {
    /// Whose pages count for a group; a login without one works for all.
    func logins(for group: String) -> [AgentLogin] {
        logins.filter { $0.group.isEmpty || group.isEmpty || $0.group == group }
    }
}
