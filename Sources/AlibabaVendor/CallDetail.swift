import DialModel
import EventWire
import Telephony

/// A call as `ListCallEventDetailByContactId` tells of it (`vendors/alibaba-udesk.md`, A2.7).
struct CallDetail: Hashable, Sendable {
    /// One thing that happened in the call.
    struct Event: Hashable, Sendable {
        var name: String
        var at: Timestamp?
        /// `ivr`, `queue` or `agent`.
        var kind: String?
        var agentName: String?
        /// In seconds.
        var duration: Duration?
    }

    var caller: String?
    var callee: String?
    var startedAt: Timestamp?
    /// Who hung up.
    var releaseAgent: String?
    /// SIP text, `487-Request Terminated`; present once the call is over.
    var releaseReason: String?
    /// In the order of their times.
    var events: [Event]

    /// Reads the `Data` of an answer; nil when it tells of no call.
    init?(_ data: JSONValue) {
        caller = data["Caller"]?.phone
        callee = data["Callee"]?.phone
        startedAt = WireTime.instant(data["StartTime"])
        releaseAgent = data["ReleaseAgent"]?.text
        releaseReason = data["ReleaseReason"]?.text
        events = Self.inOrder(data["Events"]?.list(of: "CallEventDetail").compactMap(Event.init) ?? [])
        let saysNothing = events.isEmpty && releaseReason == nil && releaseAgent == nil
        if saysNothing, callee == nil, startedAt == nil { return nil }
    }

    /// Whether this can be the call to `number`.
    func concerns(_ number: CalleeSpelling) -> Bool {
        let spellings = [callee, caller].compactMap { $0 }
        return spellings.isEmpty || !spellings.allSatisfy { number.isContradicted(by: $0) }
    }

    /// Sorts by time; an event without one stays behind the event before it.
    private static func inOrder(_ events: [Event]) -> [Event] {
        var latest = Int64.min
        let keyed = events.enumerated().map { index, event in
            latest = event.at?.milliseconds ?? latest
            return (time: latest, index: index, event: event)
        }
        return keyed.sorted { ($0.time, $0.index) < ($1.time, $1.index) }.map(\.event)
    }
}

extension CallDetail.Event {
    init?(_ value: JSONValue) {
        guard let name = value["Event"]?.text else { return nil }
        self.name = name
        at = WireTime.instant(value["TimeStamp"] ?? value["Timestamp"])
        kind = (value["DetailData"]?["EventType"] ?? value["EventType"])?.text?.lowercased()
        agentName = value["AgentName"]?.text
        duration = value["Duration"]?.integer.flatMap { (0...1_000_000).contains($0) ? .seconds($0) : nil }
    }

    /// Whether the customer's leg is up once this happened: they alone reach an IVR, a queue or a ringing agent.
    ///
    /// `DialEx` calls the customer first, so even the ringing of an agent comes after the answer (A2.4, A4).
    var provesAnswer: Bool {
        switch name {
        case "EnterIVR", "EnterQueue", "WaitingInQueue", "NormalEnd": true
        case "Ring": kind == "agent"
        default: provesAbandonment
        }
    }

    /// Whether an answered call ended here without an agent.
    var provesAbandonment: Bool {
        ["ACDOverflow", "AbandonedRing", "AbandonedInQueue"].contains(name)
    }

    /// Whether a conversation ended here.
    var endsTalk: Bool {
        ["End", "Handle"].contains(name)
    }
}
