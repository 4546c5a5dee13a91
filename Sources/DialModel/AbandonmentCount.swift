/// How many calls people answered, and how many of those no agent took in time.
package struct AbandonmentCount: Hashable, Sendable, Codable {
    /// Calls answered by a person, or by somebody who may be one; machines, faxes and tones are in neither figure
    /// (`features-and-rules.md`, 7.1).
    package var live: Int
    /// Those of `live` that were abandoned; a message that was played exempts none of them.
    package var abandoned: Int

    /// Memberwise.
    package init(live: Int = 0, abandoned: Int = 0) {
        self.live = live
        self.abandoned = abandoned
    }

    /// Whether more than so many in a thousand were abandoned; whole numbers, so that no rounding decides.
    package func exceeds(perMille limit: Int) -> Bool { abandoned * 1_000 > limit * live }

    /// Whether more than a share, from 0 to 1, was abandoned.
    ///
    /// The share is written in decimals, so that what its binary fraction is off by, less than a billionth of a call, does not
    /// decide.
    package func exceeds(share limit: Double) -> Bool {
        Double(abandoned) - limit * Double(live) > 1e-9 * Double(max(1, live))
    }

    /// The rate for display, 0 without live calls.
    package var rate: Double { live == 0 ? 0 : Double(abandoned) / Double(live) }
}
