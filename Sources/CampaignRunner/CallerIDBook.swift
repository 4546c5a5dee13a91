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
        let standing = PoolSnapshot(snapshot, pool: pool, at: snapshot.at)
        let outcomes = Dictionary(snapshot.usages.map { ($0.callerID, $0.outcomes) }) { first, _ in first }
        let members = standing.members
        health = Dictionary(
            members.map { ($0.number.number, CallerIDHealth(outcomes[$0.number.number] ?? [])) }
        ) { first, _ in first }
        flagged = Set(members.filter(\.isFlagged).map(\.number.number))
        index = CallerIDIndex(
            inventory: NumberInventory(numbers: members.map(\.number), groups: []), pools: [pool],
            state: members.map { NumberState(number: $0.number.number, usage: $0.usage, isFlagged: $0.isFlagged) },
            virtualDials: standing.virtualDials, at: snapshot.at)
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
        case .closed(let use, let outcome):
            index.release(CallerIDReservation(use), refused: outcome.givesDialBack, at: clock)
            health[use.callerID]?.record(outcome)
            return Self.flagged(health) == flagged
        case .changed(let number):
            index.setStatus(number.status, of: number.number, at: clock)
            return true
        case .imported(let numbers):
            keepOnly(numbers)
            return false
        }
    }

    /// Goes on with the numbers that are still listed; what an import added is known only when all is told anew.
    private mutating func keepOnly(_ numbers: [OutboundNumber]) {
        guard let old = index.snapshot(of: pool.id) else { return }
        let usages = Dictionary(old.members.map { ($0.number.number, $0.usage) }) { first, _ in first }
        let kept = numbers.filter { usages[$0.number] != nil }
        index = CallerIDIndex(
            inventory: NumberInventory(numbers: kept, groups: []), pools: [pool],
            state: kept.map { number in
                NumberState(
                    number: number.number, usage: usages[number.number] ?? NumberUsage(),
                    isFlagged: flagged.contains(number.number))
            },
            virtualDials: old.virtualDials, at: clock)
    }

    /// The numbers whose callees answer conspicuously seldom (`vendors/alibaba-udesk.md`, C4.9).
    private static func flagged(_ health: [String: CallerIDHealth]) -> Set<String> {
        // Sums and sets do not depend on the order of iteration.
        let all = health.values.reduce(AnswerRate(answered: 0, attempts: 0)) { $0 + $1.rate }
        return Set(health.filter { $0.value.isFlagged(beside: all - $0.value.rate) }.keys)
    }
}

extension CallerIDReservation {
    /// The line that an attempt holds.
    init(_ use: CallerIDUse) {
        self.init(attempt: use.attempt, number: use.callerID, at: use.claimedAt, lifetime: CallerIDUse.longestHold)
    }
}
