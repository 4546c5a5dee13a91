import DialModel
import Ledger
import Testing

@Suite("Ledger conformance: calls that the vendor placed by itself")
struct AdoptionConformanceTests {
    private let start = Scenario.start

    private func call(_ id: String, _ index: Int, since: Timestamp = Scenario.start) throws -> UnclaimedCall {
        UnclaimedCall(
            id: VendorCallID(id), number: try Scenario.number(index), since: since, origin: "row 5 of project 7")
    }

    private func adopt(_ call: UnclaimedCall, in scenario: Scenario, at now: Timestamp) async throws -> Adoption {
        try await scenario.ledger.adopt(
            call, into: scenario.campaign, run: scenario.run, vendor: "wincall.main",
            asking: DoNotCallQuestion([DoNotCallQuestion.Demand("national", maximumAge: .seconds(1))]), at: now)
    }

    private func claim(_ adoption: Adoption) throws -> Claim {
        guard case .open(let claim) = adoption else {
            throw try #require(nil as (any Error)?, "there is no open attempt: \(adoption)")
        }
        return claim
    }

    @Test("a call to a number of the list is an attempt upon that lead", arguments: LedgerUnderTest.allCases)
    func listed(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 2)
        let call = try call("1001/5/880", 1)
        let claim = try claim(try await adopt(call, in: scenario, at: start + .seconds(1)))
        let leads = try await scenario.leads()
        #expect(claim.lead == leads[1].id)
        #expect(leads.map(\.state) == [.waiting, .dialing])
        let attempt = try #require(try await scenario.attempts().first)
        #expect(attempt.state == .dialing)
        #expect(attempt.vendorCall == call.id)
        #expect(attempt.vendor == "wincall.main")
        #expect(attempt.claimedAt == start)
        #expect(attempt.callerID == nil)
        let timeline = try await scenario.ledger.timeline(of: attempt.id)
        #expect(timeline.map(\.note) == ["placed by the vendor: row 5 of project 7"])
        #expect(try await scenario.ledger.openAttempts(of: scenario.campaign).map(\.vendorCall) == [call.id])

        let end = start + .seconds(60)
        try await scenario.commit(
            .closed(claim.attempt, AttemptClosing(.connected, at: end, lead: .finish(.reached))))
        #expect(try await scenario.leads()[1].ending == .reached)
    }

    @Test("the same call has one attempt, whenever it is told of", arguments: LedgerUnderTest.allCases)
    func once(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        let call = try call("1001/5/880", 0)
        let first = try claim(try await adopt(call, in: scenario, at: start))
        #expect(try await adopt(call, in: scenario, at: start + .seconds(9)) == .open(first))
        try await scenario.commit(
            .closed(first.attempt, AttemptClosing(.abandoned, at: start, lead: .wait(until: start))))
        #expect(try await adopt(call, in: scenario, at: start + .seconds(10)) == .closed)
        // The vendor calls again by the same row of its table.
        let second = try claim(
            try await adopt(try self.call("1001/5/881", 0), in: scenario, at: start + .seconds(90)))
        #expect(second.attempt != first.attempt)
        #expect(second.history[.abandoned] == 1)
        #expect(try await scenario.attempts().map(\.ordinal) == [1, 2])
    }

    @Test("somebody in no list becomes a lead that no run dials", arguments: LedgerUnderTest.allCases)
    func strangers(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        let claims = [
            try claim(try await adopt(try call("a/1/1", 50), in: scenario, at: start)),
            try claim(try await adopt(try call("b/2/2", 51), in: scenario, at: start)),
        ]
        let leads = try await scenario.leads()
        #expect(leads.map(\.list) == ["leads.csv", "strangers", "strangers"])
        #expect(leads.map(\.line) == [2, 1, 2])
        let imports = try await scenario.ledger.imports(of: scenario.campaign)
        #expect(imports.map(\.added) == [1, 2])

        let end = start + .seconds(5)
        for claim in claims {
            try await scenario.commit(
                .closed(claim.attempt, AttemptClosing(.abandoned, at: end, lead: .wait(until: end))))
        }
        #expect(try await scenario.leads().map(\.ending) == [nil, .notRetried, .notRetried])
        #expect(try await scenario.claim(9, at: end + .seconds(1)).claims.map(\.lead) == [leads[0].id])
    }

    @Test("two calls to a number are never open at once, in whichever campaign", arguments: LedgerUnderTest.allCases)
    func busy(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        let other = try await scenario.sibling("summer")
        let claim = try #require(try await scenario.claim(1).claims.first)
        let call = try call("1001/5/880", 0)
        #expect(try await adopt(call, in: other, at: start) == .numberBusy)
        #expect(try await adopt(call, in: scenario, at: start) == .numberBusy)
        #expect(try await other.leads().isEmpty)
        try await scenario.commit(
            .closed(claim.attempt, AttemptClosing(.busy, at: start, lead: .wait(until: start))))
        _ = try self.claim(try await adopt(call, in: other, at: start))
    }

    @Test(
        "who is finished stays so, unless an agent speaks with somebody who was given up",
        arguments: LedgerUnderTest.allCases)
    func finished(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 3)
        let endings: [LeadEnding] = [.doNotCall, .attemptsUsed, .attemptsUsed]
        for (claim, ending) in zip(try await scenario.claim(3).claims, endings) {
            try await scenario.commit(.closed(claim.attempt, AttemptClosing(.busy, at: start, lead: .finish(ending))))
        }
        let decisions: [LeadDecision] = [.finish(.reached), .finish(.reached), .wait(until: start)]
        for (index, decision) in decisions.enumerated() {
            let claim = try claim(
                try await adopt(try call("own/\(index)", index), in: scenario, at: start + .seconds(1)))
            #expect(try await scenario.leads()[index].state == .finished)
            let outcome: CallOutcome = decision == .finish(.reached) ? .connected : .abandoned
            try await scenario.commit(
                .closed(claim.attempt, AttemptClosing(outcome, at: start + .seconds(9), lead: decision)))
        }
        #expect(try await scenario.leads().map(\.ending) == [.doNotCall, .reached, .attemptsUsed])
    }

    @Test("a number in reserve stays there, or ends the others with it", arguments: LedgerUnderTest.allCases)
    func inReserve(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind)
        var lead = try Scenario.lead(0)
        lead.alternates = [AlternateNumber(number: try Scenario.number(1), original: "1")]
        try await scenario.add([lead])
        let abandoned = try claim(try await adopt(try call("own/1", 1), in: scenario, at: start))
        try await scenario.commit(
            .closed(abandoned.attempt, AttemptClosing(.abandoned, at: start, lead: .wait(until: start))))
        #expect(try await scenario.leads().map(\.state) == [.waiting, .standby])
        let reached = try claim(try await adopt(try call("own/2", 1), in: scenario, at: start))
        try await scenario.commit(
            .closed(reached.attempt, AttemptClosing(.connected, at: start, lead: .finish(.reached))))
        #expect(try await scenario.leads().map(\.state) == [.standby, .finished])
        #expect(try await scenario.claim(9, at: start + .seconds(1)).claims.isEmpty)
    }

    @Test("an attempt tells of the list that its number is on, where one is asked", arguments: LedgerUnderTest.allCases)
    func onList(_ kind: LedgerUnderTest) async throws {
        let scenario = try await Scenario(kind, leads: 1)
        for (list, index) in [("national", 0), ("house", 50), ("unasked", 51)] {
            try await scenario.forbid(try .number(index), on: list)
        }
        let texts = ["; on the do-not-call list national", "; on the do-not-call list house", ""]
        for (index, text) in zip([0, 50, 51], texts) {
            let claim = try claim(try await adopt(try call("own/\(index)", index), in: scenario, at: start))
            #expect(claim.doNotCallList == text.split(separator: " ").last.map(String.init))
            let timeline = try await scenario.ledger.timeline(of: claim.attempt)
            #expect(timeline.map(\.note) == ["placed by the vendor: row 5 of project 7" + text])
            try await close(claim, .abandoned, .wait(until: start), in: scenario)
        }
        // The gates hold a lead of a list back, as ever; no list has strangers asked.
        #expect(try await scenario.leads().map(\.ending) == [nil, .doNotCall, .notRetried])
    }

    // MARK: - Leads that become due during the call

    /// A lead that was finished, is in a call of the vendor's own, and has become due meanwhile.
    private func dueAgain(
        _ kind: LedgerUnderTest, callbackAt: Timestamp?
    ) async throws -> (scenario: Scenario, claim: Claim) {
        let scenario = try await Scenario(kind, leads: 1)
        let first = try #require(try await scenario.claim(1).claims.first)
        try await scenario.commit(
            .closed(first.attempt, AttemptClosing(.noAnswer, at: start, lead: .finish(.attemptsUsed))))
        let claim = try claim(try await adopt(try call("own/1", 0), in: scenario, at: start))
        if let callbackAt {
            let callback = LeadDisposition(
                subject: .attempt(first.attempt), disposition: .callback, callbackAt: callbackAt, callbackAgent: nil)
            let results = try await scenario.ledger.dispose([callback], of: scenario.campaign, at: start)
            #expect(results == [.applied])
        } else {
            let file = ImportedFile(name: "again.csv", digest: "again")
            _ = try await scenario.ledger.importLeads(
                into: scenario.campaign, file: file, from: ListSource([[try Scenario.lead(0)]], breaksOff: false),
                duplicates: .list, at: start)
        }
        #expect(try await scenario.leads().map(\.state) == [.waiting])
        return (scenario, claim)
    }

    private func close(_ claim: Claim, _ outcome: CallOutcome, _ lead: LeadDecision, in scenario: Scenario) async throws
    {
        try await scenario.commit(
            .closed(claim.attempt, AttemptClosing(outcome, at: start + .seconds(9), lead: lead)))
        #expect(try await scenario.ledger.openAttempts(of: scenario.campaign).isEmpty)
    }

    @Test(
        "a call-back that was asked for during the call stands, however that ends", arguments: LedgerUnderTest.allCases)
    func callbackMeanwhile(_ kind: LedgerUnderTest) async throws {
        let due = start + .seconds(600)
        for lead in [LeadDecision.wait(until: due + .seconds(5)), .finish(.reached), .finish(.attemptsUsed)] {
            let (scenario, claim) = try await dueAgain(kind, callbackAt: due)
            try await close(claim, lead == .finish(.reached) ? .connected : .abandoned, lead, in: scenario)
            let record = try #require(try await scenario.leads().first)
            #expect(record.state == .waiting && record.callbackAt == due && record.notBefore == due, "\(lead)")
        }
        let (scenario, claim) = try await dueAgain(kind, callbackAt: due)
        try await close(claim, .rejected, .finish(.doNotCall), in: scenario)
        #expect(try await scenario.leads().map(\.ending) == [.doNotCall])
    }

    @Test("a lead that was listed anew during the call waits as that says", arguments: LedgerUnderTest.allCases)
    func listedMeanwhile(_ kind: LedgerUnderTest) async throws {
        let retry = start + .seconds(60)
        let (waiting, abandoned) = try await dueAgain(kind, callbackAt: nil)
        try await close(abandoned, .abandoned, .wait(until: retry), in: waiting)
        #expect(try await waiting.leads().map(\.state) == [.waiting])
        #expect(try await waiting.leads().map(\.notBefore) == [retry])
        let (reached, talked) = try await dueAgain(kind, callbackAt: nil)
        try await close(talked, .connected, .finish(.reached), in: reached)
        #expect(try await reached.leads().map(\.ending) == [.reached])
    }

    /// A callee with two numbers, the first of which has come to nothing, and who is called on it by the vendor.
    private func withSecondNumber(_ kind: LedgerUnderTest) async throws -> (scenario: Scenario, claim: Claim) {
        let scenario = try await Scenario(kind)
        var lead = try Scenario.lead(0)
        lead.alternates = [AlternateNumber(number: try Scenario.number(1), original: "1")]
        try await scenario.add([lead])
        return (scenario, try #require(try await scenario.claim(1).claims.first))
    }

    @Test("a number in reserve that was woken during the call is done with it", arguments: LedgerUnderTest.allCases)
    func wokenMeanwhile(_ kind: LedgerUnderTest) async throws {
        let (scenario, first) = try await withSecondNumber(kind)
        let own = try claim(try await adopt(try call("own/1", 1), in: scenario, at: start))
        try await scenario.commit(
            .closed(first.attempt, AttemptClosing(.noAnswer, at: start, lead: .finish(.attemptsUsed))))
        #expect(try await scenario.leads().map(\.state) == [.finished, .waiting])
        try await close(own, .connected, .finish(.reached), in: scenario)
        #expect(try await scenario.leads().map(\.ending) == [.attemptsUsed, .reached])
    }

    @Test(
        "who is spoken to on a number that was given up is not dialled on another", arguments: LedgerUnderTest.allCases)
    func givenUpNumber(_ kind: LedgerUnderTest) async throws {
        let (scenario, first) = try await withSecondNumber(kind)
        try await scenario.commit(
            .closed(first.attempt, AttemptClosing(.noAnswer, at: start, lead: .finish(.attemptsUsed))))
        let own = try claim(try await adopt(try call("own/1", 0), in: scenario, at: start))
        try await close(own, .connected, .finish(.reached), in: scenario)
        #expect(try await scenario.leads().map(\.state) == [.finished, .standby])
        #expect(try await scenario.claim(9, at: start + .seconds(60)).claims.isEmpty)
    }
}
