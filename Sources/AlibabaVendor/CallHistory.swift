import DialModel
import Telephony

/// A fact of a call and the vendor's time of it, if it says one.
struct CallFact: Hashable, Sendable {
    var progress: CallProgress
    var at: Timestamp?
}

/// Everything that the vendor told of one call, and what it means (`vendors/alibaba-udesk.md`, A4).
struct CallHistory: Sendable {
    var number: CalleeSpelling
    /// What was dialled before the number.
    var prefix = ""
    /// The agent that the call was placed for.
    var boundAgent: AgentID?
    var detail: CallDetail?
    var record: CallRecord?
    /// Agents by the names that events use.
    var agentsByName: [String: AgentID] = [:]

    /// The facts in the order in which they happened.
    var facts: [CallFact] {
        var facts: [CallFact] = []
        if let answer { facts.append(CallFact(progress: .answered(.unknown), at: answer.at)) }
        if let talk { facts.append(CallFact(progress: .connected(agent), at: talk.at)) }
        if let outcome {
            facts.append(CallFact(progress: .ended(ending(outcome)), at: endedAt))
        }
        return facts
    }

    /// Whether the call is over and its detail alone does not say how.
    var needsRecord: Bool { isOver && outcome == nil }

    private var events: [CallDetail.Event] { detail?.events ?? [] }
    private var answer: CallDetail.Event? { events.first(where: \.provesAnswer) }
    private var talk: CallDetail.Event? { events.first { $0.name == "Talk" } }
    private var abandonment: CallDetail.Event? { events.last(where: \.provesAbandonment) }

    /// The event that ended the last conversation; nil while one goes on.
    private var endOfTalk: CallDetail.Event? {
        guard let start = events.lastIndex(where: { $0.name == "Talk" }) else { return nil }
        return events[start...].first(where: \.endsTalk)
    }

    private var isOver: Bool {
        if record?.disposition != nil || detail?.releaseReason != nil || detail?.releaseAgent != nil { return true }
        return talk == nil ? abandonment != nil : endOfTalk != nil
    }

    /// How the call ended; nil while it lasts, or as long as nothing tells.
    private var outcome: CallOutcome? {
        guard isOver else { return nil }
        if talk != nil { return .connected }
        if abandonment != nil { return .abandoned }
        switch record?.disposition {
        case "Success", "OneStepTransfer": return .connected
        case "QueueOverflow": return .abandoned
        case .some(let disposition) where disposition.hasPrefix("Abandoned"): return .abandoned
        default: break
        }
        if answer != nil { return agentMissed ? .agentMissed : .abandoned }
        if let reason = detail?.releaseReason { return ReleaseReason.outcome(ofUnanswered: reason) }
        return record?.disposition == nil ? nil : .noAnswer
    }

    /// Whether the one agent whom the call was for let it ring, rather than the customer hanging up.
    private var agentMissed: Bool {
        boundAgent != nil && detail?.releaseAgent?.lowercased() != "customer"
    }

    private var agent: AgentID? {
        if let boundAgent { return boundAgent }
        if let agent = record?.agents.first { return agent }
        return talk?.agentName.flatMap { agentsByName[$0] }
    }

    /// The vendor's time of the end; an event in the middle of a call says nothing of it.
    ///
    /// A record's duration leaves out the ringing (A2.7 gives seconds and no more), so the end that follows from it is too
    /// early to count a retry from. Only a call that talked, which is never retried, may take it.
    private var endedAt: Timestamp? {
        let last = talk == nil ? abandonment : endOfTalk
        return last?.at ?? (outcome == .connected ? record?.endedAt : nil)
    }

    private var talkTime: Duration? {
        guard let talk else { return nil }
        if let start = talk.at, let end = endOfTalk?.at { return max(.zero, end - start) }
        return talk.duration
    }

    /// The number that was shown, spelled as the account's numbers are; hidden digits would only look like another number.
    private var shownCallerID: String? {
        [detail?.caller, record?.callingNumber].compactMap { $0 }
            .first { !number.isWritten(as: $0) && !NumberSpelling.isMasked($0) }
            .map { NumberSpelling.canonical($0, prefix: prefix) }
    }

    private func ending(_ outcome: CallOutcome) -> CallEnding {
        let words = [detail?.releaseReason, record?.disposition, abandonment?.name, endOfTalk?.name]
        return CallEnding(
            outcome: outcome, vendorReason: words.compactMap { $0 }.first ?? "", answeredAt: answer?.at,
            connectedAt: talk?.at, talk: talkTime, agent: outcome == .connected ? agent : nil,
            shownCallerID: shownCallerID)
    }
}

/// The vendor's release reasons: SIP status lines such as `487-Request Terminated` or `404 - No destination`.
enum ReleaseReason {
    /// What a reason means for a call that nobody answered (RFC 3261 and `vendors/alibaba-udesk.md`, A4).
    static func outcome(ofUnanswered reason: String) -> CallOutcome {
        switch Int(reason.prefix(3)) {
        case 486, 600: .busy
        case 404, 410, 484, 604: .invalidNumber
        case 603, 403, 433: .rejected
        case 488, 500, 502, 503, 504, 580: .congestion
        default: .noAnswer
        }
    }
}
