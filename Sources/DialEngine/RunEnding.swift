package import DialModel

/// Why a run is over.
package enum RunEnding: Hashable, Sendable, Codable {
    /// No lead is due, and none will be while the run may last; when the next one is, if any waits.
    case nothingDue(next: Timestamp?)
    /// Leads are due, and their numbers are being called by another campaign.
    case numbersBusy
    /// Leads are due, and the campaign has no number that it may show for a while.
    case noCallerID(ClaimHold)
    /// Leads are due, and the account may carry no further call for a while.
    case accountFull(ClaimHold)
    /// The run's time is up.
    case deadline
    /// The run has made as many attempts as it may.
    case attemptLimit
    /// The operator stopped it.
    case stopped
    /// The vendor stayed out of reach for too long.
    case vendorUnavailable
    /// The vendor refuses the account or the campaign's settings; its words.
    case vendorRefused(reason: String)
    /// Its lease lapsed and the run was given up: other runners of the campaign go on with its calls.
    case fenced
}

extension RunEnding {
    /// What kind of ending it is; the raw value is the word that the ledger keeps.
    ///
    /// What somebody has to see to comes first, and an account that had to give up says less than one that went on to the end.
    package enum Word: String, CaseIterable, Hashable, Sendable {
        /// The operator stopped it.
        case stopped
        /// The run was given up.
        case fenced
        /// The vendor refuses the account or the campaign's settings.
        case vendorRefused = "vendor_refused"
        /// The vendor stayed out of reach for too long.
        case vendorUnavailable = "vendor_unavailable"
        /// The run's time was up.
        case deadline
        /// The run made as many attempts as it might.
        case attemptLimit = "attempt_limit"
        /// No lead was due.
        case nothingDue = "nothing_due"
        /// The account could carry no further call.
        case accountFull = "account_full"
        /// The campaign had no number that it might show.
        case noCallerID = "no_caller_id"
        /// The numbers of the leads that were due were being called by another campaign.
        case numbersBusy = "numbers_busy"
    }

    /// What kind of ending it is.
    package var word: Word {
        switch self {
        case .nothingDue: .nothingDue
        case .numbersBusy: .numbersBusy
        case .noCallerID: .noCallerID
        case .accountFull: .accountFull
        case .deadline: .deadline
        case .attemptLimit: .attemptLimit
        case .stopped: .stopped
        case .vendorUnavailable: .vendorUnavailable
        case .vendorRefused: .vendorRefused
        case .fenced: .fenced
        }
    }
}
