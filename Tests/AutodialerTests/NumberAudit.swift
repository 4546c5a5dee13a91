/// Compares a vendor's log of calls with the ledger's attempts by numbers and times, where not every call has a name
/// that both know, and where what the vendor tells of calls may get lost.
struct NumberAudit {
    /// Outcomes after which a number may be called once more.
    private static let repeatable: Set = ["agent_missed", "unknown"]

    /// Outcomes that say that nobody was called.
    private static let uncalled: Set = ["not_placed", "refused"]

    /// What is wrong.
    private(set) var findings: [String] = []
    /// The calls that belong to exactly one attempt, each with it.
    private(set) var owned: [(attempt: LedgerRows.Attempt, call: CallLog.Call)] = []

    /// How many of them there are.
    var pairs: Int { owned.count }

    init(log: CallLog, rows: LedgerRows, dialledWith prefix: String) {
        let attempts = Dictionary(grouping: rows.attempts, by: \.number)
        let calls = Dictionary(grouping: log.calls) { "+86" + $0.callee.dropFirst(prefix.count) }
        for number in calls.keys where attempts[number] == nil {
            findings.append("\(number.suffix(8)) was called for no attempt")
        }
        for (number, own) in attempts { pair(own, calls[number] ?? [], number.suffix(8)) }
    }

    /// Each call belongs to the last attempt that was claimed before it, and no attempt has two.
    private mutating func pair(_ attempts: [LedgerRows.Attempt], _ calls: [CallLog.Call], _ number: Substring) {
        var owners: [Int64: LedgerRows.Attempt] = [:]
        for call in calls {
            guard let owner = attempts.last(where: { $0.claimed_at <= call.placed_ms }) else {
                findings.append("\(number) was called before it was claimed")
                continue
            }
            if owners.updateValue(owner, forKey: owner.id) != nil {
                findings.append("attempt \(owner.id) called \(number) twice")
            } else {
                owned.append((owner, call))
            }
            if Self.uncalled.contains(owner.outcome ?? "") { findings.append("attempt \(owner.id) did call \(number)") }
        }
        for (call, next) in zip(calls, calls.dropFirst()) where (call.ended_ms ?? .max) > next.placed_ms {
            findings.append("\(number) was called during a call")
        }
        for attempt in attempts where owners[attempt.id] == nil {
            guard let outcome = attempt.outcome, !Self.uncalled.contains(outcome), outcome != "unknown" else {
                continue
            }
            findings.append("attempt \(attempt.id) is \(outcome) without a call to \(number)")
        }
        for attempt in owners.values where attempt.id != attempts.last?.id {
            guard let outcome = attempt.outcome, !Self.repeatable.contains(outcome) else { continue }
            findings.append("\(number) was dialled again after \(outcome)")
        }
    }
}
