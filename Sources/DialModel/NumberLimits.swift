/// What a number may be used for, and how much (`vendors/alibaba-udesk.md`, C1).
package struct NumberLimits: Hashable, Sendable {
    /// The share that the number takes of its tier's calls; 0 leaves it to when no other is left there.
    package let weight: Int
    /// How many calls at once, from 1 to 20; a mobile number carries one whatever this says.
    package let maxConcurrent: Int
    /// How many dials a day; nil for no limit.
    package let maxPerDay: Int?
    /// How long it rests between two dials.
    package let minGap: Duration
    /// The provinces whose people it may not call, ascending and without their administrative endings.
    package let blockedProvinces: [String]
    /// When it may be used.
    package let window: DailyWindow

    /// The ceiling of any number's concurrent calls (A3.5).
    package static let mostConcurrent = 20
    /// The largest weight.
    package static let largestWeight = 1_000_000

    /// Brings every limit into its range: what an operator may write is checked where it is read.
    package init(
        weight: Int = 1, maxConcurrent: Int = 1, maxPerDay: Int? = nil, minGap: Duration = .zero,
        blockedProvinces: [String] = [], window: DailyWindow = .standard
    ) {
        self.weight = min(max(0, weight), Self.largestWeight)
        self.maxConcurrent = min(max(1, maxConcurrent), Self.mostConcurrent)
        self.maxPerDay = maxPerDay.map { max(0, $0) }
        self.minGap = max(.zero, minGap)
        let names = blockedProvinces.compactMap { NumberRegion(province: $0).normalised.province }.sorted()
        self.blockedProvinces = names.indices.filter { $0 == 0 || names[$0] != names[$0 - 1] }.map { names[$0] }
        self.window = window
    }
}
