import PacingWorld

/// Somebody who knows what becomes of every call and how long each talk lasts, and dials as soon as nobody would be abandoned.
///
/// A strong reference, not a bound: it takes leads in their order and does not hold one back for a better moment.
final class OutcomePolicy: DialPolicy {
    /// Live answers to come: when, and for how long they keep an agent busy.
    private var coming: [(number: Int, at: Double, busy: Double)] = []

    func calls(in world: World, at time: Double) -> Int {
        let most = min(world.freeLines, world.leadsLeft, 200)
        // Whoever is only thought of here is thought of again at the next look.
        defer { coming.removeAll { $0.number >= world.calls.count } }
        var placed = 0
        while placed < most {
            let number = world.calls.count + placed
            let callee = world.callee(number, at: time)
            if callee.isLive {
                add(number, at: time + callee.ring + callee.analysis, busy: callee.talk + callee.wrapUp)
                guard reachesEverybody(in: world, at: time) else { return placed }
            }
            placed += 1
        }
        return placed
    }

    func heard(_ news: News, at time: Double) {
        switch news {
        case .placed(let call):
            guard call.callee.isLive, !coming.contains(where: { $0.number == call.number }) else { return }
            let callee = call.callee
            add(call.number, at: time + callee.ring + callee.analysis, busy: callee.talk + callee.wrapUp)
        case .connected(let call), .abandoned(let call): coming.removeAll { $0.number == call.number }
        default: break
        }
    }

    private func add(_ number: Int, at time: Double, busy: Double) {
        let place = coming.firstIndex { $0.at > time } ?? coming.count
        coming.insert((number, time, busy), at: place)
    }

    /// Whether all who will answer find an agent within their patience.
    private func reachesEverybody(in world: World, at time: Double) -> Bool {
        var free = world.freeTimes(at: time).sorted(by: >)
        for answer in coming {
            guard let next = free.popLast(), next <= answer.at + world.scenario.patience else { return false }
            let end = max(next, answer.at) + answer.busy
            let place = free.firstIndex { $0 <= end } ?? free.count
            free.insert(end, at: place)
        }
        return true
    }
}
