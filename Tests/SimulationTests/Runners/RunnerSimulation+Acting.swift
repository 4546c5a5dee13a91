import DialEngine
import DialModel
import Ledger
import PlainLedger

/// What processes, ledger and vendor do.
extension RunnerSimulation {
    mutating func happen(_ what: Happening) {
        switch what {
        case .starts(let slot): start(slot)
        case .renews(let number): renew(number)
        case .observes(let number): observe(number)
        case .dials(let number): dial(number)
        case .asks(let number, let question, let sentAt): reach(question, of: number, sentAt: sentAt)
        case .hears(let number, let answer, let sentAt): hear(answer, number, sentAt: sentAt)
        case .departs(let number, let claim, let agent, let last): depart(number, claim, agent, notAfter: last)
        case .arrives(let claim, let agent, let number): arrive(claim, agent, by: number)
        case .ends(let attempt): end(attempt)
        case .told(let number, let attempt): settle(attempt, as: .connected, by: number)
        case .searches(let number, let attempt): search(attempt, by: number)
        }
    }

    // MARK: Processes

    private mutating func start(_ slot: Int) {
        processCount += 1
        if processCount > 300 { return fail("\(unfinished) leads are left after \(processCount) processes") }
        let isWrong = isFaulty && plan.hasWrongClocks && random.chance(0.5)
        if isWrong { seen.insert(.wrongClock) }
        let skew = isWrong ? .seconds(random.pick([-60, -10, 10, 60])) : random.milliseconds(-800...800)
        processes[processCount] = RunnerProcess(slot: slot, run: RunID(Int64(processCount + 1)), skew: skew)
        processes[processCount]?.agents.grant([], at: now + skew)
        send(.join(report(of: processCount)), of: processCount)
        add(.observes(processCount), in: random.milliseconds(0...2_000))
        add(.dials(processCount), in: random.milliseconds(100...1_000))
        add(.renews(processCount), in: LeaseKeeper().rhythm)
    }

    /// Whether a process dies now; another takes its place after a while.
    mutating func dies(_ process: RunnerProcess) -> Bool {
        guard isFaulty, random.chance(plan.killShare) else { return false }
        seen.insert(ledger.leaders.first?.run == process.run ? .leaderKilled : .kill)
        leave(process)
        return true
    }

    private mutating func leave(_ process: RunnerProcess) {
        processes[Int(process.run.value - 1)] = nil
        add(.starts(slot: process.slot), in: random.seconds(1...30))
    }

    private func report(of number: Int) -> RunnerReport {
        guard let process = processes[number] else { return RunnerReport() }
        return RunnerReport(
            applied: process.applied, present: process.agents.present, held: process.agents.held,
            maxLines: plan.lines, wantsAgents: process.keeper.isClockRight, heard: process.keeper.heard)
    }

    private mutating func renew(_ number: Int) {
        guard let process = processes[number] else { return }
        // In the end somebody sets the clock right.
        if !isFaulty, !process.keeper.isClockRight { return leave(process) }
        add(.renews(number), in: process.keeper.rhythm)
        update(number)
        send(process.hasJoined ? .renew(report(of: number)) : .join(report(of: number)), of: number)
    }

    /// Has the agents know what the lease allows by now.
    private mutating func update(_ number: Int) {
        guard var process = processes[number] else { return }
        let allowed = process.keeper.allowance(at: time(of: process))
        if allowed != process.told {
            process.told = allowed
            process.agents.grant(allowed.agents, at: time(of: process))
        }
        // A claim that is under way may use lines of an earlier share.
        if process.committing == nil { process.applied = process.keeper.share?.number ?? 0 }
        processes[number] = process
    }

    private mutating func observe(_ number: Int) {
        guard let process = processes[number] else { return }
        add(.observes(number), in: random.milliseconds(500...plan.observation))
        let busy = Set(calls.values.filter { !$0.isOver }.map(\.agent))
        let seen = (0..<plan.agents).map { index in
            let id = AgentID("agent-\(index)")
            return AgentObservation(id: id, name: "", activity: busy.contains(id) ? .busy : .idle, since: nil)
        }
        let asOf = time(of: process)
        processes[number]?.agents.observe(seen, asOf: asOf)
    }

    private mutating func dial(_ number: Int) {
        guard let process = processes[number] else { return }
        add(.dials(number), in: random.milliseconds(300...1_500))
        update(number)
        guard process.hasJoined, process.committing == nil else { return }
        commit(number, wanting: capacity(of: number))
    }

    private func capacity(of number: Int) -> Int {
        guard let process = processes[number] else { return 0 }
        return max(0, min(process.told.lines - process.open.count, process.agents.idleCount))
    }

    private mutating func commit(_ number: Int, wanting count: Int) {
        guard var process = processes[number], count > 0 || !process.changes.isEmpty else { return }
        let changes = process.changes
        (process.changes, process.committing) = ([], changes)
        for case .closed(let attempt, _) in changes { process.open.remove(attempt) }
        process.committed += 1
        let stamp = CommitStamp(run: process.run, number: process.committed)
        processes[number] = process
        send(.commit(changes, count, stamp), of: number)
    }

    // MARK: The ledger

    private mutating func send(_ question: Question, of number: Int) {
        guard let process = processes[number] else { return }
        add(.asks(number, question, sentAt: time(of: process)), in: random.milliseconds(1...200))
    }

    private mutating func reach(_ question: Question, of number: Int, sentAt: Timestamp) {
        guard let process = processes[number] else { return }
        let arrives = !isLost(process, .questionLost)
        let answer = arrives ? self.answer(question, of: process) : nil
        if let answer, !isLost(process, .answerLost) {
            return add(.hears(number, answer, sentAt: sentAt), in: random.milliseconds(1...200))
        }
        // Renewals are repeated by their own rhythm; everything else is asked until it is answered.
        switch question {
        case .commit, .takeOver: add(.asks(number, question, sentAt: sentAt), in: .seconds(2))
        case .publish: processes[number]?.isPublishing = false
        case .join, .renew: break
        }
    }

    private mutating func isLost(_ process: RunnerProcess, _ fault: RunnerPlan.Fault) -> Bool {
        if plan.isCutOff(process.slot, at: now) {
            seen.insert(.partition)
            return true
        }
        guard isFaulty, random.chance(plan.loss) else { return false }
        seen.insert(fault)
        return true
    }

    private mutating func answer(_ question: Question, of process: RunnerProcess) -> Answer {
        do throws(LedgerError) {
            let (run, ledgerNow) = (process.run, now + plan.ledgerSkew)
            switch question {
            case .join(let report), .renew(let report):
                let hasJoined = ledger.runners.contains { $0.run == run }
                let answer =
                    try hasJoined
                    ? ledger.renew(run, reporting: report, at: ledgerNow)
                    : ledger.join(
                        run, of: Self.campaign, vendor: Scenario.account, reporting: report, at: ledgerNow)
                return .lease(answer)
            case .takeOver: return .taken(try ledger.takeOver(by: run))
            case .publish(let publication):
                try ledger.publish(publication, by: run)
                if let other = publishers.updateValue(run, forKey: publication.epoch), other != run {
                    fail("two leaders in epoch \(publication.epoch)")
                }
                return .done
            case .commit(let changes, let count, let stamp):
                let request = ClaimRequest(
                    campaign: Self.campaign, run: run, vendor: Scenario.account, count: count,
                    now: now + process.skew, policy: AnyLead())
                return .committed(try ledger.commit(changes, claiming: request, as: stamp))
            }
        } catch {
            if error.code == .fenced { return .fenced }
            if case .commit = question { fail("a commit is refused: \(error.code)") }
            return .done
        }
    }

    private mutating func hear(_ answer: Answer, _ number: Int, sentAt: Timestamp) {
        guard var process = processes[number] else { return }
        switch answer {
        case .lease(let lease):
            process.hasJoined = true
            let directives = process.keeper.answered(lease, sentAt: sentAt, at: time(of: process))
            processes[number] = process
            for directive in directives { obey(directive, number) }
        case .taken(let attempts):
            processes[number]?.isTakingOver = false
            if !attempts.isEmpty { seen.insert(.takenOver) }
            for attempt in attempts where processes[number]?.taken.insert(attempt.claim.attempt).inserted ?? false {
                processes[number]?.open.insert(attempt.claim.attempt)
                add(.searches(number, attempt), in: .milliseconds(500))
            }
        case .committed(let result):
            processes[number]?.committing = nil
            for claim in result.claims { place(claim, by: number) }
        case .done: processes[number]?.isPublishing = false
        case .fenced:
            seen.insert(.fenced)
            return leave(process)
        }
        update(number)
    }

    private mutating func obey(_ directive: LeaseKeeper.Directive, _ number: Int) {
        switch directive {
        case .takeOver where processes[number]?.isTakingOver == false:
            processes[number]?.isTakingOver = true
            send(.takeOver, of: number)
        case .publish(let publication) where processes[number]?.isPublishing == false:
            processes[number]?.isPublishing = true
            send(.publish(publication), of: number)
        case .takeOver, .publish, .obey: break
        }
    }

    // MARK: Calls

    private mutating func place(_ claim: Claim, by number: Int) {
        guard var process = processes[number] else { return }
        process.open.insert(claim.attempt)
        let now = time(of: process)
        let agent = process.agents.reserveIdle(nil, for: claim.attempt)
        processes[number] = process
        guard let agent, let last = process.keeper.lastDeparture, now <= last else {
            if let agent { processes[number]?.agents.release(agent, from: claim.attempt, talked: false, at: now) }
            return settle(claim.attempt, as: .notPlaced, by: number)
        }
        processes[number]?.busy[claim.attempt] = agent
        add(
            .departs(number, claim, agent, notAfter: min(last, now + Self.placeLimit)),
            in: random.milliseconds(0...3_000))
    }

    private mutating func depart(_ number: Int, _ claim: Claim, _ agent: AgentID, notAfter last: Timestamp) {
        guard let process = processes[number] else { return }
        guard time(of: process) <= last else {
            seen.insert(.tooLate)
            return settle(claim.attempt, as: .notPlaced, by: number)
        }
        add(.arrives(claim, agent, by: number), in: random.milliseconds(5...Self.longestWay))
    }

    private mutating func arrive(_ claim: Claim, _ agent: AgentID, by number: Int) {
        checkPlacing(claim, agent, by: number)
        calls[claim.attempt] = Call(number: claim.number, agent: agent, process: number)
        add(.ends(claim.attempt), in: random.seconds(2...40))
    }

    private mutating func end(_ attempt: AttemptID) {
        guard let call = calls[attempt] else { return }
        calls[attempt]?.isOver = true
        if isFaulty, random.chance(plan.newsLoss) {
            seen.insert(.newsLost)
            let open = ledger.openAttempts(of: Self.campaign).first { $0.claim.attempt == attempt }
            // Whoever hears nothing for long looks it up.
            if let open { add(.searches(call.process, open), in: .seconds(60)) }
        } else {
            add(.told(call.process, attempt), in: random.milliseconds(5...2_000))
        }
    }

    private mutating func settle(_ attempt: AttemptID, as outcome: CallOutcome, by number: Int) {
        guard var process = processes[number], process.open.contains(attempt) else { return }
        let isKnown = (process.changes + (process.committing ?? [])).contains { $0.attempt == attempt }
        if isKnown { return }
        if let agent = process.busy.removeValue(forKey: attempt) {
            process.agents.release(agent, from: attempt, talked: false, at: time(of: process))
        }
        let lead: LeadDecision = outcome == .notPlaced ? .wait(until: time(of: process)) : .finish(.reached)
        let closing = AttemptClosing(
            outcome: outcome, endedAt: time(of: process), answeredAt: nil, connectedAt: nil, talk: nil, agent: nil,
            vendorReason: "", shownCallerID: nil, lead: lead)
        process.changes.append(.closed(attempt, closing))
        processes[number] = process
    }

    /// Looks up a call of which nothing is known; one that is not there may be on its way for a while.
    private mutating func search(_ attempt: OpenAttempt, by number: Int) {
        guard let process = processes[number] else { return }
        if let call = calls[attempt.claim.attempt] {
            if call.isOver { return settle(attempt.claim.attempt, as: .connected, by: number) }
        } else if time(of: process) > attempt.claimedAt + .seconds(150) {
            return settle(attempt.claim.attempt, as: .notPlaced, by: number)
        }
        add(.searches(number, attempt), in: .seconds(5))
    }
}

extension AttemptChange {
    /// The attempt that it is of.
    fileprivate var attempt: AttemptID {
        switch self {
        case .reached(let attempt, _, _, _), .closed(let attempt, _): attempt
        }
    }
}

/// Dials whoever is due.
private struct AnyLead: ClaimPolicy {
    func decide(on candidate: ClaimCandidate, at now: Timestamp) -> ClaimDecision { .dial(callerID: nil) }
}
