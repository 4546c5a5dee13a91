import DialEngine
import DialModel
import Ledger
import PlainLedger

/// What other people do: they make lists, give orders, and run campaigns of their own.
extension Simulation {
    /// The campaign's leads, and those that another campaign has of them.
    mutating func fillLedger() {
        let ids = scenario.leads.indices.map { LeadID(Int64($0 + 1)) }
        let rivals = ids.map { LeadID($0.value + Int64(ids.count)) }
        ledger.add(
            scenario.leads, to: Self.campaign, file: ImportedFile(name: "list.csv", digest: "1"), ids: ids,
            at: Scenario.start)
        ledger.add(
            scenario.leads, to: Self.rivals, file: ImportedFile(name: "rivals.csv", digest: "2"), ids: rivals,
            at: Scenario.start)
        ledger.house = Set(scenario.rules.listed)
        if case .pool(let numbers, _) = scenario.numbers { ledger.callerIDs = (Scenario.account, numbers) }
    }

    /// Plans what others are going to do.
    mutating func planOthers() {
        for order in scenario.orders { world.agenda.plan(.ordered(order.kind), at: order.at) }
        for leap in scenario.faults.leaps { world.agenda.plan(.leaps(leap.by), at: leap.at) }
        for listing in scenario.rules.listedLater { world.agenda.plan(.listed(listing.number), at: listing.at) }
        var random = SplitMix64(seed: scenario.seed ^ 0x51BA)
        for lead in scenario.leads where random.chance(scenario.faults.shares[.rivalCall] ?? 0) {
            let wait = random.milliseconds(0...Int(scenario.faults.length.milliseconds))
            world.agenda.plan(.rivalCalls(lead.number), in: wait)
        }
    }

    /// An order reaches the process that runs, if it is of any use to it.
    mutating func carryOut(_ order: Order.Kind) {
        guard let engine = process?.engine else { return }
        switch order {
        case .pause: if !engine.isEnding { step(.pauseRequested(by: "operator")) }
        case .resume: if !engine.isEnding { step(.resumeRequested) }
        case .stop: step(.stopRequested)
        case .others(let areAtWork): step(.othersAtWork(areAtWork))
        case .drop(let place):
            let calls = engine.callAccounts
            guard scenario.settings.control.hangsUp, !calls.isEmpty else { return }
            let attempt = calls[place % calls.count].attempt
            if engine.refusal(toDrop: attempt) == nil { step(.dropRequested(attempt, by: "supervisor")) }
        }
    }

    /// Another campaign takes a number, unless it is being called.
    mutating func rivalCalls(_ number: PhoneNumber) {
        let request = ClaimRequest(
            campaign: Self.rivals, run: RunID(0), vendor: "rival", count: 1, now: world.now + wallOffset,
            policy: OneNumber(number: number))
        guard let claim = ledger.claim(request).claims.first else { return }
        world.injected.insert(.rivalCall)
        var random = world.generator(Int(claim.attempt.value), salt: 9)
        world.agenda.plan(.rivalEnds(claim.attempt), in: random.seconds(1...600))
    }

    mutating func rivalEnds(_ attempt: AttemptID) {
        let now = world.now + wallOffset
        ledger.apply(
            .closed(
                attempt,
                AttemptClosing(
                    outcome: .noAnswer, endedAt: now, answeredAt: nil, connectedAt: nil, talk: nil, agent: nil,
                    vendorReason: "", shownCallerID: nil, lead: .finish(.notRetried))))
    }

    /// Keeps what the engine was told last, for whoever has to find out what went wrong.
    mutating func remember(_ event: DialEvent, _ directives: [Directive]) {
        if trace.count == Self.traceLength { trace.removeFirst() }
        trace.append(
            "\(index) at \(world.processNow.milliseconds - Scenario.start.milliseconds) ms: \(event)"
                + directives.map { "\n      \($0)" }.joined())
    }
}

/// Dials one number and nobody else.
private struct OneNumber: ClaimPolicy {
    let number: PhoneNumber

    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        candidate.number == number ? .dial(callerID: nil) : .pass
    }
}
