package import DialModel
package import Ledger

extension LedgerStore {
    package func openCampaign(named name: String, at now: Timestamp) async throws(LedgerError) -> CampaignID {
        try await write("open campaign") { db in try CampaignRows(db: db).open(named: name, at: now) }
    }

    package func campaign(named name: String) async throws(LedgerError) -> CampaignID? {
        try await read("find campaign") { db in try CampaignRows(db: db).find(named: name) }
    }

    package func priorImport(
        into campaign: CampaignID, digest: String
    ) async throws(LedgerError) -> ImportRecord? {
        try await read("find import") { db in try CampaignRows(db: db).imports(of: campaign, digest: digest).first }
    }

    package func listColumns(of campaign: CampaignID) async throws(LedgerError) -> [[String]] {
        try await read("list columns") { db in try CampaignRows(db: db).listColumns(of: campaign) }
    }

    package func imports(of campaign: CampaignID) async throws(LedgerError) -> [ImportRecord] {
        try await read("list imports") { db in try CampaignRows(db: db).imports(of: campaign) }
    }

    package func takeUp(policy: String, of campaign: CampaignID, at now: Timestamp) async throws(LedgerError) {
        try await write("take up rules") { db in
            try CampaignRows(db: db).takeUp(policy: policy, of: campaign, at: now)
        }
    }

    package func nextDial() async throws(LedgerError) -> Int64 {
        try await read("count dials") { db in try AttemptRows(db: db).nextDial() }
    }

    package func beginRun(
        of campaign: CampaignID, vendor: String, by clock: ClockOrigin?, at now: Timestamp
    ) async throws(LedgerError) -> RunID {
        try await beginRun(of: campaign, vendor: vendor, under: AuditFacts(), by: clock, at: now)
    }

    package func endRun(_ run: RunID, because ending: String, at now: Timestamp) async throws(LedgerError) {
        try await write("end run") { db in try CampaignRows(db: db).endRun(run, because: ending, at: now) }
    }

    package func openAttempts(of campaign: CampaignID) async throws(LedgerError) -> [OpenAttempt] {
        try await read("list open attempts") { db in try AttemptRows(db: db).open(of: campaign) }
    }

    package func commit(
        _ changes: [AttemptChange], claiming request: ClaimRequest?
    ) async throws(LedgerError) -> ClaimResult {
        let step = CommitStep(changes, claiming: request)
        return try await write(
            "commit", alone: false, undone: step.forget, locking: step.locks
        ) { db in
            if let run = request?.run { try db.admit(run) }
            return try step.run(in: db)
        }
    }

    package func adopt(
        _ call: UnclaimedCall, into campaign: CampaignID, run: RunID, vendor: String,
        asking question: DoNotCallQuestion,
        at now: Timestamp
    ) async throws(LedgerError) -> Adoption {
        let step = AdoptionStep(
            call: call, campaign: campaign, run: run, vendor: vendor, question: question, now: now)
        return try await write("adopt", locking: [.number(call.number)]) { db in try step.run(in: db) }
    }

    package func dispose(
        _ dispositions: [LeadDisposition], of campaign: CampaignID, at now: Timestamp
    ) async throws(LedgerError) -> [DispositionResult] {
        try await write("note dispositions") { db in
            let rows = DispositionRows(db: db, campaign: campaign)
            let results = try dispositions.map { try rows.apply($0, at: now) }
            try rows.tell(of: results, at: now)
            return results
        }
    }

    package func numbers(
        of subject: LeadDisposition.Subject, in campaign: CampaignID
    ) async throws(LedgerError) -> [PhoneNumber] {
        try await read("look for numbers") { db in
            try DispositionRows(db: db, campaign: campaign).numbers(of: subject)
        }
    }

    package func firstAttempt(of campaign: CampaignID) async throws(LedgerError) -> Timestamp? {
        try await read("look for the first attempt") { db in
            try FiguresQuery(db: db, campaign: campaign).firstAttempt()
        }
    }

    package func liveAnswers(
        of campaign: CampaignID, since: Timestamp, agentWithin: Duration
    ) async throws(LedgerError) -> AbandonmentCount {
        try await read("count answered calls") { db in
            try FiguresQuery(db: db, campaign: campaign).liveAnswers(since: since, agentWithin: agentWithin)
        }
    }

    package func figures(of campaign: CampaignID, at now: Timestamp) async throws(LedgerError) -> CampaignFigures {
        try await read("count") { db in try FiguresQuery(db: db, campaign: campaign).figures(at: now) }
    }

    package func attempts(
        of campaign: CampaignID, after: AttemptID?, limit: Int, quoting column: String?
    ) async throws(LedgerError) -> [AttemptRecord] {
        try await read("read attempts") { db in
            try RecordPage(db: db, campaign: campaign).attempts(after: after, limit: limit, quoting: column)
        }
    }

    package func agentFigures(
        of campaign: CampaignID, shortCall: Duration?
    ) async throws(LedgerError) -> [AgentFigures] {
        try await read("count agents' calls") { db in
            try FiguresQuery(db: db, campaign: campaign).agents(shortCall: shortCall)
        }
    }

    package func leads(
        of campaign: CampaignID, after: LeadID?, limit: Int
    ) async throws(LedgerError) -> [LeadRecord] {
        try await read("read leads") { db in
            try RecordPage(db: db, campaign: campaign).leads(after: after, limit: limit)
        }
    }

    package func lead(of campaign: CampaignID, number: PhoneNumber) async throws(LedgerError) -> LeadID? {
        try await read("find lead") { db in
            let sql = "SELECT id FROM leads WHERE campaign = ? AND number = ?"
            return try db.integer(sql, [campaign.value, number.e164]).map { LeadID($0) }
        }
    }

    package func candidates(
        of campaign: CampaignID, after: LeadID?, limit: Int, for policy: any ClaimPolicy, at now: Timestamp
    ) async throws(LedgerError) -> [LeadCandidate] {
        let (lookBack, doNotCall, readsFields) = (policy.lookBack, policy.doNotCall, policy.readsFields)
        return try await read("look at leads") { db in
            let lists = try DoNotCallCheck(db: db, question: doNotCall, campaign: campaign, at: now)
            return try RecordPage(db: db, campaign: campaign).leads(after: after, limit: limit).map { lead in
                var candidate = try AttemptRows(db: db).question(
                    about: lead.id, lead.number, of: lead.contact, lookBack: lookBack, lists: lists, at: now)
                if readsFields { candidate.fields = lead.fields }
                candidate.expiresAt = lead.expiresAt
                return LeadCandidate(lead: lead, candidate: candidate)
            }
        }
    }

    package func accountFigures(of campaign: CampaignID) async throws(LedgerError) -> [AccountFigures] {
        try await read("read figures of accounts") { db in try FiguresQuery(db: db, campaign: campaign).accounts() }
    }

    package func timeline(of attempt: AttemptID) async throws(LedgerError) -> [TimelineEntry] {
        try await read("read timeline") { db in try AttemptRows(db: db).timeline(of: attempt) }
    }
}
