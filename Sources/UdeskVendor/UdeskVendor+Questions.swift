package import DialModel
import EventWire
package import Telephony

extension UdeskVendor: NumberDirectory {
    /// The relay numbers; the vendor tells neither their regions nor their limits.
    package func outboundNumbers() async throws(VendorError) -> [OutboundNumber] {
        try await relayNumbers().map { OutboundNumber($0) }.sorted { $0.number < $1.number }
    }
}

extension UdeskVendor {
    private static let mostPages = 20

    /// The agents of the group, and when they were asked for.
    func monitoredAgents() async throws(VendorError) -> (agents: [AgentObservation], asOf: Timestamp) {
        let asOf = clock.now
        let members = try await gateway.ask(MonitoredAgent.path, MonitoredAgent.parameters(group: group))
        guard let agents = MonitoredAgent.observations(in: members) else { throw malformed(MonitoredAgent.path) }
        return (agents, asOf)
    }

    /// The tenant's relay numbers in the vendor's order, each of them once.
    func relayNumbers() async throws(VendorError) -> [String] {
        var numbers: [String] = []
        for page in 1...Self.mostPages {
            let members = try await gateway.ask(RelayNumbers.path, RelayNumbers.parameters(page: page))
            guard let listed = RelayNumbers.numbers(in: members) else { throw malformed(RelayNumbers.path) }
            let news = listed.filter { !numbers.contains($0) }
            numbers += news
            if listed.count < RelayNumbers.pageSize || news.isEmpty { break }
        }
        let first = numbers.first
        state.with { $0.defaultRelay = first }
        return numbers
    }

    /// The calls that the log has since an instant.
    func loggedCalls(since start: Timestamp) async throws(VendorError) -> [CallEvent] {
        let end = clock.now + CallBoard.clockTolerance
        var calls: [CallEvent] = []
        for page in 1...Self.mostPages {
            let parameters = CallLog.parameters(from: start, to: end, page: page)
            let members = try await gateway.ask(account.callLogPath, parameters)
            guard let listed = CallLog.calls(in: members) else { throw malformed(account.callLogPath) }
            calls += listed.calls
            if listed.count < CallLog.pageSize { break }
        }
        return calls
    }

    private func malformed(_ path: String) -> VendorError {
        gateway.error(.unavailable, path, code: OpenAPIFailure.malformed, "the answer has no list")
    }
}
