import CampaignRunner
import DialEngine
import DialModel
import Ledger
import SQLiteLedger
import Telephony
import TestSupport
import Testing
import Wording

@Suite("Orders to a run")
struct OrdersTests {
    private let first = AttemptID(1)

    /// What an order that is refused says.
    private func refusal(_ order: () async throws(OrderRefusal) -> Void) async -> OrderRefusal? {
        do throws(OrderRefusal) {
            try await order()
            return nil
        } catch {
            return error
        }
    }

    @Test("A paused run asks for no call once that is confirmed, and goes on when it is resumed")
    func pauseAndResume() async throws {
        let stage = try await Stage(leads: 6)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 2) { _, _ in .ends(.connected) }
        let runner = try await stage.runner(vendor)
        let isPaused = Signal()
        // The order comes while the first call is being asked for, so that everything is under way.
        vendor.watchPlacing { request in
            guard request.attempt == AttemptID(1) else { return }
            try? await runner.pause(by: "ana")
            isPaused.fire()
        }
        async let ending = runner.run()
        await isPaused.wait()
        let placed = vendor.placed.count
        #expect(await runner.snapshot().pause == .byOperator("ana"))
        #expect(await !runner.demand().hasLeads)
        #expect(placed <= 2, "\(placed) calls for two agents")
        #expect(try await runner.resume())
        #expect(try await ending == .nothingDue(next: nil))
        #expect(try await stage.attempts().filter { $0.outcome == .connected }.count == 6)
        await stage.cleanUp()
    }

    @Test("Why an order is refused is said in both languages")
    func phrases() { #expect(OrderRefusalPhrase.findings() == []) }

    @Test("Whoever gives an order to a run that is over is told so, and nobody waits for ever")
    func late() async throws {
        let stage = try await Stage(leads: 1)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        let runner = try await stage.runner(vendor)
        _ = try await runner.run()
        #expect(await refusal { () throws(OrderRefusal) in try await runner.drain() }?.kind == .notThere)
        #expect(await refusal { () throws(OrderRefusal) in try await runner.pause(by: "ana") }?.kind == .refused)
        #expect(await refusal { () throws(OrderRefusal) in _ = try await runner.resume() }?.kind == .refused)
        await stage.cleanUp()
    }

    @Test("What the vendor cannot do is refused with its account's name, also for campaigns that share it")
    func unable() async throws {
        let stage = try await Stage(leads: 1)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        let shared = SharedVendor(vendor, claimants: [AgentClaimant()], clock: stage.clock)
        for vendor in [vendor, shared.share(ofCampaign: 0)] as [any TelephonyVendor] {
            let runner = try await stage.runner(vendor)
            let refusals = [
                await refusal { () throws(OrderRefusal) in try await runner.order(.signOut, of: AgentID("a")) },
                await refusal { () throws(OrderRefusal) in try await runner.intervene(.drop, in: first, by: "ana") },
                await refusal { () throws(OrderRefusal) in
                    try await runner.intervene(.listen(phone: "8002"), in: first, by: "ana")
                },
            ]
            #expect(
                refusals.allSatisfy { $0?.kind == .refused && $0?.reason.english.hasSuffix("with rehearsed") == true })
        }
        await stage.cleanUp()
    }

    @Test(
        "What a vendor says to an order is told in its words, and what is not known is not called a failure",
        arguments: [
            (VendorError.Meaning.refused(.refused), OrderRefusal.Kind.refused), (.misconfigured, .refused),
            (.throttled(after: .seconds(1)), .unavailable), (.unavailable, .unavailable), (.outcomeUnknown, .uncertain),
        ])
    func vendorErrors(meaning: VendorError.Meaning, kind: OrderRefusal.Kind) async throws {
        let stage = try await Stage(leads: 1)
        let vendor = DecliningVendor(meaning)
        for vendor in [
            vendor, SharedVendor(vendor, claimants: [AgentClaimant()], clock: stage.clock).share(ofCampaign: 0),
        ]
            as [any TelephonyVendor]
        {
            let runner = try await stage.runner(vendor)
            let refusal = await refusal { () throws(OrderRefusal) in
                try await runner.order(.makeReady, of: AgentID("5001"))
            }
            #expect(refusal == OrderRefusal(kind, Phrase(same: "declining: make_ready failed: E7: not now")))
            let notThere = await self.refusal { () throws(OrderRefusal) in
                try await runner.intervene(.take(phone: "8002"), in: first, by: "ana")
            }
            #expect(notThere?.kind == .notThere && notThere?.reason.english.contains("call 1") == true)
        }
        await stage.cleanUp()
    }
}

/// A vendor for supervisors that declines every order.
private struct DecliningVendor: AgentSupervising, CallReleasing {
    let abilities = VendorAbilities(
        placesForAgent: true, queuesAnsweredCalls: false, hangsUp: true, classifiesAnswers: false,
        takesSupervisors: true)
    private let meaning: VendorError.Meaning

    init(_ meaning: VendorError.Meaning) { self.meaning = meaning }

    func order(_ order: AgentOrder, of agent: AgentID) async throws(VendorError) { throw error(order.rawValue) }

    func intervene(_ intervention: CallIntervention, inCallOf agent: AgentID) async throws(VendorError) {
        throw error("intervene")
    }

    func prepare(callerIDs: [String]) async throws(VendorError) {}
    func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID { throw error("placeCall") }
    func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation { .notFound }
    func hangUp(_ call: LiveCall) async throws(VendorError) { throw error("hangUp") }
    func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {}

    private func error(_ operation: String) -> VendorError {
        VendorError(meaning, vendor: "declining", operation: operation, code: "E7", message: "not now")
    }
}
