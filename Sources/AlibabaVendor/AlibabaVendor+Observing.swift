package import DialModel
package import Telephony

extension AlibabaVendor {
    /// How often it is asked: a call that fails does so within seconds, and then a line is free.
    package static let rhythm = ObservationRhythm(
        agents: .seconds(2), firstLook: .seconds(1), firstLooks: 2, laterLook: .seconds(5))

    package func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {
        await withTaskGroup(of: Observation.self) { tasks in
            var watch = Watch(now: clock.now)
            while !Task.isCancelled {
                start(&watch, in: &tasks)
                guard let observation = await tasks.next(), !Task.isCancelled else { break }
                await take(observation, &watch, report)
            }
            tasks.cancelAll()
        }
        followed.with { $0.putBackAll() }
    }

    /// Starts whatever is due, within bounds, and a timer for what is due next.
    private func start(_ watch: inout Watch, in tasks: inout TaskGroup<Observation>) {
        let now = clock.now
        if watch.agentsAreDue(now: now) {
            watch.agentsAskedAt = now
            tasks.addTask { await self.observeAgents() }
        }
        while watch.callsBeingAsked < Watch.mostQuestions {
            guard let next = followed.with({ $0.takeDue(now: now) }) else { break }
            watch.callsBeingAsked += 1
            tasks.addTask { await self.observe(next) }
        }
        if !watch.timerIsSet {
            watch.timerIsSet = true
            let deadline = watch.nextLook(now: now, nextCall: followed.with { $0.nextDue })
            tasks.addTask {
                try? await self.clock.sleep(until: deadline)
                return .timer
            }
        }
    }

    private func observeAgents() async -> Observation {
        do throws(VendorError) {
            let group = try await skillGroup()
            return .agents(.success(try await gateway.agents(ofGroup: group.id)))
        } catch {
            return .agents(.failure(error))
        }
    }

    private func observe(_ call: Followed) async -> Observation {
        do throws(VendorError) {
            return .call(call, .success(try await lookup.findings(of: call, owner: owner)))
        } catch {
            return .call(call, .failure(error))
        }
    }

    /// Hands on what an observation says; only one task reports, so facts and outages stay in order.
    private func take(
        _ observation: Observation, _ watch: inout Watch, _ report: @Sendable (VendorEvent) async -> Void
    ) async {
        switch observation {
        case .timer:
            watch.timerIsSet = false
        case .agents(.success(let snapshot)):
            watch.agentsAnswered(now: clock.now)
            note(snapshot)
            if watch.outage.heals(.agents) { await report(.recovered) }
            await report(.agents(snapshot.agents, asOf: snapshot.asOf))
        case .agents(.failure(let error)):
            watch.agentsFailed(now: clock.now)
            if watch.outage.breaks(.agents) { await report(.trouble(error)) }
        case .call(let call, .success(let findings)):
            watch.callsBeingAsked -= 1
            if watch.outage.heals(.calls) { await report(.recovered) }
            let facts = history(of: call, findings).facts
            let news = followed.with { $0.learn(facts, contact: findings.contact, of: call, now: clock.now) }
            for fact in news {
                await report(.call(call.call.attempt, fact.progress, at: fact.at ?? clock.now))
            }
        case .call(let call, .failure(let error)):
            watch.callsBeingAsked -= 1
            followed.with { $0.miss(call, now: clock.now) }
            if watch.outage.breaks(.calls) { await report(.trouble(error)) }
        }
        if followed.with(\.isEmpty), watch.outage.heals(.calls) { await report(.recovered) }
    }
}

/// What one of the observing tasks came back with.
private enum Observation: Sendable {
    case timer
    case agents(Result<AgentSnapshot, VendorError>)
    case call(Followed, Result<CallFindings, VendorError>)
}

/// The state of observing: what is under way, what is due, and whether it fails.
private struct Watch {
    static let mostQuestions = 8
    private static let longestAgentInterval = Duration.seconds(30)
    /// Calls that are placed meanwhile are noticed no later than this.
    private static let longestSleep = Duration.milliseconds(500)
    private static let shortestSleep = Duration.milliseconds(20)

    /// When the question about agents that is under way was put.
    var agentsAskedAt: Timestamp?
    private var agentsDueAt: Timestamp
    private var agentFailures = 0
    var callsBeingAsked = 0
    var timerIsSet = false
    var outage = Outage()

    init(now: Timestamp) {
        agentsDueAt = now
    }

    func agentsAreDue(now: Timestamp) -> Bool {
        agentsAskedAt == nil && agentsDueAt <= now
    }

    mutating func agentsAnswered(now: Timestamp) {
        agentsDueAt = max(now, (agentsAskedAt ?? now) + AlibabaVendor.rhythm.agents)
        agentsAskedAt = nil
        agentFailures = 0
    }

    mutating func agentsFailed(now: Timestamp) {
        agentFailures = min(agentFailures + 1, 5)
        agentsDueAt = now + min(Self.longestAgentInterval, AlibabaVendor.rhythm.agents * (1 << (agentFailures - 1)))
        agentsAskedAt = nil
    }

    func nextLook(now: Timestamp, nextCall: Timestamp?) -> Timestamp {
        let agents = agentsAskedAt == nil ? agentsDueAt : now + Self.longestSleep
        let call = nextCall ?? now + Self.longestSleep
        return max(now + Self.shortestSleep, min(agents, call, now + Self.longestSleep))
    }
}

/// An outage begins with the first observer that fails and is over when the last one succeeds.
private struct Outage {
    enum Observer: Hashable { case agents, calls }

    private var failing: Set<Observer> = []

    /// Notes a failure; true if it begins an outage.
    mutating func breaks(_ observer: Observer) -> Bool {
        let begins = failing.isEmpty
        failing.insert(observer)
        return begins
    }

    /// Notes a success; true if it ends an outage.
    mutating func heals(_ observer: Observer) -> Bool {
        failing.remove(observer) != nil && failing.isEmpty
    }
}
