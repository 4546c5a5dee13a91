package import Compliance
package import DialModel
package import Ledger

/// All that a report's page is made of.
package struct Report: Sendable {
    /// The campaign's name.
    package var campaign: String
    /// The accounts that the campaign calls through.
    package var accounts: [String]
    /// Whether all of them are simulated, so that no telephone rang.
    package var isRehearsal: Bool
    /// The first instant of the period that was asked for; nil for all that was before.
    package var from: Timestamp?
    /// The first instant after it; nil for all until now.
    package var until: Timestamp?
    /// When the report is made.
    package var madeAt: Timestamp
    /// The clocks by which times are told.
    package var clocks: ZoneRules
    /// The release that made it.
    package var release: String
    /// What happened in the period.
    package var figures: ReportFigures
    /// What it is compared with, if anything.
    package var earlier: Comparison?

    /// Figures that a report is compared with.
    package struct Comparison: Sendable {
        /// Whose they are.
        package enum Side: Hashable, Sendable {
            /// The same campaign's, in the time of the same length before.
            case before(from: Timestamp, until: Timestamp)
            /// Another campaign's, by its name.
            case campaign(String)
        }

        /// Whose they are.
        package var side: Side
        /// What they are.
        package var figures: ReportFigures

        /// Memberwise.
        package init(side: Side, figures: ReportFigures) {
            self.side = side
            self.figures = figures
        }
    }

    /// A report without anything to compare it with.
    package init(
        campaign: String, accounts: [String], isRehearsal: Bool = false, from: Timestamp? = nil,
        until: Timestamp? = nil, madeAt: Timestamp, clocks: ZoneRules, release: String, figures: ReportFigures
    ) {
        self.campaign = campaign
        self.accounts = accounts
        self.isRehearsal = isRehearsal
        self.from = from
        self.until = until
        self.madeAt = madeAt
        self.clocks = clocks
        self.release = release
        self.figures = figures
    }
}

/// What happened in a campaign's period, as far as a page shows or compares it.
package struct ReportFigures: Sendable {
    /// What the ledger counted.
    package var tally: ReportTally
    /// Dials by where their numbers belong, the most first.
    package var regions: [RegionTally.Row]
    /// Dials to numbers that may be in several time zones.
    package var dialsOfSeveralZones: Int
    /// Abandoned calls.
    package var abandonment: AbandonmentFigures

    /// Memberwise.
    package init(tally: ReportTally, regions: RegionTally = RegionTally(), abandonment: AbandonmentFigures) {
        self.tally = tally
        self.regions = regions.rows
        dialsOfSeveralZones = regions.dialsOfSeveralZones
        self.abandonment = abandonment
    }
}

/// Abandoned calls of a period, and the windows of the rules that it touches.
package struct AbandonmentFigures: Sendable {
    /// The rules that the campaign keeps to.
    package var rules: String
    /// The most that the campaign may abandon, from 0 to 1, by its rules or its own word; nil if nobody says.
    package var limit: Double?
    /// How soon an agent has to be there.
    package var agentWithin: Duration
    /// The calls of the period.
    package var count = AbandonmentCount()
    /// The lines of the regulators, the campaign's own first.
    package var lines: [Line] = []
    /// The latest of the calls that were abandoned, ascending.
    package var calls: [Call] = []

    /// What a regulator's rule makes of the calls.
    package struct Line: Hashable, Sendable {
        /// The rules' name.
        package var rules: String
        /// Whether the campaign keeps to them.
        package var isOwn: Bool
        /// The rule.
        package var rule: AbandonmentRule
        /// Its windows that touch the period, ascending, each with all of its calls.
        package var windows: [AbandonmentEvidence.Window]

        /// Memberwise.
        package init(rules: String, isOwn: Bool, rule: AbandonmentRule, windows: [AbandonmentEvidence.Window]) {
            self.rules = rules
            self.isOwn = isOwn
            self.rule = rule
            self.windows = windows
        }

        /// Windows in which more was abandoned than the rule allows.
        var exceeded: Int { windows.count { $0.count.exceeds(perMille: rule.limitPerMille.value) } }
    }

    /// A call that was abandoned.
    package struct Call: Hashable, Sendable {
        /// What the callee heard instead of an agent.
        package enum Heard: Hashable, Sendable {
            /// The campaign's message.
            case message
            /// An agent, too late.
            case agent
            /// Nothing that the vendor tells of.
            case nothingKnown
        }

        /// The attempt.
        package var attempt: AttemptID
        /// When the callee answered.
        package var at: Timestamp
        /// The number, with its middle hidden.
        package var number: String
        /// How long the callee waited, for an agent or until the end; nil if it is not known.
        package var waited: Duration?
        /// What they heard.
        package var heard: Heard

        /// Memberwise.
        package init(attempt: AttemptID, at: Timestamp, number: String, waited: Duration?, heard: Heard) {
            self.attempt = attempt
            self.at = at
            self.number = number
            self.waited = waited
            self.heard = heard
        }
    }

    /// At most so many calls are told one by one.
    package static let callLimit = 100

    /// Nothing abandoned yet.
    package init(rules: String, limit: Double?, agentWithin: Duration) {
        self.rules = rules
        self.limit = limit
        self.agentWithin = agentWithin
    }

    /// Whether more was abandoned in the period than the campaign may.
    var isExceeded: Bool {
        guard let limit else { return false }
        // A millionth of a call is less than a share of few digits makes of a difference, and more than rounding does.
        return Double(count.abandoned) - limit * Double(count.live) > 0.000_001
    }
}
