package import DialModel

/// A fact that the engine is told; the time of it comes beside it.
package enum DialEvent: Hashable, Sendable, Codable {
    /// The run begins; these attempts were left open by an earlier one.
    case started(leftOpen: [OpenAttempt])
    /// The ledger answered `.claimLeads(requested)`: these attempts are committed, and this is when the campaign's
    /// next waiting lead is due (nil: none waits). With a hold nobody else can be dialled before it is over; a claim that
    /// was cut short has not asked about everyone who is due, and one that leaves some has left them to other accounts.
    case leadsClaimed(
        requested: Int, claims: [Claim], nextDueAt: Timestamp?, hold: ClaimHold? = nil, isCutShort: Bool = false,
        leavesSome: Bool = false)
    /// The ledger was not asked for these leads: other accounts are to carry the campaign's next calls until then.
    case turnAwaited(requested: Int, until: Timestamp)
    /// The ledger was not asked for these leads: the run's accounts have together made as many attempts as they may.
    case attemptLimitReached(requested: Int)
    /// Whether other accounts carry the campaign's calls while this one's vendor is out of reach.
    case othersAtWork(Bool)
    /// The run is one of several of its campaign, and this is what it may use from now on.
    case allowanceChanged(RunnerAllowance)
    /// Attempts of another runner, which is gone, are this run's from now on.
    case tookOver([OpenAttempt])
    /// So many calls of the campaign were answered by people, whoever placed them, in the windows of the settings' allowances
    /// as of this instant.
    case answersCounted([AbandonmentCount], asOf: Timestamp)
    /// The vendor took the call.
    case callAccepted(AttemptID, VendorCallID)
    /// The vendor did not take the call, and certainly did not place it.
    case callTurnedAway(AttemptID, TurnedAway)
    /// Whether the vendor took the call is not known.
    case callOutcomeUnknown(AttemptID, reason: String)
    /// The vendor reports progress of a call, made at this instant.
    case callProgressed(AttemptID, CallProgress, at: Timestamp)
    /// The vendor reports progress of a call that it placed by itself, made at this instant.
    case ownCallProgressed(UnclaimedCall, CallProgress, at: Timestamp)
    /// The ledger answered `.adopt`.
    case adopted(VendorCallID, Adoption)
    /// The vendor did not offer an answered call to the agent.
    case offerFailed(AttemptID, AgentID, OfferFailure)
    /// The vendor took the request to play the campaign's message to a callee.
    case messageStarted(AttemptID)
    /// The vendor does not play it.
    case messageFailed(AttemptID)
    /// The vendor was asked to end a call and may not have done so.
    case hangUpFailed(AttemptID)
    /// The vendor's records were searched for an attempt of unknown outcome.
    case reconciled(AttemptID, Reconciliation)
    /// The vendor's records could not be searched.
    case reconcileFailed(AttemptID)
    /// Every agent of the campaign, as they were at `asOf`; who is missing is offline.
    case agentsObserved([AgentObservation], asOf: Timestamp)
    /// One agent of the campaign, as they were at `asOf`; of the others nothing is said.
    case agentObserved(AgentObservation, asOf: Timestamp)
    /// The vendor cannot be observed or reached.
    case vendorTroubled
    /// The vendor cannot be observed, for a reason that only an operator can mend; its words.
    case vendorRefused(reason: String)
    /// It can be observed again.
    case vendorRecovered
    /// A timer that the engine asked for is due.
    case timerFired(DialTimer)
    /// The operator wants no more calls; those in flight may finish.
    case stopRequested
    /// An operator, who is named, wants no more calls until they are asked for again; the run goes on.
    case pauseRequested(by: String)
    /// An operator wants calls again.
    case resumeRequested
    /// A supervisor, who is named, wants a call to be ended.
    case dropRequested(AttemptID, by: String)
}

/// Why the vendor did not take a call, and what follows.
package enum TurnedAway: Hashable, Sendable, Codable {
    /// It declined this one call, which ends like this; its words.
    case refused(CallOutcome, reason: String)
    /// It lets nobody of the account call this callee; its words.
    case barred(reason: String)
    /// Too many requests; none for this long.
    case throttled(after: Duration)
    /// It could not be reached.
    case unavailable(reason: String)
    /// Account or campaign are set up wrongly: nothing can be dialled until an operator mends it; its words.
    case misconfigured(reason: String)
}

/// Why an answered call was not offered to an agent, and what follows.
package enum OfferFailure: Hashable, Sendable, Codable {
    /// The agent cannot be had; the vendor's words.
    case agentUnavailable(reason: String)
    /// The vendor could not be asked.
    case notAsked(reason: String)
    /// The vendor hands no call over before an operator mends account or campaign; its words.
    case misconfigured(reason: String)
}

/// A timer, as data: the engine asks for it and is told when it fired.
///
/// Each value has at most one pending due time.
package enum DialTimer: Hashable, Sendable, Codable {
    /// An attempt should have moved on by now.
    case attempt(AttemptID)
    /// A call has rung for as long as it may.
    case ringLimit(AttemptID)
    /// An answered call had its time: to be taken by the agent whom it was offered to, or to wait for one.
    case handOff(AttemptID)
    /// The vendor is to be asked again to end a call.
    case hangUp(AttemptID)
    /// An agent who did not take a call may be offered one again.
    case setAside(AgentID)
    /// The vendor's records are to be searched again.
    case reconcile(AttemptID)
    /// The ledger is to be asked again to adopt a call of the vendor's own.
    case adoption(VendorCallID)
    /// A lead may be due, or another process may have imported some.
    case leadsDue
    /// Dialling may go on after a refusal for rate or reach.
    case holdOver
    /// It is time to decide how many calls to place ahead of agents.
    case pace
    /// The run's last moment for placing a call.
    case deadline
    /// Calls in flight had their time to finish.
    case drainLimit
    /// The vendor has been out of reach for as long as the run puts up with.
    case vendorPatience
}
