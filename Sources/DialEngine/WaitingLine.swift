import DialModel

/// The answered calls for which no agent is idle, longest-waiting first.
struct WaitingLine: Hashable, Sendable {
    private struct Place: Hashable, Comparable, Sendable {
        var since: Timestamp
        var attempt: AttemptID

        static func < (lhs: Self, rhs: Self) -> Bool { (lhs.since, lhs.attempt) < (rhs.since, rhs.attempt) }
    }

    /// Sorted; it is as short as the patience of callees, so that looking through it costs little.
    private var places: [Place] = []

    /// The call that has waited longest.
    var first: AttemptID? { places.first?.attempt }

    /// How many there are.
    var count: Int { places.count }

    /// All of them.
    var attempts: [AttemptID] { places.map(\.attempt) }

    /// Takes in a call whose callee has been there since an instant.
    mutating func enter(_ attempt: AttemptID, since: Timestamp) {
        let place = Place(since: since, attempt: attempt)
        let index = places.firstIndex { place < $0 } ?? places.endIndex
        places.insert(place, at: index)
    }

    /// Lets a call go, if it is there.
    mutating func leave(_ attempt: AttemptID) {
        places.removeAll { $0.attempt == attempt }
    }
}
