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

    /// The rate for display, 0 without live calls.
    package var rate: Double { live == 0 ? 0 : Double(abandoned) / Double(live) }
}
