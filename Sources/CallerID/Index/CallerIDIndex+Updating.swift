import DialModel

extension CallerIDIndex {
    /// Lets the time pass: brings back what has become free, and takes out what has closed.
    mutating func advance(to now: Timestamp) {
        let goesOn = now >= clock
        clock = now
        // A clock that was put back may change anything. A new day needs no such care: between a number's last use of one
        // day and its first of the next, its window opens or reaches midnight, and it is looked at anew.
        guard goesOn else {
            for id in numbers.indices { refresh(id) }
            return
        }
        while let next = due.top, next.key.numerator <= now.milliseconds { refresh(Int(next.leaf)) }
    }

    /// Looks at a number anew, and moves it to where it belongs.
    mutating func refresh(_ id: Int) {
        let before = standings[id]
        if usages[id].expiries.contains(where: { $0 <= clock }) { usages[id].expiries.removeAll { $0 <= clock } }
        for index in rows[id]..<rows[id + 1] { leave(index, before, id) }
        standings[id] = NumberStanding(of: numbers[id], usages[id], at: clock)
        enter(id)
    }

    /// Puts a number into its lanes as it stands.
    mutating func enter(_ id: Int) {
        let standing = standings[id]
        for index in rows[id]..<rows[id + 1] { join(index, standing, id) }
        // Always after now, or letting the time pass would never end.
        due.set(id, to: standing.changesAt.map { SortKey(max($0.milliseconds, clock.milliseconds + 1)) })
    }

    /// Puts one slot of a number into its lane.
    mutating func join(_ index: Int, _ standing: NumberStanding, _ id: Int) {
        let slot = slots[index]
        guard let reason = standing.reason else {
            activate(index, id)
            return
        }
        let rules = pools[lanes[slot.lane].pool].pool.rules
        lanes[slot.lane].counts[reason] += 1
        if standing.freeAt == nil { return }
        lanes[slot.lane].waiting.set(slot.leaf, to: standing.freeAt.map { SortKey($0.milliseconds) })
        if standing.isOnlyBusy, rules.holdForLocal > .zero {
            lanes[slot.lane].busy.set(slot.leaf, to: standing.freeAt.map { SortKey($0.milliseconds) })
            lanes[slot.lane].busyWithCalls += reason == .atConcurrency ? 1 : 0
        }
    }

    /// Takes one slot of a number out of its lane.
    mutating func leave(_ index: Int, _ standing: NumberStanding, _ id: Int) {
        let slot = slots[index]
        guard let reason = standing.reason else {
            deactivate(index)
            return
        }
        let rules = pools[lanes[slot.lane].pool].pool.rules
        lanes[slot.lane].counts[reason] -= 1
        if standing.freeAt == nil { return }
        lanes[slot.lane].waiting.set(slot.leaf, to: nil)
        if standing.isOnlyBusy, rules.holdForLocal > .zero {
            lanes[slot.lane].busy.set(slot.leaf, to: nil)
            lanes[slot.lane].busyWithCalls -= reason == .atConcurrency ? 1 : 0
        }
    }

    /// Lets a number be chosen in a lane.
    mutating func activate(_ index: Int, _ id: Int) {
        let slot = slots[index]
        let strategy = pools[lanes[slot.lane].pool].pool.rules.strategy
        lanes[slot.lane].readyCount += 1
        switch strategy {
        case .random: lanes[slot.lane].draws.set(slot.leaf, to: 1)
        case .weightedRandom: lanes[slot.lane].draws.set(slot.leaf, to: share(of: id))
        case .weighted:
            slots[index].current -= lanes[slot.lane].offset
            lanes[slot.lane].ready.set(slot.leaf, to: SortKey(-slots[index].current))
        case .roundRobin, .leastUsed:
            lanes[slot.lane].ready.set(slot.leaf, to: SortKey(contender(id, current: 0), by: strategy))
        }
    }

    /// Keeps a number from being chosen in a lane.
    mutating func deactivate(_ index: Int) {
        let slot = slots[index]
        lanes[slot.lane].readyCount -= 1
        switch pools[lanes[slot.lane].pool].pool.rules.strategy {
        case .random, .weightedRandom: lanes[slot.lane].draws.set(slot.leaf, to: 0)
        case .weighted:
            slots[index].current += lanes[slot.lane].offset
            lanes[slot.lane].ready.set(slot.leaf, to: nil)
        case .roundRobin, .leastUsed: lanes[slot.lane].ready.set(slot.leaf, to: nil)
        }
    }

    /// A number with its counters of this moment.
    func contender(_ id: Int, current: Int64) -> Contender {
        Contender(
            number: numbers[id].number, share: share(of: id),
            dialsToday: usages[id].dials(on: ShanghaiDay(containing: clock)), lastDialAt: usages[id].lastDialAt,
            current: current)
    }

    private func share(of id: Int) -> Int64 {
        let weight = Int64(numbers[id].limits.weight)
        return max(1, flags[id] ? weight : 2 * weight)
    }
}
