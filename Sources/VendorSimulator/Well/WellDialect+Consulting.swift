import DialModel

/// The call to a colleague who is consulted: it has a name of its own, and events on the topics of both
/// (`vendors/well-wincall.md`, A.5 and A.6).
extension WellDialect {
    mutating func consult(_ index: Int, with colleague: Int, in world: inout SimulatedCallCentre) -> RawAnswer {
        guard calls[index].consultID == nil else { return .refused(460) }
        let name = random.uuid()
        calls[index].consultID = name
        guard world.consult(calls[index].ordinal, agent: colleague, at: world.now) else {
            calls[index].consultID = nil
            return .refused(460)
        }
        return .json(.object([("callId", .string(name))]))
    }

    /// Does what is asked about a consultation; gives whether it could be.
    func settle(_ verb: String, _ ordinal: Int, in world: inout SimulatedCallCentre) -> Bool {
        switch verb {
        case "conference": world.confer(ordinal, at: world.now)
        case "transfer": world.handOver(ordinal, at: world.now)
        default: world.cancelConsultation(ordinal, at: world.now)
        }
    }

    /// The active call of somebody who is in a consultation, which is that; nil for others.
    func consultation(of agent: Int, _ world: SimulatedCallCentre) -> JSON? {
        for call in calls {
            guard let name = call.consultID, let first = call.parties.first,
                let colleague = world.calls[call.ordinal].consultation?.agent, [first, colleague].contains(agent)
            else { continue }
            let other = device(of: agent == first ? colleague : first, world)
            let isRinging = agent == colleague && world.agents[colleague].state == .ringing
            return .object([
                ("callId", .string(name)), ("ani", .string(device(of: first, world))),
                ("dnis", .string(device(of: colleague, world))), ("otherSide", .string(other)),
                ("direction", .string(agent == first ? "Out" : "In")),
                ("state", .string(isRinging ? "Alerting" : "Connect")),
            ])
        }
        return nil
    }

    /// Tells of a consultation.
    mutating func tellConsultation(_ entry: SimulatedCall.Entry, _ index: Int, _ world: SimulatedCallCentre) {
        guard let colleague = entry.agent, let name = calls[index].consultID,
            let agent = calls[index].parties.first(where: { $0 != colleague })
        else { return }
        let other = ("alertingDevice", JSON.string(device(of: colleague, world)))
        switch entry.happening {
        case .consultRing:
            emitConsult(
                "serviceInitiated", name, to: agent, from: agent, colleague, [("cause", .string("NORMAL"))], world)
            emitConsult("originated", name, to: agent, from: agent, colleague, [("cause", .string("NEWCALL"))], world)
            for party in [agent, colleague] {
                emitConsult(
                    "delivered", name, to: party, from: agent, colleague,
                    [other, ("callType", .string("Internal"))], world)
            }
        case .consultTalk:
            let answering = ("answeringDevice", JSON.string(device(of: colleague, world)))
            for party in [agent, colleague] {
                emitConsult("established", name, to: party, from: agent, colleague, [answering], world)
            }
        case .consultEnd:
            clearConsult(index, name, agent, colleague, world)
        case .conference: tellConference(index, name, agent, colleague, world)
        case .handOver: tellHandOver(index, name, agent, colleague, world)
        default: return
        }
    }

    private mutating func tellConference(
        _ index: Int, _ name: String, _ agent: Int, _ colleague: Int, _ world: SimulatedCallCentre
    ) {
        calls[index].consultID = nil
        calls[index].parties.append(colleague)
        for party in [agent, colleague] {
            emitConsult(
                "conferenced", calls[index].id, to: party, from: agent, colleague,
                merging(calls[index].id, name, into: calls[index].id) + [
                    ("conferencingDevice", .string(device(of: agent, world))),
                    ("addedParty", .string(device(of: colleague, world))),
                ], world)
        }
    }

    /// The call that is left has another name from now on.
    private mutating func tellHandOver(
        _ index: Int, _ name: String, _ agent: Int, _ colleague: Int, _ world: SimulatedCallCentre
    ) {
        let (old, new) = (calls[index].id, random.uuid())
        let members: [(String, JSON)] =
            merging(old, name, into: new) + [
                ("transferringDevice", .string(device(of: agent, world))),
                ("transferredToDevice", .string(device(of: colleague, world))), ("cause", .string("TRANSFER")),
            ]
        for party in [agent, colleague] {
            emitConsult("transferred", old, to: party, from: agent, colleague, members, world)
        }
        for call in [name, old] { clear(call, of: agent, agent, colleague, world) }
        calls[index].parties.removeAll { $0 == agent }
        calls[index].parties.append(colleague)
        calls[index].consultID = nil
        calls[index].id = new
        callsByID[new] = index
    }

    private mutating func clearConsult(
        _ index: Int, _ name: String, _ agent: Int, _ colleague: Int, _ world: SimulatedCallCentre
    ) {
        calls[index].consultID = nil
        for party in [agent, colleague] { clear(name, of: party, agent, colleague, world) }
    }

    private mutating func clear(
        _ name: String, of party: Int, _ agent: Int, _ colleague: Int, _ world: SimulatedCallCentre
    ) {
        let own = JSON.string(device(of: party, world))
        emitConsult(
            "connectionCleared", name, to: party, from: agent, colleague,
            [("releasingDevice", own), ("hangupDevice", own), ("cause", .string("NORMAL_CLEARING"))], world)
    }

    private func merging(_ held: String, _ consultation: String, into call: String) -> [(String, JSON)] {
        [("primaryOldCall", held), ("secondaryOldCall", consultation), ("newCall", call)].map { key, name in
            (key, .string(name))
        }
    }

    private mutating func emitConsult(
        _ event: String, _ name: String, to party: Int, from agent: Int, _ colleague: Int, _ members: [(String, JSON)],
        _ world: SimulatedCallCentre
    ) {
        let own = device(of: party, world)
        send(
            event, "csta", to: party,
            [
                ("callId", .string(name)), ("deviceId", .string(own)), ("connectionId", .string("\(own)|\(name)")),
                ("localState", .string("Connect")), ("callingDevice", .string(device(of: agent, world))),
                ("calledDevice", .string(device(of: colleague, world))),
            ] + members, world)
    }
}
