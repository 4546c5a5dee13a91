import DialModel

/// What agents do (`vendors/alibaba-udesk.md`, A2.3).
extension AlibabaDialect {
    func listAgentStates(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        if let group = parameters.optional("SkillGroupId") { try requireGroup(group) }
        let ids = parameters.commaList("AgentIds")
        guard ids.count <= 50 else { throw .parameter("Maximum", "AgentIds") }
        let states = parameters.commaList("State")
        let known = SimulatedAgent.State.allCases.filter { $0 != .signedOut }.map(\.rawValue)
        guard states.allSatisfy(known.contains) else { throw .parameter("Enumeration", "State") }
        let page = try parameters.page()
        let agents = staff.filter { agent in
            isListed(agent) && (ids.isEmpty || ids.contains(agent.id))
                && (states.isEmpty || states.contains(agent.state.rawValue))
        }
        let shown = page.slice(agents).map { agent in
            JSON.object([
                ("AgentId", .string(agent.id)), ("AgentName", .string(agent.name)),
                ("LoginName", .string(agent.login)), ("Dn", .string(agent.extensionNumber)),
                ("InstanceId", .string(settings.account.instanceID)), ("State", .string(agent.state.rawValue)),
                ("StateDuration", .string(String((centre.now - agent.since).components.seconds))),
            ])
        }
        let list = [("List", JSON.wrapped("RealTimeAgentState", Array(shown)))]
        return [("Data", .object(list + page.members(total: agents.count)))]
    }

    /// Only agents to whom a call could be transferred are listed: those who are idle.
    func listRealTimeAgent() -> [(String, JSON)] {
        let users = staff.filter { $0.state == .ready }.map { agent in
            JSON.object([
                ("RamId", .string(agent.id)), ("DisplayName", .string(agent.name)),
                ("Dn", .string(agent.extensionNumber)), ("Phone", .string("")),
                ("State", .count(agent.state.code)), ("StateDesc", .string(agent.state.rawValue)),
                ("SkillLevels", .wrapped("SkillLevel", [skillLevel(of: agent)])),
            ])
        }
        return [("Data", .wrapped("User", users))]
    }

    func listSkillGroupStates(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let ids = parameters.commaList("SkillGroupIds")
        guard ids.count <= 50 else { throw .parameter("Maximum", "SkillGroupIds") }
        let page = try parameters.page()
        let fits = ids.isEmpty || ids.contains(settings.account.skillGroupID)
        let groups = page.slice(fits ? [skillGroupState] : [])
        let list = [("List", JSON.wrapped("RealTimeSkillGroupState", Array(groups)))]
        return [("Data", .object(list + page.members(total: fits ? 1 : 0)))]
    }

    func listAgentStateLogs(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let agent = try agent(ramID: parameters.required("RamId"))
        _ = try parameters.required("StartTime")
        _ = try parameters.required("EndTime")
        let window = try parameters.window(
            "StartTime", "EndTime", default: centre.now...centre.now, limit: .seconds(2 * 3600))
        let page = try parameters.page(isRequired: true)
        let log = agent.log.filter { window.contains($0.at) }
        let shown = page.slice(log).map { change in
            JSON.object([
                ("RamId", .string(agent.id)), ("State", .string(change.state.rawValue)), ("StateCode", .string("")),
                ("StateTime", .number(change.at.milliseconds)),
                ("ContactId", .string(change.call.map { contactID(of: $0) } ?? "")), ("ConnectId", .string("")),
                ("CounterParty", .string(change.call.map { centre.calls[$0].callee } ?? "")),
                ("SkillGroupIds", .string(settings.account.skillGroupID)),
                ("InstanceId", .string(settings.account.instanceID)),
            ])
        }
        return [("AgentStateLogPage", .object([("List", .list(Array(shown)))] + page.members(total: log.count)))]
    }

    func listAgentEvents(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let ids = try parameters.requiredList("RamId")
        let words = parameters.form.list("Event")
        let hour = Duration.seconds(3600)
        let window = try parameters.window(
            "StartTime", "StopTime", default: (centre.now - hour)...centre.now, limit: hour)
        let groups = JSON.wrapped("SkillGroup", [.string(settings.account.skillGroupID)])
        let events = staff.filter { ids.contains($0.id) }.flatMap { agent in
            agent.log.compactMap { change -> JSON? in
                guard window.contains(change.at), let word = change.state.word,
                    words.isEmpty || words.contains(word)
                else { return nil }
                return .object([
                    ("Event", .string(word)), ("EventTime", .number(change.at.milliseconds)),
                    ("LoginName", .string(agent.login)), ("RamId", .string(agent.id)), ("SkillGroupIds", groups),
                ])
            }
        }
        return [("AgentEventList", .wrapped("AgentEvent", events))]
    }

    mutating func resetUserStatus(_ parameters: AlibabaParameters) -> [(String, JSON)] {
        let ids = parameters.form.list("RamIdList")
        for (index, agent) in centre.agents.enumerated() where ids.contains(agent.id) {
            centre.reset(agent: index, at: centre.now)
        }
        return []
    }

    func generateAgentStatisticReport(_ parameters: AlibabaParameters) throws(AlibabaRefusal) -> [(String, JSON)] {
        let start = try parameters.required("StartDate")
        let stop = try parameters.required("EndDate")
        let page = try parameters.page(isRequired: true)
        let asked = parameters.optional("AgentId")
        let today = CivilTime(centre.now, offset: CivilTime.shanghai).date
        let covers = start.prefix(10) <= today && stop.prefix(10) >= today
        let agents = covers ? staff.filter { asked == nil || $0.id == asked } : []
        let shown = page.slice(agents).map { statistic(of: $0, date: today) }
        let list = [("List", JSON.wrapped("GenerateAgentStatistic", Array(shown)))]
        return [("DataList", .object(list + page.members(total: agents.count)))]
    }

    /// Agents whose state has not changed for hours are left out, and so may be offline for all a client knows.
    private func isListed(_ agent: SimulatedAgent) -> Bool {
        guard let limit = settings.listsAgentsFor else { return true }
        return agent.since + limit >= centre.now
    }

    private var skillGroupState: JSON {
        func count(_ states: SimulatedAgent.State...) -> JSON {
            .count(staff.count { states.contains($0.state) })
        }
        let longest = centre.waiting.compactMap { centre.calls[$0].answeredAt }.min()
        return .object([
            ("SkillGroupId", .string(settings.account.skillGroupID)),
            ("SkillGroupName", .string(settings.account.skillGroupName)),
            ("LoggedInAgents", .count(staff.count)), ("ReadyAgents", count(.ready)),
            ("TalkingAgents", count(.talking)), ("WorkingAgents", count(.wrapUp)),
            ("BreakingAgents", count(.onBreak)), ("WaitingCalls", .count(centre.waiting.count)),
            ("LongestCall", .number(longest.map { (centre.now - $0).components.seconds } ?? 0)),
        ])
    }

    private func statistic(of agent: SimulatedAgent, date: String) -> JSON {
        var seconds: [SimulatedAgent.State: Int64] = [:]
        for (index, change) in agent.log.enumerated() {
            let until = index + 1 < agent.log.count ? agent.log[index + 1].at : centre.now
            seconds[change.state, default: 0] += (until - change.at).components.seconds
        }
        let signedIn = agent.log.first.map { (centre.now - $0.at).components.seconds } ?? 0
        let handled = agent.log.count { $0.state == .talking }
        return .object([
            ("AgentId", .string(agent.id)), ("AgentName", .string(agent.name)), ("LoginName", .string(agent.login)),
            ("RecordDate", .string(date)), ("TotalLoggedInTime", .number(signedIn)),
            ("TotalReadyTime", .number(seconds[.ready] ?? 0)), ("TotalBreakTime", .number(seconds[.onBreak] ?? 0)),
            (
                "Inbound",
                .object([
                    ("CallsOffered", .count(agent.offers)), ("CallsHandled", .count(handled)),
                    ("TotalTalkTime", .number(seconds[.talking] ?? 0)),
                ])
            ),
            ("Outbound", .object([("CallsDialed", .number(0)), ("CallsAnswered", .number(0))])),
            ("Overall", .object([("TotalCalls", .count(handled))])),
        ])
    }

    private func agent(ramID: String) throws(AlibabaRefusal) -> SimulatedAgent {
        guard let agent = staff.first(where: { $0.id == ramID }) else { throw .notExists("UserId") }
        return agent
    }
}

extension SimulatedAgent.State {
    /// The vendor's number of the state (`vendors/alibaba-udesk.md`, A3.2).
    var code: Int {
        switch self {
        case .signedOut: 1
        case .ready: 3
        case .onBreak: 4
        case .wrapUp: 5
        case .ringing: 6
        case .dialing: 8
        case .talking: 9
        }
    }

    /// The vendor's word for entering the state (`vendors/alibaba-udesk.md`, A2.3, ListAgentEvents); nil
    /// where none is known.
    var word: String? {
        switch self {
        case .ready: "等待"
        case .onBreak: "小休"
        case .wrapUp: "处理"
        case .ringing: "振铃"
        case .dialing: "拨号"
        case .talking: "通话"
        case .signedOut: nil
        }
    }
}
