package import DialModel

/// The choice of a number to show, step by step as `vendors/alibaba-udesk.md`, C4, has it.
///
/// This is the definition: it looks at every number of the pool and says of each why it was passed over. The runner asks
/// `CallerIDIndex`, which gives the same answers without looking at them all.
package struct CallerIDSelection: Hashable, Sendable {
    /// One candidate.
    package struct Verdict: Hashable, Sendable {
        /// The number.
        package var number: String
        /// How near it is; nil if it is not near enough to be chosen.
        package var tier: RegionTier?
        /// The first reason against it; nil if it could have been chosen.
        package var reason: RejectionReason?
    }

    /// What comes of the request.
    package var answer: CallerIDAnswer
    /// Every candidate, ascending; none if the callee may not be rung.
    package var verdicts: [Verdict] = []
    /// The numbers among which the strategy chose; nil if none was chosen.
    package var field: StrategyField?
    /// What the numbers of `field` are owed afterwards, where the strategy is the smooth rotation.
    package var currents: [Int64] = []

    /// Chooses a number, or says why not and when to ask again.
    package static func select(
        _ request: CallerIDRequest, from pool: PoolSnapshot, at now: Timestamp, seed: UInt64
    ) -> CallerIDSelection {
        if let (until, reason) = CalleeGate.deferral(of: request.callee, under: pool.rules, at: now) {
            return CallerIDSelection(answer: .deferCallee(until: until, reason))
        }
        var candidates = pool.members.map { Candidate($0, request, pool, at: now) }
        dropRepeats(&candidates, request, pool.rules)
        var result = CallerIDSelection(answer: .noNumber(ReasonCounts()), verdicts: candidates.map(\.verdict))
        if let until = holdingForLocal(candidates, request, pool.rules, at: now) {
            result.answer = .retryAt(until, counts(candidates))
            return result
        }
        for tier in pool.rules.regionMode.tiers {
            let survivors = candidates.filter { $0.verdict.reason == nil && $0.verdict.tier == tier }
            if !survivors.isEmpty {
                result.choose(in: tier, among: survivors.map(\.member), by: pool.rules.strategy, now, seed)
                return result
            }
        }
        let retry = candidates.compactMap { $0.verdict.tier == nil || $0.isBlocked ? nil : $0.retryAt }.min()
        result.answer = retry.map { .retryAt($0, counts(candidates)) } ?? .noNumber(counts(candidates))
        return result
    }

    /// Weight 0 takes part only where no positive weight is left (C4.5).
    private mutating func choose(
        in tier: RegionTier, among survivors: [PoolMember], by strategy: CallerIDStrategy, _ now: Timestamp,
        _ seed: UInt64
    ) {
        let positive = survivors.filter { $0.number.limits.weight > 0 }
        let today = ShanghaiDay(containing: now)
        let field = StrategyField(
            (positive.isEmpty ? survivors : positive).map { member in
                Contender(
                    number: member.number.number, share: member.share, dialsToday: member.usage.dials(on: today),
                    lastDialAt: member.usage.lastDialAt, current: member.currents[tier])
            })
        guard let winner = field.winner(by: strategy, seed: seed) else { return }
        self.field = field
        answer = .chosen(CallerIDPick(number: field.contenders[winner].number, tier: tier))
        if strategy == .weighted { currents = field.rotated(choosing: winner) }
    }

    /// A callee sees no number twice on a day, unless no other is left (C4.3).
    ///
    /// Left are those that the region mode allows: a rule that may be ignored must not cost the call.
    private static func dropRepeats(
        _ candidates: inout [Candidate], _ request: CallerIDRequest, _ rules: CallerIDRules
    ) {
        guard rules.avoidRepeatCaller else { return }
        let repeats = candidates.indices.filter { index in
            let verdict = candidates[index].verdict
            return verdict.isSurvivor && request.callee.callersToday.contains(verdict.number)
        }
        let left = candidates.indices.contains { index in
            let verdict = candidates[index].verdict
            return verdict.reason == nil && verdict.tier != nil && !repeats.contains(index)
        }
        guard left else { return }
        for index in repeats { candidates[index].verdict.reason = .calleeCallerRepeat }
    }

    /// Until when to wait for a local number that is only busy or resting; nil if one is free, or waiting is no use.
    private static func holdingForLocal(
        _ candidates: [Candidate], _ request: CallerIDRequest, _ rules: CallerIDRules, at now: Timestamp
    ) -> Timestamp? {
        guard let local = rules.regionMode.localTier, request.waited < rules.holdForLocal else { return nil }
        let locals = candidates.filter { $0.verdict.tier == local && !$0.isBlocked }
        guard !locals.contains(where: { $0.verdict.reason == nil }) else { return nil }
        guard let free = locals.compactMap({ $0.isOnlyBusy ? $0.retryAt : nil }).min() else { return nil }
        return min(free, now + (rules.holdForLocal - max(.zero, request.waited)))
    }

    private static func counts(_ candidates: [Candidate]) -> ReasonCounts {
        candidates.reduce(into: ReasonCounts()) { counts, candidate in
            if let reason = candidate.verdict.reason { counts[reason] += 1 }
        }
    }
}

extension CallerIDSelection.Verdict {
    /// Whether the number passed every filter, near or not.
    fileprivate var isSurvivor: Bool { reason == nil || reason == .notLocal || reason == .noRegion }
}

/// A candidate while it is being judged.
private struct Candidate {
    var member: PoolMember
    var verdict: CallerIDSelection.Verdict
    /// Whether it may never call this callee, whatever else stands against it now.
    var isBlocked: Bool
    var isOnlyBusy: Bool
    var retryAt: Timestamp?

    init(_ member: PoolMember, _ request: CallerIDRequest, _ pool: PoolSnapshot, at now: Timestamp) {
        let standing = NumberStanding(of: member.number, member.usage, at: now)
        let region = member.region(isVirtual: pool.rules.isVirtual)
        let tier = pool.rules.regionMode.tier(of: region, for: request.region)
        let province = request.region.normalised.province
        let full = pool.rules.isVirtual ? member.number.virtual?.pool : nil
        let virtualFreeAt = full.flatMap { pool.virtualFreeAt($0, at: now) }
        let isForbidden = province.map(member.number.limits.blockedProvinces.contains) ?? false
        self.member = member
        isBlocked = isForbidden || standing.reason == .paused
        isOnlyBusy = standing.isOnlyBusy && virtualFreeAt == nil
        retryAt = standing.retryAt(from: now)
        var reason = standing.reason
        if isForbidden, reason.map({ $0 > .blockedProvince }) ?? true { reason = .blockedProvince }
        if reason == nil, let virtualFreeAt {
            reason = .virtualPoolExhausted
            retryAt = virtualFreeAt
        }
        if reason == nil, tier == nil { reason = request.region.isUnknown ? .noRegion : .notLocal }
        verdict = CallerIDSelection.Verdict(number: member.number.number, tier: tier, reason: reason)
    }
}

extension NumberRegion {
    /// Whether neither province nor city is known.
    package var isUnknown: Bool { normalised == NumberRegion() }
}
