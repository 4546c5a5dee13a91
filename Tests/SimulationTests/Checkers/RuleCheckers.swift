import DialEngine
import DialModel
import Ledger
import PlainLedger

/// Never more calls at a time, nor in a span of time, than campaign and account may carry.
struct Lines: Checker {
    private var placed = 0

    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .began: placed = 0
        case .told(let event, let directives, _):
            switch event {
            case .callTurnedAway(_, .throttled), .callTurnedAway(_, .unavailable), .callTurnedAway(_, .misconfigured):
                placed -= 1
            default: break
            }
            for case .placeCall in directives { placed += 1 }
            if let most = scene.scenario.settings.maxAttempts, placed > most { return "\(placed) of \(most) attempts" }
        case .committed(_, let request?, let result?) where !result.claims.isEmpty: return room(request, scene)
        case .committing, .committed, .adopted, .happened, .gone, .over: break
        }
        return nil
    }

    private func room(_ request: ClaimRequest, _ scene: Scene) -> String? {
        let open = scene.ledger.open.count { scene.ledger.attempts[$0].campaign == scene.campaign }
        let lines = min(scene.scenario.settings.maxLines, request.limits.lines ?? .max)
        if open > lines { return "\(open) calls on \(lines) lines" }
        for rate in request.limits.rates {
            let made = scene.ledger.attempts.count {
                $0.record.vendor == request.vendor && request.now - $0.record.claimedAt <= rate.span
            }
            if made > rate.count { return "\(made) attempts in \(rate.span), of \(rate.count)" }
        }
        return nil
    }
}

/// Nobody is dialled more often than the caps allow, nor too soon after a call that was abandoned.
struct AttemptCaps: Checker {
    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        guard case .committed(_, let request?, let result?) = moment else { return nil }
        for claim in result.claims {
            let all = scene.ledger.attempts
            let earlier = all.indices.filter {
                all[$0].record.number == claim.number && all[$0].record.id != claim.attempt
            }.map { all[$0].record }
            if let words = objection(to: claim, after: earlier, at: request.now, scene.scenario) { return words }
        }
        return nil
    }

    private func objection(
        to claim: Claim, after earlier: [AttemptRecord], at now: Timestamp, _ scenario: Scenario
    ) -> String? {
        for cap in scenario.rules.caps {
            guard case .rolling(let span) = cap.period else { continue }
            let dials = earlier.count {
                (cap.scope == .number || $0.lead == claim.lead) && $0.outcome?.mayHaveRung ?? true
                    && now - $0.claimedAt <= span
            }
            if dials >= cap.count { return "\(claim.attempt) follows \(dials) dials, of \(cap.count)" }
        }
        guard let lockout = scenario.rules.lockout, scenario.settings.style != .agentFirst else { return nil }
        let ends = earlier.filter { $0.outcome == .abandoned && now - $0.claimedAt <= lockout }.compactMap(\.endedAt)
        guard let last = ends.max(), now - last < lockout else { return nil }
        return "\(claim.attempt) follows an abandoned call after \(now - last)"
    }
}

/// Nobody is dialled outside calling hours, neither when the lead is claimed nor when the request leaves.
struct HoursAreKept: Checker {
    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        switch moment {
        case .committed(_, let request?, let result?) where !result.claims.isEmpty:
            let latest = request.now + scene.scenario.rules.guardTime
            guard isOpen(request.now, scene), isOpen(latest, scene) else { return "claimed outside calling hours" }
        case .happened(.departed(let request)):
            guard case .place(let order) = request.wish else { return nil }
            guard isOpen(scene.now, scene) else { return "\(order.attempt) is asked for outside calling hours" }
            guard scene.now <= order.notAfter else { return "\(order.attempt) is asked for too late" }
        case .began, .told, .committing, .committed, .adopted, .happened, .gone, .over: break
        }
        return nil
    }

    /// By the clocks of the place, as the scenario changes them.
    private func isOpen(_ instant: Timestamp, _ scene: Scene) -> Bool {
        let (rules, seconds) = (scene.scenario.rules, instant.milliseconds / 1_000)
        let change = rules.clocks.transitions.first { $0.at <= instant }
        let second = Int((seconds + Int64(change?.offset ?? rules.clocks.initialOffset)) % 86_400)
        return second >= rules.hours.opens && second < rules.hours.closes
    }
}

/// Nobody is dialled who is on a do-not-call list.
struct DoNotCallLists: Checker {
    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        guard case .committed(_, _, let result?) = moment else { return nil }
        let listed = result.claims.first { scene.ledger.house.contains($0.number) }
        return listed.map { "\($0.attempt) is to somebody who is on a list" }
    }
}

/// Callees are shown a number that the campaign may show, within its lines, its dials a day and its rest.
struct CallerIDs: Checker {
    mutating func check(_ moment: Moment, _ scene: Scene) -> String? {
        guard case .committed(_, let request?, let result?) = moment else { return nil }
        for claim in result.claims {
            switch scene.scenario.numbers {
            case .vendors: if claim.callerID != nil { return "\(claim.attempt) shows a number" }
            case .inTurn(let names):
                guard let shown = claim.callerID, names.contains(shown) else { return "\(claim.attempt) shows another" }
            case .pool(let numbers, _):
                let number = numbers.first { $0.number == claim.callerID && $0.pools.contains("main") }
                guard let number else { return "\(claim.attempt) shows a number of no pool" }
                if let words = room(number, claim, request.now, scene) { return words }
            }
        }
        return nil
    }

    private func room(_ number: OutboundNumber, _ claim: Claim, _ now: Timestamp, _ scene: Scene) -> String? {
        let all = scene.ledger.attempts
        let shown = all.indices.filter { all[$0].record.callerID == number.number }.map { all[$0].record }
        let held = shown.count { $0.outcome == nil && now - $0.claimedAt < CallerIDUse.longestHold }
        if held > number.lines { return "\(number.number) carries \(held) calls, of \(number.lines)" }
        let today = ShanghaiDay(containing: now)
        let dials = shown.count {
            ShanghaiDay(containing: $0.claimedAt) == today && $0.outcome?.mayHaveRung ?? true
        }
        if let most = number.limits.maxPerDay, dials > most { return "\(number.number) has \(dials) dials, of \(most)" }
        let others = shown.filter { $0.id != claim.attempt && $0.claimedAt <= now }
        guard let last = others.map(\.claimedAt).max(), now - last < number.limits.minGap else { return nil }
        return "\(number.number) has rested for \(now - last)"
    }
}
