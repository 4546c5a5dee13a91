import CallModel
import DialEngine
import DialModel
import Telephony

extension VirtualWorld {
    mutating func reached(_ call: Int) {
        calls[call].stage = .ringing
        calls[call].ringingAt = now
        haveNews(of: call)
        events.add(.responded(call), at: now + calls[call].behaviour.responds)
    }

    mutating func responded(_ call: Int) {
        let behaviour = calls[call].behaviour
        guard behaviour.kind.answers else { return end(call) }
        calls[call].answeredAt = now
        guard let detection = centre.detection else {
            calls[call].detectedAt = now
            return seekAgent(for: call)
        }
        calls[call].stage = .detecting
        events.add(.detected(call), at: now + detection.delay.draw(using: &detections))
    }

    mutating func detected(_ call: Int) {
        guard let detection = centre.detection else { return }
        let isMachine = calls[call].behaviour.kind == .machine
        let isWrong = detections.unit() < (isMachine ? detection.missedMachines : detection.falseMachines)
        calls[call].detectedAt = now
        calls[call].cpa = isMachine == isWrong ? .human : .machine
        if calls[call].cpa == .machine { return end(call) }
        seekAgent(for: call)
    }

    mutating func patienceOver(_ call: Int, since: Timestamp) {
        guard calls[call].waitingSince == since, [.waiting, .offered].contains(calls[call].stage) else { return }
        let agent = calls[call].stage == .offered ? calls[call].agent : nil
        end(call)
        if let agent { becomeIdle(agent) }
    }

    mutating func talkEnded(_ call: Int) {
        let agent = calls[call].agent
        end(call)
        if let agent { startWrapUp(agent) }
    }

    private mutating func seekAgent(for call: Int) {
        calls[call].stage = .waiting
        calls[call].waitingSince = now
        haveNews(of: call)
        let patience = min(calls[call].behaviour.patience, centre.queueLimit)
        events.add(.patienceOver(call, since: now), at: now + patience)
        if calls[call].isBound {
            if let agent = calls[call].agent, agents[agent].state == .idle { offer(call, to: agent) }
        } else {
            queue.append(call)
            offerWaitingCalls()
        }
    }

    mutating func connect(_ call: Int) {
        calls[call].stage = .talking
        calls[call].connectedAt = now
        unattendedCount -= 1
        haveNews(of: call)
        events.add(.talkEnded(call), at: now + calls[call].behaviour.talk)
    }

    private mutating func end(_ call: Int) {
        precondition(calls[call].stage != .ended, "call \(call) ended twice")
        if calls[call].connectedAt == nil {
            unattendedCount -= 1
            if let agent = calls[call].agent, agents[agent].promised == call {
                agents[agent].promised = nil
                promisedCount -= 1
            }
        }
        calls[call].stage = .ended
        calls[call].endedAt = now
        lineCount -= 1
        haveNews(of: call)
    }

    // MARK: News

    /// Has the engine told of a call's progress: at once, or when the vendor is next asked about it.
    private mutating func haveNews(of call: Int) {
        guard !calls[call].isLookedAt else { return }
        let heardAt = calls[call].placedAt + centre.rhythm.age(ofLookAfter: now - calls[call].placedAt)
        if heardAt <= now { return tellNews(of: call) }
        calls[call].isLookedAt = true
        events.add(.look(call), at: heardAt)
    }

    mutating func tellNews(of ordinal: Int) {
        calls[ordinal].isLookedAt = false
        let call = calls[ordinal]
        let attempt = attempt(ordinal)
        // A vendor that is asked now and then no longer tells of ringing when the call has gone on.
        if call.told < .ringing, let at = call.ringingAt, call.detectedAt == nil, call.endedAt == nil {
            tell(.ringing, .ringing, at: at, attempt, ordinal)
        }
        if call.told < .answered, let at = call.answeredAt, call.detectedAt != nil {
            tell(.answered, .answered(call.cpa), at: at, attempt, ordinal)
        }
        if call.told < .connected, let at = call.connectedAt {
            let agent = call.agent.map { agents[$0].id }
            tell(.connected, .connected(agent), at: at, attempt, ordinal)
        }
        if call.told < .ended, let at = call.endedAt {
            tell(.ended, .ended(CallEnding(outcome: call.outcome, vendorReason: "")), at: at, attempt, ordinal)
        }
    }

    private mutating func tell(
        _ news: VirtualCall.News, _ progress: CallProgress, at instant: Timestamp, _ attempt: AttemptID, _ call: Int
    ) {
        calls[call].told = news
        // What the engine concludes of the agent may be older than what it was told of them.
        if news >= .connected, let agent = calls[call].agent { haveNews(ofAgent: agent) }
        inbox.append(.callProgressed(attempt, progress, at: instant))
    }
}

extension VirtualCall {
    /// The call of an attempt that was claimed and not asked for yet.
    static func unplaced(at now: Timestamp) -> VirtualCall {
        VirtualCall(
            placedAt: now,
            behaviour: CalleeBehaviour(kind: .noAnswer, responds: .zero, patience: .zero, talk: .zero), agent: nil)
    }
}
