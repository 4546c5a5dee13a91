import DialModel

/// Numbers that are alike in everything but their usage: of one pool and place, closed to the same provinces, of the same
/// pool of virtual numbers and, where the rotation needs it, of the same weight.
///
/// A tier of a request is a handful of lanes, whole: so whatever a callee's region excludes, no number is looked at.
struct Lane {
    /// The pool's place in the index.
    let pool: Int
    /// The tier for which these numbers are grouped.
    let tier: RegionTier
    /// Whether the weight is positive.
    let isPositive: Bool
    /// Whether the numbers' province is known.
    let hasProvince: Bool
    /// The pool of virtual numbers, by its place in the index.
    let virtual: Int?
    /// The share of each in the smooth rotation.
    let share: Int64
    /// The members' places in the index, ascending.
    var members: [Int] = []
    /// Those that may be used, by the strategy's key, where it is one that puts them in an order.
    var ready = WinnerTree(leaves: 0)
    /// Those that may be used, by what they add to the draw, where the strategy draws.
    var draws = SumTree(leaves: 0)
    /// How many may be used.
    var readyCount = 0
    /// Those that are kept for a time, by its end.
    var waiting = WinnerTree(leaves: 0)
    /// Those that are only busy or resting, by when that ends; not kept without a rule that asks.
    var busy = WinnerTree(leaves: 0)
    /// Of those in `busy`, how many wait for a line.
    var busyWithCalls = 0
    /// How many are kept for each reason.
    var counts = ReasonCounts()
    /// What the rotation has added for each that may be used, since the index was built.
    var offset: Int64 = 0

    /// When it is worth asking again for one that is kept for a time.
    func retryAt(from now: Timestamp) -> Timestamp? {
        Self.earliest(waiting, anyWaitsForLine: counts[.atConcurrency] > 0, from: now)
    }

    /// When it is worth asking again for one that is only busy or resting.
    func busyUntil(from now: Timestamp) -> Timestamp? {
        Self.earliest(busy, anyWaitsForLine: busyWithCalls > 0, from: now)
    }

    private static func earliest(_ tree: WinnerTree, anyWaitsForLine: Bool, from now: Timestamp) -> Timestamp? {
        guard let top = tree.top else { return nil }
        let end = Timestamp(milliseconds: top.key.numerator)
        return anyWaitsForLine ? min(end, now + NumberStanding.lineWait) : end
    }
}

/// A number's place in one lane.
struct Slot {
    var lane: Int
    var leaf: Int
    /// What the number is owed in the rotation; while it may be used, less the lane's offset.
    var current: Int64
}

/// A pool of virtual numbers and the dials of the last minute through it.
struct VirtualTraffic {
    let pool: VirtualPool
    /// Ascending.
    var dials: [Timestamp] = []

    /// Counts a dial, and forgets those that no longer matter.
    mutating func add(_ instant: Timestamp) {
        dials.removeAll { instant - $0 >= VirtualPool.span }
        dials.append(instant)
    }

    /// When there is room again; nil if there is room now.
    func freeAt(_ now: Timestamp) -> Timestamp? {
        guard dials.count >= pool.size else { return nil }
        let recent = dials.drop { now - $0 >= VirtualPool.span }
        return recent.count >= pool.size ? (recent.first ?? now) + VirtualPool.span : nil
    }
}

/// The lanes that matter to callees of one region, so that names are compared once for a region and not for a call.
struct Reach {
    /// The lanes of each tier that may call there, by the tier's raw value.
    var tiers: [[Int]]
    /// The lanes of the whole pool that may not.
    var blocked: [Int]
    /// Whether the callee's province is known.
    var hasProvince: Bool
    /// Whether nothing is known of the region.
    var isUnknown: Bool
}
