/// Counts calls that were dropped at once, by what they were dialled with (`vendors/well-wincall.md`, A.6.3).
///
/// The vendor gives no other sign of a missing prefix, or of a number that the trunk may not show.
struct InstantDrops: Hashable, Sendable {
    /// What a call was dialled with.
    struct Key: Hashable, Sendable {
        var prefix: String
        var callerID: String?
    }

    /// What to do with a call that would be dialled in some way.
    enum Verdict: Hashable, Sendable {
        case fine
        /// This way fails, another may not.
        case avoid
        /// Every way that was tried fails.
        case hopeless
    }

    /// How many in a row prove it.
    static let limit = 3

    private var inARow: [Key: Int] = [:]

    /// Notes how a call fared.
    mutating func note(_ key: Key, wasDropped: Bool) {
        inARow[key] = wasDropped ? inARow[key, default: 0] + 1 : 0
    }

    /// Whether a call may be dialled in this way.
    func verdict(on key: Key) -> Verdict {
        guard inARow[key, default: 0] >= Self.limit else { return .fine }
        return inARow.values.allSatisfy { $0 >= Self.limit } ? .hopeless : .avoid
    }
}
