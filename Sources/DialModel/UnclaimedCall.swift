/// An answered call that the vendor placed by itself: nobody claimed a lead for it.
package struct UnclaimedCall: Hashable, Sendable, Codable {
    /// The vendor's name of the call, by which it is told from every other.
    package var id: VendorCallID
    /// Who was called.
    package var number: PhoneNumber
    /// Since when it is known of: no attempt for it begins earlier.
    package var since: Timestamp
    /// From where the vendor has the number, in words for the attempt's timeline: `row 55012 of project 7`.
    package var origin: String

    /// Memberwise.
    package init(id: VendorCallID, number: PhoneNumber, since: Timestamp, origin: String) {
        self.id = id
        self.number = number
        self.since = since
        self.origin = origin
    }
}

/// What the ledger has for a call that nobody claimed.
package enum Adoption: Hashable, Sendable, Codable {
    /// Its attempt, which is open: a new one, or the one that the call was given before.
    case open(Claim)
    /// An attempt that is closed: everything about the call is known already.
    case closed
    /// Nothing, as long as another call to the number is open.
    case numberBusy
}
