package import DialModel

/// A vendor that dials numbers of its own and gives the answered calls to our agents: an ability beyond those that every
/// vendor has.
///
/// Whom it calls and when is its affair. What becomes of the answered calls is reported by `run(reporting:)`.
package protocol SelfDialling: TelephonyVendor {
    /// Has agents take such calls from now on, those who sign in later too, or take none any more; until it is said, they
    /// take none. A call that has been given to an agent goes on.
    func takeOwnCalls(_ takes: Bool) async
}

/// An answered call that a vendor placed by itself.
package struct OwnCall: Hashable, Sendable {
    /// The vendor's name of the call, by which it is told from every other.
    package var id: VendorCallID
    /// Who was called, in the vendor's spelling.
    package var callee: String
    /// Since when it is known of.
    package var since: Timestamp
    /// From where the vendor has the number, in words: `row 55012 of project 7`.
    package var origin: String

    /// Memberwise.
    package init(id: VendorCallID, callee: String, since: Timestamp, origin: String) {
        self.id = id
        self.callee = callee
        self.since = since
        self.origin = origin
    }
}
