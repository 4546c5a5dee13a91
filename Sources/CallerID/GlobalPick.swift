package import DialModel

/// The vendor's own choice of a number to show (`vendors/alibaba-udesk.md`, C3).
///
/// Numbers of the callee's city go first, then those of the province, then any; within each the order is random, and
/// the same for the same seed however the inventory is sorted.
package enum GlobalPick {
    /// What is asked.
    package struct Request: Hashable, Sendable {
        /// Where the callee lives, as far as it is known.
        package var region: NumberRegion
        /// The ids of the skill groups whose numbers may be shown.
        package var groups: [String]
        /// How many candidates are wanted.
        package var count: Int
        /// Whether only numbers with a virtual binding count, by the region of the virtual number.
        package var isVirtual: Bool
        /// The agent whose personal numbers take part, where a group allows them.
        package var agent: String?

        /// Memberwise.
        package init(
            region: NumberRegion, groups: [String], count: Int = 1, isVirtual: Bool = false, agent: String? = nil
        ) {
            self.region = region
            self.groups = groups
            self.count = count
            self.isVirtual = isVirtual
            self.agent = agent
        }
    }

    /// One candidate.
    package struct Candidate: Hashable, Sendable {
        /// The number to show.
        package var number: OutboundNumber
        /// How near it is.
        package var tier: RegionTier
    }

    /// Why nothing can be chosen; the raw value is the vendor's code.
    package enum Refusal: String, Error, Hashable, Sendable {
        /// Fewer than one number is asked for.
        case countTooSmall = "Parameter.Minimum"
        /// No skill group is named.
        case noGroups = "Parameter.Empty"
        /// A skill group does not exist.
        case unknownGroup = "NotExists.SkillGroupId"
    }

    /// The candidates, best first: at most `count`, fewer if there are fewer, none twice.
    ///
    /// Throws a `Refusal` for a request that makes no sense.
    package static func pickGlobal(
        _ request: Request, from inventory: NumberInventory, seed: UInt64
    ) throws(Refusal) -> [Candidate] {
        guard request.count >= 1 else { throw .countTooSmall }
        guard !request.groups.isEmpty else { throw .noGroups }
        for group in request.groups where !inventory.groups.contains(where: { $0.id == group }) {
            throw .unknownGroup
        }
        let candidates = eligible(for: request, in: inventory)
        var generator = SplitMix64(seed: seed)
        let ordered = RegionTier.allCases.flatMap { tier in
            shuffled(candidates.filter { $0.tier == tier }, using: &generator)
        }
        return Array(ordered.prefix(request.count))
    }

    /// The numbers that may be shown, ascending, each once.
    private static func eligible(for request: Request, in inventory: NumberInventory) -> [Candidate] {
        let personal = inventory.groups.contains { $0.allowsPersonalNumbers && request.groups.contains($0.id) }
        let numbers = inventory.numbers.filter { number in
            guard number.dialsOut, !request.isVirtual || number.virtual != nil else { return false }
            if number.skillGroups.contains(where: request.groups.contains) { return true }
            return personal && request.agent != nil && number.owner == request.agent
        }
        var seen: Set<String> = []
        return numbers.sorted { $0.number < $1.number }.filter { seen.insert($0.number).inserted }.map { number in
            let compared = request.isVirtual ? number.virtual?.region : nil
            return Candidate(number: number, tier: (compared ?? number.region).tier(for: request.region))
        }
    }

    /// Fisher and Yates, from the last index down; the check values of the source hang on this very order.
    private static func shuffled(_ candidates: [Candidate], using generator: inout SplitMix64) -> [Candidate] {
        var result = candidates
        for index in stride(from: result.count - 1, to: 0, by: -1) {
            result.swapAt(index, Int(generator.below(UInt64(index + 1))))
        }
        return result
    }
}
