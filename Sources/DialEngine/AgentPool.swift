package import DialModel

/// The agents of a run: who is idle, for how long, and who is promised to which attempt.
///
/// Idle agents stand in a queue, longest idle first. What the engine itself knows (this agent's call has just been
/// connected, or has just ended) outranks an observation that the vendor was asked for earlier.
package struct AgentPool: Hashable, Sendable {
    private struct Entry: Hashable, Sendable {
        var activity: AgentActivity
        var reservedFor: AttemptID?
        var idleSince: Timestamp
        /// No observation from before this instant counts.
        var knownAt: Timestamp
    }

    private struct Place: Hashable, Comparable, Sendable {
        var since: Timestamp
        var agent: AgentID

        static func < (lhs: Self, rhs: Self) -> Bool { (lhs.since, lhs.agent) < (rhs.since, rhs.agent) }
    }

    private var entries: [AgentID: Entry] = [:]
    /// Idle and not reserved, sorted.
    private var queue: [Place] = []

    /// Nobody.
    package init() {}

    /// How many agents are idle and not reserved.
    package var idleCount: Int { queue.count }

    /// How many agents are in each activity, reserved ones apart.
    package var census: AgentCensus {
        // Counting does not depend on the order of iteration.
        entries.values.reduce(into: AgentCensus()) { census, entry in
            census.count(entry.activity, reserved: entry.reservedFor != nil)
        }
    }

    /// Takes over what the vendor said of every agent.
    package mutating func observe(_ observations: [AgentObservation], asOf: Timestamp) {
        var missing = Set(entries.keys)
        for observation in observations {
            missing.remove(observation.id)
            observe(observation, asOf: asOf)
        }
        // Each update touches its own entry, so the order of iteration does not matter.
        for agent in missing {
            update(agent, to: .offline, since: asOf, knownAt: asOf)
        }
    }

    /// Takes over what the vendor said of one agent.
    package mutating func observe(_ observation: AgentObservation, asOf: Timestamp) {
        update(observation.id, to: observation.activity, since: observation.since ?? asOf, knownAt: asOf)
    }

    /// The agents who are idle and not reserved, longest idle first.
    package var idle: [AgentID] { queue.map(\.agent) }

    /// Promises the longest-idle agent to an attempt, or `wanted` and nobody else; nil when they are not idle, or nobody is.
    package mutating func reserveIdle(_ wanted: AgentID?, for attempt: AttemptID) -> AgentID? {
        let index = wanted.map { wanted in queue.firstIndex { $0.agent == wanted } } ?? queue.indices.first
        guard let index else { return nil }
        let agent = queue.remove(at: index).agent
        entries[agent]?.reservedFor = attempt
        return agent
    }

    /// Keeps an agent for an attempt that an earlier run placed for them, whatever they are doing.
    package mutating func reserve(_ agent: AgentID, for attempt: AttemptID, at now: Timestamp) {
        var entry = entries[agent] ?? Entry(activity: .offline, reservedFor: nil, idleSince: now, knownAt: now)
        if entry.activity == .idle, entry.reservedFor == nil {
            dequeue(Place(since: entry.idleSince, agent: agent))
        }
        entry.reservedFor = attempt
        entries[agent] = entry
    }

    /// Notes that an agent talks with the callee of `attempt`.
    package mutating func connect(_ agent: AgentID, to attempt: AttemptID, at now: Timestamp) {
        update(agent, to: .busy, since: now, knownAt: now)
        entries[agent]?.reservedFor = attempt
    }

    /// Lets go of an agent whose attempt is over; one who talked has work to do after the call.
    package mutating func release(_ agent: AgentID, from attempt: AttemptID, talked: Bool, at now: Timestamp) {
        guard var entry = entries[agent], entry.reservedFor == attempt else { return }
        entry.reservedFor = nil
        if talked {
            entry.activity = .wrapUp
            entry.knownAt = now
        }
        entries[agent] = entry
        if entry.activity == .idle {
            enqueue(Place(since: entry.idleSince, agent: agent))
        }
    }

    private mutating func update(
        _ agent: AgentID, to activity: AgentActivity, since: Timestamp, knownAt: Timestamp
    ) {
        let old = entries[agent]
        if let old, old.knownAt > knownAt { return }
        var entry = old ?? Entry(activity: .offline, reservedFor: nil, idleSince: since, knownAt: knownAt)
        if entry.activity == .idle, entry.reservedFor == nil {
            dequeue(Place(since: entry.idleSince, agent: agent))
        }
        if activity == .idle, entry.activity != .idle {
            entry.idleSince = since
        }
        entry.activity = activity
        entry.knownAt = knownAt
        entries[agent] = entry
        if activity == .idle, entry.reservedFor == nil {
            enqueue(Place(since: entry.idleSince, agent: agent))
        }
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

/// How many agents do what.
package struct AgentCensus: Hashable, Sendable {
    /// Idle and not reserved.
    package var idle = 0
    /// Reserved for a call that has not reached them.
    package var reserved = 0
    /// Dialling, ringing or talking.
    package var busy = 0
    /// In after-call work.
    package var wrapUp = 0
    /// Signed in and not available.
    package var onBreak = 0

    /// Nobody.
    package init() {}

    /// Agents who are signed in.
    package var signedIn: Int { idle + reserved + busy + wrapUp + onBreak }

    fileprivate mutating func count(_ activity: AgentActivity, reserved isReserved: Bool) {
        switch activity {
        case .idle where isReserved: reserved += 1
        case .idle: idle += 1
        case .busy: busy += 1
        case .wrapUp: wrapUp += 1
        case .onBreak: onBreak += 1
        case .offline: break
        }
    }
}
