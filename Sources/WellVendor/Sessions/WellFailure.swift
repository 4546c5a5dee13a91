import DialModel
import Telephony

/// Why an operation did not succeed.
struct WellFailure: Error, Hashable, Sendable {
    enum Cause: Hashable, Sendable {
        /// The vendor answered with a status other than success.
        case status(Int)
        /// There was no answer.
        case transport(TransportError)
        /// The vendor's answer cannot be read.
        case malformed
        /// The vendor does not show the agent as signed in.
        case signedOut
        /// The run is over.
        case cancelled
    }

    var operation: String
    var cause: Cause
    /// Who has the phone or the agent, where the vendor says.
    var holder: String?

    init(_ operation: String, _ cause: Cause, holder: String? = nil) {
        self.operation = operation
        self.cause = cause
        self.holder = holder
    }

    /// What follows from it.
    var treatment: Treatment {
        switch cause {
        case .status(let status): StatusTable.treatment(of: status)
        case .transport, .malformed: .failed
        case .signedOut: .signedOut
        case .cancelled: .failed
        }
    }

    /// Whether the vendor turned the agent away, and not for what the next attempt to sign in mends.
    var isRefusal: Bool {
        guard case .status(400..<500) = cause else { return false }
        switch treatment {
        case .signedOut, .sessionExpired, .alreadySignedIn: return false
        case .stopsAgent, .phoneAbsent, .notNow, .licencesUsedUp, .quotaUsedUp, .harmless, .refused, .failed:
            return true
        }
    }

    private var code: String {
        switch cause {
        case .status(let status): "HTTP \(status)"
        case .transport(let error): error.code
        case .malformed: "MalformedAnswer"
        case .signedOut: "SignedOut"
        case .cancelled: "cancelled"
        }
    }

    private var words: String {
        switch cause {
        case .status(let status):
            StatusTable.words(for: status) + (holder.map { ", held by \($0)" } ?? "")
        case .transport(let error): error.message
        case .malformed: "the vendor's answer cannot be read"
        case .signedOut: "the vendor does not have the agent as signed in"
        case .cancelled: "the run stopped before the request was sent"
        }
    }

    /// The failure as an error of the account's, concerning one agent where it does.
    func error(_ meaning: VendorError.Meaning, _ account: WellAccount, agent: AgentID? = nil) -> VendorError {
        let text = agent.map { "agent \($0): \(words)" } ?? words
        return VendorError(
            meaning, vendor: account.name, operation: operation, code: code,
            message: Redaction.clean(text, secret: Secret("")))
    }

    /// What the failure of an operation means that has no effects, or whose effects do not matter.
    var meaningForQuestion: VendorError.Meaning {
        switch treatment {
        case .stopsAgent: .misconfigured
        case .sessionExpired, .signedOut, .alreadySignedIn, .phoneAbsent, .notNow, .licencesUsedUp, .quotaUsedUp,
            .harmless, .refused, .failed:
            .unavailable
        }
    }

    /// What the failure of an operation means that must not happen twice, other than a call to a callee.
    var meaningForAction: VendorError.Meaning {
        switch cause {
        case .status(let status) where status < 500: .refused(.notPlaced)
        case .transport(let error) where error.delivery == .notSent: .unavailable
        case .cancelled: .unavailable
        case .signedOut: .refused(.notPlaced)
        case .status, .transport, .malformed: .outcomeUnknown
        }
    }
}
