import DialModel
import Telephony

/// The desks of an account, the calls at them, and what is to be told of both: a value without clock or connection.
struct Switchboard: Sendable {
    /// How many ended calls are remembered, for whoever asks what became of one.
    private static let mostEndedCalls = 1024
    /// When to look whether others at a call that is over for its agent are in it still.
    private static let lookForOthers = Duration.seconds(5)

    let account: WellAccount
    var desks: [Desk]
    private let indexes: [AgentID: Int]
    var calls: [AttemptID: TrackedCall] = [:]
    private(set) var attempts: [String: AttemptID] = [:]
    /// Those among them that have not ended, so that nobody has to go through all of them for each answer.
    private var underWay: Set<AttemptID> = []
    private var endedInOrder: [AttemptID] = []
    private(set) var drops = InstantDrops()
    /// The numbers that campaigns of this run show; empty where the vendor chooses them.
    var shownNumbers: Set<String> = []
    private var outbox: [VendorEvent] = []
    private var reported: [AgentObservation]?
    private var isTroubled = false

    /// The desks of a group's logins, nobody signed in; a login without a group works for every group.
    init(account: WellAccount, group: String, now: Timestamp) {
        self.account = account
        let logins = account.logins.filter { group.isEmpty || $0.group.isEmpty || $0.group == group }
        var seen: Set<AgentID> = []
        desks = logins.filter { seen.insert($0.agent).inserted }.map { Desk($0, domain: account.domain, now: now) }
        indexes = Dictionary(uniqueKeysWithValues: desks.enumerated().map { ($1.login.agent, $0) })
    }

    /// Where an agent's desk is; nil for somebody else's agent.
    func index(of agent: AgentID) -> Int? { indexes[agent] }

    /// The desk of an agent.
    subscript(agent: AgentID) -> Desk? { indexes[agent].map { desks[$0] } }

    /// The call that an attempt made.
    func call(of attempt: AttemptID) -> TrackedCall? { calls[attempt] }

    // MARK: What is to be told

    /// Takes everything that is to be told, in order.
    mutating func takeOutbox() -> [VendorEvent] {
        defer { outbox.removeAll() }
        return outbox
    }

    /// Says how every agent is, if anybody is otherwise than was said last; diallers are no agents.
    mutating func tellOfAgents(at now: Timestamp) {
        for index in desks.indices {
            let activity = desks[index].activity(at: now, dialsWhenNotReady: account.dialsWhenNotReady)
            guard activity != desks[index].activity else { continue }
            desks[index].activity = activity
            desks[index].activitySince = now
        }
        let observations = observations
        guard observations != reported else { return }
        if reported == nil, observations.allSatisfy({ $0.activity == .offline }) { return }
        reported = observations
        outbox.append(.agents(observations, asOf: now))
    }

    /// Says again how every agent is; nothing as long as nobody has been there.
    mutating func repeatAgents(at now: Timestamp) {
        guard let reported else { return }
        outbox.append(.agents(reported, asOf: now))
    }

    private var observations: [AgentObservation] {
        desks.filter { !$0.login.isDialler }.map {
            AgentObservation(
                id: $0.login.agent, name: $0.login.name, activity: $0.activity, since: $0.activitySince,
                isLeaving: $0.isDismissed || $0.isOnBreak && !$0.isFree)
        }
    }

    // MARK: Outages

    /// Notes why a desk cannot be used until it has been compared anew; an outage begins when there is no other.
    ///
    /// An agent whom the vendor turns away is named to the operator, once for each reason.
    mutating func fail(
        _ agent: AgentID, _ error: VendorError, isTurnedAway: Bool, isLeftOut: Bool = false, at now: Timestamp
    ) {
        guard let index = index(of: agent) else { return }
        if isTurnedAway, desks[index].failure?.code != error.code { outbox.append(.agentUnusable(agent, error)) }
        desks[index].failure = error
        desks[index].isLeftOut = isLeftOut
        desks[index].isSynced = false
        tellOfAgents(at: now)
        // Automatic phones without anybody who talks are of no use.
        let agents = desks.filter { !$0.login.isDialler }
        let failures = agents.compactMap(\.failure)
        guard !isTroubled, failures.count == agents.count else { return }
        isTroubled = true
        // As long as time may heal it for one, it is nothing that an operator has to mend first.
        if let trouble = failures.first(where: { $0.meaning != .misconfigured }) ?? failures.last {
            outbox.append(.trouble(trouble))
        }
    }

    /// Notes that a desk can be used, which ends an outage.
    mutating func heal(_ index: Int) {
        guard desks[index].isSignedIn, desks[index].isWatched else { return }
        desks[index].failure = nil
        desks[index].isLeftOut = false
        guard isTroubled, !desks[index].login.isDialler else { return }
        isTroubled = false
        outbox.append(.recovered)
    }

    // MARK: Calls

    /// The calls that have not ended, in order.
    var openCalls: [TrackedCall] { underWay.sorted().compactMap { calls[$0] } }

    /// Follows a call from now on.
    mutating func follow(_ call: TrackedCall) {
        calls[call.attempt] = call
        underWay.insert(call.attempt)
    }

    /// Changes a call, tells what is new of it, and closes it when it has ended.
    mutating func change(_ attempt: AttemptID, at now: Timestamp, _ body: (inout TrackedCall) -> Void) {
        guard var call = calls[attempt] else { return }
        let (known, hadEnded) = (call.facts.count, call.hasEnded)
        body(&call)
        calls[attempt] = call
        outbox += call.facts[known...].map { .call(attempt, $0.progress, at: $0.at) }
        if call.hasEnded, !hadEnded { close(call, at: now) }
    }

    /// Gives a call the vendor's name, and tells it what came under that name before.
    mutating func bind(_ attempt: AttemptID, to callID: String, at index: Int, now: Timestamp) {
        guard let call = calls[attempt], call.callID != callID else { return }
        attempts[callID] = attempt
        calls[attempt]?.callID = callID
        if desks[index].dial?.attempt == attempt { desks[index].dial = nil }
        desks[index].nextDialAt = max(desks[index].nextDialAt, now + account.dialInterval)
        desks[index].open(callID)
        let early = desks[index].earlyEvents.filter { $0.event.callID == callID }
        desks[index].earlyEvents.removeAll { $0.event.callID == callID }
        let address = desks[index].address
        for entry in early {
            change(attempt, at: now) { $0.take(entry.event, at: address, at: entry.at) }
        }
    }

    /// A call goes by another name from now on.
    mutating func rename(_ attempt: AttemptID, from old: String, to callID: String, at index: Int, now: Timestamp) {
        attempts[old] = nil
        bind(attempt, to: callID, at: index, now: now)
    }

    /// A call is over: the phones that carried it are free, and what it tells of the way that it was dialled is noted.
    private mutating func close(_ call: TrackedCall, at now: Timestamp) {
        if let callID = call.callID {
            for index in desks.indices where desks[index].openCalls.contains(callID) {
                if [call.owner, call.holder].contains(desks[index].address) {
                    desks[index].close(callID)
                } else {
                    // Whoever joined or took the call may talk on, and is told of the end by events of their own.
                    desks[index].wantSync(by: now + Self.lookForOthers)
                }
            }
            for index in desks.indices where desks[index].expectedCall == callID { desks[index].expectedCall = nil }
        }
        for index in desks.indices where desks[index].dial?.attempt == call.attempt { desks[index].dial = nil }
        if call.originatedAt != nil, !call.wasHungUp {
            let way = InstantDrops.Key(prefix: call.prefix, callerID: call.callerID)
            drops.note(way, wasDropped: call.wasDroppedAtOnce, at: now)
        }
        underWay.remove(call.attempt)
        endedInOrder.append(call.attempt)
        guard endedInOrder.count > Self.mostEndedCalls else { return }
        let oldest = endedInOrder.removeFirst()
        if let callID = calls[oldest]?.callID { attempts[callID] = nil }
        calls[oldest] = nil
    }

    /// Follows a call that an earlier run placed and that a desk is in.
    mutating func adopt(_ call: TrackedCall, callID: String, at index: Int, now: Timestamp) {
        follow(call)
        bind(call.attempt, to: callID, at: index, now: now)
    }

    /// Forgets an attempt that made no call.
    mutating func forget(_ attempt: AttemptID) {
        if let callID = calls[attempt]?.callID { attempts[callID] = nil }
        calls[attempt] = nil
        underWay.remove(attempt)
        for index in desks.indices where desks[index].dial?.attempt == attempt { desks[index].dial = nil }
    }
}
