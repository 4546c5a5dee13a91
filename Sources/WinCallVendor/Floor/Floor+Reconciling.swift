import DialModel
import Telephony

/// How calls of unknown fate are looked for: in what was told of them, on agents' phones, and by agents' states.
extension Floor {
    mutating func reconcile(_ call: FollowedCall, _ ticket: Ticket, at now: Timestamp) {
        if let story = stories[call.attempt], story.isOver {
            return answer(ticket, .success(.reconciled(.found(story.call, story.facts))))
        }
        if let waiting = queued.first(where: { $0.attempt == call.attempt }) {
            let facts = stories[call.attempt]?.facts ?? []
            return answer(ticket, .success(.reconciled(.found(waiting.id, facts))))
        }
        let agent = Self.agent(of: call.vendorCall ?? stories[call.attempt]?.call)
        let index =
            seats.firstIndex { $0.call?.attempt == call.attempt }
            ?? seats.indices.first { ownFacts(of: call.vendorCall, $0) != nil } ?? seats.firstIndex {
                isStrangerOf(call, $0)
            }
            ?? seats.firstIndex { $0.login.agent == agent }
        guard let index else {
            guard let agent else { return reconcileSomewhere(call, ticket, at: now) }
            return answer(ticket, .success(.outOfSight([AbsentAgent(agent: agent)])))
        }
        switch seats[index].state {
        case .working:
            seats[index].inquiries.append((ticket, call))
            look(index, at: now)
        case .stopped: answer(ticket, .success(.outOfSight([AbsentAgent(seats[index].login)])))
        case .away, .opening, .initialising, .settling, .signingIn, .doubtful, .signingOut, .leaving:
            fail(ticket, nobodyToAsk("agent \(seats[index].login.agent), who would know of the call, is not signed in"))
        }
    }

    /// Nobody knows whose call it was: an earlier run may have asked for it, at any phone.
    ///
    /// It is nowhere once each phone has been seen without it after the time in which it would have come there; of agents
    /// who are left out, the lists of agents are asked.
    private mutating func reconcileSomewhere(_ call: FollowedCall, _ ticket: Ticket, at now: Timestamp) {
        let setUpBy = call.placedAfter + FloorRhythm.longestSetUp
        let unseen = seats.indices.filter { seats[$0].seenAt.map { $0 < setUpBy } ?? true }
        let asked = unseen.filter { seats[$0].state != .stopped }
        for index in asked where seats[index].state == .working { look(index, at: now) }
        if let index = asked.first(where: { seats[$0].state != .working }) ?? asked.first {
            let words = seats[index].state == .working ? "may be in it still" : "is not signed in"
            return fail(
                ticket, nobodyToAsk("agent \(seats[index].login.agent), who may have the call, \(words)"))
        }
        guard !unseen.isEmpty else { return answer(ticket, .success(.reconciled(.notFound))) }
        answer(ticket, .success(.outOfSight(unseen.map { AbsentAgent(seats[$0].login) })))
    }

    private func nobodyToAsk(_ words: String) -> VendorError {
        error(.unavailable, "Action 6", code: "NotSignedIn", words)
    }

    /// Whose phone a call was placed at, which its name begins with.
    static func agent(of call: VendorCallID?) -> AgentID? {
        call?.value.split(separator: "/").first.map { AgentID(String($0)) }
    }

    /// Whether a phone is in a call to the callee that nobody has claimed: an earlier run may have placed it.
    private func isStrangerOf(_ call: FollowedCall, _ seat: Seat) -> Bool {
        guard let present = seat.call, present.way == .foreign, let called = present.parameters.called else {
            return false
        }
        return CalledNumber(call.number, prefix: call.prefix).isWritten(as: called)
    }

    /// Answers for a call now that the state of its agent is known; what becomes of it is reported as it is seen.
    mutating func settle(
        _ call: FollowedCall, _ ticket: Ticket, _ index: Int, isInCall: Bool, at now: Timestamp
    ) {
        if let story = stories[call.attempt], story.isOver {
            return answer(ticket, .success(.reconciled(.found(story.call, story.facts))))
        }
        nameOwnCall(call, index, at: now)
        if let facts = ownFacts(of: call.vendorCall, index), let id = call.vendorCall {
            return answer(ticket, .success(.reconciled(.found(id, facts))))
        }
        if let present = seats[index].call, present.attempt == call.attempt, let id = present.id {
            seats[index].call?.acceptedAt = present.acceptedAt ?? now
            return answerFound(id, call, ticket)
        }
        if isStrangerOf(call, seats[index]) {
            return takeUp(call, as: call.vendorCall ?? name(ofCallAt: index, now), ticket, index, at: now)
        }
        guard let id = call.vendorCall else { return answer(ticket, .success(.reconciled(.notFound))) }
        guard isInCall, seats[index].call?.attempt == nil, seats[index].call?.way != .own else {
            stories.begin(call.attempt, as: id)
            stories.note(call.attempt, .ended(Self.unseenEnding), at: now)
            return answerFound(id, call, ticket)
        }
        takeUp(call, as: id, ticket, index, at: now)
    }

    /// How a call ended that was seen by nobody.
    static let unseenEnding = CallEnding(outcome: .unknown, vendorReason: "the end of the call was not seen")

    /// An earlier run placed a call, and the agent is in it: it is followed from here on.
    private mutating func takeUp(
        _ call: FollowedCall, as id: VendorCallID, _ ticket: Ticket, _ index: Int, at now: Timestamp
    ) {
        var present = PhoneCall(
            .placed, attempt: call.attempt, id: id, called: CalledNumber(call.number, prefix: call.prefix),
            since: call.placedAfter)
        present.acceptedAt = now
        present.hasGap = true
        stories.begin(call.attempt, as: id)
        if let stranger = seats[index].call {
            (present.trail, present.parameters) = (stranger.trail, stranger.parameters)
            if account.connectedState == .callee, stranger.trail.contains(PhoneState.talking.code) {
                (present.answeredAt, present.connectedAt) = (now, now)
                stories.note(call.attempt, .answered(.unknown), at: now)
                stories.note(call.attempt, .connected(seats[index].login.agent), at: now)
            }
        }
        seats[index].call = present
        answerFound(id, call, ticket)
    }

    private mutating func answerFound(_ id: VendorCallID, _ call: FollowedCall, _ ticket: Ticket) {
        answer(ticket, .success(.reconciled(.found(id, stories[call.attempt]?.facts ?? []))))
    }
}
