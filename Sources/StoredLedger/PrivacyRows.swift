import COpenSSL
import DialModel
import Ledger
import Wording

/// What is kept of one person.
struct PrivacyRows {
    let db: any StoreSession

    /// How pseudonyms begin: the code 999 is nobody's (ITU-T E.164).
    static let pseudonymPrefix = "+999"

    private struct Lead {
        var id: LeadID
        var campaign: CampaignID
        var campaignName: String
    }

    func records(of number: PhoneNumber) throws -> [PersonalRecord] {
        try leads(of: number).flatMap { lead -> [PersonalRecord] in
            let page = RecordPage(db: db, campaign: lead.campaign)
            return try page.leads(after: LeadID(lead.id.value - 1), limit: 1).map { record in
                PersonalRecord(
                    campaign: lead.campaignName, lead: record, attempts: try attempts(of: lead.id),
                    dispositions: try said(of: lead.id))
            }
        }
    }

    func erase(_ number: PhoneNumber, keptSince: Timestamp, at now: Timestamp) throws -> Erasure {
        for sql in db.dialect.beginErasing { try db.execute(sql) }
        let leads = try leads(of: number)
        for lead in leads {
            let open = "SELECT EXISTS (SELECT 1 FROM attempts WHERE lead = ? AND outcome IS NULL)"
            guard try !db.flag(open, [lead.id.value]) else {
                throw Refusal(.constraint, StorePhrase.callIsOpen.phrase)
            }
        }
        var erasure = Erasure()
        var kept: [Int64] = []
        for lead in leads {
            try forgetWords(of: lead.id, at: now)
            if try isKept(lead.id, since: keptSince) {
                try db.execute("UPDATE leads SET keeps_number = 1 WHERE id = ?", [lead.id.value])
                erasure.kept += 1
                kept.append(lead.id.value)
            } else {
                try forgetNumber(of: lead.id)
                erasure.erased += 1
            }
        }
        erasure.lists = try lists(of: leads.map(\.id))
        var facts = AuditFacts(leads: leads.map(\.id))
        facts.add("erased", erasure.erased)
        facts.add("kept", erasure.kept)
        if !kept.isEmpty { facts.add("kept_leads", kept) }
        try AuditRows(db: db).append(.personErased, facts, at: now)
        return erasure
    }

    func eraseKept(before keptSince: Timestamp, at now: Timestamp) throws -> Int {
        for sql in db.dialect.beginErasing { try db.execute(sql) }
        let sql = "SELECT id FROM leads INDEXED BY leads_keeping_number WHERE keeps_number = 1"
        let due = try db.integers(sql).map(LeadID.init).filter { try !isKept($0, since: keptSince) }
        for lead in due { try forgetNumber(of: lead) }
        if !due.isEmpty { try AuditRows(db: db).append(.numbersErased, AuditFacts(leads: due), at: now) }
        return due.count
    }

    // MARK: - Forgetting

    private func forgetWords(of lead: LeadID, at now: Timestamp) throws {
        let arguments: StoreArguments = [lead.value, now.milliseconds]
        try db.execute(
            """
            UPDATE leads SET name = NULL, original_number = '', fields = '[]', erased_at = coalesce(erased_at, ?2)
            WHERE id = ?1
            """, arguments)
        try db.execute(
            "UPDATE leads SET \(LeadRows.finished) WHERE id = ?1",
            [lead.value, LeadEnding.doNotCall.rawValue])
        try db.execute("UPDATE dispositions SET note = NULL WHERE lead = ?1", [lead.value])
        try db.execute(
            "DELETE FROM attempt_explanations WHERE attempt IN (SELECT id FROM attempts WHERE lead = ?1)",
            [lead.value])
    }

    private func isKept(_ lead: LeadID, since: Timestamp) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM attempts WHERE lead = ? AND claimed_at >= ?)"
        return try db.flag(sql, [lead.value, since.milliseconds])
    }

    /// Puts a pseudonym in the place of a number, one that no numbering plan has, and forgets what its calls were sealed with.
    private func forgetNumber(of lead: LeadID) throws {
        let pseudonym = try pseudonym()
        let arguments: StoreArguments = [lead.value, pseudonym]
        try db.execute("UPDATE leads SET number = ?2, keeps_number = 0 WHERE id = ?1", arguments)
        try db.execute(
            "UPDATE attempts SET number = ?2, vendor_reason = NULL, salt = NULL WHERE lead = ?1",
            arguments)
        try db.execute(
            "UPDATE attempt_events SET note = NULL WHERE attempt IN (SELECT id FROM attempts WHERE lead = ?1)",
            [lead.value])
    }

    private func pseudonym() throws -> String {
        while true {
            var bytes = [UInt8](repeating: 0, count: 12)
            guard RAND_bytes(&bytes, Int32(bytes.count)) == 1 else {
                throw Refusal(.other, StorePhrase.noRandomness.phrase)
            }
            let pseudonym = Self.pseudonymPrefix + bytes.map { String($0 % 10) }.joined()
            let sql = "SELECT EXISTS (SELECT 1 FROM leads INDEXED BY leads_by_number WHERE number = ?)"
            if try !db.flag(sql, [pseudonym]) { return pseudonym }
        }
    }

    // MARK: - Reading

    /// The leads of everybody who has the number, with their other numbers.
    private func leads(of number: PhoneNumber) throws -> [Lead] {
        let sql = """
            SELECT leads.id AS id, leads.campaign AS campaign, campaigns.name AS campaign_name
            FROM leads JOIN campaigns ON campaigns.id = leads.campaign
            WHERE leads.id IN (SELECT id FROM leads INDEXED BY leads_by_number WHERE number = ?1)
                OR leads.contact IN (SELECT contact FROM leads INDEXED BY leads_by_number WHERE number = ?1)
            ORDER BY leads.campaign, leads.id
            """
        return try db.rows(sql, [number.e164]).map { row in
            Lead(
                id: LeadID(try row.required("id")), campaign: CampaignID(try row.required("campaign")),
                campaignName: try row.required("campaign_name"))
        }
    }

    private func attempts(of lead: LeadID) throws -> [AttemptRecord] {
        let sql = "SELECT id FROM attempts WHERE lead = ? ORDER BY ordinal"
        return try db.integers(sql, [lead.value]).compactMap { id in
            try db.row(LedgerQuery.oneAttempt, [id]).map { try AttemptRecord($0) }
        }
    }

    private func said(of lead: LeadID) throws -> [PersonalRecord.Said] {
        let sql = "SELECT code, noted_at, note FROM dispositions WHERE lead = ? ORDER BY id"
        return try db.rows(sql, [lead.value]).map { row in
            PersonalRecord.Said(
                disposition: try row.word("code"), at: try row.instant("noted_at"), note: try row.optional("note"))
        }
    }

    private func lists(of leads: [LeadID]) throws -> [String] {
        var names: [String] = []
        for lead in leads {
            let sql = "SELECT file_name FROM imports WHERE id = (SELECT import FROM leads WHERE id = ?)"
            let name = try db.text(sql, [lead.value])
            if let name, !names.contains(name) { names.append(name) }
        }
        return names
    }
}

extension AuditFacts {
    /// Leads of somebody, by their ids, which stay when they are forgotten.
    fileprivate init(leads: [LeadID]) {
        self.init()
        add("leads", leads.map(\.value))
    }
}
