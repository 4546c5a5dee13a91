package import DialModel

/// Where the candidates of a choice come from (`vendors/alibaba-udesk.md`, C4.2 and C5).
package enum CandidateSource: Hashable, Sendable {
    /// The members of a number pool.
    case pool(String)
    /// The numbers of skill groups, and the agent's own where a group allows it.
    case groups([String], agent: String? = nil)
    /// One number and no other.
    case number(String)
}

/// A set of numbers and the rules by which one of them is chosen.
package struct CallerIDPool: Hashable, Sendable {
    /// Its name.
    package var id: String
    /// Where its numbers come from.
    package var source: CandidateSource
    /// How one is chosen.
    package var rules: CallerIDRules

    /// Memberwise; without a source, the members of the number pool of that name.
    package init(id: String, source: CandidateSource? = nil, rules: CallerIDRules = CallerIDRules()) {
        self.id = id
        self.source = source ?? .pool(id)
        self.rules = rules
    }

    /// The numbers that may take part at all, ascending; of equal numbers the first counts.
    package func candidates(in inventory: NumberInventory) -> [OutboundNumber] {
        var seen: Set<String> = []
        return inventory.numbers.filter { seen.insert($0.number).inserted && takesPart($0, in: inventory) }
            .sorted { $0.number < $1.number }
    }

    /// Whether a number of the inventory is a candidate at all.
    func takesPart(_ number: OutboundNumber, in inventory: NumberInventory) -> Bool {
        guard number.dialsOut, !rules.isVirtual || number.virtual != nil else { return false }
        switch source {
        case .pool(let id): return number.pools.contains(id)
        case .number(let text): return number.number == text
        case .groups(let groups, let agent):
            if number.skillGroups.contains(where: groups.contains) { return true }
            guard let agent, number.owner == agent else { return false }
            return inventory.groups.contains { $0.allowsPersonalNumbers && groups.contains($0.id) }
        }
    }
}
