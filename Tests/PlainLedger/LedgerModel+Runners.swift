package import DialModel
package import Ledger
import Wording

/// What several runners of one campaign ask of a ledger, as `RunnerLedger` says.
extension LedgerModel {
    /// A run that has joined.
    package struct ModelRunner: Sendable {
        /// The run.
        package var run: RunID
        /// Whose runner it is.
        package var campaign: CampaignID
        /// The account that it works.
        package var vendor: String
        /// What it said last.
        package var report: RunnerReport
        /// What it may use.
        package var share: RunnerShare?
        /// When its lease was renewed.
        package var renewedAt: Timestamp
        /// Whether it was given up.
        package var isFenced = false
        /// Whether it ended.
        package var hasEnded = false
        /// The number of the last commit that was kept, and what was claimed by it.
        package var lastCommit: (number: Int64, claims: [Claim]) = (0, [])
        /// The number of the last order before it joined.
        package var joinedAfter: Int64

        /// Whether it has a lease, be it one that has lapsed and that nobody has noticed.
        package var isAlive: Bool { !isFenced && !hasEnded }
    }

    /// Who leads a campaign.
    package struct ModelLeader: Sendable {
        /// The campaign.
        package var campaign: CampaignID
        /// The run.
        package var run: RunID
        /// How many leaders there have been.
        package var epoch: Int64
        /// The number of the last publication.
        package var lastNumber: Int64
    }

    /// Begins the lease of a run.
    package mutating func join(
        _ run: RunID, of campaign: CampaignID, vendor: String, reporting report: RunnerReport, at now: Timestamp
    ) throws(LedgerError) -> LeaseAnswer {
        giveUpLapsed(of: campaign, at: now)
        let peers = runners.filter { $0.campaign == campaign && $0.isAlive }
        let last = orders.last?.order.number ?? 0
        let since = peers.map(\.joinedAfter).min() ?? last
        let inForce = heard(by: campaign, after: since).last { $0.kind == .pause || $0.kind == .resume }
        runners.append(
            ModelRunner(
                run: run, campaign: campaign, vendor: vendor, report: report, renewedAt: now,
                joinedAfter: peers.isEmpty ? last : since))
        var answer = try renew(run, reporting: report, at: now)
        answer.orders = [inForce].compactMap(\.self).filter { $0.kind == .pause }
        return answer
    }

    /// Renews a lease.
    package mutating func renew(
        _ run: RunID, reporting report: RunnerReport, at now: Timestamp
    ) throws(LedgerError) -> LeaseAnswer {
        let place = try place(of: run)
        runners[place].report = report
        runners[place].renewedAt = now
        let campaign = runners[place].campaign
        giveUpLapsed(of: campaign, at: now)
        let leader = lead(campaign, by: run)
        let leaderAge = runners.first { $0.run == leader.run }.map { now - $0.renewedAt }
        var answer = LeaseAnswer(
            now: now, share: runners[place].share, leaderAge: leaderAge,
            orders: heard(by: campaign, after: report.heard), lastOrder: orders.last?.order.number ?? 0)
        answer.hasOrphans = !orphans(of: campaign, vendor: runners[place].vendor).isEmpty
        if leader.run == run { answer.leadership = leadership(of: leader) }
        return answer
    }

    /// Makes attempts of runners that are gone this run's own.
    package mutating func takeOver(by run: RunID) throws(LedgerError) -> [OpenAttempt] {
        let runner = runners[try place(of: run)]
        for index in orphans(of: runner.campaign, vendor: runner.vendor) { attempts[index].holder = run }
        let taken = open.filter { attempts[$0].holder == run && attempts[$0].record.run != run }
        let ids = Set(taken.map { attempts[$0].record.id })
        return openAttempts(of: runner.campaign).filter { ids.contains($0.claim.attempt) }
    }

    /// Commits, once however often it is asked to.
    package mutating func commit(
        _ changes: [AttemptChange], claiming request: ClaimRequest?, as stamp: CommitStamp
    ) throws(LedgerError) -> ClaimResult {
        let place = try place(of: stamp.run)
        let last = runners[place].lastCommit
        if stamp.number == last.number {
            guard var request else { return ClaimResult(claims: [], nextDueAt: nil) }
            request.count = 0
            var result = claim(request)
            result.claims = last.claims
            result.isCutShort = true
            return result
        }
        guard stamp.number == last.number + 1, changes.allSatisfy({ holder(of: $0) == stamp.run && allows($0) }) else {
            throw refusal(.constraint, "commit")
        }
        for change in changes { apply(change) }
        let result = request.map { claim($0) } ?? ClaimResult(claims: [], nextDueAt: nil)
        runners[place].lastCommit = (stamp.number, result.claims)
        return result
    }

    /// Gives runners new shares.
    package mutating func publish(_ publication: SharePublication, by run: RunID) throws(LedgerError) {
        let campaign = runners[try place(of: run)].campaign
        guard let leader = leaders.firstIndex(where: { $0.campaign == campaign }), leaders[leader].run == run,
            leaders[leader].epoch == publication.epoch
        else { throw refusal(.fenced, "publish") }
        guard publication.number == leaders[leader].lastNumber + 1 else { throw refusal(.constraint, "publish") }
        leaders[leader].lastNumber = publication.number
        for part in publication.parts {
            if let place = runners.firstIndex(where: { $0.run == part.run && $0.isAlive }) {
                runners[place].share = part.share
            }
        }
    }

    /// Gives an order to the runners of a campaign, or of all.
    package mutating func give(_ kind: RunnerOrder.Kind, to campaign: CampaignID?, by giver: String) {
        orders.append((campaign, RunnerOrder(number: Int64(orders.count + 1), kind: kind, giver: giver)))
    }

    /// Ends a run that has joined.
    package mutating func end(_ run: RunID) throws(LedgerError) {
        runners[try place(of: run)].hasEnded = true
    }

    // MARK: Private

    private func refusal(_ code: LedgerError.Code, _ operation: String) -> LedgerError {
        LedgerError(code, operation: operation, database: "model", message: Phrase(same: "refused"))
    }

    /// The place of a run that may still write.
    private func place(of run: RunID) throws(LedgerError) -> Int {
        guard let place = runners.firstIndex(where: { $0.run == run }), runners[place].isAlive else {
            throw refusal(.fenced, "write")
        }
        return place
    }

    private mutating func giveUpLapsed(of campaign: CampaignID, at now: Timestamp) {
        for place in runners.indices where runners[place].campaign == campaign && runners[place].isAlive {
            if now - runners[place].renewedAt > LeaseTerms.length { runners[place].isFenced = true }
        }
    }

    /// Who leads: the one that does, or this one in its place if it is gone.
    private mutating func lead(_ campaign: CampaignID, by run: RunID) -> ModelLeader {
        guard let place = leaders.firstIndex(where: { $0.campaign == campaign }) else {
            leaders.append(ModelLeader(campaign: campaign, run: run, epoch: 1, lastNumber: 0))
            return leaders[leaders.count - 1]
        }
        let isAlive = runners.contains { $0.run == leaders[place].run && $0.isAlive }
        if !isAlive {
            leaders[place].run = run
            leaders[place].epoch += 1
        }
        return leaders[place]
    }

    private func leadership(of leader: ModelLeader) -> Leadership {
        let living = runners.filter { $0.campaign == leader.campaign && $0.isAlive }
        var orphans: [String: Int] = [:]
        var (ownCalls, takenCalls): ([RunID: Int], [RunID: Int]) = ([:], [:])
        for index in open where attempts[index].campaign == leader.campaign {
            let holder = attempts[index].holder
            if living.contains(where: { $0.run == holder }) {
                if attempts[index].record.run == holder {
                    ownCalls[holder, default: 0] += 1
                } else {
                    takenCalls[holder, default: 0] += 1
                }
            } else {
                orphans[attempts[index].record.vendor, default: 0] += 1
            }
        }
        return Leadership(
            epoch: leader.epoch, lastNumber: leader.lastNumber,
            runners: living.map {
                LivingRunner(
                    run: $0.run, vendor: $0.vendor, report: $0.report, ownCalls: ownCalls[$0.run] ?? 0,
                    takenCalls: takenCalls[$0.run] ?? 0,
                    share: $0.share)
            }, orphans: orphans)
    }

    /// The places of the open attempts whose runner is gone.
    private func orphans(of campaign: CampaignID, vendor: String) -> [Int] {
        open.filter { index in
            let attempt = attempts[index]
            return attempt.campaign == campaign && attempt.record.vendor == vendor
                && !runners.contains { $0.run == attempt.holder && $0.isAlive }
        }
    }

    private func holder(of change: AttemptChange) -> RunID? {
        switch change {
        case .reached(let attempt, _, _, _), .closed(let attempt, _): index(of: attempt).map { attempts[$0].holder }
        }
    }

    private func heard(by campaign: CampaignID, after number: Int64) -> [RunnerOrder] {
        orders.filter { $0.campaign ?? campaign == campaign && $0.order.number > number }.map(\.order)
    }
}
