import CallerID
package import Compliance
package import DialModel
package import Ledger
import Wording

/// Asks the gate about each lead inside the claiming transaction, and then whoever chooses the number to show.
package struct GatePolicy: ClaimPolicy {
    /// What the rules ask for where a callee lives, or may live.
    package struct CalleeRules: Hashable, Sendable {
        /// The hours there; nil where nobody knows the time zone.
        package var places: [PlacedHours]?
        /// Caps, lock-outs and the time to leave before the hours end.
        package var rules: GateRules
        /// Whether the callee agreed.
        package var consent: Consent

        /// Memberwise; nobody's consent is asked for unless it is given.
        package init(places: [PlacedHours]?, rules: GateRules, consent: Consent = .notNeeded) {
            self.places = places
            self.rules = rules
            self.consent = consent
        }
    }

    /// How long a lead is left alone for which no instant was found although its gates open by themselves.
    private static let parking = Duration.seconds(86_400)

    package let lookBack: Duration
    package let readsFields: Bool
    package let doNotCall: DoNotCallQuestion
    private let rules: @Sendable (ClaimCandidate) -> CalleeRules
    private let numbers: any ClaimPolicy

    /// Applies `rules` to each callee, looking at their dials as far back as `lookBack`, at the lists that `doNotCall` is about
    /// and, if wished, at their columns; `numbers` has the last word.
    package init(
        lookBack: Duration, readsFields: Bool = false, doNotCall: DoNotCallQuestion = DoNotCallQuestion(),
        numbers: any ClaimPolicy, rules: @escaping @Sendable (ClaimCandidate) -> CalleeRules
    ) {
        self.lookBack = max(lookBack, numbers.lookBack)
        self.readsFields = readsFields
        self.doNotCall = doNotCall
        self.numbers = numbers
        self.rules = rules
    }

    package var chooser: (any CallerIDPolicy)? { numbers.chooser }

    package func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        let gate = gate(for: candidate)
        switch gate.answer(at: now) {
        case .allowed: return numbers.decide(on: candidate, at: now)
        case .blocked(let block, _) where block.gate == .expiry: return .finish(.expired)
        case .blocked(let block, let next):
            // Hours open again, be it beyond what was looked at.
            let isForGood = block.until == nil && block.gate != .callingHours
            if let next { return .hold(until: next, because: block.holdReason) }
            guard !isForGood else { return .hold(until: .never, because: block.holdReason) }
            let parked = GateBlock(block.gate, until: nil, GatePhrase.noInstant.filled(block.detail))
            return .hold(until: now + Self.parking, because: parked.holdReason)
        }
    }

    /// The gate for a candidate, as a claim asks it; with its lead, also what the ledger sees to itself.
    package func gate(for candidate: ClaimCandidate, of lead: LeadRecord? = nil) -> DialGate {
        let callee = rules(candidate)
        var facts = GateFacts(candidate, places: callee.places)
        facts.consent = callee.consent
        if let lead {
            facts.state = lead.state
            // A lead that a gate held back is held by that gate alone, which is asked again.
            if lead.holdReason == nil, let notBefore = lead.notBefore { facts.notBefore = notBefore }
        }
        return DialGate(facts: facts, rules: callee.rules)
    }

    /// What the choice of a number says against dialling a candidate at an instant.
    package func callerIDGate(for candidate: ClaimCandidate) -> DialGate.LaterGate {
        { [numbers] instant in
            switch numbers.decide(on: candidate, at: instant) {
            case .dial, .pass: nil
            case .finish(let ending):
                GateBlock(.leadState, until: nil, GatePhrase.wouldFinish.filled(ending.rawValue))
            case .hold(let until, let reason):
                GateBlock(
                    .callerID, until: until,
                    reason.map { CallerIDPhrase.reading(kept: $0) } ?? CallerIDPhrase.noneToShow.phrase)
            case .holdEveryone(let hold):
                GateBlock(.callerID, until: hold.until, CallerIDPhrase.reading(kept: hold.reason))
            }
        }
    }

    /// The number that would be shown to a candidate, and why, in the form that is kept with attempts; nil for none.
    package func number(
        for candidate: ClaimCandidate, at now: Timestamp
    ) -> (callerID: String?, explanation: String?)? {
        guard case .dial(let callerID, let explanation) = numbers.decide(on: candidate, at: now) else { return nil }
        return (callerID, explanation)
    }
}

extension GateFacts {
    /// What a candidate for a claim brings along.
    package init(_ candidate: ClaimCandidate, places: [PlacedHours]?) {
        self.init(places: places)
        // A dial that rang nobody's phone does not count against the callee.
        let rang = candidate.recentDials.filter(\.mayHaveRung)
        numberDials = rang.map(\.at)
        let otherDials = candidate.otherDials.filter(\.mayHaveRung)
        leadDials = (rang.filter { $0.lead == candidate.lead } + otherDials).map(\.at)
        expiresAt = candidate.expiresAt
        func lastEnd(_ outcome: CallOutcome) -> Timestamp? {
            candidate.recentDials.filter { $0.outcome == outcome }.map { $0.endedAt ?? $0.at }.max()
        }
        doNotCall = candidate.doNotCall
        abandonedAt = lastEnd(.abandoned)
        machineAt = lastEnd(.machine)
    }
}
