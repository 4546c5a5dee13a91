/// What follows from a status other than success (`vendors/well-wincall.md`, A.7).
enum Treatment: Hashable, Sendable {
    /// The agent cannot be used until an operator has changed something; others may be.
    case stopsAgent
    /// The session has run out: the login service gives a new one.
    case sessionExpired
    /// The agent is not signed in any more.
    case signedOut
    /// The binding of an earlier run is still there.
    case alreadySignedIn
    /// The phone is not registered; the vendor may be slow to see that it is.
    case phoneAbsent
    /// The phone or the agent is in another state than is needed, for a time.
    case notNow
    /// There are no more licences for agents who sign in.
    case licencesUsedUp
    /// The agent may not become ready any more today.
    case quotaUsedUp
    /// Of no consequence.
    case harmless
    /// The request was turned away for a reason that no document gives.
    case refused
    /// The vendor failed, and may have acted.
    case failed
}

extension Treatment {
    /// Whether an agent who cannot be signed in for it is in no call that is ours to see, or will not be seen in this run.
    var leavesOut: Bool {
        switch self {
        case .stopsAgent, .phoneAbsent, .licencesUsedUp: true
        case .sessionExpired, .signedOut, .alreadySignedIn, .notNow, .quotaUsedUp, .harmless, .refused, .failed: false
        }
    }
}

/// The vendor's statuses and what they mean.
enum StatusTable {
    static func treatment(of status: Int) -> Treatment {
        switch status {
        case 401, 423, 452, 453, 457, 459, 483: .stopsAgent
        case 426: .sessionExpired
        case 458: .signedOut
        case 454, 455: .alreadySignedIn
        case 451: .phoneAbsent
        case 456, 460, 462: .notNow
        case 461: .licencesUsedUp
        case 465: .quotaUsedUp
        case 466: .harmless
        case 400..<500: .refused
        default: .failed
        }
    }

    /// The vendor's words for a status, as its documents have them in Chinese.
    static func words(for status: Int) -> String {
        switch status {
        case 401: "wrong agent number, password or domain"
        case 423: "the agent is deleted or disabled"
        case 426: "the session is not valid any more"
        case 451: "the phone is not registered with the vendor's telephone server"
        case 452: "no such agent number"
        case 453: "no such extension"
        case 454: "the agent is signed in already"
        case 455: "the agent is signed in at another extension"
        case 456: "the extension is not in a state for it"
        case 457: "the extension is not the agent's to use"
        case 458: "the agent is signed out"
        case 459: "the extension is in use by another agent"
        case 460: "the extension is in a call"
        case 461: "no more agents may be signed in"
        case 462: "the agent could not be reserved"
        case 465: "the agent has answered as many calls as they may today"
        case 466: "recording cannot be controlled"
        case 483: "the agent has no task"
        default: "the vendor answered with HTTP status \(status)"
        }
    }
}
