package import CallerID
package import DialModel
package import Ledger

/// A pool's numbers and what is known of them, kept up to date by what the ledger tells.
package struct CallerIDBook: Sendable {
    private let pool: CallerIDPool
    private var index: CallerIDIndex
    /// Whether some number may not call everywhere.
    package private(set) var hasBlockedProvinces: Bool
    private var health: [String: CallerIDHealth]
    /// How all the pool's numbers fare together.
    private var total: AnswerRate
    /// The numbers that fare poorly by themselves: the only ones that can be flagged.
    private var poor: Set<String>
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
        hasBlockedProvinces = members.contains { !$0.number.limits.blockedProvinces.isEmpty }
        health = Dictionary(
            members.map { ($0.number.number, CallerIDHealth(outcomes[$0.number.number] ?? [])) }
        ) { first, _ in first }
        total = health.values.reduce(AnswerRate(answered: 0, attempts: 0)) { $0 + $1.rate }
        poor = Set(health.filter(\.value.isPoor).keys)
        flagged = Set(members.filter(\.isFlagged).map(\.number.number))
        index = CallerIDIndex(
            inventory: NumberInventory(numbers: members.map(\.number), groups: []), pools: [pool],
            state: members.map { NumberState(number: $0.number.number, usage: $0.usage, isFlagged: $0.isFlagged) },
            virtualDials: standing.virtualDials, at: snapshot.at)
    }

    /// How many numbers the pool has.
    package var count: Int { health.count }

    /// Whether a number is one of the pool's.
    package func contains(_ number: String) -> Bool { health[number] != nil }

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
            record(outcome, of: use.callerID)
            return poor.filter(isFlagged) == flagged
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
        let names = Set(kept.map(\.number))
        for gone in health.keys where !names.contains(gone) { health[gone] = nil }
        total = health.values.reduce(AnswerRate(answered: 0, attempts: 0)) { $0 + $1.rate }
        poor.formIntersection(names)
        flagged.formIntersection(names)
        index = CallerIDIndex(
            inventory: NumberInventory(numbers: kept, groups: []), pools: [pool],
            state: kept.map { number in
                NumberState(
                    number: number.number, usage: usages[number.number] ?? NumberUsage(),
                    isFlagged: flagged.contains(number.number))
            },
            virtualDials: old.virtualDials, at: clock)
    }

    private mutating func record(_ outcome: CallOutcome, of number: String) {
        guard let before = health[number]?.rate else { return }
        health[number]?.record(outcome)
        guard let now = health[number] else { return }
        total = total - before + now.rate
        if now.isPoor { poor.insert(number) } else { poor.remove(number) }
    }

    /// Whether a number's callees answer conspicuously seldom (`vendors/alibaba-udesk.md`, C4.9).
    private func isFlagged(_ number: String) -> Bool {
        health[number].map { $0.isFlagged(beside: total - $0.rate) } ?? false
    }
}

extension CallerIDReservation {
    /// The line that an attempt holds.
    init(_ use: CallerIDUse) {
        self.init(attempt: use.attempt, number: use.callerID, at: use.claimedAt, lifetime: CallerIDUse.longestHold)
    }
}
