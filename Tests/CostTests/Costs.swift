import CAllocations
import DialModel
import Foundation
import HotPaths
import Pacing
import Regions

/// What hot paths cost in counts: blocks of memory asked for, steps of SQLite's machine, pages of the database looked at.
struct Costs {
    /// A count and what it is of.
    struct Cost: Equatable {
        var name: String
        var figure: Double
    }

    private(set) var all: [Cost] = []

    /// By how much a figure may exceed the one that is written down: libraries and compilers differ a little.
    static let margin = 0.25

    /// The file that holds the figures, beside this one.
    static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "costs.txt")

    /// The figure of a name.
    subscript(name: String) -> Double? { all.first { $0.name == name }?.figure }

    mutating func add(_ name: String, _ figure: Double) {
        all.append(Cost(name: name, figure: figure))
    }

    /// Reads what is written down: a figure, a tab and a name in each line that is no comment.
    static func written() throws -> Costs {
        var costs = Costs()
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t", maxSplits: 1)
            guard columns.count == 2, let figure = Double(columns[0]) else { throw CocoaError(.fileReadCorruptFile) }
            costs.add(String(columns[1]), figure)
        }
        return costs
    }

    /// Writes the figures down.
    func record() throws {
        let head = """
            # What hot paths cost, held by CostTests: nothing may cost a quarter more. To write the file anew, run
            # AUTODIALER_RECORD=1 make test FLAGS='--filter CostTests'
            """
        let lines = all.map { "\(String(format: "%.2f", $0.figure))\t\($0.name)" }
        try (head + "\n" + lines.joined(separator: "\n") + "\n").write(to: Self.file, atomically: true, encoding: .utf8)
    }
}

// MARK: - Memory

extension Costs {
    /// Counts the blocks of memory that pure decisions ask for.
    mutating func addAllocations() {
        for (agents, calls) in [(500, 2_500), (1_000, 5_000)] {
            var stage = PacingStage(agents: agents, calls: calls)
            var now = stage.now
            addAllocations("decision at \(agents) agents and \(calls) calls", 20) { count in
                for _ in 0..<count {
                    now = now + .milliseconds(100)
                    _ = stage.controller.decide(stage.situation, at: now)
                }
            }
        }
        var centre = PacingStage(agents: 1_000, calls: 5_000)
        addAllocations("ten calls from placed to ended", 200) { count in
            for number in 0..<count { centre.turn(number) }
        }
        for numbers in [1_000, 10_000] {
            var stage = CallerIDStage(numbers: numbers, held: numbers / 2, strategy: .leastUsed)
            addAllocations("choice of a caller ID of \(numbers)", 1_000) { count in
                for iteration in 0..<count { _ = stage.select(iteration) }
            }
            addAllocations("choice, reservation and release of a caller ID of \(numbers)", 1_000) { count in
                for iteration in 0..<count { _ = stage.turn(iteration) }
            }
        }
        for agents in [10, 1_000] {
            var stage = EngineStage(agents: agents)
            addAllocations("call of seven events at \(agents) agents", 1_000) { count in
                for _ in 0..<count { stage.turn() }
            }
        }
        let finder = RegionFinder()
        var random = SplitMix64(seed: 1)
        let known = PhoneNumber(e164: "+8613900138000")
        addAllocations("place of a number that is known", 1_000) { count in
            for _ in 0..<count { _ = known.map(finder.place) }
        }
        addAllocations("place of a new number", 1_000) { count in
            for _ in 0..<count {
                _ = PhoneNumber(e164: "+86571\(50_000_000 + random.below(30_000_000))").map(finder.place)
            }
        }
    }

    /// Counts what this thread asks for, once everything is in its place.
    private mutating func addAllocations(_ name: String, _ count: Int, _ work: (Int) -> Void) {
        work(count)
        let before = thread_allocation_count()
        work(count)
        add("allocations, \(name)", Double(thread_allocation_count() - before) / Double(count))
    }
}
