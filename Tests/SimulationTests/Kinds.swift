import DialEngine
import DialModel

/// The kinds of events, directives, timers and endings that there are, each of which has to occur.
///
/// What is of which kind is said by exhaustive switches, so that a new event, directive, timer or ending asks for a kind.
enum Kind: String, CaseIterable, Hashable, Sendable {
    case eventStarted, eventLeadsClaimed, eventTurnAwaited, eventAttemptLimitReached, eventOthersAtWork
    case eventCallAccepted, eventRefused, eventBarred, eventThrottled, eventUnavailable, eventMisconfigured
    case eventCallOutcomeUnknown, eventOwnCallProgressed, eventAdoptedOpen, eventAdoptedClosed
    case eventAdoptedNumberBusy, eventOfferFailed, eventMessageStarted, eventMessageFailed, eventHangUpFailed
    case eventFound, eventNotFound, eventNeverPlaced, eventLost, eventReconcileFailed, eventAgentsObserved
    case eventAgentObserved, eventVendorTroubled, eventVendorRefused, eventVendorRecovered, eventTimerFired
    case eventStopRequested, eventPauseRequested, eventResumeRequested, eventDropRequested, eventRinging
    case eventAnswered, eventConnected, eventAgentMissed, eventEnded
    case directiveClaimLeads, directiveReached, directiveClosed, directiveAdopt, directiveTakeOwnCalls
    case directivePlaceCall, directiveConnect, directivePlayMessage, directiveHangUp, directiveReconcile
    case directiveSetTimer, directiveCancelTimer, directiveFinish
    case timerAttempt, timerRingLimit, timerHandOff, timerHangUp, timerSetAside, timerReconcile, timerAdoption
    case timerLeadsDue, timerHoldOver, timerPace, timerDeadline, timerDrainLimit, timerVendorPatience
    case endingNothingDue, endingNothingEverDue, endingNumbersBusy, endingNoCallerID, endingAccountFull
    case endingDeadline, endingAttemptLimit, endingStopped, endingVendorUnavailable, endingVendorRefused
}

/// The kinds that occurred.
struct Kinds: Sendable {
    private(set) var seen: Set<Kind> = []

    mutating func note(_ event: DialEvent, _ directives: [Directive]) {
        if let kind = event.kind { seen.insert(kind) }
        if case .timerFired(let timer) = event { seen.insert(timer.kind) }
        for directive in directives { seen.insert(directive.kind) }
    }

    mutating func note(_ ending: RunEnding) {
        if let kind = ending.kind { seen.insert(kind) }
    }

    mutating func formUnion(_ other: Kinds) { seen.formUnion(other.seen) }

    /// Those that did not occur.
    var missing: [Kind] { Kind.allCases.filter { !seen.contains($0) } }
}

extension DialEvent {
    fileprivate var kind: Kind? {
        switch self {
        case .started: .eventStarted
        case .leadsClaimed: .eventLeadsClaimed
        case .turnAwaited: .eventTurnAwaited
        case .attemptLimitReached: .eventAttemptLimitReached
        case .othersAtWork: .eventOthersAtWork
        // Runners that share a campaign have a simulation of their own.
        case .allowanceChanged, .tookOver, .answersCounted: nil
        case .callAccepted: .eventCallAccepted
        case .callTurnedAway(_, .refused): .eventRefused
        case .callTurnedAway(_, .barred): .eventBarred
        case .callTurnedAway(_, .throttled): .eventThrottled
        case .callTurnedAway(_, .unavailable): .eventUnavailable
        case .callTurnedAway(_, .misconfigured): .eventMisconfigured
        case .callOutcomeUnknown: .eventCallOutcomeUnknown
        case .callProgressed(_, let progress, _): progress.kind
        case .ownCallProgressed: .eventOwnCallProgressed
        case .adopted(_, .open): .eventAdoptedOpen
        case .adopted(_, .closed): .eventAdoptedClosed
        case .adopted(_, .numberBusy): .eventAdoptedNumberBusy
        case .offerFailed: .eventOfferFailed
        case .messageStarted: .eventMessageStarted
        case .messageFailed: .eventMessageFailed
        case .hangUpFailed: .eventHangUpFailed
        case .reconciled(_, .found): .eventFound
        case .reconciled(_, .notFound): .eventNotFound
        case .reconciled(_, .lost): .eventLost
        case .reconciled(_, .neverPlaced): .eventNeverPlaced
        case .reconcileFailed: .eventReconcileFailed
        case .agentsObserved: .eventAgentsObserved
        case .agentObserved: .eventAgentObserved
        case .vendorTroubled: .eventVendorTroubled
        case .vendorRefused: .eventVendorRefused
        case .vendorRecovered: .eventVendorRecovered
        case .timerFired: .eventTimerFired
        case .stopRequested: .eventStopRequested
        case .pauseRequested: .eventPauseRequested
        case .resumeRequested: .eventResumeRequested
        case .dropRequested: .eventDropRequested
        }
    }
}

extension CallProgress {
    fileprivate var kind: Kind {
        switch self {
        case .ringing: .eventRinging
        case .answered: .eventAnswered
        case .connected: .eventConnected
        case .agentMissed: .eventAgentMissed
        case .ended: .eventEnded
        }
    }
}

extension Directive {
    fileprivate var kind: Kind {
        switch self {
        case .claimLeads: .directiveClaimLeads
        case .record(.reached): .directiveReached
        case .record(.closed): .directiveClosed
        case .adopt: .directiveAdopt
        case .takeOwnCalls: .directiveTakeOwnCalls
        case .placeCall: .directivePlaceCall
        case .connect: .directiveConnect
        case .playMessage: .directivePlayMessage
        case .hangUp: .directiveHangUp
        case .reconcile: .directiveReconcile
        case .setTimer: .directiveSetTimer
        case .cancelTimer: .directiveCancelTimer
        case .finish: .directiveFinish
        }
    }
}

extension DialTimer {
    fileprivate var kind: Kind {
        switch self {
        case .attempt: .timerAttempt
        case .ringLimit: .timerRingLimit
        case .handOff: .timerHandOff
        case .hangUp: .timerHangUp
        case .setAside: .timerSetAside
        case .reconcile: .timerReconcile
        case .adoption: .timerAdoption
        case .leadsDue: .timerLeadsDue
        case .holdOver: .timerHoldOver
        case .pace: .timerPace
        case .deadline: .timerDeadline
        case .drainLimit: .timerDrainLimit
        case .vendorPatience: .timerVendorPatience
        }
    }
}

extension RunEnding {
    fileprivate var kind: Kind? {
        switch self {
        case .nothingDue(.some): .endingNothingDue
        case .nothingDue(nil): .endingNothingEverDue
        case .numbersBusy: .endingNumbersBusy
        case .noCallerID: .endingNoCallerID
        case .accountFull: .endingAccountFull
        case .deadline: .endingDeadline
        case .attemptLimit: .endingAttemptLimit
        case .stopped: .endingStopped
        case .vendorUnavailable: .endingVendorUnavailable
        case .vendorRefused: .endingVendorRefused
        // Nobody else can give up the only runner of a campaign.
        case .fenced: nil
        }
    }
}
