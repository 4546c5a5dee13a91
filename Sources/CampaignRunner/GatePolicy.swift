package import Compliance
package import DialModel
package import Ledger

/// Asks the gate about each lead inside the claiming transaction, and then whoever chooses the number to show.
package struct GatePolicy: ClaimPolicy {
    /// What the rules ask for where a callee lives, or may live.
    package struct CalleeRules: Hashable, Sendable {
        /// The hours there; nil where nobody knows the time zone.
        package var places: [PlacedHours]?
        /// Caps, lock-outs and the time to leave before the hours end.
        package var rules: GateRules

        /// Memberwise.
        package init(places: [PlacedHours]?, rules: GateRules) {
            self.places = places
            self.rules = rules
        }
    }

    /// How long a lead is left alone that cannot be dialled as things stand, however long one waits.
    package static let parking = Duration.seconds(86_400)

    package let lookBack: Duration
    private let rules: @Sendable (PhoneNumber) -> CalleeRules
    private let numbers: any ClaimPolicy

    /// Applies `rules` to each callee, looking at their dials as far back as `lookBack`; `numbers` has the last word.
    package init(
        lookBack: Duration, numbers: any ClaimPolicy, rules: @escaping @Sendable (PhoneNumber) -> CalleeRules
    ) {
        self.lookBack = max(lookBack, numbers.lookBack)
        self.numbers = numbers
        self.rules = rules
    }

    package var chooser: (any CallerIDPolicy)? { numbers.chooser }

    package func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        let callee = rules(candidate.number)
        let gate = DialGate(facts: GateFacts(candidate, places: callee.places, now: now), rules: callee.rules)
        switch gate.answer(at: now) {
        case .allowed: return numbers.decide(on: candidate, at: now)
        case .blocked(let block, let next):
            return .hold(until: next ?? now + Self.parking, because: "\(block.gate.rawValue): \(block.detail)")
        }
    }
}

extension GateFacts {
    /// What a candidate for a claim brings along; the ledger has seen to it that it is due.
    package init(_ candidate: ClaimCandidate, places: [PlacedHours]?, now: Timestamp) {
        self.init(places: places)
        // A dial that rang nobody's phone does not count against the callee.
        let rang = candidate.recentDials.filter(\.mayHaveRung)
        numberDials = rang.map(\.at)
        leadDials = rang.filter { $0.lead == candidate.lead }.map(\.at)
        func lastEnd(_ outcome: CallOutcome) -> Timestamp? {
            candidate.recentDials.filter { $0.outcome == outcome }.map { $0.endedAt ?? $0.at }.max()
        }
        abandonedAt = lastEnd(.abandoned)
        machineAt = lastEnd(.machine)
    }
}
