/// Where a lead stands: always in exactly one of these.
///
/// The raw value is the word in the ledger and the export.
package enum LeadState: String, CaseIterable, Hashable, Sendable {
    /// May be dialled once its not-before time has come.
    case waiting
    /// Has an open attempt.
    case dialing
    /// Will not be dialled again by this campaign.
    case finished
    /// Has a further number of a callee, to be dialled when the numbers before it have come to nothing.
    case standby
}

/// Why a lead is finished.
///
/// The raw value is the word in the ledger and the export.
package enum LeadEnding: String, CaseIterable, Hashable, Sendable, Codable {
    /// An agent spoke with the callee.
    case reached
    /// The number cannot be called.
    case invalidNumber = "invalid_number"
    /// An outcome that the campaign does not retry.
    case notRetried = "not_retried"
    /// The campaign's attempts for the last outcome are used up.
    case attemptsUsed = "attempts_used"
    /// Nobody may call the callee any more.
    case doNotCall = "do_not_call"
    /// Its time was over before it was reached.
    case expired
    /// An agent spoke with the callee, who wants nothing.
    case notInterested = "not_interested"
    /// The number belongs to somebody else.
    case wrongNumber = "wrong_number"
    /// An agent spoke with the callee, who bought.
    case sold
}

extension LeadEnding {
    /// Whether the callee's other numbers may still be dialled: nobody who spoke with us, or said something of it, is
    /// bothered on another line.
    package var leavesOtherNumbers: Bool {
        switch self {
        case .invalidNumber, .notRetried, .attemptsUsed, .wrongNumber: true
        case .reached, .doNotCall, .expired, .notInterested, .sold: false
        }
    }
}

/// What becomes of a lead after an attempt: decided with the outcome and committed together with it.
package enum LeadDecision: Hashable, Sendable, Codable {
    /// To be dialled again, not before this instant.
    case wait(until: Timestamp)
    /// Not to be dialled again.
    case finish(LeadEnding)
}

/// A further number of a callee.
package struct AlternateNumber: Hashable, Sendable {
    /// The number in normal form.
    package var number: PhoneNumber
    /// The number as the list has it.
    package var original: String

    /// Memberwise.
    package init(number: PhoneNumber, original: String) {
        self.number = number
        self.original = original
    }
}

/// A column of a list that is carried along with a lead.
package struct LeadField: Hashable, Sendable {
    /// The header.
    package var name: String
    /// The cell.
    package var value: String

    /// Memberwise.
    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
