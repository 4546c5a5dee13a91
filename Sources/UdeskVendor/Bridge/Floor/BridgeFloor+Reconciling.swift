import DialModel
import Telephony

/// How calls of unknown fate are looked for: in what was told of them, and where the vendor stands with their agents.
extension BridgeFloor {
    mutating func reconcile(_ call: FollowedCall, _ ticket: Ticket, at now: Timestamp) {
        if let story = stories[call.attempt], story.isOver {
            return answer(ticket, .reconciled(.found(story.id, story.facts)))
        }
        if let index = seats.firstIndex(where: { $0.call?.attempt == call.attempt }) {
            return reconcilePresent(call, ticket, index, at: now)
        }
        if seats.contains(where: { $0.doubted?.attempt == call.attempt }) {
            return answer(ticket, .reconciled(.notFound))
        }
        if let index = seats.firstIndex(where: { isForeignCall(of: $0, meantBy: call) }) {
            return takeUp(call, ticket, index, at: now)
        }
        guard let agent = call.vendorCall.flatMap(Self.agent) else { return reconcileSomewhere(call, ticket, at: now) }
        guard let index = seat(of: agent), seats[index].isWorking else {
            if isOverUnseen(call, at: now) { return answerUnseen(call, ticket, at: now) }
            return fail(ticket, nobodyToAsk("agent \(agent), who would know of the call,"))
        }
        inquire(call, ticket, index, at: now)
    }

    private mutating func reconcilePresent(_ call: FollowedCall, _ ticket: Ticket, _ index: Int, at now: Timestamp) {
        guard seats[index].isWorking else {
            return fail(ticket, nobodyToAsk("agent \(seats[index].login.agent), whose call it is,"))
        }
        if seats[index].call?.phase == .accepted { return answerFound(ticket, index) }
        inquire(call, ticket, index, at: now)
    }

    private mutating func inquire(_ call: FollowedCall, _ ticket: Ticket, _ index: Int, at now: Timestamp) {
        seats[index].inquiries.append((ticket, call))
        wantLook(index, at: now)
    }

    /// Nobody knows whose call it was: an earlier run may have asked for it.
    private mutating func reconcileSomewhere(_ call: FollowedCall, _ ticket: Ticket, at now: Timestamp) {
        guard let absent = seats.first(where: { !$0.isWorking }), !isOverUnseen(call, at: now) else {
            return answer(ticket, .reconciled(.notFound))
        }
        fail(ticket, nobodyToAsk("agent \(absent.login.agent), who may have the call,"))
    }

    /// Whether a call of an absent agent is taken to be over; each run gives the pages as long to come.
    private func isOverUnseen(_ call: FollowedCall, at now: Timestamp) -> Bool {
        max(call.placedAfter, startedAt ?? now) + BridgeRhythm.longestUnseen <= now
    }

    /// Answers for calls now that it is known where the vendor stands.
    mutating func settleInquiries(_ index: Int, at now: Timestamp) {
        let inquiries = seats[index].inquiries
        seats[index].inquiries = []
        for (ticket, call) in inquiries {
            if let story = stories[call.attempt], story.isOver {
                answer(ticket, .reconciled(.found(story.id, story.facts)))
            } else if seats[index].call?.attempt == call.attempt {
                if seats[index].call?.phase == .accepted {
                    answerFound(ticket, index)
                } else {
                    seats[index].inquiries.append((ticket, call))
                }
            } else if isForeignCall(of: seats[index], meantBy: call) {
                takeUp(call, ticket, index, at: now)
            } else if call.vendorCall != nil {
                answerUnseen(call, ticket, at: now)
            } else {
                answer(ticket, .reconciled(.notFound))
            }
        }
    }

    /// Whose phone a call was made at, which its name begins with.
    private static func agent(of call: VendorCallID) -> AgentID? {
        call.value.split(separator: "/").first.map { AgentID(String($0)) }
    }

    /// Whether an agent is in a call to the callee that nobody has claimed: an earlier run may have placed it.
    private func isForeignCall(of seat: BridgeSeat, meantBy call: FollowedCall) -> Bool {
        guard seat.call == nil, seat.isWorking, seat.foreignCall != nil, let number = seat.foreignNumber else {
            return false
        }
        return CalleeSpelling(call.number).isWritten(as: number)
    }

    /// An earlier run placed a call, and the agent is in it: it is followed from here on.
    private mutating func takeUp(_ call: FollowedCall, _ ticket: Ticket, _ index: Int, at now: Timestamp) {
        let agent = seats[index].login.agent
        var present = BridgeCall(
            attempt: call.attempt, id: call.vendorCall ?? Self.name(of: call.attempt, at: agent),
            number: CalleeSpelling(call.number), phase: .accepted, now: now)
        present.vendorID = seats[index].foreignCall
        present.hasGap = true
        if seats[index].isForeignEstablished {
            for fact in present.established(agent, at: now) { stories.note(present, fact, at: now) }
        }
        seats[index].call = present
        seats[index].foreignCall = nil
        answerFound(ticket, index)
    }

    private mutating func answerFound(_ ticket: Ticket, _ index: Int) {
        guard let call = seats[index].call else { return }
        answer(ticket, .reconciled(.found(call.id, stories[call.attempt]?.facts ?? [])))
    }

    /// It is over, and nobody saw how.
    private mutating func answerUnseen(_ call: FollowedCall, _ ticket: Ticket, at now: Timestamp) {
        guard let id = call.vendorCall else { return answer(ticket, .reconciled(.notFound)) }
        let ending = CallEnding(outcome: .unknown, vendorReason: "the end of the call was not seen")
        answer(ticket, .reconciled(.found(id, [DatedProgress(.ended(ending), at: now)])))
    }

    private func nobodyToAsk(_ who: String) -> VendorError {
        error(.unavailable, "GetState", code: "NoPage", "\(who) has no page open that is connected")
    }
}
