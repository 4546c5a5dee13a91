import DialModel
import Ledger

/// The figures of one campaign, each counted from rows in the same snapshot.
struct FiguresQuery {
    let db: any StoreSession
    let campaign: CampaignID

    /// How far leads are counted one by one before the other side is tried, and then all: some milliseconds' worth.
    private static let countingLimit = 20_000

    func figures(at now: Timestamp) throws -> CampaignFigures {
        var states: [LeadState: Int] = [:]
        var endings: [LeadEnding: Int] = [:]
        for row in try db.rows(db.dialect.leadCounts, [campaign.value]) {
            let count: Int = try row.required("leads")
            states[try row.word("state"), default: 0] += count
            if try row.required("ending") != "" { endings[try row.word("ending"), default: 0] += count }
        }
        var outcomes = OutcomeCounts()
        var open = 0
        for row in try db.rows(LedgerQuery.attemptCounts, [campaign.value]) {
            let count: Int = try row.required("attempts")
            if try row.required("outcome") == "" { open += count } else { outcomes[try row.word("outcome")] += count }
        }
        let waiting = states[.waiting] ?? 0
        let due = try due(among: waiting, at: now)
        return CampaignFigures(
            leads: states.values.reduce(0, +), due: due, waiting: waiting - due, dialing: states[.dialing] ?? 0,
            standby: states[.standby] ?? 0,
            finished: LeadEnding.allCases.map { .init(ending: $0, count: endings[$0] ?? 0) }, openAttempts: open,
            outcomes: outcomes, nextDueAt: try nextDueAt(after: now), lastRun: try lastRun())
    }

    /// How many of the waiting leads may be dialled now: of those and the others, the fewer are counted one by one.
    private func due(among waiting: Int, at now: Timestamp) throws -> Int {
        let limit = Self.countingLimit
        let later = try count(LedgerQuery.laterCount, [campaign.value, now.milliseconds, limit])
        if later < limit { return waiting - later }
        let due = try count(LedgerQuery.dueCount, [campaign.value, now.milliseconds, limit])
        if due < limit { return due }
        return try count(LedgerQuery.dueCount, [campaign.value, now.milliseconds, Int.max])
    }

    private func nextDueAt(after now: Timestamp) throws -> Timestamp? {
        try db.integer(LedgerQuery.nextWaiting, [campaign.value, now.milliseconds])
            .map(Timestamp.init(milliseconds:)).flatMap { $0 == .never ? nil : $0 }
    }

    /// Why one of the leads is held back that are due at an instant to come; nil where none of them is.
    func reasonOfWaiting(until instant: Timestamp) throws -> String? {
        try db.text(LedgerQuery.reasonOfWaiting, [campaign.value, instant.milliseconds])
    }

    /// The waiting leads that nobody will dial until something is changed, by the gate that holds them, the most first.
    func onHold() throws -> [ReportTally.WordCount] {
        try db.rows(LedgerQuery.onHoldCounts, [campaign.value]).map { row in
            ReportTally.WordCount(try row.required("gate"), try row.required("leads"))
        }
    }

    /// When the first attempt was made.
    func firstAttempt() throws -> Timestamp? {
        try row(LedgerQuery.firstAttempt, [campaign.value])?.optionalInstant("claimed_at")
    }

    /// How many calls people answered, and how many of those were abandoned.
    func liveAnswers(since: Timestamp, agentWithin: Duration) throws -> AbandonmentCount {
        let arguments: StoreArguments = [campaign.value, since.milliseconds, agentWithin.milliseconds]
        let row = try row(LedgerQuery.liveAnswers, arguments)
        return AbandonmentCount(live: try row?.required("live") ?? 0, abandoned: try row?.required("abandoned") ?? 0)
    }

    /// What each agent did.
    func agents(shortCall: Duration?) throws -> [AgentFigures] {
        let arguments: StoreArguments = [campaign.value, shortCall?.milliseconds ?? 0]
        return try db.rows(LedgerQuery.agentFigures, arguments).map { row in
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
        var accounts: [AccountFigures] = []
        for row in try db.rows(LedgerQuery.attemptCounts, [campaign.value]) {
            let (name, outcome): (String, String) = (try row.required("vendor"), try row.required("outcome"))
            let count: Int = try row.required("attempts")
            guard count > 0 else { continue }
            if accounts.last?.account != name {
                accounts.append(AccountFigures(account: name, attempts: 0, connected: 0, open: 0))
            }
            accounts[accounts.count - 1].attempts += count
            if outcome == CallOutcome.connected.rawValue { accounts[accounts.count - 1].connected += count }
            if outcome == "" { accounts[accounts.count - 1].open += count }
        }
        return accounts
    }

    /// The latest rows, as far back as they began at one instant.
    private func lastRun() throws -> [RunRecord] {
        var runs: [RunRecord] = []
        while case let page = try db.rows(
            LedgerQuery.runsBackwards, [campaign.value, runs.last?.id.value ?? Int64.max]),
            !page.isEmpty
        {
            for row in page {
                let run = RunRecord(
                    id: RunID(try row.required("id")), account: try row.required("vendor"),
                    startedAt: try row.instant("started_at"), endedAt: try row.optionalInstant("ended_at"),
                    ending: try row.optional("ending"))
                guard run.startedAt == runs.last?.startedAt ?? run.startedAt else { return runs.reversed() }
                runs.append(run)
            }
        }
        return runs.reversed()
    }

    private func count(_ sql: String, _ arguments: StoreArguments) throws -> Int {
        try db.count(sql, arguments) ?? 0
    }

    private func row(_ sql: String, _ arguments: StoreArguments) throws -> StoreRow? {
        try db.row(sql, arguments)
    }
}
