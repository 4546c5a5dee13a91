package import DialModel

/// Where the random strategies start, so that the same attempt always draws the same number.
package enum PickSeed {
    /// The 64-bit FNV-1a hash of an attempt's decimal id (`vendors/alibaba-udesk.md`, C3).
    package static func of(_ attempt: AttemptID) -> UInt64 {
        String(attempt.value).utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
