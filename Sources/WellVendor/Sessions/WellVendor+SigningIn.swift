import DialModel
import EventWire
import Telephony

extension WellVendor {
    /// After the subscription, so that the event of the sign-in is not missed (A.3.2, step 7).
    private static let pauseAfterSubscribing = Duration.milliseconds(500)
    /// How long the vendor may take to show an agent as signed in whom it has let in.
    private static let confirmations = 10
    private static let confirmationInterval = Duration.seconds(1)

    /// Signs an agent in whose events reach us; returns when the vendor shows them as signed in (A.4).
    func signIn(_ agent: AgentID) async throws(WellFailure) {
        guard let login = board.with({ $0[agent]?.login }) else { return }
        _ = try await renew(login, insteadOf: board.with { $0[agent]?.session })
        try await awaitChannel(agent)
        try await door.pass(for: "agentLogin") { () async throws(WellFailure) in try await enter(agent) }
    }

    /// Has the vendor let an agent in, and waits until it says that they are.
    private func enter(_ agent: AgentID) async throws(WellFailure) {
        if try await bind(agent) { return }
        for _ in 0..<Self.confirmations {
            _ = try await sync(agent)
            if board.with({ $0[agent]?.isSignedIn }) == true { return try await learnPrefixes(of: agent) }
            try await pause(Self.confirmationInterval)
        }
        throw WellFailure("agentLogin", .signedOut)
    }

    /// Ends an agent's binding; one that is not there is no failure.
    func signOut(_ agent: AgentID) async throws(WellFailure) {
        guard let desk = board.with({ $0[agent] }), let session = desk.session else { return }
        do {
            _ = try await ask(.logOut(desk.address, session: session), as: agent)
        } catch {
            guard error.treatment == .signedOut else { throw error }
        }
        board.with { board in
            guard let index = board.index(of: agent) else { return }
            board.noteSignedOut(index)
            board.tellOfAgents(at: clock.now)
        }
        flush()
    }

    /// Waits in the time of the run.
    func pause(_ duration: Duration) async throws(WellFailure) {
        do {
            try await clock.sleep(for: duration)
        } catch {
            throw WellFailure("run", .cancelled)
        }
    }

    /// Waits until the agent's events have reached us for a moment.
    private func awaitChannel(_ agent: AgentID) async throws(WellFailure) {
        while true {
            let since = board.with { $0[agent]?.channelUpAt }
            if let since, since + Self.pauseAfterSubscribing <= clock.now { return }
            if let since {
                try await pause(since + Self.pauseAfterSubscribing - clock.now)
            } else {
                await bells[agent]?.wait()
            }
            if Task.isCancelled { throw WellFailure("run", .cancelled) }
        }
    }

    /// Asks for the agent's binding to the phone, and ends one that an earlier run left (A.4, step 7).
    ///
    /// True if the agent is signed in already, in a call that must not be lost.
    private func bind(_ agent: AgentID) async throws(WellFailure) -> Bool {
        do {
            try await requestBinding(agent)
            return false
        } catch {
            guard error.treatment == .alreadySignedIn else { throw error }
        }
        _ = try await sync(agent)
        if let desk = board.with({ $0[agent] }), desk.isSignedIn, !desk.openCalls.isEmpty {
            try await learnPrefixes(of: agent)
            return true
        }
        try await signOut(agent)
        try await requestBinding(agent)
        return false
    }

    private func requestBinding(_ agent: AgentID) async throws(WellFailure) {
        guard let desk = board.with({ $0[agent] }), let session = desk.session else { return }
        board.with { board in
            guard let index = board.index(of: agent) else { return }
            board.desks[index].mayBeSignedIn = true
        }
        let mode: AgentMode = account.dialsWhenNotReady || desk.login.isDialler ? .notReady : .ready
        _ = try await ask(
            .logIn(desk.address, password: desk.login.password, mode: mode, session: session), as: agent)
    }

    /// Learns with which prefixes the agent may dial; a vendor that does not say leaves it open.
    private func learnPrefixes(of agent: AgentID) async throws(WellFailure) {
        guard let address = board.with({ $0[agent]?.address }) else { return }
        let prefixes: [String]
        do {
            prefixes = WellOperation.prefixes(in: try await ask(.agentRecord(address), as: agent))
        } catch {
            guard case .status(400..<500) = error.cause, error.treatment == .refused else { throw error }
            return
        }
        board.with { board in
            guard let index = board.index(of: agent) else { return }
            board.desks[index].prefixes = prefixes
        }
    }
}
