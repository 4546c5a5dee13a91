package import Compliance
package import DialModel
import Ledger

/// What keeps more calls from being placed; the raw value is the word in reports for programs.
package enum Delay: String, CaseIterable, Hashable, Sendable {
    /// Every agent is in a call, in wrap-up or promised to a call.
    case agents
    /// Calls enough are on their way for the agents who are idle.
    case answers
    /// A further call would be abandoned too likely.
    case risk
    /// Agents take calls up too late as often as calls may be abandoned.
    case pickUp = "pick_up"
    /// Calls are added one after the other, so that news of the first ones comes before the last ones are placed; or at the
    /// rate of a broadcast.
    case pace
    /// Agents are idle, and the vendor has not told of it yet.
    case news
    /// All lines are taken.
    case lines
    /// The vendor takes no more requests in a second.
    case requestRate = "request_rate"
    /// No number can be shown.
    case callerID = "caller_id"
    /// It is not the time to ring those who are left.
    case callingHours = "calling_hours"
    /// Those who are left have been dialled as often as they may.
    case attemptCap = "attempt_cap"
    /// Those who are left wait for their next attempt.
    case retryWait = "retry_wait"
    /// Another rule stands against those who are left.
    case otherRules = "other_rules"
    /// Nobody is left, and the last calls come to their ends.
    case lastCalls = "last_calls"

    /// What a gate that holds back the next lead comes to.
    init(_ gate: Gate) {
        switch gate {
        case .callingHours: self = .callingHours
        case .attemptCap: self = .attemptCap
        case .retryWait: self = .retryWait
        case .callerID: self = .callerID
        case .leadState, .expiry, .doNotCall, .consent, .abandonmentLockout, .timeZone, .vendorCapacity:
            self = .otherRules
        }
    }

    /// Its place among all.
    var index: Int {
        switch self {
        case .agents: 0
        case .answers: 1
        case .risk: 2
        case .pickUp: 3
        case .pace: 4
        case .news: 5
        case .lines: 6
        case .requestRate: 7
        case .callerID: 8
        case .callingHours: 9
        case .attemptCap: 10
        case .retryWait: 11
        case .otherRules: 12
        case .lastCalls: 13
        }
    }
}

/// By what abandoned calls are measured, and what was counted before the forecast begins.
package struct AbandonmentMeasure: Sendable {
    /// The windows of the rule with the calls before the forecast; nil where no rule sets a limit.
    package var evidence: AbandonmentEvidence?
    /// How soon an agent has to be there.
    package var within: Duration
    /// The clocks of callees where the rule counts by theirs.
    package var calleeClocks: ZoneRules?

    /// Memberwise; two seconds are what most rules ask for (`features-and-rules.md`, 7.1).
    package init(
        evidence: AbandonmentEvidence? = nil, within: Duration = .seconds(2), calleeClocks: ZoneRules? = nil
    ) {
        self.evidence = evidence
        self.within = within
        self.calleeClocks = calleeClocks
    }
}

/// What is counted while a virtual world goes on.
///
/// Times end with the last attempt: whatever is waited for afterwards is no part of the campaign.
package struct WorldTally: Sendable {
    /// How long nothing may be due before agents are taken to have gone: nobody is paid to wait for the night to end.
    static let longestPause = Duration.seconds(15 * 60)

    /// When the world began.
    package let start: Timestamp
    /// When the last attempt ended.
    package private(set) var lastEndedAt: Timestamp
    /// How attempts ended.
    package private(set) var outcomes = OutcomeCounts()
    /// How long agents and callees talked.
    package private(set) var talk = Duration.zero
    /// How long agents worked after calls.
    package private(set) var wrapUp = Duration.zero
    /// How long agents were there, all of them together.
    package var signedIn: Duration { .milliseconds(signedInMs) }
    /// The most calls that the vendor had at a time.
    package private(set) var peakLines = 0
    /// How long each thing kept more calls from being placed, in the order of `Delay.allCases`.
    package var delays: [Duration] { delaysMs.map { .milliseconds($0) } }
    /// People who answered in this world, and those of them whom no agent took in time.
    package private(set) var abandonment = AbandonmentCount()
    /// The same by the windows of the rule, with the calls before this world.
    package private(set) var evidence: AbandonmentEvidence?

    private let agents: Int
    private let measure: AbandonmentMeasure
    // Whole milliseconds, because a `Duration` has 128 bits, and these are added up at every event.
    private var delaysMs = [Int64](repeating: 0, count: Delay.allCases.count)
    private var signedInMs: Int64 = 0
    private var recentDelaysMs = [Int64](repeating: 0, count: Delay.allCases.count)
    private var recentSignedInMs: Int64 = 0
    /// What the latest claim left the campaign waiting for, and until when.
    private var wait: (delay: Delay, until: Timestamp)?
    private var isPaused = false

    init(start: Timestamp, agents: Int, abandonment: AbandonmentMeasure) {
        self.start = start
        self.agents = agents
        measure = abandonment
        evidence = abandonment.evidence
        lastEndedAt = start
    }

    /// Lets so many milliseconds pass, in which `delay` kept more calls from being placed.
    mutating func pass(_ milliseconds: Int64, delay: Delay) {
        recentDelaysMs[delay.index] += milliseconds
        if !isPaused { recentSignedInMs += milliseconds * Int64(agents) }
    }

    /// Notes what the campaign waits for; nil if somebody is due.
    mutating func noteWait(_ wait: (delay: Delay, until: Timestamp)?) {
        self.wait = wait
    }

    /// What is waited for at an instant; nil for nothing.
    ///
    /// Without calls and for long enough, agents are taken to be gone.
    mutating func waiting(at now: Timestamp, openCalls: Int) -> Delay? {
        guard let wait, wait.until > now else {
            isPaused = false
            return nil
        }
        isPaused = openCalls == 0 && (isPaused || wait.until - now > Self.longestPause)
        return wait.delay
    }

    mutating func noteLines(_ count: Int) {
        peakLines = max(peakLines, count)
    }

    mutating func noteWrapUp(_ length: Duration) {
        wrapUp += length
    }

    /// Counts an attempt that is over.
    mutating func count(_ attempt: AttemptID, _ closing: AttemptClosing, of call: VirtualCall?, at now: Timestamp) {
        outcomes[closing.outcome] += 1
        if let talked = closing.talk { talk += talked }
        settle(at: now)
        guard let answeredAt = closing.answeredAt else { return }
        let cpa = closing.outcome == .machine ? .machine : call?.cpa
        let answer = AnsweredCall(greetedAt: answeredAt, connectedAt: closing.connectedAt, cpa: cpa)
        abandonment.count(answer, within: measure.within)
        evidence?.add(attempt, answer, calleeClocks: measure.calleeClocks)
    }

    /// Takes the time up to here as the campaign's.
    private mutating func settle(at now: Timestamp) {
        lastEndedAt = now
        signedInMs += recentSignedInMs
        recentSignedInMs = 0
        for index in delaysMs.indices {
            delaysMs[index] += recentDelaysMs[index]
            recentDelaysMs[index] = 0
        }
    }
}
