package import DialModel

/// The agents of a run: who is idle, for how long, and who is promised to which attempt.
///
/// An agent is idle who is signed in and neither in a call, nor in wrap-up, nor reserved, nor set aside for not having taken
/// calls. Idle agents stand in a queue, longest idle first. What the engine itself knows (this agent's call has just been
/// connected, or has just ended) outranks an observation that the vendor was asked for earlier.
package struct AgentPool: Hashable, Sendable {
    private struct Place: Hashable, Comparable, Sendable {
        var since: Timestamp
        var agent: AgentID

        static func < (lhs: Self, rhs: Self) -> Bool { (lhs.since, lhs.agent) < (rhs.since, rhs.agent) }
    }

    /// What agents of this run have to be able to do; nil for nothing in particular.
    package let skill: AgentSkill?
    /// Every agent who was ever seen, in the order in which they were.
    package private(set) var accounts: [AgentAccount] = []

    /// Changes of occupation since they were last taken, in order.
    private var shifts: [OccupationShift] = []
    private var indexes: [AgentID: Int] = [:]
    /// Who may be given calls, and since when; looked up only, and nil where everybody may.
    private var granted: [AgentID: Timestamp]?
    /// The idle ones, sorted.
    private var queue: [Place] = []

    /// Nobody; agents without the skill will not count as signed in.
    package init(skill: AgentSkill? = nil) {
        self.skill = skill
    }

    /// How many agents are idle.
    package var idleCount: Int { queue.count }

    /// The idle agents, longest idle first.
    package var idle: [AgentID] { queue.map(\.agent) }

    /// What is known of an agent; nil for one who was never seen.
    package func account(of agent: AgentID) -> AgentAccount? { indexes[agent].map { accounts[$0] } }

    /// How many agents are in each activity, those who are reserved or set aside apart.
    package var census: AgentCensus {
        accounts.reduce(into: AgentCensus()) { census, account in if account.isOurs { census.count(account) } }
    }

    /// Those who may be given calls or have calls of this run, ascending.
    package var held: [AgentID] { accounts.filter(\.isOurs).map(\.id).sorted() }

    /// Those who are signed in, whomever they work for, ascending.
    package var present: [AgentID] { accounts.filter { $0.activity != .offline }.map(\.id).sorted() }

    /// Gives calls to nobody but these from now on; whoever is new among them has to be observed first.
    package mutating func grant(_ agents: [AgentID], at now: Timestamp) {
        let former = granted ?? [:]
        let grants = Dictionary(agents.map { ($0, former[$0] ?? now) }) { first, _ in first }
        granted = grants
        for index in accounts.indices {
            let grant = Self.grant(of: accounts[index].id, by: grants)
            if accounts[index].grant != grant { change(index) { $0.grant = grant } }
        }
    }

    private static func grant(of agent: AgentID, by grants: [AgentID: Timestamp]?) -> AgentAccount.Grant {
        guard let grants else { return .always }
        return grants[agent].map { .since($0) } ?? .never
    }

    /// Takes over what the vendor said of every agent, and names the attempts whose reserved agents went away, ascending.
    @discardableResult
    package mutating func observe(_ observations: [AgentObservation], asOf: Timestamp) -> [AttemptID] {
        var seen = Set<AgentID>()
        for observation in observations where observation.has(skill) {
            seen.insert(observation.id)
            update(observation, asOf: asOf)
        }
        for account in accounts where !seen.contains(account.id) { noteAbsence(of: account.id, asOf: asOf) }
        return accounts.filter(\.isAway).compactMap(\.reservedFor).sorted()
    }

    /// Takes over what the vendor said of one agent, and names the attempt that they were reserved for if they went away.
    @discardableResult
    package mutating func observe(_ observation: AgentObservation, asOf: Timestamp) -> [AttemptID] {
        if observation.has(skill) {
            update(observation, asOf: asOf)
        } else if account(of: observation.id) != nil {
            noteAbsence(of: observation.id, asOf: asOf)
        }
        return [account(of: observation.id)].compactMap(\.self).filter(\.isAway).compactMap(\.reservedFor)
    }

    /// Promises the longest-idle agent to an attempt, or `wanted` and nobody else; nil when they are not idle, or nobody is.
    package mutating func reserveIdle(_ wanted: AgentID?, for attempt: AttemptID) -> AgentID? {
        let agent = wanted ?? queue.first?.agent
        guard let agent, let index = indexes[agent], accounts[index].isIdle else { return nil }
        change(index) { $0.reservedFor = attempt }
        return agent
    }

    /// Keeps an agent for an attempt that an earlier run placed for them, whatever they are doing.
    package mutating func reserve(_ agent: AgentID, for attempt: AttemptID, at now: Timestamp) {
        change(agent, at: now) { $0.reservedFor = attempt }
    }

    /// Notes that an agent talks with the callee of `attempt`.
    package mutating func connect(_ agent: AgentID, to attempt: AttemptID, at now: Timestamp) {
        change(agent, at: now) { account in
            account.reservedFor = attempt
            account.isTalking = true
            account.setAsideUntil = nil
            account.missedInARow = 0
            guard account.knownAt <= now else { return }
            account.activity = .busy
            account.since = now
            account.knownAt = now
        }
    }

    /// Lets go of an agent whose attempt is over; one who talked has work to do after the call, unless they have gone.
    ///
    /// `endedAt` is when the call ended, by the vendor. What the vendor has said of the agent since then stands, and is taken over
    /// though it comes later: an engine that is behind would otherwise hold it for older than the end, and nothing more is
    /// said of an agent who stays as they are.
    package mutating func release(
        _ agent: AgentID, from attempt: AttemptID, talked: Bool, endedAt: Timestamp? = nil, at now: Timestamp
    ) {
        guard account(of: agent)?.reservedFor == attempt else { return }
        change(agent, at: now) { account in
            account.reservedFor = nil
            account.isTalking = false
            let toldAt = min(endedAt ?? now, now)
            guard talked, !account.isAway, account.activity == .busy || account.knownAt <= toldAt else { return }
            account.activity = .wrapUp
            account.since = now
            account.knownAt = max(account.knownAt, toldAt)
        }
    }

    /// Offers an agent no call for a while who did not take one, twice as long each time in a row; until when.
    package mutating func setAside(_ agent: AgentID, at now: Timestamp) -> Timestamp {
        let inARow = account(of: agent)?.missedInARow ?? 0
        let until = now + min(EngineSettings.noShowPause * (1 << min(inARow, 10)), EngineSettings.noShowPauseLimit)
        change(agent, at: now) { account in
            account.missed += 1
            account.missedInARow += 1
            account.setAsideUntil = until
        }
        return until
    }

    /// Offers calls again to an agent whose time aside is over, after everybody who is idle already.
    package mutating func takeBack(_ agent: AgentID, at now: Timestamp) {
        guard let until = account(of: agent)?.setAsideUntil, until <= now else { return }
        change(agent, at: now) { account in
            account.setAsideUntil = nil
            if account.activity == .idle { account.since = max(account.since, now) }
        }
    }

    /// How many agents calls are dialled for.
    var atWorkCount: Int { accounts.count(where: \.isAtWork) }

    /// Takes the changes of occupation since the last time, in order.
    mutating func takeShifts() -> [OccupationShift] {
        defer { shifts.removeAll(keepingCapacity: true) }
        return shifts
    }

    // MARK: Private

    private mutating func update(_ observation: AgentObservation, asOf: Timestamp) {
        update(
            observation.id, to: observation.activity, since: observation.since ?? asOf,
            isLeaving: observation.isLeaving, knownAt: asOf)
    }

    private mutating func noteAbsence(of agent: AgentID, asOf: Timestamp) {
        update(agent, to: .offline, since: asOf, isLeaving: false, knownAt: asOf)
    }

    private mutating func update(
        _ agent: AgentID, to activity: AgentActivity, since: Timestamp, isLeaving: Bool, knownAt: Timestamp
    ) {
        if let account = account(of: agent), account.knownAt > knownAt { return }
        change(agent, at: knownAt) { account in
            if account.activity != activity { account.since = since }
            account.activity = activity
            account.isLeaving = isLeaving
            account.knownAt = knownAt
        }
    }

    /// Changes what is known of an agent, who may be a new one.
    private mutating func change(_ agent: AgentID, at now: Timestamp, _ body: (inout AgentAccount) -> Void) {
        if let known = indexes[agent] { return change(known, body) }
        indexes[agent] = accounts.count
        accounts.append(AgentAccount(agent, at: now))
        accounts[accounts.count - 1].grant = Self.grant(of: agent, by: granted)
        change(accounts.count - 1, body)
    }

    /// Changes what is known of an agent, who then stands in the queue if and only if they are idle.
    private mutating func change(_ index: Int, _ body: (inout AgentAccount) -> Void) {
        let before = accounts[index].occupation
        if accounts[index].isIdle { dequeue(Place(since: accounts[index].since, agent: accounts[index].id)) }
        body(&accounts[index])
        let after = accounts[index].occupation
        if before != after { shifts.append(OccupationShift(from: before, to: after)) }
        if accounts[index].isIdle { enqueue(Place(since: accounts[index].since, agent: accounts[index].id)) }
    }

    private mutating func enqueue(_ place: Place) {
        let index = position(of: place)
        precondition(index == queue.count || queue[index] != place, "\(place.agent) queued twice")
        queue.insert(place, at: index)
    }

    private mutating func dequeue(_ place: Place) {
        let index = position(of: place)
        precondition(index < queue.count && queue[index] == place, "\(place.agent) idle and not queued")
        queue.remove(at: index)
    }

    /// The first index whose place is not before `place`.
    private func position(of place: Place) -> Int {
        var low = 0
        var high = queue.count
        while low < high {
            let middle = (low + high) / 2
            if queue[middle] < place {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}

/// An agent took up something else.
struct OccupationShift: Hashable, Sendable {
    var from: AgentAccount.Occupation
    var to: AgentAccount.Occupation
}

/// How many agents do what.
package struct AgentCensus: Hashable, Sendable {
    /// Ready for a call.
    package var idle = 0
    /// Reserved for a call that has not reached them.
    package var reserved = 0
    /// Ready, and offered no call for a while because they did not take one.
    package var setAside = 0
    /// Dialling, ringing or talking.
    package var busy = 0
    /// In after-call work.
    package var wrapUp = 0
    /// Signed in and not available.
    package var onBreak = 0

    /// Nobody.
    package init() {}

    /// Agents who are signed in.
    package var signedIn: Int { idle + reserved + setAside + busy + wrapUp + onBreak }

    /// Counts those of another account too.
    package mutating func add(_ other: AgentCensus) {
        idle += other.idle
        reserved += other.reserved
        setAside += other.setAside
        busy += other.busy
        wrapUp += other.wrapUp
        onBreak += other.onBreak
    }

    fileprivate mutating func count(_ account: AgentAccount) {
        switch account.activity {
        case .idle where account.reservedFor != nil: reserved += 1
        case .idle where account.setAsideUntil != nil: setAside += 1
        case .idle: idle += 1
        case .busy: busy += 1
        case .wrapUp: wrapUp += 1
        case .onBreak: onBreak += 1
        case .offline: break
        }
    }
}
