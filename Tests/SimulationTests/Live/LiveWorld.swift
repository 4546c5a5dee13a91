import DialEngine
import DialModel
import Telephony

/// The world as the real runner's clock and vendor client meet it.
///
/// `@unchecked Sendable`: everything happens on the one thread that lets things happen.
final class LiveWorld: @unchecked Sendable {
    private struct Sleeper {
        var deadline: Timestamp
        var id: Int
        var continuation: CheckedContinuation<Bool, Never>
    }

    var world: SimulatedWorld
    /// Those who wait for an answer, by the number of the request; looked up only.
    private var asking: [Int: CheckedContinuation<VendorAnswer?, Never>] = [:]
    private var sleepers: [Sleeper] = []
    private var sleeperCount = 0
    private var committing: CheckedContinuation<Void, Never>?
    private var news: AsyncStream<VendorEvent>.Continuation?

    init(_ world: SimulatedWorld) { self.world = world }

    /// Asks for something and waits for what comes of it; nil for a process that is gone before.
    func ask(_ wish: VendorRequest.Wish) async -> VendorAnswer? {
        let serial = world.ask(wish)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Whoever is gone already is told so by nobody else.
                if Task.isCancelled { return continuation.resume(returning: nil) }
                asking[serial] = continuation
            }
        } onCancel: {
            asking.removeValue(forKey: serial)?.resume(returning: nil)
        }
    }

    func answer(_ request: VendorRequest, _ answer: VendorAnswer) {
        asking.removeValue(forKey: request.serial)?.resume(returning: answer)
    }

    /// Waits until the process's clock shows an instant; false if the process is gone before.
    func sleep(until deadline: Timestamp) async -> Bool {
        guard deadline > world.processNow, let process = world.process else { return true }
        sleeperCount += 1
        let id = sleeperCount
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled { return continuation.resume(returning: false) }
                sleepers.append(Sleeper(deadline: deadline, id: id, continuation: continuation))
                world.agenda.plan(.wakes(process: process), at: deadline - world.clockOffset)
            }
        } onCancel: {
            guard let index = sleepers.firstIndex(where: { $0.id == id }) else { return }
            sleepers.remove(at: index).continuation.resume(returning: false)
        }
    }

    /// Wakes those whose time has come.
    func wake() {
        let due = sleepers.filter { $0.deadline <= world.processNow }
        sleepers.removeAll { $0.deadline <= world.processNow }
        for sleeper in due { sleeper.continuation.resume(returning: true) }
    }

    /// Waits for the disk; nobody but the process that runs does.
    func wait(forDisk wait: Duration) async {
        guard wait > .zero, let process = world.process else { return }
        world.agenda.plan(.commits(process: process), in: wait)
        await withCheckedContinuation { committing = $0 }
    }

    /// The disk answers.
    func endCommit() {
        committing?.resume()
        committing = nil
    }

    /// Hands news to whoever observes the vendor, until they do so no more.
    func observe(_ report: @Sendable (VendorEvent) async -> Void) async {
        let (stream, continuation) = AsyncStream.makeStream(of: VendorEvent.self)
        news = continuation
        for await event in stream { await report(event) }
    }

    func tell(_ event: VendorEvent) { news?.yield(event) }
}

/// The clock of the process that runs.
struct LiveClock: RunClock {
    let live: LiveWorld
    let speed = 1.0

    var origin: ClockOrigin? { live.world.clock }

    var now: Timestamp { live.world.processNow }

    func sleep(until deadline: Timestamp) async throws(CancellationError) {
        guard await live.sleep(until: deadline) else { throw CancellationError() }
    }
}

/// The client of the world's vendor.
struct LiveVendor: AnsweredCallConnecting, CallReleasing, MessagePlaying, SelfDialling {
    let live: LiveWorld
    let abilities: VendorAbilities

    init(_ live: LiveWorld) {
        self.live = live
        let control = live.world.scenario.settings.control
        abilities = VendorAbilities(
            placesForAgent: true, queuesAnsweredCalls: true, connectsAnsweredCalls: true, hangsUp: control.hangsUp,
            playsMessages: control.playsMessage, classifiesAnswers: true, dialsByItself: true)
    }

    func prepare(callerIDs: [String]) async throws(VendorError) {}

    func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        let order = CallOrder(
            attempt: request.attempt, number: request.number, callerID: request.callerID, agent: request.agent,
            notAfter: request.notAfter)
        guard case .placed(_, let result)? = await live.ask(.place(order)) else { throw Self.gone }
        return try result.get()
    }

    func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation {
        let order = ReconcileOrder(
            attempt: call.attempt, number: call.number, vendorCall: call.vendorCall, placedAfter: call.placedAfter)
        guard case .searched(_, let result)? = await live.ask(.search(order)) else { throw Self.gone }
        return try result.get()
    }

    func connect(_ call: LiveCall, to agent: AgentID, notAfter: Timestamp) async throws(VendorError) {
        let answer = await live.ask(.connect(call, to: agent, notAfter: notAfter))
        guard case .offered(_, _, let error)? = answer else { throw Self.gone }
        if let error { throw error }
    }

    func playMessage(_ call: LiveCall) async throws(VendorError) {
        guard case .messagePlayed(_, let error)? = await live.ask(.playMessage(call)) else { throw Self.gone }
        if let error { throw error }
    }

    func hangUp(_ call: LiveCall) async throws(VendorError) {
        guard case .hungUp(_, let error)? = await live.ask(.hangUp(call)) else { throw Self.gone }
        if let error { throw error }
    }

    func takeOwnCalls(_ takes: Bool) async { live.world.takesOwnCalls = takes }

    func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async { await live.observe(report) }

    /// What comes of a request whose process is gone, and which nobody hears of any more.
    private static let gone = VendorError(
        .outcomeUnknown, vendor: Scenario.account, operation: "ask", code: "gone", message: "")
}
