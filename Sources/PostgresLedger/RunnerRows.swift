import DialModel
import Foundation
import Ledger
import StoredLedger
import Wording

/// The runners of campaigns, their leases and their leaders.
struct RunnerRows {
    let db: any StoreSession

    /// What a run that may write has of its own.
    struct Runner {
        var run: RunID
        var campaign: CampaignID
        var vendor: String
        var share: RunnerShare?
    }

    /// The last commit of a run.
    struct LastCommit {
        var number: Int64
        var claims: [KeptClaim]
    }

    /// What cannot be read from the attempt itself of a claim that may have to be told once more.
    struct KeptClaim: Codable {
        var attempt: Int64
        var agent: String?
    }

    /// The server's time.
    func now() throws -> Timestamp {
        let sql = "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT)"
        guard let now = try db.integer(sql) else { throw Refusal.impossible("now") }
        return Timestamp(milliseconds: now)
    }

    /// Throws `.fenced` for a run that was given up; another cannot be before the transaction has ended, but renew its lease.
    func admit(_ run: RunID) throws {
        let row = try db.row("SELECT fenced_at FROM runners WHERE run = ? FOR KEY SHARE", [run.value])
        if let row, try row.optional("fenced_at") as Int64? != nil { throw Self.fenced(run) }
    }

    /// A run that has joined and is alive, which nobody can give up before the transaction has ended.
    private func living(_ run: RunID) throws -> Runner {
        let sql = """
            SELECT runners.campaign, runners.vendor, runners.fenced_at, runners.share, runs.ended_at
            FROM runners JOIN runs ON runs.id = runners.run WHERE runners.run = ? FOR NO KEY UPDATE OF runners
            """
        guard let row = try db.row(sql, [run.value]), try row.optional("fenced_at") as Int64? == nil,
            try row.optional("ended_at") as Int64? == nil
        else { throw Self.fenced(run) }
        return Runner(
            run: run, campaign: CampaignID(try row.required("campaign")), vendor: try row.required("vendor"),
            share: try Self.decodeOptional(row, "share"))
    }

    private static func fenced(_ run: RunID) -> Refusal {
        Refusal(.fenced, PostgresPhrase.givenUp.filled(run.value))
    }

    // MARK: - Leases

    /// Begins a lease.
    func join(_ run: RunID, named name: String, reporting report: RunnerReport) throws -> LeaseAnswer {
        let facts = "SELECT campaign, vendor FROM runs WHERE id = ? AND ended_at IS NULL"
        guard let row = try db.row(facts, [run.value]) else { throw Self.fenced(run) }
        let campaign = CampaignID(try row.required("campaign"))
        try db.lock(.runners(campaign))
        let now = try now()
        try giveUpLapsed(of: campaign, by: run, at: now)
        let peers = """
            SELECT min(joined_after) FROM runners JOIN runs ON runs.id = runners.run
            WHERE runners.campaign = ? AND runs.ended_at IS NULL
            """
        let last = try lastOrder()
        let since = try db.integer(peers, [campaign.value])
        let insertion = """
            INSERT INTO runners (run, campaign, vendor, name, report, renewed_at, joined_after)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        try db.execute(
            insertion,
            [
                run.value, campaign.value, try row.required("vendor") as String, name, try Self.encode(report),
                now.milliseconds, since ?? last,
            ])
        try db.execute("INSERT INTO runner_commits (run, number, claims) VALUES (?, 0, '[]')", [run.value])
        let told = try orders(for: campaign, after: since ?? last, through: last)
        let inForce = told.last { $0.kind == .pause || $0.kind == .resume }
        var answer = try answer(to: try living(run), hasHeard: report.heard, through: last, at: now)
        answer.orders = [inForce].compactMap(\.self).filter { $0.kind == .pause }
        return answer
    }

    /// Renews a lease.
    func renew(_ run: RunID, reporting report: RunnerReport) throws -> LeaseAnswer {
        guard let campaign = try db.integer("SELECT campaign FROM runners WHERE run = ?", [run.value]) else {
            throw Self.fenced(run)
        }
        try db.lock(.runners(CampaignID(campaign)))
        let runner = try living(run)
        let now = try now()
        try db.execute(
            "UPDATE runners SET report = ?, renewed_at = ? WHERE run = ?",
            [try Self.encode(report), now.milliseconds, run.value])
        try giveUpLapsed(of: runner.campaign, by: run, at: now)
        return try answer(to: runner, hasHeard: report.heard, through: try lastOrder(), at: now)
    }

    /// Gives up those whose lease has lapsed, but for one that is within a transaction at this moment: its turn comes when
    /// that has ended, and the server ends one that stalls.
    private func giveUpLapsed(of campaign: CampaignID, by run: RunID, at now: Timestamp) throws {
        let sql = """
            SELECT runners.run FROM runners JOIN runs ON runs.id = runners.run
            WHERE runners.campaign = ?1 AND runners.run <> ?2 AND runs.ended_at IS NULL AND runners.renewed_at < ?3
            ORDER BY runners.run FOR UPDATE OF runners SKIP LOCKED
            """
        let lapsed = try db.rows(sql, [campaign.value, run.value, (now - LeaseTerms.length).milliseconds])
        for row in lapsed {
            let other: Int64 = try row.required("run")
            try db.execute("UPDATE runners SET fenced_at = ? WHERE run = ?", [now.milliseconds, other])
            try db.execute(
                "UPDATE runs SET ended_at = ?, ending = 'fenced' WHERE id = ? AND ended_at IS NULL",
                [now.milliseconds, other])
            var facts = AuditFacts()
            facts.add("run", other)
            facts.add("because", text: "fenced")
            try AuditRows(db: db).append(.runEnded, facts, of: campaign, by: "run \(run.value)", at: now)
        }
    }

    /// What a runner is told; of orders those up to `last`, since others may be given while this is put together.
    private func answer(
        to runner: Runner, hasHeard heard: Int64, through last: Int64, at now: Timestamp
    ) throws -> LeaseAnswer {
        let leader = try leader(of: runner.campaign, orElse: runner.run)
        let renewal = try db.integer("SELECT renewed_at FROM runners WHERE run = ?", [leader.run.value])
        var answer = LeaseAnswer(
            now: now, share: runner.share, leaderAge: renewal.map { now - Timestamp(milliseconds: $0) },
            orders: try orders(for: runner.campaign, after: heard, through: last), lastOrder: last)
        let orphans = try openCalls(of: runner.campaign).filter { !$0.isHeld }
        answer.hasOrphans = orphans.contains { $0.vendor == runner.vendor }
        if leader.run == runner.run { answer.leadership = try leadership(of: runner.campaign, leader) }
        return answer
    }

    // MARK: - Leaders

    private struct Leader {
        var run: RunID
        var epoch: Int64
        var lastNumber: Int64
    }

    /// Who leads: the one that does, or a run in its place if it is gone.
    private func leader(of campaign: CampaignID, orElse run: RunID) throws -> Leader {
        let sql = """
            SELECT leaders.run, leaders.epoch, leaders.last_number, runs.ended_at
            FROM leaders JOIN runs ON runs.id = leaders.run WHERE leaders.campaign = ?
            """
        guard let row = try db.row(sql, [campaign.value]) else {
            try db.execute(
                "INSERT INTO leaders (campaign, run, epoch, last_number) VALUES (?, ?, 1, 0)",
                [campaign.value, run.value])
            return Leader(run: run, epoch: 1, lastNumber: 0)
        }
        var leader = Leader(
            run: RunID(try row.required("run")), epoch: try row.required("epoch"),
            lastNumber: try row.required("last_number"))
        guard try row.optional("ended_at") as Int64? != nil else { return leader }
        leader.run = run
        leader.epoch += 1
        try db.execute(
            "UPDATE leaders SET run = ?, epoch = ? WHERE campaign = ?", [run.value, leader.epoch, campaign.value])
        return leader
    }

    private func leadership(of campaign: CampaignID, _ leader: Leader) throws -> Leadership {
        let calls = try openCalls(of: campaign)
        var orphans: [String: Int] = [:]
        for call in calls where !call.isHeld { orphans[call.vendor, default: 0] += call.count }
        let sql = """
            SELECT runners.run, runners.vendor, runners.report, runners.share
            FROM runners JOIN runs ON runs.id = runners.run
            WHERE runners.campaign = ? AND runs.ended_at IS NULL ORDER BY runners.run
            """
        let living = try db.rows(sql, [campaign.value]).map { row in
            let run = RunID(try row.required("run"))
            let held = calls.filter { $0.isHeld && $0.holder == run }
            return LivingRunner(
                run: run, vendor: try row.required("vendor"), report: try Self.decode(row, "report"),
                ownCalls: held.filter { !$0.isTaken }.reduce(0) { $0 + $1.count },
                takenCalls: held.filter(\.isTaken).reduce(0) { $0 + $1.count },
                share: try Self.decodeOptional(row, "share"))
        }
        return Leadership(epoch: leader.epoch, lastNumber: leader.lastNumber, runners: living, orphans: orphans)
    }

    /// Gives runners new shares.
    func publish(_ publication: SharePublication, by run: RunID) throws {
        guard let campaign = try db.integer("SELECT campaign FROM runners WHERE run = ?", [run.value]) else {
            throw Self.fenced(run)
        }
        try db.lock(.runners(CampaignID(campaign)))
        _ = try living(run)
        let sql = "SELECT run, epoch, last_number FROM leaders WHERE campaign = ?"
        guard let row = try db.row(sql, [campaign]), try row.required("run") == run.value,
            try row.required("epoch") == publication.epoch
        else { throw Refusal(.fenced, PostgresPhrase.notLeading.filled(run.value)) }
        guard try row.required("last_number") + 1 == publication.number else {
            throw Refusal(.constraint, PostgresPhrase.publishedOutOfTurn.phrase)
        }
        try db.execute("UPDATE leaders SET last_number = ? WHERE campaign = ?", [publication.number, campaign])
        let giving = """
            UPDATE runners SET share = ?1 WHERE run = ?2 AND campaign = ?3
                AND EXISTS (SELECT 1 FROM runs WHERE runs.id = runners.run AND runs.ended_at IS NULL)
            """
        for part in publication.parts {
            try db.execute(giving, [try Self.encode(part.share), part.run.value, campaign])
        }
        try wake(CampaignID(campaign))
    }
}

// MARK: - Attempts

extension RunnerRows {
    /// Open calls of one account that belong to one run.
    private struct OpenCalls {
        var holder: RunID
        var vendor: String
        var count: Int
        /// Whether the run has taken them over.
        var isTaken: Bool
        /// Whether the run is alive.
        var isHeld: Bool
    }

    /// Whether a run is one that has joined and has neither ended nor been given up; the argument names it.
    private static func isAlive(_ run: String) -> String {
        """
        EXISTS (
            SELECT 1 FROM runners JOIN runs ON runs.id = runners.run WHERE runners.run = \(run) AND runs.ended_at IS NULL)
        """
    }

    private func openCalls(of campaign: CampaignID) throws -> [OpenCalls] {
        let sql = """
            SELECT holder, vendor, is_taken, count, \(Self.isAlive("calls.holder")) AS is_held FROM (
                SELECT coalesce(holder, run) AS holder, vendor, holder IS NOT NULL AND holder <> run AS is_taken,
                    count(*) AS count
                FROM attempts WHERE campaign = ? AND outcome IS NULL GROUP BY 1, 2, 3) AS calls
            ORDER BY holder, vendor, is_taken
            """
        return try db.rows(sql, [campaign.value]).map { row in
            OpenCalls(
                holder: RunID(try row.required("holder")), vendor: try row.required("vendor"),
                count: try row.required("count"), isTaken: try row.required("is_taken"),
                isHeld: try row.required("is_held"))
        }
    }

    /// Makes attempts of runners that are gone this run's own.
    func takeOver(by run: RunID) throws -> [OpenAttempt] {
        guard let campaign = try db.integer("SELECT campaign FROM runners WHERE run = ?", [run.value]) else {
            throw Self.fenced(run)
        }
        try db.lock(.runners(CampaignID(campaign)))
        let runner = try living(run)
        let taking = """
            UPDATE attempts SET holder = ?1
            WHERE campaign = ?2 AND vendor = ?3 AND outcome IS NULL
                AND NOT \(Self.isAlive("coalesce(attempts.holder, attempts.run)"))
            """
        try db.execute(taking, [run.value, campaign, runner.vendor])
        let taken = "SELECT id FROM attempts WHERE campaign = ? AND outcome IS NULL AND holder = ? AND run <> holder"
        let ids = Set(try db.rows(taken, [campaign, run.value]).map { try $0.required("id") as Int64 })
        return try AttemptRows(db: db).open(of: runner.campaign).filter { ids.contains($0.claim.attempt.value) }
    }

    /// Whether all attempts that are to be changed are a run's own, or were taken over by it.
    func holds(_ changes: [AttemptChange], _ run: RunID) throws -> Bool {
        let attempts = Set(
            changes.map { change in
                switch change {
                case .reached(let attempt, _, _, _), .closed(let attempt, _): attempt.value
                }
            })
        guard !attempts.isEmpty else { return true }
        let places = attempts.map { _ in "?" }.joined(separator: ", ")
        let held = try db.integer(
            "SELECT count(*) FROM attempts WHERE coalesce(holder, run) = ? AND id IN (\(places))",
            StoreArguments(([run.value] + attempts.sorted()).map(\.storeValue)))
        return held == Int64(attempts.count)
    }

    /// The last commit of a run that is alive; the next waits until it is known whether that was kept.
    func lastCommit(of run: RunID) throws -> LastCommit {
        try admit(run)
        let sql = """
            SELECT runner_commits.number, runner_commits.claims, runs.ended_at
            FROM runner_commits JOIN runs ON runs.id = runner_commits.run
            WHERE runner_commits.run = ? FOR NO KEY UPDATE OF runner_commits
            """
        guard let row = try db.row(sql, [run.value]), try row.optional("ended_at") as Int64? == nil else {
            throw Self.fenced(run)
        }
        return LastCommit(number: try row.required("number"), claims: try Self.decode(row, "claims"))
    }

    /// Keeps which commit was the last, and what was claimed by it.
    func note(_ stamp: CommitStamp, _ claims: [Claim]) throws {
        let kept = claims.map { KeptClaim(attempt: $0.attempt.value, agent: $0.agent?.value) }
        try db.send(
            "UPDATE runner_commits SET number = ?, claims = ? WHERE run = ?",
            [stamp.number, try Self.encode(kept), stamp.run.value])
    }

    /// What a commit has claimed.
    func claims(of commit: LastCommit, by run: RunID) throws -> [Claim] {
        guard !commit.claims.isEmpty,
            let campaign = try db.integer("SELECT campaign FROM runs WHERE id = ?", [run.value])
        else { return [] }
        let open = try AttemptRows(db: db).open(of: CampaignID(campaign))
        return commit.claims.compactMap { kept in
            guard var claim = open.first(where: { $0.claim.attempt.value == kept.attempt })?.claim else { return nil }
            claim.agent = kept.agent.map { AgentID($0) }
            return claim
        }
    }
}

// MARK: - Orders

extension RunnerRows {
    /// Gives an order; those who read see orders in the order of their numbers, without gaps.
    func give(_ kind: RunnerOrder.Kind, to campaign: CampaignID?, by giver: String) throws {
        try db.lock(.orders)
        let number = try lastOrder() + 1
        let insertion = """
            INSERT INTO runner_orders (number, campaign, kind, giver, given_at) VALUES (?, ?, ?, ?, ?)
            """
        try db.execute(
            insertion, [number, campaign?.value, kind.rawValue, giver, try now().milliseconds])
        try wake(campaign)
    }

    /// Wakes the runners of a campaign, or all.
    func wake(_ campaign: CampaignID?) throws {
        let sql = "SELECT count(*) FROM (SELECT pg_notify(\(PostgresListener.channel), ?)) AS notice"
        _ = try db.integer(sql, [campaign.map { String($0.value) } ?? PostgresListener.everybody])
    }

    private func lastOrder() throws -> Int64 {
        try db.integer("SELECT max(number) FROM runner_orders") ?? 0
    }

    private func orders(
        for campaign: CampaignID, after number: Int64, through last: Int64
    ) throws -> [RunnerOrder] {
        let sql = """
            SELECT number, kind, giver FROM runner_orders
            WHERE number > ? AND number <= ? AND (campaign IS NULL OR campaign = ?) ORDER BY number
            """
        return try db.rows(sql, [number, last, campaign.value]).compactMap { row in
            // A later release may know more kinds.
            guard let kind = RunnerOrder.Kind(rawValue: try row.required("kind")) else { return nil }
            return RunnerOrder(number: try row.required("number"), kind: kind, giver: try row.required("giver"))
        }
    }
}

// MARK: - Looking

extension RunnerRows {
    /// For how long a runner that is gone is still shown.
    private static let remembrance = Duration.seconds(86_400)

    /// The runners of a campaign.
    func all(of campaign: CampaignID) throws -> [RunnerRecord] {
        let now = try now()
        let leader = try db.integer("SELECT run FROM leaders WHERE campaign = ?", [campaign.value])
        let sql = """
            SELECT runners.run, runners.name, runners.vendor, runners.report, runners.share, runners.renewed_at,
                runners.fenced_at, runs.ended_at
            FROM runners JOIN runs ON runs.id = runners.run
            WHERE runners.campaign = ? AND (runs.ended_at IS NULL OR runners.renewed_at > ?) ORDER BY runners.run
            """
        return try db.rows(sql, [campaign.value, (now - Self.remembrance).milliseconds]).map { row in
            let age = now - Timestamp(milliseconds: try row.required("renewed_at"))
            let state: RunnerRecord.State =
                if try row.optional("fenced_at") as Int64? != nil {
                    .fenced
                } else if try row.optional("ended_at") as Int64? != nil {
                    .ended
                } else {
                    age > LeaseTerms.length ? .lapsed(since: age - LeaseTerms.length) : .alive(renewed: age)
                }
            let run: Int64 = try row.required("run")
            var isLeader = run == leader
            if case .alive = state {} else { isLeader = false }
            return RunnerRecord(
                run: RunID(run), name: try row.required("name"), vendor: try row.required("vendor"), state: state,
                isLeader: isLeader, report: try Self.decode(row, "report"),
                share: try Self.decodeOptional(row, "share"))
        }
    }
}

// MARK: - Texts

extension RunnerRows {
    private static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func decode<Value: Decodable>(_ row: StoreRow, _ column: String) throws -> Value {
        guard let value: Value = try decodeOptional(row, column) else { throw Refusal.impossible(column) }
        return value
    }

    private static func decodeOptional<Value: Decodable>(_ row: StoreRow, _ column: String) throws -> Value? {
        guard let text: String = try row.optional(column) else { return nil }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw Refusal.impossible(column)
        }
    }
}
