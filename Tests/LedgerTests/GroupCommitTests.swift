import DialModel
import Foundation
import GRDB
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

/// Counts what the writer does, and lets a list wait until so many calls stand behind it.
///
/// `@unchecked Sendable`: every access to the state goes through `condition`.
private final class WriterWatch: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting = 0
    private var transactions: [Int] = []

    func note(_ event: WriterEvent) {
        condition.withLock {
            switch event {
            case .queued(let waiting): self.waiting = max(self.waiting, waiting)
            case .committed(let calls, _): transactions.append(calls)
            }
            condition.broadcast()
        }
    }

    /// How many calls each transaction had.
    var committed: [Int] { condition.withLock { transactions } }

    /// Blocks the calling thread until `count` calls have waited at the same time; gives up after a minute.
    func waitForQueue(of count: Int) {
        condition.withLock {
            let deadline = Date(timeIntervalSinceNow: 60)
            while waiting < count, condition.wait(until: deadline) {}
        }
    }
}

/// A list that keeps the writer busy until a queue has formed behind it.
private final class BusyList: LeadSource {
    let rejectedCount = 0
    private let watch: WriterWatch
    private let count: Int
    private let hasBegun: AsyncStream<Void>.Continuation

    init(_ watch: WriterWatch, until count: Int, hasBegun: AsyncStream<Void>.Continuation) {
        self.watch = watch
        self.count = count
        self.hasBegun = hasBegun
    }

    func nextBatch() throws -> [NewLead]? {
        hasBegun.finish()
        watch.waitForQueue(of: count)
        return nil
    }

    func rejectDuplicate(_ lead: NewLead, at index: Int, in place: DuplicatePlace) throws {}
}

@Suite("Commits that wait for the writer share a transaction")
struct GroupCommitTests {
    private let folder: TemporaryFolder
    private let watch = WriterWatch()

    init() throws { folder = try TemporaryFolder() }

    private func open(pageLimit: Int? = nil) async throws -> SQLiteLedger {
        let options = SQLiteLedger.Options(pageLimit: pageLimit, observer: { [watch] in watch.note($0) })
        return try await SQLiteLedger.open(at: folder.file("ledger.sqlite"), access: .readWriteCreate, options: options)
    }

    /// Runs calls at once while the writer is kept busy, so that all of them wait together; tells which succeeded.
    private func together(
        _ count: Int, _ scenario: Scenario, _ call: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> [Bool] {
        let (begun, hasBegun) = AsyncStream.makeStream(of: Void.self)
        let list = BusyList(watch, until: count, hasBegun: hasBegun)
        return try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            group.addTask {
                defer { hasBegun.finish() }
                let file = ImportedFile(name: "busy", digest: "busy")
                _ = try await scenario.ledger.importLeads(
                    into: scenario.campaign, file: file, from: list, at: Scenario.start)
                return (-1, true)
            }
            for await _ in begun {}
            for index in 0..<count {
                group.addTask {
                    do {
                        try await call(index)
                        return (index, true)
                    } catch {
                        return (index, false)
                    }
                }
            }
            var results = Array(repeating: false, count: count)
            for try await (index, succeeded) in group where index >= 0 { results[index] = succeeded }
            return results
        }
    }

    @Test("many commits, few transactions, and each caller gets its own leads")
    func fewerTransactions() async throws {
        let scenario = try await Scenario(ledger: try await open(), in: folder)
        try await scenario.add(0..<120)
        let before = watch.committed.count
        let results = try await together(40, scenario) { _ in
            let claims = try await scenario.claim(3).claims
            #expect(claims.count == 3)
        }
        #expect(results.allSatisfy { $0 })
        #expect(watch.committed.dropFirst(before) == [1, 40], "the list, and then all that waited behind it")
        let attempts = try await scenario.attempts()
        #expect(Set(attempts.map(\.lead)).count == 120)
    }

    @Test("a call that fails leaves nothing and takes nothing with it")
    func failuresApart() async throws {
        let scenario = try await Scenario(ledger: try await open(), in: folder)
        try await scenario.add(0..<30)
        let claims = try await scenario.claim(30).claims
        let closing = AttemptClosing(.busy, at: Scenario.start, lead: .finish(.notRetried))
        let before = watch.committed.count
        let results = try await together(30, scenario) { index in
            let bad = AttemptChange.closed(AttemptID(9_999), closing)
            let changes = [.closed(claims[index].attempt, closing)] + (index % 3 == 0 ? [bad] : [])
            _ = try await scenario.ledger.commit(changes, claiming: nil)
        }
        #expect(results == claims.indices.map { $0 % 3 != 0 })
        #expect(watch.committed.dropFirst(before) == [1, 30], "the others did not have to start again")
        let open = try await scenario.ledger.openAttempts(of: scenario.campaign).map(\.claim.attempt)
        #expect(open == claims.enumerated().filter { $0.offset % 3 == 0 }.map(\.element.attempt))
    }

    @Test("a call returns only when another connection can see what it did")
    func committedBeforeReturn() async throws {
        let scenario = try await Scenario(ledger: try await open(), in: folder)
        try await scenario.add(0..<20)
        let reader = try await SQLiteLedger.open(at: folder.file("ledger.sqlite"), access: .readExisting)
        let results = try await together(20, scenario) { _ in
            let claim = try #require(try await scenario.claim(1).claims.first)
            let seen = try await reader.openAttempts(of: scenario.campaign).map(\.claim)
            #expect(seen.contains(claim))
        }
        #expect(results.allSatisfy { $0 })
    }

    @Test("a call that takes the whole transaction with it does not harm the others")
    func lostTransaction() async throws {
        let scenario = try await Scenario(ledger: try await open(), in: folder)
        let other = try DatabaseQueue(path: folder.file("ledger.sqlite"))
        try await other.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER poison BEFORE INSERT ON campaigns WHEN new.name = 'poison'
                    BEGIN SELECT raise(ROLLBACK, 'as a failing disk would'); END
                    """)
        }
        try await scenario.add(0..<100)
        let results = try await together(12, scenario) { index in
            if index == 0 {
                _ = try await scenario.ledger.openCampaign(named: "poison", at: Scenario.start)
            } else {
                let claims = try await scenario.claim(2).claims
                #expect(claims.count == 2)
            }
        }
        #expect(results == (0..<12).map { $0 > 0 })
        #expect(try await scenario.figures().openAttempts == 22, "no call was lost, and none was carried out twice")
        #expect(try await scenario.ledger.campaign(named: "poison") == nil)
    }

    @Test("when the disk fills up, what fits is kept and what does not is refused whole")
    func fullDisk() async throws {
        let scenario = try await Scenario(ledger: try await open(pageLimit: 120), in: folder)
        let lengths = [2_000, 900_000, 2_001]
        let results = try await together(3, scenario) { index in
            let name = String(repeating: "x", count: lengths[index])
            _ = try await scenario.ledger.openCampaign(named: name, at: Scenario.start)
        }
        #expect(results == [true, false, true])
        for (length, isThere) in zip(lengths, results) {
            let found = try await scenario.ledger.campaign(named: String(repeating: "x", count: length))
            #expect((found != nil) == isThere)
        }
    }
}
