import DialModel

extension CallerIDIndex {
    /// The number that the strategy chooses among some lanes, of which none is empty; moves the smooth rotation on.
    mutating func winner(among open: [Int], by strategy: CallerIDStrategy, seed: UInt64) -> Int? {
        switch strategy {
        case .random, .weightedRandom:
            let total = open.reduce(0) { $0 + lanes[$1].draws.total }
            return StrategyField.draw(below: total, seed).map { member(covering: $0, in: open) }
        case .roundRobin, .leastUsed: return first(among: open)
        case .weighted: return rotate(open)
        }
    }

    /// The first in the strategy's order, and of equals the one with the smallest number.
    private func first(among open: [Int]) -> Int? {
        var best: (key: SortKey, id: Int)?
        for lane in open {
            guard let top = lanes[lane].ready.top else { continue }
            let id = lanes[lane].members[Int(top.leaf)]
            if let held = best, held.key < top.key || (held.key == top.key && held.id < id) { continue }
            best = (top.key, id)
        }
        return best?.id
    }

    /// One step of the smooth rotation: every number gets its share, the richest is chosen and pays for all.
    private mutating func rotate(_ open: [Int]) -> Int? {
        var total: Int64 = 0
        var best: (owed: Int64, lane: Int, leaf: Int)?
        for lane in open {
            lanes[lane].offset += lanes[lane].share
            total += lanes[lane].share * Int64(lanes[lane].readyCount)
            guard let top = lanes[lane].ready.top else { continue }
            let owed = lanes[lane].offset - top.key.numerator
            let leaf = Int(top.leaf)
            if let held = best {
                let isSmaller = lanes[held.lane].members[held.leaf] < lanes[lane].members[leaf]
                if held.owed > owed || (held.owed == owed && isSmaller) { continue }
            }
            best = (owed, lane, leaf)
        }
        guard let best else { return nil }
        let id = lanes[best.lane].members[best.leaf]
        for index in rows[id]..<rows[id + 1] where slots[index].lane == best.lane {
            slots[index].current -= total
            lanes[best.lane].ready.set(best.leaf, to: SortKey(-slots[index].current))
        }
        return id
    }

    /// The number that covers a point when the numbers of all lanes are laid end to end, ascending.
    private func member(covering point: Int64, in open: [Int]) -> Int {
        if open.count == 1 { return lanes[open[0]].members[lanes[open[0]].draws.leaf(covering: point)] }
        var low = 0
        var high = numbers.count - 1
        while low < high {
            let middle = (low + high) / 2
            if sum(before: middle + 1, in: open) > point { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func sum(before id: Int, in open: [Int]) -> Int64 {
        open.reduce(0) { $0 + lanes[$1].draws.sum(before: lanes[$1].leaf(from: id)) }
    }

    /// What decides among some lanes, before the choice: all of their numbers, or as many as an explanation keeps.
    mutating func field(of open: [Int], by strategy: CallerIDStrategy, seed: UInt64) -> StrategyField {
        let count = open.reduce(0) { $0 + lanes[$1].readyCount }
        switch strategy {
        case .random, .weightedRandom: return drawnField(of: open, count: count, seed: seed)
        case .roundRobin, .leastUsed, .weighted: return orderedField(of: open, count: count, by: strategy)
        }
    }

    /// The best of each lane, and of those the best.
    private mutating func orderedField(
        of open: [Int], count: Int, by strategy: CallerIDStrategy
    ) -> StrategyField {
        var kept: [Contender] = []
        var totalShare: Int64 = 0
        for lane in open {
            var taken: [(leaf: Int, key: SortKey)] = []
            while taken.count < StrategyField.mostKept, let top = lanes[lane].ready.top {
                taken.append((Int(top.leaf), top.key))
                lanes[lane].ready.set(Int(top.leaf), to: nil)
            }
            for (leaf, key) in taken {
                lanes[lane].ready.set(leaf, to: key)
                let owed = strategy == .weighted ? lanes[lane].offset - key.numerator : 0
                kept.append(contender(lanes[lane].members[leaf], current: owed))
            }
            if strategy == .weighted { totalShare += lanes[lane].share * Int64(lanes[lane].readyCount) }
        }
        kept.sort { $0.number < $1.number }
        let field = StrategyField(kept: kept, count: count, totalShare: totalShare, skipped: 0, skippedShare: 0)
        return field.compacted(choosing: 0, by: strategy)
    }

    /// A run of neighbours around the point that the seed draws.
    private func drawnField(of open: [Int], count: Int, seed: UInt64) -> StrategyField {
        let total = open.reduce(0) { $0 + lanes[$1].draws.total }
        let point = StrategyField.draw(below: total, seed) ?? 0
        var run = [member(covering: point, in: open)]
        var start = sum(before: run[0], in: open)
        var end = sum(before: run[0] + 1, in: open)
        while run.count < StrategyField.mostKept, end < total || start > 0 {
            if start > 0, run.count % 2 == 1 || end == total {
                let id = member(covering: start - 1, in: open)
                start = sum(before: id, in: open)
                run.insert(id, at: 0)
            } else {
                let id = member(covering: end, in: open)
                end = sum(before: id + 1, in: open)
                run.append(id)
            }
        }
        return StrategyField(
            kept: run.map { contender($0, current: 0) }, count: count, totalShare: total, skipped: Int(start),
            skippedShare: start)
    }
}

extension Lane {
    /// The place of the first member not before a number.
    fileprivate func leaf(from id: Int) -> Int {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            if members[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
