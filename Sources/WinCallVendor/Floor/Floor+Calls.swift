import DialModel
import Telephony

/// What agents' phones do, and which calls that belongs to (`vendors/well-wincall.md`, B.6).
extension Floor {
    mutating func take(_ message: PhoneMessage, _ index: Int, at now: Timestamp) {
        switch message.state {
        case .idle: endOnPhone(message, index, at: now)
        case .standingLineUp, .standingLineDown, .unknown: return
        case .ringing, .ownSideConnected, .calling, .alerting, .talking, .transferredHere, .amongOthers:
            findCall(of: message, index, at: now)
            seats[index].call?.note(message)
            seats[index].lookAt = now + FloorRhythm.lookInCall
            recogniseOwnCall(message.state, index)
            followOwnCall(message.state, index, at: now)
            follow(message.state, index, at: now)
        }
    }

    /// Sees to it that the seat has the call that the message is of.
    ///
    /// A call of ours rings the agent's own phone as an outbound one; any other ring before it is proven is of a call that
    /// came in between.
    private mutating func findCall(of message: PhoneMessage, _ index: Int, at now: Timestamp) {
        endCallBefore(message, index, at: now)
        guard case .ringing(let ring) = message.state else {
            if seats[index].call == nil { begin(doubted(message, index) ?? PhoneCall(.foreign, since: now), index) }
            return
        }
        if let call = seats[index].call, call.isProven || ring == .outbound { return }
        if ring == .outbound, let late = doubted(message, index) { return begin(late, index) }
        if ring == .queue, let position = positionInQueue(of: message.parameters) {
            let waiting = queued.remove(at: position)
            forget(waiting.attempt)
            var call = PhoneCall(
                .fromQueue, attempt: waiting.attempt, id: waiting.id, called: waiting.called, since: now)
            call.trail = waiting.trail
            call.answeredAt = waiting.answeredAt
            begin(call, index)
        } else if seats[index].call == nil || seats[index].pending[22] != nil {
            begin(PhoneCall(.foreign, since: now), index)
        }
    }

    /// The doubted call of a seat, unless the message is of another.
    private func doubted(_ message: PhoneMessage, _ index: Int) -> PhoneCall? {
        guard let call = seats[index].doubted, let called = message.parameters.called else {
            return seats[index].doubted
        }
        return call.called?.isWritten(as: called) == true ? call : nil
    }

    /// The phone is in a call from now on.
    mutating func begin(_ call: PhoneCall, _ index: Int) {
        seats[index].call = call
        if call.way != .foreign { seats[index].doubted = nil }
        seats[index].since = call.since
    }

    /// The waiting call that a ring from the skill group is of: the oldest with that caller in that group (B.9).
    private func positionInQueue(of parameters: CallParameters) -> Int? {
        if let ringing = parameters.queue, !queue.isMeant(by: ringing) { return nil }
        guard let caller = parameters.caller else { return queued.count == 1 ? 0 : nil }
        return queued.firstIndex { $0.called.isWritten(as: caller) }
    }

    /// The automatic phone that dialled a call has nothing to do with it any more.
    private mutating func forget(_ attempt: AttemptID) {
        for index in seats.indices {
            guard let call = seats[index].call, call.way == .placedForQueue, call.attempt == attempt else { continue }
            seats[index].call?.attempt = nil
        }
    }

    private mutating func follow(_ state: PhoneState, _ index: Int, at now: Timestamp) {
        if case .ringing(.spying) = state { return }
        if case .amongOthers(code: 31) = state { interveneNow(index, at: now) }
        guard let call = seats[index].call, let attempt = call.attempt else { return }
        switch state {
        case .alerting:
            guard !call.hasRung, call.answeredAt == nil else { return }
            seats[index].call?.hasRung = true
            report(attempt, .ringing, at: now)
        case .talking: answered(call, attempt, index, at: now)
        case .idle, .ringing, .ownSideConnected, .calling, .transferredHere, .amongOthers, .standingLineUp,
            .standingLineDown, .unknown:
            return
        }
    }

    private mutating func answered(_ call: PhoneCall, _ attempt: AttemptID, _ index: Int, at now: Timestamp) {
        guard account.connectedState == .callee, call.connectedAt == nil else { return }
        if call.answeredAt == nil {
            seats[index].call?.answeredAt = now
            report(attempt, .answered(.unknown), at: now)
        }
        switch call.way {
        case .placed, .fromQueue:
            seats[index].call?.connectedAt = now
            report(attempt, .connected(seats[index].login.agent), at: now)
        case .placedForQueue: giveToQueue(attempt, index, at: now)
        case .own, .foreign: return
        }
    }

    /// The phone is idle again.
    ///
    /// Where nothing has been heard of the call, this may be the last word about the one before: the agent's state tells.
    private mutating func endOnPhone(_ message: PhoneMessage, _ index: Int, at now: Timestamp) {
        guard let call = seats[index].call else { return }
        guard !call.trail.isEmpty || call.way == .foreign else { return look(index, at: now) }
        seats[index].call?.note(message)
        endCall(index, endWasSeen: true, at: now)
        seats[index].lookAt = now + FloorRhythm.lookAfterCall
    }

    /// Has an answered call given to the skill group; an agent's phone may ring for it before the answer comes.
    private mutating func giveToQueue(_ attempt: AttemptID, _ index: Int, at now: Timestamp) {
        guard let call = seats[index].call, call.transfer == .none, let id = call.id, let called = call.called else {
            return
        }
        seats[index].call?.transfer = .asked
        queued.append(
            QueuedCall(attempt: attempt, id: id, called: called, trail: call.trail, answeredAt: now, since: now))
        send(.transferToQueue(queue.id), index, for: .transfer(attempt), at: now)
    }

    /// The answer to giving a call to the skill group.
    mutating func takeTransferred(_ result: CommandResult, of attempt: AttemptID, _ index: Int, at now: Timestamp) {
        guard result.code != 0 else { return forget(attempt) }
        guard let position = queued.firstIndex(where: { $0.attempt == attempt }) else { return }
        let waiting = queued.remove(at: position)
        let words = error(.unavailable, result, index)
        if seats[index].call?.attempt == attempt {
            seats[index].call?.transfer = .failed("\(words.code): \(words.message)")
            seats[index].call?.isBeingEnded = true
            send(.hangUp, index, for: .wish(nil), at: now)
        } else {
            let ending = CallEnding(
                outcome: .abandoned, vendorReason: "\(words.code): \(words.message)", answeredAt: waiting.answeredAt)
            report(attempt, .ended(ending), at: now)
        }
    }

    /// The call on a seat's phone is over, as we were told or as follows from the agent's state.
    mutating func endCall(_ index: Int, endWasSeen: Bool, at now: Timestamp) {
        guard let call = seats[index].call else { return }
        seats[index].call = nil
        seats[index].since = now
        defer { carryOutOrderAfterCall(index, at: now) }
        if call.way == .own { return endOwnCall(call, endWasSeen: endWasSeen, index, at: now) }
        guard let attempt = call.attempt, let id = call.id, let called = call.called else { return }
        // The callee is on the way to the skill group, or will be said not to be.
        if call.transfer == .asked { return }
        if call.way == .fromQueue, call.connectedAt == nil, let answeredAt = call.answeredAt {
            report(attempt, .agentMissed(seats[index].login.agent), at: now)
            queued.append(
                QueuedCall(
                    attempt: attempt, id: id, called: called, trail: call.trail, answeredAt: answeredAt, since: now))
            return
        }
        // A query shows an agent free for whom nothing proves that the call was placed: whoever asks is told so.
        guard call.isProven else {
            seats[index].doubted = call
            return
        }
        let ending = call.ending(
            at: now, endWasSeen: endWasSeen, agent: seats[index].login.agent, callers: seats[index].grant.callers,
            connectedState: account.connectedState)
        report(attempt, .ended(ending), at: now)
    }

    /// Nobody of ours took a callee from the skill group in time, so they are taken to have gone.
    mutating func giveUpQueued(at now: Timestamp) {
        while let call = queued.first(where: { $0.since + FloorRhythm.queueLimit <= now }) {
            queued.removeAll { $0.attempt == call.attempt }
            let words = "no agent took the call from the skill group (" + call.trail.joined(separator: " ") + ")"
            let ending = CallEnding(outcome: .abandoned, vendorReason: words, answeredAt: call.answeredAt)
            report(call.attempt, .ended(ending), at: now)
        }
    }

    /// An agent who lets their own phone ring for long is spared it.
    mutating func endUnansweredRing(_ index: Int, at now: Timestamp) {
        guard let call = seats[index].call, call.ringsOwnPhone, !call.isBeingEnded,
            call.since + FloorRhythm.ownRingLimit <= now
        else { return }
        seats[index].call?.isBeingEnded = true
        send(.hangUp, index, for: .wish(nil), at: now)
    }
}
