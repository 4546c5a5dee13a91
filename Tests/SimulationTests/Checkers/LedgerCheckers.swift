import DialEngine
import DialModel
import Ledger
import PlainLedger

/// Each attempt ends in exactly one outcome, once, and nothing is told of it afterwards.
struct OneOutcomePerAttempt: Checker {
    private var open: Set<AttemptID> = []

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .committing(let changes):
            for change in changes {
                switch change {
                case .reached(let attempt, let state, _, _):
                    guard open.contains(attempt), state != .closed else { return "\(attempt) reached \(state)" }
                case .closed(let attempt, let closing):
                    guard open.remove(attempt) != nil else { return "\(attempt) closed again: \(closing.outcome)" }
                }
            }
        case .committed(_, _, let result?):
            for claim in result.claims where !open.insert(claim.attempt).inserted { return "\(claim.attempt) again" }
        case .adopted(_, .open(let claim)): open.insert(claim.attempt)
        case .began, .told, .committed, .adopted, .happened, .gone, .over: break
        }
        return nil
    }
}

/// Who is on record as having talked has talked, and who answered has answered, whatever becomes of the run that saw it.
struct WhatWasSeenStays: Checker {
    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        guard case .committing(let changes) = moment else { return nil }
        for case .closed(let attempt, let closing) in changes {
            guard let record = scene.ledger.attempt(attempt) else { continue }
            if record.connectedAt != nil, closing.outcome != .connected {
                return "\(attempt) was connected, and is \(closing.outcome)"
            }
            if record.answeredAt != nil, !closing.outcome.wasAnswered, closing.outcome != .unknown {
                return "\(attempt) was answered, and is \(closing.outcome)"
            }
        }
        return nil
    }
}

/// No lead is in two open attempts, and no number either, whichever campaign calls it.
struct OneAttemptPerLead: Checker {
    private var attempts: [LeadID: AttemptID] = [:]
    private var owners: [AttemptID: LeadID] = [:]

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .committed(let changes, _, let result):
            for case .closed(let attempt, _) in changes {
                if let lead = owners[attempt] { attempts[lead] = nil }
            }
            for claim in result?.claims ?? [] {
                if let words = enter(claim, scene) { return words }
            }
        case .adopted(_, .open(let claim)): if owners[claim.attempt] == nil { return enter(claim, scene) }
        case .began, .told, .committing, .adopted, .happened, .gone, .over: break
        }
        return nil
    }

    private mutating func enter(_ claim: Claim, _ scene: Scene) -> String? {
        if let other = attempts[claim.lead] { return "lead \(claim.lead.value) is in \(other) and \(claim.attempt)" }
        attempts[claim.lead] = claim.attempt
        owners[claim.attempt] = claim.lead
        let others = scene.ledger.open.map { scene.ledger.attempts[$0].record }
        let rival = others.first { $0.number == claim.number && $0.id != claim.attempt }
        return rival.map { "the number of \(claim.attempt) is in \($0.id) too" }
    }
}

/// A call is asked for only once its attempt is in the ledger, and as it is there.
struct DurableBeforeActing: Checker {
    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        guard case .happened(.departed(let request)) = moment, case .place(let order) = request.wish else { return nil }
        guard let record = scene.ledger.attempt(order.attempt), record.outcome == nil, record.state == .placing,
            record.number == order.number, record.callerID == order.callerID
        else { return "\(order.attempt) is asked for and not in the ledger like this" }
        return nil
    }
}

/// A lead is left alone for as long as was decided after its last attempt, and for ever once it is finished.
struct RetryWait: Checker {
    private var dues: [LeadID: Timestamp] = [:]

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        guard case .committed(let changes, let request, let result) = moment else { return nil }
        for case .closed(let attempt, let closing) in changes {
            guard let lead = scene.ledger.attempt(attempt)?.lead else { continue }
            switch closing.lead {
            case .finish: dues[lead] = Timestamp(milliseconds: .max)
            case .wait(let due):
                dues[lead] = due
                let rule = scene.scenario.settings.retry[closing.outcome]
                if closing.outcome != .notPlaced, due < scene.now + (rule?.after ?? RetryRule.shortestWait) {
                    return "\(attempt) is to be followed after \(due - scene.now)"
                }
            }
        }
        for claim in result?.claims ?? [] {
            guard let now = request?.now, let due = dues[claim.lead], now < due else { continue }
            return "\(claim.attempt) begins \(due - now) too early"
        }
        return nil
    }
}
