/// What became of an attempt: every closed attempt has exactly one.
///
/// The raw value is the word in the ledger, the campaign file and the export; it never changes.
package enum CallOutcome: String, CaseIterable, Hashable, Sendable, Codable {
    /// A person answered and was joined to an agent.
    case connected
    /// A person answered and no agent was joined in time, or they hung up while waiting for one.
    case abandoned
    /// A machine answered.
    case machine
    /// The line was engaged.
    case busy
    /// It rang out, or the network gave up waiting.
    case noAnswer = "no_answer"
    /// The callee declined the call.
    case rejected
    /// The network says that the number does not exist.
    case invalidNumber = "invalid_number"
    /// The phone is switched off, out of service or out of reach.
    case unreachable
    /// The network or the vendor had no capacity, or failed while setting the call up.
    case congestion
    /// The agent that the call was placed for did not take it.
    case agentMissed = "agent_missed"
    /// The vendor declined the request, so nobody's phone rang.
    case refused
    /// It is certain that the request never took effect, so nobody's phone rang.
    case notPlaced = "not_placed"
    /// Nothing certain could be learnt before the reconciliation window passed; the call may have been made.
    case unknown

    /// Whether the callee's phone may have rung: such attempts count against caps and retry limits.
    package var mayHaveRung: Bool {
        switch self {
        case .connected, .abandoned, .machine, .busy, .noAnswer, .rejected, .invalidNumber, .unreachable, .congestion,
            .agentMissed, .unknown:
            true
        case .refused, .notPlaced:
            false
        }
    }

    /// Whether the callee took notice of the call: whoever did is not tried on another number.
    package var wasHeard: Bool {
        switch self {
        case .connected, .abandoned, .rejected: true
        case .machine, .busy, .noAnswer, .invalidNumber, .unreachable, .congestion, .agentMissed, .refused, .notPlaced,
            .unknown:
            false
        }
    }

    /// Whether a person or a machine took the call.
    package var wasAnswered: Bool {
        switch self {
        case .connected, .abandoned, .machine: true
        case .busy, .noAnswer, .rejected, .invalidNumber, .unreachable, .congestion, .agentMissed, .refused, .notPlaced,
            .unknown:
            false
        }
    }
}

/// Who or what call progress analysis heard on an answered call.
package enum CPAResult: String, CaseIterable, Hashable, Sendable, Codable {
    /// A person.
    case human
    /// A voice mailbox or an announcement.
    case machine
    /// A fax or modem tone.
    case fax
    /// The vendor cannot tell; treated as a person.
    case unknown

    /// Whether a person answered, as far as anybody knows.
    package var isLive: Bool {
        switch self {
        case .machine, .fax: false
        case .human, .unknown: true
        }
    }
}
