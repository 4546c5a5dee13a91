package import CallerID
package import DialModel
package import Ledger

extension PoolSnapshot {
    /// The pool as it stands by what the ledger tells; `snapshot` is to be one of the day on which it is looked at.
    ///
    /// Nothing is owed to any number: a smooth rotation begins anew with each run.
    package init(_ snapshot: CallerIDSnapshot, pool: CallerIDPool, at now: Timestamp) {
        let usages = Dictionary(snapshot.usages.map { ($0.callerID, $0) }) { first, _ in first }
        let held = Dictionary(grouping: snapshot.held, by: \.callerID)
        let numbers = pool.candidates(in: NumberInventory(numbers: snapshot.numbers, groups: []))
        let rates = numbers.map { CallerIDHealth(usages[$0.number]?.outcomes ?? []) }
        let all = rates.map(\.rate).reduce(AnswerRate(answered: 0, attempts: 0), +)
        let members = zip(numbers, rates).map { number, health in
            let usage = usages[number.number]
            let expiries = (held[number.number] ?? []).map(\.expiresAt).filter { $0 > now }
            return PoolMember(
                number,
                usage: NumberUsage(expiries: expiries, dials: usage?.dialsToday ?? 0, lastDialAt: usage?.lastDialAt),
                isFlagged: health.isFlagged(beside: all - health.rate))
        }
        self.init(rules: pool.rules, members: members, virtualDials: Self.virtualDials(snapshot.numbers, usages))
    }

    /// The dials of the last minute through each pool of virtual numbers, whichever numbers they were made with.
    private static func virtualDials(
        _ numbers: [OutboundNumber], _ usages: [String: CallerIDUsage]
    ) -> [String: [Timestamp]] {
        numbers.reduce(into: [:]) { dials, number in
            guard let pool = number.virtual?.pool, let recent = usages[number.number]?.lastMinute else { return }
            dials[pool.id, default: []] += recent
        }
    }
}

extension CallerIDHealth {
    /// The health that follows from how a number's attempts ended, the latest last.
    package init(_ outcomes: [CallOutcome]) {
        self.init()
        for outcome in outcomes { record(outcome) }
    }
}

extension AnswerRate {
    /// The rate of all attempts together.
    package static func + (lhs: Self, rhs: Self) -> Self {
        AnswerRate(answered: lhs.answered + rhs.answered, attempts: lhs.attempts + rhs.attempts)
    }

    /// The rate of the other attempts, `rhs` being that of a part.
    package static func - (lhs: Self, rhs: Self) -> Self {
        AnswerRate(answered: lhs.answered - rhs.answered, attempts: lhs.attempts - rhs.attempts)
    }
}

extension CalleeUsage {
    /// What a callee has been through by the dials that the ledger tells of; those that rang nobody's phone do not count.
    package init(_ dials: [CalleeDial], at now: Timestamp) {
        let today = ShanghaiDay(containing: now)
        let rang = dials.filter { $0.mayHaveRung && $0.at <= now }
        let ofToday = rang.filter { ShanghaiDay(containing: $0.at) == today }
        self.init(
            dialsToday: ofToday.count, recentDials: rang.map(\.at).filter { now - $0 <= .seconds(300) },
            callersToday: ofToday.compactMap(\.callerID))
    }
}
