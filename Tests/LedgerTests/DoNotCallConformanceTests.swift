import DialModel
import Foundation
import Ledger
import Testing

/// A do-not-call list that is handed over in batches, made when they are asked for, and may break off.
///
/// `@unchecked Sendable`: the count is only touched under `lock`.
final class DoNotCallBatches: DoNotCallSource, @unchecked Sendable {
    let rejectedCount: Int
    private let lock = NSLock()
    private let make: @Sendable (Int) throws -> [DoNotCallEntry]?
    private var count = 0

    init(rejectedCount: Int = 0, _ make: @escaping @Sendable (Int) throws -> [DoNotCallEntry]?) {
        self.rejectedCount = rejectedCount
        self.make = make
    }

    convenience init(_ batches: [[DoNotCallEntry]], rejectedCount: Int = 0, breaksOff: Bool = false) {
        self.init(rejectedCount: rejectedCount) { index in
            if index < batches.count { return batches[index] }
            if breaksOff { throw ListSource.Unreadable() }
            return nil
        }
    }

    func nextBatch(isHashed: Bool) throws -> [DoNotCallEntry]? {
        try lock.withLock {
            defer { count += 1 }
            return try make(count)
        }
    }
}

extension DoNotCallEntry {
    /// The n-th number of the tests' own numbering plan.
    static func number(_ index: Int, until end: Timestamp? = nil) throws -> DoNotCallEntry {
        DoNotCallEntry(DoNotCallPattern(try Scenario.number(index)), expiresAt: end)
    }

    static func wildcard(_ text: String) throws -> DoNotCallEntry {
        DoNotCallEntry(try #require(DoNotCallPattern(normalForm: text)))
    }
}

extension Scenario {
    /// Puts entries on a list of all campaigns.
    @discardableResult
    func forbid(
        _ entries: DoNotCallEntry..., on list: String = DoNotCallListName.house, hashed: Bool = false,
        at now: Timestamp = start
    ) async throws -> DoNotCallChange {
        try await ledger.addDoNotCall(entries, to: DoNotCallListName(list), hashed: hashed, because: "asked", at: now)
    }

    /// Loads a list of all campaigns.
    @discardableResult
    func load(
        _ entries: [DoNotCallEntry], into list: String = "national", asOf: Timestamp? = start, replacing: Bool = false,
        hashed: Bool = false, at now: Timestamp = start
    ) async throws -> DoNotCallChange {
        var wish = DoNotCallImport(
            into: DoNotCallListName(list), file: ImportedFile(name: "\(list).csv", digest: "d"))
        (wish.asOf, wish.isReplacing, wish.isHashed) = (asOf, replacing, hashed)
        return try await ledger.importDoNotCall(wish, from: DoNotCallBatches([entries]), at: now)
    }

    /// What a claim would be told of each lead.
    func findings(_ policy: Policy = .obeying(), at now: Timestamp = start) async throws -> [DoNotCallFinding?] {
        try await ledger.candidates(of: campaign, after: nil, limit: 100, for: policy, at: now)
            .map(\.candidate.doNotCall)
    }

    /// The indices of the leads that a claim dials, which are then open.
    func dialled(_ policy: Policy = .obeying(), at now: Timestamp = start) async throws -> [PhoneNumber] {
        try await claim(100, at: now, policy: policy).claims.map(\.number)
    }
}

@Suite("Ledger conformance: do-not-call lists are asked in every claim")
struct DoNotCallConformanceTests {
    private let start = Scenario.start

    @Test("nobody on one's own list is dialled, whatever lists a campaign names", arguments: LedgerUnderTest.allCases)
    func house(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 4)
        #expect(try await scenario.findings() == [nil, nil, nil, nil])
        try await scenario.forbid(.number(1), .number(3))
        let listed = DoNotCallFinding.listed(list: "house", until: nil)
        #expect(try await scenario.findings() == [nil, listed, nil, listed])
        #expect(try await scenario.dialled() == [Scenario.number(0), Scenario.number(2)])
        let held = try await scenario.leads().filter { $0.holdReason != nil }
        #expect(try held.map(\.number) == [Scenario.number(1), Scenario.number(3)])
    }

    @Test("a list counts for those who ask it, and one of a campaign for it alone", arguments: LedgerUnderTest.allCases)
    func scopes(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 3)
        let sibling = try await scenario.sibling("autumn")
        try await sibling.add(0..<3)
        try await scenario.forbid(.number(0), on: "partners")
        let own = DoNotCallListName("mine", scope: .campaign(scenario.campaign))
        let ledger = scenario.ledger
        _ = try await ledger.addDoNotCall([.number(1)], to: own, hashed: false, because: "asked", at: start)
        let partners = DoNotCallFinding.listed(list: "partners", until: nil)
        let mine = DoNotCallFinding.listed(list: "mine", until: nil)
        let asking = Policy.obeying(DoNotCallQuestion([.init("partners")]))
        #expect(try await scenario.findings() == [nil, mine, nil])
        #expect(try await scenario.findings(asking) == [partners, mine, nil])
        #expect(try await sibling.findings() == [nil, nil, nil])
        #expect(try await sibling.findings(asking) == [partners, nil, nil])
        let lists = try await ledger.doNotCallLists(at: start)
        #expect(lists.map(\.name.name) == ["partners", "mine"] && lists.map(\.campaign) == [nil, "spring"])
    }

    @Test("a wildcard forbids what begins like it, and is as long if it says so", arguments: LedgerUnderTest.allCases)
    func wildcards(_ kind: LedgerUnderTest) async throws {
        let listed = DoNotCallFinding.listed(list: "house", until: nil)
        let cases: [(String, [DoNotCallFinding?])] = [
            ("+86138*", [listed, listed, listed]), ("+861381000000*", [listed, listed, listed]),
            ("+8613810000001*", [nil, listed, nil]), ("+861381000000X", [listed, listed, listed]),
            ("+86138XXXXXXXX", [listed, listed, listed]), ("+86138XXXXXXX", [nil, nil, nil]),
            ("+8613810000002X", [nil, nil, nil]), ("+86139*", [nil, nil, nil]),
        ]
        for (text, expected) in cases {
            let scenario = try await Scenario(kind, leads: 3)
            try await scenario.forbid(.wildcard(text))
            #expect(try await scenario.findings() == expected, "\(text)")
            let dialled = try await scenario.dialled()
            #expect(dialled.count == expected.filter { $0 == nil }.count, "\(text)")
        }
    }

    @Test("an entry counts until its end, and of two ends the later one does", arguments: LedgerUnderTest.allCases)
    func expiry(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        let (soon, late) = (start + .seconds(60), start + .seconds(600))
        #expect(try await scenario.forbid(.number(0, until: late)).added == 1)
        #expect(try await scenario.forbid(.number(0, until: soon)).unchanged == 1)
        let listed = DoNotCallFinding.listed(list: "house", until: late)
        #expect(try await scenario.findings(at: late - .milliseconds(1)) == [listed])
        #expect(try await scenario.findings(at: late) == [nil])
        let lists = try await scenario.ledger.doNotCallLists(at: late)
        #expect(lists.map(\.entries) == [0] && lists.map(\.expired) == [1])
        try await scenario.forbid(.wildcard("+86138*"))
        #expect(try await scenario.findings() == [.listed(list: "house", until: nil)], "the longest counts")
        #expect(try await scenario.forbid(.number(0)).changed == 1)
        #expect(try await scenario.forbid(.number(0, until: late)).unchanged == 1, "for ever is later than any end")
    }

    @Test(
        "row 20: a list of exactly 31 days may be asked, one of a second more may not",
        arguments: LedgerUnderTest.allCases)
    func age(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 2)
        let month = Duration.seconds(31 * 86_400)
        let asking = Policy.obeying(DoNotCallQuestion([.init("national", maximumAge: month), .init("house")]))
        #expect(try await scenario.findings(asking) == [.missing(list: "national"), .missing(list: "national")])
        try await scenario.load([.number(1)])
        let listed = DoNotCallFinding.listed(list: "national", until: nil)
        let outdated = DoNotCallFinding.outdated(list: "national")
        #expect(try await scenario.findings(asking, at: start + month) == [nil, listed])
        let late = start + month + .seconds(1)
        #expect(try await scenario.findings(asking, at: late) == [outdated, listed])
        #expect(try await scenario.dialled(asking, at: late).isEmpty)
        #expect(try await scenario.findings(at: late) == [nil, nil], "who does not ask for it is not held up")
        let rehearsal = Policy.obeying(DoNotCallQuestion(asking.doNotCall.demands, isStrict: false))
        #expect(try await scenario.findings(rehearsal, at: late) == [nil, listed])

        try await scenario.load([.number(0)], asOf: nil, at: late)
        #expect(try await scenario.dialled(asking, at: late).isEmpty, "a file without a date makes no list younger")
        try await scenario.load([.number(0)], asOf: late, at: late)
        #expect(try await scenario.dialled(asking, at: late + month).isEmpty, "both are on it")
        try await scenario.load([.number(0)], asOf: late, replacing: true, at: late + month)
        #expect(try await scenario.dialled(asking, at: late + month) == [Scenario.number(1)])
    }

    @Test(
        "a list that was only ever kept by hand has no age, unless an age is asked for",
        arguments: LedgerUnderTest.allCases)
    func ageless(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        try await scenario.forbid(.number(7), on: "vip")
        let day = Duration.seconds(86_400)
        #expect(try await scenario.findings(.obeying(DoNotCallQuestion([.init("vip")]))) == [nil])
        let aged = DoNotCallQuestion([.init("vip", maximumAge: day), .init("house", maximumAge: day)])
        #expect(try await scenario.findings(.obeying(aged)) == [.outdated(list: "vip")])
        let gaps = try await scenario.ledger.doNotCallGaps(in: aged, of: nil, at: start)
        #expect(gaps == [.outdated(list: "vip")], "one's own list may be missing, and has no age")
        let missing = DoNotCallQuestion([.init("a"), .init("vip"), .init("b")], isStrict: false)
        let named = try await scenario.ledger.doNotCallGaps(in: missing, of: scenario.campaign, at: start)
        #expect(named == [.missing(list: "a"), .missing(list: "b")])
    }

    @Test("what another process adds counts from the next claim on", arguments: LedgerUnderTest.allCases)
    func otherProcess(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 3)
        #expect(try await scenario.claim(1, policy: Policy.obeying()).claims.count == 1)
        let other = try await kind.open(in: scenario.folder)
        _ = try await other.addDoNotCall(
            [.number(1)], to: DoNotCallListName("house"), hashed: false, because: "asked", at: start)
        #expect(try await scenario.dialled() == [Scenario.number(2)])
    }

    @Test("a list of hashes gives the same answers, and takes no wildcard", arguments: LedgerUnderTest.allCases)
    func hashes(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 3)
        try await scenario.forbid(.number(0), .number(1, until: start + .seconds(60)), hashed: true)
        try await scenario.forbid(.number(0))
        let listed = DoNotCallFinding.listed(list: "house", until: nil)
        let briefly = DoNotCallFinding.listed(list: "house", until: start + .seconds(60))
        #expect(try await scenario.findings() == [listed, briefly, nil])
        await expectRefusal(.constraint) { try await scenario.forbid(.number(2), .wildcard("+86138*")) }
        #expect(try await scenario.findings() == [listed, briefly, nil], "all of it or nothing")
        let answers = try await scenario.ledger.doNotCallAnswers(about: Scenario.number(0), for: nil, at: start)
        #expect(try answers.map(\.match?.pattern) == [DoNotCallPattern(Scenario.number(0))])
        let change = try await scenario.ledger.removeDoNotCall(
            [DoNotCallPattern(Scenario.number(0))], from: DoNotCallListName("house"), at: start)
        #expect(change.removed == 1)
        #expect(try await scenario.ledger.doNotCallLists(at: start).map(\.isHashed) == [true])
        try await scenario.forbid(.number(2), on: "plain")
        await expectRefusal(.constraint) { try await scenario.forbid(.number(1), on: "plain", hashed: true) }
    }
}
