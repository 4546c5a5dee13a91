import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: whose turn it is")
struct OrderConformanceTests {
    private let start = Scenario.start

    private func leads(_ indices: Range<Int>, priority: Int = 0) throws -> [NewLead] {
        try indices.map { index in
            var lead = try Scenario.lead(index)
            lead.priority = priority
            return lead
        }
    }

    private func indices(_ claims: [Claim]) throws -> [Int] {
        try claims.map { claim in try #require(Int(claim.number.e164.dropFirst(6))) - 10_000_000 }
    }

    /// Claims so many one after the other, as a run does whose agents become idle one by one.
    private func claimOneByOne(_ scenario: Scenario, _ count: Int, _ order: LeadOrder) async throws -> [Int] {
        var claims: [Claim] = []
        for _ in 0..<count { claims += try await scenario.claim(1, at: start + .seconds(60), order: order).claims }
        return try indices(claims)
    }

    @Test("leads of higher priority come first, also when they were loaded last", arguments: LedgerUnderTest.allCases)
    func priority(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        try await scenario.add(try leads(0..<3), list: "a")
        try await scenario.add(try leads(3..<6, priority: -5), list: "b")
        try await scenario.add(try leads(6..<8, priority: 999), list: "c", at: start + .seconds(9))
        #expect(try indices(try await scenario.claim(4, at: start + .seconds(5)).claims) == [0, 1, 2, 3])
        #expect(try indices(try await scenario.claim(9, at: start + .seconds(9)).claims) == [6, 7, 4, 5])
        #expect(try await scenario.figures(at: start).dialing == 8)
    }

    @Test("a retry that is due comes before new leads, after them, or by its time", arguments: LedgerUnderTest.allCases)
    func retries(_ kind: LedgerUnderTest) async throws {
        for (retries, expected) in [(LeadOrder.Retries.first, [0, 1, 2]), (.last, [1, 2, 0]), (.mixed, [1, 2, 0])] {
            let scenario = try await Scenario(kind)
            let order = LeadOrder(retries: retries)
            try await scenario.add(try leads(0..<2))
            try await scenario.ledger.arrange(scenario.campaign, order)
            let claim = try #require(try await scenario.claim(1, order: order).claims.first)
            let due = start + .seconds(30)
            try await scenario.commit(.closed(claim.attempt, AttemptClosing(.busy, at: start, lead: .wait(until: due))))
            try await scenario.add(try leads(2..<3), list: "later", at: retries == .mixed ? start : due + .seconds(5))
            #expect(try await claimOneByOne(scenario, 3, order) == expected, "\(retries)")
        }
    }

    @Test("the newest come first, or chance decides, the same for the same seed", arguments: LedgerUnderTest.allCases)
    func sequences(_ kind: LedgerUnderTest) async throws {
        func claimed(_ sequence: LeadOrder.Sequence) async throws -> [Int] {
            let scenario = try await Scenario(kind, leads: 50)
            let order = LeadOrder(sequence: sequence)
            try await scenario.ledger.arrange(scenario.campaign, order)
            // A list that comes later is put into the order by the next run.
            try await scenario.add(try leads(50..<60), list: "later")
            try await scenario.ledger.arrange(scenario.campaign, order)
            return try indices(try await scenario.claim(60, order: order).claims)
        }
        #expect(try await claimed(.listed) == Array(0..<60))
        #expect(try await claimed(.newest) == Array((0..<60).reversed()))
        let drawn = try await claimed(.drawn(seed: 7))
        #expect(drawn != Array(0..<60) && drawn.sorted() == Array(0..<60))
        #expect(try await claimed(.drawn(seed: 7)) == drawn)
        #expect(try await claimed(.drawn(seed: 8)) != drawn)
    }

    @Test("another order is taken up where leads wait already", arguments: LedgerUnderTest.allCases)
    func rearranged(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 4)
        for (order, next) in [(LeadOrder(sequence: .newest), 3), (LeadOrder(), 0), (LeadOrder(sequence: .newest), 2)] {
            try await scenario.ledger.arrange(scenario.campaign, order)
            #expect(try indices(try await scenario.claim(1, order: order).claims) == [next])
        }
    }

    @Test(
        "lists have their shares of the dials, and the rest when one has nobody left",
        arguments: LedgerUnderTest.allCases)
    func shares(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        let order = LeadOrder(shares: [.init(list: "gold.csv", percent: 70), .init(list: "tin.csv", percent: 30)])
        try await scenario.add(try leads(0..<5), list: "lists/other.csv")
        try await scenario.add(try leads(100..<200), list: "lists/tin.csv")
        try await scenario.add(try leads(200..<270), list: "gold.csv")
        try await scenario.ledger.arrange(scenario.campaign, order)
        let claims = try await claimOneByOne(scenario, 175, order)
        let gold = claims.prefix(100).count { $0 >= 200 }
        #expect(abs(gold - 70) <= 1, "\(gold) of 100")
        for end in stride(from: 10, through: 100, by: 10) {
            let share = claims.prefix(end).count { $0 >= 200 }
            #expect(abs(share * 10 - end * 7) <= 15, "\(share) of \(end)")
        }
        #expect(claims.dropFirst(100).prefix(70).allSatisfy { (100..<270).contains($0) })
        #expect(Array(claims.suffix(5)) == [0, 1, 2, 3, 4], "a list without a share comes last")
    }

    @Test("one claim of many takes the same leads as many claims of one", arguments: LedgerUnderTest.allCases)
    func batches(_ kind: LedgerUnderTest) async throws {
        let order = LeadOrder(
            sequence: .drawn(seed: 3), shares: [.init(list: "a", percent: 60), .init(list: "b", percent: 40)])
        func scenario() async throws -> Scenario {
            let scenario = try await Scenario(kind)
            try await scenario.add(try leads(0..<30), list: "a")
            try await scenario.add(try leads(30..<60), list: "b")
            try await scenario.add(try leads(60..<65, priority: 2), list: "c")
            try await scenario.ledger.arrange(scenario.campaign, order)
            return scenario
        }
        let one = try await claimOneByOne(try await scenario(), 65, order)
        let many = try indices(try await scenario().claim(65, at: start + .seconds(60), order: order).claims)
        #expect(one == many && many.count == 65)
    }
}

extension OrderConformanceTests {
    @Test(
        "leads that were held by other rules are due again, and no wait is cut short",
        arguments: LedgerUnderTest.allCases)
    func policies(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 2)
        let claim = try #require(try await scenario.claim(1).claims.first)
        let retry = start + .seconds(600)
        try await scenario.commit(.closed(claim.attempt, AttemptClosing(.busy, at: start, lead: .wait(until: retry))))
        func takeUp(_ word: String, after seconds: Int) async throws -> [Timestamp?] {
            let now = start + .seconds(seconds)
            try await scenario.ledger.takeUp(policy: word, of: scenario.campaign, at: now)
            return try await scenario.leads().map(\.notBefore)
        }
        #expect(try await takeUp("a", after: 1) == [retry, start])
        let held = start + .seconds(9_000)
        try await scenario.claim(
            1, at: start + .seconds(2), policy: Policy { _, _ in .hold(until: held, because: "x") })
        #expect(try await takeUp("a", after: 3) == [retry, held])
        #expect(try await takeUp("b", after: 4) == [retry, start + .seconds(4)])
        #expect(try await scenario.leads()[1].holdReason == nil)
    }

    @Test(
        "leads that wait until something is changed are due at no time, and are asked about again on another day",
        arguments: LedgerUnderTest.allCases)
    func onHold(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 3)
        func takeUp(at now: Timestamp) async throws {
            try await scenario.ledger.takeUp(policy: "a", of: scenario.campaign, at: now)
        }
        try await takeUp(at: start)
        let later = start + .seconds(90_000)
        let policy = Policy { candidate, _ in
            candidate.lead.value == 3
                ? .hold(until: later, because: "calling_hours: x") : .hold(until: .never, because: "consent: x")
        }
        let result = try await scenario.claim(3, at: start, policy: policy)
        #expect(result.claims.isEmpty && result.nextDueAt == later)
        let figures = try await scenario.ledger.figures(of: scenario.campaign, at: start)
        #expect(figures.nextDueAt == later && figures.waiting == 3)
        #expect(try await scenario.leads().map(\.notBefore) == [nil, nil, later])
        try await takeUp(at: start + .seconds(1))
        #expect(try await scenario.leads().map(\.notBefore) == [nil, nil, later])
        let tomorrow = start + .seconds(86_400)
        try await takeUp(at: tomorrow)
        #expect(try await scenario.leads().map(\.notBefore) == [tomorrow, tomorrow, later])
    }
}
