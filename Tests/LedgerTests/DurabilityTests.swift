import DialModel
import Foundation
import Glibc
import Ledger
import SQLiteLedger
import StoredLedger
import Testing

@Suite("The SQLite ledger between processes and crashes")
struct DurabilityTests {
    @Test("claims that were committed survive a kill, and a claim under way leaves nothing")
    func killedWhileClaiming() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("ledger.sqlite")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let ledger = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
            let scenario = try await Scenario(ledger: ledger, in: try TemporaryFolder())
            try await scenario.add(0..<20)
            let claims = try await scenario.claim(3).claims
            let closing = AttemptClosing(.busy, at: Scenario.start, lead: .finish(.notRetried))
            let tenth = try Scenario.number(10)
            let deadly = Policy { candidate, _ in
                if candidate.number == tenth { kill(getpid(), SIGKILL) }
                return .dial(callerID: nil)
            }
            _ = try await ledger.commit(
                [.closed(claims[0].attempt, closing)], claiming: scenario.request(20, policy: deadly))
        }
        let reader = try await SQLiteLedger.open(at: path, access: .readExisting)
        let campaign = try #require(try await reader.campaign(named: "spring"))
        #expect(try await reader.figures(of: campaign, at: Scenario.start).dialing == 3, "before anyone has tidied up")
        let scenario = try await Scenario(
            ledger: try await SQLiteLedger.open(at: path, access: .readWriteCreate), in: folder)
        let figures = try await scenario.figures()
        #expect(figures.leads == 20)
        #expect(figures.dialing == 3, "the committed claims are there, and none of the other")
        #expect(figures.outcomes.total == 0, "nor is the change of the same commit")
        #expect(try await scenario.ledger.openAttempts(of: scenario.campaign).map(\.claim.attempt.value) == [1, 2, 3])
        let rest = try await scenario.claim(20).claims
        #expect(rest.map(\.attempt.value) == Array(4...20))
    }

    @Test("an import that is killed leaves nothing")
    func killedWhileImporting() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("ledger.sqlite")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let ledger = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
            let scenario = try await Scenario(ledger: ledger, in: try TemporaryFolder())
            try await scenario.add(0..<10)
            let list = GeneratedList { batch in
                if batch == 10 { kill(getpid(), SIGKILL) }
                return try (batch * 1_000..<batch * 1_000 + 1_000).map(Scenario.lead)
            }
            _ = try await ledger.importLeads(
                into: scenario.campaign, file: ImportedFile(name: "a", digest: "a"), from: list,
                at: Scenario.start)
        }
        let scenario = try await Scenario(
            ledger: try await SQLiteLedger.open(at: path, access: .readWriteCreate), in: folder)
        #expect(try await scenario.figures().leads == 10)
        #expect(try await scenario.ledger.imports(of: scenario.campaign).count == 1)
    }

    @Test("two ledgers on one file claim each lead once")
    func sharedClaims() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("ledger.sqlite")
        // Whoever writes all the time may keep the other waiting for long on a busy machine.
        let patient = SQLiteLedger.Options(busyTimeout: .seconds(300))
        let first = try await Scenario(
            ledger: try await SQLiteLedger.open(at: path, access: .readWriteCreate, options: patient), in: folder)
        let second = try await Scenario(
            ledger: try await SQLiteLedger.open(at: path, access: .readWriteCreate, options: patient), in: folder)
        try await first.add(0..<2_000)
        let claimed = try await withThrowingTaskGroup(of: [LeadID].self) { group in
            for worker in 0..<8 {
                let scenario = worker.isMultiple(of: 2) ? first : second
                group.addTask {
                    var mine: [LeadID] = []
                    while case let claims = try await scenario.claim(7).claims, !claims.isEmpty {
                        mine += claims.map(\.lead)
                    }
                    return mine
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 2_000)
        #expect(Set(claimed).count == 2_000)
        let figures = try await first.figures()
        #expect(figures.dialing == 2_000)
        #expect(figures.openAttempts == 2_000)
    }

    @Test("the memory of an import does not grow with the list")
    func importMemory() async throws {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let ledger = try await SQLiteLedger.open(at: folder.file("ledger.sqlite"), access: .readWriteCreate)
            let scenario = try await Scenario(ledger: ledger, in: folder)
            func load(_ name: String, from first: Int, batches: Int) async throws -> Int {
                let list = GeneratedList { batch in
                    guard batch < batches else { return nil }
                    let start = first + batch * 500
                    return try (start..<start + 500).map { index in
                        var lead = try Scenario.lead(index)
                        lead.fields = [LeadField(name: "note", value: String(repeating: "备注", count: 200))]
                        return lead
                    }
                }
                _ = try await ledger.importLeads(
                    into: scenario.campaign, file: ImportedFile(name: name, digest: name), from: list,
                    at: Scenario.start)
                return try residentBytes()
            }
            // The first list of a ledger needs less of SQLite's cache. The second fills its 64 MiB; the third is 130 MiB.
            _ = try await load("first", from: 3_000_000, batches: 1)
            let before = try await load("small", from: 0, batches: 100)
            let after = try await load("large", from: 1_000_000, batches: 200)
            #expect(after - before < 40 << 20, "grew by \((after - before) >> 20) MiB")
        }
    }

    @Test("the memory of an import of a do-not-call list does not grow with the list", arguments: [false, true])
    func doNotCallMemory(hashed: Bool) async throws {
        await #expect(processExitsWith: .success) { [hashed] in
            let folder = try TemporaryFolder()
            let ledger = try await SQLiteLedger.open(at: folder.file("ledger.sqlite"), access: .readWriteCreate)
            func load(from first: Int, count: Int) async throws -> Int {
                let list = DoNotCallBatches { batch in
                    let start = batch * 5_000
                    guard start < count else { return nil }
                    // Not in the order of the table, as lists seldom are.
                    return try (start..<start + 5_000).map { try .number(first + $0 &* 7_919 % 1_000_003) }
                }
                var wish = DoNotCallImport(
                    into: DoNotCallListName("national"), file: ImportedFile(name: "n", digest: "n"))
                wish.isHashed = hashed
                let change = try await ledger.importDoNotCall(wish, from: list, at: Scenario.start)
                #expect(change.added == count)
                return try residentBytes()
            }
            // The first fills SQLite's cache and the batch that is sorted; the second is three times as long.
            let before = try await load(from: 0, count: 100_000)
            let after = try await load(from: 2_000_000, count: 300_000)
            #expect(after - before < 16 << 20, "grew by \((after - before) >> 20) MiB")
        }
    }
}

/// The memory that this process has in use.
private func residentBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
}
