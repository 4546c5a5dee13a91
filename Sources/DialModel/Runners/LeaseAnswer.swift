/// For how long runners may rely on what, in real time.
package enum LeaseTerms {
    /// How long a lease lasts from its renewal on, by the ledger's clock.
    package static let length = Duration.seconds(10)
    /// How often it is renewed.
    package static let rhythm = Duration.seconds(2)
    /// What is left of it when nothing more is begun: for requests that are under way, and clocks that run unevenly.
    package static let margin = Duration.seconds(2)
    /// How long a share may be worked by that its leader has not looked at again.
    package static let freshness = Duration.seconds(6)
    /// How often a runner looks up what the whole campaign has had of answers.
    package static let recount = Duration.seconds(10)
    /// How far the clock of a runner may be from that of the ledger, beside what the question takes.
    package static let clockTolerance = Duration.seconds(2)
}

/// What the ledger tells a runner that joins or renews its lease.
package struct LeaseAnswer: Hashable, Sendable {
    /// The ledger's time.
    package var now: Timestamp
    /// How long the lease lasts from `now` on.
    package var length: Duration
    /// What the runner may use; nil as long as no leader has published its share.
    package var share: RunnerShare?
    /// How long ago the leader looked at the shares; nil while nobody leads.
    package var leaderAge: Duration?
    /// The orders that came after the last that the runner had heard, in order.
    package var orders: [RunnerOrder]
    /// The number of the last order that anybody was given; those up to it are heard with this answer.
    package var lastOrder: Int64
    /// Whether attempts of the runner's account are open whose runner is gone.
    package var hasOrphans: Bool
    /// What the campaign's leader needs to know; nil for all others.
    package var leadership: Leadership?

    /// Memberwise.
    package init(
        now: Timestamp, length: Duration = LeaseTerms.length, share: RunnerShare? = nil, leaderAge: Duration? = nil,
        orders: [RunnerOrder] = [], lastOrder: Int64 = 0, hasOrphans: Bool = false, leadership: Leadership? = nil
    ) {
        self.now = now
        self.length = length
        self.share = share
        self.leaderAge = leaderAge
        self.orders = orders
        self.lastOrder = lastOrder
        self.hasOrphans = hasOrphans
        self.leadership = leadership
    }
}

/// The right and the duty to divide what the runners of a campaign share.
package struct Leadership: Hashable, Sendable {
    /// How many leaders the campaign has had; what an earlier one publishes is refused.
    package var epoch: Int64
    /// The number of the last share that was published; 0 before the first.
    package var lastNumber: Int64
    /// The runners that are alive, this one among them, in order of their runs.
    package var runners: [LivingRunner]
    /// How many attempts of the campaign are open whose runner is gone, by account; looked up only.
    package var orphans: [String: Int]

    /// Memberwise.
    package init(epoch: Int64, lastNumber: Int64, runners: [LivingRunner], orphans: [String: Int]) {
        self.epoch = epoch
        self.lastNumber = lastNumber
        self.runners = runners
        self.orphans = orphans
    }
}

/// A runner whose lease has not lapsed, as the leader sees it.
package struct LivingRunner: Hashable, Sendable {
    /// Its run.
    package var run: RunID
    /// The account that it works.
    package var vendor: String
    /// What it said last.
    package var report: RunnerReport
    /// How many open attempts it has made, by the ledger.
    package var ownCalls: Int
    /// How many open attempts it has taken over, by the ledger: it need not have heard of them yet.
    package var takenCalls: Int
    /// What it may use.
    package var share: RunnerShare?

    /// Memberwise.
    package init(
        run: RunID, vendor: String, report: RunnerReport, ownCalls: Int, takenCalls: Int, share: RunnerShare? = nil
    ) {
        self.ownCalls = ownCalls
        self.takenCalls = takenCalls
        self.run = run
        self.vendor = vendor
        self.report = report
        self.share = share
    }
}

/// New shares of some runners; the others keep theirs.
package struct SharePublication: Hashable, Sendable {
    /// One runner's share.
    package struct Part: Hashable, Sendable {
        /// Whose.
        package var run: RunID
        /// What it may use from now on; its number is that of the publication.
        package var share: RunnerShare

        /// Memberwise.
        package init(run: RunID, share: RunnerShare) {
            self.run = run
            self.share = share
        }
    }

    /// That of the leader who publishes them.
    package var epoch: Int64
    /// One more than that of the publication before; one that follows another is refused.
    package var number: Int64
    /// In order of their runs.
    package var parts: [Part]

    /// Memberwise.
    package init(epoch: Int64, number: Int64, parts: [Part]) {
        self.epoch = epoch
        self.number = number
        self.parts = parts
    }
}

/// What an operator or a supervisor wants of all runners of a campaign.
package struct RunnerOrder: Hashable, Sendable, Codable {
    /// What is wanted; the raw value is the word in the ledger.
    package enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
        /// No more calls until `resume`.
        case pause
        /// Calls again.
        case resume
        /// No more calls; the runs end when those in flight have.
        case drain
        /// Do-not-call lists have grown: leads that were claimed and are not dialled yet are to be asked about anew.
        case doNotCall = "do_not_call"
    }

    /// Orders are numbered in the order in which they were given, from 1 on, over all campaigns.
    package var number: Int64
    /// What is wanted.
    package var kind: Kind
    /// Who gave it.
    package var giver: String

    /// Memberwise.
    package init(number: Int64, kind: Kind, giver: String) {
        self.number = number
        self.kind = kind
        self.giver = giver
    }
}
