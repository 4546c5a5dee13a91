import Foundation

/// Remembers a bounded number of places, or of what they are found by; those that nobody asks for any more go first.
///
/// It is cut into shards with a lock each, so that threads seldom wait for one another.
final class PlaceCache<Found: Sendable>: Sendable {
    private let shards: [Shard<Found>]

    /// Holds at most `capacity` places, and at least one in each shard.
    init(capacity: Int) {
        let shardCount = 16
        let share = max(1, capacity / (2 * shardCount))
        shards = (0..<shardCount).map { _ in Shard(generation: share) }
    }

    /// What was found for a key.
    subscript(key: UInt64) -> Found? {
        get { shard(of: key)[key] }
        set { shard(of: key)[key] = newValue }
    }

    private func shard(of key: UInt64) -> Shard<Found> {
        // Multiplied by the golden ratio, because the last digits alone are distributed unevenly.
        shards[Int((key &* 0x9E37_79B9_7F4A_7C15) >> 60)]
    }
}

/// Two generations of places: when the younger is full the elder is forgotten, and what is asked for becomes young again.
///
/// `@unchecked Sendable`: `lock` protects both generations.
private final class Shard<Found: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private let generation: Int
    private var younger: [UInt64: Found] = [:]
    private var elder: [UInt64: Found] = [:]

    init(generation: Int) {
        self.generation = generation
    }

    subscript(key: UInt64) -> Found? {
        get {
            lock.withLock {
                if let place = younger[key] { return place }
                guard let place = elder[key] else { return nil }
                keep(place, for: key)
                return place
            }
        }
        set {
            guard let newValue else { return }
            lock.withLock { keep(newValue, for: key) }
        }
    }

    private func keep(_ place: Found, for key: UInt64) {
        if younger.count >= generation {
            elder = younger
            younger.removeAll(keepingCapacity: true)
        }
        younger[key] = place
    }
}
