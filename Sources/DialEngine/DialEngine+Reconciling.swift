import DialModel

extension DialEngine {
    /// Has the vendor's records searched for an attempt of unknown outcome.
    mutating func search(for attempt: AttemptID, into directives: inout [Directive]) {
        guard let call = calls[attempt], call.state == .unknown else { return }
        directives.append(.cancelTimer(.attempt(attempt)))
        directives.append(
            .reconcile(
                ReconcileOrder(
                    attempt: attempt, number: call.claim.number, vendorCall: call.vendorCall,
                    placedAfter: call.claimedAt)))
    }

    /// Takes in what the vendor's records say.
    mutating func settle(
        _ attempt: AttemptID, _ finding: Reconciliation, at now: Timestamp, into directives: inout [Directive]
    ) {
        guard var call = calls[attempt], call.state == .unknown else { return }
        switch finding {
        case .found(let vendorCall, let progress):
            call.vendorCall = vendorCall
            call.state = call.connectedAt == nil ? .dialing : .connected
            calls[attempt] = call
            let detail = AttemptDetail(vendorCall: vendorCall, note: "found in the vendor's records")
            directives.append(.record(.reached(attempt, call.state, at: now, detail: detail)))
            let limit = call.connectedAt == nil ? settings.answerLimit : settings.talkLimit
            directives.append(.setTimer(.attempt(attempt), at: now + limit))
            for step in progress {
                advance(attempt, by: step, at: now, now: now, into: &directives)
            }
        case .neverPlaced:
            let lead = settings.retry.decision(after: .notPlaced, history: call.claim.history, endedAt: now)
            close(call, as: .notPlaced, reason: "never placed", lead: lead, at: now, into: &directives)
        case .notFound where now >= call.claimedAt + settings.reconcileWindow:
            let lead = settings.retry.decision(after: .unknown, history: call.claim.history, endedAt: now)
            close(call, as: .unknown, reason: "not in the vendor's records", lead: lead, at: now, into: &directives)
        case .notFound:
            searchAgain(for: attempt, at: now, into: &directives)
        }
    }

    /// Searches again after a wait that doubles; an attempt is never closed for want of an answer.
    mutating func searchAgain(for attempt: AttemptID, at now: Timestamp, into directives: inout [Directive]) {
        guard var call = calls[attempt], call.state == .unknown else { return }
        let factor = 1 << min(call.searches, 10)
        call.searches += 1
        calls[attempt] = call
        let pause = min(EngineSettings.reconcileBackoff * factor, EngineSettings.reconcileBackoffLimit)
        directives.append(.setTimer(.reconcile(attempt), at: now + pause))
    }
}
