import DialModel
import Ledger

/// The adoption of one call that the vendor placed by itself, inside its transaction.
struct AdoptionStep {
    let call: UnclaimedCall
    let campaign: CampaignID
    let run: RunID
    let vendor: String
    let question: DoNotCallQuestion
    let now: Timestamp

    /// A lead, and where it stands.
    private struct Callee {
        var lead: LeadID
        var list: ListID
    }

    func run(in db: any StoreSession) throws -> Adoption {
        try db.admit(run)
        try db.lock(.number(call.number))
        let known = try callee(in: db)
        if let known, let adoption = try earlier(of: known, in: db) { return adoption }
        guard try !db.flag(LedgerQuery.hasOpenAttempt, [call.number.e164]) else { return .numberBusy }
        let list = try doNotCallList(in: db)
        let callee = try known ?? addStranger(isListed: list != nil, in: db)
        let history = try AttemptRows(db: db).history(of: callee.lead)
        let attempt = try insertAttempt(on: callee, after: history, listedOn: list, in: db)
        var claim = claim(attempt, on: callee, history)
        claim.doNotCallList = list
        return .open(claim)
    }

    /// The do-not-call list that the number is on; one that is old or missing says nothing about a call that was made.
    private func doNotCallList(in db: any StoreSession) throws -> String? {
        var question = question
        question.isStrict = false
        let lists = try DoNotCallCheck(db: db, question: question, campaign: campaign, at: now)
        guard case .listed(let list, _)? = try lists.finding(on: call.number) else { return nil }
        return list
    }

    private func claim(_ attempt: AttemptID, on callee: Callee, _ history: OutcomeCounts) -> Claim {
        Claim(
            attempt: attempt, lead: callee.lead, number: call.number, callerID: nil, history: history,
            list: callee.list)
    }

    private func callee(in db: any StoreSession) throws -> Callee? {
        let sql = "SELECT id, import FROM leads WHERE campaign = ? AND number = ?"
        return try db.row(sql, [campaign.value, call.number.e164]).map { row in
            Callee(lead: LeadID(try row.required("id")), list: ListID(try row.required("import")))
        }
    }

    /// What the same call was given before.
    private func earlier(of callee: Callee, in db: any StoreSession) throws -> Adoption? {
        let sql = "SELECT id, outcome FROM attempts WHERE lead = ? AND vendor = ? AND vendor_call = ?"
        let arguments: StoreArguments = [callee.lead.value, vendor, call.id.value]
        guard let row = try db.row(sql, arguments) else { return nil }
        let outcome: CallOutcome? = try row.optionalWord("outcome")
        guard outcome == nil else { return .closed }
        let history = try AttemptRows(db: db).history(of: callee.lead)
        return .open(claim(AttemptID(try row.required("id")), on: callee, history))
    }

    private func insertAttempt(
        on callee: Callee, after history: OutcomeCounts, listedOn list: String?, in db: any StoreSession
    ) throws -> AttemptID {
        let since = min(call.since, now)
        let salt = try AuditHash.freshSalt()
        let arguments: StoreArguments = [
            campaign.value, callee.lead.value, run.value, history.total + 1, call.number.e164, vendor, nil,
            since.milliseconds, salt,
        ]
        let attempt = AttemptID(try db.insert(LedgerQuery.insertAttempt, arguments))
        try db.execute(
            "UPDATE attempts SET state = 'dialing', vendor_call = ? WHERE id = ?", [call.id.value, attempt.value])
        let taking = """
            UPDATE leads SET state = 'dialing', not_before = NULL, hold_reason = NULL WHERE id = ? AND state = 'waiting'
            """
        try db.execute(taking, [callee.lead.value])
        let listed = list.map { "; on the do-not-call list \($0)" } ?? ""
        try AttemptRows(db: db).note(
            attempt, .dialing, at: since, note: "placed by the vendor: \(call.origin)" + listed)
        let dial = SealedDial(
            attempt: attempt.value, campaign: campaign.value, lead: callee.lead.value, run: run.value,
            number: call.number.e164, account: vendor, callerID: nil, claimedAt: since.milliseconds)
        try AuditRows(db: db).append(
            .adopted, [AuditFacts(dial, salt: salt)], run: run, account: vendor, note: call.origin + listed,
            of: campaign, at: now)
        return attempt
    }

    /// Adds somebody to the campaign who is in none of its lists.
    private func addStranger(isListed: Bool, in db: any StoreSession) throws -> Callee {
        try db.lock(.strangers(campaign))
        let list = try strangersList(in: db)
        let counting = "UPDATE imports SET added = added + 1 WHERE id = ? RETURNING added"
        let line = try db.integer(counting, [list]) ?? 0
        let insertion = """
            INSERT INTO leads (
                campaign, import, line, number, original_number, fields, state, not_before, turn)
            VALUES (?, ?, ?, ?, ?, '[]', 'waiting', ?, 0) RETURNING id
            """
        let arguments: StoreArguments = [
            campaign.value, list, line, call.number.e164, call.number.e164, now.milliseconds,
        ]
        let stranger = Callee(lead: LeadID(try db.insert(insertion, arguments)), list: ListID(list))
        if isListed { try LeadRows(db: db).finish(stranger.lead, as: .doNotCall, in: .waiting, at: now) }
        return stranger
    }

    private func strangersList(in db: any StoreSession) throws -> Int64 {
        let known = "SELECT id FROM imports WHERE campaign = ? AND digest = ?"
        if let id = try db.integer(known, [campaign.value, ImportedFile.strangers.digest]) { return id }
        let insertion = """
            INSERT INTO imports (campaign, file_name, digest, imported_at, added, duplicates, rejected)
            VALUES (?, ?, ?, ?, 0, 0, 0) RETURNING id
            """
        return try db.insert(
            insertion,
            [campaign.value, ImportedFile.strangers.name, ImportedFile.strangers.digest, now.milliseconds])
    }
}
