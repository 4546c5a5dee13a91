import DialModel
import Foundation
import GRDB
import Glibc
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

@Suite("Numbers that several processes share")
struct SharedNumbersTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("ledger.sqlite")
    }

    private static func open(_ path: String) async throws -> SQLiteLedger {
        let options = SQLiteLedger.Options(busyTimeout: .seconds(60))
        return try await SQLiteLedger.open(at: path, access: .readWriteCreate, options: options)
    }

    /// The campaign of a process's own, with fifty leads that are due one millisecond after the other.
    private static func campaign(_ worker: Int, _ path: String) async throws -> Scenario {
        let ledger = try await open(path)
        let scenario = try await Scenario(ledger: ledger, in: try TemporaryFolder(), campaign: "worker \(worker)")
        for index in 0..<50 {
            let lead = worker * 50 + index
            try await scenario.add(lead..<lead + 1, at: Scenario.start + .milliseconds(Int64(index)))
        }
        return scenario
    }

    /// Runs a worker in four processes at once.
    private func inProcesses(_ body: @escaping @Sendable (Int) async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<4 { group.addTask { await body(worker) } }
        }
    }

    /// The most lines that each number ever had, and how many attempts were made, by the order of the commits.
    private func replay() async throws -> (most: [String: Int], claims: Int, processes: Int) {
        let file = try DatabaseQueue(path: path)
        return try await file.read { db in
            var (held, most, claims) = ([String: Int](), [String: Int](), 0)
            let rows = try Row.fetchAll(
                db, sql: "SELECT * FROM caller_id_news WHERE attempt IS NOT NULL ORDER BY sequence")
            for row in rows {
                let number: String = row["caller_id"]
                let isClaim = row["event"] as String == "claimed"
                claims += isClaim ? 1 : 0
                held[number, default: 0] += isClaim ? 1 : -1
                most[number] = max(most[number] ?? 0, held[number] ?? 0)
            }
            let processes = try Int.fetchOne(db, sql: "SELECT count(DISTINCT run) FROM attempts") ?? 0
            return (most, claims, processes)
        }
    }

    private var everyLine: [String: Int] {
        Dictionary(uniqueKeysWithValues: (0..<3).map { (Scenario.line($0).number, 2) })
    }

    @Test("of 200 claims in four processes, as many are dialled as there are lines")
    func neverMoreThanLines() async throws {
        let ledger = try await Self.open(path)
        let scenario = try await Scenario(ledger: ledger, in: folder)
        try await scenario.importLines(3)
        await inProcesses { [path = path as String] worker in
            await #expect(processExitsWith: .success) { [path = path as String, worker = worker as Int] in
                let scenario = try await Self.campaign(worker, path)
                let policy = LinePolicy()
                for index in 0..<50 {
                    try await scenario.claim(1, at: Scenario.start + .milliseconds(Int64(index)), policy: policy)
                }
                #expect(policy.asked.count == 50)
            }
        }
        #expect(try await scenario.snapshot().held.count == 6)
        let replayed = try await replay()
        #expect(replayed.most == everyLine)
        #expect(replayed.claims == 6)
        let file = try DatabaseQueue(path: path)
        let waiting = try await file.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM leads WHERE hold_reason = 'no line is free'")
        }
        #expect(waiting == 194)
    }

    @Test("lines that come free are taken by any process, and never by two")
    func changingHands() async throws {
        let scenario = try await Scenario(ledger: try await Self.open(path), in: folder)
        try await scenario.importLines(3)
        await inProcesses { [path = path as String] worker in
            await #expect(processExitsWith: .success) { [path = path as String, worker = worker as Int] in
                let scenario = try await Self.campaign(worker, path)
                let policy = LinePolicy()
                var mine: [Claim] = []
                // Whoever finds none waits for those who have some, however the processes take turns.
                var (rounds, turns) = (0, 0)
                while turns < 20, rounds < 100_000 {
                    let now = Scenario.start + .seconds(Int64(rounds) * 6)
                    rounds += 1
                    let closing = AttemptClosing(.busy, at: now, lead: .wait(until: now))
                    let ended = mine.map { AttemptChange.closed($0.attempt, closing) }
                    mine = []
                    // What ends makes room for others first, so that lines change hands.
                    _ = try await scenario.ledger.commit(ended, claiming: nil)
                    // As many as there are, so that all are in use whichever processes run at a time.
                    mine = try await scenario.claim(6, at: now, policy: policy).claims
                    turns += mine.isEmpty ? 0 : 1
                    let held = try await scenario.snapshot(at: now).held
                    #expect(held.count <= 6)
                }
                // A process that ends and keeps its lines would leave none to the slowest.
                let closing = AttemptClosing(.busy, at: Scenario.start, lead: .finish(.notRetried))
                for claim in mine { try await scenario.commit(.closed(claim.attempt, closing)) }
            }
        }
        let replayed = try await replay()
        #expect(replayed.most == everyLine, "every line was used, and none twice at a time")
        #expect(replayed.processes == 4)
        #expect(replayed.claims > 100)
    }

    @Test("a crash between claim and dial leaks no line")
    func crash() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let scenario = try await Scenario(ledger: try await Self.open(path), in: try TemporaryFolder())
            try await scenario.importLines(3)
            try await scenario.add(0..<30)
            let policy = LinePolicy()
            try await scenario.claim(4, policy: policy)
            let deadly = Policy { _, _ in
                kill(getpid(), SIGKILL)
                return .dial(callerID: Scenario.line(0).number)
            }
            try await scenario.claim(2, policy: deadly)
        }
        let scenario = try await Scenario(ledger: try await Self.open(path), in: folder)
        let open = try await scenario.ledger.openAttempts(of: scenario.campaign)
        #expect(open.count == 4)
        #expect(try await scenario.snapshot().held.map(\.attempt) == open.map(\.claim.attempt))
        let now = Scenario.start + .seconds(1)
        let closing = AttemptClosing(.notPlaced, at: now, lead: .finish(.notRetried))
        try await scenario.commit(.closed(open[0].claim.attempt, closing))
        #expect(try await scenario.snapshot(at: now).usages.map(\.dialsToday) == [1, 2])
        let policy = LinePolicy()
        #expect(
            try await scenario.claim(30, at: now, policy: policy).claims.count == 3, "six lines, three of them held")
        let later = Scenario.start + CallerIDUse.longestHold
        #expect(try await scenario.snapshot(at: later).held.count == 3, "the four of the crash hold nothing any more")
        #expect(try await scenario.claim(30, at: later, policy: policy).claims.count == 3)
    }
}
