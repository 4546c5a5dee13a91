import DialModel
import Foundation
import Telephony

/// A vendor that plays a part: it answers at once, keeps its own log of the calls it placed, and can be told to misbehave.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class RehearsedVendor: TelephonyVendor, @unchecked Sendable {
    /// What it does with a call.
    enum Part: Hashable, Sendable {
        /// Takes it; this becomes of it.
        case ends(CallOutcome)
        /// Takes it and never says a word about it again.
        case keepsSilent
        /// Places it, and the answer to the request is lost.
        case losesAnswer(CallOutcome)
        /// Turns it away unplaced.
        case turnsAway(VendorError.Meaning)
        /// The like, with a code of its own.
        case turnsAwayWith(VendorError.Meaning, code: String)
    }

    /// One line of its log.
    struct Placed: Hashable, Sendable {
        var attempt: AttemptID
        var number: PhoneNumber
        var callerID: String?
        var agent: AgentID?
        var at: Timestamp
        var outcome: CallOutcome?
    }

    let abilities = VendorAbilities(
        placesForAgent: true, queuesAnsweredCalls: true, hangsUp: false, classifiesAnswers: false)

    private let clock: any RunClock
    private let agentCount: Int
    private let lock = NSLock()
    private let part: @Sendable (CallRequest, _ earlierCalls: Int) -> Part
    private var log: [Placed] = []
    private var requests = 0
    private var searches: [AttemptID] = []
    private var report: (@Sendable (VendorEvent) async -> Void)?
    private var whenPlacing: (@Sendable (CallRequest) async -> Void)?
    private let newsOfItself: VendorEvent?
    private let looksAgain: Bool

    /// A vendor with so many agents, which reports them again every two seconds where the test lets time pass freely.
    init(
        clock: any RunClock, agents: Int, opensWith news: VendorEvent? = nil, looksAgain: Bool = false,
        part: @escaping @Sendable (CallRequest, _ earlierCalls: Int) -> Part
    ) {
        self.clock = clock
        agentCount = agents
        newsOfItself = news
        self.looksAgain = looksAgain
        self.part = part
    }

    /// The calls that it placed, in order.
    var placed: [Placed] { lock.withLock { log } }

    /// The attempts whose calls it was asked to look for, in order.
    var sought: [AttemptID] { lock.withLock { searches } }

    /// Has a test look on whenever a call is asked for, before it is placed.
    func watchPlacing(_ watcher: @escaping @Sendable (CallRequest) async -> Void) {
        lock.withLock { whenPlacing = watcher }
    }

    func prepare(callerIDs: [String]) async throws(VendorError) {}

    func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        if let watcher = lock.withLock({ whenPlacing }) { await watcher(request) }
        let part = lock.withLock {
            requests += 1
            return self.part(request, requests - 1)
        }
        switch part {
        case .ends(let outcome):
            enter(request, outcome)
            await tell(.call(request.attempt, .ended(Self.ending(outcome)), at: clock.now))
            await reportAgents()
        case .keepsSilent: enter(request, nil)
        case .losesAnswer(let outcome):
            enter(request, outcome)
            throw failure(.outcomeUnknown, code: "CURLE_GOT_NOTHING")
        case .turnsAway(let meaning): throw failure(meaning, code: "turned away")
        case .turnsAwayWith(let meaning, let code): throw failure(meaning, code: code)
        }
        return Self.name(of: request.attempt)
    }

    func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation {
        lock.withLock { searches.append(call.attempt) }
        guard let entry = placed.last(where: { $0.attempt == call.attempt }) else { return .notFound }
        let progress = entry.outcome.map { [DatedProgress(.ended(Self.ending($0)), at: entry.at)] } ?? []
        return .found(Self.name(of: call.attempt), progress)
    }

    func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {
        lock.withLock { self.report = report }
        await reportAgents()
        if let newsOfItself { await report(newsOfItself) }
        while looksAgain, (try? await clock.sleep(for: .seconds(2))) != nil { await reportAgents() }
        // Everything else is reported from `placeCall`; wait for the end of the run.
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        await withTaskCancellationHandler {
            for await _ in stream {}
        } onCancel: {
            continuation.finish()
        }
    }

    private func reportAgents() async {
        let agents = (0..<agentCount).map {
            AgentObservation(id: AgentID("agent-\($0)"), name: "Agent \($0)", activity: .idle, since: nil)
        }
        // As of a moment later, so that it outranks what the engine knows of calls that end this very moment.
        await tell(.agents(agents, asOf: clock.now + .milliseconds(1)))
    }

    private func tell(_ event: VendorEvent) async {
        await lock.withLock { report }?(event)
    }

    private func enter(_ request: CallRequest, _ outcome: CallOutcome?) {
        lock.withLock {
            log.append(
                Placed(
                    attempt: request.attempt, number: request.number, callerID: request.callerID, agent: request.agent,
                    at: clock.now, outcome: outcome))
        }
    }

    private func failure(_ meaning: VendorError.Meaning, code: String) -> VendorError {
        VendorError(meaning, vendor: "rehearsed", operation: "placeCall", code: code, message: "")
    }

    private static func name(of attempt: AttemptID) -> VendorCallID { VendorCallID("call-\(attempt.value)") }

    private static func ending(_ outcome: CallOutcome) -> CallEnding {
        CallEnding(outcome: outcome, vendorReason: "as rehearsed")
    }
}
