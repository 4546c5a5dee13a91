import DialModel

/// Counts calls that were dropped at once, by what they were dialled with (`vendors/well-wincall.md`, A.6.3).
///
/// The vendor gives no other sign of a missing prefix, or of a number that the trunk may not show. One number after the
/// other is found out where it is the numbers; where each of several fails with one prefix, it is the prefix.
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
        /// Whatever number is shown, calls with this prefix fail.
        case hopeless
    }

    /// Calls in a row that were dropped at once.
    private struct Streak: Hashable, Sendable {
        var drops = 0
        var lastAt: Timestamp
        var callerIDs: Set<String?> = []
    }

    /// How many in a row prove it of a number, and how many numbers prove it of a prefix.
    static let limit = 3
    /// How long a number rests before one more call may show it: as long as it is first in quarantine.
    private static let rest = Duration.seconds(1800)

    private var byKey: [Key: Streak] = [:]
    private var byPrefix: [String: Streak] = [:]
    /// The numbers that calls have shown.
    private var shown: Set<String?> = []

    /// Notes how a call fared.
    mutating func note(_ key: Key, wasDropped: Bool, at now: Timestamp) {
        shown.insert(key.callerID)
        guard wasDropped else {
            byKey[key] = nil
            byPrefix[key.prefix] = nil
            return
        }
        byKey[key, default: Streak(lastAt: now)].drops += 1
        byKey[key]?.lastAt = now
        byPrefix[key.prefix, default: Streak(lastAt: now)].drops += 1
        byPrefix[key.prefix]?.callerIDs.insert(key.callerID)
    }

    /// Whether a call may be dialled in this way, where so many numbers may be shown.
    func verdict(on key: Key, numbers: Int, at now: Timestamp) -> Verdict {
        let proof = min(Self.limit, max(1, numbers, shown.count))
        if let streak = byPrefix[key.prefix], streak.callerIDs.count >= proof, streak.drops >= proof * Self.limit {
            return .hopeless
        }
        guard let streak = byKey[key], streak.drops >= Self.limit, now < streak.lastAt + Self.rest else { return .fine }
        return .avoid
    }
}
