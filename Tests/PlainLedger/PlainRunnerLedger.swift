package import DialModel
package import Ledger
import Synchronization
import Wording

/// A ledger in memory that several runners share: `LedgerModel` behind the port, by a clock of its own.
///
/// What runners do not ask for is refused with `.other`.
package actor PlainRunnerLedger: RunnerLedger {
    /// What it holds.
    package private(set) var model: LedgerModel
    /// The publications so far, and whose each is.
    package private(set) var publications: [(by: RunID, SharePublication)] = []
    private let now: @Sendable () -> Timestamp
    /// Whoever wants to be woken.
    private let wakers = Mutex<[AsyncStream<Void>.Continuation]>([])

    /// A ledger that holds this, with a clock that shows what `now` returns.
    package init(_ model: LedgerModel, by now: @escaping @Sendable () -> Timestamp) {
        self.model = model
        self.now = now
    }

    private func refusal(_ operation: String, _ code: LedgerError.Code = .other) -> LedgerError {
        LedgerError(code, operation: operation, database: "memory", message: Phrase(same: "refused"))
    }

    // MARK: Runners

    package func join(
        _ run: RunID, named name: String, reporting report: RunnerReport
    ) throws(LedgerError) -> LeaseAnswer {
        guard let begun = model.runs.first(where: { $0.record.id == run }) else { throw refusal("join", .constraint) }
        return try model.join(
            run, of: begun.campaign, vendor: begun.record.account, reporting: report, at: now())
    }

    package func renew(_ run: RunID, reporting report: RunnerReport) throws(LedgerError) -> LeaseAnswer {
        try model.renew(run, reporting: report, at: now())
    }

    package func takeOver(by run: RunID) throws(LedgerError) -> [OpenAttempt] { try model.takeOver(by: run) }

    package func commit(
        _ changes: [AttemptChange], claiming request: ClaimRequest?, as stamp: CommitStamp
    ) throws(LedgerError) -> ClaimResult {
        try model.commit(changes, claiming: request, as: stamp)
    }

    package func publish(_ publication: SharePublication, by run: RunID) throws(LedgerError) {
        try model.publish(publication, by: run)
        publications.append((run, publication))
    }

    package func give(_ order: RunnerOrder.Kind, to campaign: CampaignID?, by giver: String) {
        model.give(order, to: campaign, by: giver)
        wakers.withLock { for waker in $0 { waker.yield() } }
    }

    package func runners(of campaign: CampaignID) -> [RunnerRecord] {
        let now = now()
        return model.runners.filter { $0.campaign == campaign }.map { runner in
            let age = now - runner.renewedAt
            let state: RunnerRecord.State =
                runner.hasEnded
                ? .ended
                : runner.isFenced
                    ? .fenced
                    : age > LeaseTerms.length ? .lapsed(since: age - LeaseTerms.length) : .alive(renewed: age)
            return RunnerRecord(
                run: runner.run, name: "", vendor: runner.vendor, state: state,
                isLeader: model.leaders.contains { $0.run == runner.run }, report: runner.report, share: runner.share)
        }
    }

    nonisolated package func wakes(of campaign: CampaignID) -> AsyncStream<Void> {
        let (stream, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        wakers.withLock { $0.append(waker) }
        return stream
    }

    // MARK: Runs

    package func arrange(_ campaign: CampaignID, _ order: LeadOrder) {}

    package func beginRun(
        of campaign: CampaignID, vendor: String, by clock: ClockOrigin?, at now: Timestamp
    ) -> RunID {
        let run = RunID(Int64(model.runs.count + 1))
        model.runs.append(
            (campaign, RunRecord(id: run, account: vendor, startedAt: now, endedAt: nil, ending: nil)))
        model.clocks[run] = clock
        return run
    }

    package func endRun(_ run: RunID, because ending: String, at now: Timestamp) throws(LedgerError) {
        guard let place = model.runs.firstIndex(where: { $0.record.id == run && $0.record.endedAt == nil }) else {
            throw refusal("end run", .constraint)
        }
        try model.end(run)
        model.runs[place].record.endedAt = now
        model.runs[place].record.ending = ending
    }

    package func openAttempts(of campaign: CampaignID) -> [OpenAttempt] { model.openAttempts(of: campaign) }

    package func commit(
        _ changes: [AttemptChange], claiming request: ClaimRequest?
    ) throws(LedgerError) -> ClaimResult {
        guard changes.allSatisfy(model.allows) else { throw refusal("commit", .constraint) }
        for change in changes { model.apply(change) }
        return request.map { model.claim($0) } ?? ClaimResult(claims: [], nextDueAt: nil)
    }

    package func adopt(
        _ call: UnclaimedCall, into campaign: CampaignID, run: RunID, vendor: String,
        asking question: DoNotCallQuestion, at now: Timestamp
    ) -> Adoption {
        model.adopt(call, into: campaign, run: run, vendor: vendor, at: now)
    }

    package func liveAnswers(
        of campaign: CampaignID, since: Timestamp, agentWithin: Duration
    ) -> AbandonmentCount {
        model.liveAnswers(of: campaign, since: since, agentWithin: agentWithin)
    }

    package func figures(of campaign: CampaignID, at now: Timestamp) -> CampaignFigures {
        model.figures(of: campaign, at: now)
    }

    package func attempts(
        of campaign: CampaignID, after: AttemptID?, limit: Int, quoting column: String?
    ) -> [AttemptRecord] {
        let mine = model.attempts.filter { $0.campaign == campaign }.map(\.record)
        return Array(mine.filter { $0.id > after ?? AttemptID(0) }.prefix(limit))
    }

    package func leads(of campaign: CampaignID, after: LeadID?, limit: Int) -> [LeadRecord] {
        let mine = model.leads.filter { $0.campaign == campaign }.map(\.record)
        return Array(mine.filter { $0.id > after ?? LeadID(0) }.prefix(limit))
    }

    package func firstAttempt(of campaign: CampaignID) -> Timestamp? {
        model.attempts.first { $0.campaign == campaign }?.record.claimedAt
    }

    // MARK: What no runner asks for

    package func openCampaign(named name: String, at now: Timestamp) throws(LedgerError) -> CampaignID {
        throw refusal("open campaign")
    }

    package func campaign(named name: String) throws(LedgerError) -> CampaignID? { throw refusal("find campaign") }

    package func priorImport(into campaign: CampaignID, digest: String) throws(LedgerError) -> ImportRecord? {
        throw refusal("find import")
    }

    package func importLeads(
        into campaign: CampaignID, file: ImportedFile, from source: any LeadSource, duplicates: DuplicateScope,
        at now: Timestamp
    ) throws(LedgerError) -> ImportRecord {
        throw refusal("import leads")
    }

    package func rehearseImport(
        into campaign: CampaignID?, file: ImportedFile, from source: any LeadSource, duplicates: DuplicateScope,
        at now: Timestamp
    ) throws(LedgerError) -> ImportRecord {
        throw refusal("rehearse import")
    }

    package func listColumns(of campaign: CampaignID) throws(LedgerError) -> [[String]] { throw refusal("columns") }

    package func imports(of campaign: CampaignID) throws(LedgerError) -> [ImportRecord] { throw refusal("imports") }

    package func takeUp(policy: String, of campaign: CampaignID, at now: Timestamp) throws(LedgerError) {
        throw refusal("take up")
    }

    package func nextDial() throws(LedgerError) -> Int64 { throw refusal("next dial") }

    package func dispose(
        _ dispositions: [LeadDisposition], of campaign: CampaignID, at now: Timestamp
    ) throws(LedgerError) -> [DispositionResult] {
        throw refusal("dispose")
    }

    package func numbers(
        of subject: LeadDisposition.Subject, in campaign: CampaignID
    ) throws(LedgerError) -> [PhoneNumber] {
        throw refusal("numbers")
    }

    package func agentFigures(
        of campaign: CampaignID, shortCall: Duration?
    ) throws(LedgerError) -> [AgentFigures] {
        throw refusal("agent figures")
    }

    package func accountFigures(of campaign: CampaignID) throws(LedgerError) -> [AccountFigures] {
        throw refusal("account figures")
    }

    package func lead(of campaign: CampaignID, number: PhoneNumber) throws(LedgerError) -> LeadID? {
        throw refusal("lead")
    }

    package func candidates(
        of campaign: CampaignID, after: LeadID?, limit: Int, for policy: any ClaimPolicy, at now: Timestamp
    ) throws(LedgerError) -> [LeadCandidate] {
        throw refusal("candidates")
    }

    package func timeline(of attempt: AttemptID) -> [TimelineEntry] {
        model.attempts.first { $0.record.id == attempt }?.timeline ?? []
    }
}
