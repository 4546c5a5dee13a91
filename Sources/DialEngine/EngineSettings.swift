package import DialModel
package import Pacing

/// How many of the calls that people answer may be abandoned, in the window at hand and in those to come.
package struct AbandonmentAllowance: Hashable, Sendable, Codable {
    /// The share of live answers, from 0 to 1.
    package var limit: Double
    /// Live answers of the window at hand before this run.
    package var live: Int
    /// Those of them that were abandoned.
    package var abandoned: Int
    /// When the window at hand began; nil where nobody counts it again while the run goes on.
    package var since: Timestamp?
    /// When the next windows begin, ascending, for as long as a run may last.
    package var nextWindows: [Timestamp]

    /// Memberwise.
    package init(
        limit: Double, live: Int = 0, abandoned: Int = 0, since: Timestamp? = nil, nextWindows: [Timestamp] = []
    ) {
        self.limit = limit
        self.live = live
        self.abandoned = abandoned
        self.since = since
        self.nextWindows = nextWindows
    }
}

/// Who is on the line first.
package enum DialingStyle: Hashable, Sendable, Codable {
    /// An agent is reserved before the call is placed for them: one line per idle agent.
    case agentFirst
    /// Lines are dialled ahead of agents, who are given the calls that are answered; how many, a controller decides.
    case customerFirst(PacingMode)
    /// The vendor dials numbers of its own and gives the answered calls to agents; the engine places none, and keeps their
    /// records.
    case vendorPaced
}

/// How answered calls reach agents where lines are dialled ahead of them.
package enum HandOffStyle: Hashable, Sendable, Codable {
    /// The vendor has a queue of its own and chooses; the engine looks on.
    case byVendor
    /// The engine chooses the agent; the vendor has to be able to join calls to agents and to end them.
    case byEngine
}

/// What the vendor can be asked to do with a call that exists.
package struct CallControl: Hashable, Sendable, Codable {
    /// To end it.
    package var hangsUp: Bool
    /// To play the campaign's message to the callee, and to end it then.
    package var playsMessage: Bool

    /// Memberwise; nothing, unless something is named.
    package init(hangsUp: Bool = false, playsMessage: Bool = false) {
        self.hangsUp = hangsUp
        self.playsMessage = playsMessage
    }
}

/// Everything about a run that does not change while it lasts.
package struct EngineSettings: Hashable, Sendable, Codable {
    /// Who is on the line first.
    package var style: DialingStyle
    /// What becomes of a lead after each outcome.
    package var retry: RetryPolicy
    /// The most calls at a time.
    package var maxLines: Int
    /// The most attempts of this run.
    package var maxAttempts: Int?
    /// No call is placed from here on.
    package var stopDialingAt: Timestamp?
    /// Whether the run stays for leads that become due before `stopDialingAt`, or ends when none is due.
    package var staysForRetries: Bool
    /// The longest that a request may wait before it leaves for the vendor; it is not sent later.
    package var placeLimit: Duration
    /// The longest from placing a call to its end or its reaching an agent: ringing, queueing, and the vendor's delay in telling.
    package var answerLimit: Duration
    /// The longest that callee and agent may talk before the vendor's records are searched.
    package var talkLimit: Duration
    /// How long an attempt that no trace is found of is looked for before it is closed as unknown (ten minutes:
    /// `vendors/alibaba-udesk.md`, A6).
    package var reconcileWindow: Duration
    /// How long the vendor's records may lag behind (two hours: `vendors/alibaba-udesk.md`, A2.7).
    package var recordDelay: Duration
    /// How long calls in flight may go on once the run is ending; conversations only end with an operator's stop.
    package var drainLimit: Duration
    /// How long the vendor may be out of reach before the run gives up.
    package var vendorPatience: Duration
    /// Who gives answered calls to agents.
    package var handOff: HandOffStyle
    /// What the vendor can be asked to do with calls.
    package var control: CallControl
    /// What is done with calls that machines answer.
    package var routes: AnswerRoutes
    /// What agents have to be able to do; nil for nothing in particular.
    package var skill: AgentSkill?
    /// How long a callee who answered is kept waiting while no agent is idle, from the end of their greeting or, where
    /// nobody tells that, from the answer (two seconds: `features-and-rules.md`, 7.1).
    package var answerPatience: Duration
    /// How long an agent has to take a call that is offered to them.
    package var pickUpLimit: Duration
    /// How long phones ring.
    package var ringTimeout: Duration
    /// How long rules want a phone to ring before the call may be given up.
    package var minimumRing: Duration
    /// How many calls may be abandoned, one for each window that somebody measures; none for no limit.
    package var abandonment: [AbandonmentAllowance]
    /// How often the vendor is asked about calls, of which nothing is known in between.
    package var rhythm: ObservationRhythm
    /// The clock that the run goes by; nil where nothing is to be told by it of the clocks of earlier runs.
    package var clock: ClockOrigin?

    /// How many agents a call is offered to, one after the other.
    package static let offerLimit = 3
    /// How often it is decided how many calls to place ahead of agents (`pacing.md`, section 2).
    package static let pacingInterval = Duration.milliseconds(500)
    /// The wait before an agent is asked again for whom the vendor could not be asked.
    package static let offerPause = Duration.milliseconds(500)
    /// How long an agent who did not take a call is offered none; it doubles up to `noShowPauseLimit`.
    package static let noShowPause = Duration.seconds(30)
    /// The longest that an agent is set aside.
    package static let noShowPauseLimit = Duration.seconds(300)
    /// The wait before the vendor is asked again to end a call; it doubles.
    package static let hangUpPause = Duration.seconds(1)
    /// How far a vendor's times of ringing and end may be off, one from the other: some are of when they were told.
    package static let endTolerance = Duration.seconds(5)
    /// How often the vendor is asked to end a call.
    package static let hangUpLimit = 6
    /// The most leads of one claim: bounds the ledger's transaction.
    package static let claimLimit = 200
    /// How often the ledger is asked for leads that other processes may have added.
    package static let leadCheckInterval = Duration.seconds(30)
    /// How long a run that does not stay for retries waits for a number that it may show.
    package static let lineWait = Duration.seconds(60)
    /// The first wait between two searches of the vendor's records; it doubles up to `reconcileBackoffLimit`.
    package static let reconcileBackoff = Duration.seconds(10)
    /// The longest wait between two searches of the vendor's records.
    package static let reconcileBackoffLimit = Duration.seconds(120)
    /// The first wait after the vendor was out of reach; it doubles up to `holdLimit`.
    package static let hold = Duration.seconds(2)
    /// The longest wait after the vendor was out of reach.
    package static let holdLimit = Duration.seconds(60)
    /// How soon a call of the vendor's own is to be adopted again whose number another open attempt has.
    package static let adoptionPause = Duration.seconds(5)
    /// The longest wait after the vendor asked for fewer requests.
    package static let throttleLimit = Duration.seconds(300)

    /// Settings with the defaults that suit a cloud call centre.
    package init(
        style: DialingStyle, retry: RetryPolicy = .standard, maxLines: Int = 1000, maxAttempts: Int? = nil,
        stopDialingAt: Timestamp? = nil, staysForRetries: Bool = false, placeLimit: Duration = .seconds(30),
        answerLimit: Duration = .seconds(180),
        talkLimit: Duration = .seconds(7200), reconcileWindow: Duration = .seconds(600),
        recordDelay: Duration = .seconds(7200),
        drainLimit: Duration = .seconds(600), vendorPatience: Duration = .seconds(120),
        handOff: HandOffStyle = .byVendor, control: CallControl = CallControl(),
        routes: AnswerRoutes = AnswerRoutes(), skill: AgentSkill? = nil, answerPatience: Duration = .seconds(2),
        pickUpLimit: Duration = .seconds(5), ringTimeout: Duration = .seconds(30), minimumRing: Duration = .zero,
        abandonment: [AbandonmentAllowance] = [], rhythm: ObservationRhythm = .prompt,
        clock: ClockOrigin? = nil
    ) {
        self.style = style
        self.retry = retry
        self.maxLines = maxLines
        self.maxAttempts = maxAttempts
        self.stopDialingAt = stopDialingAt
        self.staysForRetries = staysForRetries
        self.placeLimit = placeLimit
        self.answerLimit = answerLimit
        self.talkLimit = talkLimit
        self.reconcileWindow = reconcileWindow
        self.recordDelay = recordDelay
        self.drainLimit = drainLimit
        self.vendorPatience = vendorPatience
        self.handOff = handOff
        self.control = control
        self.routes = routes
        self.skill = skill
        self.answerPatience = answerPatience
        self.pickUpLimit = pickUpLimit
        self.ringTimeout = ringTimeout
        self.minimumRing = minimumRing
        self.abandonment = abandonment
        self.rhythm = rhythm
        self.clock = clock
    }

    /// The last instant at which the request of a call may leave that is decided on now.
    func lastDeparture(of now: Timestamp) -> Timestamp {
        min(now + placeLimit, stopDialingAt ?? now + placeLimit)
    }

    /// How long a phone is known to have rung before the call is given up.
    var ringLimit: Duration { max(ringTimeout, minimumRing) }

    /// How long after its claim an attempt is closed even though the vendor never told its end.
    var attemptLimit: Duration { placeLimit + answerLimit + talkLimit + recordDelay }
}
