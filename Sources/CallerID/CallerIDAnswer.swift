package import DialModel

/// What comes of a request for a number to show (`vendors/alibaba-udesk.md`, C4).
package enum CallerIDAnswer: Hashable, Sendable, Codable {
    /// Show this number.
    case chosen(CallerIDPick)
    /// No number now, but there may be one at this instant; not a dial attempt.
    case retryAt(Timestamp, ReasonCounts)
    /// No number, however long one waits: the contact is parked and the operator told; not a dial attempt.
    case noNumber(ReasonCounts)
    /// The callee is not to be rung before this instant; never, if there is none. No number was tried.
    case deferCallee(until: Timestamp?, CalleeDeferral)
}

/// The number chosen.
package struct CallerIDPick: Hashable, Sendable, Codable {
    /// The number, in the form that the vendor lists it.
    package var number: String
    /// The tier in which it was chosen.
    package var tier: RegionTier

    /// Memberwise.
    package init(number: String, tier: RegionTier) {
        self.number = number
        self.tier = tier
    }
}

/// Why a callee is not to be rung now; the first that applies (C4.1).
package enum CalleeDeferral: String, CaseIterable, Hashable, Sendable, Codable {
    /// A list forbids it.
    case blacklisted
    /// Outside the hours in which people may be rung.
    case outsideWindow = "outside_window"
    /// Rung often enough today.
    case dailyLimit = "daily_limit"
    /// Rung often enough in the last five minutes.
    case fiveMinuteLimit = "five_minute_limit"
}

/// Why a number was passed over; the first that applies, in the order of the cases (C4.3).
package enum RejectionReason: Int, CaseIterable, Hashable, Comparable, Sendable {
    /// An operator has taken it out.
    case paused
    /// A vendor refused calls for its sake.
    case quarantined
    /// It may not call into the callee's province.
    case blockedProvince
    /// Outside its own hours.
    case outsideWindow
    /// All its lines are taken.
    case atConcurrency
    /// It has made all its dials of the day.
    case atDailyCap
    /// It rests after its last dial.
    case coolingDown
    /// Its pool of virtual numbers is used up for this minute.
    case virtualPoolExhausted
    /// The callee has seen it today.
    case calleeCallerRepeat
    /// It is not near enough to the callee.
    case notLocal
    /// Numbers have to be near, and nobody knows where the callee lives.
    case noRegion

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }

    /// Whether it stands against the number whoever is called.
    package var concernsEveryCallee: Bool {
        switch self {
        case .paused, .quarantined, .outsideWindow, .atConcurrency, .atDailyCap, .coolingDown, .virtualPoolExhausted:
            true
        case .blockedProvince, .calleeCallerRepeat, .notLocal, .noRegion: false
        }
    }

    /// The word for it in explanations and exports.
    package var word: String {
        switch self {
        case .paused: "paused"
        case .quarantined: "quarantined"
        case .blockedProvince: "blocked_province"
        case .outsideWindow: "outside_window"
        case .atConcurrency: "at_concurrency"
        case .atDailyCap: "at_daily_cap"
        case .coolingDown: "cooling_down"
        case .virtualPoolExhausted: "virtual_pool_exhausted"
        case .calleeCallerRepeat: "callee_caller_repeat"
        case .notLocal: "not_local"
        case .noRegion: "no_region"
        }
    }
}

/// How many numbers were passed over for each reason.
package struct ReasonCounts: Hashable, Sendable, Codable {
    private var counts = [Int](repeating: 0, count: RejectionReason.allCases.count)

    /// None for any.
    package init() {}

    /// Reads the counts in the order of the reasons; what is missing counts as none.
    package init(from decoder: any Decoder) throws {
        let known = try decoder.singleValueContainer().decode([Int].self)
        for (reason, count) in zip(RejectionReason.allCases, known) { self[reason] = count }
    }

    /// Writes the counts in the order of the reasons.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(counts)
    }

    /// The number of candidates passed over for `reason`.
    package subscript(reason: RejectionReason) -> Int {
        get { counts[reason.rawValue] }
        set { counts[reason.rawValue] = newValue }
    }

    /// The reasons that occur, in their order.
    package var reasons: [RejectionReason] { RejectionReason.allCases.filter { self[$0] > 0 } }

    /// The number of candidates passed over in all.
    package var total: Int { counts.reduce(0, +) }
}
