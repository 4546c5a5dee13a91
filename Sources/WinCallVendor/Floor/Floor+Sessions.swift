import DialModel
import Telephony

/// How sessions begin, break and end (`vendors/well-wincall.md`, B.4).
extension Floor {
    mutating func initialise(_ index: Int, at now: Timestamp) {
        seats[index].state = .initialising
        seats[index].pending = [:]
        seats[index].isInProject = nil
        let login = seats[index].login
        let command = AgentCommand.initialise(
            enterprise: account.enterprise, agent: login.agent.value,
            password: login.wirePassword(account.passwordFormat), phone: login.phone)
        send(command, index, for: .session, at: now)
    }

    /// The answer to `initialise`.
    mutating func takeInitialised(_ result: CommandResult, _ index: Int, at now: Timestamp) {
        guard seats[index].state == .initialising else { return }
        guard result.code == 0 else { return refuseSession(result, index, at: now) }
        seats[index].elsewhereSince = nil
        seats[index].mayReopen = true
        seats[index].grant = SignInGrant(literal: result.message) ?? SignInGrant()
        let queues = seats[index].grant.queues
        guard queues.isEmpty || queues.contains(queue.id) else {
            let words = "agent \(seats[index].login.agent) is not in the skill group “\(queue.name)”"
            return sendAway(index, because: error(.misconfigured, "Action 100", code: "ForeignAgent", words), at: now)
        }
        seats[index].state = .settling(until: now + FloorRhythm.settling)
    }

    /// The answer to `signIn`; of 1 and 2 the generations of the server say opposite things (B.4).
    mutating func takeSignedIn(_ result: CommandResult, _ index: Int, at now: Timestamp) {
        guard seats[index].state == .signingIn else { return }
        switch result.code {
        case 0: beginWork(index, as: seats[index].login.isDialler ? .onBreak : .idle, at: now)
        case 1, 2:
            seats[index].state = .doubtful
            send(.query, index, for: .session, at: now)
        default: closeAndRetry(index, error(.unavailable, result, index), at: now)
        }
    }

    mutating func beginWork(_ index: Int, as activity: AgentActivity, at now: Timestamp) {
        seats[index].state = .working
        seats[index].failures = 0
        seats[index].unanswered = 0
        setActivity(index, activity, at: now)
        seeToProject(index, at: now)
        // What a call was doing when the channel broke off is known from the agent's state only.
        if seats[index].call != nil || !seats[index].inquiries.isEmpty { send(.query, index, for: .look, at: now) }
    }

    private mutating func refuseSession(_ result: CommandResult, _ index: Int, at now: Timestamp) {
        let code = ResultCode(result)
        let verdict = ResultTable.verdict(on: code)
        switch verdict.reaction {
        case .stop where verdict.stopsEverybody:
            let error = error(.misconfigured, result, index)
            stopReason = error
            sendAway(index, because: error, at: now)
        case .stop: sendAway(index, because: error(.misconfigured, result, index), at: now)
        case .noMoreAgents: sendAway(index, because: error(.unavailable, result, index), at: now)
        case .signedInElsewhere:
            let since = seats[index].elsewhereSince ?? now
            seats[index].elsewhereSince = since
            guard now - since < FloorRhythm.staleSessionLimit else {
                return sendAway(index, because: error(.misconfigured, result, index), at: now)
            }
            closeAndRetry(index, error(.unavailable, result, index), at: now)
        case .openAnew where seats[index].mayReopen:
            seats[index].mayReopen = false
            closeAndRetry(index, error(.unavailable, result, index), at: now)
        case .openAnew: sendAway(index, because: error(.misconfigured, result, index), at: now)
        case .asWished, .tryLater, .signInAgain, .agentNotReady, .callerIDDeclined, .congestion, .calleeBlocked,
            .invalidNumber, .handOverFailed, .declined, .unknown:
            closeAndRetry(index, error(.unavailable, result, index), at: now)
        }
    }

    /// Ends the session for this run: the agent is signed out and not signed in again by us.
    mutating func sendAway(_ index: Int, because error: VendorError, at now: Timestamp) {
        if !seats[index].staysAway { emit(.report(.agentUnusable(seats[index].login.agent, error))) }
        seats[index].staysAway = true
        signOut(index, at: now)
        noteFailure(error)
    }

    /// Gives the channel up, to open it again after a pause.
    mutating func closeAndRetry(_ index: Int, _ error: VendorError, at now: Timestamp) {
        finishSession(index, at: now)
        noteFailure(error)
    }

    /// Signs the agent out as far as they are signed in, and closes the channel.
    mutating func signOut(_ index: Int, at now: Timestamp) {
        switch seats[index].state {
        case .away, .stopped: seats[index].state = .stopped
        case .opening:
            seats[index].state = .leaving
            emit(.close(seats[index].channel))
        case .initialising, .settling: finishSession(index, at: now)
        case .signingIn, .doubtful, .working:
            abandonPending(index, at: now)
            seats[index].state = .signingOut
            send(.signOut, index, for: .session, within: rhythm.signOutLimit, at: now)
        case .signingOut, .leaving: return
        }
    }

    /// The last words on a channel.
    mutating func finishSession(_ index: Int, at now: Timestamp) {
        abandonPending(index, at: now)
        seats[index].state = .leaving
        emit(.send(seats[index].channel, .uninitialise))
        emit(.close(seats[index].channel))
    }

    /// The channel is gone.
    mutating func lose(_ index: Int, _ error: VendorError, at now: Timestamp) {
        let wasWanted = seats[index].state != .leaving
        abandonPending(index, at: now)
        seats[index].activity = .offline
        seats[index].since = now
        seats[index].call?.hasGap = true
        if isStopping || seats[index].staysAway {
            seats[index].state = .stopped
            if !isStopping { endCall(index, endWasSeen: false, at: now) }
        } else {
            seats[index].state = .away(until: now + nextPause(index))
            if wasWanted { noteFailure(error) }
        }
    }

    /// The server does not know the session, or wants it made again, on the channel that is there.
    mutating func signInAgain(_ index: Int, at now: Timestamp) {
        abandonPending(index, at: now)
        seats[index].activity = .offline
        seats[index].call?.hasGap = true
        initialise(index, at: now)
    }

    /// Signs everybody out; whoever waits for an answer is told that none will come.
    mutating func stop(at now: Timestamp) {
        isStopping = true
        for index in seats.indices {
            seats[index].staysAway = true
            signOut(index, at: now)
        }
    }

    /// Nothing that is unanswered will be answered: a call may have been placed, everything else is certain to be seen.
    mutating func abandonPending(_ index: Int, at now: Timestamp) {
        let words = "the channel was closed before the server answered"
        for (action, pending) in seats[index].pending.sorted(by: { $0.key < $1.key }) {
            let operation = "Action \(action)"
            switch pending.purpose {
            case .place(let ticket, _), .wish(let ticket?), .spy(let ticket, _):
                fail(ticket, error(.outcomeUnknown, operation, code: "NoAnswer", words))
            case .readyToPlace(let ticket, _): fail(ticket, error(.unavailable, operation, code: "NoAnswer", words))
            case .project: seats[index].isInProject = nil
            case .session, .look, .transfer, .wish(nil): break
            }
        }
        for inquiry in seats[index].inquiries {
            fail(inquiry.ticket, error(.unavailable, "Action 6", code: "NoAnswer", words))
        }
        seats[index].inquiries = []
        seats[index].pending = [:]
    }

    /// Sees to everything of an agent that is due.
    mutating func passTime(_ index: Int, at now: Timestamp) {
        expirePending(index, at: now)
        switch seats[index].state {
        case .away(let until) where until <= now: open(index, at: now)
        case .settling(let until) where until <= now:
            seats[index].state = .signingIn
            send(.signIn(isIdle: !seats[index].login.isDialler), index, for: .session, at: now)
        case .working:
            if let until = seats[index].heldUntil, until <= now { seats[index].heldUntil = nil }
            if let lookAt = seats[index].lookAt, lookAt <= now { look(index, at: now) }
            endUnansweredRing(index, at: now)
        case .away, .opening, .initialising, .settling, .signingIn, .doubtful, .signingOut, .leaving, .stopped: return
        }
    }

    private mutating func expirePending(_ index: Int, at now: Timestamp) {
        let expired = seats[index].pending.filter { $0.value.deadline <= now }.sorted { $0.key < $1.key }
        for (action, pending) in expired {
            seats[index].pending[action] = nil
            let operation = "Action \(action)"
            let words = "the server did not answer in time"
            switch pending.purpose {
            case .session where seats[index].state == .signingOut: return finishSession(index, at: now)
            case .session:
                return closeAndRetry(index, error(.unavailable, operation, code: "NoAnswer", words), at: now)
            case .place(let ticket, _):
                fail(ticket, error(.outcomeUnknown, operation, code: "NoAnswer", words))
                look(index, at: now)
            case .readyToPlace(let ticket, _): fail(ticket, error(.unavailable, operation, code: "NoAnswer", words))
            case .wish(let ticket?), .spy(let ticket, _):
                fail(ticket, error(.outcomeUnknown, operation, code: "NoAnswer", words))
            case .look:
                seats[index].lookAt = now + FloorRhythm.lookAfterCall
                failInquiries(index, error(.unavailable, operation, code: "NoAnswer", words))
            case .project:
                // It may have been carried out; the answer about the state is when it is tried again.
                seats[index].isInProject = nil
                look(index, at: now)
            case .transfer, .wish(nil): break
            }
            seats[index].unanswered += 1
        }
        guard seats[index].unanswered >= FloorRhythm.mostUnanswered else { return }
        seats[index].unanswered = 0
        closeAndRetry(
            index, error(.unavailable, "Action 6", code: "NoAnswer", "the server has fallen silent"), at: now)
    }

    /// Asks for the agent's state.
    mutating func look(_ index: Int, at now: Timestamp) {
        seats[index].lookAt = nil
        send(.query, index, for: .look, at: now)
    }

    private mutating func failInquiries(_ index: Int, _ error: VendorError) {
        for inquiry in seats[index].inquiries { fail(inquiry.ticket, error) }
        seats[index].inquiries = []
    }
}
