import DialModel

/// The attempts that have no outcome yet, with their number in each state always at hand.
struct CallTable: Hashable, Sendable {
    private var calls: [AttemptID: OpenCall] = [:]
    private var tallies = Array(repeating: 0, count: AttemptState.allCases.count)

    /// How many of them have no agent, so that each may still need one.
    private(set) var unattendedCount = 0

    /// How many there are.
    var count: Int { calls.count }

    /// How many are in a state.
    subscript(inState state: AttemptState) -> Int { tallies[state.rank] }

    /// How many of them were placed ahead of agents and have reached none.
    var withoutAgentCount: Int {
        self[inState: .placing] + self[inState: .dialing] + self[inState: .ringing] + self[inState: .answered]
    }

    /// The attempt with this id; set nil to forget it.
    subscript(attempt: AttemptID) -> OpenCall? {
        get { calls[attempt] }
        set {
            if let old = calls[attempt] { tally(old, -1) }
            if let newValue { tally(newValue, 1) }
            calls[attempt] = newValue
        }
    }

    /// All of them, the oldest attempt first.
    var all: [OpenCall] { calls.values.sorted { $0.claim.attempt < $1.claim.attempt } }

    /// How many were answered by people, as far as anybody knows, and have not been joined to an agent.
    private(set) var liveCount = 0

    private mutating func tally(_ call: OpenCall, _ step: Int) {
        tallies[call.state.rank] += step
        if call.pace == .live { liveCount += step }
        if call.isUnattended { unattendedCount += step }
    }
}
