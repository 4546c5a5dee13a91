package import DialModel

extension PacingController {
    /// Teams up to this many agents, and calls up to so many, are reckoned exactly.
    private static let exactly = (agents: 20, calls: 100)
    /// The usual risk of being abandoned for one more call: it makes about three in a hundred over all calls.
    private static let usualRisk = (exact: 0.05, normal: 0.016)
    /// The longest that a call can take from its dial to a verdict beyond the ring time-out, with time to spare.
    private static let closingMargin = 67.0

    /// How many calls to place now.
    package mutating func decide(_ situation: PacingSituation, at now: Timestamp) -> PacingDecision {
        agents = situation.signedIn
        advance(to: now)
        if case .broadcast(let rate) = settings.mode { return broadcast(rate, situation, at: now) }
        guard situation.signedIn > 0 else { return PacingDecision(calls: 0, bound: .noAgents, allowance: 0) }
        let flying = inFlight
        let margin = situation.idle - situation.waiting
        let sure = max(0, margin - flying)
        var most = min(situation.most, 12 * situation.signedIn - flying)
        var bound = PacingDecision.Bound.lines
        if self.now < troubledUntil, most > 0 {
            most = min(most, flying == 0 ? 1 : 0)
            bound = .vendor
        }
        guard most > sure else { return PacingDecision(calls: max(0, most), bound: bound, allowance: 0) }
        switch settings.mode {
        case .progressive: return PacingDecision(calls: sure, bound: .agents, allowance: 0)
        case .power(let ratio):
            let wanted = max(sure, Int(ratio * Double(situation.idle)) - flying - situation.waiting)
            if wanted <= most {
                most = wanted
                bound = .agents
            }
            if settings.limits.isEmpty { return PacingDecision(calls: most, bound: bound, allowance: 1) }
        case .predictive, .broadcast: break
        }
        return dialAhead(situation, upTo: most, bound, sure: sure, flying: flying)
    }

    private mutating func dialAhead(
        _ situation: PacingSituation, upTo limit: Int, _ limitBound: PacingDecision.Bound, sure: Int, flying: Int
    ) -> PacingDecision {
        // Agents who are late by themselves as often as calls may be abandoned leave nothing to be risked for their sake.
        if let strictest = settings.limits.min(), lateness.share >= strictest {
            return PacingDecision(calls: sure, bound: .pickUp, allowance: 0)
        }
        takeStock()
        var (most, bound) = (limit, limitBound)
        let belief = rates.belief(of: situation.segment)
        let pace = sure + Int(max(2, 0.05 * Double(situation.signedIn) / belief.share))
        if pace < most { (most, bound) = (pace, .pace) }
        let isExact = situation.signedIn <= Self.exactly.agents && flying + most <= Self.exactly.calls
        ask(situation, isExact: isExact)
        let calls: Int
        if isExact {
            exact.reset()
            addCalls(freshSegment: situation.segment, isExact: true)
            addAgents(isExact: true)
            calls = max(sure, exact.most(upTo: most, question))
        } else {
            normal.reset()
            addCalls(freshSegment: situation.segment, isExact: false)
            addAgents(isExact: false)
            calls = max(sure, normal.most(upTo: most, question))
        }
        return PacingDecision(
            calls: calls, bound: calls < most ? .risk : bound, allowance: question.allowance)
    }

    /// Writes down what is to be asked of the outlook.
    private mutating func ask(_ situation: PacingSituation, isExact: Bool) {
        let belief = rates.belief(of: situation.segment)
        let share = belief.share
        question.margin = situation.idle - situation.waiting
        question.relativeVariance = doubt(of: belief)
        question.fear = fearedShare(belief) / share
        for horizon in 0..<PacingGrid.count { question.fresh[horizon] = share * tables.delivery[horizon] }
        let outlook = AbandonmentBudget.Outlook(agents: situation.signedIn, toCome: liveToCome(situation))
        var factor = Double.infinity
        var spare = Int.max
        for budget in budgets {
            factor = min(factor, budget.caution(outlook))
            spare = min(spare, budget.spare)
        }
        question.allowance = min(0.4, (isExact ? Self.usualRisk.exact : Self.usualRisk.normal) * factor)
        // Whoever is called in the last moments would meet agents who are leaving: nobody is risked then.
        let left = situation.timeLeft?.seconds ?? .infinity
        let isClosing = left < settings.ringTimeout.seconds + Self.closingMargin
        // What agents will be late for among the answers to come is as good as spent.
        let coming = Double(situation.waiting) + share * Double(inFlight)
        question.spare = isClosing ? 0 : max(0, min(spare, 1_000_000) - lateness.most(of: coming))
        // What has not been earned yet, or cannot be earned back any more, is put at no risk to speak of.
        let isAtEdge = budgets.contains { !$0.hasEarned || !$0.canEarn(outlook) }
        question.hazard = isAtEdge || isClosing ? settings.hazard.edge : settings.hazard.usual
    }

    /// How many live answers are still to come at the pace so far; how much of the list is left has been tried and tells
    /// less, because leads come again.
    private func liveToCome(_ situation: PacingSituation) -> Double {
        guard let left = situation.timeLeft?.seconds, let beganAt, let live = budgets.first?.live else {
            return .infinity
        }
        let elapsed = max(60, Double(now - beganAt) * PacingGrid.step)
        return left * Double(live) / elapsed
    }

    /// The doubt about a rate and about the shape of its answers, or whether the rate still holds, as a variance relative to
    /// the mean's square.
    private func doubt(of belief: AnswerRates.Belief) -> Double {
        let doubt = belief.relativeVariance + 1 / (liveShape.observations + TimingShape.priorWeight)
        return max(doubt, belief.latestVariance)
    }

    /// The share to fear where the limit is at stake: as far above what is believed as the outer points of a quadrature.
    private func fearedShare(_ belief: AnswerRates.Belief) -> Double {
        min(0.98, belief.share * (1 + (3 * doubt(of: belief)).squareRoot()))
    }

    // MARK: The outlook

    private mutating func addCalls(freshSegment: Int, isExact: Bool) {
        for segment in ringingCounts.indices where ringingCounts[segment] + requestedCounts[segment] > 0 {
            let belief = rates.belief(of: segment)
            let (share, feared) = (belief.share, fearedShare(belief))
            for age in 0..<ages {
                var calls = Int(ringing[segment * ring + (now - age) & (ring - 1)])
                if age == 0 { calls += requestedCounts[segment] }
                guard calls > 0 else { continue }
                let factor = share / survival(of: share, to: age)
                if isExact {
                    let fearedFactor = feared / survival(of: feared, to: age)
                    exact.add(calls, factor: factor, fearedFactor: fearedFactor, tables.delivery, row: age)
                } else {
                    normal.add(calls, factor: factor, tables.delivery, row: age)
                }
            }
            if !isExact { normal.closeSegment(relativeVariance: doubt(of: belief), isFresh: segment == freshSegment) }
        }
        guard analysingCount > 0 else { return }
        for age in 0..<32 {
            let slot = (now - age) & 31
            let calls = Int(analysing[slot])
            guard calls > 0 else { continue }
            let row = min(age, PacingGrid.analysisSteps - 1)
            let factor = analysingChances[slot] / Double(calls)
            if isExact {
                exact.add(calls, factor: factor, fearedFactor: factor, tables.verdict, row: row)
            } else {
                normal.add(calls, factor: factor, tables.verdict, row: row)
            }
        }
    }

    /// The chance that nothing is known of a call at an age but that it was placed.
    private func survival(of share: Double, to age: Int) -> Double {
        let known = tables.known(at: age)
        let others = failures.machineShare * known.machine + failures.failedShare * known.failed
        return max(1e-6, 1 - share * known.live - (1 - share) * others)
    }

    private mutating func addAgents(isExact: Bool) {
        for bin in talking.counts.indices where talking.counts[bin] > 0 {
            addAgents(talking.counts[bin], tables.talkFree, row: bin, isExact: isExact)
        }
        for bin in wrappingUp.counts.indices where wrappingUp.counts[bin] > 0 {
            addAgents(wrappingUp.counts[bin], tables.wrapUpFree, row: bin, isExact: isExact)
        }
    }

    private mutating func addAgents(_ agents: Int, _ table: [Double], row: Int, isExact: Bool) {
        if isExact {
            exact.addAgents(agents, table, row: row)
        } else {
            normal.addAgents(agents, table, row: row)
        }
    }

    // MARK: Broadcast

    private mutating func broadcast(
        _ callsPerMinute: Double, _ situation: PacingSituation, at now: Timestamp
    ) -> PacingDecision {
        let wanted = Int(earnedCalls)
        let calls = max(0, min(wanted, situation.most))
        earnedCalls -= Double(calls)
        return PacingDecision(calls: calls, bound: calls < wanted ? .lines : .pace, allowance: 1)
    }
}
