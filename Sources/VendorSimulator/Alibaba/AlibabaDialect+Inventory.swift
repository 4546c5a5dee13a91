import CallerID
import DialModel

/// What the account has (`vendors/alibaba-udesk.md`, A2.2).
extension AlibabaDialect {
    func listOutboundPhoneNumberOfUser(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let user = try agent(userID: parameters.required("UserId"))
        let page = try parameters.page()
        let numbers = inventory.numbers.filter {
            $0.dialsOut && ($0.owner == user.id || !$0.skillGroups.isEmpty)
        }
        let shown = page.slice(numbers)
        return [
            ("OutboundPhoneNumbers", .wrapped("PhoneNumber", shown.map(phoneNumber))),
            ("NumberList", .wrapped("Number", shown.map { .phone($0.number) })),
        ]
    }

    func listSkillGroupsOfUser(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let user = try agent(userID: parameters.required("UserId"))
        return [("SkillLevels", .wrapped("SkillLevel", [skillLevel(of: user)]))]
    }

    func listSkillGroups(_ parameters: AlibabaParameters) -> [(String, JSON)] {
        let ids = parameters.form.list("SkillGroupId")
        let names = parameters.form.list("SkillGroupName")
        let fits =
            (ids.isEmpty || ids.contains(settings.account.skillGroupID))
            && (names.isEmpty || names.contains(settings.account.skillGroupName))
        return [("SkillGroups", .wrapped("SkillGroup", fits ? [skillGroup] : []))]
    }

    func listTransferableSkillGroups() -> [(String, JSON)] {
        let group = skillGroup.adding([("AllowPrivateOutboundNumber", .bool(false))])
        return [("SkillGroups", .list([group]))]
    }

    func listPhoneNumbers(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let outboundOnly = try outboundOnly(parameters)
        let numbers = inventory.numbers.filter { !outboundOnly || $0.dialsOut }
        let shown = numbers.map { number in
            phoneNumber(number).adding([
                ("Assignee", .string(number.owner ?? "")), ("NumberCommodityStatus", .number(0)),
                ("SkillGroups", .wrapped("SkillGroup", number.skillGroups.map { _ in groupName })),
            ])
        }
        return [("PhoneNumbers", .wrapped("PhoneNumber", shown))]
    }

    func listPhoneTags(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let page = try parameters.page(isRequired: true, number: "CurrentPage")
        let outboundOnly = try outboundOnly(parameters)
        let asked = parameters.optional("Number")
        let numbers = inventory.numbers.filter {
            (!outboundOnly || $0.dialsOut) && (asked == nil || $0.number == asked)
        }
        let tags = page.slice(numbers).map { number in
            JSON.object(
                [("Number", .phone(number.number))] + regionMembers(number.region) + [
                    ("Concurrency", .number(1)), ("Type", .number(number.number.hasPrefix("1") ? 1 : 0)),
                    ("Provider", .string("simulator")), ("ServiceTag", .string("")),
                    ("Usage", .string(number.usage.rawValue)),
                    ("SkillGroupIdList", .list(number.skillGroups.map(JSON.string))),
                ])
        }
        return [("PhoneNumbers", .object([("List", .list(tags))] + page.members(total: numbers.count)))]
    }

    func getRoutePoint(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let flow = try parameters.required("ContactFlowId")
        return [
            ("RoutePoint", .string("ivr-\(flow)")), ("StatusCode", .string("200")), ("StatusDesc", .string("Okay")),
        ]
    }

    func getServiceExtensions(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let type = try parameters.required("ServiceType")
        let extensions: [JSON] =
            type == "SatisfactionSurvey" ? [.object([("Name", .string(type)), ("Number", .string("9000"))])] : []
        return [("ServiceExtensions", .wrapped("ServiceExtension", extensions))]
    }

    /// The agent's place in the one skill group.
    func skillLevel(of agent: SimulatedAgent) -> JSON {
        .object([
            ("SkillLevelId", .string("level-\(agent.id)")), ("Level", .number(5)),
            (
                "Skill",
                .object([
                    ("SkillGroupId", .string(settings.account.skillGroupID)),
                    ("SkillGroupName", .string(settings.account.skillGroupName)),
                    ("SkillGroupDescription", .string("")), ("InstanceId", .string(settings.account.instanceID)),
                    ("RoutingStrategy", .string("LONGEST_IDLE_TIME")),
                    ("OutboundPhoneNumbers", .wrapped("PhoneNumber", groupNumbers.map(phoneNumber))),
                ])
            ),
        ])
    }

    /// Refuses the id of a group that there is not.
    func requireGroup(_ id: String) throws(AlibabaRefusal) {
        guard id == settings.account.skillGroupID else { throw .notExists("SkillGroupId") }
    }

    private var groupName: JSON {
        .object([
            ("SkillGroupId", .string(settings.account.skillGroupID)),
            ("SkillGroupName", .string(settings.account.skillGroupName)),
        ])
    }

    private var skillGroup: JSON {
        groupName.adding([
            ("InstanceId", .string(settings.account.instanceID)), ("AccQueueName", .string(settings.account.queueName)),
            ("AccSkillGroupName", .string(settings.account.queueName)),
            ("SkillGroupDescription", .string("")), ("RoutingStrategy", .string("LONGEST_IDLE_TIME")),
            ("UserCount", .count(staff.count)),
            ("OutboundPhoneNumbers", .wrapped("PhoneNumber", groupNumbers.map(phoneNumber))),
        ])
    }

    private var groupNumbers: [OutboundNumber] {
        inventory.numbers.filter { $0.dialsOut && $0.skillGroups.contains(settings.account.skillGroupID) }
    }

    private func phoneNumber(_ number: OutboundNumber) -> JSON {
        .object(
            [("PhoneNumberId", .string("pn-\(number.number)")), ("Number", .phone(number.number))]
                + regionMembers(number.region) + [
                    ("Usage", .string(number.usage.rawValue)), ("AllowOutbound", .bool(number.allowsOutbound)),
                    ("PrivateFlag", .bool(number.owner != nil)), ("TestOnly", .bool(false)),
                    ("RemainingTime", .number(-1)), ("Trunks", .number(0)), ("SipTelX", .string("")),
                    ("PhoneNumberDescription", .string("")), ("InstanceId", .string(settings.account.instanceID)),
                ])
    }

    private func outboundOnly(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> Bool {
        _ = try parameters.required("OutboundOnly")
        return try parameters.boolean("OutboundOnly")
    }

    /// The simulator knows an agent's user by the very id that it has elsewhere.
    private func agent(userID: String) throws(AlibabaRefusal) -> SimulatedAgent {
        guard let agent = centre.agents.first(where: { $0.id == userID }) else { throw .notExists("UserId") }
        return agent
    }
}
