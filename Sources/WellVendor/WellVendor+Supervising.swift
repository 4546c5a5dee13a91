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
        if case .consult(let phone) = intervention { return try await consult(phone, by: agent) }
        let operation = try operation(for: intervention, inCallOf: agent)
        do {
            _ = try await ask(operation, as: agent)
        } catch {
            throw error.error(error.meaningForAction, account, agent: agent)
        }
    }

    private func operation(
        for intervention: CallIntervention, inCallOf agent: AgentID
    ) throws(VendorError) -> WellOperation {
        guard let desk = board.with({ $0[agent] }), let callID = desk.openCalls.first else {
            throw error(.refused(.notPlaced), "intervene", "NoCall", "agent \(agent) is in no call")
        }
        if let phone = intervention.phone, !account.isInternal(phone) {
            // Whoever is outside is called by the campaign only, when all its rules allow that.
            throw error(
                .refused(.notPlaced), "intervene", "NoExtension",
                "only extensions can be given: 8 and three to five further digits, or the phone of one of the logins")
        }
        let leg = CallLeg(callID: callID, device: desk.address.device)
        switch intervention {
        case .listen(let phone): return .listen(to: callID, at: AgentAddress.device(phone, in: account.domain))
        case .barge(let phone): return .join(leg, by: phone)
        case .take(let phone): return .transfer(leg, to: phone)
        case .drop: return .drop(leg)
        case .hold: return .hold(leg)
        case .retrieve: return .retrieve(leg)
        case .consult(let phone): return .consult(leg, with: phone)
        case .cancelConsult: return try settling(.cancel, of: agent)
        case .conference: return try settling(.conference, of: agent)
        case .transfer: return try settling(.transfer, of: agent)
        case .startRecording: return .recording(.start, at: leg.device)
        case .stopRecording: return .recording(.stop, at: leg.device)
        }
    }

    /// What is asked about a consultation that an agent is in.
    private func settling(
        _ step: WellOperation.ConsultationStep, of agent: AgentID
    ) throws(VendorError) -> WellOperation {
        guard let (leg, call) = board.with({ $0.consultation(of: agent) }) else {
            throw error(.refused(.notPlaced), step.rawValue, "NoConsultation", "agent \(agent) consults nobody")
        }
        return .settle(call, by: step, of: leg)
    }

    /// Has the agent's phone call a colleague's; the events of that may come before the answer.
    private func consult(_ phone: String, by agent: AgentID) async throws(VendorError) {
        let operation = try operation(for: .consult(phone: phone), inCallOf: agent)
        guard board.with({ $0.beginConsultation(of: agent) }) != nil else {
            throw error(.refused(.notPlaced), "consult", "Consulting", "agent \(agent) consults somebody already")
        }
        do {
            let body = try await ask(operation, as: agent)
            board.with { $0.noteConsultation(of: agent, as: WellOperation.callID(in: body)) }
        } catch {
            let meaning = error.meaningForAction
            // What may have been carried out is told by its events.
            if meaning == .outcomeUnknown {
                board.with { $0.doubtConsultation(of: agent, at: clock.now) }
                bells[agent]?.ring()
            } else {
                board.with { $0.endConsultation(of: agent) }
            }
            throw error.error(meaning, account, agent: agent)
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
