import DialModel
import Foundation
import Telephony

/// A vendor that dials numbers of its own once it may, and whose agents take every call.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class SelfDiallingVendor: SelfDialling, @unchecked Sendable {
    let abilities = VendorAbilities(
        placesForAgent: false, queuesAnsweredCalls: false, hangsUp: false, classifiesAnswers: false,
        dialsByItself: true)

    private let clock: any RunClock
    private let callees: [String]
    private let lock = NSLock()
    private var orders: [Bool] = []
    private var hasDialled = false
    private var report: (@Sendable (VendorEvent) async -> Void)?

    /// A vendor with a table of numbers, in its own spelling.
    init(clock: any RunClock, callees: [String]) {
        self.clock = clock
        self.callees = callees
    }

    /// Whether agents were to take calls, each time that it was told.
    var told: [Bool] { lock.withLock { orders } }

    func prepare(callerIDs: [String]) async throws(VendorError) {}

    func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        throw VendorError(.refused(.notPlaced), vendor: "own", operation: "placeCall", code: "no", message: "")
    }

    func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation { .notFound }

    func takeOwnCalls(_ takes: Bool) async {
        lock.withLock { orders.append(takes) }
        await dial()
    }

    /// Dials its numbers, once it may and somebody is there to hear of it: either may come first.
    private func dial() async {
        let listener = lock.withLock { () -> (@Sendable (VendorEvent) async -> Void)? in
            guard let report, orders.last == true, !hasDialled else { return nil }
            hasDialled = true
            return report
        }
        guard let listener else { return }
        for (row, callee) in callees.enumerated() {
            let call = OwnCall(
                id: VendorCallID("call-\(row)"), callee: callee, since: clock.now, origin: "row \(row) of project 7")
            let agent = AgentID("agent-0")
            let ending = CallEnding(outcome: .connected, vendorReason: "over", agent: agent)
            // Everything is told twice, as by vendors who lose track of what they have told.
            for progress in [CallProgress.answered(.unknown), .connected(agent), .ended(ending)] {
                for _ in 0..<2 { await listener(.ownCall(call, progress, at: clock.now)) }
            }
        }
    }

    func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {
        lock.withLock { self.report = report }
        let agent = AgentObservation(id: AgentID("agent-0"), name: "Agent 0", activity: .idle, since: nil)
        await report(.agents([agent], asOf: clock.now))
        await dial()
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        await withTaskCancellationHandler {
            for await _ in stream {}
        } onCancel: {
            continuation.finish()
        }
    }
}
