package import DialModel
import EventWire
package import Telephony

/// What only sessions tell: whom the vendor lets in, and which numbers they may show (`vendors/well-wincall.md`, B.4).
extension WinCallVendor: NumberDirectory {
    /// The numbers that the agents' sessions are granted; without a run, each is begun for it and ended, nobody signed in.
    package func outboundNumbers() async throws(VendorError) -> [OutboundNumber] {
        let queue = try await skillQueue()
        let group = String(queue.id)
        if let answer = await inbox.ask(.callers), case .callers(let callers) = try answer.get() {
            return callers.map { OutboundNumber($0, skillGroups: [group]) }
        }
        var callers: Set<String> = []
        for login in account.logins(for: queue) {
            let answer = try await beginSession(of: login)
            guard let grant = answer.grant else { throw answer.error(self) }
            callers.formUnion(grant.callers)
        }
        return callers.sorted().map { OutboundNumber($0, skillGroups: [group]) }
    }

    /// Proves that an agent of the group is let in and that each of the numbers may be shown by somebody, asking no more
    /// agents than that takes.
    ///
    /// One whom the vendor takes for signed in elsewhere proves nothing either way: it may be a session of an earlier run.
    func proveLogins(for queue: SkillQueue, callerIDs: [String]) async throws(VendorError) {
        var isLetIn = false
        var isInDoubt = false
        var refusals: [VendorError] = []
        var missing = Set(callerIDs)
        for login in account.logins(for: queue) where !isLetIn || !missing.isEmpty {
            let answer = try await beginSession(of: login)
            if let grant = answer.grant {
                isLetIn = true
                if grant.callers.isEmpty { missing = [] }
                missing.subtract(grant.callers)
                continue
            }
            let error = answer.error(self)
            switch answer.verdict.reaction {
            case .signedInElsewhere: isInDoubt = true
            // The licences of the enterprise are in use, so the account is in order.
            case .noMoreAgents: return
            case .stop where answer.verdict.stopsEverybody: throw error
            case .stop: refusals.append(error)
            default: throw error
            }
        }
        if isInDoubt { return }
        guard isLetIn else { throw nobodyIsLetIn(refusals) }
        guard missing.isEmpty || !refusals.isEmpty else {
            throw error(
                .misconfigured, "Action 100", code: "ForeignNumber",
                "none of the agents may show " + missing.sorted().joined(separator: ", "))
        }
    }

    /// The vendor's words about each agent whom it does not let in; the code is that of the first.
    private func nobodyIsLetIn(_ refusals: [VendorError]) -> VendorError {
        error(
            .misconfigured, "Action 100", code: refusals.first?.code ?? "",
            "the vendor lets none of the agents in: " + refusals.map(\.message).joined(separator: "; "))
    }

    /// What the vendor said to the beginning of an agent's session.
    private struct SessionAnswer: Sendable {
        var login: AgentLogin
        var result: CommandResult

        /// What the session is granted; nil for one that is not.
        var grant: SignInGrant? {
            result.code == 0 ? SignInGrant(literal: result.message) ?? SignInGrant() : nil
        }

        var verdict: Verdict { ResultTable.verdict(on: ResultCode(result)) }

        /// The refusal in words that name the agent.
        func error(_ vendor: WinCallVendor) -> VendorError {
            let code = ResultCode(result).description
            let words = "agent \(login.agent) (\(code)) " + result.message
            return VendorError(
                verdict.reaction == .stop ? .misconfigured : .unavailable, vendor: vendor.account.name,
                operation: "Action 100", code: code, message: Redaction.clean(words, secret: login.password))
        }
    }

    /// Begins an agent's session to learn what it is granted, and ends it again; nobody is signed in by that.
    ///
    /// A connection that breaks proves nothing of the account, and is tried again once or twice.
    private func beginSession(of login: AgentLogin) async throws(VendorError) -> SessionAnswer {
        let pause = Duration.seconds(1).stretched(toAtLeast: .seconds(1), at: clock.speed)
        for _ in 0..<2 {
            do throws(VendorError) {
                return try await beginSessionOnce(of: login)
            } catch {
                guard error.meaning == .unavailable, error.code != "NoAnswer",
                    (try? await clock.sleep(for: pause)) != nil
                else { throw error }
            }
        }
        return try await beginSessionOnce(of: login)
    }

    private func beginSessionOnce(of login: AgentLogin) async throws(VendorError) -> SessionAnswer {
        let outlet = AgentChannel.Outlet()
        let found = Locked<CommandResult?>(nil)
        let begin = AgentCommand.initialise(
            enterprise: account.enterprise, agent: login.agent.value,
            password: login.wirePassword(account.passwordFormat), phone: login.phone)
        let end = await firstOf {
            await self.channel.run(outlet) { arrival in
                switch arrival {
                case .opened: outlet.send(begin)
                case .message(.result(let result)) where result.action == begin.action:
                    found.with { $0 = result }
                    outlet.send(.uninitialise)
                    outlet.close()
                case .message: return
                }
            }
        } or: {
            try? await self.clock.sleep(for: self.rhythm.answerLimit)
            return self.error(.unavailable, "Action 100", code: "NoAnswer", "the server did not answer in time")
        }
        guard let result = found.with({ $0 }) else { throw end }
        return SessionAnswer(login: login, result: result)
    }
}
