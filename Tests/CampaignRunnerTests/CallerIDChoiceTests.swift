import CallerID
import CampaignRunner
import DialEngine
import DialModel
import Foundation
import Ledger
import SQLiteLedger
import StoredLedger
import Telephony
import TestSupport
import Testing

@Suite("Choosing the number to show inside the claim")
struct CallerIDChoiceTests {
    /// Callees with even numbers live in Hangzhou, the others in Guangzhou.
    private static func home(of number: PhoneNumber) -> NumberRegion {
        let isEven = (number.e164.utf8.last ?? 0) % 2 == 0
        return isEven ? NumberRegion(province: "浙江", city: "杭州") : NumberRegion(province: "广东", city: "广州")
    }

    private static let numbers = [
        OutboundNumber(
            "057190000001", region: NumberRegion(province: "浙江", city: "杭州"), pools: ["main"],
            limits: NumberLimits(maxConcurrent: 2)),
        OutboundNumber(
            "02090000001", region: NumberRegion(province: "广东", city: "广州"), pools: ["main"],
            limits: NumberLimits(maxConcurrent: 2)),
        OutboundNumber("01090000001", region: NumberRegion(province: "北京", city: "北京"), pools: ["other"]),
    ]

    private func stage(leads: Int, numbers: [OutboundNumber] = numbers) async throws -> Stage {
        let stage = try await Stage(leads: leads)
        _ = try await stage.ledger.importCallerIDs(numbers, into: "rehearsed", replacing: true, at: stage.clock.now)
        return stage
    }

    private func choice(_ rules: CallerIDRules = CallerIDRules(strategy: .roundRobin)) -> CallerIDChoice {
        CallerIDChoice(account: "rehearsed", pool: CallerIDPool(id: "main", rules: rules), region: Self.home)
    }

    @Test func everyCalleeIsShownTheNumberOfTheirCityAndTheReasonIsKept() async throws {
        let stage = try await stage(leads: 20)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 2) { _, _ in .ends(.connected) }
        _ = try await stage.runner(vendor, policy: choice()).run()
        #expect(vendor.placed.count == 20)
        for call in vendor.placed {
            let expected = Self.home(of: call.number).city == "杭州" ? "057190000001" : "02090000001"
            #expect(call.callerID == expected)
            let text = try #require(try await stage.ledger.explanation(of: call.attempt))
            let explanation = try #require(PickExplanation(json: text))
            #expect(explanation.answer == .chosen(CallerIDPick(number: expected, tier: .city)))
            #expect(explanation.reevaluated() == expected, "the kept reason leads to the same number")
            #expect(!text.contains(call.number.e164.dropFirst(3)), "the callee's number is no part of the reason")
        }
        await stage.cleanUp()
    }

    @Test func noNumberCarriesMoreCallsThanItHasLines() async throws {
        let stage = try await stage(leads: 12)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 12) { _, _ in .keepsSilent }
        let runner = try await stage.runner(vendor, policy: choice())
        let run = Task { try await runner.run() }
        // Four lines in all: two local ones each; the rest of the leads wait.
        let asked = Tally()
        vendor.watchPlacing { _ in await asked.add() }
        await stage.clock.sleeper(before: stage.clock.now + .seconds(5))
        while await asked.count < 4 { await Task.yield() }
        run.cancel()
        _ = try? await run.value
        let shown = Dictionary(grouping: vendor.placed, by: \.callerID).mapValues(\.count)
        #expect(shown == ["057190000001": 2, "02090000001": 2])
        let figures = try await stage.figures()
        #expect(figures.dialing == 4 && figures.due + figures.waiting == 8)
        await stage.cleanUp()
    }

    @Test func twoRunnersOfOneFileShareTheLinesOfANumber() async throws {
        let stage = try await stage(leads: 40)
        let path = stage.folder.appending(path: "test.sqlite").path
        let other = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
        let run = try await stage.ledger.beginRun(of: stage.campaign, vendor: "rehearsed", by: nil, at: stage.clock.now)
        func claims(_ ledger: SQLiteLedger, _ policy: CallerIDChoice) async throws -> [Claim] {
            let request = ClaimRequest(
                campaign: stage.campaign, run: run, vendor: "rehearsed", count: 20, now: stage.clock.now, policy: policy
            )
            return try await ledger.commit([], claiming: request).claims
        }
        async let first = claims(stage.ledger, choice())
        async let second = claims(other, choice())
        let all = try await first + second
        #expect(all.count == 4, "two numbers with two lines each, whoever asks")
        await other.close()
        await stage.cleanUp()
    }

    @Test func aNumberThatAVendorDoesNotKnowGoesIntoQuarantineAndItsLeadsAreCalledWithAnother() async throws {
        let stage = try await stage(leads: 6)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { request, _ in
            request.callerID == "057190000001"
                ? .turnsAwayWith(.refused(.notPlaced), code: "NotExists.Number")
                : .ends(.connected)
        }
        for _ in 0..<4 {
            _ = try await stage.runner(vendor, policy: choice()).run()
            stage.clock.advance(by: .seconds(120))
        }
        let numbers = try await stage.ledger.callerIDs(of: "rehearsed")
        let suspect = try #require(numbers.first { $0.number == "057190000001" })
        guard case .quarantined = suspect.status else {
            Issue.record("\(suspect.status)")
            return
        }
        #expect(Set(vendor.placed.map(\.callerID)) == ["02090000001"])
        #expect(try await stage.figures().outcomes[.connected] == 6)
        await stage.cleanUp()
    }

    @Test func leadsWithoutAnyNumberAreParkedAndNotUsedUp() async throws {
        let stage = try await stage(leads: 3, numbers: [Self.numbers[2]])
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        let ending = try await stage.runner(vendor, policy: choice()).run()
        let hold = ClaimHold(
            until: stage.clock.now + CallerIDChoice.parking, reason: "the pool has no numbers")
        #expect(ending == .noCallerID(hold))
        #expect(try await stage.attempts().isEmpty)
        #expect(try await stage.figures().due == 3, "they are due as soon as there is a number")
        _ = try await stage.ledger.importCallerIDs(
            Self.numbers, into: "rehearsed", replacing: true, at: stage.clock.now)
        #expect(try await stage.runner(vendor, policy: choice()).run() == .nothingDue(next: nil))
        await stage.cleanUp()
    }

    @Test func aLeadWaitsForALocalNumberOnlyWhileAnotherOneIsFree() throws {
        let policy = choice(CallerIDRules(strategy: .roundRobin, holdForLocal: .seconds(20)))
        let start = Timestamp(milliseconds: 1_768_356_000_000)
        var numbers = Array(Self.numbers.prefix(2))
        for index in numbers.indices { numbers[index].limits = NumberLimits(maxConcurrent: 1) }
        let (local, other) = (numbers[0].number, numbers[1].number)
        let held = [local, other].enumerated().map { index, number in
            CallerIDUse(attempt: AttemptID(Int64(index + 1)), callerID: number, claimedAt: start)
        }
        let snapshot = CallerIDSnapshot(at: start, numbers: numbers, held: held, usages: [])
        policy.learn(CallerIDNews(content: .snapshot(snapshot), position: 1))
        let callee = try #require(PhoneNumber(e164: "+8613800000002"))
        let lead = ClaimCandidate(lead: LeadID(1), number: callee, history: OutcomeCounts())
        guard case .hold = policy.decide(on: lead, at: start) else {
            Issue.record("both numbers are busy")
            return
        }
        policy.learn(CallerIDNews(content: .events([.closed(held[1], outcome: .busy)]), position: 2))
        for seconds in [30, 40] as [Int64] {
            guard case .hold = policy.decide(on: lead, at: start + .seconds(seconds)) else {
                Issue.record("the first half minute was no wait for a local number")
                return
            }
        }
        guard case .dial(other, _) = policy.decide(on: lead, at: start + .seconds(51)) else {
            Issue.record("twenty seconds are over")
            return
        }
    }

    @Test func aCalleeIsNotRungMoreOftenThanTheRulesAllow() async throws {
        let stage = try await stage(leads: 1)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.busy) }
        var rules = CallerIDRules(strategy: .roundRobin)
        rules.calleeMaxPerDay = 2
        for _ in 0..<6 {
            _ = try await stage.runner(vendor, policy: choice(rules)) { settings in
                settings.retry[.busy] = RetryRule(after: .seconds(60), attempts: 100)
            }.run()
            stage.clock.advance(by: .seconds(600))
        }
        #expect(vendor.placed.count == 2)
        await stage.cleanUp()
    }

    @Test func anImportInTheMiddleOfARunHoldsNobodyUpAndTakesEffect() async throws {
        let stage = try await stage(leads: 30)
        let policy = choice()
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { _, _ in .ends(.connected) }
        let calls = Tally()
        let (ledger, clock) = (stage.ledger, stage.clock)
        vendor.watchPlacing { _ in
            await calls.add()
            guard await calls.count == 10 else { return }
            // Only the number of Guangzhou is left.
            _ = try? await ledger.importCallerIDs(
                [Self.numbers[1]], into: "rehearsed", replacing: true, at: clock.now)
        }
        #expect(try await stage.runner(vendor, policy: policy).run() == .nothingDue(next: nil))
        #expect(vendor.placed.count == 30, "no lead was held up")
        #expect(vendor.placed.dropFirst(11).allSatisfy { $0.callerID == "02090000001" })
        await stage.cleanUp()
    }

    @Test func aRefusedNumberThatIsListedNoLongerEndsNoRun() async throws {
        let stage = try await stage(leads: 6)
        let (ledger, clock) = (stage.ledger, stage.clock)
        let vendor = RehearsedVendor(clock: stage.clock, agents: 1) { request, _ in
            request.callerID == "057190000001"
                ? .turnsAwayWith(.refused(.notPlaced), code: "NotExists.Number")
                : .ends(.connected)
        }
        vendor.watchPlacing { request in
            guard request.callerID == "057190000001" else { return }
            _ = try? await ledger.importCallerIDs(
                [Self.numbers[1]], into: "rehearsed", replacing: true, at: clock.now)
        }
        for _ in 0..<3 {
            _ = try await stage.runner(vendor, policy: choice()).run()
            stage.clock.advance(by: .seconds(120))
        }
        #expect(try await stage.figures().outcomes[.connected] == 6)
        await stage.cleanUp()
    }
}
