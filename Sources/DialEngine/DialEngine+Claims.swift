import DialModel

/// A wish for leads that the ledger has not answered yet.
struct ClaimUnderWay: Hashable, Sendable {
    /// How many at most.
    var count: Int
    /// When it was decided on, by the run's clock.
    var since: Timestamp
}

extension DialEngine {
    /// Places a call for each fresh claim, or hands the lead back where none may be placed any more.
    mutating func take(
        _ claims: [Claim], requested: Int, at now: Timestamp, into directives: inout [Directive]
    ) {
        precondition(claims.count <= requested, "\(claims.count) claims for \(requested)")
        let asked = endClaim(of: requested)
        for claim in claims {
            precondition(calls[claim.attempt] == nil, "\(claim.attempt) claimed twice")
            place(claim, allowedAt: asked, at: now, into: &directives)
        }
    }

    /// A claim was answered, or is not made; when it was asked for.
    @discardableResult
    mutating func endClaim(of requested: Int) -> Timestamp {
        guard let asked = claiming, asked.count == requested else {
            preconditionFailure("claimed \(requested), asked for \(String(describing: claiming))")
        }
        claiming = nil
        return asked.since
    }

    /// Other accounts are to carry the next calls; the ledger is asked when that is over.
    mutating func awaitTurn(_ requested: Int, until: Timestamp, into directives: inout [Directive]) {
        endClaim(of: requested)
        dueness = .othersTurn(until: until)
        directives.append(.setTimer(.leadsDue, at: until))
    }

    /// Takes over an attempt that an earlier run left open: its call may exist, so the vendor's records are searched first.
    ///
    /// What that run saw of it is not forgotten. If the clock was set meanwhile, records are searched from the earlier of the
    /// two times of its claim, and it is given up by the later one.
    mutating func resume(_ open: OpenAttempt, at now: Timestamp, into directives: inout [Directive]) {
        let advance = open.clock.flatMap { settings.clock?.advance(since: $0) } ?? .zero
        var call = OpenCall(
            claim: open.claim, claimedAt: min(open.claimedAt + min(advance, .zero), now),
            openSince: min(open.claimedAt + max(advance, .zero), now), state: .unknown)
        call.vendorCall = open.vendorCall
        call.agent = open.agent
        // A time that cannot be of the run that claimed it is of a later one's clock.
        let times = (open.claimedAt + advance)...max(open.claimedAt + advance, now)
        let here = { (instant: Timestamp) in times.contains(instant + advance) ? instant + advance : min(instant, now) }
        call.connectedAt = open.connectedAt.map(here)
        call.answeredAt = open.answeredAt.map(here).map { min($0, call.connectedAt ?? $0) } ?? call.connectedAt
        call.cpa = open.cpa
        (call.isHeardOf, call.wasLost) = (false, true)
        call.pace = .lost
        calls[open.claim.attempt] = call
        if let agent = open.agent { agents.reserve(agent, for: open.claim.attempt, at: now) }
        if open.state != .unknown {
            let note = AttemptDetail(note: "left open by an earlier run")
            directives.append(.record(.reached(open.claim.attempt, .unknown, at: now, detail: note)))
        }
        search(for: open.claim.attempt, into: &directives)
    }

    /// Learns from a claim when to ask for the next one.
    mutating func learnDueness(
        shortfall: Bool, nextDueAt: Timestamp?, hold: ClaimHold?, isCutShort: Bool, leavesSome: Bool,
        at now: Timestamp, into directives: inout [Directive]
    ) {
        guard let nextDueAt else {
            dueness = .never
            return
        }
        if nextDueAt > now {
            dueness = .later(nextDueAt)
        } else if let hold {
            dueness = .withoutCallerID(hold)
        } else if shortfall, leavesSome {
            dueness = .othersTurn(until: now + AccountRouter.turnInterval)
        } else if shortfall, !isCutShort {
            // Due leads that could not be claimed: their numbers are being called by another campaign.
            dueness = .blocked(until: now + .seconds(1))
        } else {
            dueness = .now
        }
        switch dueness {
        case .withoutCallerID(let hold):
            directives.append(.setTimer(.leadsDue, at: min(hold.until, now + EngineSettings.leadCheckInterval)))
        case .later(let next), .blocked(let next):
            directives.append(.setTimer(.leadsDue, at: min(next, now + EngineSettings.leadCheckInterval)))
        case .othersTurn(let until): directives.append(.setTimer(.leadsDue, at: until))
        case .unasked, .now, .never: break
        }
    }

    /// Places a call that could be placed when its claim was asked for: hours may have ended and lists changed since, if the
    /// disk took long or the machine slept.
    private mutating func place(
        _ claim: Claim, allowedAt asked: Timestamp, at now: Timestamp, into directives: inout [Directive]
    ) {
        var call = OpenCall(claim: claim, claimedAt: now, state: .placing)
        guard phase == .running, pausedBy == nil, !isBlind, (heldUntil ?? now) <= now, !isOver(at: now),
            allowance?.lines != 0
        else {
            return handBack(call, because: "dialling had stopped", until: heldUntil ?? now, at: now, into: &directives)
        }
        let lastDeparture = settings.lastDeparture(of: asked)
        guard now <= lastDeparture else {
            return handBack(call, because: "the claim took too long", until: now, at: now, into: &directives)
        }
        if settings.style == .agentFirst {
            guard let agent = agents.reserveIdle(claim.agent, for: claim.attempt) else {
                return handBack(call, because: "no agent was idle any more", until: now, at: now, into: &directives)
            }
            call.agent = agent
        }
        attemptsMade += 1
        tellOfPlacing(&call)
        calls[claim.attempt] = call
        directives.append(.setTimer(.attempt(claim.attempt), at: now + settings.answerLimit))
        directives.append(
            .placeCall(
                CallOrder(
                    attempt: claim.attempt, number: claim.number, callerID: claim.callerID, agent: call.agent,
                    notAfter: lastDeparture)))
    }

    /// Closes an attempt that was committed and never asked of the vendor; the lead loses nothing by it.
    private mutating func handBack(
        _ call: OpenCall, because reason: String, until due: Timestamp, at now: Timestamp,
        into directives: inout [Directive]
    ) {
        close(call, as: .notPlaced, reason: reason, lead: .wait(until: max(due, now)), at: now, into: &directives)
    }
}
