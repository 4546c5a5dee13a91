import DialModel
import Telephony

/// The agents of one campaign, their sessions and their calls: facts in, directives out.
///
/// A value without clock, tasks or channels. Every fact comes with its time, and every deadline is answered for by
/// `nextDeadline`: whoever drives it says `.timePassed` then.
struct Floor: Sendable {
    let account: WinCallAccount
    /// The skill group of the campaign.
    let queue: SkillQueue
    /// The auto-call project whose calls agents may be given; nil for none.
    let project: Int?
    let rhythm: FloorRhythm
    var seats: [Seat]
    /// Whether agents are to be given calls of the project.
    var takesOwnCalls = false
    /// Calls of the project that their agents did not take, the first to end first.
    var reoffered: [ReofferedCall] = []
    /// What was told of each call.
    var stories = CallStories()
    /// Answered calls that wait in the skill group, the first to come first.
    var queued: [QueuedCall] = []
    /// Why nobody may dial any more, once the vendor has said so.
    var stopReason: VendorError?
    /// Callees whom the vendor does not let the enterprise call.
    var blockedCallees: Set<String> = []
    /// The vendor's refusals of numbers to show, which it need not repeat.
    var declinedCallers: [String: VendorError] = [:]
    /// How many calls in a row the vendor had no line for.
    var trunkFailures = 0
    /// Until when no call is asked for, because the last ones found no line.
    var trunkRestsUntil: Timestamp?
    /// What broke last while nobody was signed in.
    var lastFailure: VendorError?
    var isStopping = false
    private(set) var directives: [FloorDirective] = []
    private var generator: SplitMix64
    /// What the outage that lasts was said to mean; nil while there is none.
    private var toldTrouble: VendorError.Meaning?
    private var shown: [AgentObservation] = []
    private var lastSerial: UInt64 = 0

    /// The logins that work for the group, nobody signed in; `seed` spreads the openings of channels.
    init(
        account: WinCallAccount, queue: SkillQueue, project: Int? = nil, rhythm: FloorRhythm, seed: UInt64,
        now: Timestamp
    ) {
        self.account = account
        self.queue = queue
        self.project = project
        self.rhythm = rhythm
        generator = SplitMix64(seed: seed)
        let logins = account.logins(for: queue)
        seats = logins.enumerated().map { Seat($0.element, index: $0.offset, now: now) }
    }

    /// Takes in a fact and says what is to be done.
    mutating func handle(_ event: FloorEvent, at now: Timestamp) -> [FloorDirective] {
        switch event {
        case .started: if !isStopping { for index in seats.indices { open(index, at: now) } }
        case .opened(let channel): if isCurrent(channel) { initialise(channel.seat, at: now) }
        case .received(let channel, let message): if isCurrent(channel) { take(message, channel.seat, at: now) }
        case .closed(let channel, let error): if isCurrent(channel) { lose(channel.seat, error, at: now) }
        case .asked(let ticket, let request): take(request, ticket, at: now)
        case .ownCallsWanted(let takes): takeOwnCalls(takes, at: now)
        case .timePassed: for index in seats.indices { passTime(index, at: now) }
        case .stopRequested: stop(at: now)
        }
        giveUpQueued(at: now)
        giveUpReoffered(at: now)
        reportOutages()
        reportAgents(at: now)
        defer { directives = [] }
        return directives
    }

    /// When `.timePassed` is due.
    var nextDeadline: Timestamp? {
        let seats = seats.lazy.compactMap(\.nextDeadline).min()
        let queue = queued.lazy.map { $0.since + FloorRhythm.queueLimit }.min()
        return [seats, queue, reoffered.first?.dueAt].compactMap(\.self).min()
    }

    /// Whether everybody is signed out for good.
    var isOver: Bool { isStopping && !seats.contains(where: \.hasChannel) }

    // MARK: For the parts of the floor

    mutating func emit(_ directive: FloorDirective) { directives.append(directive) }

    mutating func answer(_ ticket: Ticket, _ result: Result<FloorReply, VendorError>) {
        emit(.answer(ticket, result))
    }

    mutating func fail(_ ticket: Ticket, _ error: VendorError) { answer(ticket, .failure(error)) }

    mutating func report(_ attempt: AttemptID, _ progress: CallProgress, at now: Timestamp) {
        stories.note(attempt, progress, at: now)
        emit(.report(.call(attempt, progress, at: now)))
    }

    /// Sends a command whose answer is awaited, for `limit` or as long as any; false when one of its kind is unanswered
    /// still.
    @discardableResult
    mutating func send(
        _ command: AgentCommand, _ index: Int, for purpose: Seat.Purpose,
        within limit: Duration? = nil, at now: Timestamp
    ) -> Bool {
        guard seats[index].pending[command.action] == nil else { return false }
        let deadline = now + (limit ?? rhythm.answerLimit)
        seats[index].pending[command.action] = Seat.Pending(purpose: purpose, sentAt: now, deadline: deadline)
        emit(.send(seats[index].channel, command))
        return true
    }

    mutating func open(_ index: Int, at now: Timestamp) {
        lastSerial += 1
        seats[index].channel.serial = lastSerial
        seats[index].state = .opening
        seats[index].staysAway = false
        emit(.open(seats[index].channel))
    }

    /// The wait before a channel is opened again, longer each time in a row, and no two agents' alike.
    mutating func nextPause(_ index: Int) -> Duration {
        let doublings = min(seats[index].failures, 10)
        seats[index].failures += 1
        let longest = min(FloorRhythm.longestPause, FloorRhythm.firstPause * (1 << doublings))
        return .milliseconds(Int64(Double(longest.milliseconds) * (0.5 + generator.unit() / 2)))
    }

    /// Counts an outage that nobody can see through any more.
    mutating func noteFailure(_ error: VendorError) {
        if !seats.contains(where: { $0.state == .working }) { lastFailure = error }
    }

    /// An error of this account, its words cleaned.
    func error(
        _ meaning: VendorError.Meaning, _ operation: String, code: String, _ message: String, _ index: Int? = nil
    ) -> VendorError {
        let secret = index.map { seats[$0].login.password } ?? Secret("")
        return VendorError(
            meaning, vendor: account.name, operation: operation, code: Redaction.clean(code, secret: secret),
            message: Redaction.clean(message, secret: secret))
    }

    func error(_ meaning: VendorError.Meaning, _ result: CommandResult, _ index: Int) -> VendorError {
        let message = result.message.isEmpty ? "the server declined" : result.message
        return error(meaning, "Action \(result.action)", code: ResultCode(result).description, message, index)
    }

    // MARK: Private

    private func isCurrent(_ channel: ChannelID) -> Bool {
        seats.indices.contains(channel.seat) && seats[channel.seat].channel == channel && seats[channel.seat].hasChannel
    }

    /// Tells of outages that begin or are over.
    private mutating func reportOutages() {
        guard !isStopping else { return }
        let isSeen = seats.contains { $0.state == .working }
        if isSeen {
            lastFailure = nil
            if toldTrouble != nil { emit(.report(.recovered)) }
            toldTrouble = nil
        } else if var failure = lastFailure {
            // As long as somebody may come back, time may heal what an operator has to mend for others.
            if !seats.allSatisfy(\.staysAway) { failure.meaning = .unavailable }
            guard toldTrouble == nil || toldTrouble == .unavailable && failure.meaning == .misconfigured else { return }
            toldTrouble = failure.meaning
            emit(.report(.trouble(failure)))
        }
    }

    /// Tells of agents whose state has changed, all of them.
    private mutating func reportAgents(at now: Timestamp) {
        guard !isStopping else { return }
        let present = seats.lazy.filter { !$0.login.isDialler }.map { $0.observation(at: now) }
        guard !present.elementsEqual(shown) else { return }
        shown = Array(present)
        emit(.report(.agents(shown, asOf: now)))
    }
}

extension WinCallAccount {
    /// Whom to sign in for a skill group, by its name or its id.
    func logins(for queue: SkillQueue) -> [AgentLogin] {
        logins.filter { $0.group.isEmpty || queue.isMeant(by: $0.group) }
    }
}

extension SkillQueue {
    func isMeant(by name: String) -> Bool { name == self.name || name == String(id) }
}
