import DialModel
import Telephony

/// What happens to agents' calls, and what the vendor says where it stands (`vendors/alibaba-udesk.md`, B3).
extension BridgeFloor {
    private static let mostEnded = 8

    // MARK: News

    mutating func take(_ news: SDKEvent.CallNews, _ index: Int, at now: Timestamp) {
        guard !seats[index].ended.contains(news.call) else { return }
        guard news.isOutbound, claim(news.call, number: news.customer, index, at: now) else {
            return takeForeign(news, index)
        }
        let agent = seats[index].login.agent
        let progress = seats[index].call?.take(news, agent: agent, at: now) ?? []
        if let call = seats[index].call { report(call, progress, at: now) }
        switch news.kind {
        case .cleared: endCall(index, isSeen: true, at: now)
        case .offered, .originated, .established, .held, .retrieved, .conferenced, .transferred:
            settleNews(index, at: now)
        }
    }

    /// Whether a call of the vendor's is the one of ours at this agent, which then goes by its name.
    private mutating func claim(_ vendorCall: String, number: String?, _ index: Int, at now: Timestamp) -> Bool {
        if let call = seats[index].call, call.isMeant(by: vendorCall, number: number) {
            seats[index].call?.vendorID = vendorCall
            return true
        }
        // The agent may have called anybody since.
        guard seats[index].call == nil, number != nil, var late = seats[index].doubted,
            late.isMeant(by: vendorCall, number: number)
        else { return false }
        late.vendorID = vendorCall
        late.enter(.accepted, at: now)
        seats[index].call = late
        seats[index].doubted = nil
        return true
    }

    /// What follows from there being news of a call.
    private mutating func settleNews(_ index: Int, at now: Timestamp) {
        switch seats[index].call?.phase {
        case .doubtful, .declined: accept(index, at: now)
        case .selecting, .asked, .accepted, nil: break
        }
        hangUpIfWanted(index, at: now)
    }

    private mutating func takeForeign(_ news: SDKEvent.CallNews, _ index: Int) {
        if news.kind == .cleared {
            if seats[index].foreignCall == news.call { seats[index].foreignCall = nil }
        } else {
            seats[index].foreignCall = news.call
            seats[index].foreignNumber = news.isOutbound ? news.customer : nil
            seats[index].isForeignEstablished = news.kind == .established
        }
    }

    /// The call is over, as was told or as follows from something else.
    mutating func endCall(_ index: Int, isSeen: Bool, at now: Timestamp) {
        guard let call = seats[index].call else { return }
        // News may come before the answer, the last of it too.
        accept(index, at: now)
        seats[index].call = nil
        seats[index].isAfterCall = seats[index].agentState == "busy"
        if let name = call.vendorID {
            seats[index].ended.append(name)
            if seats[index].ended.count > Self.mostEnded { seats[index].ended.removeFirst() }
        }
        let ending = call.ending(
            isSeen: isSeen, agent: seats[index].login.agent, ringingWords: account.ringingWords, at: now)
        report(call, [.ended(ending)], at: now)
        carryOutOrderAfterCall(index, at: now)
    }

    // MARK: Where the vendor stands

    /// Takes in the vendor's whole view of an agent.
    mutating func synchronise(_ snapshot: SDKEvent.Snapshot, _ index: Int, at now: Timestamp) {
        let isNew = !seats[index].isConnected
        seats[index].isConnected = true
        seats[index].agentState = snapshot.agent
        seats[index].phoneState = snapshot.phone
        seats[index].lookAt = nil
        if snapshot.agent != "busy" { seats[index].isAfterCall = false }
        if let name = snapshot.call, !seats[index].ended.contains(name) {
            synchronise(callNamed: name, snapshot, index, at: now)
        } else {
            seats[index].foreignCall = nil
            synchroniseWithoutCall(index, at: now)
        }
        settleInquiries(index, at: now)
        if isNew { askForNumbers(index, at: now) }
    }

    private mutating func synchronise(
        callNamed name: String, _ snapshot: SDKEvent.Snapshot, _ index: Int, at now: Timestamp
    ) {
        // Without a direction, only its number tells a call of ours from others.
        let mayBeOurs = snapshot.isOutbound ?? (snapshot.number != nil)
        if mayBeOurs, claim(name, number: snapshot.number, index, at: now) {
            seats[index].foreignCall = nil
            seats[index].call?.heardAt = now
            // What the vendor was told has not ended it.
            if !seats[index].isHangingUp { seats[index].call?.isEndSent = false }
            if snapshot.isEstablished {
                let agent = seats[index].login.agent
                let progress = seats[index].call?.established(agent, at: now) ?? []
                if let call = seats[index].call { report(call, progress, at: now) }
            }
            return settleNews(index, at: now)
        }
        // The agent is in another call, so not in ours.
        synchroniseWithoutCall(index, at: now)
        seats[index].foreignCall = name
        seats[index].foreignNumber = mayBeOurs ? snapshot.number : nil
        seats[index].isForeignEstablished = snapshot.isEstablished
    }

    private mutating func synchroniseWithoutCall(_ index: Int, at now: Timestamp) {
        guard let call = seats[index].call else { return }
        let isSettled = call.phaseSince + BridgeRhythm.settling <= now
        switch call.phase {
        case .selecting, .asked: return
        case .declined(let ticket, let failure): believe(failure, ticket, isSettled: isSettled, index, at: now)
        case .accepted where call.vendorID != nil || isSettled: endCall(index, isSeen: false, at: now)
        case .doubtful where isSettled:
            seats[index].doubted = call
            seats[index].call = nil
        // It may be on its way still.
        case .accepted, .doubtful: wantLook(index, at: call.phaseSince + BridgeRhythm.settling)
        }
    }

    /// The vendor declined and shows no call: that is believed once a call that is on its way would have shown.
    private mutating func believe(
        _ failure: VendorError, _ ticket: Ticket, isSettled: Bool, _ index: Int, at now: Timestamp
    ) {
        guard var call = seats[index].call else { return }
        var failure = failure
        seats[index].call = nil
        // Whoever was not free after all says nothing about the callee.
        if seats[index].activity(at: now) != .idle { failure.meaning = .refused(.notPlaced) }
        guard isSettled else {
            call.phase = .declined(ticket, failure)
            seats[index].call = call
            return wantLook(index, at: call.phaseSince + BridgeRhythm.settling)
        }
        call.enter(.doubtful, at: now)
        call.hasGap = true
        seats[index].doubted = call
        seats[index].heldUntil = now + BridgeRhythm.agentPause
        fail(ticket, failure)
    }

    /// What the agent may show; asked for once the page has a connection.
    private mutating func askForNumbers(_ index: Int, at now: Timestamp) {
        send(.spNumbers, index, for: .numbers, at: now)
        send(.currentSpNumber, index, for: .currentNumber, at: now)
        send(.listedNumbers, index, for: .listedNumbers, at: now)
        send(.pools, index, for: .pools, at: now)
    }

    // MARK: Looking

    /// Has the vendor asked where it stands, no later than then.
    mutating func wantLook(_ index: Int, at instant: Timestamp) {
        guard seats[index].session != nil else { return }
        seats[index].lookAt = min(seats[index].lookAt ?? instant, instant)
    }

    /// Agents without a page who are idle are in no call.
    mutating func endCallsOfAbsent(_ idle: [AgentID], at now: Timestamp) {
        for index in seats.indices where isAbsentInCall(seats[index]) && idle.contains(seats[index].login.agent) {
            synchroniseWithoutCall(index, at: now)
        }
    }

    func isAbsentInCall(_ seat: BridgeSeat) -> Bool { seat.session == nil && seat.call != nil }
}
