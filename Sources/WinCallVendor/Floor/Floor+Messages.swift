import DialModel
import Telephony

/// What the server says to an agent's channel (`vendors/well-wincall.md`, B.6).
extension Floor {
    /// For how many seconds an agent may be said to work after a call: a day at most.
    private static let plausibleWrapUp = 0...86_400

    mutating func take(_ message: ServerMessage, _ index: Int, at now: Timestamp) {
        switch message {
        case .result(let result): take(result, index, at: now)
        case .keepAlive: emit(.send(seats[index].channel, .keepAlive))
        case .phone(let message): take(message, index, at: now)
        case .agent(let state, let parameter): take(agentState: state, parameter, index, at: now)
        case .dialogue(let parameters): seats[index].call?.parameters.merge(parameters)
        case .queues(let queues): seats[index].grant.queues = queues
        case .callers(let callers): seats[index].grant.callers = callers
        case .alert(let code): take(alert: code, index, at: now)
        case .other: return
        }
    }

    private mutating func take(_ result: CommandResult, _ index: Int, at now: Timestamp) {
        let pending = seats[index].pending.removeValue(forKey: result.action)
        if pending != nil { seats[index].unanswered = 0 }
        switch (result.action, pending?.purpose) {
        case (100, .session?): takeInitialised(result, index, at: now)
        case (2, .session?): takeSignedIn(result, index, at: now)
        case (3, .session?): if seats[index].state == .signingOut { finishSession(index, at: now) }
        case (6, .session?): takeDoubt(result.code, index, at: now)
        case (6, .look?): takeState(result.code, askedAt: pending?.sentAt ?? now, index, at: now)
        case (22, .place(let ticket, let request)?): takeDialled(result, ticket, request, index, at: now)
        case (22, nil): takeLateDialled(result, index, at: now)
        case (5, .readyToPlace(let ticket, let request)?):
            takeReady(result, ticket, request, index, at: now)
        case (9, .project?), (10, .project?): takeProject(result, index, at: now)
        case (44, .transfer(let attempt)?): takeTransferred(result, of: attempt, index, at: now)
        case (30, .spy(let ticket, let next)?): takeSpying(result, ticket, then: next, index, at: now)
        case (_, .wish(let ticket)?): takeWish(result, ticket, index, at: now)
        default: return
        }
    }

    /// The agent's state when it was not clear whether they are signed in (B.4).
    private mutating func takeDoubt(_ state: Int, _ index: Int, at now: Timestamp) {
        guard seats[index].state == .doubtful else { return }
        guard let activity = Self.activity(ofQuery: state) else {
            return closeAndRetry(
                index,
                error(
                    .unavailable, "Action 6", code: ResultCode(action: 6, result: state).description,
                    "the server did not sign the agent in"), at: now)
        }
        beginWork(index, as: activity, at: now)
    }

    /// The agent's state when it was asked for; it tells of the end of calls whose end nobody told.
    private mutating func takeState(_ state: Int, askedAt: Timestamp, _ index: Int, at now: Timestamp) {
        guard let activity = Self.activity(ofQuery: state) else { return signInAgain(index, at: now) }
        let inquiries = seats[index].inquiries
        seats[index].inquiries = []
        setActivity(index, activity, at: now)
        let isInCall = activity == .busy
        if !isInCall, let call = seats[index].call, seats[index].pending[22] == nil,
            askedAt >= call.acceptedAt ?? call.since
        {
            // Nobody works after a call that there was not.
            if activity == .wrapUp { seats[index].call?.acceptedAt = call.acceptedAt ?? call.since }
            endCall(index, endWasSeen: false, at: now)
        }
        if !isInCall || seats[index].call?.hasKnownCallee == true { seats[index].seenAt = askedAt }
        keepFromQueue(index, at: now)
        seeToProject(index, at: now)
        for inquiry in inquiries { settle(inquiry.call, inquiry.ticket, index, isInCall: isInCall, at: now) }
    }

    /// What the `Ret` of a query means; nil where the session is not what we think it is (B.4).
    private static func activity(ofQuery state: Int) -> AgentActivity? {
        switch state {
        case 0, 10: nil
        case 1, 3: .idle
        case 2: .onBreak
        case 4: .busy
        case 5: .wrapUp
        default: .busy
        }
    }

    private mutating func take(agentState state: Int, _ parameter: Int?, _ index: Int, at now: Timestamp) {
        guard seats[index].state == .working else { return }
        switch state {
        case 2, 12: setActivity(index, .onBreak, at: now)
        case 3, 11:
            setActivity(index, .idle, at: now)
            keepFromQueue(index, at: now)
        case 4: setActivity(index, .busy, at: now)
        case 5:
            setActivity(index, .wrapUp, at: now)
            if let parameter, Self.plausibleWrapUp.contains(parameter) {
                seats[index].lookAt = now + .seconds(parameter) + FloorRhythm.lookAfterWrapUp
            }
            keepFromQueue(index, at: now)
        // The phone is off the network: the agent can neither call nor be called.
        case 7: setActivity(index, .offline, at: now)
        default: return
        }
        // An agent who rests is in no call: if its end is not told in a moment, it was lost.
        if seats[index].call?.isProven == true, state != 4 { seats[index].lookAt = now + FloorRhythm.lookAfterCall }
    }

    /// An automatic phone has no work after a call, and takes none from the skill group.
    private mutating func keepFromQueue(_ index: Int, at now: Timestamp) {
        let seat = seats[index]
        guard seat.login.isDialler, [4, 5, 22].allSatisfy({ seat.pending[$0] == nil }),
            seat.activity == .wrapUp || seat.activity == .idle && seat.call == nil
        else { return }
        send(.goBusy(reason: 1), index, for: .wish(nil), at: now)
    }

    mutating func setActivity(_ index: Int, _ activity: AgentActivity, at now: Timestamp) {
        if seats[index].activity != activity { seats[index].since = now }
        seats[index].activity = activity
        let isInCall = seats[index].call != nil
        switch activity {
        case .busy where !isInCall: seats[index].lookAt = now + FloorRhythm.lookAfterCall
        case .busy, .wrapUp: seats[index].lookAt = now + FloorRhythm.lookInCall
        case .idle, .onBreak, .offline:
            seats[index].lookAt = now + (isInCall ? FloorRhythm.lookInCall : FloorRhythm.lookAtRest)
        }
    }

    /// Alerts that the session has to act upon (B.4, B.7).
    private mutating func take(alert code: Int, _ index: Int, at now: Timestamp) {
        switch code {
        case 4:
            let words = "agent \(seats[index].login.agent) was signed out by a supervisor"
            seats[index].staysAway = true
            finishSession(index, at: now)
            noteFailure(error(.unavailable, "Code 4", code: "Code 4", words))
        case 5: send(.goIdle, index, for: .wish(nil), at: now)
        case 6: send(.goBusy(reason: 1), index, for: .wish(nil), at: now)
        case 100: signInAgain(index, at: now)
        case 101:
            closeAndRetry(
                index, error(.unavailable, "Code 101", code: "Code 101", "the server wants a new sign-in"), at: now)
        default: return
        }
    }
}
