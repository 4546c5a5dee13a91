import DialModel
import Telephony

/// What follows from time alone.
extension BridgeFloor {
    func nextDeadline(of seat: BridgeSeat) -> Timestamp? {
        var instants = seat.pending.values.map(\.deadline)
        if let session = seat.session {
            instants.append(session.heardAt + rhythm.silence)
            if let poll = session.poll { instants.append(poll.deadline) }
            if let lookAt = seat.lookAt, !seat.isLooking { instants.append(lookAt) }
        }
        if let heldUntil = seat.heldUntil { instants.append(heldUntil) }
        if let rest = seat.quietRest(at: seat.heardAt) { instants.append(seat.heardAt + rest) }
        if let doubted = seat.doubted { instants.append(doubted.phaseSince + BridgeRhythm.doubtLimit) }
        if let call = seat.call { instants += deadlines(of: call, seat) }
        return instants.min()
    }

    private func deadlines(of call: BridgeCall, _ seat: BridgeSeat) -> [Timestamp] {
        var instants: [Timestamp] = []
        if seat.session == nil, let since = seat.absentSince { return [since + BridgeRhythm.longestAbsence] }
        if seat.isWorking { instants.append(call.heardAt + Self.quietLimit(of: call)) }
        if let endsAt = call.endsAt, isToBeEnded(call) { instants.append(endsAt) }
        return instants
    }

    private static func quietLimit(of call: BridgeCall) -> Duration {
        call.isEstablished ? BridgeRhythm.quietTalk : BridgeRhythm.quietRing
    }

    private func isToBeEnded(_ call: BridgeCall) -> Bool {
        !call.isEstablished && !call.isBeingEnded && call.vendorID != nil
    }

    mutating func passTime(_ index: Int, at now: Timestamp) {
        if let session = seats[index].session, session.heardAt + rhythm.silence <= now {
            let words = "nothing was heard of the page for \(Int(rhythm.silence.seconds)) s"
            leave(index, because: error(.unavailable, "bridge", code: "PageSilent", words), at: now)
        }
        for (id, pending) in seats[index].pending.sorted(by: { $0.key < $1.key }) where pending.deadline <= now {
            seats[index].pending[id] = nil
            let isUnsent = seats[index].session?.withdraw(id) ?? false
            giveUp(pending.purpose, index, wasHandedOut: !isUnsent, at: now)
        }
        if let until = seats[index].heldUntil, until <= now { seats[index].heldUntil = nil }
        if let doubted = seats[index].doubted, doubted.phaseSince + BridgeRhythm.doubtLimit <= now {
            seats[index].doubted = nil
        }
        if let rest = seats[index].quietRest(at: seats[index].heardAt), seats[index].heardAt + rest <= now {
            seats[index].heardAt = now
            seats[index].restLooks += 1
            wantLook(index, at: now)
        }
        if seats[index].activity(at: now) == .idle { seats[index].restLooks = 0 }
        passTimeInCall(index, at: now)
        lookIfDue(index, at: now)
        if let poll = seats[index].session?.poll, poll.deadline <= now { endPoll(index, at: now) }
    }

    private mutating func passTimeInCall(_ index: Int, at now: Timestamp) {
        guard let call = seats[index].call else { return }
        guard seats[index].session != nil else {
            if let since = seats[index].absentSince, since + BridgeRhythm.longestAbsence <= now {
                endCall(index, isSeen: false, at: now)
            }
            return
        }
        if seats[index].isWorking, call.heardAt + Self.quietLimit(of: call) <= now {
            seats[index].call?.heardAt = now
            wantLook(index, at: now)
        }
        if let endsAt = call.endsAt, endsAt <= now, isToBeEnded(call) {
            seats[index].call?.isBeingEnded = true
            hangUpIfWanted(index, at: now)
        }
    }

    private mutating func lookIfDue(_ index: Int, at now: Timestamp) {
        guard let due = seats[index].lookAt, due <= now, !seats[index].isLooking else { return }
        seats[index].lookAt = nil
        send(.connect, index, for: .look, at: now)
    }

    mutating func passTime(at now: Timestamp) {
        answerNumberAskers(at: now)
        guard seats.contains(where: isAbsentInCall) else {
            absentLookAt = nil
            return
        }
        let due = absentLookAt ?? now + BridgeRhythm.absentLook
        absentLookAt = due
        guard due <= now else { return }
        absentLookAt = now + BridgeRhythm.absentLook
        if let index = seats.firstIndex(where: \.isWorking) {
            send(.idleAgents, index, for: .idleAgents, at: now)
        }
    }

    /// The numbers are known once every page that is there has told its own.
    private mutating func answerNumberAskers(at now: Timestamp) {
        guard !numberAskers.isEmpty else { return }
        let present = seats.filter { $0.session != nil }
        let isKnown = !present.isEmpty && present.allSatisfy { $0.numbers.known != nil }
        for asker in numberAskers where isKnown || asker.deadline <= now {
            numberAskers.removeAll { $0.ticket == asker.ticket }
            let numbers = Set(present.flatMap { $0.numbers.known ?? [] })
            guard isKnown || !numbers.isEmpty else {
                fail(
                    asker.ticket,
                    error(
                        .unavailable, "GetSpNumbersAsync", code: "NoPage",
                        "no agent has opened their page at \(address)"))
                continue
            }
            answer(asker.ticket, .numbers(numbers.sorted()))
        }
    }
}
