import DialModel
import Telephony
import TestSupport
import Testing

@testable import AlibabaVendor

@Suite struct ReconcileTests {
    private func unknown(_ call: VendorCallID? = nil, after instant: Timestamp = Bench.start) -> FollowedCall {
        FollowedCall(attempt: AttemptID(1), number: Bench.wang, prefix: "", vendorCall: call, placedAfter: instant)
    }

    /// Loses the answer of a dial that the vendor carried out.
    private func loseAnswer(_ bench: Bench, _ script: SimulatedCall.Script) async throws {
        bench.gateway.with {
            $0.scripts["13800138000"] = script
            $0.faults["DialEx"] = [.answerLost]
        }
        let error = try await bench.failure { try await $0.placeCall(Bench.request()) }
        #expect(error?.meaning == .outcomeUnknown)
    }

    @Test("A call whose answer was lost is found by callee and time, under the vendor's name")
    func findsLostCalls() async throws {
        let bench = Bench()
        try await loseAnswer(bench, .talk())
        bench.clock.advance(by: .seconds(100))
        let call = unknown()
        let found = try await bench.perform { try await $0.reconcile(call) }
        guard case .found(let name, let progress) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(name.value == bench.gateway.with { $0.calls.first?.contact })
        #expect(progress.count == 3)
        guard case .ended(let ending) = progress.last?.progress else { return }
        #expect(ending.outcome == .connected)
    }

    @Test("What reconciling told is not told again by observing")
    func tellsOnce() async throws {
        let bench = Bench()
        bench.gateway.with { $0.scripts["13800138000"] = .talk() }
        let name = try await bench.perform { try await $0.placeCall(Bench.request()) }
        bench.clock.advance(by: .seconds(12))
        let call = unknown(name)
        let found = try await bench.perform { try await $0.reconcile(call) }
        let answered = DatedProgress(.answered(.unknown), at: Bench.start + .seconds(10))
        #expect(found == .found(name, [answered]), "with the vendor's time of it")
        await bench.observe(for: .seconds(90))
        #expect(bench.progress().map(\.1) == [.seconds(15), .seconds(75)])
    }

    @Test("No trace is no proof: a record may lag for hours")
    func neverProvesAbsence() async throws {
        let bench = Bench()
        var script = SimulatedCall.Script.unanswered("480-x")
        script.recordDelay = .seconds(7200)
        try await loseAnswer(bench, script)
        bench.clock.advance(by: .seconds(600))
        let call = unknown()
        #expect(try await bench.perform { try await $0.reconcile(call) } == .notFound)
        bench.clock.advance(by: .seconds(7200))
        guard case .found = try await bench.perform({ try await $0.reconcile(call) }) else {
            Issue.record("the record was not found once it was there")
            return
        }
    }

    @Test("A record from before the call was placed is not the call's")
    func ignoresEarlierCalls() async throws {
        let bench = Bench()
        try await loseAnswer(bench, .unanswered("480-x"))
        bench.clock.advance(by: .seconds(60))
        let call = unknown(after: Bench.start + .seconds(31))
        #expect(try await bench.perform { try await $0.reconcile(call) } == .notFound)
        let other = FollowedCall(
            attempt: AttemptID(2), number: Bench.zhao, prefix: "", vendorCall: nil, placedAfter: Bench.start)
        #expect(try await bench.perform { try await $0.reconcile(other) } == .notFound)
    }

    @Test("A vendor's clock may be half a minute behind ours")
    func toleratesClocks() async throws {
        let bench = Bench()
        try await loseAnswer(bench, .unanswered("480-x"))
        bench.clock.advance(by: .seconds(60))
        let call = unknown(after: Bench.start + .seconds(29))
        guard case .found = try await bench.perform({ try await $0.reconcile(call) }) else {
            Issue.record("the call was not found")
            return
        }
    }

    @Test("Another number's call under the same name is not taken for ours")
    func checksTheCallee() async throws {
        let bench = Bench()
        bench.gateway.with { $0.scripts["13900139000"] = .talk() }
        let name = try await bench.perform { try await $0.placeCall(Bench.request(2, Bench.zhao)) }
        bench.clock.advance(by: .seconds(100))
        let call = unknown(name)
        #expect(try await bench.perform { try await $0.reconcile(call) } == .notFound)
    }

    @Test("A vendor that cannot be asked proves nothing")
    func throwsWhenDeaf() async throws {
        let bench = Bench()
        bench.gateway.with { $0.outage = .answerLost }
        let call = unknown()
        #expect(try await bench.failure { try await $0.reconcile(call) }?.meaning == .unavailable)
    }

    @Test("A call of an earlier run is followed to its end")
    func followsEarlierCalls() async throws {
        let bench = Bench()
        bench.gateway.with { $0.scripts["13800138000"] = .abandoned }
        let name = try await bench.perform { try await $0.placeCall(Bench.request(7)) }
        let next = AlibabaVendor(
            account: bench.vendor.account, skillGroup: "sales", transport: bench.gateway, clock: bench.clock, seed: 1)
        let call = unknown(name)
        next.follow(call)
        next.follow(call)
        await bench.observe(for: .seconds(40), vendor: next)
        #expect(bench.progress().map(\.1) == [.seconds(6), .seconds(20)])
        guard case .ended(let ending) = bench.progress().last?.0 else { return }
        #expect(ending.outcome == .abandoned)
    }
}
