package import DialModel
import EventWire
package import Telephony

extension WellVendor {
    private static let operation = "makeCall"
    /// How long to place no calls while every automatic phone is in one.
    private static let pauseForDiallers = Duration.seconds(1)

    package func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        let turn: DialTurn
        switch board.with({ $0.reserve(request, at: clock.now) }) {
        case .success(let reserved): turn = reserved
        case .failure(let refused): throw explained(refused.why, request)
        }
        flush()
        guard let order = try await start(request, turn) else {
            throw explained(.agentBusy, request)
        }
        let call = WellOperation.makeCall(request, dialled: order.dialled, from: order.address.device)
        let result: Result<[UInt8], WellFailure>
        do {
            result = .success(try await gateway.send(call, session: order.session))
        } catch {
            result = .failure(error)
        }
        return try take(result, of: request, at: turn.agent)
    }

    /// Waits for the phone's turn and says what to send; nil, or an error, once the phone is given back.
    private func start(_ request: CallRequest, _ turn: DialTurn) async throws(VendorError) -> DialOrder? {
        if turn.notBefore <= request.notAfter { try? await clock.sleep(until: turn.notBefore) }
        let now = clock.now
        guard !Task.isCancelled, turn.notBefore <= now, now <= request.notAfter else {
            giveBack(request)
            throw error(
                .throttled(after: max(.zero, turn.notBefore - now)), Self.operation, "OwnDialInterval",
                "the phone may not dial again in time; nothing was sent")
        }
        guard let order = board.with({ $0.start(request, at: now) }) else {
            giveBack(request)
            return nil
        }
        return order
    }

    private func giveBack(_ request: CallRequest) {
        board.with { $0.release(request.attempt, at: clock.now) }
        flush()
    }

    private func take(
        _ result: Result<[UInt8], WellFailure>, of request: CallRequest, at agent: AgentID
    ) throws(VendorError) -> VendorCallID {
        let (answer, failure) = reading(result)
        let named = board.with { board in
            // An event may have told of the call before its answer was lost.
            let named = board.call(of: request.attempt)?.callID
            board.finish(request.attempt, of: agent, answer, at: clock.now)
            return named
        }
        flush()
        bells[agent]?.ring()
        if case .accepted(let callID) = answer { return VendorCallID(callID) }
        if answer == .unknown, let named { return VendorCallID(named) }
        throw meaning(of: failure, answer, agent)
    }

    private func reading(_ result: Result<[UInt8], WellFailure>) -> (DialAnswer, WellFailure) {
        switch result {
        case .success(let body):
            let malformed = WellFailure(Self.operation, .malformed)
            return (WellOperation.callID(in: body).map { .accepted(callID: $0) } ?? .unknown, malformed)
        case .failure(let failure):
            switch failure.cause {
            case .status(400..<500): return (.declined(failure.treatment), failure)
            case .transport(let error) where error.delivery == .notSent: return (.declined(nil), failure)
            case .status, .transport, .malformed, .signedOut, .cancelled: return (.unknown, failure)
            }
        }
    }

    /// What a request without a call means for its attempt.
    ///
    /// A refusal for the agent's or the session's sake has nothing to do with the callee. A request that the vendor turned
    /// away because its session had run out is not sent again: whoever looks after the agent renews the session.
    private func meaning(of failure: WellFailure, _ answer: DialAnswer, _ agent: AgentID) -> VendorError {
        guard case .declined(let treatment) = answer else {
            return failure.error(.outcomeUnknown, account, agent: agent)
        }
        switch treatment {
        case .refused: return failure.error(.refused(.refused), account, agent: agent)
        case nil: return failure.error(.unavailable, account, agent: agent)
        default: return failure.error(.refused(.notPlaced), account, agent: agent)
        }
    }

    private func explained(_ why: DialRefusal, _ request: CallRequest) -> VendorError {
        let agent = request.agent.map { "agent \($0)" } ?? "the automatic phone"
        func refused(_ meaning: VendorError.Meaning, _ code: String, _ message: String) -> VendorError {
            error(meaning, Self.operation, code, message)
        }
        switch why {
        case .noSuchAgent: return refused(.misconfigured, "NoSuchAgent", "\(agent) is not among the account's logins")
        case .agentAway: return refused(.refused(.notPlaced), "AgentAway", "\(agent) is not signed in")
        case .agentBusy: return refused(.refused(.notPlaced), "AgentBusy", "\(agent) is in a call or about to be")
        case .noDiallerFree:
            return refused(
                .throttled(after: Self.pauseForDiallers), "NoDiallerFree", "every automatic phone is in a call")
        case .prefixUnknown(let known):
            return refused(
                .misconfigured, "PrefixUnknown",
                "\(agent) may not dial with prefix \(request.prefix), only with \(known.joined(separator: ", "))")
        case .dropsAtOnce(let isHopeless):
            let words = "calls with this prefix and this number shown are dropped at once"
            return refused(
                isHopeless ? .misconfigured : .refused(.notPlaced), "DroppedAtOnce",
                isHopeless
                    ? "calls with this prefix are dropped at once, whichever number is shown: the prefix is missing or "
                        + "wrong, or no number shown is the trunk's" : words)
        }
    }
}
