package import DialModel

/// What a campaign gets of the agents that it shares with others.
package struct AgentClaimant: Hashable, Sendable {
    /// As long as campaigns of a higher priority have somebody to call, this one is given no agents.
    package var priority: Int
    /// Its part of the agents, beside those of the others of its priority; at least one.
    package var share: Int

    /// Memberwise; all campaigns alike.
    package init(priority: Int = 0, share: Int = 1) {
        self.priority = priority
        self.share = share
    }
}

/// What a running campaign has use for agents for.
package struct AgentDemand: Hashable, Sendable {
    /// Whether somebody is due to be called, or may be.
    package var hasLeads: Bool
    /// Calls for which there is no agent yet: whoever answers one needs an agent at once.
    package var callsWithoutAgent: Int

    /// Memberwise; nothing, unless something is named.
    package init(hasLeads: Bool = false, callsWithoutAgent: Int = 0) {
        self.hasLeads = hasLeads
        self.callsWithoutAgent = callsWithoutAgent
    }
}

/// The agents of one group, divided among campaigns that run at the same time.
///
/// Every agent works for one campaign at a time. Whoever is in a call of a campaign works for it, so that only idle agents
/// change hands, and no more of them than it takes to give each campaign its part.
package struct AgentSharing: Hashable, Sendable {
    /// The campaigns, which are known by their places in this list.
    package let claimants: [AgentClaimant]
    /// For which campaign each agent works; looked up only.
    private var owners: [AgentID: Int] = [:]

    /// Nobody works for anybody yet.
    package init(_ claimants: [AgentClaimant]) {
        self.claimants = claimants
    }

    /// For which campaign an agent works; nil for one whom nobody has been given.
    package func owner(of agent: AgentID) -> Int? { owners[agent] }

    /// Divides all agents of the group, as they were observed, and gives each campaign those who work for it.
    ///
    /// `engaged` says whose calls agents have, whatever was observed. Where no campaign has anybody to call, agents are
    /// divided as if all had. A campaign that gives agents up keeps as many as it has calls without one.
    package mutating func divide(
        _ observations: [AgentObservation], engaged: [AgentID: Int], demands: [AgentDemand]
    ) -> [[AgentObservation]] {
        let present = observations.filter { $0.activity != .offline }
        var lacking = targets(of: present.count, wanting: demands.map(\.hasLeads))
        var promised = demands.map(\.callsWithoutAgent)
        var idle: [AgentID] = []
        for agent in present {
            if let campaign = engaged[agent.id] ?? (agent.activity == .idle ? nil : owners[agent.id]) {
                owners[agent.id] = campaign
                lacking[campaign] -= 1
            } else {
                idle.append(agent.id)
            }
        }
        let moving = idle.filter { agent in
            guard let campaign = owners[agent], lacking[campaign] > 0 || promised[campaign] > 0 else { return true }
            lacking[campaign] -= 1
            promised[campaign] -= 1
            return false
        }
        for agent in moving {
            let neediest = lacking.indices.max { (lacking[$0], -$0) < (lacking[$1], -$1) }
            guard let neediest else { break }
            owners[agent] = neediest
            lacking[neediest] -= 1
        }
        return claimants.indices.map { campaign in present.filter { owners[$0.id] == campaign } }
    }

    /// How many agents each campaign is to have: of those with the highest priority that want any, each its share, and what
    /// is left over one each to those who were rounded down most.
    private func targets(of count: Int, wanting: [Bool]) -> [Int] {
        let all = claimants.indices.map { _ in true }
        let asking = wanting.contains(true) ? wanting : all
        let highest = zip(claimants, asking).filter(\.1).map(\.0.priority).max()
        let shares = zip(claimants, asking).map { claimant, asks in
            asks && claimant.priority == highest ? max(1, claimant.share) : 0
        }
        let total = max(1, shares.reduce(0, +))
        var targets = shares.map { count * $0 / total }
        let remainders = shares.map { count * $0 % total }
        let byRemainder = shares.indices.sorted { (-remainders[$0], $0) < (-remainders[$1], $1) }
        let left = count - targets.reduce(0, +)
        for campaign in byRemainder.prefix(max(0, left)) { targets[campaign] += 1 }
        return targets
    }
}
