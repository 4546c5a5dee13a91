package import DialModel

/// What the runner needs from a telephony vendor.
///
/// A vendor client is given an `HTTPTransport` and a `RunClock` and keeps no thread of its own: everything it does by
/// itself happens inside `run(reporting:)`.
package protocol TelephonyVendor: Sendable {
    /// What this account can do.
    var abilities: VendorAbilities { get }

    /// Proves, before anything is dialled, that the account answers and that the campaign's agents and numbers exist.
    ///
    /// `callerIDs` are the numbers that the campaign shows, in the vendor's form. Places no call. Throws `.misconfigured`
    /// for what an operator has to change and `.unavailable` for what time heals.
    func prepare(callerIDs: [String]) async throws(VendorError)

    /// Asks the vendor to place one call, at most once on the wire.
    ///
    /// The request is never repeated by the client or by the layers under it, and never sent after its `notAfter`: it
    /// then throws `.throttled`. After `.outcomeUnknown` the call may
    /// exist; the caller reconciles and does not ask again. From acceptance on, `run(reporting:)` reports its progress.
    func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID

    /// Looks for the call of an attempt whose fate is unknown.
    ///
    /// A call that is found is followed from then on. Throws when the vendor could not be asked, never `.refused`.
    func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation

    /// Observes agents and calls until cancelled, handing every fact to `report`.
    ///
    /// A failure to observe is reported as `.trouble` and tried again with back-off; it ends only by cancellation.
    func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async
}

/// What a vendor account can do; `check` refuses a campaign that asks for more.
package struct VendorAbilities: Hashable, Sendable {
    /// A call can be bound to one agent whom we reserve.
    package var placesForAgent: Bool
    /// The vendor queues an answered call to an agent of its choice.
    package var queuesAnsweredCalls: Bool
    /// An answered call can be joined to an agent of our choice; the client is then an `AnsweredCallConnecting`.
    package var connectsAnsweredCalls: Bool
    /// A call that has been accepted can be ended by us; the client is then a `CallReleasing`.
    package var hangsUp: Bool
    /// An answered call can be left to a recorded message; the client is then a `MessagePlaying`.
    package var playsMessages: Bool
    /// Answered calls are classified as human or machine.
    package var classifiesAnswers: Bool
    /// Observations of agents say what they can do.
    package var tellsSkills: Bool
    /// The ways of not being answered that the vendor tells apart; the others come as no answer.
    package var failuresTold: [CallOutcome]
    /// Whether it tells most of them only of calls that it is asked to analyse.
    package var analysisTellsFailures: Bool
    /// The vendor can dial numbers of its own and give the answered calls to our agents; the client is then a
    /// `SelfDialling`.
    package var dialsByItself: Bool
    /// Supervisors may act on agents and on their calls; the client is then an `AgentSupervising`.
    package var takesSupervisors: Bool
    /// The most calls at a time that are dialled ahead of agents; nil where nothing but the campaign limits them.
    package var linesAhead: Int?
    /// How often it is asked about agents and calls.
    package var rhythm: ObservationRhythm

    /// Memberwise; what few vendors can do is named only by those who can.
    package init(
        placesForAgent: Bool, queuesAnsweredCalls: Bool, connectsAnsweredCalls: Bool = false, hangsUp: Bool,
        playsMessages: Bool = false, classifiesAnswers: Bool, tellsSkills: Bool = false,
        failuresTold: [CallOutcome] = VendorAbilities.allFailures, analysisTellsFailures: Bool = false,
        dialsByItself: Bool = false, takesSupervisors: Bool = false, linesAhead: Int? = nil,
        rhythm: ObservationRhythm = .prompt
    ) {
        self.placesForAgent = placesForAgent
        self.queuesAnsweredCalls = queuesAnsweredCalls
        self.connectsAnsweredCalls = connectsAnsweredCalls
        self.hangsUp = hangsUp
        self.playsMessages = playsMessages
        self.classifiesAnswers = classifiesAnswers
        self.tellsSkills = tellsSkills
        self.failuresTold = failuresTold
        self.analysisTellsFailures = analysisTellsFailures
        self.dialsByItself = dialsByItself
        self.takesSupervisors = takesSupervisors
        self.linesAhead = linesAhead
        self.rhythm = rhythm
    }

    /// Every way of not being answered, besides no answer itself.
    package static let allFailures: [CallOutcome] = [.busy, .rejected, .invalidNumber, .unreachable, .congestion]
}

/// One call to place.
package struct CallRequest: Hashable, Sendable {
    /// The attempt that it carries out; its row is committed.
    package var attempt: AttemptID
    /// Whom to call.
    package var number: PhoneNumber
    /// Digits dialled before the number; never part of any look-up.
    package var prefix: String
    /// The number to show, in the vendor's form; nil leaves the choice to the vendor.
    package var callerID: String?
    /// The reserved agent; nil where agents are found for the call once it is answered.
    package var agent: AgentID?
    /// Whether the vendor is to find out who answers, where it can.
    package var classifiesAnswer: Bool
    /// The last instant at which the request may leave: who waits longer for their turn must not call any more.
    package var notAfter: Timestamp
    /// How long the callee's phone may ring: whoever placed the call ends it then, and a client may do so later, where
    /// nobody heard that it rings.
    package var ringTimeout: Duration

    /// Memberwise.
    package init(
        attempt: AttemptID, number: PhoneNumber, prefix: String, callerID: String?, agent: AgentID?,
        classifiesAnswer: Bool = false, notAfter: Timestamp, ringTimeout: Duration = .seconds(30)
    ) {
        self.classifiesAnswer = classifiesAnswer
        self.notAfter = notAfter
        self.ringTimeout = ringTimeout
        self.attempt = attempt
        self.number = number
        self.prefix = prefix
        self.callerID = callerID
        self.agent = agent
    }
}

/// A call that exists, or may exist, at the vendor.
package struct FollowedCall: Hashable, Sendable {
    /// The attempt that it belongs to.
    package var attempt: AttemptID
    /// Who was called.
    package var number: PhoneNumber
    /// The digits that were dialled before the number, which the vendor's records may show.
    package var prefix: String
    /// The vendor's name of the call, where its acceptance is known.
    package var vendorCall: VendorCallID?
    /// The earliest instant at which it can have been placed.
    package var placedAfter: Timestamp

    /// Memberwise.
    package init(
        attempt: AttemptID, number: PhoneNumber, prefix: String, vendorCall: VendorCallID?, placedAfter: Timestamp
    ) {
        self.attempt = attempt
        self.number = number
        self.prefix = prefix
        self.vendorCall = vendorCall
        self.placedAfter = placedAfter
    }
}

/// A fact that a vendor client observed.
package enum VendorEvent: Hashable, Sendable {
    /// Every agent of the campaign's group, as they were at `asOf` (when the question was sent); who is missing is offline.
    case agents([AgentObservation], asOf: Timestamp)
    /// Progress of a call, with the vendor's time of it, or ours of learning it where the vendor says none.
    case call(AttemptID, CallProgress, at: Timestamp)
    /// Progress of a call that the vendor placed by itself, as of `call`; every one of them names the call in full.
    case ownCall(OwnCall, CallProgress, at: Timestamp)
    /// The vendor does not let this agent work; the others go on, and the operator is told who it is and why.
    case agentUnusable(AgentID, VendorError)
    /// The vendor could not be observed.
    case trouble(VendorError)
    /// It can be observed again.
    case recovered
}
