package import DialModel

/// A call that has not ended, for whoever looks on.
package struct CallAccount: Hashable, Sendable {
    /// Its attempt.
    package var attempt: AttemptID
    /// Who is called.
    package var number: PhoneNumber
    /// The number that they are shown; nil where the vendor chooses it.
    package var callerID: String?
    /// Where it stands.
    package var state: AttemptState
    /// Since when it stands there.
    package var since: Timestamp
    /// The agent reserved for it or joined to it.
    package var agent: AgentID?
}

/// Why a supervisor's order about a call is not carried out.
package enum CallOrderRefusal: Hashable, Sendable {
    /// There is no such call: it has ended, or never was.
    case notThere
    /// The vendor has not taken it yet, so there is nothing to act upon.
    case notPlacedYet
    /// Nobody knows at the moment what the vendor does with it.
    case unknown
    /// It has been ended already, and is only waiting for the vendor to say so.
    case ending
    /// No agent talks in it.
    case nobodyTalks
}

/// What supervisors see of a run, and what they may do about its calls.
extension DialEngine {
    /// Every call that has not ended, the oldest attempt first.
    package var callAccounts: [CallAccount] {
        calls.all.map { call in
            CallAccount(
                attempt: call.claim.attempt, number: call.claim.number, callerID: call.claim.callerID,
                state: call.state, since: call.stateSince, agent: call.agent)
        }
    }

    /// Whether the run places no more calls and waits for those that there are, or is over.
    package var isEnding: Bool {
        switch phase {
        case .new, .running: false
        case .draining, .finished: true
        }
    }

    /// What stands against ending a call; nil where nothing does.
    package func refusal(toDrop attempt: AttemptID) -> CallOrderRefusal? {
        guard let call = calls[attempt] else { return .notThere }
        switch call.state {
        case .placing: return .notPlacedYet
        case .unknown: return .unknown
        case .dialing, .ringing, .answered, .connected, .closed: return call.handOff == .dismissed ? .ending : nil
        }
    }

    /// The agent who talks in a call, or why nobody does.
    package func talker(in attempt: AttemptID) -> Result<AgentID, CallOrderRefusal> {
        guard let call = calls[attempt] else { return .failure(.notThere) }
        if call.state == .unknown { return .failure(.unknown) }
        guard call.state == .connected, let agent = call.agent else { return .failure(.nobodyTalks) }
        return .success(agent)
    }

    /// Has a call ended for a supervisor; who was to take it is free for others.
    mutating func drop(
        _ attempt: AttemptID, by supervisor: String, at now: Timestamp, into directives: inout [Directive]
    ) {
        guard refusal(toDrop: attempt) == nil, var call = calls[attempt] else { return }
        if call.isOffered, let agent = call.agent {
            agents.release(agent, from: attempt, talked: false, at: now)
            call.agent = nil
        }
        call.droppedBy = supervisor
        end(call, withMessage: false, because: "dropped by \(supervisor)", at: now, into: &directives)
    }
}

extension CallOrderRefusal: Error {}

extension OpenCall {
    /// Why it ended: the vendor's words, after those of who had it ended.
    func reason(for ending: CallEnding) -> String {
        guard let droppedBy else { return ending.vendorReason }
        let ours = "dropped by \(droppedBy)"
        return ending.vendorReason.isEmpty ? ours : "\(ours); \(ending.vendorReason)"
    }
}
