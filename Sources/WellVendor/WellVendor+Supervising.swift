package import DialModel
import EventWire
package import Telephony

extension WellVendor: AgentSupervising {
    package func order(_ order: AgentOrder, of agent: AgentID) async throws(VendorError) {
        guard let desk = board.with({ $0[agent] }) else {
            throw error(.refused(.notPlaced), order.rawValue, "NoSuchAgent", "agent \(agent) is not among the logins")
        }
        switch order {
        case .makeReady:
            let wasSignedIn = desk.isSignedIn
            board.with { board in
                board.note(agent, isDismissed: false, at: clock.now)
                // Whoever signs in anew is on no break.
                if !wasSignedIn { board.note(agent, isOnBreak: false, at: clock.now) }
            }
            bells[agent]?.ring()
            guard wasSignedIn else { return }
            try await setMode(account.dialsWhenNotReady ? .notReady : .ready, of: desk)
            board.with { $0.note(agent, isOnBreak: false, at: clock.now) }
        case .sendOnBreak:
            guard desk.isSignedIn else {
                throw error(.refused(.notPlaced), order.rawValue, "SignedOut", "agent \(agent) is not signed in")
            }
            try await setMode(.notReady, of: desk)
            board.with { $0.note(agent, isOnBreak: true, at: clock.now) }
        case .signOut:
            // Whoever looks after the agent signs them out, after the present call where there is one.
            board.with { $0.note(agent, isDismissed: true, at: clock.now) }
            bells[agent]?.ring()
        }
        flush()
    }

    package func intervene(
        _ intervention: CallIntervention, inCallOf agent: AgentID
    ) async throws(VendorError) {
        guard let desk = board.with({ $0[agent] }), let callID = desk.openCalls.first else {
            throw error(.refused(.notPlaced), "intervene", "NoCall", "agent \(agent) is in no call")
        }
        let leg = CallLeg(callID: callID, device: desk.address.device)
        let operation: WellOperation =
            switch intervention {
            case .listen(let phone): .listen(to: callID, at: AgentAddress.device(phone, in: account.domain))
            case .barge(let phone): .join(leg, by: phone)
            case .take(let phone): .transfer(leg, to: phone)
            case .drop: .drop(leg)
            case .hold: .hold(leg)
            case .retrieve: .retrieve(leg)
            case .startRecording: .recording(.start, at: leg.device)
            case .stopRecording: .recording(.stop, at: leg.device)
            }
        do {
            _ = try await ask(operation, as: agent)
        } catch {
            throw error.error(error.meaningForAction, account, agent: agent)
        }
    }

    private func setMode(_ mode: AgentMode, of desk: Desk) async throws(VendorError) {
        do {
            _ = try await ask(.setMode(mode, of: desk.address), as: desk.login.agent)
        } catch {
            throw error.error(error.meaningForAction, account, agent: desk.login.agent)
        }
    }
}

extension Switchboard {
    /// Notes whether a supervisor wants an agent to be signed out.
    mutating func note(_ agent: AgentID, isDismissed: Bool, at now: Timestamp) {
        guard let index = index(of: agent) else { return }
        desks[index].isDismissed = isDismissed
        tellOfAgents(at: now)
    }

    /// Notes whether a supervisor has sent an agent on a break.
    mutating func note(_ agent: AgentID, isOnBreak: Bool, at now: Timestamp) {
        guard let index = index(of: agent) else { return }
        desks[index].isOnBreak = isOnBreak
        tellOfAgents(at: now)
    }
}
