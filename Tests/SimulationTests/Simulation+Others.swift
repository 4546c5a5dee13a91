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

    /// An order reaches the process that runs, if it is of any use to it.
    mutating func carryOut(_ order: Order.Kind) {
        guard let engine = process?.engine else { return }
        switch order {
        case .pause: if !engine.isEnding { receive(.pauseRequested(by: "operator")) }
        case .resume: if !engine.isEnding { receive(.resumeRequested) }
        case .stop: receive(.stopRequested)
        case .others(let areAtWork): receive(.othersAtWork(areAtWork))
        case .drop(let place):
            let calls = engine.callAccounts
            guard scenario.settings.control.hangsUp, !calls.isEmpty else { return }
            let attempt = calls[place % calls.count].attempt
            if engine.refusal(toDrop: attempt) == nil { receive(.dropRequested(attempt, by: "supervisor")) }
        }
    }

    /// Another campaign takes a number, unless it is being called.
    mutating func rivalCalls(_ number: PhoneNumber) {
        let request = OneNumber.request(for: number, at: world.now + wallOffset)
        guard let claim = ledger.claim(request).claims.first else { return }
        world.planRivalEnd(claim.attempt)
    }

    mutating func rivalEnds(_ attempt: AttemptID) {
        ledger.apply(.ofRival(attempt, at: world.now + wallOffset))
    }

    /// Keeps what the engine was told last, for whoever has to find out what went wrong.
    mutating func remember(_ event: DialEvent, _ directives: [Directive]) {
        if trace.count == Self.traceLength { trace.removeFirst() }
        trace.append(
            "\(index) at \(world.processNow.milliseconds - Scenario.start.milliseconds) ms: \(event)"
                + directives.map { "\n      \($0)" }.joined())
    }
}

extension SimulatedWorld {
    /// Another campaign's attempt ends after a while.
    mutating func planRivalEnd(_ attempt: AttemptID) {
        injected.insert(.rivalCall)
        var random = generator(Int(attempt.value), salt: 9)
        agenda.plan(.rivalEnds(attempt), in: random.seconds(1...600))
    }
}

extension AttemptChange {
    /// The end of another campaign's attempt.
    static func ofRival(_ attempt: AttemptID, at now: Timestamp) -> AttemptChange {
        .closed(
            attempt,
            AttemptClosing(
                outcome: .noAnswer, endedAt: now, answeredAt: nil, connectedAt: nil, talk: nil, agent: nil,
                vendorReason: "", shownCallerID: nil, lead: .finish(.notRetried)))
    }
}

/// Dials one number and nobody else.
struct OneNumber: ClaimPolicy {
    let number: PhoneNumber

    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision {
        candidate.number == number ? .dial(callerID: nil) : .pass
    }

    /// The wish of another campaign to dial a number.
    static func request(for number: PhoneNumber, at now: Timestamp) -> ClaimRequest {
        ClaimRequest(
            campaign: Simulation.rivals, run: RunID(1), vendor: "rival", count: 1, now: now,
            policy: OneNumber(number: number))
    }
}
