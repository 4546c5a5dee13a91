package import DialModel

/// Something that the engine wants done, in the order given.
///
/// Records are durable before any later directive of the same answer is carried out; only timers are set at once, before
/// anything else is told.
package enum Directive: Hashable, Sendable, Codable {
    /// Claim up to this many due leads, committing an attempt for each; zero only asks when the next lead is due.
    case claimLeads(Int)
    /// Commit what happened to an attempt.
    case record(AttemptChange)
    /// Have the ledger give an attempt to a call that the vendor placed by itself.
    case adopt(UnclaimedCall)
    /// Have the vendor give calls of its own to the agents, or give them none any more.
    case takeOwnCalls(Bool)
    /// Ask the vendor, once, to place this call.
    case placeCall(CallOrder)
    /// Ask the vendor, once and not after this instant, to offer an answered call to this agent.
    case connect(LiveCall, to: AgentID, notAfter: Timestamp)
    /// Have the vendor play the campaign's message to the callee and end the call then.
    case playMessage(LiveCall)
    /// Have the vendor end a call.
    case hangUp(LiveCall)
    /// Search the vendor's records for an attempt of unknown outcome.
    case reconcile(ReconcileOrder)
    /// Tell `timerFired` at this instant; replaces the timer's earlier due time.
    case setTimer(DialTimer, at: Timestamp)
    /// Forget a timer, if it is pending.
    case cancelTimer(DialTimer)
    /// The run is over; nothing follows.
    case finish(RunEnding)
}

/// A call to place.
package struct CallOrder: Hashable, Sendable, Codable {
    /// The committed attempt that it carries out.
    package var attempt: AttemptID
    /// Whom to call.
    package var number: PhoneNumber
    /// The number to show, in the vendor's form.
    package var callerID: String?
    /// The agent reserved for it, when the agent comes first.
    package var agent: AgentID?
    /// The last instant at which the vendor may be asked.
    package var notAfter: Timestamp

    /// Memberwise.
    package init(attempt: AttemptID, number: PhoneNumber, callerID: String?, agent: AgentID?, notAfter: Timestamp) {
        self.notAfter = notAfter
        self.attempt = attempt
        self.number = number
        self.callerID = callerID
        self.agent = agent
    }
}

/// An attempt to look for in the vendor's records.
package struct ReconcileOrder: Hashable, Sendable, Codable {
    /// The attempt.
    package var attempt: AttemptID
    /// Who was, or was to be, called.
    package var number: PhoneNumber
    /// The vendor's name of the call, if its acceptance is known.
    package var vendorCall: VendorCallID?
    /// The earliest instant at which it can have been placed.
    package var placedAfter: Timestamp

    /// Memberwise.
    package init(attempt: AttemptID, number: PhoneNumber, vendorCall: VendorCallID?, placedAfter: Timestamp) {
        self.attempt = attempt
        self.number = number
        self.vendorCall = vendorCall
        self.placedAfter = placedAfter
    }
}
