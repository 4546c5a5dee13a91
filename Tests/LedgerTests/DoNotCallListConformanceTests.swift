import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: do-not-call lists are loaded, shown and removed")
struct DoNotCallListConformanceTests {
    private let start = Scenario.start

    /// Two leads that a list holds back, and one that something else does.
    private func held(_ kind: LedgerUnderTest) async throws -> Scenario {
        let scenario = try await Scenario(kind, leads: 3)
        try await scenario.forbid(.number(0), .number(1))
        let policy = Policy { candidate, now in
            let reason = candidate.doNotCall == nil ? "caller_id: none" : HoldReason.doNotCall + "listed"
            return .hold(until: now + .seconds(86_400), because: reason)
        }
        try await scenario.claim(3, policy: policy)
        #expect(try await scenario.figures(at: start + .seconds(1)).due == 0)
        return scenario
    }

    private func due(_ scenario: Scenario) async throws -> [PhoneNumber] {
        try await scenario.leads().filter { $0.notBefore.map { $0 <= start + .seconds(1) } ?? false }.map(\.number)
    }

    @Test("who is taken off a list is due again, and nobody else", arguments: LedgerUnderTest.allCases)
    func removing(_ kind: LedgerUnderTest) async throws {
        let scenario = try await held(kind)
        let (ledger, house) = (scenario.ledger, DoNotCallListName("house"))
        let unknown = try await ledger.removeDoNotCall(
            [DoNotCallPattern(Scenario.number(9))], from: house, at: start + .seconds(1))
        #expect(unknown.removed == 0 && unknown.unchanged == 1)
        #expect(try await due(scenario).isEmpty)
        let change = try await ledger.removeDoNotCall(
            [DoNotCallPattern(Scenario.number(1))], from: house, at: start + .seconds(1))
        #expect(change.removed == 1 && change.unchanged == 0)
        #expect(try await due(scenario) == [Scenario.number(1)])
        #expect(try await scenario.leads()[1].holdReason == nil)
        let nowhere = try await ledger.removeDoNotCall(
            [DoNotCallPattern(Scenario.number(0))], from: DoNotCallListName("none"), at: start)
        #expect(nowhere.unchanged == 1)
    }

    @Test("taking a wildcard off lets its numbers go", arguments: LedgerUnderTest.allCases)
    func removingWildcard(_ kind: LedgerUnderTest) async throws {
        let scenario = try await held(kind)
        let wildcard = try #require(DoNotCallPattern(normalForm: "+861381000000X"))
        try await scenario.forbid(DoNotCallEntry(wildcard))
        _ = try await scenario.ledger.removeDoNotCall(
            [wildcard], from: DoNotCallListName("house"), at: start + .seconds(1))
        #expect(try await due(scenario) == [Scenario.number(0), Scenario.number(1)])
        #expect(try await scenario.dialled(at: start + .seconds(1)).isEmpty, "they are on the list by themselves")
    }

    @Test(
        "a list that is dropped or imported has those asked about anew that it held back",
        arguments: LedgerUnderTest.allCases)
    func releasing(_ kind: LedgerUnderTest) async throws {
        let both = try [Scenario.number(0), Scenario.number(1)]
        let dropped = try await held(kind)
        #expect(try await dropped.ledger.dropDoNotCall(DoNotCallListName("none"), at: start) == nil)
        #expect(try await due(dropped).isEmpty)
        let count = try await dropped.ledger.dropDoNotCall(DoNotCallListName("house"), at: start + .seconds(1))
        #expect(count == 2)
        #expect(try await due(dropped) == both)
        #expect(try await dropped.ledger.doNotCallLists(at: start).isEmpty)
        let imported = try await held(kind)
        try await imported.load([.number(5)], at: start + .seconds(1))
        #expect(try await due(imported) == both)
        let made = try await held(kind)
        try await made.forbid(.number(5), at: start + .seconds(1))
        #expect(try await due(made).isEmpty, "one more entry lets nobody go")
        try await made.forbid(.number(5), on: "vip", at: start + .seconds(1))
        #expect(try await due(made) == both, "they may have waited for the list to be there")
    }

    @Test("a list of one campaign lets the leads of others be", arguments: LedgerUnderTest.allCases)
    func releasingOwn(_ kind: LedgerUnderTest) async throws {
        let scenario = try await held(kind)
        let sibling = try await scenario.sibling("autumn")
        let list = DoNotCallListName("mine", scope: .campaign(sibling.campaign))
        let ledger = scenario.ledger
        _ = try await ledger.addDoNotCall([.number(0)], to: list, hashed: false, because: "asked", at: start)
        _ = try await ledger.dropDoNotCall(list, at: start + .seconds(1))
        #expect(try await due(scenario).isEmpty)
    }

    @Test(
        "importing again changes nothing, and a file that replaces has the last word",
        arguments: LedgerUnderTest.allCases)
    func importing(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        let end = start + .seconds(600)
        let first = try await scenario.load([.number(0), .number(1, until: end), .number(1)])
        #expect(first.added == 2 && first.changed + first.unchanged == 1, "one of them is there twice")
        let again = try await scenario.load([.number(0), .number(1, until: end)])
        #expect(again.added == 0 && again.changed == 0 && again.unchanged == 2 && again.removed == 0)
        try await scenario.forbid(.number(2), on: "national")
        let replaced = try await scenario.load([.number(1, until: end), .number(3)], replacing: true)
        #expect(replaced.added == 1 && replaced.changed == 1 && replaced.removed == 2)
        func match(_ index: Int) async throws -> DoNotCallAnswer.Match? {
            let answers = try await scenario.ledger.doNotCallAnswers(about: Scenario.number(index), for: nil, at: start)
            return answers.first?.match
        }
        #expect(try await match(0) == nil)
        #expect(try await match(1)?.until == end)
        #expect(try await match(1)?.source == "national.csv")
        #expect(try await match(2) == nil)
        #expect(try await scenario.ledger.doNotCallLists(at: start).map(\.entries) == [2])
    }

    @Test("a file that breaks off or that would empty a list leaves it as it was", arguments: LedgerUnderTest.allCases)
    func breakingOff(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        try await scenario.load([.number(0)])
        let before = try await scenario.ledger.doNotCallLists(at: start)
        var wish = DoNotCallImport(
            into: DoNotCallListName("national"), file: ImportedFile(name: "x.csv", digest: "x"))
        (wish.isReplacing, wish.asOf) = (true, start + .seconds(5))
        let broken = DoNotCallBatches([[try .number(5)]], breaksOff: true)
        let error = await expectRefusal(.rejectedBySource) {
            try await scenario.ledger.importDoNotCall(wish, from: broken, at: start)
        }
        #expect(error?.description.contains("13800138000") == false, "the row is not quoted")
        await expectRefusal(.constraint) {
            try await scenario.ledger.importDoNotCall(wish, from: DoNotCallBatches([], rejectedCount: 3), at: start)
        }
        #expect(try await scenario.ledger.doNotCallLists(at: start) == before)
    }

    @Test("a list that is replaced may keep hashes from then on", arguments: LedgerUnderTest.allCases)
    func hashing(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 2)
        try await scenario.load([.number(0), .wildcard("+86139*")], into: "house")
        await expectRefusal(.constraint) { try await scenario.load([.number(1)], into: "house", hashed: true) }
        let change = try await scenario.load([.number(1)], into: "house", replacing: true, hashed: true)
        #expect(change.added == 1 && change.removed == 2)
        #expect(try await scenario.findings() == [nil, .listed(list: "house", until: nil)])
        let list = try #require(try await scenario.ledger.doNotCallLists(at: start).first)
        #expect(list.isHashed && list.entries == 1 && list.wildcards == 0)
    }

    @Test("each list says what it knows of a number, and from where", arguments: LedgerUnderTest.allCases)
    func answers(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        try await scenario.load([.wildcard("+86138*")], asOf: start - .seconds(60))
        try await scenario.forbid(.number(1))
        let own = DoNotCallListName("mine", scope: .campaign(scenario.campaign))
        let ledger = scenario.ledger
        _ = try await ledger.addDoNotCall([.number(0)], to: own, hashed: false, because: "asked", at: start)
        let answers = try await ledger.doNotCallAnswers(about: Scenario.number(0), for: scenario.campaign, at: start)
        #expect(answers.map(\.list.name) == ["house", "national", "mine"])
        #expect(answers[0].match == nil && answers[0].asOf == nil)
        #expect(answers[1].match?.pattern.text == "+86138*" && answers[1].asOf == start - .seconds(60))
        #expect(answers[2].match?.source == "asked" && answers[2].match?.addedAt == start)
        let others = try await ledger.doNotCallAnswers(about: Scenario.number(0), for: nil, at: start)
        #expect(others.map(\.list.name) == ["house", "national"])
    }
}
