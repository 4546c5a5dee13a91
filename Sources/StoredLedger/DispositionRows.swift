import DialModel
import Ledger

/// What agents said of callees.
struct DispositionRows {
    let db: any StoreSession
    let campaign: CampaignID

    private struct Subject {
        var lead: LeadID
        var attempt: AttemptID?
        var state: LeadState
        var contact: LeadID?
    }

    /// Notes a disposition and has its lead stand as it says.
    func apply(_ disposition: LeadDisposition, at now: Timestamp) throws -> DispositionResult {
        guard let subject = try find(disposition.subject, toChange: true) else { return .noLead }
        guard try !isKnown(disposition, of: subject) else { return .known }
        guard subject.state != .dialing else { return .callIsOpen }
        try note(disposition, of: subject, at: now)
        if let ending = disposition.disposition.ending {
            try LeadRows(db: db).finish(subject.lead, as: ending, in: subject.state, at: now)
        } else if let instant = disposition.callbackAt, try !LeadRows(db: db).isForbidden(subject.lead) {
            try LeadRows(db: db).callBack(
                subject.lead, of: subject.contact, at: instant, agent: disposition.callbackAgent)
        }
        return .applied
    }

    /// Tells the audit log what came of dispositions, if any was new.
    func tell(of results: [DispositionResult], at now: Timestamp) throws {
        guard results.contains(.applied) else { return }
        var facts = AuditFacts()
        for result in DispositionResult.allCases {
            facts.add(result.rawValue, results.count { $0 == result })
        }
        try AuditRows(db: db).append(.dispositionsNoted, facts, of: campaign, at: now)
    }

    private func find(_ subject: LeadDisposition.Subject, toChange isChanged: Bool) throws -> Subject? {
        let statement: String
        let arguments: StoreArguments
        switch subject {
        case .attempt(let attempt):
            statement = """
                SELECT leads.id, leads.state, leads.contact, attempts.id AS attempt
                FROM attempts JOIN leads ON leads.id = attempts.lead
                WHERE attempts.id = ?1 AND attempts.campaign = ?2 AND leads.erased_at IS NULL
                """
            arguments = [attempt.value, campaign.value]
        case .number(let number):
            // A disposition by number is about the last call to it.
            statement = """
                SELECT id, state, contact,
                    (SELECT max(attempts.id) FROM attempts WHERE attempts.lead = leads.id) AS attempt
                FROM leads WHERE campaign = ?2 AND number = ?1 AND erased_at IS NULL
                """
            arguments = [number.e164, campaign.value]
        }
        return try db.row(isChanged ? statement + " /* FOR UPDATE OF leads */" : statement, arguments).map { row in
            Subject(
                lead: LeadID(try row.required("id")), attempt: try row.optional("attempt").map(AttemptID.init),
                state: try row.word("state"), contact: try row.optional("contact").map(LeadID.init))
        }
    }

    /// All numbers of the callee whom a disposition is about; none if the campaign does not know them.
    func numbers(of subject: LeadDisposition.Subject) throws -> [PhoneNumber] {
        guard let found = try find(subject, toChange: false) else { return [] }
        let sql = "SELECT number FROM leads WHERE id = ?1 UNION SELECT number FROM leads WHERE contact = ?2 ORDER BY 1"
        return try db.rows(sql, [found.lead.value, found.contact?.value]).map {
            try $0.number("number")
        }
    }

    private func isKnown(_ disposition: LeadDisposition, of subject: Subject) throws -> Bool {
        let sql = """
            SELECT EXISTS (
                SELECT 1 FROM dispositions INDEXED BY dispositions_by_lead
                WHERE lead = ? AND attempt IS NOT DISTINCT FROM ? AND code = ?
                    AND callback_at IS NOT DISTINCT FROM ? AND callback_agent IS NOT DISTINCT FROM ?)
            """
        let arguments: StoreArguments = [
            subject.lead.value, subject.attempt?.value, disposition.disposition.rawValue,
            disposition.callbackAt?.milliseconds, disposition.callbackAgent?.value,
        ]
        return try db.flag(sql, arguments)
    }

    private func note(_ disposition: LeadDisposition, of subject: Subject, at now: Timestamp) throws {
        let sql = """
            INSERT INTO dispositions (lead, attempt, code, callback_at, callback_agent, note, noted_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        let arguments: StoreArguments = [
            subject.lead.value, subject.attempt?.value, disposition.disposition.rawValue,
            disposition.callbackAt?.milliseconds, disposition.callbackAgent?.value, disposition.note, now.milliseconds,
        ]
        try db.execute(sql, arguments)
    }
}
