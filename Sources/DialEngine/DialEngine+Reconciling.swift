import DialModel

extension DialEngine {
    /// Has the vendor's records searched for an attempt of unknown outcome; one search at a time.
    mutating func search(for attempt: AttemptID, into directives: inout [Directive]) {
        guard var call = calls[attempt], call.state == .unknown, !call.isBeingSought else { return }
        call.isBeingSought = true
        calls[attempt] = call
        directives.append(.cancelTimer(.attempt(attempt)))
        directives.append(
            .reconcile(
                ReconcileOrder(
                    attempt: attempt, number: call.claim.number, vendorCall: call.vendorCall,
                    placedAfter: call.claimedAt)))
    }

    /// Takes in what the vendor's records say.
    ///
    /// What was found is true whatever has happened meanwhile. That nothing was found says something only of a call that
    /// is still unknown: news may have come in while the records were searched.
    mutating func settle(
        _ attempt: AttemptID, _ finding: Reconciliation, at now: Timestamp, into directives: inout [Directive]
    ) {
        guard var call = calls[attempt] else { return }
        call.isBeingSought = false
        calls[attempt] = call
        switch finding {
        case .found(let vendorCall, let facts): settle(call, found: vendorCall, facts, at: now, into: &directives)
        case .neverPlaced where call.state == .unknown && !call.isProven:
            let lead = settings.retry.decision(after: .notPlaced, history: call.claim.history, now: now)
            close(call, as: .notPlaced, reason: "never placed", lead: lead, at: now, into: &directives)
        case .notFound where call.state == .unknown && isGivenUp(call, at: now):
            giveUp(call, reason: "not in the vendor's records", at: now, into: &directives)
        case .lost where call.state == .unknown:
            giveUp(call, reason: "whoever placed it is gone", at: now, into: &directives)
        case .notFound, .neverPlaced, .lost: searchAgain(for: attempt, at: now, into: &directives)
        }
    }

    /// Searches again after a wait that doubles; an attempt is never closed for want of an answer.
    mutating func searchAgain(for attempt: AttemptID, at now: Timestamp, into directives: inout [Directive]) {
        guard var call = calls[attempt] else { return }
        call.isBeingSought = false
        if call.state == .unknown {
            let factor = 1 << min(call.searches, 10)
            call.searches += 1
            let pause = min(EngineSettings.reconcileBackoff * factor, EngineSettings.reconcileBackoffLimit)
            directives.append(.setTimer(.reconcile(attempt), at: now + pause))
        }
        calls[attempt] = call
    }

    private mutating func settle(
        _ found: OpenCall, found vendorCall: VendorCallID, _ facts: [DatedProgress], at now: Timestamp,
        into directives: inout [Directive]
    ) {
        let attempt = found.claim.attempt
        var call = found
        call.vendorCall = vendorCall
        // Of a conversation that an earlier run saw begin, the news says first who is in it now.
        if call.connectedAt == nil || call.isHeardOf { follow(&call, at: now, into: &directives) }
        calls[attempt] = call
        for fact in facts {
            advance(attempt, by: fact.progress, at: fact.at, now: now, into: &directives)
        }
        guard var open = calls[attempt] else { return }
        follow(&open, at: now, into: &directives)
        open.isHeardOf = true
        let knownSince = open.knownSince ?? now
        open.knownSince = knownSince
        calls[attempt] = open
        // Another run may have claimed it by another clock: whoever may still be on the line is followed.
        let longest = open.connectedAt == nil ? settings.answerLimit : settings.talkLimit
        if now >= max(open.openSince + settings.attemptLimit, knownSince + longest) {
            giveUp(open, reason: "the vendor never told its end", at: now, into: &directives)
        }
    }

    /// Has a call followed again that was unknown and goes on.
    private mutating func follow(_ call: inout OpenCall, at now: Timestamp, into directives: inout [Directive]) {
        guard call.state == .unknown else { return }
        let attempt = call.claim.attempt
        call.enter(call.connectedAt == nil ? .dialing : .connected, at: now)
        let detail = AttemptDetail(vendorCall: call.vendorCall, note: "found in the vendor's records")
        directives.append(.record(.reached(attempt, call.state, at: now, detail: detail)))
        let limit = call.connectedAt == nil ? settings.answerLimit : settings.talkLimit
        directives.append(.setTimer(.attempt(attempt), at: now + limit))
        if call.state == .connected, let agent = call.agent { agents.connect(agent, to: attempt, at: now) }
    }

    /// Whether a call that cannot be found is not looked for any longer: soon if nothing proves that it ever was.
    private func isGivenUp(_ call: OpenCall, at now: Timestamp) -> Bool {
        let limit = call.isProven ? settings.attemptLimit : settings.placeLimit + settings.reconcileWindow
        return now >= call.openSince + limit
    }

    private mutating func giveUp(
        _ call: OpenCall, reason: String, at now: Timestamp, into directives: inout [Directive]
    ) {
        let outcome: CallOutcome = call.connectedAt == nil ? .unknown : .connected
        let lead = settings.retry.decision(after: outcome, history: call.claim.history, now: now)
        close(call, as: outcome, reason: reason, lead: lead, at: now, into: &directives)
    }
}
