import DialModel
import Ledger

/// The counts of one report, all from the same snapshot.
struct ReportQuery {
    let db: any StoreSession
    let campaign: CampaignID
    let question: ReportQuestion

    func tally(telling reader: any ReportReader) throws -> ReportTally {
        var count = ReportCount(question)
        try countAttempts(in: &count, telling: reader)
        try each(LedgerQuery.reportMissedOffers, period) { row in
            count.missedOffer(
                of: AgentID(try row.text()), in: RunID(try row.integer()),
                claimedAt: Timestamp(milliseconds: try row.integer()))
        }
        var tally = count.tally
        let figures = FiguresQuery(db: db, campaign: campaign)
        tally.firstCall = try figures.firstAttempt()
        tally.figures = try figures.figures(at: question.now)
        tally.imports = try CampaignRows(db: db).imports(of: campaign)
        try each(LedgerQuery.reportSales, period) { row in tally.leads.sold = Int(try row.integer()) }
        tally.held = try held()
        tally.onHold = try figures.onHold()
        let accounts = question.accounts.map { StoreValue.text($0) }
        let resting = StoreArguments(
            [.integer(question.now.milliseconds), .integer(Int64(ReportTally.wordLimit))] + accounts)
        try each(LedgerQuery.reportResting(accounts.count), resting) { row in
            tally.restingCallerIDs.append(.init(callerID: try row.text(), quarantinedUntil: row.optionalInstant()))
        }
        for prefix in count.prefixes { reader.dialled(prefix.number, prefix.dials) }
        return tally
    }

    private func countAttempts(in count: inout ReportCount, telling reader: any ReportReader) throws {
        try db.each(LedgerQuery.reportAttempts, [campaign.value]) { row in
            let attempt = try AttemptRecord(counted: row)
            if attempt.outcome != nil, attempt.mayHaveBeenAnswered { reader.answered(attempt) }
            if attempt.claimedAt < question.from {
                count.pass(attempt)
            } else if attempt.claimedAt < question.until {
                count.add(attempt)
            }
        }
    }

    /// The gates that hold leads back, the most first.
    private func held() throws -> [ReportTally.WordCount] {
        var counts = WordCounts()
        try each(LedgerQuery.reportHeld, [campaign.value]) { row in
            counts.add(String(try row.text().prefix { $0 != ":" }))
        }
        return counts.mostFrequent(ReportTally.wordLimit)
    }

    private var period: StoreArguments {
        [campaign.value, question.from.milliseconds, question.until.milliseconds]
    }

    private func each(
        _ sql: String, _ arguments: StoreArguments, _ take: (inout RowReader) throws -> Void
    ) throws {
        try db.each(sql, arguments) { row in
            var reader = RowReader(row)
            try take(&reader)
        }
    }
}

extension AttemptRecord {
    /// An attempt's row as a report counts it, in the order of `LedgerQuery.reportAttempts`.
    fileprivate init(counted row: StoreRow) throws {
        var row = RowReader(row)
        self.init(
            id: AttemptID(try row.integer()), lead: LeadID(try row.integer()), run: RunID(try row.integer()),
            ordinal: Int(try row.integer()), number: try row.number(), vendor: try row.text(), state: try row.word(),
            claimedAt: Timestamp(milliseconds: try row.integer()))
        callerID = row.optionalText()
        shownCallerID = row.optionalText()
        outcome = try row.optionalWord()
        cpa = try row.optionalWord()
        agent = row.optionalText().map(AgentID.init)
        answeredAt = row.optionalInstant()
        connectedAt = row.optionalInstant()
        endedAt = row.optionalInstant()
        talk = row.optionalInteger().map { .milliseconds($0) }
        messageAt = row.optionalInstant()
        vendorReason = row.optionalText()
    }

    /// Whether somebody or something answered.
    fileprivate var mayHaveBeenAnswered: Bool {
        answeredAt != nil || connectedAt != nil || outcome?.wasAnswered == true
    }
}
