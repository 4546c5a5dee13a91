import CallerID
import DialModel
import Testing

/// How one of a tier is chosen (`vendors/alibaba-udesk.md`, C4.5), by the definition and by the index alike.
@Suite struct StrategyTests {
    @Test(arguments: [
        ([5, 1, 1], "aabacaa"), ([3, 2], "ababa"), ([1, 1, 1], "abcabc"), ([0, 0], "abab"), ([0, 2, 1], "bcbbcb"),
    ])
    func `The smooth rotation mixes numbers by their weights`(weights: [Int], expected: String) {
        var bench = Bench(weights, .weighted)
        #expect(bench.picks(expected.count) == expected)
    }

    @Test func `The rotation goes on among those that may be used`() {
        var bench = Bench([5, 1, 1], .weighted)
        #expect(bench.picks(2) == "aa")
        bench.index.setStatus(.paused, of: "a", at: .ten)
        bench.members[0].number.status = .paused
        #expect(bench.picks(4) == "bcbc")
        bench.index.setStatus(.active, of: "a", at: .ten)
        bench.members[0].number.status = .active
        #expect(bench.picks(5) == "bacaa", "a number takes up again where it was taken out")
    }

    @Test func `A number that few answer gets half its weight`() {
        var bench = Bench([2, 2], .weighted, flagged: ["a"])
        #expect(bench.picks(6) == "babbab")
    }

    @Test func `The longest rested goes first, and one that was never used before all`() {
        var bench = Bench([1, 1, 1], .roundRobin)
        bench.use("a", dials: 1, lastDialAt: .ten - .seconds(30))
        bench.use("b", dials: 9, lastDialAt: .ten - .seconds(90))
        #expect(bench.picks(1) == "c")
        bench.use("c", dials: 1, lastDialAt: .ten - .seconds(60))
        #expect(bench.picks(1) == "b")
        bench.use("b", dials: 2, lastDialAt: .ten - .seconds(30))
        bench.use("c", dials: 1, lastDialAt: .ten - .seconds(30))
        #expect(bench.picks(1) == "a", "equals go by their numbers")
    }

    @Test func `The least used goes first, measured by weight, then rest, then number`() {
        var bench = Bench([1, 3, 3], .leastUsed)
        bench.use("a", dials: 1, lastDialAt: .ten - .seconds(90))
        bench.use("b", dials: 2, lastDialAt: .ten - .seconds(10))
        bench.use("c", dials: 3, lastDialAt: .ten - .seconds(20))
        #expect(bench.picks(1) == "b")
        bench.use("b", dials: 3, lastDialAt: .ten - .seconds(10))
        #expect(bench.picks(1) == "a", "of 1/1, 3/3 and 3/3 the one that rested longest")
        bench.use("a", dials: 2, lastDialAt: .ten - .seconds(90))
        #expect(bench.picks(1) == "c")
        bench.use("b", dials: 3, lastDialAt: .ten - .seconds(20))
        #expect(bench.picks(1) == "b")
    }

    @Test func `Yesterday's dials do not count`() {
        var bench = Bench([1, 1], .leastUsed)
        bench.use("a", dials: 50, lastDialAt: .ten - .seconds(86_400))
        bench.use("b", dials: 1, lastDialAt: .ten - .seconds(600))
        #expect(bench.picks(1) == "a")
    }

    @Test func `Chance follows the weights`() {
        for (strategy, expected) in [(CallerIDStrategy.random, [0.5, 0.5]), (.weightedRandom, [0.25, 0.75])] {
            var bench = Bench([1, 3], strategy)
            var counts = [0, 0]
            for seed in 1...4_000 as ClosedRange<UInt64> { counts[bench.pick(seed: seed) == "a" ? 0 : 1] += 1 }
            for (count, share) in zip(counts, expected) {
                #expect(abs(Double(count) / 4_000 - share) < 0.03, "\(strategy): \(counts)")
            }
        }
    }

    @Test func `The draw is the first of the seed's numbers, over the eligible in ascending order`() {
        // The check values of SplitMix64 with seed 42: below(10) is 7 first.
        var bench = Bench(Array(repeating: 1, count: 10), .random)
        #expect(bench.pick(seed: 42) == "h")
        // Below 4 it is 2: the second half of b's three.
        var weighted = Bench([1, 3], .weightedRandom)
        #expect(weighted.pick(seed: 42) == "b")
    }
}

/// Numbers a, b, c … without regions, chosen by the definition and by the index at once.
struct Bench {
    var members: [PoolMember]
    var index: CallerIDIndex
    let rules: CallerIDRules
    let now = Timestamp.ten

    init(_ weights: [Int], _ strategy: CallerIDStrategy, flagged: Set<String> = []) {
        rules = CallerIDRules(strategy: strategy)
        members = zip("abcdefghijklmnopqrstuvwxyz", weights).map { name, weight in
            let limits = NumberLimits(weight: weight, maxConcurrent: 20)
            return PoolMember(
                OutboundNumber(String(name), pools: ["p"], limits: limits), isFlagged: flagged.contains(String(name)))
        }
        index = Self.index(members, rules)
    }

    mutating func use(_ number: String, dials: Int, lastDialAt: Timestamp) {
        for place in members.indices where members[place].number.number == number {
            members[place].usage = NumberUsage(dials: dials, lastDialAt: lastDialAt)
        }
        index = Self.index(members, rules)
    }

    mutating func picks(_ count: Int) -> String { (0..<count).map { _ in pick(seed: 42) }.joined() }

    mutating func pick(seed: UInt64) -> String {
        let request = CallerIDRequest(region: NumberRegion())
        let snapshot = PoolSnapshot(rules: rules, members: members)
        let selection = CallerIDSelection.select(request, from: snapshot, at: now, seed: seed)
        members.take(selection)
        let answer = index.select(request, from: "p", at: now, seed: seed)
        return answer == selection.answer ? selection.number ?? "none" : "differs"
    }

    private static func index(_ members: [PoolMember], _ rules: CallerIDRules) -> CallerIDIndex {
        CallerIDIndex(
            inventory: NumberInventory(numbers: members.map(\.number), groups: []),
            pools: [CallerIDPool(id: "p", rules: rules)],
            state: members.map { NumberState(number: $0.number.number, usage: $0.usage, isFlagged: $0.isFlagged) },
            at: .ten)
    }
}

extension [PoolMember] {
    /// Moves the smooth rotation on as a selection says.
    mutating func take(_ selection: CallerIDSelection) {
        guard let field = selection.field, let tier = selection.tier else { return }
        for (contender, current) in zip(field.contenders, selection.currents) {
            for place in indices where self[place].number.number == contender.number {
                self[place].currents[tier] = current
            }
        }
    }
}
