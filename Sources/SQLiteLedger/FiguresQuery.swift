import DialModel
import GRDB
import Ledger

/// The figures of one campaign, each counted from rows in the same snapshot.
struct FiguresQuery {
    let db: Database
    let campaign: CampaignID

    func figures(at now: Timestamp) throws -> CampaignFigures {
        let waiting = try row(LedgerQuery.waitingCount, [campaign.value, now.milliseconds])
        let endings: [LeadEnding: Int] = try counts(LedgerQuery.finishedCounts)
        var outcomes = OutcomeCounts()
        for (outcome, count) in try counts(LedgerQuery.outcomeCounts) as [CallOutcome: Int] {
            outcomes[outcome] = count
        }
        return CampaignFigures(
            leads: try count(LedgerQuery.leadCount, [campaign.value]),
            due: try count(LedgerQuery.dueCount, [campaign.value, now.milliseconds]),
            waiting: try waiting?.required("count") ?? 0,
            dialing: try count(LedgerQuery.dialingCount, [campaign.value]),
            standby: try count(LedgerQuery.standbyCount, [campaign.value]),
            finished: LeadEnding.allCases.map { .init(ending: $0, count: endings[$0] ?? 0) },
            openAttempts: try count(LedgerQuery.openCount, [campaign.value]),
            outcomes: outcomes, nextDueAt: try waiting?.optionalInstant("next"), lastRun: try lastRun())
    }

    /// When the first attempt was made.
    func firstAttempt() throws -> Timestamp? {
        try row(LedgerQuery.firstAttempt, [campaign.value])?.optionalInstant("claimed_at")
    }

    /// How many calls people answered, and how many of those were abandoned.
    func liveAnswers(since: Timestamp, agentWithin: Duration) throws -> AbandonmentCount {
        let arguments: StatementArguments = [campaign.value, since.milliseconds, agentWithin.milliseconds]
        let row = try row(LedgerQuery.liveAnswers, arguments)
        return AbandonmentCount(live: try row?.required("live") ?? 0, abandoned: try row?.required("abandoned") ?? 0)
    }

    /// What each agent did.
    func agents(shortCall: Duration?) throws -> [AgentFigures] {
        let arguments: StatementArguments = [campaign.value, shortCall?.milliseconds ?? 0]
        return try Row.fetchAll(db, sql: LedgerQuery.agentFigures, arguments: arguments).map { row in
            AgentFigures(
                agent: AgentID(try row.required("agent")), calls: try row.required("calls"),
                connected: try row.required("connected"), missed: try row.required("missed"),
                short: try row.required("short"),
                talk: .milliseconds(try row.required("talk") as Int64), firstAt: try row.instant("first_at"),
                lastAt: try row.instant("last_at"))
        }
    }

    /// What went through each account.
    func accounts() throws -> [AccountFigures] {
        try Row.fetchAll(db, sql: LedgerQuery.accountFigures, arguments: [campaign.value]).map { row in
            AccountFigures(
                account: try row.required("vendor"), attempts: try row.required("attempts"),
                connected: try row.required("connected"), open: try row.required("open"))
        }
    }

    private func lastRun() throws -> RunRecord? {
        try row(LedgerQuery.lastRun, [campaign.value]).map { row in
            RunRecord(
                id: RunID(try row.required("id")), startedAt: try row.instant("started_at"),
                endedAt: try row.optionalInstant("ended_at"), ending: try row.optional("ending"))
        }
    }

    private func count(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
    }

    private func counts<Word: RawRepresentable<String> & Hashable>(_ sql: String) throws -> [Word: Int] {
        var counts: [Word: Int] = [:]
        for row in try Row.fetchAll(db, sql: sql, arguments: [campaign.value]) {
            counts[try row.word("word")] = try row.required("count")
        }
        return counts
    }

    private func row(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
        try Row.fetchOne(db, sql: sql, arguments: arguments)
    }
}
