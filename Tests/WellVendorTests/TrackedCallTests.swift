import DialModel
import Testing

@testable import WellVendor

@Suite("A call as its events tell it")
struct TrackedCallTests {
    static let start = Timestamp(milliseconds: 1_767_319_384_000)
    static let agent = AgentAddress(
        AgentLogin(agent: AgentID("5001"), password: Secret(""), phone: "8001"), domain: "test.cc")
    static let other = AgentAddress(
        AgentLogin(agent: AgentID("5002"), password: Secret(""), phone: "8002"), domain: "test.cc")
    static let callee = "913800138000@test.cc"

    static func call(isForAgent: Bool = true) -> TrackedCall {
        var call = TrackedCall(
            attempt: AttemptID(1), owner: agent, isForAgent: isForAgent, dialled: "913800138000", prefix: "9",
            callerID: "01080000001", placedAt: start)
        call.callID = "c-1"
        return call
    }

    static func event(_ name: WellEvent.Name, _ change: (inout WellEvent) -> Void = { _ in }) throws -> WellEvent {
        let body = "{\"eventName\":\"\(name.rawValue)\",\"callId\":\"c-1\"}"
        var event = try #require(WellEvent(Array(body.utf8)))
        change(&event)
        return event
    }

    private func take(
        _ call: inout TrackedCall, _ name: WellEvent.Name, after seconds: Int, at desk: AgentAddress = agent,
        _ change: (inout WellEvent) -> Void = { _ in }
    ) throws {
        call.take(try Self.event(name, change), at: desk, at: Self.start + .seconds(seconds))
    }

    private func ending(_ call: TrackedCall) -> CallEnding? {
        guard case .ended(let ending) = call.facts.last?.progress else { return nil }
        return ending
    }

    @Test("Only the clearing of the own phone ends a call; the callee's is passed over, whichever comes first")
    func endsByOwnPhone() throws {
        var call = Self.call()
        try take(&call, .originated, after: 1)
        try take(&call, .connectionCleared, after: 9) { $0.releasingDevice = Self.callee }
        #expect(!call.hasEnded)
        try take(&call, .connectionCleared, after: 10) {
            $0.releasingDevice = "8001@test.cc"
            $0.cause = "NO_ANSWER"
        }
        #expect(ending(call)?.outcome == .noAnswer && ending(call)?.vendorReason == "NO_ANSWER")
        #expect(call.facts.count == 1 && !call.wasDroppedAtOnce)
        try take(&call, .established, after: 11) { $0.answeringDevice = Self.callee }
        #expect(call.facts.count == 1, "nothing happens to a call that is over")
    }

    @Test("The own phone's ringing and answering is nothing of the callee's")
    func ignoresOwnPhone() throws {
        var call = Self.call()
        try take(&call, .delivered, after: 1) { $0.alertingDevice = "8001@test.cc" }
        try take(&call, .established, after: 2) { $0.answeringDevice = "8001@test.cc" }
        #expect(call.facts.isEmpty)
        try take(&call, .delivered, after: 3) { $0.alertingDevice = Self.callee }
        try take(&call, .delivered, after: 4) { $0.alertingDevice = Self.callee }
        try take(&call, .established, after: 5) { $0.answeringDevice = Self.callee }
        #expect(call.facts.map(\.progress) == [.ringing, .answered(.unknown), .connected(AgentID("5001"))])
        #expect(call.facts.map(\.at) == [3, 5, 5].map { Self.start + .seconds($0) })
    }

    @Test("A code outranks the cause, one that says nothing of its own does not, and a strange one is unknown")
    func ranksCodes() throws {
        for (code, outcome) in [("6", CallOutcome.unreachable), ("-4", .busy), ("77", .unknown)] {
            var call = Self.call()
            try take(&call, .originated, after: 1)
            try take(&call, .failed, after: 2) {
                $0.failedCode = code
                $0.failedMessage = "words"
            }
            try take(&call, .connectionCleared, after: 2) { $0.cause = "USER_BUSY" }
            #expect(ending(call)?.outcome == outcome)
            #expect(ending(call)?.vendorReason == "\(code) words")
            #expect(ending(call)?.shownCallerID == "01080000001")
        }
    }

    @Test("A call that was cleared within three seconds, unheard and for no stated reason, was dropped at once")
    func seesInstantDrops() throws {
        for (seconds, cause, isDrop) in [
            (2, "NORMAL_CLEARING", true), (2, "NO_ROUTE_DESTINATION", true), (2, "UNALLOCATED_NUMBER", false),
            (5, "NORMAL_CLEARING", false),
        ] {
            var call = Self.call()
            try take(&call, .originated, after: 0)
            try take(&call, .connectionCleared, after: seconds) { $0.cause = cause }
            #expect(call.wasDroppedAtOnce == isDrop, "\(cause) after \(seconds) s")
            // Nobody's phone rang, so it did not ring out.
            if isDrop { #expect(ending(call)?.outcome == .congestion) }
        }
        var own = Self.call()
        own.wasHungUp = true
        try take(&own, .originated, after: 0)
        try take(&own, .connectionCleared, after: 1)
        #expect(!own.wasDroppedAtOnce)
    }

    @Test("Facts never go back in time, whatever the clocks say that tell of them")
    func keepsTimesInOrder() throws {
        var call = Self.call()
        try take(&call, .delivered, after: 9) { $0.alertingDevice = Self.callee }
        try take(&call, .established, after: 7) { $0.answeringDevice = Self.callee }
        try take(&call, .connectionCleared, after: 8) { $0.releasingDevice = "8001@test.cc" }
        #expect(call.facts.map(\.at) == [9, 9, 9, 9].map { Self.start + .seconds($0) })
        #expect(ending(call)?.answeredAt == Self.start + .seconds(9) && ending(call)?.talk == .zero)
        var early = Self.call()
        try take(&early, .delivered, after: -3) { $0.alertingDevice = Self.callee }
        #expect(early.facts.map(\.at) == [Self.start], "no phone rings before the call was placed")
    }

    @Test("A call's end carries the vendor's name of it")
    func namesCalls() throws {
        var call = Self.call()
        try take(&call, .connectionCleared, after: 1)
        #expect(ending(call)?.vendorCall == VendorCallID("c-1"))
    }

    @Test("A handed-over call leaves the phone that dialled it, and ends with the agent's")
    func handsOver() throws {
        var call = Self.call(isForAgent: false)
        try take(&call, .originated, after: 0)
        try take(&call, .established, after: 1) { $0.answeringDevice = Self.callee }
        call.hand = .offered(Self.other, since: Self.start + .seconds(2))
        try take(&call, .connectionCleared, after: 2) { $0.releasingDevice = "8001@test.cc" }
        try take(&call, .delivered, after: 2, at: Self.other) { $0.alertingDevice = "8002@test.cc" }
        #expect(!call.hasEnded && call.holder == Self.other)
        try take(&call, .established, after: 4, at: Self.other) { $0.answeringDevice = "8002@test.cc" }
        try take(&call, .connectionCleared, after: 34, at: Self.other) { $0.releasingDevice = "8002@test.cc" }
        #expect(ending(call)?.outcome == .connected && ending(call)?.talk == .seconds(30))
        #expect(ending(call)?.agent == AgentID("5002"))
        #expect(call.facts.map(\.progress).dropLast() == [.answered(.unknown), .connected(AgentID("5002"))])
    }

    @Test("Of an offered call that ends, it counts who hung up", arguments: [true, false])
    func tellsWhoHungUp(wasCallee: Bool) throws {
        var call = Self.call(isForAgent: false)
        try take(&call, .established, after: 1) { $0.answeringDevice = Self.callee }
        call.hand = .offered(Self.other, since: Self.start + .seconds(2))
        try take(&call, .connectionCleared, after: 9, at: Self.other) {
            $0.releasingDevice = "8002@test.cc"
            $0.hangupDevice = wasCallee ? Self.callee : "8002@test.cc"
        }
        #expect(ending(call)?.outcome == (wasCallee ? .abandoned : .agentMissed))
        #expect(ending(call)?.agent == nil)
    }

    @Test("A call that is gone without an end ended in whatever was known of it")
    func vanishes() throws {
        var unknown = Self.call()
        unknown.vanish(at: Self.start + .seconds(9))
        #expect(ending(unknown)?.outcome == .unknown)
        var waiting = Self.call(isForAgent: false)
        waiting.learnAnswer(at: Self.start + .seconds(1), agent: Self.agent)
        waiting.vanish(at: Self.start + .seconds(9))
        #expect(ending(waiting)?.outcome == .abandoned)
        var talked = Self.call()
        talked.learnAnswer(at: Self.start + .seconds(1), agent: Self.agent)
        talked.vanish(at: Self.start + .seconds(9))
        #expect(ending(talked)?.outcome == .connected && ending(talked)?.talk == .seconds(8))
    }

    @Test(
        "An agent whose own phone was never picked up missed the call, unless events may be lost",
        arguments: [true, false])
    func missesOwnPhone(hasGap: Bool) throws {
        var call = Self.call()
        call.hasGap = hasGap
        try take(&call, .serviceInitiated, after: 0)
        try take(&call, .connectionCleared, after: 30) { $0.cause = "NO_ANSWER" }
        #expect(ending(call)?.outcome == (hasGap ? .noAnswer : .agentMissed))
    }

    @Test("An end as conversations have it does not say that nobody answered, where events may be lost")
    func leavesAnswersOpen() throws {
        for (cause, outcome) in [("NORMAL_CLEARING", CallOutcome.unknown), (nil, .unknown), ("USER_BUSY", .busy)] {
            var call = Self.call()
            call.hasGap = true
            try take(&call, .connectionCleared, after: 30) { $0.cause = cause }
            #expect(ending(call)?.outcome == outcome, "\(cause ?? "no cause")")
        }
    }
}
