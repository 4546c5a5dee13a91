package import DialModel

/// What a runner may do by its lease: the ledger's answers in, what follows from them out.
///
/// A lease is reckoned from the moment at which its renewal *set out*, by the run's own clock, which counts evenly and counts
/// the time that the machine slept: it has lapsed here no later than at the ledger, however long the answer took. Calls are
/// only placed and agents only called while a margin of it is left. Instants and lengths are of the run's clock.
package struct LeaseKeeper: Hashable, Sendable {
    /// How the lease stands; each can become any other.
    ///
    /// A run that was given up is over, and nobody asks what its lease allows.
    package enum Stage: Hashable, Sendable {
        /// It is good, and the share is what the leader wants.
        case good
        /// It is good, and the leader has not looked at the share for too long: one call for each idle agent, and no more.
        case outOfDate
        /// Too little of it is left, or none; or the clock is not to be trusted: nothing is begun.
        case spent
    }

    /// Something to be done because of an answer.
    package enum Directive: Hashable, Sendable {
        /// Take over the attempts of runners that are gone.
        case takeOver
        /// Publish these shares.
        case publish(SharePublication)
        /// Do what was ordered.
        case obey(RunnerOrder)
    }

    /// How many seconds of the run pass in one real second, for the terms of leases are real ones.
    private let speed: Double
    /// What may be used; nil as long as nothing was given.
    package private(set) var share: RunnerShare?
    /// The number of the last order that was heard.
    package private(set) var heard: Int64 = 0
    /// When the lease has lapsed; nil before the first answer.
    package private(set) var lapsesAt: Timestamp?
    /// When the leader looked at the shares for the last time; nil while nobody leads.
    private var ledAt: Timestamp?
    /// Whether the run's clock and the ledger's agree.
    package private(set) var isClockRight = true

    /// A lease that nobody has granted yet.
    package init(speed: Double = 1) {
        self.speed = speed
    }

    /// How long to wait from one renewal to the next.
    package var rhythm: Duration { LeaseTerms.rhythm * speed }

    /// The last instant at which anything may be begun; nil if none is left.
    package var lastDeparture: Timestamp? {
        guard isClockRight, let lapsesAt else { return nil }
        return lapsesAt - LeaseTerms.margin * speed
    }

    /// How the lease stands at an instant.
    package func stage(at now: Timestamp) -> Stage {
        guard let lastDeparture, now <= lastDeparture else { return .spent }
        guard let ledAt, now - ledAt <= LeaseTerms.freshness * speed else { return .outOfDate }
        return .good
    }

    /// What may be used at an instant: nothing once the lease is spent.
    package func allowance(at now: Timestamp) -> RunnerAllowance {
        let stage = stage(at: now)
        guard let share, stage != .spent else { return .nothing }
        return RunnerAllowance(
            agents: share.agents, lines: share.lines, portion: share.portion, dialsAhead: stage == .good)
    }

    /// Takes in the answer to a question that set out at `sentAt`, and says what to do about it.
    ///
    /// An answer to an earlier question than one that was answered before says nothing new of the lease.
    package mutating func answered(_ answer: LeaseAnswer, sentAt: Timestamp, at now: Timestamp) -> [Directive] {
        lapsesAt = max(lapsesAt ?? .init(milliseconds: .min), sentAt + answer.length * speed)
        // At speed the two clocks have nothing to do with each other.
        let isOff = answer.now < sentAt - LeaseTerms.clockTolerance || answer.now > now + LeaseTerms.clockTolerance
        isClockRight = speed > 1 || !isOff
        if let given = answer.share, given.number > share?.number ?? 0 { share = given }
        if let age = answer.leaderAge { ledAt = max(ledAt ?? .init(milliseconds: .min), sentAt - age * speed) }
        var directives = answer.orders.filter { $0.number > heard }.map(Directive.obey)
        heard = max(heard, answer.lastOrder)
        if answer.hasOrphans { directives.append(.takeOver) }
        if let leadership = answer.leadership, let publication = ShareDivision(leadership).publication() {
            directives.append(.publish(publication))
        }
        return directives
    }
}

/// What a runner that is one of several may use at the moment.
package struct RunnerAllowance: Hashable, Sendable, Codable {
    /// The agents who may be given calls, ascending.
    package var agents: [AgentID]
    /// The most calls at a time.
    package var lines: Int
    /// The part of what the campaign may abandon, from 0 to 1.
    package var portion: Double
    /// Whether calls may be placed ahead of agents; otherwise one for each who is idle.
    package var dialsAhead: Bool

    /// Nobody and nothing.
    package static let nothing = RunnerAllowance(agents: [], lines: 0, portion: 0, dialsAhead: false)

    /// Memberwise.
    package init(agents: [AgentID], lines: Int, portion: Double, dialsAhead: Bool) {
        self.agents = agents
        self.lines = lines
        self.portion = portion
        self.dialsAhead = dialsAhead
    }
}
