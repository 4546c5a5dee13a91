import CampaignRunner
import DialEngine
import DialModel
import Foundation
import Ledger
import Telephony
import TestSupport
import Testing

@Suite("The runner")
struct CampaignRunnerTests {
    @Test func aCampaignIsRunToItsEndAndLogAndLedgerAgree() async throws {
        let stage = try await Stage(leads: 60)
        let outcomes: [CallOutcome] = [.connected, .busy, .noAnswer, .rejected, .invalidNumber, .congestion]
        let vendor = RehearsedVendor(clock: stage.clock, agents: 4) { request, _ in
            .ends(outcomes[Int(request.attempt.value) % outcomes.count])
        }
        try await stage.runToTheEnd(vendor)

        let figures = try await stage.figures()
        #expect(figures.leads == 60)
        #expect(figures.finishedCount == 60, "every lead is in a final state")
        #expect(figures.waiting + figures.due + figures.dialing + figures.openAttempts == 0)
        let attempts = try await stage.attempts()
        #expect(attempts.count == vendor.placed.count)
        #expect(attempts.map(\.id) == vendor.placed.map(\.attempt).sorted())
        for call in vendor.placed {
            let attempt = try #require(attempts.first { $0.id == call.attempt })
            #expect(attempt.outcome == call.outcome)
            #expect(attempt.number == call.number)
        }
        for outcome in CallOutcome.allCases {
            #expect(figures.outcomes[outcome] == vendor.placed.count { $0.outcome == outcome }, "\(outcome)")
        }
        await stage.cleanUp()
    }

    @Test func anAttemptIsCommittedBeforeItsCallIsAskedFor() async throws {
        let stage = try await Stage(leads: 12)
        let other = stage.folder.appending(path: "test.sqlite").path
        let vendor = RehearsedVendor(clock: stage.clock, agents: 3) { _, _ in .ends(.connected) }
        let missing = Tally()
        vendor.watchPlacing { request in
            // A connection of its own sees only what is committed.
            let isThere = await Witness.seesOpenAttempt(request.attempt, in: other, of: "test")
            if !isThere { await missing.add() }
        }
        _ = try await stage.runner(vendor).run()
        #expect(vendor.placed.count == 12)
        #expect(await missing.count == 0)
        await stage.cleanUp()
    }

    @Test func aLostAnswerIsLookedUpAndNotDialledAgain() async throws {
        let stage = try await Stage(leads: 5)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 2) { _, earlier in
            earlier == 1 ? .losesAnswer(.connected) : .ends(.connected)
        }
        _ = try await stage.runner(vendor).run()
        #expect(vendor.placed.count == 5)
        #expect(Set(vendor.placed.map(\.number)).count == 5)
        #expect(try await stage.figures().outcomes[.connected] == 5)
        await stage.cleanUp()
    }

    @Test func aThrottledCallIsMadeLaterByAFreshAttempt() async throws {
        let stage = try await Stage(leads: 1)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, earlier in
            earlier == 0 ? .turnsAway(.throttled(after: .seconds(3))) : .ends(.connected)
        }
        let ending = try await stage.runner(vendor).run()
        #expect(ending == .nothingDue(next: stage.clock.now + .seconds(60)))
        stage.clock.advance(by: .seconds(60))
        _ = try await stage.runner(vendor).run()
        #expect(vendor.placed.count == 1)
        let attempts = try await stage.attempts()
        #expect(attempts.map(\.outcome) == [.notPlaced, .connected])
        await stage.cleanUp()
    }

    @Test func aRunThatStaysForRetriesMakesThemWhenTheyAreDue() async throws {
        let stage = try await Stage(leads: 1)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, earlier in
            .ends(earlier == 0 ? .busy : .connected)
        }
        let start = stage.clock.now
        let runner = try await stage.runner(vendor) { settings in
            settings.staysForRetries = true
            settings.stopDialingAt = start + .seconds(7200)
            settings.retry[.busy] = RetryRule(after: .seconds(25), attempts: 3)
        }
        async let ending = runner.run()
        await stage.clock.sleeper(before: start + .seconds(25))
        stage.clock.advance(by: .seconds(25))
        #expect(try await ending == .nothingDue(next: nil))
        #expect(vendor.placed.map(\.at) == [start, start + .seconds(25)])
        await stage.cleanUp()
    }

    @Test func aStopLetsTheCallInFlightFinish() async throws {
        let stage = try await Stage(leads: 10)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        let runner = try await stage.runner(vendor)
        vendor.watchPlacing { _ in runner.requestStop() }
        #expect(try await runner.run() == .stopped)
        #expect(vendor.placed.count == 1)
        let figures = try await stage.figures()
        #expect(figures.openAttempts == 0 && figures.dialing == 0)
        #expect(figures.due == 9)
        await stage.cleanUp()
    }

    @Test func aVendorThatRefusesTheAccountEndsTheRunAndCostsNoLeadAnAttempt() async throws {
        let stage = try await Stage(leads: 4)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 2) { _, _ in .turnsAway(.misconfigured) }
        let ending = try await stage.runner(vendor).run()
        #expect(ending == .vendorRefused(reason: "turned away"))
        let figures = try await stage.figures()
        #expect(figures.waiting + figures.due == 4)
        #expect(figures.outcomes.mayHaveRung == 0)
        await stage.cleanUp()
    }

    @Test func aVendorOutOfSightForTooLongEndsTheRun() async throws {
        let stage = try await Stage(leads: 3)
        let trouble = VendorError(
            .unavailable, vendor: "rehearsed", operation: "ListAgentStates", code: "CURLE_COULDNT_CONNECT", message: "")
        let vendor = RehearsedVendor(clock: stage.clock, agents: 0, opensWith: .trouble(trouble)) { _, _ in
            .ends(.connected)
        }
        async let ending = stage.runner(vendor).run()
        await stage.clock.sleeper(before: stage.clock.now + .seconds(120))
        stage.clock.advance(by: .seconds(120))
        #expect(try await ending == .vendorUnavailable)
        await stage.cleanUp()
    }

    @Test func callerIDsAreShownInTurnAndKeptWithTheAttempt() async throws {
        let stage = try await Stage(leads: 6)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 2) { _, _ in .ends(.connected) }
        _ = try await stage.runner(vendor, callerIDs: ["0571900001", "0571900002", "0571900003"]).run()
        let shown = Set(vendor.placed.compactMap(\.callerID))
        #expect(shown.count == 3)
        let attempts = try await stage.attempts()
        for call in vendor.placed {
            #expect(attempts.first { $0.id == call.attempt }?.callerID == call.callerID)
        }
        await stage.cleanUp()
    }
}

/// A count that tasks add to.
actor Tally {
    private(set) var count = 0
    func add() { count += 1 }
}
