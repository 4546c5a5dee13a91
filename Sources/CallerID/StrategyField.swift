package import DialModel

/// One of the numbers among which a strategy chooses, with its counters at that time.
package struct Contender: Hashable, Sendable, Codable {
    /// The number.
    package var number: String
    /// Its share, in halves of a weight, so that half a weight is a whole number; never zero.
    package var share: Int64
    /// Its dials today.
    package var dialsToday: Int
    /// When it was last dialled with.
    package var lastDialAt: Timestamp?
    /// What it is owed in the smooth rotation, in halves of a weight, before this choice.
    package var current: Int64

    /// Memberwise.
    package init(number: String, share: Int64, dialsToday: Int, lastDialAt: Timestamp?, current: Int64) {
        self.number = number
        self.share = max(1, share)
        self.dialsToday = dialsToday
        self.lastDialAt = lastDialAt
        self.current = current
    }
}

/// The numbers among which a strategy chooses: one tier's eligible numbers, ascending, or the part that decides.
///
/// A part keeps what the choice depends on: the random strategies need a run of neighbours and how much lies before it,
/// the others the best ones.
package struct StrategyField: Hashable, Sendable, Codable {
    /// The numbers kept, ascending.
    package var contenders: [Contender]
    /// How many there were.
    package var count: Int
    /// Their shares in all; a part leaves it at zero where the strategy does not ask.
    package var totalShare: Int64
    /// How many come before the first one kept, where a run is kept.
    package var skipped: Int
    /// The shares before the first one kept, where a run is kept.
    package var skippedShare: Int64

    /// The most numbers that a part keeps.
    package static let mostKept = 50

    /// The whole field.
    package init(_ contenders: [Contender]) {
        self.init(
            kept: contenders, count: contenders.count, totalShare: contenders.reduce(0) { $0 + $1.share }, skipped: 0,
            skippedShare: 0)
    }

    /// A part of a field.
    package init(kept: [Contender], count: Int, totalShare: Int64, skipped: Int, skippedShare: Int64) {
        contenders = kept
        self.count = count
        self.totalShare = totalShare
        self.skipped = skipped
        self.skippedShare = skippedShare
    }

    /// The position among `contenders` that a strategy chooses; nil if there are none, or not the deciding ones.
    ///
    /// `random` draws one number below the count, where the source shuffles the whole field (C3.4): the chances are the
    /// same, and the cost does not grow with the field.
    package func winner(by strategy: CallerIDStrategy, seed: UInt64) -> Int? {
        switch strategy {
        case .random:
            let position = Self.draw(below: Int64(count), seed).map { Int($0) &- skipped }
            return position.flatMap { contenders.indices.contains($0) ? $0 : nil }
        case .weightedRandom:
            guard var rest = Self.draw(below: totalShare, seed).map({ $0 &- skippedShare }), rest >= 0 else {
                return nil
            }
            return contenders.firstIndex { contender in
                rest = rest &- contender.share
                return rest < 0
            }
        case .roundRobin, .weighted, .leastUsed:
            return contenders.indices.min { lhs, rhs in
                Self.ranks(contenders[lhs], before: contenders[rhs], by: strategy)
            }
        }
    }

    /// What each contender is owed after the smooth rotation has chosen the one at `winner`.
    package func rotated(choosing winner: Int) -> [Int64] {
        contenders.indices.map { index in
            contenders[index].current + contenders[index].share - (index == winner ? totalShare : 0)
        }
    }

    /// The part that decides, at most `mostKept` numbers.
    package func compacted(choosing winner: Int, by strategy: CallerIDStrategy) -> StrategyField {
        guard contenders.count > Self.mostKept else { return self }
        switch strategy {
        case .random, .weightedRandom:
            let start = min(max(0, winner - Self.mostKept / 2), contenders.count - Self.mostKept)
            let before = contenders[..<start].reduce(0) { $0 + $1.share }
            return StrategyField(
                kept: Array(contenders[start..<(start + Self.mostKept)]), count: count, totalShare: totalShare,
                skipped: skipped + start, skippedShare: skippedShare + before)
        case .roundRobin, .weighted, .leastUsed:
            let best = contenders.sorted { Self.ranks($0, before: $1, by: strategy) }.prefix(Self.mostKept)
            return StrategyField(
                kept: best.sorted { $0.number < $1.number }, count: count, totalShare: totalShare, skipped: 0,
                skippedShare: 0)
        }
    }

    /// A number below `bound`, the first of the seed's sequence; nil below one.
    static func draw(below bound: Int64, _ seed: UInt64) -> Int64? {
        guard bound > 0 else { return nil }
        var generator = SplitMix64(seed: seed)
        return Int64(generator.below(UInt64(bound)))
    }

    /// The order of the strategies that follow one (C4.5).
    private static func ranks(_ lhs: Contender, before rhs: Contender, by strategy: CallerIDStrategy) -> Bool {
        let left = SortKey(lhs, by: strategy)
        let right = SortKey(rhs, by: strategy)
        return left == right ? lhs.number < rhs.number : left < right
    }
}

/// What a strategy compares before the numbers themselves: the smaller goes first.
struct SortKey: Hashable, Comparable {
    /// The strategy's own figure is this, for each `denominator`.
    var numerator: Int64
    /// Never zero.
    var denominator: Int64 = 1
    /// What decides between equal figures.
    var second: Int64 = 0

    /// A plain figure.
    init(_ numerator: Int64) { self.numerator = numerator }

    /// The figures of a contender.
    init(_ contender: Contender, by strategy: CallerIDStrategy) {
        let last = contender.lastDialAt?.milliseconds ?? .min
        switch strategy {
        case .random, .weightedRandom: numerator = 0
        case .roundRobin: numerator = last
        case .weighted: numerator = 0 &- (contender.current &+ contender.share)
        case .leastUsed:
            numerator = Int64(contender.dialsToday)
            denominator = contender.share
            second = last
        }
    }

    static func < (lhs: Self, rhs: Self) -> Bool {
        let left = lhs.numerator &* rhs.denominator
        let right = rhs.numerator &* lhs.denominator
        return left == right ? lhs.second < rhs.second : left < right
    }

    static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.numerator &* rhs.denominator == rhs.numerator &* lhs.denominator && lhs.second == rhs.second
    }

    func hash(into hasher: inout Hasher) { hasher.combine(second) }
}
