/// Compares the vendor's log of calls with the ledger's attempts.
struct CallAudit {
    /// The waits of `CampaignSetup.retry`, in milliseconds, by the outcome of the attempt before.
    static let waits: [String: Int64] = [
        "busy": 60_000, "no_answer": 120_000, "congestion": 30_000, "agent_missed": 60_000, "unknown": 180_000,
    ]

    /// Outcomes that say that nobody was called.
    private static let uncalled: Set = ["not_placed", "refused"]

    /// What was dialled before each number.
    private let prefix: String
    /// What is wrong.
    private(set) var findings: [String] = []
    /// How many calls belong to exactly one attempt.
    private(set) var pairs = 0

    init(log: CallLog, rows: LedgerRows, retry waits: [String: Int64], dialledWith prefix: String = "") {
        self.prefix = prefix
        if log.placedLines != log.calls.count { findings.append("a call was logged twice") }
        pair(log, rows)
        checkWaits(log, rows, waits)
    }

    /// Every call has one attempt and every attempt that called somebody has one call.
    private mutating func pair(_ log: CallLog, _ rows: LedgerRows) {
        let attempts = Dictionary(grouping: rows.attempts.filter { $0.vendor_call != nil }, by: \.vendor_call)
        var called: Set<String> = []
        for call in log.calls {
            let owners = attempts[call.name] ?? []
            called.insert(call.name)
            guard owners.count <= 1 else {
                findings.append("call \(call.name) belongs to \(owners.map(\.id))")
                continue
            }
            guard let owner = owners.first else {
                if !isOfUnknownAttempt(call, rows) { findings.append("call \(call.name) belongs to no attempt") }
                continue
            }
            pairs += 1
            compare(call, owner)
        }
        for attempt in rows.attempts {
            if let name = attempt.vendor_call {
                if !called.contains(name) { findings.append("attempt \(attempt.id) has a call that was never placed") }
            } else if !Self.uncalled.contains(attempt.outcome ?? ""), attempt.outcome != "unknown" {
                findings.append("attempt \(attempt.id) is \(attempt.outcome ?? "open") without a call")
            }
        }
    }

    private mutating func compare(_ call: CallLog.Call, _ attempt: LedgerRows.Attempt) {
        if "+86" + number(of: call) != attempt.number { findings.append("attempt \(attempt.id) called another number") }
        if Self.uncalled.contains(attempt.outcome ?? "") { findings.append("attempt \(attempt.id) did call") }
        if call.placed_ms < attempt.claimed_at { findings.append("attempt \(attempt.id) called before its commit") }
        guard attempt.outcome != "unknown" else { return }
        if (call.connected_ms != nil) != (attempt.outcome == "connected") {
            findings.append("attempt \(attempt.id) is \(attempt.outcome ?? "open"), its call is not")
        }
        if call.callee_kind == "busy", attempt.outcome != "busy" {
            findings.append("attempt \(attempt.id) is \(attempt.outcome ?? "open"), its call was busy")
        }
    }

    private func number(of call: CallLog.Call) -> Substring { call.callee.dropFirst(prefix.count) }

    /// An attempt that was closed as unknown may have made a call that the vendor's records did not show in time.
    private func isOfUnknownAttempt(_ call: CallLog.Call, _ rows: LedgerRows) -> Bool {
        rows.attempts.contains {
            $0.outcome == "unknown" && $0.vendor_call == nil && $0.number == "+86" + number(of: call)
                && $0.claimed_at <= call.placed_ms
        }
    }

    /// Between the end of a lead's call and its next call lies the wait that the campaign asks for.
    private mutating func checkWaits(_ log: CallLog, _ rows: LedgerRows, _ waits: [String: Int64]) {
        let outcomes = Dictionary(
            rows.attempts.compactMap { attempt in attempt.vendor_call.map { ($0, attempt.outcome) } },
            uniquingKeysWith: { first, _ in first })
        for (callee, calls) in Dictionary(grouping: log.calls, by: \.callee) {
            for (call, next) in zip(calls, calls.dropFirst()) {
                guard let ended = call.ended_ms else {
                    findings.append("\(callee.suffix(8)) was called during a call")
                    continue
                }
                let outcome = (outcomes[call.name] ?? nil) ?? "unknown"
                guard let wait = waits[outcome] else {
                    findings.append("\(callee.suffix(8)) was called again after \(outcome)")
                    continue
                }
                if next.placed_ms - ended < wait {
                    findings.append("\(callee.suffix(8)): \(next.placed_ms - ended) ms after \(outcome)")
                }
            }
        }
    }
}
