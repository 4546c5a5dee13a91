import DialModel
import Foundation
import Ledger
import SQLiteLedger
import StoredLedger
import Testing
import Wording

/// A ledger on a disk that fails at every call in turn.
@Suite("Whatever the disk does, a step that was confirmed is kept and one that was not has left nothing")
struct DiskFaultTests {
    private static let isSoak = ProcessInfo.processInfo.environment["AUTODIALER_SOAK"] == "1"
    /// The suite tries one call in so many, a soak all of them, and each several times.
    private static let stride = isSoak ? 1 : 13
    private static let seeds: ClosedRange<UInt64> = isSoak ? 1...3 : 1...1

    @Test(
        "A disk that refuses a call for good, or loses its power", arguments: [FaultyDisk.Fault.breakdown, .powerCut])
    func lastingFaults(fault: FaultyDisk.Fault) async throws {
        let sound = try await SoundStory()
        #expect(sound.operations == Set(FaultyDisk.Operation.allCases))
        for (seed, call) in Self.plan(of: sound) {
            let disk = try MountedDisk(seed: seed)
            disk.disk.plan(fault, atCall: call)
            let telling = await Telling(on: disk.path)
            for error in telling.failures {
                #expect([.full, .io, .cannotOpen].contains(error.code), "seed \(seed), call \(call): \(error)")
                #expect(!error.message.english.contains("1381"), "a number in \(error)")
            }
            disk.disk.restart()
            let found = try sound.position(after: telling, on: disk.path)
            #expect(found != nil, "seed \(seed), call \(call): \(telling) left something else")
            let rest = await Telling(on: disk.path, from: found ?? 0)
            #expect(rest.failures.isEmpty, "seed \(seed), call \(call)")
            #expect(try DiskContents(of: disk.path) == sound.contents.last, "seed \(seed), call \(call): \(telling)")
        }
    }

    @Test("A disk that refuses one call, and a ledger that goes on with it")
    func passingFaults() async throws {
        let sound = try await SoundStory()
        for (seed, call) in Self.plan(of: sound) {
            let disk = try MountedDisk(seed: seed)
            disk.disk.plan(.refusal, atCall: call)
            let telling = await Telling(on: disk.path, patience: 2)
            #expect(telling.failures.count <= 1, "seed \(seed), call \(call): \(telling)")
            #expect(try DiskContents(of: disk.path) == sound.contents.last, "seed \(seed), call \(call): \(telling)")
        }
    }

    /// The calls to strike, each with a seed.
    private static func plan(of story: SoundStory) -> [(seed: UInt64, call: Int)] {
        // The file is made in the first few calls, each of which leaves something else behind.
        let calls = Array(1...30) + Array(Swift.stride(from: 31, through: story.calls, by: stride))
        return seeds.flatMap { seed in calls.map { (seed, $0) } }
    }
}

/// The story as it goes on a disk that never fails.
private struct SoundStory {
    /// What the file holds before the first step and after each.
    var contents: [DiskContents] = []
    /// How many calls the disk gets, and which.
    var calls: Int
    var operations: Set<FaultyDisk.Operation>

    init() async throws {
        for count in 0...DiskStory.steps.count {
            let folder = try TemporaryFolder()
            let path = folder.file("ledger.sqlite")
            let ledger = try await SQLiteLedger.open(at: path, access: .readWriteCreate)
            for step in DiskStory.steps.prefix(count) { try await step.take(ledger) }
            await ledger.close()
            contents.append(try DiskContents(of: path))
        }
        let disk = try MountedDisk(seed: 1)
        let telling = await Telling(on: disk.path)
        try #require(telling.failures.isEmpty && telling.confirmed == DiskStory.steps.count)
        (calls, operations) = (disk.disk.calls, disk.disk.operations)
    }

    /// How many steps a file has seen: those that were confirmed, perhaps the one that failed; nil if it holds anything else.
    func position(after telling: Telling, on path: String) throws -> Int? {
        guard let confirmed = telling.confirmed else { return 0 }
        let found = try DiskContents(of: path)
        let last = telling.failures.isEmpty ? confirmed : min(confirmed + 1, DiskStory.steps.count)
        return (confirmed...last).first { contents[$0] == found }
    }
}

/// A folder on a faulty disk.
private final class MountedDisk {
    private let folder: TemporaryFolder
    let disk: FaultyDisk

    init(seed: UInt64) throws {
        folder = try TemporaryFolder()
        disk = FaultyDisk(folder: folder.path, seed: seed)
    }

    deinit { disk.unmount() }

    var path: String { folder.file("ledger.sqlite") }
}

/// What became of the steps, from one of them on to the end or a failure.
private struct Telling {
    /// How many steps in all are confirmed; nil if the file could not even be opened.
    private(set) var confirmed: Int?
    private(set) var failures: [LedgerError] = []

    /// Opens the file, takes the steps from `first` on, each up to `patience` times, and closes it.
    init(on path: String, from first: Int = 0, patience: Int = 1) async {
        guard let ledger = await open(path, patience) else { return }
        confirmed = first
        for step in DiskStory.steps.dropFirst(first) {
            guard await take(step, of: ledger, patience) else { break }
            confirmed = confirmed.map { $0 + 1 }
        }
        await ledger.close()
    }

    private mutating func open(_ path: String, _ patience: Int) async -> SQLiteLedger? {
        for _ in 0..<patience {
            do {
                return try await SQLiteLedger.open(at: path, access: .readWriteCreate)
            } catch {
                failures.append(error)
            }
        }
        return nil
    }

    private mutating func take(_ step: DiskStory.Step, of ledger: SQLiteLedger, _ patience: Int) async -> Bool {
        for _ in 0..<patience {
            do {
                try await step.take(ledger)
                return true
            } catch let error as LedgerError {
                failures.append(error)
            } catch {
                Issue.record("\(step.name): \(error)")
            }
        }
        return false
    }
}
