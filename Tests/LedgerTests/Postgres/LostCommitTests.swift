import DialModel
import Ledger
import PostgresLedger
import StoredLedger
import TestSupport
import Testing

@Suite("A connection that is lost, at whatever moment, neither loses a step nor doubles one")
struct LostCommitTests {
    /// A ledger whose connections can be meddled with, and the same one by another way.
    private struct Meddled {
        let folder: TemporaryFolder
        let meddler: Meddler
        let scenario: Scenario
        let witness: PostgresLedger

        init() async throws {
            folder = try TemporaryFolder()
            let server = try await PostgresServer.shared.value
            let meddler = try #require(Meddler(before: server.port))
            self.meddler = meddler
            let address = try await server.address(of: folder.postgresSchema)
            witness = try await folder.postgres()
            let other = address.replacing(":\(server.port)/", with: ":\(meddler.port)/")
            let ledger = try await PostgresLedger.open(at: try PostgresAddress(other), access: .readWriteExisting)
            scenario = try await Scenario(ledger: ledger, in: folder)
            try await scenario.add(0..<20)
        }

        /// Has the server forget which steps its connections have kept, as it does in time.
        func forgetWriters() async throws {
            let server = try await PostgresServer.shared.value
            _ = try await server.answer("DELETE FROM ledger_writers", in: folder.postgresSchema)
        }

        func close() { meddler.close() }
    }

    @Test(
        "a claim is made once, whether its end or only the answer is lost",
        arguments: [Meddler.Harm.loseAnswer, .loseRequest, .delayRequest])
    func claiming(_ harm: Meddler.Harm) async throws {
        let meddled = try await Meddled()
        defer { meddled.close() }
        for round in 1...3 {
            meddled.meddler.harm(harm, at: "COMMIT")
            let result = try await meddled.scenario.claim(2)
            #expect(meddled.meddler.harmed == round)
            #expect(result.claims.count == 2)
            // What the server hears too late changes nothing.
            meddled.meddler.release()
            _ = try await meddled.scenario.claim(0)
            let attempts = try await meddled.witness.attempts(
                of: meddled.scenario.campaign, after: nil, limit: 100, quoting: nil)
            #expect(attempts.count == round * 2)
            #expect(attempts.suffix(2).map(\.id) == result.claims.map(\.attempt))
        }
        let audit = try await meddled.witness.verifyAudit(expecting: nil)
        #expect(audit.fault == nil && audit.dials == 6)
    }

    @Test("a claim waits for the server a counted number of times, seven for each lead more")
    func waiting() async throws {
        let meddled = try await Meddled()
        defer { meddled.close() }
        _ = try await meddled.scenario.claim(2)
        var waits: [Int] = []
        for count in [0, 1, 2, 8] {
            let before = meddled.meddler.heard
            #expect(try await meddled.scenario.claim(count).claims.count == count)
            waits.append(meddled.meddler.heard - before)
        }
        #expect(waits == [7, 20, 27, 69])
    }

    @Test(
        "a list is loaded wholly or not at all, and it is said which",
        arguments: [Meddler.Harm.loseAnswer, .loseRequest, .delayRequest])
    func importing(_ harm: Meddler.Harm) async throws {
        let meddled = try await Meddled()
        defer { meddled.close() }
        meddled.meddler.harm(harm, at: "COMMIT")
        if harm == .loseAnswer {
            #expect(try await meddled.scenario.add(20..<40).added == 20)
        } else {
            await expectRefusal(.unreachable) { try await meddled.scenario.add(20..<40) }
        }
        meddled.meddler.release()
        let leads = try await meddled.witness.leads(of: meddled.scenario.campaign, after: nil, limit: 100)
        #expect(leads.count == (harm == .loseAnswer ? 40 : 20))
        // The next attempt at it finds what is there.
        let added = try await meddled.scenario.add(20..<40).added
        #expect(added == (harm == .loseAnswer ? 0 : 20))
    }

    @Test("a policy that chooses numbers forgets what was undone")
    func forgetting() async throws {
        let meddled = try await Meddled()
        defer { meddled.close() }
        let lines = (0..<2).map { Scenario.line($0) }
        _ = try await meddled.witness.importCallerIDs(lines, into: "alibaba", replacing: true, at: Scenario.start)
        let policy = LinePolicy("alibaba")
        for harm in [Meddler.Harm.loseRequest, .loseAnswer] {
            meddled.meddler.harm(harm, at: "COMMIT")
            var request = meddled.scenario.request(1, policy: policy)
            request.vendor = "alibaba"
            _ = try await meddled.scenario.ledger.commit([], claiming: request)
            _ = try await meddled.scenario.ledger.commit([], claiming: request)
            let snapshot = try await meddled.witness.callerIDSnapshot(of: "alibaba", at: Scenario.start)
            #expect(policy.snapshot(at: Scenario.start) == snapshot, "\(harm)")
        }
    }

    @Test(
        "a writer goes on though nobody knows any more what its lost connection has kept",
        arguments: [Meddler.Harm.loseAnswer, .loseRequest])
    func forgotten(_ harm: Meddler.Harm) async throws {
        let meddled = try await Meddled()
        defer { meddled.close() }
        let scenario = meddled.scenario
        _ = try await scenario.claim(0)
        try await meddled.forgetWriters()
        // Nothing can have been kept of what was lost before its end.
        meddled.meddler.harm(.loseRequest, at: "INSERT INTO attempts")
        #expect(try await scenario.claim(1).claims.count == 1)
        try await meddled.forgetWriters()
        meddled.meddler.harm(harm, at: "COMMIT")
        await expectRefusal(.unreachable) { try await scenario.claim(1) }
        #expect(meddled.meddler.harmed == 2)
        #expect(try await scenario.claim(1).claims.count == 1)
        #expect(try await scenario.attempts().count == (harm == .loseAnswer ? 3 : 2))
        #expect(try await meddled.witness.verifyAudit(expecting: nil).fault == nil)
    }

    @Test("a server that dies and comes back has kept every step that was confirmed, and none in part")
    func crashing() async throws {
        let server = try await PostgresServer()
        let address = try PostgresAddress(try await server.address(of: "crashing"))
        let ledger = try await PostgresLedger.open(at: address, access: .readWriteCreate)
        let scenario = try await Scenario(ledger: ledger, in: try TemporaryFolder())
        try await scenario.add(0..<400)
        for _ in 0..<3 {
            let claimers = (0..<6).map { _ in
                Task { () -> [AttemptID] in
                    var confirmed: [AttemptID] = []
                    for _ in 0..<10 {
                        confirmed += (try? await scenario.claim(1).claims.map(\.attempt)) ?? []
                    }
                    return confirmed
                }
            }
            try await server.crash()
            var confirmed: [AttemptID] = []
            for claimer in claimers { confirmed += await claimer.value }
            let attempts = try await scenario.attempts()
            #expect(Set(confirmed).count == confirmed.count)
            #expect(Set(confirmed).isSubset(of: Set(attempts.map(\.id))))
            #expect(Set(attempts.map(\.number)).count == attempts.count)
            let audit = try await ledger.verifyAudit(expecting: nil)
            #expect(audit.fault == nil && audit.dials == attempts.count)
            #expect(try await scenario.figures().dialing == attempts.count)
        }
        await ledger.close()
    }

    @Test(
        "a standby that follows synchronously goes on with every step that was confirmed, and no other call is placed")
    func failingOver() async throws {
        let primary = try await PostgresServer(isFollowed: true)
        let standby = try await PostgresServer(following: primary)
        let address = try await primary.address(of: "failover").replacing(
            ":\(primary.port)/", with: ":\(primary.port),127.0.0.1:\(standby.port)/")
        let both = try PostgresAddress(address + "&target_session_attrs=read-write")
        let ledger = try await PostgresLedger.open(at: both, access: .readWriteCreate)
        let scenario = try await Scenario(ledger: ledger, in: try TemporaryFolder())
        try await scenario.add(0..<200)
        let claimers = (0..<4).map { _ in
            Task { () -> [AttemptID] in
                var confirmed: [AttemptID] = []
                for _ in 0..<10 { confirmed += (try? await scenario.claim(1).claims.map(\.attempt)) ?? [] }
                return confirmed
            }
        }
        let before = try await scenario.claim(5).claims.map(\.attempt)
        try await primary.die()
        try await standby.promote()
        let after = try await scenario.claim(5).claims.map(\.attempt)
        var confirmed = before + after
        for claimer in claimers { confirmed += await claimer.value }
        #expect(before.count == 5 && after.count == 5)
        let attempts = try await scenario.attempts()
        #expect(Set(confirmed).count == confirmed.count && Set(confirmed).isSubset(of: Set(attempts.map(\.id))))
        #expect(Set(attempts.map(\.number)).count == attempts.count)
        let audit = try await ledger.verifyAudit(expecting: nil)
        #expect(audit.fault == nil && audit.dials == attempts.count)
        await ledger.close()
    }
}
