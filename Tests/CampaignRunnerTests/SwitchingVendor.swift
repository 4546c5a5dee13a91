import DialModel
import Foundation
import Telephony

/// A vendor that joins answered calls to the agents whom it is told, and whose agents have manners of their own.
///
/// Every callee answers at once. `@unchecked Sendable`: every access to the state goes through `lock`.
final class SwitchingVendor: AnsweredCallConnecting, CallReleasing, MessagePlaying, @unchecked Sendable {
    /// What an agent does when a call is offered.
    enum Agent: Hashable, Sendable {
        /// Takes it; the conversation is over at once.
        case picksUp
        /// Lets it ring.
        case doesNotPickUp
        /// Leaves their desk at that very moment.
        case vanishes
    }

    /// One line of its log.
    enum Entry: Hashable, Sendable {
        case offered(AttemptID, AgentID)
        case message(AttemptID)
        case hungUp(AttemptID)
    }

    let abilities = VendorAbilities(
        placesForAgent: false, queuesAnsweredCalls: false, connectsAnsweredCalls: true, hangsUp: true,
        playsMessages: true, classifiesAnswers: true)

    private let clock: any RunClock
    private let lock = NSLock()
    private let agents: [Agent]
    private let answer: CPAResult
    private var gone: Set<Int> = []
    private var entries: [Entry] = []
    private var limits: [Duration] = []
    private var report: (@Sendable (VendorEvent) async -> Void)?

    /// A vendor with these agents, all idle; `answer` is who answers every call.
    init(clock: any RunClock, agents: [Agent], answer: CPAResult = .human) {
        self.clock = clock
        self.agents = agents
        self.answer = answer
    }

    /// What it was asked to do with calls, in order.
    var log: [Entry] { lock.withLock { entries } }

    /// How long after it was asked for each offer might still be made, in order.
    var offerLimits: [Duration] { lock.withLock { limits } }

    func prepare(callerIDs: [String]) async throws(VendorError) {}

    func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        await tell(.call(request.attempt, .ringing, at: clock.now))
        await tell(.call(request.attempt, .answered(answer), at: clock.now))
        return VendorCallID("call-\(request.attempt.value)")
    }

    func connect(_ call: LiveCall, to agent: AgentID, notAfter: Timestamp) async throws(VendorError) {
        enter(.offered(call.attempt, agent))
        lock.withLock { limits.append(notAfter - clock.now) }
        let index = agents.indices.first { Self.name(of: $0) == agent } ?? 0
        switch agents[index] {
        case .picksUp:
            await tell(.call(call.attempt, .connected(agent), at: clock.now))
            await end(call, .connected)
            await reportAgents()
        case .doesNotPickUp: break
        case .vanishes:
            lock.withLock { _ = gone.insert(index) }
            await reportAgents()
        }
    }

    func hangUp(_ call: LiveCall) async throws(VendorError) {
        enter(.hungUp(call.attempt))
        await end(call, .noAnswer)
    }

    func playMessage(_ call: LiveCall) async throws(VendorError) {
        enter(.message(call.attempt))
        await end(call, .noAnswer)
    }

    func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation { .notFound }

    func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {
        lock.withLock { self.report = report }
        await reportAgents()
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        await withTaskCancellationHandler {
            for await _ in stream {}
        } onCancel: {
            continuation.finish()
        }
    }

    static func name(of index: Int) -> AgentID { AgentID("agent-\(index)") }

    private func end(_ call: LiveCall, _ outcome: CallOutcome) async {
        let ending = CallEnding(outcome: outcome, vendorReason: "as rehearsed")
        await tell(.call(call.attempt, .ended(ending), at: clock.now))
    }

    private func reportAgents() async {
        let gone = lock.withLock { self.gone }
        let observations = agents.indices.map { index in
            AgentObservation(
                id: Self.name(of: index), name: "", activity: gone.contains(index) ? .offline : .idle, since: nil)
        }
        // As of a moment later, so that it outranks what the engine knows of calls that end this very moment.
        await tell(.agents(observations, asOf: clock.now + .milliseconds(1)))
    }

    private func enter(_ entry: Entry) { lock.withLock { entries.append(entry) } }

    private func tell(_ event: VendorEvent) async {
        await lock.withLock { report }?(event)
    }
}
