import CallModel
import DialModel
import Ledger

/// A lead of a virtual ledger.
struct VirtualLead: Sendable {
    let id: LeadID
    /// The index of its number among the callees.
    let callee: Int32
    /// The index of its list among the campaign's.
    let list: Int32
    /// The first lead of the same callee, for one with several numbers.
    let contact: LeadID?
    let expiresAt: Timestamp?
    let fields: [LeadField]
    let doNotCall: DoNotCallFinding?
    /// The turn that it has once it has been dialled.
    let retryTurn: Int

    var state: LeadState
    var ending: LeadEnding?
    /// Where it stands while it waits.
    var place: ClaimPlace
    var history: OutcomeCounts
    var callbackAt: Timestamp?
    var callbackAgent: AgentID?
    /// What the last claim that asked left it waiting for; nil if none did.
    var holdReason: String?
}

/// A telephone number of a virtual ledger, and what it has been through.
struct VirtualCallee: Sendable {
    let number: PhoneNumber
    /// The dials to it, oldest first.
    var dials: [CalleeDial]
    /// Whether an attempt upon it is open.
    var isOpen = false
    /// How often it was called in this world.
    var calls = 0
}

/// The waiting leads of a campaign, by turn and then by place.
///
/// An entry whose lead stands elsewhere by now is stale, and dropped when it comes to the top.
struct WaitingLeads: Sendable {
    struct Entry: Comparable, Sendable {
        var place: ClaimPlace
        var index: Int

        static func < (lhs: Self, rhs: Self) -> Bool {
            if lhs.place.notBefore.milliseconds != rhs.place.notBefore.milliseconds {
                return lhs.place.notBefore.milliseconds < rhs.place.notBefore.milliseconds
            }
            return lhs.place.place == rhs.place.place ? lhs.index < rhs.index : lhs.place.place < rhs.place.place
        }

        static func == (lhs: Self, rhs: Self) -> Bool { lhs.place == rhs.place }
    }

    private struct Turn: Sendable {
        let turn: Int
        var heap = BinaryHeap<Entry>()
    }

    /// Highest turn first.
    private var turns: [Turn] = []

    mutating func add(_ entry: Entry) {
        let turn = entry.place.turn
        let position = turns.firstIndex { $0.turn <= turn } ?? turns.count
        if position == turns.count || turns[position].turn != turn { turns.insert(Turn(turn: turn), at: position) }
        turns[position].heap.add(entry)
    }

    /// Takes out the lead that is next for the `dial`-th dial, of those that are due by `now`; nil if none is.
    ///
    /// Turns of one level share its dials, and a level is looked at when those above have nobody due.
    mutating func popDue(
        by now: Timestamp, dial: Int64, order: LeadOrder, among leads: [VirtualLead]
    ) -> Entry? {
        var position = 0
        while position < turns.count {
            let level = LeadOrder.split(turns[position].turn).level
            var due: [Int] = []
            while position < turns.count, LeadOrder.split(turns[position].turn).level == level {
                if let first = first(at: position, among: leads), first.place.notBefore <= now { due.append(position) }
                position += 1
            }
            guard let last = due.last else { continue }
            guard due.count > 1 else { return turns[last].heap.popFirst() }
            let next = order.nextTurn(of: due.reversed().map { turns[$0].turn }, dial: dial)
            let chosen = due.first { turns[$0].turn == next } ?? last
            return turns[chosen].heap.popFirst()
        }
        return nil
    }

    /// The lead that is due first of all, if one waits.
    mutating func earliest(among leads: [VirtualLead]) -> Entry? {
        var earliest: Entry?
        for position in turns.indices {
            guard let first = first(at: position, among: leads) else { continue }
            if let other = earliest, other.place.notBefore <= first.place.notBefore { continue }
            earliest = first
        }
        return earliest
    }

    private mutating func first(at position: Int, among leads: [VirtualLead]) -> Entry? {
        while let first = turns[position].heap.first {
            if leads[first.index].state == .waiting, leads[first.index].place == first.place { return first }
            _ = turns[position].heap.popFirst()
        }
        return nil
    }
}
