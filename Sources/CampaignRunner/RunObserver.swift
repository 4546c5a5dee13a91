package import DialModel
package import Telephony

/// What a run asks of its vendor; the raw value is the word in metrics and logs.
package enum VendorRequest: String, CaseIterable, Hashable, Sendable {
    /// To place a call.
    case place
    /// To join an answered call to an agent.
    case connect
    /// To play the campaign's message.
    case playMessage = "play_message"
    /// To end a call.
    case hangUp = "hang_up"
    /// To tell what became of a call.
    case reconcile
}

/// Looks on while a campaign runs through one account, for metrics; it must return soon and may not fail the run.
package protocol RunObserver: Sendable {
    /// So many leads were claimed, and these changes were kept, as of an instant of the run's time.
    func committed(_ changes: [AttemptChange], claims: Int, at now: Timestamp)

    /// The vendor is being asked for something; what is handed back is called at most once, with the error that came of it if any.
    func asking(_ request: VendorRequest) -> @Sendable (VendorError?) -> Void

    /// The vendor could not be observed.
    func troubled(_ error: VendorError)
}

extension VendorError.Meaning {
    /// The word in metrics and logs.
    package var word: String {
        switch self {
        case .refused: "refused"
        case .barred: "barred"
        case .throttled: "throttled"
        case .unavailable: "unavailable"
        case .misconfigured: "misconfigured"
        case .outcomeUnknown: "outcome_unknown"
        }
    }
}
