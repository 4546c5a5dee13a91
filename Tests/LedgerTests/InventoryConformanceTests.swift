import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: inventories of numbers")
struct InventoryConformanceTests {
    private let start = Scenario.start
    private let account = Scenario.account

    /// A number of which nothing has its usual value.
    private static let rich = OutboundNumber(
        "057180000002", region: NumberRegion(province: "浙江", city: "杭州市"), usage: .outbound, allowsOutbound: false,
        skillGroups: ["sg2", "sg1"], pools: ["华东", "a\"b"], owner: "agent-7",
        virtual: VirtualNumber(pool: VirtualPool(id: "axb-1", size: 3), region: NumberRegion(province: "江苏")),
        kind: .other, provider: "电信",
        limits: NumberLimits(
            weight: 0, maxConcurrent: 20, maxPerDay: 0, minGap: .milliseconds(1_500), blockedProvinces: ["新疆", "西藏"],
            window: .always))

    @Test("every property of a number is kept, and numbers come ascending", arguments: LedgerUnderTest.allCases)
    func roundTrip(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        let ledger = scenario.ledger
        let alone = VirtualNumber("17000000001", region: NumberRegion(city: "扬州"))
        let numbers = [
            Self.rich, OutboundNumber("13800138000", virtual: alone, status: .paused), OutboundNumber("01080000001"),
            OutboundNumber("4008000001", status: .quarantined(until: start)),
        ]
        let result = try await ledger.importCallerIDs(numbers, into: account, replacing: false, at: start)
        #expect(result == CallerIDImport(added: 4))
        #expect(try await ledger.callerIDs(of: account) == [numbers[2], Self.rich, numbers[1], numbers[3]])
        #expect(try await ledger.callerIDs(of: "udesk").isEmpty)
        let again = try await ledger.importCallerIDs(numbers, into: account, replacing: true, at: start)
        #expect(again == CallerIDImport(unchanged: 4))
        #expect(try await scenario.ledger.callerIDs(of: account).count == 4)
    }

    @Test(
        "an import counts what it did, and what is left out goes only when asked", arguments: LedgerUnderTest.allCases)
    func counts(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        let ledger = scenario.ledger
        let first = (0..<4).map { Scenario.line($0) }
        _ = try await ledger.importCallerIDs(first, into: account, replacing: false, at: start)
        _ = try await ledger.importCallerIDs(first, into: "other", replacing: false, at: start)
        let second = [Scenario.line(1, lines: 5), Scenario.line(2), Scenario.line(9)]
        let adding = try await ledger.importCallerIDs(second, into: account, replacing: false, at: start + .seconds(1))
        #expect(adding == CallerIDImport(added: 1, changed: 1, unchanged: 1))
        #expect(try await ledger.callerIDs(of: account).count == 5)
        let replacing = try await ledger.importCallerIDs(
            second, into: account, replacing: true, at: start + .seconds(2))
        #expect(replacing == CallerIDImport(unchanged: 3, removed: 2))
        #expect(try await ledger.callerIDs(of: account) == second)
        #expect(try await ledger.callerIDs(of: "other") == first, "another account's numbers are its own")
        let back = try await ledger.importCallerIDs(
            [first[0]], into: account, replacing: false, at: start + .seconds(3))
        #expect(back == CallerIDImport(added: 1))
        let history = try await ledger.callerIDHistory(of: first[0].number, of: account)
        #expect(history.map(\.step) == [.listed, .unlisted, .listed])
        #expect(history.map(\.at) == [start, start + .seconds(2), start + .seconds(3)])
        #expect(try await scenario.ledger.callerIDs(of: account).count == 4)
    }

    @Test("an import that fails leaves nothing", arguments: LedgerUnderTest.allCases)
    func allOrNothing(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        let ledger = scenario.ledger
        let twice = [Scenario.line(0), Scenario.line(1), Scenario.line(0, lines: 3)]
        for bad in [twice, [Scenario.line(0), OutboundNumber("")]] {
            let error = await expectRefusal(.constraint) {
                try await ledger.importCallerIDs(bad, into: account, replacing: true, at: start)
            }
            #expect(error?.description.contains("0215") == false)
        }
        #expect(try await ledger.callerIDs(of: account).isEmpty)
        #expect(try await scenario.ledger.callerIDHistory(of: Scenario.line(0).number, of: account).isEmpty)
    }

    @Test("a pause outlasts imports, until the number is resumed", arguments: LedgerUnderTest.allCases)
    func pause(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        try await scenario.importLines(2)
        let ledger = scenario.ledger
        let number = Scenario.line(0).number
        try await ledger.pauseCallerID(number, of: account, because: "王: complaints", at: start + .seconds(1))
        #expect(try await ledger.callerIDs(of: account).map(\.status) == [.paused, .active])
        let again = try await ledger.importCallerIDs(
            [Scenario.line(0, lines: 3)], into: account, replacing: true, at: start + .seconds(2))
        #expect(again == CallerIDImport(changed: 1, removed: 1))
        #expect(try await ledger.callerIDs(of: account).map(\.status) == [.paused])
        try await ledger.resumeCallerID(number, of: account, because: "王: settled", at: start + .seconds(3))
        #expect(try await ledger.callerIDs(of: account).map(\.status) == [.active])
        let history = try await ledger.callerIDHistory(of: number, of: account)
        #expect(history.map(\.step) == [.listed, .paused, .changed, .resumed])
        #expect(history.map(\.note) == [nil, "王: complaints", nil, "王: settled"])
    }

    @Test("a number that is not listed cannot be paused, resumed or quarantined", arguments: LedgerUnderTest.allCases)
    func unlisted(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        try await scenario.importLines(1)
        let ledger = scenario.ledger
        _ = try await ledger.importCallerIDs([], into: account, replacing: true, at: start)
        for (number, owner) in [(Scenario.line(0).number, account), (Scenario.line(1).number, account)] {
            await expectRefusal(.constraint) {
                try await ledger.pauseCallerID(number, of: owner, because: "", at: start)
            }
            await expectRefusal(.constraint) {
                try await ledger.resumeCallerID(number, of: owner, because: "", at: start)
            }
        }
    }

    @Test(
        "leads that were held back are due again when a number comes back or changes",
        arguments: LedgerUnderTest.allCases
    )
    func releasesHeld(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 3)
        try await scenario.importLines(1)
        // One lead waits after an attempt, which no number changes.
        let tried = try #require(try await scenario.claim(1).claims.first)
        let retry = start + .seconds(900)
        try await scenario.commit(.closed(tried.attempt, AttemptClosing(.busy, at: start, lead: .wait(until: retry))))
        let hold = Policy { _, _ in .hold(until: start + .seconds(3_600), because: "no_number paused 1") }
        let number = Scenario.line(0).number
        func holdAll(at now: Timestamp) async throws {
            _ = try await scenario.claim(9, at: now, policy: hold)
            #expect(try await scenario.figures(at: now).due == 0)
        }
        try await holdAll(at: start)
        // A campaign that has only ever run with another account is not concerned.
        let foreign = try await scenario.ledger.openCampaign(named: "autumn", at: start)
        _ = try await scenario.ledger.importLeads(
            into: foreign, file: ImportedFile(name: "a.csv", digest: "a"), from: ListSource([[try Scenario.lead(9)]]),
            at: start)
        let run = try await scenario.ledger.beginRun(of: foreign, vendor: "udesk", by: nil, at: start)
        let request = ClaimRequest(
            campaign: foreign, run: run, vendor: "udesk", count: 1, now: start, policy: hold)
        #expect(try await scenario.ledger.commit([], claiming: request).claims.isEmpty)
        try await scenario.ledger.pauseCallerID(number, of: account, because: "", at: start + .seconds(1))
        #expect(try await scenario.figures(at: start + .seconds(1)).due == 0, "a pause helps nobody")
        try await scenario.ledger.resumeCallerID(number, of: account, because: "", at: start + .seconds(2))
        #expect(try await scenario.figures(at: start + .seconds(2)).due == 2)
        #expect(try await scenario.leads().allSatisfy { $0.holdReason == nil })
        #expect(try await scenario.ledger.figures(of: foreign, at: start + .seconds(2)).due == 0)
        try await holdAll(at: start + .seconds(3))
        _ = try await scenario.ledger.importCallerIDs(
            [Scenario.line(0, lines: 9)], into: account, replacing: true, at: start + .seconds(4))
        #expect(try await scenario.figures(at: start + .seconds(4)).due == 2)
        #expect(try await scenario.leads().map(\.notBefore).contains(retry))
    }

    @Test(
        "a refusal of a number that is listed no longer is recorded like any other", arguments: LedgerUnderTest.allCases
    )
    func refusalOfUnlisted(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        try await scenario.importLines(1)
        _ = try await scenario.ledger.importCallerIDs([], into: account, replacing: true, at: start)
        try await scenario.beRefused(showing: Scenario.line(0).number)
        #expect(try await scenario.attempts().map(\.vendorReason) == ["InArrears: pay first"])
        try await scenario.importLines(1)
        #expect(try await scenario.ledger.callerIDs(of: account).map(\.status) == [.active])
    }

    @Test(
        "a refusal quarantines its number as of the end of the attempt, whoever hears of it and when",
        arguments: LedgerUnderTest.allCases,
        [
            "CallerNotRegistered", "CallingNumberNotExist: gone", "NotExists.Number", "100005", "022008",
            "022507: declined",
            "403", "SIP 403",
            "403-Forbidden",
        ])
    func cause(_ kind: LedgerUnderTest, reason: String) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        try await scenario.importLines(2)
        let number = Scenario.line(0).number
        try await scenario.beRefused(showing: number, because: reason, at: start + .seconds(7))
        let until = start + .seconds(1_807)
        #expect(
            try await scenario.ledger.callerIDs(of: account).map(\.status) == [.quarantined(until: until), .active])
        let entry = try await scenario.ledger.callerIDHistory(of: number, of: account).last
        #expect(entry?.note.map { reason.hasPrefix($0) && !$0.contains(":") } == true)
    }

    @Test(
        "a reason that does not name the number leaves it alone", arguments: LedgerUnderTest.allCases,
        ["", "486", "4030", "403x", "1403", "NotExists.SkillGroupId", "1000050", "Throttling.User", ": InArrears"])
    func otherCause(_ kind: LedgerUnderTest, reason: String) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        try await scenario.importLines(1)
        try await scenario.beRefused(showing: Scenario.line(0).number, because: reason)
        #expect(try await scenario.ledger.callerIDs(of: account).map(\.status) == [.active])
    }

    @Test(
        "each quarantine is twice as long, up to a day, until the number does well", arguments: LedgerUnderTest.allCases
    )
    func quarantine(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        try await scenario.importLines(1)
        let number = Scenario.line(0).number
        func refuse(at now: Timestamp) async throws -> Timestamp? {
            try await scenario.beRefused(showing: number, at: now)
            let status = try await scenario.ledger.callerIDs(of: account).first?.status
            guard case .quarantined(let until) = status else { return nil }
            return until
        }
        var now = start
        var minutes: [Int64] = []
        for _ in 0..<8 {
            let until = try #require(try await refuse(at: now))
            minutes.append((until - now).milliseconds / 60_000)
            #expect(try await refuse(at: now + .seconds(5)) == until, "calls that were under way make it no longer")
            now = until
        }
        #expect(minutes == [30, 60, 120, 240, 480, 960, 1_440, 1_440])
        let steps = try await scenario.ledger.callerIDHistory(of: number, of: account).map(\.step)
        #expect(steps.count { $0 == .quarantined } == 8)
        let later = now + .seconds(86_400)
        #expect(try await refuse(at: later) == later + Quarantine.shortest)
        try await scenario.ledger.resumeCallerID(number, of: account, because: "paid", at: later)
        #expect(try await scenario.ledger.callerIDs(of: account).map(\.status) == [.active])
        #expect(try await refuse(at: later) == later + Quarantine.shortest)
    }
}
