package import DialModel

/// Who is on the line first.
package enum DialingStyle: Hashable, Sendable {
    /// An agent is reserved before the call is placed for them: one line per idle agent.
    case agentFirst
    /// Lines are dialled ahead of agents and the vendor queues answered calls: this many calls that nobody has taken
    /// yet for each idle agent, at least one.
    case customerFirst(ratio: Double)
}

/// Everything about a run that does not change while it lasts.
package struct EngineSettings: Hashable, Sendable {
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
    /// The longest wait after the vendor asked for fewer requests.
    package static let throttleLimit = Duration.seconds(300)

    /// Settings with the defaults that suit a cloud call centre.
    package init(
        style: DialingStyle, retry: RetryPolicy = .standard, maxLines: Int = 1000, maxAttempts: Int? = nil,
        stopDialingAt: Timestamp? = nil, staysForRetries: Bool = false, placeLimit: Duration = .seconds(30),
        answerLimit: Duration = .seconds(180),
        talkLimit: Duration = .seconds(7200), reconcileWindow: Duration = .seconds(600),
        recordDelay: Duration = .seconds(7200),
        drainLimit: Duration = .seconds(600), vendorPatience: Duration = .seconds(120)
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
    }

    /// How long after its claim an attempt is closed even though the vendor never told its end.
    var attemptLimit: Duration { placeLimit + answerLimit + talkLimit + recordDelay }
}
