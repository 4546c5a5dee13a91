package import DialModel

/// Where the random strategies start, so that the same attempt always draws the same number.
package enum PickSeed {
    /// The 64-bit FNV-1a hash of an attempt's decimal id (`vendors/alibaba-udesk.md`, C3).
    package static func of(_ attempt: AttemptID) -> UInt64 { hash(String(attempt.value)) }

    /// The like for a lead's n-th attempt, for its number is chosen before the attempt has an id.
    package static func of(_ lead: LeadID, ordinal: Int) -> UInt64 { hash("\(lead.value).\(ordinal)") }

    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
