/// What one of several runners of a campaign may use, as the campaign's leader divides it.
///
/// Agents change hands in two steps: they are first taken from the share of the one, who says when they are free, and only
/// then come into the share of the other. Lines change hands likewise, so that the shares never add up to more than there is.
package struct RunnerShare: Hashable, Sendable, Codable {
    /// An agent who was taken from this share and may still be used.
    package struct Withdrawal: Hashable, Sendable, Codable {
        /// Who.
        package var agent: AgentID
        /// The number of the share from which on they are missing.
        package var number: Int64

        /// Memberwise.
        package init(agent: AgentID, number: Int64) {
            self.agent = agent
            self.number = number
        }
    }

    /// Shares of a campaign are numbered in the order in which they were published, from 1 on.
    package var number: Int64
    /// The agents who may be given calls, ascending.
    package var agents: [AgentID]
    /// Those who were taken away and are not known to be free yet, ascending.
    package var withdrawn: [Withdrawal]
    /// The most calls at a time.
    package var lines: Int
    /// The most calls at a time by an earlier share that may still be in use; at least `lines`.
    package var formerLines: Int
    /// The part of what the campaign may abandon, from 0 to 1.
    package var portion: Double

    /// Memberwise; nothing, unless something is named.
    package init(
        number: Int64 = 0, agents: [AgentID] = [], withdrawn: [Withdrawal] = [], lines: Int = 0, formerLines: Int = 0,
        portion: Double = 0
    ) {
        self.number = number
        self.agents = agents
        self.withdrawn = withdrawn
        self.lines = lines
        self.formerLines = formerLines
        self.portion = portion
    }

    /// Whether it allows the same, whatever its number.
    package func isLike(_ other: RunnerShare) -> Bool {
        var twin = other
        twin.number = number
        return self == twin
    }
}

/// What a runner tells of itself whenever it renews its lease.
package struct RunnerReport: Hashable, Sendable, Codable {
    /// The number of the share by which it works; 0 before the first.
    package var applied: Int64
    /// The agents of its account who are there, whomever they work for, ascending.
    package var present: [AgentID]
    /// The agents whom it may give calls to or who have calls of its, ascending.
    package var held: [AgentID]
    /// The most calls at a time that the campaign wants, of all runners of the account together.
    package var maxLines: Int
    /// Whether it would dial if it had agents and lines.
    package var wantsAgents: Bool
    /// The number of the last order it has heard; 0 before the first.
    package var heard: Int64

    /// Memberwise; nothing, unless something is named.
    package init(
        applied: Int64 = 0, present: [AgentID] = [], held: [AgentID] = [], maxLines: Int = 0,
        wantsAgents: Bool = true, heard: Int64 = 0
    ) {
        self.applied = applied
        self.present = present
        self.held = held
        self.maxLines = maxLines
        self.wantsAgents = wantsAgents
        self.heard = heard
    }
}
