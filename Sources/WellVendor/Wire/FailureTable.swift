import DialModel

/// What the vendor's codes of failed calls mean (`vendors/well-wincall.md`, A.6.3).
enum FailureTable {
    /// The outcome that a `failedCode` stands for, with those that only the vendor's records carry.
    ///
    /// Nil where other events say more (−4, hung up; 0, success). One that is not in the table leaves the outcome unknown.
    static func outcome(ofCode code: String) -> CallOutcome? {
        switch code {
        case "-4", "0": nil
        case "1", "9", "12": .busy
        case "10", "13", "-3": .congestion
        case "2", "4", "5", "11", "14": .noAnswer
        case "3", "6": .unreachable
        case "7", "8": .invalidNumber
        default: .unknown
        }
    }

    /// The outcome that a clearing cause stands for when nobody answered and no code was told.
    static func outcome(ofCause cause: String?) -> CallOutcome {
        switch cause {
        case "USER_BUSY", "CALL_REJECTED": .busy
        case "NO_ANSWER", "NO_USER_RESPONSE", "NORMAL_CLEARING", "UNKNOWN", nil: .noAnswer
        case "UNALLOCATED_NUMBER", "INVALID_NUMBER_FORMAT": .invalidNumber
        case "SUBSCRIBER_ABSENT", "DESTINATION_OUT_OF_ORDER": .unreachable
        case "NO_ROUTE_DESTINATION", "FACILITY_NOT_SUBSCRIBED", "NORMAL_TEMPORARY_FAILURE", "NETWORK_OUT_OF_ORDER",
            "INTERWORKING", "RECOVERY_ON_TIMER_EXPIRE":
            .congestion
        default: .unknown
        }
    }

    /// Whether a cause is one that conversations end with, too, so that it does not say that nobody answered.
    static func endsConversations(_ cause: String?) -> Bool {
        switch cause {
        case "NORMAL_CLEARING", "UNKNOWN", nil: true
        default: false
        }
    }

    /// Whether a cause is what a missing prefix or a number that is not ours to show look like.
    static func suggestsMisconfiguration(_ cause: String?) -> Bool {
        switch cause {
        case "NO_ROUTE_DESTINATION", "FACILITY_NOT_SUBSCRIBED", "NORMAL_CLEARING", "UNKNOWN", nil: true
        default: false
        }
    }
}
