import DialModel
import Telephony

/// A skill group as `ListSkillGroups` tells of it (`vendors/alibaba-udesk.md`, A2.2).
struct SkillGroup: Hashable, Sendable {
    var id: String
    var name: String
    /// The `AccQueueName`, which is where `DialEx` sends answered calls.
    var queue: String?
    /// The numbers that may call out; nil when the answer does not list numbers.
    var outboundNumbers: [String]?

    init?(_ value: JSONValue) {
        guard let id = value["SkillGroupId"]?.text else { return nil }
        self.id = id
        name = value["SkillGroupName"]?.text ?? id
        queue = value["AccQueueName"]?.text
        outboundNumbers = value["OutboundPhoneNumbers"]?.list(of: "PhoneNumber").compactMap { number in
            number["AllowOutbound"]?.flag != false && Self.callsOut(number["Usage"]?.text)
                ? number["Number"]?.phone : nil
        }
    }

    /// Whether a number's usage lets it call out; `Outboung` is the vendor's own spelling (A1.5).
    private static func callsOut(_ usage: String?) -> Bool {
        switch usage {
        case "Inbound": false
        default: true
        }
    }
}

extension Gateway {
    private static let mostNamesShown = 20

    /// The group that a campaign means, by id or by name.
    func skillGroup(named wanted: String) async throws(VendorError) -> SkillGroup {
        let action = "ListSkillGroups"
        let payload = try await ask(action, ["InstanceId": account.instanceID], priority: .dial).payload
        let groups = payload["SkillGroups"]?.list(of: "SkillGroup").compactMap(SkillGroup.init) ?? []
        let matches = groups.contains { $0.id == wanted } ? [wanted] : groups.filter { $0.name == wanted }.map(\.id)
        guard let match = matches.first, let group = groups.first(where: { $0.id == match }) else {
            let names = groups.map(\.name).sorted().prefix(Self.mostNamesShown).map { "“\($0)”" }
            let existing = names.isEmpty ? "the instance has none" : "the instance has " + names.joined(separator: ", ")
            throw error(
                .misconfigured, action, code: "UnknownSkillGroup", "there is no skill group “\(wanted)”; \(existing)")
        }
        guard matches.count == 1 else {
            throw error(
                .misconfigured, action, code: "AmbiguousSkillGroup",
                "\(matches.count) skill groups are called “\(wanted)”; give the id of one")
        }
        return group
    }
}
