import CampaignRunner
import DialEngine
import DialModel
import Pacing
import RunControl
import Telephony

extension CampaignRun {
    /// The run at a glance, of how the engines of its accounts stand; numbers of callees are masked.
    func glance(of snapshots: [EngineSnapshot], _ notes: Notes?) async -> RunGlance {
        let whole = EngineSnapshot(joining: snapshots)
        var glance = RunGlance(at: clock.now)
        glance.speed = clock.speed
        glance.calls = .init(whole)
        glance.agents = .init(whole.agents)
        glance.maxLines = whole.maxLines
        glance.pause = whole.pause.map(RunPause.init(of:))
        glance.pace = whole.decision.map { .init(bound: $0.bound.rawValue, allowance: $0.allowance) }
        for part in parts { glance.agentLines += await part.runner.agentLines(reveal: false) }
        if let desk {
            glance.accounts = parts.indices.map { index in
                let health = desk.breaker(of: index).state
                return AccountGlance(
                    name: parts[index].account, carried: desk.carried[index],
                    dialing: snapshots[index].dialing + snapshots[index].ringing, talking: snapshots[index].talking,
                    health: .init(health), until: health.until, pause: snapshots[index].pause.map(RunPause.init(of:)))
            }
        }
        glance.notes = notes?.latest ?? []
        return glance
    }
}

extension CampaignRunner {
    /// Each agent, as the list of agents has them.
    func agentLines(reveal: Bool) -> [AgentLine] {
        let calls = Dictionary(uniqueKeysWithValues: calls().map { ($0.attempt, $0) })
        return agents().map { agent in
            AgentLine(
                agent: agent.id.value, state: agent.word, since: agent.since, isLeaving: agent.isLeaving,
                call: agent.reservedFor?.value,
                number: agent.reservedFor.flatMap { calls[$0] }.map { $0.number.text(reveal: reveal) },
                missed: agent.missed)
        }
    }
}

extension AgentAccount {
    /// What they are doing, in one word that programs may rely on.
    fileprivate var word: String {
        switch activity {
        case .idle where reservedFor != nil: "reserved"
        case .idle where setAsideUntil != nil: "set_aside"
        case .idle, .busy, .wrapUp, .onBreak, .offline: activity.rawValue
        }
    }
}

extension PhoneNumber {
    /// The number, masked unless it is to be revealed.
    func text(reveal: Bool) -> String { reveal ? e164 : masked }
}

extension RunGlance.CallCounts {
    fileprivate init(_ snapshot: EngineSnapshot) {
        self.init()
        dialing = snapshot.dialing
        ringing = snapshot.ringing
        waiting = snapshot.waiting
        talking = snapshot.talking
        unknown = snapshot.unknown
    }
}

extension RunGlance.AgentCounts {
    fileprivate init(_ census: AgentCensus) {
        self.init()
        idle = census.idle
        reserved = census.reserved
        setAside = census.setAside
        busy = census.busy
        wrapUp = census.wrapUp
        onBreak = census.onBreak
    }
}

extension RunPause {
    /// What the engine says that holds dialling back.
    init(of pause: EngineSnapshot.Pause) {
        switch pause {
        case .draining: self.init(.draining)
        case .byOperator(let name): self.init(.byOperator, by: name)
        case .vendorDown: self.init(.vendorDown)
        case .throttled: self.init(.throttled)
        case .noAgents: self.init(.noAgents)
        case .nothingDue(let next): self.init(.nothingDue, until: next)
        case .noCallerID(let until): self.init(.noCallerID, until: until)
        case .accountFull(let until): self.init(.accountFull, until: until)
        case .othersTurn: self.init(.othersTurn)
        case .withoutShare: self.init(.withoutShare)
        case .byVendor: self.init(.byVendor)
        }
    }
}

extension AccountBreaker.State {
    fileprivate var until: Timestamp? { if case .open(let until) = self { until } else { nil } }
}

extension AccountGlance.Health {
    fileprivate init(_ state: AccountBreaker.State) {
        self =
            switch state {
            case .closed: .good
            case .open: .leftAlone
            case .halfOpen: .onTrial
            }
    }
}
