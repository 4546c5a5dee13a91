package import DialModel
import Pacing

/// What the controller of pacing is told, and asked.
extension DialEngine {
    /// The controller for a run that dials ahead of agents.
    static func controller(for settings: EngineSettings) -> PacingController? {
        guard case .customerFirst(let mode) = settings.style else { return nil }
        let limits = settings.abandonment.map(\.limit)
        var controller = PacingController(
            settings: PacingSettings(
                mode: mode, ringTimeout: settings.ringTimeout, limits: limits, waitsForAnalysis: false,
                rhythm: settings.rhythm))
        for (index, allowance) in settings.abandonment.enumerated() {
            controller.openWindow(index, live: allowance.live, abandoned: allowance.abandoned)
        }
        return controller
    }

    /// How many calls to place ahead of agents now: what the controller says, once in every interval or, where a ratio is all
    /// it goes by, whenever something has happened.
    mutating func callsAhead(upTo most: Int, at now: Timestamp, into directives: inout [Directive]) -> Int {
        if !goesByRatio, let nextDecisionAt, nextDecisionAt > now { return 0 }
        openWindows(at: now)
        let waiting = settings.handOff == .byEngine ? line.count : calls.liveCount
        let situation = PacingSituation(
            idle: agents.idleCount, signedIn: agents.atWorkCount, waiting: waiting, most: max(0, most),
            segment: segment, timeLeft: settings.stopDialingAt.map { $0 - now })
        decision = pacing?.decide(situation, at: now)
        // Whoever signs in makes news; until then time alone changes nothing.
        if decision?.bound == .noAgents { return 0 }
        // A ratio without a limit asks for nothing that time alone could change.
        if goesByRatio, settings.abandonment.isEmpty { return decision?.calls ?? 0 }
        let next = now + EngineSettings.pacingInterval
        nextDecisionAt = next
        directives.append(.setTimer(.pace, at: next))
        return decision?.calls ?? 0
    }

    /// Takes over what the run may use of what it shares with others.
    mutating func take(_ allowed: RunnerAllowance, at now: Timestamp) {
        allowance = allowed
        agents.grant(allowed.agents, at: now)
        pacing?.share(allowed.portion, at: now)
    }

    /// Since when the windows at hand count, one for each of the settings' allowances; none unless all are known.
    package func windowStarts(at now: Timestamp) -> [Timestamp] {
        let starts = settings.abandonment.compactMap { allowance in
            allowance.nextWindows.last { $0 <= now } ?? allowance.since
        }
        return starts.count == settings.abandonment.count ? starts : []
    }

    /// Takes over what the whole campaign has had of answers, of which this run answers for its portion.
    mutating func take(_ counts: [AbandonmentCount], asOf: Timestamp, at now: Timestamp) {
        openWindows(at: now)
        guard let allowance, counts.count == settings.abandonment.count else { return }
        for (index, count) in counts.enumerated() {
            // What was counted before a window began says nothing of it.
            guard !settings.abandonment[index].nextWindows.contains(where: { asOf < $0 && $0 <= now }) else { continue }
            pacing?.openWindow(
                index, live: Int((Double(count.live) * allowance.portion).rounded(.down)),
                abandoned: Int((Double(count.abandoned) * allowance.portion).rounded(.up)))
        }
    }

    private var goesByRatio: Bool {
        if case .customerFirst(.power) = settings.style { true } else { false }
    }

    /// Begins the windows whose time has come, with nothing in them yet.
    private mutating func openWindows(at now: Timestamp) {
        for (index, allowance) in settings.abandonment.enumerated() {
            while windowsBegun[index] < allowance.nextWindows.count,
                allowance.nextWindows[windowsBegun[index]] <= now
            {
                windowsBegun[index] += 1
                pacing?.openWindow(index, live: 0, abandoned: 0)
            }
        }
    }

    // MARK: Calls

    /// A call is about to be placed.
    mutating func tellOfPlacing(_ call: inout OpenCall) {
        guard pacing != nil else { return }
        segment = segments.number(of: call.claim)
        pacing?.requested(segment: segment)
        call.pace = .requested(segment: segment)
    }

    /// The vendor has taken a call, by its answer or by news of what it does: only now does the call grow older.
    ///
    /// A request may wait long for its turn, and a call that nobody dials is not one that is not picked up.
    mutating func tellOfTaking(_ call: inout OpenCall, at now: Timestamp) {
        guard case .requested(let segment) = call.pace, let paced = pacing?.tookRequest(segment: segment, at: now)
        else { return }
        call.pace = .placed(paced)
    }

    /// Somebody or something answered.
    mutating func tellOfAnswer(_ call: inout OpenCall, answeredAt: Timestamp, isLive: Bool, at now: Timestamp) {
        tellOfTaking(&call, at: now)
        switch call.pace {
        case .untold, .requested, .live, .joined: return
        case .placed(let paced): pacing?.reached(paced, answeredAt: answeredAt, isLive: isLive, at: now)
        case .lost: if isLive { pacing?.answeredUnseen() }
        }
        call.metIdleAgent = isLive && agents.idleCount > calls.liveCount
        call.pace = isLive ? .live : .untold
    }

    /// Callee and agent were joined, and too late is as good as never; some vendors tell the answer's time only at the end.
    mutating func tellOfJoining(
        _ call: inout OpenCall, answeredAt: Timestamp?, connectedAt: Timestamp, at now: Timestamp
    ) {
        tellOfAnswer(&call, answeredAt: answeredAt ?? connectedAt, isLive: true, at: now)
        if call.pace == .live { call.pace = .joined }
        guard call.pace == .joined, let answeredAt else { return }
        let isLate = connectedAt - answeredAt > settings.answerPatience
        if call.metIdleAgent { pacing?.tookUp(isLate: isLate) }
        call.metIdleAgent = false
        guard isLate else { return }
        pacing?.abandoned()
        call.pace = .untold
    }

    /// A call is over; the times are those that are known in the end.
    mutating func tellOfEnd(
        _ call: inout OpenCall, as outcome: CallOutcome, answeredAt: Timestamp?, connectedAt: Timestamp?,
        at now: Timestamp
    ) {
        defer { call.pace = .untold }
        if outcome == .notPlaced || outcome == .unknown { return losePace(of: &call) }
        if let connectedAt {
            return tellOfJoining(&call, answeredAt: answeredAt, connectedAt: connectedAt, at: now)
        }
        if answeredAt != nil || outcome.wasAnswered {
            tellOfAnswer(&call, answeredAt: answeredAt ?? now, isLive: outcome != .machine, at: now)
        }
        tellOfTaking(&call, at: now)
        if case .placed(let paced) = call.pace {
            pacing?.endedUnanswered(paced, hasFailed: outcome != .noAnswer, at: now)
        }
        if call.pace == .live { pacing?.abandoned() }
    }

    /// Nobody knows any more what the call does, or it never was one.
    mutating func losePace(of call: inout OpenCall) {
        switch call.pace {
        case .requested(let segment):
            pacing?.withdrewRequest(segment: segment)
            call.pace = .lost
        case .placed(let paced):
            pacing?.withdrew(paced)
            call.pace = .lost
        case .live:
            // When in doubt, whoever was there had nobody to talk to.
            pacing?.abandoned()
            call.pace = .untold
        case .untold, .lost, .joined: return
        }
    }

    // MARK: Agents

    /// Tells what the agents have taken up since the last time.
    mutating func tellOfAgents(at now: Timestamp) {
        for shift in agents.takeShifts() where pacing != nil {
            switch (shift.from, shift.to) {
            case (.talking(let since), .wrappingUp): pacing?.talkEnded(since: since, at: now)
            case (.talking(let since), .none): pacing?.talkerLeft(since: since)
            case (.wrappingUp(let since), .none): pacing?.wrapUpEnded(since: since, at: now)
            case (.none, .talking(let since)): pacing?.talkBegan(at: min(since, now))
            case (.none, .wrappingUp(let since)): pacing?.wrapUpBegan(at: min(since, now))
            case (.wrappingUp(let since), .talking(let next)):
                pacing?.wrapUpEnded(since: since, at: now)
                pacing?.talkBegan(at: min(next, now))
            case (.talking(let since), .talking(let next)):
                pacing?.talkerLeft(since: since)
                pacing?.talkBegan(at: min(next, now))
            case (.wrappingUp(let since), .wrappingUp(let next)):
                pacing?.wrapperLeft(since: since)
                pacing?.wrapUpBegan(at: min(next, now))
            case (.none, .none): break
            }
        }
    }
}
