import DialModel
import EventWire

/// A finished call as `ListCallDetailRecords` tells of it (`vendors/alibaba-udesk.md`, A2.7).
struct CallRecord: Hashable, Sendable {
    var contact: String
    /// What became of the call, `Success`.
    var disposition: String?
    var callingNumber: String?
    var calledNumber: String?
    var startedAt: Timestamp?
    var duration: Duration?
    /// Who took part, by RamId.
    var agents: [AgentID]

    init?(_ value: JSONValue) {
        guard let contact = value["ContactId"]?.text else { return nil }
        self.contact = contact
        disposition = value["ContactDisposition"]?.text
        callingNumber = value["CallingNumber"]?.phone
        calledNumber = value["CalledNumber"]?.phone
        startedAt = WireTime.instant(value["StartTime"])
        duration = value["Duration"]?.integer.flatMap { (0...1_000_000).contains($0) ? .seconds($0) : nil }
        agents = value["Agents"]?.list(of: "CallDetailAgent").compactMap { $0["AgentId"]?.text }.map(AgentID.init) ?? []
    }

    var endedAt: Timestamp? {
        guard let startedAt, let duration else { return nil }
        return startedAt + duration
    }
}
