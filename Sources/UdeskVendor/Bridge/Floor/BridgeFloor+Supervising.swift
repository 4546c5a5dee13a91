import DialModel
import Telephony

/// What supervisors want of agents and of their calls (`vendors/alibaba-udesk.md`, B2.1).
extension BridgeFloor {
    mutating func carryOut(_ order: AgentOrder, _ agent: AgentID, _ ticket: Ticket, at now: Timestamp) {
        guard let index = workingSeat(of: agent, ticket) else { return }
        guard seats[index].call == nil else {
            // Who is in a call changes after it.
            seats[index].orderAfterCall = order == .makeReady ? nil : order
            return answer(ticket, .done)
        }
        wish(command(for: order), index, ticket, at: now)
    }

    mutating func carryOutOrderAfterCall(_ index: Int, at now: Timestamp) {
        guard let order = seats[index].orderAfterCall else { return }
        seats[index].orderAfterCall = nil
        send(command(for: order), index, for: .wish(nil), at: now)
    }

    private func command(for order: AgentOrder) -> SDKCommand {
        switch order {
        case .makeReady: .setState("idle")
        case .sendOnBreak: .setState("onBreak", sub: account.breakCode)
        case .signOut: .setState("offline")
        }
    }

    mutating func intervene(_ intervention: CallIntervention, _ agent: AgentID, _ ticket: Ticket, at now: Timestamp) {
        guard let index = workingSeat(of: agent, ticket) else { return }
        guard let call = seats[index].call?.vendorID ?? seats[index].foreignCall else {
            return fail(ticket, refusal("NotInCall", "agent \(agent) is in no call"))
        }
        switch intervention {
        case .drop: wish(.hangUp(call), index, ticket, at: now)
        case .hold: wish(.hold(call), index, ticket, at: now)
        case .retrieve: wish(.recover(call), index, ticket, at: now)
        case .listen(let phone): supervise(.listen(call, to: agent), from: phone, ticket, at: now)
        case .barge(let phone): supervise(.barge(call, of: agent), from: phone, ticket, at: now)
        case .take(let phone):
            take(call, of: agent, index, by: AgentID(phone), ticket, at: now)
        case .consult, .cancelConsult, .conference, .transfer:
            fail(ticket, refusal("NotOffered", "agents consult colleagues in the vendor's own workbench"))
        case .startRecording, .stopRecording:
            fail(ticket, refusal("NotOffered", "the vendor has no method for recording"))
        }
    }

    /// Has a call handed over: to an agent at their own page, or from the page of the agent in it to whoever has none open,
    /// an outside line if they are none of the account's.
    ///
    /// Where the vendor declines, the agent keeps the callee; there is nothing to fall back on.
    private mutating func take(
        _ call: String, of agent: AgentID, _ index: Int, by taker: AgentID, _ ticket: Ticket, at now: Timestamp
    ) {
        guard let seat = seat(of: taker) else {
            return wish(.transfer(call, phone: taker.value), index, ticket, at: now)
        }
        if seats[seat].isWorking {
            wish(.take(call, from: agent), seat, ticket, at: now)
        } else {
            wish(.transfer(call, to: taker), index, ticket, at: now)
        }
    }

    /// Has a supervisor's own page do something; what stands for their phone is their number as an agent.
    private mutating func supervise(_ command: SDKCommand, from phone: String, _ ticket: Ticket, at now: Timestamp) {
        guard let index = seat(of: AgentID(phone)), seats[index].isWorking else {
            return fail(
                ticket,
                refusal("NoSupervisorPage", "the supervisor has no page open; name the number of an agent who has"))
        }
        wish(command, index, ticket, at: now)
    }

    private mutating func workingSeat(of agent: AgentID, _ ticket: Ticket) -> Int? {
        guard let index = seat(of: agent), seats[index].isWorking else {
            fail(ticket, refusal("NoPage", "agent \(agent) has no page open that is connected"))
            return nil
        }
        return index
    }

    private func refusal(_ code: String, _ words: String) -> VendorError {
        error(.refused(.refused), "bridge", code: code, words)
    }
}
