package import DialModel
package import Pacing

/// A run at a glance, for whoever watches it.
package struct EngineSnapshot: Hashable, Sendable {
    /// Why no call is being placed at the moment.
    package enum Pause: Hashable, Sendable {
        /// The run is ending.
        case draining
        /// An operator wants it so.
        case byOperator(String)
        /// The vendor cannot be reached.
        case vendorDown
        /// The vendor asked for fewer requests.
        case throttled
        /// Nobody is signed in.
        case noAgents
        /// Leads wait for their time.
        case nothingDue(next: Timestamp)
        /// No number can be shown to anybody before then.
        case noCallerID(until: Timestamp)
        /// The account may carry no further call before then.
        case accountFull(until: Timestamp)
        /// Other accounts are to carry the next calls.
        case othersTurn
        /// Other runners of the campaign have what there is of agents or lines, or the lease is spent.
        case withoutShare
        /// The vendor dials, and nobody else does.
        case byVendor
    }

    /// Calls that are being asked for or dialled.
    package var dialing = 0
    /// Calls whose callee's phone rings.
    package var ringing = 0
    /// Calls answered and waiting for an agent.
    package var waiting = 0
    /// Calls in conversation.
    package var talking = 0
    /// Attempts of unknown outcome.
    package var unknown = 0
    /// The agents.
    package var agents = AgentCensus()
    /// The most calls at a time; nil where several accounts divide them.
    package var maxLines: Int?
    /// What holds dialling back, if anything does.
    package var pause: Pause?
    /// How many calls were placed ahead of agents last, and what set the number; nil where each call has its agent first.
    package var decision: PacingDecision?

    /// Attempts that have no outcome.
    package var openCalls: Int { dialing + ringing + waiting + talking + unknown }

    /// Nothing going on.
    package init() {}
}

extension DialEngine {
    /// The run at a glance.
    package func snapshot(at now: Timestamp) -> EngineSnapshot {
        var snapshot = EngineSnapshot()
        snapshot.dialing = calls[inState: .placing] + calls[inState: .dialing]
        snapshot.ringing = calls[inState: .ringing]
        snapshot.waiting = calls[inState: .answered]
        snapshot.talking = calls[inState: .connected]
        snapshot.unknown = calls[inState: .unknown]
        snapshot.agents = agents.census
        snapshot.maxLines = min(settings.maxLines, allowance?.lines ?? .max)
        snapshot.decision = decision
        snapshot.pause = pause(at: now, signedIn: snapshot.agents.signedIn)
        return snapshot
    }

    /// What agents are of use for, at present.
    package var demand: AgentDemand {
        var demand = AgentDemand()
        if case .customerFirst = settings.style {
            demand.callsWithoutAgent = calls.withoutAgentCount
        }
        guard phase == .running || phase == .new, pausedBy == nil else { return demand }
        switch dueness {
        case .unasked, .now: demand.hasLeads = true
        case .later, .blocked, .othersTurn, .withoutCallerID, .never: break
        }
        return demand
    }

    /// Whether calls would be placed if there were agents, lines and leads.
    package var wouldDial: Bool {
        (phase == .running || phase == .new) && pausedBy == nil && !isVendorDown
    }

    private func pause(at now: Timestamp, signedIn: Int) -> EngineSnapshot.Pause? {
        if case .draining = phase { return .draining }
        if let pausedBy { return .byOperator(pausedBy) }
        if isVendorDown { return .vendorDown }
        if let heldUntil, heldUntil > now { return .throttled }
        if case .later(let next) = dueness, next > now { return .nothingDue(next: next) }
        if case .withoutCallerID(let hold) = dueness, hold.until > now {
            return hold.isOfAccount ? .accountFull(until: hold.until) : .noCallerID(until: hold.until)
        }
        if allowance?.lines == 0 { return .withoutShare }
        if signedIn == 0 { return allowance == nil || agents.present.isEmpty ? .noAgents : .withoutShare }
        if case .othersTurn(let until) = dueness, until > now { return .othersTurn }
        if settings.style == .vendorPaced { return .byVendor }
        return nil
    }
}
