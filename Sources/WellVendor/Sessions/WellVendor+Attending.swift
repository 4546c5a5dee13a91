import DialModel
import EventWire
import Telephony

extension WellVendor {
    /// When the vendor has ended a session without a sign of life, at the latest (A.4, step 6).
    private static let sessionLimit = Duration.seconds(170)
    private static let heartbeatRetry = Duration.seconds(5)
    private static let modeRetry = Duration.seconds(30)

    /// Signs an agent in and keeps them so, until cancelled or until the vendor does not let them in.
    func attend(_ agent: AgentID) async {
        var failures = 0
        while !Task.isCancelled {
            do {
                try await awaitPermission(agent)
                try await signIn(agent)
                failures = 0
                try await stay(agent)
            } catch {
                if error.cause == .cancelled || Task.isCancelled { return }
                failures += 1
                guard let wait = note(error, of: agent, failures) else { return }
                try? await clock.sleep(for: wait)
            }
        }
    }

    /// Waits until no supervisor wants the agent to be signed out.
    private func awaitPermission(_ agent: AgentID) async throws(WellFailure) {
        while board.with({ $0[agent]?.isDismissed }) == true {
            await bells[agent]?.wait()
            if Task.isCancelled { throw WellFailure("run", .cancelled) }
        }
    }

    /// Notes why an agent is not signed in, and says when to try again; nil for not at all (A.7).
    private func note(_ failure: WellFailure, of agent: AgentID, _ failures: Int) -> Duration? {
        // Whoever signed the agent out wanted it so.
        if failure.treatment == .signedOut, board.with({ $0[agent]?.isDismissed }) == true { return .zero }
        let error = failure.error(failure.meaningForQuestion, account, agent: agent)
        board.with { board in
            board.fail(
                agent, error, isTurnedAway: failure.isRefusal, isLeftOut: failure.treatment.leavesOut, at: clock.now)
        }
        flush()
        switch failure.treatment {
        case .stopsAgent: return nil
        case .phoneAbsent: return backOff.wait(afterFailures: failures, first: .seconds(15), longest: .seconds(120))
        case .licencesUsedUp: return .seconds(300)
        case .sessionExpired, .signedOut, .alreadySignedIn, .notNow, .quotaUsedUp, .harmless, .refused, .failed:
            return backOff.wait(afterFailures: failures, first: .seconds(2), longest: .seconds(60))
        }
    }

    /// Looks after a signed-in agent; throws when the session is lost, and returns when a supervisor signed them out.
    private func stay(_ agent: AgentID) async throws(WellFailure) {
        var watch = Watch(now: clock.now)
        while true {
            if Task.isCancelled { throw WellFailure("run", .cancelled) }
            guard let desk = board.with({ $0[agent] }), desk.isSignedIn else {
                throw WellFailure("heartbeat", .signedOut)
            }
            if desk.isDismissed, desk.isFree, try await dismiss(agent, &watch) { return }
            // Whoever has just been signed in has just been compared.
            let isFirstBeat = watch.lastBeatAt == watch.beatDueAt
            let hasBeaten = try await beatIfDue(agent, &watch)
            if board.with({ $0.needsSync(agent, afterHeartbeat: hasBeaten && !isFirstBeat, at: clock.now) }) {
                try await catchUp(agent)
            }
            await endOverdueCall(of: agent)
            await makeReadyIfDue(agent, &watch)
            board.with { $0.tellOfAgents(at: clock.now) }
            flush()
            let now = clock.now
            let due = board.with { $0.nextDue(of: agent, at: now) }
            await bells[agent]?.wait(until: min(watch.beatDueAt, due ?? watch.beatDueAt), by: clock)
        }
    }

    /// Signs an agent out whom a supervisor wants out; false if the vendor did not let them go yet.
    private func dismiss(_ agent: AgentID, _ watch: inout Watch) async throws(WellFailure) -> Bool {
        guard watch.dismissalDueAt <= clock.now else { return false }
        watch.dismissalDueAt = clock.now + Self.heartbeatRetry
        do {
            try await signOut(agent)
            return true
        } catch {
            board.with { board in
                guard let index = board.index(of: agent) else { return }
                board.desks[index].wantSync(by: watch.dismissalDueAt)
            }
            return false
        }
    }

    /// When a session needs its next sign of life, and when to try again what the vendor refused.
    private struct Watch {
        var beatDueAt: Timestamp
        var lastBeatAt: Timestamp
        var modeDueAt: Timestamp
        var dismissalDueAt: Timestamp

        init(now: Timestamp) {
            beatDueAt = now
            lastBeatAt = now
            modeDueAt = now
            dismissalDueAt = now
        }
    }

    private func beatIfDue(_ agent: AgentID, _ watch: inout Watch) async throws(WellFailure) -> Bool {
        let now = clock.now
        guard watch.beatDueAt <= now, let address = board.with({ $0[agent]?.address }) else { return false }
        do {
            _ = try await ask(.heartbeat(address), as: agent)
        } catch {
            if error.treatment == .signedOut || error.treatment == .stopsAgent { throw error }
            guard clock.now - watch.lastBeatAt < Self.sessionLimit else { throw error }
            watch.beatDueAt = clock.now + min(Self.heartbeatRetry, account.heartbeat)
            return false
        }
        watch.lastBeatAt = now
        watch.beatDueAt = now + account.heartbeat
        return true
    }

    /// Compares the agent's state with the vendor's; one that cannot be had now is asked for again.
    private func catchUp(_ agent: AgentID) async throws(WellFailure) {
        var isDone = false
        do {
            isDone = try await sync(agent)
        } catch {
            if error.treatment == .signedOut || error.treatment == .stopsAgent { throw error }
        }
        guard !isDone else { return }
        board.with { board in
            guard let index = board.index(of: agent) else { return }
            board.desks[index].syncDueAt = clock.now + Self.heartbeatRetry
        }
    }

    /// Ends a call whose end the vendor never told (A.6.3); what comes of it the next comparison shows.
    private func endOverdueCall(of agent: AgentID) async {
        guard let leg = board.with({ $0.overdueLeg(of: agent, at: clock.now) }) else { return }
        _ = try? await ask(.drop(leg), as: agent)
    }

    /// Makes an agent ready who is to be so and is not, because the vendor left them otherwise after a call.
    private func makeReadyIfDue(_ agent: AgentID, _ watch: inout Watch) async {
        guard !account.dialsWhenNotReady, let desk = board.with({ $0[agent] }), !desk.login.isDialler,
            desk.mode == .notReady, !desk.isOnBreak, desk.isFree, watch.modeDueAt <= clock.now
        else { return }
        watch.modeDueAt = clock.now + Self.modeRetry
        do {
            _ = try await ask(.setMode(.ready, of: desk.address), as: agent)
        } catch {
            board.with { board in
                guard let index = board.index(of: agent) else { return }
                board.pause(index, because: error.treatment, at: clock.now)
            }
        }
    }
}
