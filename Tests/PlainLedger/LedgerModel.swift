package import DialModel
package import Ledger

/// What a ledger should hold, kept in plain arrays: the other side of the differential test, and the ledger of simulations.
///
/// It follows the rules of the `Ledger` port at once and without waiting. Ids of rows are given to it by whoever compares it
/// with a ledger on disk; in a simulation they are counted from 1 on, as on disk.
package struct LedgerModel: Sendable {
    /// A lead and whose it is.
    package struct ModelLead: Sendable {
        /// The campaign.
        package var campaign: CampaignID
        /// The row.
        package var record: LeadRecord
        /// The import that brought it; they are numbered from 1 on.
        package var list: ListID
        /// How its attempts ended.
        package var history = OutcomeCounts()
        /// Its turn among those that wait.
        package var turn = 0
    }

    /// An attempt and whose it is.
    package struct ModelAttempt: Sendable {
        /// The campaign.
        package var campaign: CampaignID
        /// The row.
        package var record: AttemptRecord
        /// What happened in it, in order.
        package var timeline: [TimelineEntry]
        /// The run that answers for it: the one that made it, or took it over.
        package var holder: RunID

        init(campaign: CampaignID, record: AttemptRecord, timeline: [TimelineEntry]) {
            self.campaign = campaign
            self.record = record
            self.timeline = timeline
            holder = record.run
        }
    }

    /// Every lead, by id.
    package var leads: [ModelLead] = []
    /// Every attempt, by id.
    package var attempts: [ModelAttempt] = []
    /// The places of the attempts without an outcome, ascending.
    package private(set) var open: [Int] = []
    /// Every run, oldest first.
    package var runs: [(campaign: CampaignID, record: RunRecord)] = []
    /// The clocks of runs that went by one.
    package var clocks: [RunID: ClockOrigin] = [:]
    /// The runs that have joined, where several share a campaign, oldest first.
    package var runners: [ModelRunner] = []
    /// Who leads each campaign.
    package var leaders: [ModelLeader] = []
    /// What all runners of a campaign were ordered, or those of all campaigns, in order.
    package var orders: [(campaign: CampaignID?, order: RunnerOrder)] = []
    /// Every import, oldest first.
    package var imports: [(campaign: CampaignID, record: ImportRecord)] = []
    /// The numbers on the do-not-call list `house`, for ever.
    package var house: Set<PhoneNumber> = []
    /// The account whose numbers are chosen from, and these numbers.
    package var callerIDs: (account: String, numbers: [OutboundNumber]) = ("", [])
    /// What happened to the account's numbers, in order.
    package var news: [CallerIDEvent] = []

    /// A ledger with nothing in it.
    package init() {}

    // MARK: - Writing

    /// Loads a list as the ledger should; the new leads have these ids, in order.
    package mutating func add(
        _ list: [NewLead], to campaign: CampaignID, file: ImportedFile, ids: [LeadID], at now: Timestamp
    ) {
        var record = ImportRecord(file: file, at: now, added: 0, duplicates: 0, rejected: 0)
        for lead in list {
            if leads.contains(where: { $0.campaign == campaign && $0.record.number == lead.number }) {
                record.duplicates += 1
                continue
            }
            guard record.added < ids.count else { break }
            var added = LeadRecord(
                id: ids[record.added], line: lead.line, number: lead.number, originalNumber: lead.originalNumber,
                name: lead.name, fields: lead.fields.all, state: .waiting)
            added.notBefore = now
            added.list = file.name
            added.priority = lead.priority
            added.expiresAt = lead.expiresAt
            let source = ListID(Int64(imports.count + 1))
            leads.append(ModelLead(campaign: campaign, record: added, list: source, turn: lead.priority * 1_000))
            record.added += 1
        }
        imports.append((campaign, record))
    }

    /// Whether a change may be made; those of one commit are tried in order.
    package func allows(_ change: AttemptChange) -> Bool {
        switch change {
        case .reached(let id, let state, _, _): isOpen(id) && state != .closed
        case .closed(let id, _): isOpen(id)
        }
    }

    /// Makes a change that is allowed.
    package mutating func apply(_ change: AttemptChange) {
        switch change {
        case .reached(let id, let state, let at, let detail):
            guard let index = index(of: id) else { return }
            attempts[index].reach(state, at: at, detail: detail)
        case .closed(let id, let closing):
            guard let index = index(of: id) else { return }
            attempts[index].close(closing)
            open.removeAll { $0 == index }
            tellClosing(of: attempts[index].record, as: closing.outcome)
            let lead = attempts[index].record.lead
            guard let owner = leads.firstIndex(where: { $0.record.id == lead }) else { return }
            let isStranger = leads[owner].record.list == ImportedFile.strangers.name
            leads[owner].close(closing, isStranger: isStranger)
        }
    }

    /// Adds an attempt that has no outcome yet.
    mutating func append(_ attempt: ModelAttempt) {
        open.append(attempts.count)
        attempts.append(attempt)
    }
}

extension LedgerModel.ModelLead {
    fileprivate mutating func close(_ closing: AttemptClosing, isStranger: Bool) {
        history[closing.outcome] += 1
        record.lastOutcome = closing.outcome
        record.lastEndedAt = closing.endedAt
        if record.state == .finished {
            let isGivenUp = [.invalidNumber, .notRetried, .attemptsUsed, .expired].contains(record.ending)
            if isGivenUp, closing.lead == .finish(.reached) { record.ending = .reached }
            return
        }
        switch closing.lead {
        // Whoever waits was not being dialled: they have become due while the vendor's own call went on.
        case .wait(let until) where record.state == .waiting: record.notBefore = max(record.notBefore ?? until, until)
        case .wait where isStranger:
            record.state = .finished
            record.ending = .notRetried
        case .wait(let until):
            record.state = .waiting
            record.notBefore = until
            // Who has been dialled before comes first, unless the campaign says otherwise.
            turn = record.priority * 1_000 + 100
        case .finish(let ending):
            if record.state == .waiting, record.callbackAt != nil, ending != .doNotCall { return }
            record.state = .finished
            record.ending = ending
            record.notBefore = nil
        }
    }
}

extension LedgerModel.ModelAttempt {
    fileprivate mutating func reach(_ state: AttemptState, at: Timestamp, detail: AttemptDetail) {
        record.state = state
        record.vendorCall = detail.vendorCall ?? record.vendorCall
        record.agent = detail.agent ?? record.agent
        record.cpa = detail.cpa ?? record.cpa
        if state == .answered { record.answeredAt = record.answeredAt ?? at }
        if state == .connected { record.connectedAt = record.connectedAt ?? at }
        if detail.isMessage { record.messageAt = record.messageAt ?? at }
        timeline.append(TimelineEntry(at: at, state: state, note: detail.note))
    }

    fileprivate mutating func close(_ closing: AttemptClosing) {
        record.state = .closed
        record.outcome = closing.outcome
        record.endedAt = closing.endedAt
        record.answeredAt = closing.answeredAt ?? record.answeredAt
        record.connectedAt = closing.connectedAt ?? record.connectedAt
        record.talk = closing.talk
        record.agent = closing.agent ?? record.agent
        record.vendorReason = closing.vendorReason
        record.shownCallerID = closing.shownCallerID
        let note = closing.vendorReason.isEmpty ? nil : closing.vendorReason
        timeline.append(TimelineEntry(at: closing.endedAt, state: .closed, note: note))
    }
}
