import DialModel
import Telephony

/// Answered calls of the vendor's auto-call project that agents are given (`vendors/well-wincall.md`, B.9, way B).
extension Floor {
    // MARK: The project

    /// Lets the agents be given calls of the project from now on, or takes them out of it.
    mutating func takeOwnCalls(_ takes: Bool, at now: Timestamp) {
        takesOwnCalls = takes
        for index in seats.indices { seeToProject(index, at: now) }
    }

    /// Has an agent enter or leave the project if they are not where they are to be.
    mutating func seeToProject(_ index: Int, at now: Timestamp) {
        guard let project, seats[index].state == .working, !seats[index].login.isDialler,
            seats[index].isInProject != takesOwnCalls, seats[index].pending[9] == nil, seats[index].pending[10] == nil
        else { return }
        send(takesOwnCalls ? .enterProject(project) : .leaveProject, index, for: .project, at: now)
    }

    /// The answer to entering or leaving the project; what is declined is tried again when the agent's state is next known.
    mutating func takeProject(_ result: CommandResult, _ index: Int, at now: Timestamp) {
        let verdict = ResultTable.verdict(on: ResultCode(result))
        guard result.code == 0 || verdict.reaction == .asWished else {
            if verdict.stopsEverybody {
                let error = error(.misconfigured, result, index)
                stopReason = error
                sendAway(index, because: error, at: now)
            } else if verdict.reaction == .signInAgain {
                signInAgain(index, at: now)
            }
            return
        }
        seats[index].isInProject = result.action == 9
        seeToProject(index, at: now)
    }

    // MARK: Its calls

    /// The end of a call is known by the message that another call of the project has come, where its own word got lost.
    mutating func endCallBefore(_ message: PhoneMessage, _ index: Int, at now: Timestamp) {
        guard let project, message.parameters.project == String(project) || message.state == .ringing(.autoCall),
            let call = seats[index].call, call.isAnother(message.parameters)
        else { return }
        endCall(index, endWasSeen: false, at: now)
    }

    /// A call that nobody of ours placed is the project's if its phone rings as such, or its parameters say so.
    mutating func recogniseOwnCall(_ state: PhoneState, _ index: Int) {
        guard let project, let call = seats[index].call, call.way == .foreign, !call.cameByColleague else { return }
        if let named = call.parameters.project, named != String(project) { return }
        guard state == .ringing(.autoCall) || call.parameters.project != nil else { return }
        seats[index].call?.way = .own
        seats[index].call?.answeredAt = call.since
    }

    /// What is told of a call of the project once its callee is known.
    mutating func followOwnCall(_ state: PhoneState, _ index: Int, at now: Timestamp) {
        guard let call = seats[index].call, call.way == .own else { return }
        if state == .talking, call.connectedAt == nil { seats[index].call?.connectedAt = now }
        guard call.own == nil, let callee = call.parameters.caller else {
            if state == .talking, call.connectedAt == nil { reportJoining(index) }
            return
        }
        if let waiting = takeReoffered(call) {
            seats[index].call?.own = waiting.own
            seats[index].call?.answeredAt = waiting.own.since
        } else if call.parameters.hasName {
            // A name that is given earlier would be another one after a new start of the run.
            let own = ownCall(call, callee: callee, index)
            seats[index].call?.own = own
            report(own, .answered(.unknown), at: own.since)
        }
        reportJoining(index)
    }

    private mutating func reportJoining(_ index: Int) {
        guard let call = seats[index].call, let own = call.own, let connectedAt = call.connectedAt else { return }
        report(own, .connected(seats[index].login.agent), at: connectedAt)
    }

    /// The phone of an agent is idle who had a call of the project.
    ///
    /// Where they did not take it, the vendor may offer it to another agent in a moment.
    mutating func endOwnCall(_ call: PhoneCall, endWasSeen: Bool, _ index: Int, at now: Timestamp) {
        let own = call.own ?? ownCall(call, callee: call.parameters.caller ?? "", index)
        if call.own == nil { report(own, .answered(.unknown), at: own.since) }
        let ending = call.ending(
            at: now, endWasSeen: endWasSeen, agent: seats[index].login.agent, callers: seats[index].grant.callers,
            connectedState: account.connectedState)
        guard call.connectedAt == nil, endWasSeen else { return report(own, .ended(ending), at: now) }
        reoffered.append(
            ReofferedCall(own: own, parameters: call.parameters, ending: ending, endedAt: now))
    }

    /// Calls that no other agent was offered in time are over since the last one had them.
    mutating func giveUpReoffered(at now: Timestamp) {
        while let call = reoffered.first, call.dueAt <= now {
            reoffered.removeFirst()
            report(call.own, .ended(call.ending), at: call.endedAt)
        }
    }

    private mutating func takeReoffered(_ call: PhoneCall) -> ReofferedCall? {
        let position = reoffered.firstIndex {
            $0.parameters.projectRow == call.parameters.projectRow && $0.parameters.callID == call.parameters.callID
                && $0.parameters.caller == call.parameters.caller
        }
        return position.map { reoffered.remove(at: $0) }
    }

    /// The call's name begins with the agent who would know of it, like that of every other (`reconcile`).
    private func ownCall(_ call: PhoneCall, callee: String, _ index: Int) -> OwnCall {
        let row = call.parameters.projectRow ?? ""
        let serial = call.parameters.callID ?? String(call.since.milliseconds)
        let origin = "row \(row) of project \(call.parameters.project ?? project.map(String.init) ?? "")"
        return OwnCall(
            id: VendorCallID("\(seats[index].login.agent)/\(row)/\(serial)"), callee: callee, since: call.since,
            origin: origin)
    }

    private mutating func report(_ own: OwnCall, _ progress: CallProgress, at instant: Timestamp) {
        emit(.report(.ownCall(own, progress, at: instant)))
    }

    /// Gives the call of the project that an agent is in the name by which an earlier run knew it, if it has none yet and
    /// is to this callee.
    mutating func nameOwnCall(_ wanted: FollowedCall, _ index: Int, at now: Timestamp) {
        guard let name = wanted.vendorCall, isNamelessOwn(wanted, index), let call = seats[index].call,
            let callee = call.parameters.caller
        else { return }
        var own = ownCall(call, callee: callee, index)
        own.id = name
        seats[index].call?.own = own
        report(own, .answered(.unknown), at: own.since)
        reportJoining(index)
    }

    /// Whether an agent is in a call of the project to this callee that has no name yet.
    func isNamelessOwn(_ wanted: FollowedCall, _ index: Int) -> Bool {
        guard let call = seats[index].call, call.way == .own, call.own == nil, let callee = call.parameters.caller,
            Self.agent(of: wanted.vendorCall) == seats[index].login.agent
        else { return false }
        return CalledNumber(wanted.number, prefix: wanted.prefix).isWritten(as: callee)
    }

    /// What is known of a call of the project that an agent is in, if it goes by this name.
    func ownFacts(of name: VendorCallID?, _ index: Int) -> [DatedProgress]? {
        guard let call = seats[index].call, let own = call.own, own.id == name else { return nil }
        let joined = call.connectedAt.map { DatedProgress(.connected(seats[index].login.agent), at: $0) }
        return [DatedProgress(.answered(.unknown), at: own.since)] + [joined].compactMap(\.self)
    }
}

/// A call of the project that its agent did not take, and that another may be offered.
struct ReofferedCall: Hashable, Sendable {
    var own: OwnCall
    var parameters: CallParameters
    /// How it ended unless another agent is offered it.
    var ending: CallEnding
    var endedAt: Timestamp

    /// When no other agent is expected to be offered it any more.
    var dueAt: Timestamp { endedAt + FloorRhythm.reofferLimit }
}
