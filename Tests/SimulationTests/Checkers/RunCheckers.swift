import DialEngine
import DialModel
import Ledger
import PlainLedger

/// Nothing is dialled while an operator, the vendor or the clock forbids it.
struct OrdersAreKept: Checker {
    private var isPaused = false
    private var isStopped = false
    private var isBlind = false
    private var heldUntil: Timestamp?
    private var deadline: Timestamp?

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .began:
            self = OrdersAreKept()
            deadline = scene.scenario.runLength.map { scene.now + $0 }
        case .told(let event, let directives, _):
            learn(event, scene.now)
            let isDialling = directives.contains { directive in
                switch directive {
                case .placeCall: true
                case .claimLeads(let count): count > 0
                default: false
                }
            }
            return isDialling ? objection(scene.now) : nil
        case .committing, .committed, .adopted, .happened, .gone, .over: break
        }
        return nil
    }

    private mutating func learn(_ event: DialEvent, _ now: Timestamp) {
        switch event {
        case .pauseRequested: isPaused = true
        case .resumeRequested: isPaused = false
        case .stopRequested, .callTurnedAway(_, .misconfigured): isStopped = true
        case .vendorTroubled, .vendorRefused: isBlind = true
        case .vendorRecovered: isBlind = false
        case .callTurnedAway(_, .throttled(let pause)): heldUntil = max(heldUntil ?? now, now + pause)
        default: break
        }
    }

    private func objection(_ now: Timestamp) -> String? {
        if isPaused { return "dialled while paused" }
        if isStopped { return "dialled after a stop" }
        if isBlind { return "dialled out of sight of the vendor" }
        if let heldUntil, now < heldUntil { return "dialled \(heldUntil - now) before the vendor wants calls" }
        if let deadline, now >= deadline { return "dialled after the deadline" }
        return nil
    }
}

/// A run ends by itself when nothing of it is left, and in the end nothing is.
struct EndsAreEnds: Checker {
    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .gone(.nothingDue?), .gone(.numbersBusy?), .gone(.noCallerID?), .gone(.accountFull?):
            let open = scene.ledger.openAttempts(of: scene.campaign).count
            return open == 0 ? nil : "a run has ended with \(open) open attempts"
        case .over:
            let talking = scene.world.calls.count { !$0.isOwn && $0.stage != .ended }
            return talking == 0 ? nil : "\(talking) calls go on after everything has ended"
        case .began, .told, .committing, .committed, .adopted, .happened, .gone: return nil
        }
    }
}

/// What the ledger counts is what callees' phones saw.
struct TotalsAgree: Checker {
    private var outcomes = OutcomeCounts()

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .committed(let changes, _, _):
            for case .closed(_, let closing) in changes { outcomes[closing.outcome] += 1 }
        case .over: return compare(scene)
        case .began, .told, .committing, .adopted, .happened, .gone: break
        }
        return nil
    }

    private func compare(_ scene: Scene) -> String? {
        let figures = scene.ledger.figures(of: scene.campaign, at: scene.now)
        guard figures.outcomes == outcomes else { return "the ledger counts other outcomes than were committed" }
        guard figures.openAttempts == 0, figures.dialing == 0 else { return "leads are being dialled for ever" }
        let attempts = scene.ledger.attempts.lazy.filter { $0.campaign == scene.campaign }.map(\.record)
        let called = attempts.count { scene.world.call(of: $0.id, named: $0.vendorCall) != nil }
        let placed = scene.world.calls.count { !$0.isOwn }
        let adopted = attempts.count { $0.vendorCall?.value.hasPrefix("own-") ?? false }
        guard called == placed + adopted else { return "\(called) attempts for \(placed) calls" }
        let strays = scene.world.calls.filter { call in
            !call.isOwn && call.attempt.flatMap(scene.ledger.attempt)?.number != call.number
        }
        return strays.isEmpty ? nil : "\(strays.count) calls are in no attempt"
    }
}
