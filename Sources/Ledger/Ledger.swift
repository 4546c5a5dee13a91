package import DialModel

/// What the runner and the commands need from storage.
///
/// Every call is one transaction: it happens as a whole and durably, or throws and leaves nothing.
package protocol Ledger: Sendable {
    /// Finds a campaign by its name, or makes it.
    func openCampaign(named name: String, at now: Timestamp) async throws(LedgerError) -> CampaignID

    /// Finds a campaign by its name.
    func campaign(named name: String) async throws(LedgerError) -> CampaignID?

    /// The import of a file with these contents into this campaign, if there has been one.
    func priorImport(into campaign: CampaignID, digest: String) async throws(LedgerError) -> ImportRecord?

    /// Loads leads, all or none.
    ///
    /// Batches are pulled from `source` on the ledger's own executor until it has no more; when it throws, nothing is
    /// kept and the call throws `.rejectedBySource`. A number that is among the leads of `duplicates` is not added again,
    /// and is handed to `source.rejectDuplicate`.
    func importLeads(
        into campaign: CampaignID, file: ImportedFile, from source: any LeadSource, duplicates: DuplicateScope,
        at now: Timestamp
    ) async throws(LedgerError) -> ImportRecord

    /// Tells what `importLeads` would do, and writes nothing; without a campaign, into one that does not exist yet.
    func rehearseImport(
        into campaign: CampaignID?, file: ImportedFile, from source: any LeadSource, duplicates: DuplicateScope,
        at now: Timestamp
    ) async throws(LedgerError) -> ImportRecord

    /// The headers of the columns that the campaign's lists brought along, list by list, oldest first.
    func listColumns(of campaign: CampaignID) async throws(LedgerError) -> [[String]]

    /// The imports of a campaign, oldest first.
    func imports(of campaign: CampaignID) async throws(LedgerError) -> [ImportRecord]

    /// Puts the leads of a campaign into an order, in which claims take them until another is asked for.
    ///
    /// Costs nothing if they stand in it already. Plans tell the order without being told by the ledger.
    func arrange(_ campaign: CampaignID, _ order: LeadOrder) async throws(LedgerError)

    /// Has the leads asked about anew that an earlier run held back by other rules; `policy` is a word that changes with them.
    ///
    /// Costs nothing while the word is the same.
    func takeUp(policy: String, of campaign: CampaignID, at now: Timestamp) async throws(LedgerError)

    /// The number of the next dial of all, by which claims draw whose turn it is.
    func nextDial() async throws(LedgerError) -> Int64

    /// Notes that a process begins to run a campaign, and which clock it goes by if later runs may tell by it how far the
    /// clock was set.
    func beginRun(
        of campaign: CampaignID, vendor: String, by clock: ClockOrigin?, at now: Timestamp
    ) async throws(LedgerError) -> RunID

    /// Notes how a run ended; the word is kept for `status`.
    func endRun(_ run: RunID, because ending: String, at now: Timestamp) async throws(LedgerError)

    /// The attempts of a campaign that have no outcome, oldest first.
    func openAttempts(of campaign: CampaignID) async throws(LedgerError) -> [OpenAttempt]

    /// Commits what happened, and then claims leads, in one durable transaction.
    ///
    /// Each claimed lead gets its attempt row in state `placing`. A number has at most one open attempt in the whole
    /// ledger, by the schema; a lead whose number has one elsewhere is passed over until that attempt is closed.
    func commit(_ changes: [AttemptChange], claiming request: ClaimRequest?) async throws(LedgerError) -> ClaimResult

    /// Gives a call that the vendor placed by itself an attempt, in state `dialing`; the same call never gets a second one.
    ///
    /// The lead of the campaign with its number is the one that was called. Where there is none one is added to a list of
    /// such leads, `ImportedFile.strangers`, who are finished after each call, so that no run dials them. A lead that is
    /// finished or in reserve stays where it stands, unless an agent speaks with the callee.
    ///
    /// A new attempt's timeline and claim name the first do-not-call list that the number is on, among those that `question`
    /// is about, however old they are; a new lead whose number is on one is finished as such.
    func adopt(
        _ call: UnclaimedCall, into campaign: CampaignID, run: RunID, vendor: String,
        asking question: DoNotCallQuestion,
        at now: Timestamp
    ) async throws(LedgerError) -> Adoption

    /// Notes what agents said of callees, and has the leads stand as they say; an answer for each, in order.
    ///
    /// What was noted before changes nothing. A number that must not be called any more is put on a do-not-call list by the
    /// caller, before this.
    func dispose(
        _ dispositions: [LeadDisposition], of campaign: CampaignID, at now: Timestamp
    ) async throws(LedgerError) -> [DispositionResult]

    /// All numbers of the callee whom a disposition is about; none if the campaign does not know them.
    func numbers(
        of subject: LeadDisposition.Subject, in campaign: CampaignID
    ) async throws(LedgerError) -> [PhoneNumber]

    /// The figures of a campaign, each a query over its rows.
    func figures(of campaign: CampaignID, at now: Timestamp) async throws(LedgerError) -> CampaignFigures

    /// When the campaign's first attempt was made; nil without any.
    func firstAttempt(of campaign: CampaignID) async throws(LedgerError) -> Timestamp?

    /// How many finished calls were answered by people since an instant, and how many of those had no agent in time.
    func liveAnswers(
        of campaign: CampaignID, since: Timestamp, agentWithin: Duration
    ) async throws(LedgerError) -> AbandonmentCount

    /// Attempts with an id above `after`, in order of id, at most `limit`; each quotes `column` of its lead's list, if any.
    func attempts(
        of campaign: CampaignID, after: AttemptID?, limit: Int, quoting column: String?
    ) async throws(LedgerError) -> [AttemptRecord]

    /// What each agent did in a campaign, in order of agent; conversations below `shortCall`, if given, are short ones.
    func agentFigures(
        of campaign: CampaignID, shortCall: Duration?
    ) async throws(LedgerError) -> [AgentFigures]

    /// How many attempts each account has made in a campaign, in order of its name.
    func accountFigures(of campaign: CampaignID) async throws(LedgerError) -> [AccountFigures]

    /// Leads with an id above `after`, in order of id, at most `limit`.
    func leads(of campaign: CampaignID, after: LeadID?, limit: Int) async throws(LedgerError) -> [LeadRecord]

    /// The lead of a campaign with this number; nil if it has none.
    func lead(of campaign: CampaignID, number: PhoneNumber) async throws(LedgerError) -> LeadID?

    /// Leads with an id above `after` as a claim with such a `policy` would ask about them, were they due; in order of id, at
    /// most `limit`. Nothing is claimed, and the policy is not asked.
    func candidates(
        of campaign: CampaignID, after: LeadID?, limit: Int, for policy: any ClaimPolicy, at now: Timestamp
    ) async throws(LedgerError) -> [LeadCandidate]

    /// What happened in an attempt, in order.
    func timeline(of attempt: AttemptID) async throws(LedgerError) -> [TimelineEntry]
}

extension Ledger {
    /// Loads leads whose numbers the campaign does not have yet.
    package func importLeads(
        into campaign: CampaignID, file: ImportedFile, from source: any LeadSource, at now: Timestamp
    ) async throws(LedgerError) -> ImportRecord {
        try await importLeads(into: campaign, file: file, from: source, duplicates: .campaign, at: now)
    }

    /// Attempts with an id above `after`, in order of id, at most `limit`.
    package func attempts(
        of campaign: CampaignID, after: AttemptID?, limit: Int
    ) async throws(LedgerError) -> [AttemptRecord] {
        try await attempts(of: campaign, after: after, limit: limit, quoting: nil)
    }
}
