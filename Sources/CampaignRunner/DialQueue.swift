import DialModel
import Ledger

/// The first leads of a campaign in the order in which claims would take them: the same order, of leads that are in memory.
struct DialQueue {
    private struct Entry {
        var place: ClaimPlace
        var candidate: LeadCandidate
    }

    private let order: LeadOrder
    private let limit: Int
    /// In the order of claims, and no more of each turn than `limit`.
    private var entries: [Entry] = []

    /// Keeps what the first `limit` dials could need.
    init(order: LeadOrder, limit: Int) {
        self.order = order
        self.limit = limit
    }

    /// Takes in more leads, and forgets those that come too late in their turn to be among the first.
    mutating func add(_ candidates: [LeadCandidate]) {
        entries += candidates.map { Entry(place: order.claimPlace(of: $0.lead), candidate: $0) }
        entries.sort { $0.place < $1.place }
        var counts: [Int: Int] = [:]
        entries.removeAll { entry in
            counts[entry.place.turn, default: 0] += 1
            return (counts[entry.place.turn] ?? 0) > limit
        }
    }

    /// The first leads, for the campaign's dials from `dial` on.
    func first(dial: Int64) -> [LeadCandidate] {
        var rest = Dictionary(grouping: entries, by: \.place.turn).mapValues { $0[...] }
        var turns = rest.keys.sorted()
        var first: [LeadCandidate] = []
        while first.count < limit, let highest = turns.last {
            let level = LeadOrder.split(highest).level
            let ofLevel = turns.filter { LeadOrder.split($0).level == level }
            let turn = order.nextTurn(of: ofLevel, dial: dial + Int64(first.count))
            if let entry = rest[turn]?.popFirst() { first.append(entry.candidate) }
            if rest[turn]?.isEmpty ?? true { turns.removeAll { $0 == turn } }
        }
        return first
    }
}
