package import DialModel
import EventWire
package import Telephony

extension WinCallVendor {
    /// Puts a question to the REST interface, and answers with the rows.
    func ask(_ question: EnterpriseQuestion) async throws(VendorError) -> [JSONValue] {
        let operation = question.rawValue.split(separator: "/").suffix(2).joined(separator: "/")
        let request = HTTPRequest(
            method: "GET", url: question.url(apiURL: account.apiURL, enterprise: account.enterprise),
            connectTimeout: clock.realTime(.seconds(5)), timeout: clock.realTime(.seconds(15)))
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            throw self.error(.unavailable, operation, code: error.code, error.message)
        }
        guard response.status == 200 else {
            let meaning: VendorError.Meaning = response.status == 404 ? .misconfigured : .unavailable
            throw error(
                meaning, operation, code: "HTTP \(response.status)", "the interface answered with an HTTP status")
        }
        switch EnterpriseAnswer(response.body) {
        case .rows(let rows): return rows
        case .refused(let code, let message):
            // The enterprise's code is empty or unknown (B.2).
            throw error(["401", "402"].contains(code) ? .misconfigured : .unavailable, operation, code: code, message)
        case .malformed: throw error(.unavailable, operation, code: "Malformed", "the answer cannot be read")
        }
    }
}

extension WinCallVendor: NumberDirectory {
    /// The numbers that the agents' sessions are granted; without a run, each is begun for it and ended, nobody signed in.
    package func outboundNumbers() async throws(VendorError) -> [OutboundNumber] {
        let queue = try await skillQueue()
        let group = String(queue.id)
        if let answer = await inbox.ask(.callers), case .callers(let callers) = try answer.get() {
            return callers.map { OutboundNumber($0, skillGroups: [group]) }
        }
        var callers: Set<String> = []
        for login in account.logins(for: queue) { callers.formUnion(try await grant(to: login).callers) }
        return callers.sorted().map { OutboundNumber($0, skillGroups: [group]) }
    }
}

extension WinCallVendor {
    /// What an agent's session is granted, which is begun to learn it and ended again.
    private func grant(to login: AgentLogin) async throws(VendorError) -> SignInGrant {
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
            try? await self.clock.sleep(for: FloorRhythm.answerLimit)
            return self.error(.unavailable, "Action 100", code: "NoAnswer", "the server did not answer in time")
        }
        guard let result = found.with({ $0 }) else { throw end }
        guard result.code == 0 else {
            let code = ResultCode(result)
            let isLasting = [.stopAgent, .stopCampaign].contains(ResultTable.reaction(to: code))
            throw VendorError(
                isLasting ? .misconfigured : .unavailable, vendor: account.name, operation: "Action 100",
                code: code.description, message: Redaction.clean(result.message, secret: login.password))
        }
        return SignInGrant(literal: result.message) ?? SignInGrant()
    }
}
