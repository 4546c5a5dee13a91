package import DialModel

/// Where a waiting lead stands among the others: the smaller, the sooner it is claimed.
package struct ClaimPlace: Hashable, Comparable, Sendable {
    /// Whose turn comes first; the higher, the sooner.
    package var turn: Int
    /// Since when it is due, or will be.
    package var notBefore: Timestamp
    /// Which of those that have been due for equally long is next.
    package var place: Int64
    /// The lead.
    package var lead: LeadID

    /// Memberwise.
    package init(turn: Int, notBefore: Timestamp, place: Int64, lead: LeadID) {
        self.turn = turn
        self.notBefore = notBefore
        self.place = place
        self.lead = lead
    }

    package static func < (lhs: Self, rhs: Self) -> Bool {
        if lhs.turn != rhs.turn { return lhs.turn > rhs.turn }
        if lhs.notBefore != rhs.notBefore { return lhs.notBefore < rhs.notBefore }
        return (lhs.place, lhs.lead) < (rhs.place, rhs.lead)
    }
}

extension LeadOrder {
    /// Where a lead stands in this order; one that does not wait would stand behind those of its turn that do.
    package func claimPlace(of lead: LeadRecord) -> ClaimPlace {
        let turn =
            lead.callbackAt == nil
            ? turn(priority: lead.priority, part: part(ofList: lead.list), isRetry: lead.attempts > 0)
            : Self.callbackTurn
        return ClaimPlace(
            turn: turn, notBefore: lead.notBefore ?? .never, place: place(of: lead.id),
            lead: lead.id)
    }
}
