import DialModel
import Ledger
import PostgresLedger
import StoredLedger
import TestSupport
import Testing

/// A campaign that several runners share, each with connections of its own.
///
/// No lease lapses by itself, however long a test is kept waiting.
private struct SharedCampaign {
    let folder: TemporaryFolder
    /// The ledger that the list was loaded with.
    let first: Scenario
    /// By how many milliseconds each lease is good for longer than it should be.
    private static let grace: Int64 = 3_600_000

    init(leads count: Int = 0) async throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        first = try await Scenario(ledger: try await folder.postgres(), in: folder)
        if count > 0 { try await first.add(0..<count) }
        try await run(
            """
            CREATE FUNCTION renewed_for_long() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                NEW.renewed_at := NEW.renewed_at + \(Self.grace);
                RETURN NEW;
            END $$
            """)
        try await run(
            """
            CREATE TRIGGER renewed_for_long BEFORE INSERT OR UPDATE OF renewed_at ON runners
            FOR EACH ROW EXECUTE FUNCTION renewed_for_long()
            """)
    }

    /// A further runner, which has joined.
    func runner(_ name: String, of campaign: String = "spring") async throws -> SharedRunner {
        let ledger = try await folder.postgres()
        let scenario = try await Scenario(ledger: ledger, in: folder, campaign: campaign)
        let answer = try await ledger.join(scenario.run, named: name, reporting: RunnerReport())
        return SharedRunner(ledger: ledger, scenario: scenario, joined: answer)
    }

    /// Says to the database itself what no runner would say.
    func run(_ sql: String) async throws {
        _ = try await first.ledger.write("meddle") { db in try db.execute(sql, []) }
    }

    /// Lets the time pass in which a run does not renew its lease.
    func lapse(_ run: RunID) async throws {
        // What is written here is renewed as well.
        let milliseconds = 2 * Self.grace + LeaseTerms.length.milliseconds + 1_000
        try await self.run("UPDATE runners SET renewed_at = renewed_at - \(milliseconds) WHERE run = \(run.value)")
    }
}

private struct SharedRunner {
    let ledger: PostgresLedger
    let scenario: Scenario
    let joined: LeaseAnswer

    var run: RunID { scenario.run }

    func renew(hasHeard heard: Int64 = 0) async throws -> LeaseAnswer {
        try await ledger.renew(run, reporting: RunnerReport(heard: heard))
    }

    func claim(
        _ count: Int, as number: Int64, policy: any ClaimPolicy = Policy.dialAll
    ) async throws -> [Claim] {
        let stamp = CommitStamp(run: run, number: number)
        return try await ledger.commit([], claiming: scenario.request(count, policy: policy), as: stamp).claims
    }

    func close(_ attempt: AttemptID, as number: Int64) async throws {
        let closing = AttemptClosing(.busy, at: Scenario.start, lead: .wait(until: Scenario.start))
        let stamp = CommitStamp(run: run, number: number)
        _ = try await ledger.commit([.closed(attempt, closing)], claiming: nil, as: stamp)
    }
}

@Suite("Several runners on PostgreSQL")
struct RunnerConformanceTests {
    @Test("one leads at a time, in a new epoch when it is gone")
    func leading() async throws {
        let shared = try await SharedCampaign()
        let (one, two) = (try await shared.runner("one"), try await shared.runner("two"))
        #expect(one.joined.leadership?.epoch == 1 && two.joined.leadership == nil)
        #expect(try await one.renew().leadership?.runners.map(\.run) == [one.run, two.run])
        try await shared.lapse(one.run)
        // As long as nobody has given it up, it may renew.
        #expect(try await one.renew().leadership?.epoch == 1)
        try await shared.lapse(one.run)
        let leadership = try await two.renew().leadership
        #expect(leadership?.epoch == 2 && leadership?.runners.map(\.run) == [two.run])
        let states = try await two.ledger.runners(of: shared.first.campaign).map(\.state)
        #expect(states.first == .fenced && states.count == 2)
    }

    @Test("one that was given up writes nothing more")
    func fencing() async throws {
        let shared = try await SharedCampaign(leads: 4)
        let (one, two) = (try await shared.runner("one"), try await shared.runner("two"))
        let claims = try await one.claim(2, as: 1)
        try await shared.lapse(one.run)
        #expect(try await two.renew().hasOrphans)
        let call = UnclaimedCall(
            id: VendorCallID("own"), number: try Scenario.number(50), since: Scenario.start, origin: "a project")
        await expectRefusal(.fenced) { try await one.renew() }
        await expectRefusal(.fenced) { try await one.claim(1, as: 2) }
        await expectRefusal(.fenced) { try await one.close(claims[0].attempt, as: 2) }
        await expectRefusal(.fenced) { try await one.scenario.claim(1) }
        await expectRefusal(.fenced) { try await one.ledger.takeOver(by: one.run) }
        await expectRefusal(.fenced) {
            try await one.ledger.publish(SharePublication(epoch: 1, number: 1, parts: []), by: one.run)
        }
        await expectRefusal(.fenced) {
            try await one.ledger.adopt(
                call, into: one.scenario.campaign, run: one.run, vendor: "alibaba.main", asking: DoNotCallQuestion(),
                at: Scenario.start)
        }
        await expectRefusal(.fenced) {
            try await one.ledger.endRun(one.run, because: "drained", at: Scenario.start)
        }
        #expect(try await shared.first.attempts().count == 2)
        #expect(try await shared.first.attempts().allSatisfy { $0.outcome == nil })
    }

    @Test("attempts of one that is gone belong to the first who asks, and of one that is alive to itself")
    func takingOver() async throws {
        let shared = try await SharedCampaign(leads: 6)
        let one = try await shared.runner("one")
        let (two, three) = (try await shared.runner("two"), try await shared.runner("three"))
        let orphans = try await one.claim(2, as: 1).map(\.attempt)
        let own = try await two.claim(1, as: 1).map(\.attempt)
        #expect(try await three.ledger.takeOver(by: three.run).isEmpty)
        try await shared.lapse(one.run)
        #expect(try await two.renew().leadership?.orphans == ["alibaba.main": 2])
        let taken = try await [
            two.ledger.takeOver(by: two.run), three.ledger.takeOver(by: three.run), two.ledger.takeOver(by: two.run),
        ].map { $0.map(\.claim.attempt) }
        #expect(taken == [orphans, [], orphans], "an answer that was lost is told once more")
        await expectRefusal(.constraint) { try await three.close(orphans[0], as: 1) }
        await expectRefusal(.constraint) { try await three.close(own[0], as: 1) }
        try await two.close(orphans[0], as: 2)
        try await two.close(own[0], as: 3)
        let living = try await two.renew().leadership?.runners
        #expect(living?.map(\.ownCalls) == [0, 0] && living?.map(\.takenCalls) == [1, 0])
    }

    @Test("a commit that is repeated happens once, and claims what it claimed")
    func repeating() async throws {
        let shared = try await SharedCampaign(leads: 6)
        let one = try await shared.runner("one")
        let claims = try await one.claim(3, as: 1)
        #expect(claims.count == 3)
        #expect(try await one.claim(3, as: 1) == claims)
        await expectRefusal(.constraint) { try await one.claim(1, as: 3) }
        try await one.close(claims[0].attempt, as: 2)
        try await one.close(claims[0].attempt, as: 2)
        #expect(try await one.claim(9, as: 3).count == 4, "the lead that is due again, and the three others")
    }

    @Test("a lease is renewed while a commit takes its time", .timeLimit(.minutes(5)))
    func slowCommit() async throws {
        let shared = try await SharedCampaign(leads: 2)
        let (one, two) = (try await shared.runner("one"), try await shared.runner("two"))
        let (hasBegun, mayEnd) = (Signal(), Signal())
        let policy = Policy { _, _ in
            hasBegun.fire()
            mayEnd.block()
            return .dial(callerID: nil)
        }
        let commit = Task { try await one.claim(1, as: 1, policy: policy) }
        await hasBegun.wait()
        try await shared.lapse(one.run)
        #expect(try await two.renew().leadership == nil, "nobody is given up in the midst of a commit")
        #expect(try await one.renew().leadership?.epoch == 1)
        mayEnd.fire()
        #expect(try await commit.value.count == 1)
        try await shared.lapse(one.run)
        #expect(try await two.renew().leadership?.orphans == ["alibaba.main": 1])
    }

    @Test("only the leader of the latest epoch publishes, one after the other")
    func publishing() async throws {
        let shared = try await SharedCampaign()
        let (one, two) = (try await shared.runner("one"), try await shared.runner("two"))
        func publication(_ epoch: Int64, _ number: Int64) -> SharePublication {
            let share = RunnerShare(number: number, agents: [AgentID("amy")], lines: 3, formerLines: 3, portion: 0.5)
            return SharePublication(epoch: epoch, number: number, parts: [.init(run: two.run, share: share)])
        }
        await expectRefusal(.fenced) { try await two.ledger.publish(publication(1, 1), by: two.run) }
        await expectRefusal(.fenced) { try await one.ledger.publish(publication(2, 1), by: one.run) }
        await expectRefusal(.constraint) { try await one.ledger.publish(publication(1, 2), by: one.run) }
        try await one.ledger.publish(publication(1, 1), by: one.run)
        #expect(try await two.renew().share == publication(1, 1).parts[0].share)
        #expect(try await one.renew().share == nil)
        #expect(try await one.renew().leadership?.lastNumber == 1)
    }

    @Test("orders are heard once by each, and a pause by whoever joins while others are paused")
    func ordering() async throws {
        let shared = try await SharedCampaign()
        let one = try await shared.runner("one")
        var wakes = one.ledger.wakes(of: shared.first.campaign).makeAsyncIterator()
        // The first wake is the connection's own.
        await wakes.next()
        try await shared.first.postgres.give(.pause, to: shared.first.campaign, by: "ops")
        await wakes.next()
        let answer = try await one.renew()
        #expect(answer.orders.map(\.kind) == [.pause] && answer.orders.map(\.giver) == ["ops"])
        #expect(try await one.renew(hasHeard: answer.lastOrder).orders.isEmpty)
        #expect(try await shared.runner("two").joined.orders.map(\.kind) == [.pause])
        try await shared.first.postgres.give(.resume, to: nil, by: "ops")
        await wakes.next()
        #expect(try await shared.runner("three").joined.orders.isEmpty)
    }

    @Test(
        "an order that is given while a lease is begun or renewed is heard once", .timeLimit(.minutes(5)),
        arguments: ["FROM leaders", "renewed_at FROM runners WHERE", "kind, giver FROM", "max(number)"], [true, false])
    func orderingMeanwhile(_ moment: String, _ isRenewed: Bool) async throws {
        let shared = try await SharedCampaign()
        _ = try await shared.runner("one")
        let server = try await PostgresServer.shared.value
        let meddler = try #require(Meddler(before: server.port))
        defer { meddler.close() }
        let address = try await server.address(of: shared.folder.postgresSchema)
        // A connection that has asked nothing yet sends all its questions in words.
        let ledger = try await PostgresLedger.open(
            at: try PostgresAddress(address.replacing(":\(server.port)/", with: ":\(meddler.port)/")),
            access: .readWriteExisting)
        let run = try await Scenario(ledger: try await shared.folder.postgres(), in: shared.folder).run
        if isRenewed {
            _ = try await shared.first.postgres.join(run, named: "two", reporting: RunnerReport())
        }
        let isHeld = meddler.harm(.holdRequest, at: moment)
        let asking = Task {
            isRenewed
                ? try await ledger.renew(run, reporting: RunnerReport())
                : try await ledger.join(run, named: "two", reporting: RunnerReport())
        }
        await isHeld.wait()
        try await shared.first.postgres.give(.pause, to: shared.first.campaign, by: "ops")
        meddler.release()
        let answer = try await asking.value
        let next = try await shared.first.postgres.renew(run, reporting: RunnerReport(heard: answer.lastOrder))
        #expect((answer.orders + next.orders).map(\.kind) == [.pause])
        await ledger.close()
    }

    @Test("whoever is forbidden is claimed by nobody from then on, and all runners are woken")
    func forbidding() async throws {
        let shared = try await SharedCampaign(leads: 40)
        let runners = [try await shared.runner("one"), try await shared.runner("two")]
        let house = DoNotCallListName("house")
        let obedient = Policy.obeying(DoNotCallQuestion())
        let claimers = runners.map { runner in
            Task {
                var claimed: [PhoneNumber] = []
                for number in Int64(1)...20 {
                    claimed += try await runner.claim(1, as: number, policy: obedient).map(\.number)
                }
                return claimed
            }
        }
        var forbidden: Set<PhoneNumber> = []
        for index in stride(from: 39, to: 0, by: -3) {
            let number = try Scenario.number(index)
            _ = try await shared.first.ledger.addDoNotCall(
                [DoNotCallEntry(DoNotCallPattern(number))], to: house, hashed: false, because: "asked",
                at: Scenario.start)
            let isCalled = try await shared.first.attempts().contains { $0.number == number }
            if !isCalled { forbidden.insert(number) }
        }
        var all: [PhoneNumber] = []
        for claimer in claimers { all += try await claimer.value }
        #expect(Set(all).count == all.count, "nobody is called twice")
        #expect(forbidden.isDisjoint(with: all), "nobody is called who was forbidden before")
        let kinds = try await runners[0].renew().orders.map(\.kind)
        #expect(kinds.count == 13 && Set(kinds) == [.doNotCall])
    }

    @Test("a number that two campaigns have is called by one at a time")
    func sharedNumbers() async throws {
        let shared = try await SharedCampaign(leads: 60)
        let other = try await shared.first.sibling("autumn")
        try await other.add(0..<60)
        let runners = [
            try await shared.runner("one"), try await shared.runner("two"),
            try await shared.runner("three", of: "autumn"), try await shared.runner("four", of: "autumn"),
        ]
        let claimed = try await withThrowingTaskGroup(of: [PhoneNumber].self) { group in
            for runner in runners {
                group.addTask {
                    var numbers: [PhoneNumber] = []
                    for number in Int64(1)...10 { numbers += try await runner.claim(3, as: number).map(\.number) }
                    return numbers
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(claimed).count == claimed.count && claimed.count > 50)
        let audit = try await shared.first.ledger.verifyAudit(expecting: nil)
        #expect(audit.fault == nil && audit.dials == claimed.count)
        let counted = try await shared.first.figures().dialing + (try await other.figures()).dialing
        #expect(counted == claimed.count, "counts in slots are those of the rows")
    }
}

extension Scenario {
    fileprivate var postgres: PostgresLedger {
        get throws { try #require(ledger as? PostgresLedger) }
    }
}
