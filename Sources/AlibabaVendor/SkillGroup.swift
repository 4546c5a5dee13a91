import DialModel
import EventWire
import Telephony

/// A skill group as `ListSkillGroups` tells of it (`vendors/alibaba-udesk.md`, A2.2).
struct SkillGroup: Hashable, Sendable {
    var id: String
    var name: String
    /// The `AccQueueName`, which is where `DialEx` sends answered calls.
    var queue: String?
    /// The numbers that may call out, in their canonical spelling; nil when the answer does not list numbers.
    var outboundNumbers: [String]?

    init?(_ value: JSONValue) {
        guard let id = value["SkillGroupId"]?.text else { return nil }
        self.id = id
        name = value["SkillGroupName"]?.text ?? id
        queue = value["AccQueueName"]?.text
        outboundNumbers = value["OutboundPhoneNumbers"]?.list(of: "PhoneNumber").compactMap { number in
            number["AllowOutbound"]?.flag != false && OutboundNumber.Usage(number["Usage"]) != .inbound
                ? number["Number"]?.phone.map { NumberSpelling.canonical($0) } : nil
        }
    }
}

extension Gateway {
    private static let mostNamesShown = 20

    /// Every group of the instance.
    func skillGroups(priority: RequestRate.Priority = .question) async throws(VendorError) -> [SkillGroup] {
        let payload = try await ask("ListSkillGroups", ["InstanceId": account.instanceID], priority: priority).payload
        return payload["SkillGroups"]?.list(of: "SkillGroup").compactMap(SkillGroup.init) ?? []
    }

    /// The group that a campaign means, by id or by name.
    func skillGroup(named wanted: String) async throws(VendorError) -> SkillGroup {
        let action = "ListSkillGroups"
        let groups = try await skillGroups(priority: .dial)
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
