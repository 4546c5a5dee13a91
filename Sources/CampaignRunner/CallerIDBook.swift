package import CallerID
package import DialModel
package import Ledger

/// A pool's numbers and what is known of them, kept up to date by what the ledger tells.
package struct CallerIDBook: Sendable {
    private let pool: CallerIDPool
    private var index: CallerIDIndex
    private var health: [String: CallerIDHealth]
    private var flagged: Set<String>
    /// The latest instant heard of: events carry no time of their own.
    private var clock: Timestamp

    /// Takes over everything that the ledger knows.
    package init(_ snapshot: CallerIDSnapshot, pool: CallerIDPool) {
        self.pool = pool
        clock = snapshot.at
        let health = snapshot.health
        self.health = health
        let flagged = Self.flagged(health)
        self.flagged = flagged
        index = CallerIDIndex(
            inventory: snapshot.inventory, pools: [pool],
            state: snapshot.states.map {
                NumberState(number: $0.number, usage: $0.usage, isFlagged: flagged.contains($0.number))
            },
            virtualDials: snapshot.virtualDials, at: snapshot.at)
    }

    /// Chooses a number for a callee, or says why not.
    package mutating func pick(_ request: CallerIDRequest, at now: Timestamp, seed: UInt64) -> PickExplanation {
        clock = max(clock, now)
        return index.explainedSelect(request, from: pool.id, at: clock, seed: seed)
    }

    /// Takes in an event; false if it changes so much that everything has to be told anew.
    package mutating func take(_ event: CallerIDEvent) -> Bool {
        switch event {
        case .claimed(let use):
            clock = max(clock, use.claimedAt)
            index.reserve(CallerIDReservation(use), from: pool.id)
            return true
        case .closed(let use, let outcome, _):
            index.release(CallerIDReservation(use), refused: outcome.givesDialBack, at: clock)
            health[use.callerID, default: CallerIDHealth()].record(outcome)
            return Self.flagged(health) == flagged
        case .changed(let number):
            index.setStatus(number.status, of: number.number, at: clock)
            return true
        case .imported: return false
        }
    }

    /// The numbers whose callees answer conspicuously seldom (`vendors/alibaba-udesk.md`, C4.9).
    private static func flagged(_ health: [String: CallerIDHealth]) -> Set<String> {
        // Sums and sets do not depend on the order of iteration.
        let all = health.values.reduce(into: AnswerRate(answered: 0, attempts: 0)) { sum, one in
            sum.answered += one.rate.answered
            sum.attempts += one.rate.attempts
        }
        return Set(health.filter { $0.value.isFlagged(beside: all) }.keys)
    }
}

extension CallerIDReservation {
    /// The line that an attempt holds.
    init(_ use: CallerIDUse) {
        self.init(attempt: use.attempt, number: use.callerID, at: use.claimedAt, lifetime: CallerIDUse.longestHold)
    }
}

extension CallerIDSnapshot {
    /// The numbers, with every skill group that they name.
    package var inventory: NumberInventory {
        let groups = Set(numbers.flatMap(\.skillGroups)).sorted()
        return NumberInventory(numbers: numbers, groups: groups.map { CallerGroup(id: $0) })
    }

    /// How each number that has a past fares with callees.
    package var health: [String: CallerIDHealth] {
        var health: [String: CallerIDHealth] = [:]
        for usage in usages {
            var one = CallerIDHealth()
            for outcome in usage.outcomes { one.record(outcome) }
            health[usage.callerID] = one
        }
        return health
    }

    /// What was made of each number that has a past.
    package var states: [(number: String, usage: NumberUsage)] {
        let expiries = Dictionary(grouping: held, by: \.callerID).mapValues { $0.map(\.expiresAt) }
        return usages.map { usage in
            let state = NumberUsage(
                expiries: expiries[usage.callerID] ?? [], dials: usage.dialsToday, lastDialAt: usage.lastDialAt)
            return (usage.callerID, state)
        }
    }

    /// The dials of the last minute through each pool of virtual numbers, by the pool's name.
    package var virtualDials: [String: [Timestamp]] {
        var dials: [String: [Timestamp]] = [:]
        let pools = Dictionary(
            numbers.compactMap { number in number.virtual?.pool.map { (number.number, $0.id) } },
            uniquingKeysWith: { first, _ in first })
        for usage in usages {
            if let pool = pools[usage.callerID] { dials[pool, default: []] += usage.lastMinute }
        }
        return dials
    }
}
