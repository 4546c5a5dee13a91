import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: dispositions, call-backs and further numbers")
struct CallbackConformanceTests {
    private let start = Scenario.start

    private func talked(_ kind: LedgerUnderTest, leads: Int = 3) async throws -> (Scenario, Claim) {
        let scenario = try await Scenario(kind, leads: leads)
        let claim = try #require(try await scenario.claim(1).claims.first)
        try await scenario.commit(
            .closed(claim.attempt, AttemptClosing(.connected, at: start, lead: .finish(.reached))))
        return (scenario, claim)
    }

    private func dispose(
        _ scenario: Scenario, _ subject: LeadDisposition.Subject, _ disposition: Disposition,
        callbackAt: Timestamp? = nil, agent: String? = nil
    ) async throws -> DispositionResult {
        let entry = LeadDisposition(
            subject: subject, disposition: disposition, callbackAt: callbackAt,
            callbackAgent: agent.map { AgentID($0) })
        return try #require(try await scenario.ledger.dispose([entry], of: scenario.campaign, at: start).first)
    }

    @Test("a lead stands as its agent says, and saying it again changes nothing", arguments: LedgerUnderTest.allCases)
    func endings(_ kind: LedgerUnderTest) async throws {
        for disposition in Disposition.allCases where disposition != .callback {
            let (scenario, claim) = try await talked(kind)
            #expect(try await dispose(scenario, .attempt(claim.attempt), disposition) == .applied)
            #expect(try await scenario.leads()[0].ending == disposition.ending)
            #expect(try await dispose(scenario, .attempt(claim.attempt), disposition) == .known)
            #expect(try await dispose(scenario, .number(claim.number), disposition) == .known)
            // A lead that was never called may be settled too, by its number.
            #expect(try await dispose(scenario, .number(try Scenario.number(2)), disposition) == .applied)
            #expect(try await scenario.leads()[2].state == .finished)
        }
    }

    @Test("what is not there, and what cannot be said yet", arguments: LedgerUnderTest.allCases)
    func refused(_ kind: LedgerUnderTest) async throws {
        let (scenario, claim) = try await talked(kind)
        let sibling = try await scenario.sibling("autumn")
        #expect(try await dispose(scenario, .attempt(AttemptID(99)), .sale) == .noLead)
        #expect(try await dispose(sibling, .attempt(claim.attempt), .sale) == .noLead)
        #expect(try await dispose(scenario, .number(try Scenario.number(77)), .sale) == .noLead)
        let open = try #require(try await scenario.claim(1).claims.first)
        #expect(try await dispose(scenario, .attempt(open.attempt), .sale) == .callIsOpen)
        #expect(try await scenario.leads()[1].state == .dialing)
    }

    @Test("a call-back is dialled at its time, before everybody else, and once", arguments: LedgerUnderTest.allCases)
    func callback(_ kind: LedgerUnderTest) async throws {
        let (scenario, first) = try await talked(kind)
        let due = start + .seconds(600)
        #expect(try await dispose(scenario, .attempt(first.attempt), .callback, callbackAt: due) == .applied)
        let lead = try await scenario.leads()[0]
        #expect(lead.state == .waiting && lead.ending == nil && lead.notBefore == due && lead.callbackAt == due)
        #expect(try await scenario.claim(1, at: due - .milliseconds(1)).claims.first?.lead != first.lead)
        let claim = try #require(try await scenario.claim(1, at: due).claims.first)
        #expect(claim.lead == first.lead && claim.history[.connected] == 1)
        let retry = due + .seconds(60)
        try await scenario.commit(.closed(claim.attempt, AttemptClosing(.busy, at: due, lead: .wait(until: retry))))
        #expect(try await scenario.leads()[0].callbackAt == nil)
        #expect(try await scenario.leads()[0].notBefore == retry, "from then on it is a lead like any other")
    }

    @Test("an agent's own call-back waits for them, and for half an hour at most", arguments: LedgerUnderTest.allCases)
    func agent(_ kind: LedgerUnderTest) async throws {
        let (scenario, first) = try await talked(kind, leads: 1)
        let due = start + .seconds(600)
        let mine = AgentID("mine")
        let result = try await dispose(
            scenario, .attempt(first.attempt), .callback, callbackAt: due, agent: mine.value)
        #expect(result == .applied)
        func claim(_ agents: [AgentID]?, after seconds: Int) async throws -> ClaimResult {
            try await scenario.claim(1, at: due + .seconds(seconds), idleAgents: agents)
        }
        let waiting = try await claim([AgentID("other")], after: 0)
        #expect(waiting.claims.isEmpty && waiting.nextDueAt == due + .seconds(30))
        #expect(try await scenario.leads()[0].holdReason?.contains("not idle") == true)
        let claims = try await claim([AgentID("other"), mine], after: 60).claims
        #expect(claims.map(\.agent) == [mine])
        let turnedAway = AttemptClosing(.notPlaced, at: due, lead: .wait(until: due + .seconds(61)))
        try await scenario.commit(.closed(try #require(claims.first).attempt, turnedAway))
        #expect(try await claim([], after: 62).claims.isEmpty, "it was not placed, and is theirs still")
        #expect(try await claim([mine], after: 120).claims.count == 1)
        for (agents, seconds) in [(nil, 0), ([AgentID("other")], 1_800)] as [([AgentID]?, Int)] {
            let (scenario, first) = try await talked(kind, leads: 1)
            _ = try await dispose(scenario, .attempt(first.attempt), .callback, callbackAt: due, agent: "mine")
            let claims = try await scenario.claim(1, at: due + .seconds(seconds), idleAgents: agents).claims
            #expect(claims.count == 1, "anybody may")
        }
    }

    @Test("an agent takes one call-back of theirs at a time", arguments: LedgerUnderTest.allCases)
    func oneAtATime(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 3)
        for index in 0..<3 {
            let number = try Scenario.number(index)
            _ = try await dispose(scenario, .number(number), .callback, callbackAt: start, agent: "mine")
        }
        let claims = try await scenario.claim(3, idleAgents: [AgentID("mine"), AgentID("other")]).claims
        #expect(claims.map(\.agent) == [AgentID("mine")])
    }

    // MARK: - Further numbers

    private func withAlternates(_ kind: LedgerUnderTest) async throws -> Scenario {
        let scenario = try await Scenario(kind)
        var lead = try Scenario.lead(0)
        lead.alternates = try [1, 2, 5].map { AlternateNumber(number: try Scenario.number($0), original: "\($0)") }
        let record = try await scenario.add([try Scenario.lead(5), lead, try Scenario.lead(6)])
        #expect(record.added == 3, "a lead is one, whatever its numbers")
        return scenario
    }

    private func close(
        _ scenario: Scenario, _ claim: Claim, _ outcome: CallOutcome, _ decision: LeadDecision
    ) async throws {
        try await scenario.commit(.closed(claim.attempt, AttemptClosing(outcome, at: start, lead: decision)))
    }

    @Test("a callee's next number is dialled when the one before came to nothing", arguments: LedgerUnderTest.allCases)
    func alternates(_ kind: LedgerUnderTest) async throws {
        let scenario = try await withAlternates(kind)
        #expect(try await scenario.leads().map(\.state) == [.waiting, .waiting, .standby, .standby, .waiting])
        #expect(try await scenario.figures().standby == 2)
        let first = try await scenario.claim(9).claims
        #expect(try first.map(\.number) == [5, 0, 6].map(Scenario.number))
        try await close(scenario, first[1], .busy, .wait(until: start))
        #expect(try await scenario.leads()[2].state == .standby, "the first number is tried again")
        let again = try #require(try await scenario.claim(1).claims.first)
        #expect(again.lead == first[1].lead)
        try await close(scenario, again, .busy, .finish(.attemptsUsed))
        let second = try #require(try await scenario.claim(9).claims.first)
        #expect(try second.number == Scenario.number(1))
        try await close(scenario, second, .connected, .finish(.reached))
        #expect(try await scenario.leads().map(\.ending) == [nil, .attemptsUsed, .reached, nil, nil])
        #expect(try await scenario.leads()[3].state == .standby, "their agent may yet say that the number is wrong")
        #expect(try await dispose(scenario, .attempt(second.attempt), .sale) == .applied)
        #expect(try await scenario.leads().map(\.ending) == [nil, .attemptsUsed, .sold, .sold, nil])
        #expect(try await scenario.claim(9).claims.isEmpty)
    }

    @Test(
        "whoever took notice of a call is not tried on another number", arguments: LedgerUnderTest.allCases,
        [CallOutcome.rejected, .abandoned])
    func noticed(_ kind: LedgerUnderTest, outcome: CallOutcome) async throws {
        let scenario = try await withAlternates(kind)
        let claim = try await scenario.claim(9).claims[1]
        try await close(scenario, claim, outcome, .finish(.notRetried))
        #expect(try await scenario.leads()[2...3].allSatisfy { $0.state == .standby })
    }

    @Test("a wrong number leads to the next, a do-not-call to none", arguments: LedgerUnderTest.allCases)
    func dispositions(_ kind: LedgerUnderTest) async throws {
        for (disposition, states) in [
            (Disposition.wrongNumber, [LeadState.finished, .waiting, .standby]),
            (.doNotCall, [.finished, .finished, .finished]),
        ] {
            let scenario = try await withAlternates(kind)
            #expect(try await dispose(scenario, .number(try Scenario.number(0)), disposition) == .applied)
            #expect(try await scenario.leads()[1...3].map(\.state) == states)
        }
    }

    @Test("a callee who does not want to be called is not, on whichever number", arguments: LedgerUnderTest.allCases)
    func forbidden(_ kind: LedgerUnderTest) async throws {
        let scenario = try await withAlternates(kind)
        let first = try await scenario.claim(9).claims[1]
        try await close(scenario, first, .noAnswer, .finish(.attemptsUsed))
        let second = try #require(try await scenario.claim(9).claims.first)
        #expect(try await dispose(scenario, .attempt(first.attempt), .doNotCall) == .applied)
        let all = try await scenario.ledger.numbers(of: .attempt(first.attempt), in: scenario.campaign)
        #expect(try all == [0, 1, 2].map(Scenario.number))
        try await close(scenario, second, .busy, .wait(until: start))
        #expect(try await scenario.leads()[2].ending == .doNotCall, "its call was open when they said so")
        _ = try await dispose(scenario, .number(try Scenario.number(2)), .callback, callbackAt: start)
        #expect(try await scenario.leads()[1...3].allSatisfy { $0.ending == .doNotCall })
    }

    @Test("dials of all numbers of a callee count as the lead's", arguments: LedgerUnderTest.allCases)
    func otherDials(_ kind: LedgerUnderTest) async throws {
        let scenario = try await withAlternates(kind)
        let claim = try await scenario.claim(9).claims[1]
        try await close(scenario, claim, .noAnswer, .finish(.attemptsUsed))
        let questions = Questions()
        try await scenario.claim(
            9, at: start + .seconds(1),
            policy: Policy(lookBack: .seconds(60)) { candidate, now in
                questions.add(candidate)
                return .hold(until: now + .seconds(60))
            })
        let asked = try #require(questions.all.first)
        #expect(try asked.number == Scenario.number(1))
        #expect(asked.recentDials.isEmpty && asked.otherDials.map(\.outcome) == [.noAnswer])
    }

    @Test("a lead whose policy finishes it is finished, and asked about no more", arguments: LedgerUnderTest.allCases)
    func finished(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 3)
        let result = try await scenario.claim(
            2, policy: Policy { candidate, _ in candidate.lead.value == 1 ? .finish(.expired) : .dial(callerID: nil) })
        #expect(result.claims.count == 2)
        #expect(try await scenario.leads()[0].ending == .expired)
    }

    @Test(
        "numbers of a callee come back together in whatever order, and the next is due where the first is missing",
        arguments: LedgerUnderTest.allCases)
    func broughtBack(_ kind: LedgerUnderTest) async throws {
        func exported(_ index: Int, id: Int64, _ progress: LeadStanding.Progress) throws -> NewLead {
            var lead = try Scenario.lead(index)
            var standing = LeadStanding(progress: progress)
            (standing.id, standing.contact) = (id, 10)
            lead.standing = standing
            return lead
        }
        let scenario = try await Scenario(kind)
        try await scenario.add([
            try exported(2, id: 12, .standby), try exported(1, id: 11, .standby),
            try exported(0, id: 10, .waiting(start)),
        ])
        #expect(try await scenario.leads().map(\.state) == [.standby, .standby, .waiting])
        #expect(Set(try await scenario.leads().map(\.contact)).count == 1)
        let orphans = try await scenario.sibling("orphans")
        try await orphans.add([try exported(2, id: 12, .standby), try exported(1, id: 11, .standby)])
        #expect(try await orphans.leads().map(\.state) == [.waiting, .standby])
        let over = try await scenario.sibling("over")
        try await over.add([try exported(0, id: 10, .finished(.sold)), try exported(1, id: 11, .standby)])
        #expect(try await over.leads().map(\.state) == [.finished, .standby], "nobody is called who bought already")
    }
}
