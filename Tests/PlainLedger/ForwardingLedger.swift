package import DialModel
package import Ledger

/// A ledger that asks another one, for those that want to answer some questions differently.
package protocol ForwardingLedger: Ledger {
    /// The other one.
    var inner: any Ledger { get }
}

/// What nobody answers differently.
extension ForwardingLedger {
    package func commit(
        _ changes: [AttemptChange], claiming request: ClaimRequest?
    ) async throws(LedgerError) -> ClaimResult {
        try await inner.commit(changes, claiming: request)
    }
    package func openCampaign(named name: String, at now: Timestamp) async throws(LedgerError) -> CampaignID {
        try await inner.openCampaign(named: name, at: now)
    }
    package func campaign(named name: String) async throws(LedgerError) -> CampaignID? {
        try await inner.campaign(named: name)
    }
    package func priorImport(into campaign: CampaignID, digest: String) async throws(LedgerError) -> ImportRecord? {
        try await inner.priorImport(into: campaign, digest: digest)
    }
    package func importLeads(
        into campaign: CampaignID, file: ImportedFile, from source: any LeadSource, duplicates: DuplicateScope,
        at now: Timestamp
    ) async throws(LedgerError) -> ImportRecord {
        try await inner.importLeads(into: campaign, file: file, from: source, duplicates: duplicates, at: now)
    }
    package func rehearseImport(
        into campaign: CampaignID?, file: ImportedFile, from source: any LeadSource, duplicates: DuplicateScope,
        at now: Timestamp
    ) async throws(LedgerError) -> ImportRecord {
        try await inner.rehearseImport(into: campaign, file: file, from: source, duplicates: duplicates, at: now)
    }
    package func listColumns(of campaign: CampaignID) async throws(LedgerError) -> [[String]] {
        try await inner.listColumns(of: campaign)
    }
    package func imports(of campaign: CampaignID) async throws(LedgerError) -> [ImportRecord] {
        try await inner.imports(of: campaign)
    }
    package func beginRun(
        of campaign: CampaignID, vendor: String, by clock: ClockOrigin?, at now: Timestamp
    ) async throws(LedgerError) -> RunID {
        try await inner.beginRun(of: campaign, vendor: vendor, by: clock, at: now)
    }
    package func endRun(_ run: RunID, because ending: String, at now: Timestamp) async throws(LedgerError) {
        try await inner.endRun(run, because: ending, at: now)
    }
    package func openAttempts(of campaign: CampaignID) async throws(LedgerError) -> [OpenAttempt] {
        try await inner.openAttempts(of: campaign)
    }
    package func firstAttempt(of campaign: CampaignID) async throws(LedgerError) -> Timestamp? {
        try await inner.firstAttempt(of: campaign)
    }
    package func liveAnswers(
        of campaign: CampaignID, since: Timestamp, agentWithin: Duration
    ) async throws(LedgerError) -> AbandonmentCount {
        try await inner.liveAnswers(of: campaign, since: since, agentWithin: agentWithin)
    }
    package func figures(of campaign: CampaignID, at now: Timestamp) async throws(LedgerError) -> CampaignFigures {
        try await inner.figures(of: campaign, at: now)
    }
    package func arrange(_ campaign: CampaignID, _ order: LeadOrder) async throws(LedgerError) {
        try await inner.arrange(campaign, order)
    }
    package func takeUp(policy: String, of campaign: CampaignID, at now: Timestamp) async throws(LedgerError) {
        try await inner.takeUp(policy: policy, of: campaign, at: now)
    }
    package func adopt(
        _ call: UnclaimedCall, into campaign: CampaignID, run: RunID, vendor: String,
        asking question: DoNotCallQuestion,
        at now: Timestamp
    ) async throws(LedgerError) -> Adoption {
        try await inner.adopt(call, into: campaign, run: run, vendor: vendor, asking: question, at: now)
    }
    package func nextDial() async throws(LedgerError) -> Int64 { try await inner.nextDial() }
    package func dispose(
        _ dispositions: [LeadDisposition], of campaign: CampaignID, at now: Timestamp
    ) async throws(LedgerError) -> [DispositionResult] {
        try await inner.dispose(dispositions, of: campaign, at: now)
    }
    package func numbers(
        of subject: LeadDisposition.Subject, in campaign: CampaignID
    ) async throws(LedgerError) -> [PhoneNumber] {
        try await inner.numbers(of: subject, in: campaign)
    }
    package func lead(of campaign: CampaignID, number: PhoneNumber) async throws(LedgerError) -> LeadID? {
        try await inner.lead(of: campaign, number: number)
    }
    package func candidates(
        of campaign: CampaignID, after: LeadID?, limit: Int, for policy: any ClaimPolicy, at now: Timestamp
    ) async throws(LedgerError) -> [LeadCandidate] {
        try await inner.candidates(of: campaign, after: after, limit: limit, for: policy, at: now)
    }
    package func attempts(
        of campaign: CampaignID, after: AttemptID?, limit: Int, quoting column: String?
    ) async throws(LedgerError) -> [AttemptRecord] {
        try await inner.attempts(of: campaign, after: after, limit: limit, quoting: column)
    }
    package func agentFigures(
        of campaign: CampaignID, shortCall: Duration?
    ) async throws(LedgerError) -> [AgentFigures] {
        try await inner.agentFigures(of: campaign, shortCall: shortCall)
    }
    package func accountFigures(of campaign: CampaignID) async throws(LedgerError) -> [AccountFigures] {
        try await inner.accountFigures(of: campaign)
    }
    package func leads(of campaign: CampaignID, after: LeadID?, limit: Int) async throws(LedgerError) -> [LeadRecord] {
        try await inner.leads(of: campaign, after: after, limit: limit)
    }
    package func timeline(of attempt: AttemptID) async throws(LedgerError) -> [TimelineEntry] {
        try await inner.timeline(of: attempt)
    }
}
