import DialEngine
import DialModel

/// An engine on the bench: time is a number of seconds, and directives are sorted for easy reading.
struct Bench {
    static let start = Timestamp(milliseconds: 1_767_319_384_000)

    var engine: DialEngine
    var now = Bench.start
    var log: [Directive] = []

    init(
        _ style: DialingStyle = .agentFirst, retry: RetryPolicy = .standard, maxLines: Int = 100,
        maxAttempts: Int? = nil, runsFor: Duration? = nil, adjusting adjust: (inout EngineSettings) -> Void = { _ in }
    ) {
        var settings = EngineSettings(
            style: style, retry: retry, maxLines: maxLines, maxAttempts: maxAttempts,
            stopDialingAt: runsFor.map { Bench.start + $0 }, staysForRetries: runsFor != nil)
        adjust(&settings)
        engine = DialEngine(settings: settings)
    }

    @discardableResult
    mutating func tell(_ event: DialEvent, after seconds: Int = 0) -> [Directive] {
        tell(event, after: .seconds(seconds))
    }

    @discardableResult
    mutating func tell(_ event: DialEvent, after wait: Duration) -> [Directive] {
        now = now + wait
        let directives = engine.handle(event, at: now)
        log += directives
        return directives
    }

    /// Starts with `idle` agents a, b, c, … who have been idle in that order, and leads that are due.
    @discardableResult
    mutating func begin(idle: Int) -> [Directive] {
        tell(.started(leftOpen: []))
        tell(.leadsClaimed(requested: 0, claims: [], nextDueAt: now))
        return tell(.agentsObserved(Bench.agents(idle), asOf: now))
    }

    /// Answers a claim of `count` with attempts `first`… and more leads due.
    @discardableResult
    mutating func claim(_ count: Int, of requested: Int? = nil, first: Int64 = 1, more: Bool = true) -> [Directive] {
        let claims = (0..<Int64(count)).map { Bench.claim(first + $0) }
        return tell(.leadsClaimed(requested: requested ?? count, claims: claims, nextDueAt: more ? now : nil))
    }

    /// One idle agent, one accepted call: attempt 1.
    static func withOneCall(_ style: DialingStyle = .agentFirst, runsFor: Duration? = nil) -> Bench {
        var bench = Bench(style, runsFor: runsFor)
        bench.begin(idle: 1)
        bench.claim(1)
        bench.tell(.callAccepted(AttemptID(1), VendorCallID("call-1")))
        return bench
    }

    static func claim(_ id: Int64, history: OutcomeCounts = OutcomeCounts()) -> Claim {
        Claim(attempt: AttemptID(id), lead: LeadID(id), number: number(id), callerID: nil, history: history)
    }

    static func hold(_ until: Timestamp) -> ClaimHold { ClaimHold(until: until, reason: "at_concurrency 1") }

    static func number(_ id: Int64) -> PhoneNumber {
        guard let number = PhoneNumber(e164: "+861540000\(1000 + id)") else { preconditionFailure("number \(id)") }
        return number
    }

    static func agents(_ count: Int, _ activity: AgentActivity = .idle) -> [AgentObservation] {
        (0..<count).map { index in
            AgentObservation(
                id: agent(index), name: "Agent \(index)", activity: activity,
                since: start - .seconds(1000 - index))
        }
    }

    static func agent(_ index: Int) -> AgentID { AgentID("agent-\(index)") }
}

/// A call that an agent is asked to take.
struct Offer: Hashable {
    var attempt: AttemptID
    var agent: AgentID
}

extension [Directive] {
    var claims: [Int] {
        compactMap { if case .claimLeads(let count) = $0 { count } else { nil } }
    }

    var orders: [CallOrder] {
        compactMap { if case .placeCall(let order) = $0 { order } else { nil } }
    }

    var closings: [AttemptClosing] {
        compactMap { if case .record(.closed(_, let closing)) = $0 { closing } else { nil } }
    }

    var reached: [AttemptState] {
        compactMap { if case .record(.reached(_, let state, _, _)) = $0 { state } else { nil } }
    }

    var offers: [Offer] {
        compactMap {
            if case .connect(let call, let agent, _) = $0 { Offer(attempt: call.attempt, agent: agent) } else { nil }
        }
    }

    var hangUps: [AttemptID] {
        compactMap { if case .hangUp(let call) = $0 { call.attempt } else { nil } }
    }

    var messages: [AttemptID] {
        compactMap { if case .playMessage(let call) = $0 { call.attempt } else { nil } }
    }

    var missedBy: [AgentID] {
        compactMap { if case .record(.reached(_, _, _, let detail)) = $0 { detail.missedBy } else { nil } }
    }

    var searches: [AttemptID] { sought.map(\.attempt) }

    var sought: [ReconcileOrder] {
        compactMap { if case .reconcile(let order) = $0 { order } else { nil } }
    }

    var ending: RunEnding? {
        for case .finish(let ending) in self { return ending }
        return nil
    }

    func due(_ timer: DialTimer) -> Timestamp? {
        for case .setTimer(timer, let instant) in self { return instant }
        return nil
    }
}
