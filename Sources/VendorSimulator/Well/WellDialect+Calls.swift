import DialModel
import EventWire

extension WellDialect {
    /// How long an answer is held back that the first events are to overtake.
    private static let lateAnswer = Duration.seconds(1)

    /// Calls a number from an agent's phone (`vendors/well-wincall.md`, A.5).
    mutating func makeCall(
        _ request: RawRequest, by agent: Int, in world: inout SimulatedCallCentre
    ) -> RawAnswer {
        guard request.method == "POST", let body = JSONValue(parsing: request.body), let callee = body["to"]?.text,
            let from = body["from"]?.text
        else { return .refused(400) }
        dials += 1
        var script = WellScript(callee)
        if let refusal = refusal(of: script, from, by: agent, in: world) { return refusal }
        let isForeign = body["originForDisplay"]?.text.map { !shownNumbers.contains($0) } ?? false
        let hasPrefix = tenant.trunkPrefixes.contains { callee.hasPrefix($0) && callee.count > $0.count + 6 }
        if isForeign || !hasPrefix { script = .dropsAtOnce }
        let ordinal = world.place(
            caller: body["originForDisplay"]?.text ?? "", callee: callee, destination: .agentFirst(agent),
            likeNumber: script == .dropsAtOnce ? WellScript.ringsOut : WellScript.likeNumber(callee), at: world.now)
        let call = WellCall(
            id: random.uuid(), ordinal: ordinal, analyses: body["cpa"]?.text == "1",
            script: script, parties: [agent])
        callsByOrdinal[ordinal] = calls.count
        callsByID[call.id] = calls.count
        calls.append(call)
        var answer = RawAnswer.json(.object([("callId", .string(call.id))]))
        if script == .answersLate { answer.delay = Self.lateAnswer }
        if script == .failsAfter || SimulatorFaults.strikes(faults.failAfterDialEvery, dials) { answer = .refused(500) }
        if script == .breaksAnswer || SimulatorFaults.strikes(faults.resetAfterDialEvery, dials) {
            answer.delivery = .hangThenReset
        }
        return answer
    }

    /// What is asked of a call that exists.
    mutating func control(
        _ place: WellCallPath, _ request: RawRequest, in world: inout SimulatedCallCentre
    ) -> RawAnswer {
        guard let index = callsByID[place.callID], world.calls[calls[index].ordinal].endedAt == nil else {
            return .refused(404)
        }
        let ordinal = calls[index].ordinal
        let body = JSONValue(parsing: request.body)
        guard let device = place.device else {
            guard place.verb == "spy", let target = FormParameters([request.query])["deviceId"] else {
                return .refused(404)
            }
            return join(ordinal, from: target, talks: false, in: &world)
        }
        guard let agent = agent(at: device), calls[index].parties.contains(agent) else { return .refused(404) }
        let isDone: Bool
        switch (request.method, place.verb) {
        case ("DELETE", ""):
            isDone =
                world.calls[ordinal].supervisors.contains(agent)
                ? world.leave(ordinal, supervisor: agent, at: world.now)
                : world.hangUp(ordinal, by: .agent, at: world.now)
        case ("POST", "answer"): isDone = world.agents[agent].state == .ringing
        case ("POST", "hold"): isDone = world.hold(ordinal, at: world.now)
        case ("POST", "retrieve"): isDone = world.retrieve(ordinal, at: world.now)
        case ("POST", "consult"):
            guard let target = body?["consultationParticipant"]?.text.flatMap(self.agent(at:)) else {
                return .refused(453)
            }
            return consult(index, with: target, in: &world)
        case ("POST", "cancelConsult"), ("POST", "conference"), ("POST", "transfer"):
            guard let name = body?["consultCallId"]?.text, name == calls[index].consultID else { return .refused(404) }
            isDone = settle(place.verb, ordinal, in: &world)
        case ("POST", "singleStepTransfer"):
            guard let target = body?["transferTo"]?.text.flatMap(self.agent(at:)) else { return .refused(453) }
            isDone = world.transfer(ordinal, toAgent: target, at: world.now)
        case ("POST", "singleStepConference"):
            let talks = body?["participationType"]?.text != "Silent"
            return join(ordinal, from: body?["conferenceParticipant"]?.text ?? "", talks: talks, in: &world)
        default: return .refused(404)
        }
        return isDone ? .done : .refused(400)
    }

    static let recordingRoot = "/api/csta/callControl/recording/"

    /// Begins or ends the recording of the call that a phone is in (`vendors/well-wincall.md`, A.5).
    mutating func record(_ request: RawRequest, in world: SimulatedCallCentre) -> RawAnswer {
        guard tenant.controlsRecordings else { return .refused(466) }
        guard request.method == "POST", let device = FormParameters([request.query])["extension"],
            let agent = agent(at: device),
            let index = calls.lastIndex(where: {
                $0.parties.contains(agent) && world.calls[$0.ordinal].answeredAt != nil
                    && world.calls[$0.ordinal].endedAt == nil
            })
        else { return .refused(400) }
        switch request.path.dropFirst(Self.recordingRoot.count) {
        case "Start" where calls[index].recordID == nil:
            calls[index].recordID = random.uuid()
            tellRecording("recordStarted", of: index, to: agent, world)
        case "Stop" where calls[index].recordID != nil:
            tellRecording("recordStopped", of: index, to: agent, world)
            calls[index].recordID = nil
        default: return .refused(400)
        }
        return .done
    }

    // MARK: Private

    private mutating func refusal(
        of script: WellScript?, _ from: String, by agent: Int, in world: SimulatedCallCentre
    ) -> RawAnswer? {
        defer { lastDialAt[agent] = world.now }
        if let last = lastDialAt[agent], world.now - last < tenant.dialInterval {
            violations += 1
            return .refused(429)
        }
        if SimulatorFaults.strikes(faults.failBeforeDialEvery, dials) || script == .failsBefore {
            return .refused(500)
        }
        if SimulatorFaults.strikes(faults.resetBeforeDialEvery, dials) {
            return RawAnswer(status: 500, delivery: .hangThenReset)
        }
        guard let binding = bindings[agent] else { return .refused(458) }
        guard binding.phone == localPart(from) else { return .refused(457) }
        if SimulatorFaults.strikes(faults.refuseDialEvery, dials) { return .refused(400) }
        if case .refuses(let status) = script { return .refused(status) }
        return world.agents[agent].isFree ? nil : .refused(460)
    }

    private func join(
        _ ordinal: Int, from device: String, talks: Bool, in world: inout SimulatedCallCentre
    ) -> RawAnswer {
        guard let supervisor = agent(at: device) else { return .refused(453) }
        return world.join(ordinal, supervisor: supervisor, talks: talks, at: world.now) ? .done : .refused(460)
    }
}
