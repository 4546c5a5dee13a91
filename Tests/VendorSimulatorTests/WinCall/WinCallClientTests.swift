import CallModel
import CurlTransport
import DialModel
import Telephony
import TestSupport
import Testing
import WinCallVendor

@testable import VendorSimulator

/// The real client over real sockets, against the simulator's WinCall.
@Suite(.timeLimit(.minutes(15))) struct WinCallClientTests {
    @Test func `Everybody is signed in, becomes idle, and is signed out at the end`() async throws {
        try await WinCallStage.run(WinCallStage.settings(agents: 3)) { stage in
            try await stage.vendor.prepare(callerIDs: ["01080000001"])
            try await stage.idle(3)
            #expect(stage.simulator.callCentre.agents.allSatisfy { $0.state == .ready })
        }
    }

    @Test func `Each outcome that the wire can tell is told, and no call is placed twice`() async throws {
        let outcomes: [(number: String, outcome: CallOutcome, words: String)] = [
            ("13800990001", .connected, "0502 1000 0400 5500 0600 0000"),
            ("13800990005", .noAnswer, "0502 1000 0400 5500 0000"),
            ("13800990003", .noAnswer, "unclassified (0502 1000 0400 0000)"),
            ("13800990007", .connected, "0502 1000 0400 5500 0600 0000"),
        ]
        try await WinCallStage.run(WinCallStage.settings(agents: outcomes.count)) { stage in
            try await stage.idle(outcomes.count)
            for (index, row) in outcomes.enumerated() {
                try await stage.place(Int64(index), row.number, by: String(5001 + index))
            }
            for (index, row) in outcomes.enumerated() {
                let ending = try await stage.ending(of: Int64(index))
                #expect(ending.outcome == row.outcome, "\(row.number)")
                #expect(ending.vendorReason == row.words, "\(row.number)")
                #expect(ending.shownCallerID == "01080000001")
                #expect(stage.calls(to: row.number) == 1)
                #expect(await stage.log.events.endings(of: Int64(index)) == 1)
            }
            try await stage.idle(outcomes.count)
        }
    }

    @Test func `An agent who does not pick up has missed the call, and the callee was not rung`() async throws {
        try await WinCallStage.run(WinCallStage.settings(agents: 1, noShow: 1)) { stage in
            try await stage.idle(1)
            try await stage.place(1, "13800990001", by: "5001")
            let ending = try await stage.ending(of: 1)
            #expect(ending.outcome == .agentMissed)
            #expect(await stage.log.events.progress(of: 1).count == 1)
            #expect(stage.simulator.callCentre.calls.allSatisfy { $0.answeredAt == nil })
        }
    }

    @Test func `A call is ended when it is told to`() async throws {
        try await WinCallStage.run(WinCallStage.settings(agents: 1)) { stage in
            try await stage.idle(1)
            let call = try await stage.place(1, "13800990011", by: "5001")
            try await stage.log.waits { $0.progress(of: 1).contains(.connected(AgentID("5001"))) }
            try await stage.vendor.hangUp(LiveCall(attempt: AttemptID(1), vendorCall: call))
            #expect(try await stage.ending(of: 1).outcome == .connected)
            try await stage.vendor.hangUp(LiveCall(attempt: AttemptID(1), vendorCall: call))
        }
    }

    @Test func `What the server declines keeps its code, and places nothing`() async throws {
        try await WinCallStage.run(WinCallStage.settings(agents: 1)) { stage in
            try await stage.idle(1)
            let refusals: [(String, String?, VendorError.Meaning, String)] = [
                ("13800980002", "01080000001", .refused(.congestion), "022002"),
                ("13800980010", "01080000001", .refused(.congestion), "022010"),
                ("13800777777", "01080000001", .barred, "022504"),
                ("13800990001", "09990000001", .refused(.notPlaced), "022008"),
                ("13800980503", "01080000001", .misconfigured, "022503"),
                ("13800990001", "01080000001", .misconfigured, "022503"),
            ]
            for (index, row) in refusals.enumerated() {
                let error = await #expect(throws: VendorError.self) {
                    try await stage.place(Int64(index), row.0, by: "5001", callerID: row.1)
                }
                #expect(error?.meaning == row.2 && error?.code == row.3, "\(row.0): \(String(describing: error))")
            }
            #expect(stage.simulator.callCentre.calls.isEmpty)
        }
    }

    @Test(
        arguments: [
            [.singleQuotes, .joinsMessages, .tellsParametersOnce, .omitsOwnSide, .omitsCalling],
            [.namesEventsResponse, .sendsNoise, .stringNumbers, .signInReturnsOne, .omitsAlerting],
        ] as [Set<WinCallSimulation.Quirk>])
    func `Deployments that speak differently are understood`(quirks: Set<WinCallSimulation.Quirk>) async throws {
        let simulation = WinCallSimulation(keepAlive: .seconds(2), quirks: quirks)
        try await WinCallStage.run(WinCallStage.settings(agents: 1, simulation)) { stage in
            try await stage.vendor.prepare(callerIDs: [])
            try await stage.idle(1)
            for (attempt, number) in [(Int64(1), "13800990001"), (2, "13800981003")] {
                try await stage.place(attempt, number, by: "5001")
                _ = try await stage.ending(of: attempt)
                try await stage.idle(1)
            }
            #expect(await stage.log.events.ending(of: 1)?.outcome == .connected)
            #expect(try await stage.vendor.outboundNumbers().map(\.number).contains("02180000001"))
        }
    }

    @Test func `Diallers dial, and agents of the skill group take what is answered`() async throws {
        try await WinCallStage.run(WinCallStage.settings(agents: 1, diallers: 2)) { stage in
            #expect(stage.vendor.abilities.queuesAnsweredCalls && stage.vendor.abilities.placesForAgent)
            try await stage.idle(1)
            try await stage.placeByDialler(1, "13800990001")
            let ending = try await stage.ending(of: 1)
            #expect(ending.outcome == .connected)
            #expect(ending.agent == AgentID("5001"))
            #expect(stage.calls(to: "13800990001") == 1)
        }
    }

    @Test func `A callee whom no agent takes from the skill group is abandoned`() async throws {
        let settings = WinCallStage.settings(agents: 1, diallers: 1)
        let diallers = WinCallStage.account(settings, port: 1).logins.filter(\.isDialler)
        try await WinCallStage.run(settings, speed: 20, logins: diallers) { stage in
            try await stage.centre { $0.agents[1].state == .onBreak }
            try await stage.placeByDialler(1, "13800990001")
            let ending = try await stage.ending(of: 1)
            #expect(ending.outcome == .abandoned)
            #expect(ending.vendorReason.hasPrefix("no agent took the call"))
        }
    }

    @Test(arguments: [VendorCallID("5002/1"), nil])
    func `A call of an agent who is left out is over once nobody lists the agent as talking`(
        call: VendorCallID?
    ) async throws {
        let settings = WinCallStage.settings(agents: 2)
        var logins = WinCallStage.account(settings, port: 1).logins
        logins[1].password = Secret("mistyped")
        try await WinCallStage.run(settings, logins: logins) { stage in
            try await stage.idle(1)
            let number = try #require(PhoneNumber(e164: "+8613800990001"))
            @Sendable func finding(placed age: Duration) async throws -> Reconciliation {
                try await stage.vendor.reconcile(
                    FollowedCall(
                        attempt: AttemptID(1), number: number, prefix: "", vendorCall: call,
                        placedAfter: stage.clock.now - age))
            }
            var found: Reconciliation?
            // Until the refused session is closed, it may be the one to know.
            while found == nil { found = try? await finding(placed: .seconds(600)) }
            if let call {
                guard case .found(call, let facts)? = found, case .ended(let ending)? = facts.first?.progress else {
                    Issue.record("\(String(describing: found))")
                    return
                }
                #expect(ending.outcome == .unknown)
            } else {
                #expect(found == .notFound)
            }
            // Phones that ring are in no list.
            let recent = await #expect(throws: VendorError.self) { _ = try await finding(placed: .zero) }
            #expect(recent?.meaning == .unavailable)
        }
    }

    @Test func `Numbers are listed with nobody signed in, and sessions for it are ended again`() async throws {
        let settings = WinCallStage.settings(agents: 2)
        let clock = PacedClock(speed: 5)
        let simulator = try VendorSimulator(settings: settings, clock: clock)
        let port = try await simulator.start()
        let transport = CurlTransport(settings: CurlSettings(), environment: [:])
        let vendor = WinCallVendor(
            account: WinCallStage.account(settings, port: port), group: "10", transport: transport,
            channels: transport, clock: clock, seed: 1)
        let expected = settings.account.numbers.filter(\.dialsOut).map(\.number).sorted()
        for _ in 0..<2 { #expect(try await vendor.outboundNumbers().map(\.number) == expected) }
        await #expect(throws: VendorError.self) {
            try await vendor.hangUp(LiveCall(attempt: AttemptID(1), vendorCall: nil))
        }
        await transport.shutdown()
        await simulator.stop()
    }

    @Test func `An unknown enterprise, an unknown group and a silent server are told before anybody is called`()
        async throws
    {
        let settings = WinCallStage.settings(agents: 1)
        let clock = PacedClock(speed: 5)
        let simulator = try VendorSimulator(settings: settings, clock: clock)
        let port = try await simulator.start()
        let transport = CurlTransport(settings: CurlSettings(), environment: [:])
        func failure(
            group: String = "sales", callerIDs: [String] = [], _ change: (inout WinCallAccount) -> Void
        ) async -> (VendorError.Meaning, String)? {
            var account = WinCallStage.account(settings, port: port)
            change(&account)
            let vendor = WinCallVendor(
                account: account, group: group, transport: transport, channels: transport, clock: clock, seed: 1)
            do throws(VendorError) {
                try await vendor.prepare(callerIDs: callerIDs)
                return nil
            } catch {
                return (error.meaning, error.code)
            }
        }
        let enterprise = await failure { $0.enterprise = "other" }
        #expect(enterprise?.0 == .misconfigured && enterprise?.1 == "402")
        let group = await failure(group: "support") { _ in }
        #expect(group?.0 == .misconfigured && group?.1 == "NoSuchGroup")
        let nobody = await failure { $0.logins = [] }
        #expect(nobody?.0 == .misconfigured && nobody?.1 == "NoLogin")
        let server = await failure { $0.serverURL = "ws://127.0.0.1:1" }
        #expect(server?.0 == .unavailable)
        #expect(await failure { _ in } == nil)
        let secret = Secret("not-the-password")
        let passwords = await failure { account in
            for index in account.logins.indices { account.logins[index].password = secret }
        }
        #expect(passwords?.0 == .misconfigured && passwords?.1 == "001806")
        let number = await failure(callerIDs: ["01080000001", "09990000001"]) { _ in }
        #expect(number?.0 == .misconfigured && number?.1 == "ForeignNumber")
        #expect(await failure(callerIDs: ["01080000001", "02180000001"]) { _ in } == nil)
        try await WinCallStage.centre(of: simulator, port) { $0.agents.allSatisfy { $0.state == .signedOut } }
        await transport.shutdown()
        await simulator.stop()
    }
}
