import CallerID
import DialModel
import Foundation
import Testing

/// What is kept of a pick: small, and enough to choose again.
@Suite struct PickExplanationTests {
    private static let count = 400
    private let numbers = (0..<count).map { place in
        OutboundNumber(
            "02\(1_000 + place)", pools: ["p"],
            limits: NumberLimits(
                weight: place % 4, maxConcurrent: 20, blockedProvinces: place % 3 == 0 ? ["新疆"] : []))
    }

    private func index(_ strategy: CallerIDStrategy) -> CallerIDIndex {
        let state = numbers.enumerated().map { place, number in
            let last = Timestamp.ten - .seconds(place * 7_919 % 1_000)
            return NumberState(number: number.number, usage: NumberUsage(dials: place % 5, lastDialAt: last))
        }
        return CallerIDIndex(
            inventory: NumberInventory(numbers: numbers, groups: []),
            pools: [CallerIDPool(id: "p", rules: CallerIDRules(strategy: strategy))], state: state, at: .ten)
    }

    @Test(arguments: CallerIDStrategy.allCases)
    func `Of a large tier fifty numbers are kept, and they decide alike`(strategy: CallerIDStrategy) throws {
        var index = index(strategy)
        let request = CallerIDRequest(region: NumberRegion(province: "江苏"))
        var chosen: Set<String> = []
        for seed in 1...100 as ClosedRange<UInt64> {
            let snapshot = try #require(index.snapshot(of: "p"))
            let selection = CallerIDSelection.select(request, from: snapshot, at: .ten, seed: seed)
            let whole = PickExplanation(selection, of: request, under: snapshot.rules, at: .ten, seed: seed)
            let kept = index.explainedSelect(request, from: "p", at: .ten, seed: seed)
            for explanation in [kept, whole] {
                let field = try #require(explanation.field)
                #expect(field.contenders.count == 50)
                #expect(field.count == Self.count * 3 / 4)
                #expect(explanation.reevaluated() == selection.number, "seed \(seed)")
            }
            #expect(kept.answer == selection.answer)
            chosen.insert(selection.number ?? "")
        }
        // The two that rest on use alone choose the same number for as long as it is not used.
        #expect(chosen.count > 20 || [.roundRobin, .leastUsed].contains(strategy))
    }

    @Test(arguments: CallerIDStrategy.allCases)
    func `Written down and read again it is the same, and chooses the same number`(strategy: CallerIDStrategy) throws {
        var index = index(strategy)
        index.setStatus(.paused, of: numbers[0].number, at: .ten)
        let usages = [
            CalleeUsage(recentDials: [.ten], callersToday: ["0"]), CalleeUsage(isBlacklisted: true),
            CalleeUsage(dialsToday: 5),
        ]
        for callee in usages {
            let request = CallerIDRequest(region: .jiangsu("扬州"), callee: callee, waited: .seconds(3))
            let kept = index.explainedSelect(request, from: "p", at: .ten, seed: 9)
            let written = try JSONEncoder().encode(kept)
            let read = try JSONDecoder().decode(PickExplanation.self, from: written)
            #expect(read == kept)
            #expect(read.reevaluated() == kept.answer.pick?.number)
            #expect(written.count < 8_000)
        }
        let none = index.explainedSelect(CallerIDRequest(region: NumberRegion()), from: "q", at: .ten, seed: 9)
        #expect(try JSONDecoder().decode(PickExplanation.self, from: JSONEncoder().encode(none)) == none)
    }

    @Test func `It says what decided`() {
        for (usages, expected) in [
            ([0, 0], PickExplanation.Decision.number), ([1, 0], .strategy), ([0], .onlyOne), ([], .nothing),
        ] {
            let members = usages.enumerated().map { place, dials in
                PoolMember(OutboundNumber("02\(place)"), usage: NumberUsage(dials: dials, lastDialAt: .ten))
            }
            let pool = PoolSnapshot(rules: CallerIDRules(strategy: .leastUsed), members: members)
            let request = CallerIDRequest(region: NumberRegion())
            let selection = CallerIDSelection.select(request, from: pool, at: .ten, seed: 1)
            let explanation = PickExplanation(selection, of: request, under: pool.rules, at: .ten, seed: 1)
            #expect(explanation.decision == expected)
        }
    }

    @Test func `An attempt's seed is the hash of its id`() {
        // FNV-1a with 64 bits of the text "1", worked out by its definition elsewhere.
        #expect(PickSeed.of(AttemptID(1)) == 0xAF63_AC4C_8601_9AFC)
        #expect(PickSeed.of(AttemptID(12)) != PickSeed.of(AttemptID(21)))
    }
}
