import DialModel
import EventWire
import Telephony

/// Agents' pages: their coming and going, what they fetch and what they bring (`vendors/alibaba-udesk.md`, B5).
extension BridgeFloor {
    mutating func take(_ visit: PageVisit, of agent: AgentID, _ ticket: Ticket, at now: Timestamp) {
        guard let index = seat(of: agent) else { return answer(ticket, .noSession(.otherGroup)) }
        switch visit {
        case .begin: begin(index, ticket, at: now)
        case .token(let session):
            guard isOpen(session, index, ticket, at: now) else { return }
            answer(ticket, .page(ConnectionToken.members(of: account, at: now)))
        case .commands(let session, let seq, let wait):
            guard isOpen(session, index, ticket, at: now) else { return }
            endPoll(index, at: now)
            let deadline = now + min(max(wait, .zero), BridgeRhythm.longestWait)
            seats[index].session?.poll = PageSession.Poll(ticket: ticket, since: now, deadline: deadline)
            confirm(seq, index)
            handOut(index, at: now)
        case .bring(let session, let items):
            guard isOpen(session, index, ticket, at: now) else { return }
            for item in seats[index].session?.news(of: items) ?? [] { take(item, index, at: now) }
            // The last item may have been that the page goes.
            answer(ticket, .page(.object(["taken": .integer(seats[index].session?.taken ?? items.count)])))
        }
    }

    /// Whether a session is the agent's present one; if it is not, the page is told so.
    private mutating func isOpen(_ session: String, _ index: Int, _ ticket: Ticket, at now: Timestamp) -> Bool {
        guard seats[index].session?.id == session else {
            answer(ticket, .noSession(seats[index].replaced == session ? .replaced : .unknown))
            return false
        }
        seats[index].session?.heardAt = now
        return true
    }

    /// An agent's page is there; one that was there before is not theirs any more.
    private mutating func begin(_ index: Int, _ ticket: Ticket, at now: Timestamp) {
        if let before = seats[index].session?.id {
            leave(
                index, because: error(.unavailable, "bridge", code: "PageReplaced", "another page was opened"), at: now)
            seats[index].replaced = before
        }
        let name = sessionName()
        seats[index].session = PageSession(id: name, now: now)
        seats[index].absentSince = nil
        // An SDK that is connected already has no reason to say where the vendor stands.
        wantLook(index, at: now + rhythm.answerLimit)
        let login = seats[index].login
        answer(
            ticket,
            .page(
                .object([
                    "session": .string(name), "agent": .string(login.agent.value), "name": .string(login.name),
                    "appId": .string(account.appID), "sdk": .string(account.sdkURL),
                    "sdkClass": .string(account.sdkClass), "domain": .string(account.domain),
                    "httpDomain": .string(account.httpDomain), "language": .string(account.language),
                    "wait": .integer(BridgeRhythm.longestWait.components.seconds),
                ])))
    }

    /// Answers a page that waits, if there is anything for it.
    mutating func handOut(_ index: Int, at now: Timestamp) {
        expire(index, at: now)
        guard let poll = seats[index].session?.poll, let session = seats[index].session, !session.queue.isEmpty else {
            return
        }
        let commands = seats[index].session?.handOut() ?? []
        seats[index].session?.poll = nil
        answer(poll.ticket, .page(self.commands(commands, for: poll, at: now)))
    }

    private mutating func confirm(_ seq: Int, _ index: Int) { seats[index].session?.confirm(seq) }

    /// Answers a page that waits although there is nothing for it.
    mutating func endPoll(_ index: Int, at now: Timestamp) {
        guard let poll = seats[index].session?.poll else { return }
        seats[index].session?.poll = nil
        answer(poll.ticket, .page(commands([], for: poll, at: now)))
    }

    /// Commands with how long each may be carried out yet, and how long the page has waited here.
    ///
    /// What else has passed since it asked was spent on the way, or asleep. All in real time, which is the page's.
    private func commands(_ commands: [PageSession.Queued], for poll: PageSession.Poll, at now: Timestamp) -> JSONValue
    {
        .object([
            "waited": .integer(rhythm.realMilliseconds(now - poll.since)),
            "commands": .array(
                commands.map {
                    $0.command.wire(seq: $0.seq, id: $0.id, within: rhythm.realMilliseconds($0.notAfter - now))
                }),
        ])
    }

    /// Takes back what must not be carried out any more; what was never handed out certainly was not.
    private mutating func expire(_ index: Int, at now: Timestamp) {
        let late = seats[index].pending.filter { $0.value.notAfter < now }
        for (id, pending) in late.sorted(by: { $0.key < $1.key })
        where seats[index].session?.withdraw(id) == true {
            seats[index].pending[id] = nil
            giveUp(pending.purpose, index, wasHandedOut: false, at: now)
        }
    }

    // MARK: What pages bring

    private mutating func take(_ item: PageItem, _ index: Int, at now: Timestamp) {
        switch item.content {
        case .answer(let id, let answer):
            guard let pending = seats[index].pending.removeValue(forKey: id) else {
                return takeLate(answer, to: id, index, at: now)
            }
            take(answer, to: pending.purpose, index, at: now)
        case .event(let event?): take(event, index, at: now)
        case .event(nil): return
        }
    }

    private mutating func take(_ event: SDKEvent, _ index: Int, at now: Timestamp) {
        seats[index].heardAt = now
        switch event {
        case .state(let snapshot): synchronise(snapshot, index, at: now)
        case .ready(let agent, let phone):
            seats[index].agentState = agent ?? seats[index].agentState
            seats[index].phoneState = phone ?? seats[index].phoneState
        case .agent(let state):
            seats[index].agentState = state
            if state != "busy" { seats[index].isAfterCall = false }
            if state == "idle" { seemsFree(index, at: now) }
        case .phone(let state): seats[index].phoneState = state
        case .phoneInCall(let state, let call):
            seats[index].phoneState = state
            // The phone may ring before the call is told of.
            if let call, seats[index].call?.isMeant(by: call, number: nil) == true {
                seats[index].call?.note(phone: state, at: now)
            }
            if call == nil, state == "idle" { seemsFree(index, at: now) }
        case .call(let news): take(news, index, at: now)
        case .disconnected: disconnect(index, at: now)
        case .closed:
            leave(index, because: error(.unavailable, "bridge", code: "PageClosed", "the page was closed"), at: now)
        }
    }

    /// The agent is said to be free: if a call of theirs has not ended, the vendor is asked.
    private mutating func seemsFree(_ index: Int, at now: Timestamp) {
        seats[index].foreignCall = nil
        guard seats[index].call?.vendorID != nil else { return }
        wantLook(index, at: now + BridgeRhythm.lookSoon)
    }

    // MARK: Coming and going

    /// The SDK has no connection: nobody knows what became of what it was told.
    private mutating func disconnect(_ index: Int, at now: Timestamp) {
        guard seats[index].isConnected || !seats[index].pending.isEmpty else { return }
        let failure = error(.unavailable, "bridge", code: "Disconnected", "the page has lost the vendor")
        lose(index, because: failure, at: now)
    }

    /// A page is gone.
    mutating func leave(_ index: Int, because failure: VendorError, at now: Timestamp) {
        lose(index, because: failure, at: now)
        endPoll(index, at: now)
        seats[index].session = nil
        seats[index].absentSince = now
        for inquiry in seats[index].inquiries { fail(inquiry.ticket, failure) }
        seats[index].inquiries = []
    }

    private mutating func lose(_ index: Int, because failure: VendorError, at now: Timestamp) {
        seats[index].isConnected = false
        seats[index].foreignCall = nil
        seats[index].lookAt = nil
        seats[index].call?.hasGap = true
        let pending = seats[index].pending
        seats[index].pending = [:]
        for (id, command) in pending.sorted(by: { $0.key < $1.key }) {
            let isUnsent = seats[index].session?.withdraw(id) ?? false
            giveUp(command.purpose, index, wasHandedOut: !isUnsent, at: now)
        }
        doubtDeclined(index, at: now)
        noteFailure(failure)
    }
}
