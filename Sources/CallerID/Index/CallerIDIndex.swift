package import DialModel

/// The same choice as `CallerIDSelection`, for inventories of any size: a pick costs what it changes, and looks at no
/// number that it passes over.
///
/// Numbers are grouped by place in lanes. A city's or province's tier is chosen in only when nearer tiers have nobody, so
/// every tier is some lanes as a whole: the numbers of the city, those of the province, or all. Each lane keeps those of
/// its numbers that may be used in the strategy's order; the others stand apart and come back when their time comes. The
/// first request of a day, or after a window has opened, pays for all numbers that this changes. So does an instant before
/// the latest one seen: let one clock give them all.
package struct CallerIDIndex: Sendable {
    /// A pool's place in the index.
    struct PoolEntry: Sendable {
        var pool: CallerIDPool
        /// The lanes of each place.
        var lanes: [Place: [Int]] = [:]
        /// The provinces in which a city's name occurs, and nil for numbers of the city whose province is unknown.
        var provinces: [String: [String?]] = [:]
        /// What has been found out about callees' regions.
        var reaches: [NumberRegion: Reach] = [:]
    }

    /// Where the numbers of a lane belong.
    enum Place: Hashable, Sendable {
        case anywhere
        case province(String)
        case city(String?, String)
    }

    var numbers: [OutboundNumber]
    var usages: [NumberUsage]
    var flags: [Bool]
    var standings: [NumberStanding]
    var ids: [String: Int]
    /// Each number's slots, one row after the other.
    var slots: [Slot] = []
    /// Where each number's row starts, and where the last one ends.
    var rows: [Int] = []
    var lanes: [Lane] = []
    var pools: [PoolEntry] = []
    var poolIDs: [String: Int] = [:]
    var virtuals: [VirtualTraffic] = []
    /// When time next changes each number.
    var due: WinnerTree
    /// The latest instant seen.
    var clock: Timestamp

    /// Holds a line of a number for an attempt, and counts the dial; false if there is no such number.
    ///
    /// `pool` is the one that the number was chosen from: its rules say whether the dial goes through a virtual number.
    @discardableResult
    package mutating func reserve(_ reservation: CallerIDReservation, from pool: String) -> Bool {
        guard let id = ids[reservation.number] else { return false }
        advance(to: reservation.reservedAt)
        usages[id].reserve(until: reservation.expiresAt, at: reservation.reservedAt)
        if let entry = poolIDs[pool], pools[entry].pool.rules.isVirtual, let virtual = numbers[id].virtual?.pool {
            for traffic in virtuals.indices where virtuals[traffic].pool.id == virtual.id {
                virtuals[traffic].add(reservation.reservedAt)
            }
        }
        refresh(id)
        return true
    }

    /// Gives a line back; a dial that the vendor refused before any phone rang is taken off the day's count as well.
    @discardableResult
    package mutating func release(
        _ reservation: CallerIDReservation, refused: Bool = false, at now: Timestamp
    ) -> Bool {
        guard let id = ids[reservation.number] else { return false }
        advance(to: now)
        usages[id].release(reservation, refused: refused)
        refresh(id)
        return true
    }

    /// Pauses, resumes or quarantines a number; false if there is no such number.
    @discardableResult
    package mutating func setStatus(_ status: OutboundNumber.Status, of number: String, at now: Timestamp) -> Bool {
        guard let id = ids[number] else { return false }
        advance(to: now)
        numbers[id].status = status
        refresh(id)
        return true
    }

    /// A pool as `CallerIDSelection` wants it; nil if there is no such pool.
    ///
    /// It looks at every number: for explanations on demand and for rebuilding, not for picks.
    package func snapshot(of pool: String) -> PoolSnapshot? {
        guard let entry = poolIDs[pool] else { return nil }
        let members = numbers.indices.compactMap { id -> PoolMember? in
            let row = (rows[id]..<rows[id + 1]).filter { lanes[slots[$0].lane].pool == entry }
            guard !row.isEmpty else { return nil }
            var member = PoolMember(numbers[id], usage: usages[id], isFlagged: flags[id])
            for index in row { member.currents[lanes[slots[index].lane].tier] = current(index, of: id) }
            return member
        }
        let dials = virtuals.map { ($0.pool.id, $0.dials) }
        return PoolSnapshot(
            rules: pools[entry].pool.rules, members: members,
            virtualDials: Dictionary(dials, uniquingKeysWith: { first, _ in first }))
    }

    private func current(_ index: Int, of id: Int) -> Int64 {
        slots[index].current + (standings[id].reason == nil ? lanes[slots[index].lane].offset : 0)
    }
}
