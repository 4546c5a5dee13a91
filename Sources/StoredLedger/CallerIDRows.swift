import DialModel
import Ledger
import Wording

/// The numbers of one account, and what was done with them.
struct CallerIDRows {
    let db: any StoreSession
    let account: String

    /// The numbers that are listed, ascending.
    func listed() throws -> [OutboundNumber] {
        var lists = NameListText()
        return try db.rows(LedgerQuery.listedNumbers, [account]).map { row in
            try OutboundNumber(row, lists: &lists)
        }
    }

    /// One number; nil if it is not listed.
    func listed(_ number: String) throws -> OutboundNumber? {
        guard let row = try self.row(of: number), try row.required("listed") as Bool else { return nil }
        var lists = NameListText()
        return try OutboundNumber(row, lists: &lists)
    }

    /// What was done with a number, oldest first.
    func history(of number: String) throws -> [CallerIDHistoryEntry] {
        let sql = """
            SELECT at, step, note FROM caller_id_history
            WHERE caller_id = (SELECT id FROM caller_ids WHERE account = ? AND number = ?) ORDER BY sequence
            """
        return try db.rows(sql, [account, number]).map { row in
            CallerIDHistoryEntry(
                at: try row.instant("at"), step: try row.word("step"), note: try row.optional("note"))
        }
    }

    // MARK: - Status

    func pause(_ number: String, because note: String, at now: Timestamp) throws {
        let id = try idOfListed(number)
        try db.execute("UPDATE caller_ids SET paused = 1 WHERE id = ?", [id])
        try noteStatus(number, id, CallerIDHistoryEntry(at: now, step: .paused, note: note))
        try AuditRows(db: db).append(.callerIDPaused, facts(of: number, note), at: now)
    }

    func resume(_ number: String, because note: String, at now: Timestamp) throws {
        let id = try idOfListed(number)
        let sql = "UPDATE caller_ids SET paused = 0, quarantined_until = NULL, quarantine_ms = NULL WHERE id = ?"
        try db.execute(sql, [id])
        try noteStatus(number, id, CallerIDHistoryEntry(at: now, step: .resumed, note: note))
        try AuditRows(db: db).append(.callerIDResumed, facts(of: number, note), at: now)
        try releaseHeldLeads(at: now)
    }

    /// Begins a quarantine because of an attempt, or leaves the one that lasts as it is and tells nobody; nothing happens to
    /// a number that the account does not list.
    func quarantine(_ number: String, because note: String, in attempt: AttemptID, at now: Timestamp) throws {
        guard let row = try row(of: number), try row.required("listed") as Bool else { return }
        let id: Int64 = try row.required("id")
        let earlier = try row.optionalInstant("quarantined_until").map { until in
            Quarantine(until: until, step: .milliseconds(try row.required("quarantine_ms") as Int64))
        }
        let quarantine = Quarantine.beginning(at: now, after: earlier)
        guard quarantine != earlier else { return }
        try db.execute(
            "UPDATE caller_ids SET quarantined_until = ?, quarantine_ms = ? WHERE id = ?",
            [quarantine.until.milliseconds, quarantine.step.milliseconds, id])
        try noteStatus(number, id, CallerIDHistoryEntry(at: now, step: .quarantined, note: note))
        try tellQuarantine(of: number, because: note, in: attempt, step: quarantine.step, at: now)
    }

    /// Names the run that placed the call as the one who did it.
    private func tellQuarantine(
        of number: String, because note: String, in attempt: AttemptID, step: Duration, at now: Timestamp
    ) throws {
        let sql = "SELECT campaign, run FROM attempts WHERE id = ?"
        guard let row = try db.row(sql, [attempt.value]) else {
            throw Refusal(.constraint, StorePhrase.noAttempt.filled(attempt.value))
        }
        let run: Int64 = try row.required("run")
        var facts = self.facts(of: number, note)
        facts.add("attempt", attempt.value)
        facts.add("minutes", step.milliseconds / 60_000)
        try AuditRows(db: db).append(
            .callerIDQuarantined, facts, of: CampaignID(try row.required("campaign")), by: "run \(run)", at: now)
    }

    private func facts(of number: String, _ note: String) -> AuditFacts {
        var facts = AuditFacts()
        facts.add("account", text: account)
        facts.add("number", endOf: number)
        facts.add("because", text: note)
        return facts
    }

    private func noteStatus(_ number: String, _ id: Int64, _ entry: CallerIDHistoryEntry) throws {
        try note(id, entry)
        try CallerIDNewsRows(db: db).append(.changed(number), account: account)
    }

    /// Has the leads that were held back asked about once more, since there may be a number for them now.
    ///
    /// They are those of the campaigns that have run with this account.
    func releaseHeldLeads(at now: Timestamp) throws {
        try db.execute(LedgerQuery.releaseOfAccount, [now.milliseconds, account])
    }

    // MARK: - Rows

    /// Appends to a number's history.
    func note(_ id: Int64, _ entry: CallerIDHistoryEntry) throws {
        let sql = """
            INSERT INTO caller_id_history (caller_id, sequence, at, step, note)
            VALUES (?1, (SELECT coalesce(max(sequence), 0) + 1 FROM caller_id_history WHERE caller_id = ?1), ?2, ?3, ?4)
            """
        try db.execute(sql, [id, entry.at.milliseconds, entry.step.rawValue, entry.note])
    }

    /// A number's row, listed or not.
    func row(of number: String) throws -> StoreRow? {
        try db.row("SELECT * FROM caller_ids WHERE account = ? AND number = ?", [account, number])
    }

    private func idOfListed(_ number: String) throws -> Int64 {
        guard let row = try row(of: number), try row.required("listed") as Bool else {
            throw Refusal(.constraint, StorePhrase.noSuchNumber.filled(account))
        }
        return try row.required("id")
    }
}
