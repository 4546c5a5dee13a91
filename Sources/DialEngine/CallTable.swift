import DialModel

/// The attempts that have no outcome yet, with their number in each state always at hand.
struct CallTable: Hashable, Sendable {
    private var calls: [AttemptID: OpenCall] = [:]
    private var tallies = Array(repeating: 0, count: AttemptState.allCases.count)

    /// How many there are.
    var count: Int { calls.count }

    /// How many have no agent yet, so that each may still need one.
    var unattendedCount: Int { calls.count - self[inState: .connected] }

    /// How many of them have been promised no agent of their own.
    var unreservedCount: Int {
        // Counting does not depend on the order of iteration.
        calls.values.reduce(0) { $0 + ($1.agent == nil && $1.state != .connected ? 1 : 0) }
    }

    /// How many are in a state.
    subscript(inState state: AttemptState) -> Int { tallies[Self.index(state)] }

    /// The attempt with this id; set nil to forget it.
    subscript(attempt: AttemptID) -> OpenCall? {
        get { calls[attempt] }
        set {
            if let old = calls[attempt] { tallies[Self.index(old.state)] -= 1 }
            if let newValue { tallies[Self.index(newValue.state)] += 1 }
            calls[attempt] = newValue
        }
    }

    private static func index(_ state: AttemptState) -> Int {
        switch state {
        case .placing: 0
        case .dialing: 1
        case .ringing: 2
        case .answered: 3
        case .connected: 4
        case .unknown: 5
        case .closed: 6
        }
    }
}
