import CampaignRunner
import DialEngine
import DialModel
import Foundation
import Telephony
import TestSupport
import Testing

@Suite("A vendor whose agents two campaigns share")
struct SharedVendorTests {
    private static let agent = AgentID("ann")
    private let clock = ManualClock(at: Timestamp(milliseconds: 1_800_000_000_000))

    @Test("An agent who has a call of one campaign is asked for by the other only when it is over")
    func engagedAgent() async throws {
        try await sharing { vendor, first, second in
            _ = try await first.placeCall(call(1))
            await #expect(throws: self.taken(.throttled(after: .seconds(1)), "placeCall")) {
                try await second.placeCall(call(2))
            }
            #expect(vendor.requested == [AttemptID(1)], "the request for a taken agent left")
            await vendor.tell(
                .call(AttemptID(1), .ended(CallEnding(outcome: .noAnswer, vendorReason: "")), at: clock.now))
            _ = try await second.placeCall(call(2))
            #expect(vendor.requested == [AttemptID(1), AttemptID(2)])
        }
    }

    @Test("A call that certainly was not placed leaves its agent to the other; one that may have been keeps them")
    func failures() async throws {
        try await sharing { vendor, first, second in
            vendor.fails = .refused(.congestion)
            await #expect(throws: VendorError.self) { try await first.placeCall(call(1)) }
            vendor.fails = .outcomeUnknown
            await #expect(throws: VendorError.self) { try await second.placeCall(call(2)) }
            vendor.fails = nil
            await #expect(throws: self.taken(.throttled(after: .seconds(1)), "placeCall")) {
                try await first.placeCall(call(3))
            }
            #expect(vendor.requested == [AttemptID(1), AttemptID(2)])
        }
    }

    @Test("An answered call is offered to no agent who has a call of the other campaign")
    func offers() async throws {
        try await sharing { vendor, first, second in
            _ = try await first.placeCall(call(1))
            let answered = LiveCall(attempt: AttemptID(2), vendorCall: nil)
            await #expect(throws: self.taken(.refused(.agentMissed), "connect")) {
                try await second.connect(answered, to: Self.agent, notAfter: clock.now + .seconds(5))
            }
            #expect(vendor.offered.isEmpty)
            await vendor.tell(.call(AttemptID(1), .ended(CallEnding(outcome: .busy, vendorReason: "")), at: clock.now))
            try await second.connect(answered, to: Self.agent, notAfter: clock.now + .seconds(5))
            #expect(vendor.offered == [AttemptID(2)])
        }
    }

    // MARK: Doing

    private func sharing(
        _ body: (DeskVendor, VendorShare, VendorShare) async throws -> Void
    ) async throws {
        let vendor = DeskVendor()
        let shared = SharedVendor(vendor, claimants: [AgentClaimant(), AgentClaimant()], clock: clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await shared.run(for: []) }
            await vendor.isObserved()
            try await body(vendor, shared.share(ofCampaign: 0), shared.share(ofCampaign: 1))
            group.cancelAll()
        }
    }

    private func call(_ attempt: Int64) throws -> CallRequest {
        CallRequest(
            attempt: AttemptID(attempt), number: try #require(PhoneNumber(e164: "+861381234000\(attempt)")), prefix: "",
            callerID: nil, agent: Self.agent, notAfter: clock.now + .seconds(5))
    }

    private func taken(_ meaning: VendorError.Meaning, _ operation: String) -> VendorError {
        VendorError(
            meaning, vendor: "autodialer", operation: operation, code: "AgentOfAnotherCampaign",
            message: "the agent works for another campaign by now")
    }
}

/// A vendor that takes every call, or fails every one in the same way, and says what the test has it say.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
private final class DeskVendor: AnsweredCallConnecting, @unchecked Sendable {
    let abilities = VendorAbilities(
        placesForAgent: true, queuesAnsweredCalls: false, connectsAnsweredCalls: true, hangsUp: false,
        classifiesAnswers: false)

    private let lock = NSLock()
    private var requests: [AttemptID] = []
    private var offers: [AttemptID] = []
    private var failure: VendorError.Meaning?
    private var report: (@Sendable (VendorEvent) async -> Void)?
    private let observed = AsyncStream.makeStream(of: Void.self)

    var requested: [AttemptID] { lock.withLock { requests } }
    var offered: [AttemptID] { lock.withLock { offers } }
    var fails: VendorError.Meaning? {
        get { lock.withLock { failure } }
        set { lock.withLock { failure = newValue } }
    }

    func isObserved() async {
        for await _ in observed.stream { return }
    }

    func tell(_ event: VendorEvent) async { await lock.withLock { report }?(event) }

    func prepare(callerIDs: [String]) async throws(VendorError) {}

    func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        lock.withLock { requests.append(request.attempt) }
        if let fails {
            throw VendorError(fails, vendor: "desk", operation: "placeCall", code: "Desk", message: "as it was told")
        }
        return VendorCallID("call-\(request.attempt.value)")
    }

    func connect(_ call: LiveCall, to agent: AgentID, notAfter: Timestamp) async throws(VendorError) {
        lock.withLock { offers.append(call.attempt) }
    }

    func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation { .neverPlaced }

    func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {
        lock.withLock { self.report = report }
        observed.continuation.finish()
        let (end, continuation) = AsyncStream.makeStream(of: Never.self)
        await withTaskCancellationHandler {
            for await _ in end {}
        } onCancel: {
            continuation.finish()
        }
    }
}
