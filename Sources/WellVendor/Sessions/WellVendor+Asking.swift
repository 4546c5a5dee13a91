import DialModel
import EventWire
import Telephony

extension WellVendor {
    /// Sends an operation under an agent's session and answers with the body of a success.
    ///
    /// A session that has run out is renewed, and the operation, which the vendor did not carry out, is sent once more.
    func ask(_ operation: WellOperation, as agent: AgentID) async throws(WellFailure) -> [UInt8] {
        guard let desk = board.with({ $0[agent] }), let session = desk.session else {
            throw WellFailure(operation.name, .signedOut)
        }
        let failure: WellFailure
        do {
            return try await gateway.send(operation, session: session)
        } catch {
            failure = error
        }
        guard failure.treatment == .sessionExpired else { throw failure }
        let renewed = try await renew(desk.login, insteadOf: session)
        return try await gateway.send(operation, session: renewed)
    }

    /// Gets an agent a new session, unless somebody else has done so since.
    func renew(_ login: AgentLogin, insteadOf old: Secret?) async throws(WellFailure) -> Secret {
        if let present = board.with({ $0[login.agent]?.session }), present != old { return present }
        let session = try await gateway.session(of: login)
        board.with { $0.note(session: session, of: login.agent) }
        return session
    }

    /// Compares an agent's state with the vendor's until nothing happens in between, or for a few times.
    ///
    /// Throws `.unavailable` when the vendor could not be asked.
    func compare(_ agent: AgentID) async throws(VendorError) -> Bool {
        do {
            return try await sync(agent)
        } catch {
            throw error.error(.unavailable, account, agent: agent)
        }
    }

    /// Compares an agent's state with the vendor's; false if something happened in between each time.
    func sync(_ agent: AgentID) async throws(WellFailure) -> Bool {
        for _ in 0..<Self.mostComparisons {
            guard let revision = board.with({ $0[agent]?.revision }) else { return true }
            let body = try await ask(.clientState, as: agent)
            guard let state = ClientState(body) else { throw WellFailure(WellOperation.clientState.name, .malformed) }
            let isTaken = board.with { $0.sync(agent, with: state, revision: revision, at: clock.now) }
            flush()
            if isTaken { return true }
        }
        return false
    }

    private static let mostComparisons = 3
}
