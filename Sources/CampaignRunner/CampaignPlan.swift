package import Compliance
package import DialModel
package import Ledger

/// What a campaign would do at an instant: how many leads each gate holds back, and whom it would dial next.
package struct CampaignPlan: Hashable, Sendable {
    /// The leads that one gate holds back.
    package struct Standing: Hashable, Sendable {
        /// The gate.
        package var gate: Gate
        /// How many, each counted at the first gate that is shut to it.
        package var count: Int
        /// The first instant at which one of them could be dialled; nil for never as things are.
        package var nextAt: Timestamp?
    }

    /// A dial that would be made.
    package struct Dial: Hashable, Sendable {
        /// Whom.
        package var lead: LeadRecord
        /// The number that would be shown; nil leaves it to the vendor.
        package var callerID: String?
        /// Why that number, in the form that is kept with attempts; nil where nothing was chosen.
        package var explanation: String?
    }

    /// When.
    package var at: Timestamp
    /// All leads of the campaign.
    package var leads = 0
    /// Those that are finished.
    package var finished = 0
    /// Those with an open attempt.
    package var dialing = 0
    /// Those with a further number of a callee, in reserve.
    package var standby = 0
    /// Those that wait, by the gate that holds them back, in the order of the gates; gates that hold nobody are left out.
    package var standings: [Standing] = []
    /// Those that could be dialled, if only the agents were there.
    package var dialable = 0
    /// The first dials, in the order in which they would be made.
    package var dials: [Dial] = []

    /// A plan without leads.
    package init(at instant: Timestamp) {
        at = instant
    }

    mutating func count(_ gate: Gate, nextAt: Timestamp?) {
        guard let index = standings.firstIndex(where: { $0.gate == gate }) else {
            standings.append(Standing(gate: gate, count: 1, nextAt: nextAt))
            let order = Gate.allCases
            standings.sort { (order.firstIndex(of: $0.gate) ?? 0) < (order.firstIndex(of: $1.gate) ?? 0) }
            return
        }
        standings[index].count += 1
        standings[index].nextAt = [standings[index].nextAt, nextAt].compactMap(\.self).min()
    }
}

/// Makes plans and answers why a lead is not dialled, by asking what claims ask; it writes nothing.
package struct Planner: Sendable {
    private let ledger: any CallerIDLedger
    private let campaign: CampaignID
    /// Those of all accounts; they differ in the numbers that can be shown, in nothing else.
    private let policies: [GatePolicy]
    private var policy: GatePolicy { policies[0] }
    private let order: LeadOrder

    /// Leads in memory at a time.
    private static let pageSize = 2_000

    /// Plans a campaign whose runs would have this policy, and these for its further accounts; nobody else may use them.
    ///
    /// With several accounts a lead can be dialled if one of them has a number to show, and the plan has that of the first.
    package init(
        ledger: any CallerIDLedger, campaign: CampaignID, policy: GatePolicy, others: [GatePolicy] = [],
        order: LeadOrder = LeadOrder()
    ) {
        self.ledger = ledger
        self.campaign = campaign
        policies = [policy] + others
        self.order = order
    }

    /// What the campaign would do at `instant`, with its next dials up to `count`.
    package func plan(at instant: Timestamp, dials count: Int) async throws(LedgerError) -> CampaignPlan {
        try await learn(at: instant)
        var plan = CampaignPlan(at: instant)
        var next = DialQueue(order: order, limit: count)
        var last: LeadID?
        while true {
            let page = try await ledger.candidates(
                of: campaign, after: last, limit: Self.pageSize, for: policy, at: instant)
            guard let end = page.last else { break }
            next.add(page.filter { take($0, into: &plan) })
            last = end.lead.id
        }
        plan.dials = dials(next.first(dial: try await ledger.nextDial()), at: instant)
        return plan
    }

    /// Why a lead may not be dialled at `instant`, or that it may; nil if the campaign has no such lead.
    package func answer(
        about lead: LeadID, at instant: Timestamp
    ) async throws(LedgerError) -> (lead: LeadRecord, answer: GateAnswer)? {
        try await learn(at: instant)
        let found = try await ledger.candidates(
            of: campaign, after: LeadID(lead.value - 1), limit: 1, for: policy, at: instant)
        guard let candidate = found.first, candidate.lead.id == lead else { return nil }
        let gate = policy.gate(for: candidate.candidate, of: candidate.lead)
        let answer = gate.answer(at: instant, later: [callerIDGate(for: candidate.candidate)])
        return (candidate.lead, answer)
    }

    /// Since when some lead could have been dialled without a break; nil if none can be at `instant`.
    ///
    /// It looks at leads in order of id until it has found `enough` that can be dialled, and back from `instant` by minutes,
    /// no further than `lookBack`.
    package func dialableSince(
        at instant: Timestamp, lookingBack lookBack: Duration, enough: Int
    ) async throws(LedgerError) -> Timestamp? {
        try await learn(at: instant)
        var earliest: Timestamp?
        var found = 0
        var last: LeadID?
        while found < enough {
            let page = try await ledger.candidates(
                of: campaign, after: last, limit: Self.pageSize, for: policy, at: instant)
            guard let end = page.last else { break }
            for candidate in page where found < enough {
                guard let since = dialableSince(candidate, at: instant, lookingBack: lookBack) else { continue }
                earliest = min(earliest ?? since, since)
                found += 1
            }
            last = end.lead.id
        }
        return earliest
    }

    private func dialableSince(
        _ candidate: LeadCandidate, at instant: Timestamp, lookingBack lookBack: Duration
    ) -> Timestamp? {
        guard candidate.lead.state == .waiting else { return nil }
        let gate = policy.gate(for: candidate.candidate, of: candidate.lead)
        func isOpen(_ moment: Timestamp) -> Bool {
            if case .allowed = gate.answer(at: moment) { true } else { false }
        }
        guard isOpen(instant), callerIDGate(for: candidate.candidate)(instant) == nil else { return nil }
        var since = instant
        while instant - since < lookBack {
            let before = since - .seconds(60)
            guard isOpen(before) else { break }
            since = before
        }
        return since
    }

    private func learn(at instant: Timestamp) async throws(LedgerError) {
        for chooser in policies.compactMap(\.chooser) {
            let snapshot = try await ledger.callerIDSnapshot(of: chooser.account, at: instant)
            chooser.learn(CallerIDNews(content: .snapshot(snapshot), position: 0))
        }
    }

    /// Shut while no account has a number to show, until the first of them has one.
    private func callerIDGate(for candidate: ClaimCandidate) -> DialGate.LaterGate {
        let gates = policies.map { $0.callerIDGate(for: candidate) }
        return { instant in
            var blocks: [GateBlock] = []
            for gate in gates {
                guard let block = gate(instant) else { return nil }
                blocks.append(block)
            }
            return blocks.min { ($0.until?.milliseconds ?? .max) < ($1.until?.milliseconds ?? .max) }
        }
    }

    /// Counts a lead; true if it could be dialled.
    private func take(_ candidate: LeadCandidate, into plan: inout CampaignPlan) -> Bool {
        plan.leads += 1
        switch candidate.lead.state {
        case .finished: plan.finished += 1
        case .dialing: plan.dialing += 1
        case .standby: plan.standby += 1
        case .waiting:
            let gate = policy.gate(for: candidate.candidate, of: candidate.lead)
            switch gate.answer(at: plan.at) {
            case .blocked(let block, let next): plan.count(block.gate, nextAt: next)
            case .allowed:
                guard let block = callerIDGate(for: candidate.candidate)(plan.at) else {
                    plan.dialable += 1
                    return true
                }
                plan.count(block.gate, nextAt: block.until)
            }
        }
        return false
    }

    /// Each dial takes a line of its number, so that the next one is chosen as a claim would choose it.
    private func dials(_ candidates: [LeadCandidate], at instant: Timestamp) -> [CampaignPlan.Dial] {
        var dials: [CampaignPlan.Dial] = []
        for candidate in candidates {
            let offers = policies.lazy.compactMap { policy in
                policy.number(for: candidate.candidate, at: instant).map { (number: $0, chooser: policy.chooser) }
            }
            guard let (number, chooser) = offers.first else { continue }
            dials.append(
                CampaignPlan.Dial(
                    lead: candidate.lead, callerID: number.callerID, explanation: number.explanation))
            guard let chooser, let callerID = number.callerID else { continue }
            let use = CallerIDUse(attempt: AttemptID(-Int64(dials.count)), callerID: callerID, claimedAt: instant)
            chooser.learn(CallerIDNews(content: .events([.claimed(use)]), position: 0))
        }
        return dials
    }
}
