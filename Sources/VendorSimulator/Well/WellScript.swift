import CallModel

/// What this vendor makes of a call, by the last six digits of the number dialled, beside what `ScriptedNumber` has.
///
/// | Number ends in | The vendor |
/// |---|---|
/// | `991kNN`, NN 01 to 14 | tells the failed code NN, with analysis switched on |
/// | `991kNN`, NN 21 to 35 | tells the clearing cause number NN − 20 of `causes` and no failed code |
/// | `992001` | drops the call at once, as with a missing prefix |
/// | `992002` | never tells that the call is cleared |
/// | `992003` | tells everything twice |
/// | `992004` | answers the request for the call only when the first events are out |
/// | `992005` | carries the call out and breaks the connection instead of an answer |
/// | `992006` | carries the call out and answers with status 500 |
/// | `992007` | answers with status 500 and does not carry the call out |
/// | `992008` | tells the end of the callee's side only after its own |
/// | `994SSS` | refuses the call with status SSS |
///
/// The callee of `991kNN` is busy where k is 1, rings out where it is 2, does not exist where it is 3, is switched off
/// where it is 4, meets congestion where it is 5 and declines where it is 6; that of `992002` and so on answers at once.
enum WellScript: Hashable, Sendable {
    case failedCode(Int)
    case cause(String)
    case dropsAtOnce
    case losesEnd
    case doublesEvents
    case answersLate
    case breaksAnswer
    case failsAfter
    case failsBefore
    case clearsCalleeLast
    case refuses(status: Int)

    /// The clearing causes of the vendor's documents (`vendors/well-wincall.md`, A.6.3).
    static let causes = [
        "USER_BUSY", "CALL_REJECTED", "NO_ANSWER", "NO_USER_RESPONSE", "UNALLOCATED_NUMBER", "INVALID_NUMBER_FORMAT",
        "NO_ROUTE_DESTINATION", "SUBSCRIBER_ABSENT", "DESTINATION_OUT_OF_ORDER", "NORMAL_TEMPORARY_FAILURE",
        "NETWORK_OUT_OF_ORDER", "INTERWORKING", "RECOVERY_ON_TIMER_EXPIRE", "FACILITY_NOT_SUBSCRIBED",
        "NORMAL_CLEARING",
    ]

    /// What the table says of a number; nil for nothing.
    init?(_ number: String) {
        let suffix = number.suffix(ScriptedNumber.suffixLength)
        guard suffix.utf8.count == ScriptedNumber.suffixLength else { return nil }
        switch suffix.prefix(3) {
        case "991":
            guard let detail = Int(suffix.suffix(2)) else { return nil }
            if (1...14).contains(detail) {
                self = .failedCode(detail)
            } else if (21..<21 + Self.causes.count).contains(detail) {
                self = .cause(Self.causes[detail - 21])
            } else {
                return nil
            }
        case "992":
            guard let script = Self.misbehaviours[String(suffix.suffix(3))] else { return nil }
            self = script
        case "994":
            guard let status = Int(suffix.suffix(3)), (400..<600).contains(status) else { return nil }
            self = .refuses(status: status)
        default: return nil
        }
    }

    /// The number in whose way the callee of a scripted number behaves; nil for the callee's own.
    static func likeNumber(_ number: String) -> String? {
        let suffix = number.suffix(ScriptedNumber.suffixLength)
        if suffix.hasPrefix("992") { return "990001" }
        guard suffix.hasPrefix("991"), let kind = suffix.dropFirst(3).first else { return nil }
        return ["1": "990003", "2": ringsOut, "3": "990004", "4": "990010", "5": "990009", "6": "990006"][kind]
    }

    /// A number at which it rings until nobody waits any longer.
    static let ringsOut = "990005"

    private static let misbehaviours: [String: WellScript] = [
        "001": .dropsAtOnce, "002": .losesEnd, "003": .doublesEvents, "004": .answersLate, "005": .breaksAnswer,
        "006": .failsAfter, "007": .failsBefore, "008": .clearsCalleeLast,
    ]
}

/// How this vendor spells the ways in which a call fails.
enum WellFailureWords {
    /// The failed code of a callee's kind, where no script names another.
    static func code(of kind: CalleeBehaviour.Kind) -> Int {
        switch kind {
        case .busy, .rejected: 1
        case .unreachable: 3
        case .invalid: 8
        case .congestion: 10
        case .noAnswer: 11
        case .human, .machine: 14
        }
    }

    /// The clearing cause of a callee's kind, where no script names another.
    static func cause(of kind: CalleeBehaviour.Kind) -> String {
        switch kind {
        case .busy: "USER_BUSY"
        case .rejected: "CALL_REJECTED"
        case .unreachable: "SUBSCRIBER_ABSENT"
        case .invalid: "UNALLOCATED_NUMBER"
        case .congestion: "NORMAL_TEMPORARY_FAILURE"
        case .noAnswer: "NO_ANSWER"
        case .human, .machine: "NORMAL_CLEARING"
        }
    }

    /// The words beside a failed code (`vendors/well-wincall.md`, A.6.3).
    static func words(for code: Int) -> String {
        switch code {
        case 1: "busy now"
        case 2: "call reminder"
        case 3: "not reachable"
        case 4: "barring of incoming"
        case 5: "forwarded"
        case 6: "power off"
        case 7: "out of service"
        case 8: "does not exist"
        case 9: "hold on"
        case 10: "line is busy"
        case 11: "not answer"
        case 12: "short busy tone"
        case 13: "long busy tone"
        default: "unknown"
        }
    }
}
