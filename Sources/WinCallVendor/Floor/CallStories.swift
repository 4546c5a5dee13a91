import DialModel

/// What was told of each call of the campaign, kept for a while after its end: the vendor has no records that could be
/// asked (`vendors/well-wincall.md`, B.6).
struct CallStories: Sendable {
    /// One call.
    struct Story: Sendable {
        let call: VendorCallID
        /// What was told of it, in order; the last is its end, once it is over.
        fileprivate(set) var facts: [DatedProgress] = []

        var isOver: Bool {
            guard case .ended? = facts.last?.progress else { return false }
            return true
        }
    }

    /// How long the story of a call that is over is kept: longer than any campaign looks for it again and again.
    static let memory = Duration.seconds(3600)
    /// How many of those are kept at most.
    static let most = 5000

    private var stories: [AttemptID: Story] = [:]
    /// The attempts that are over, in the order of their ends.
    private var over: [(attempt: AttemptID, at: Timestamp)] = []

    /// The story of an attempt's call; nil for one that was never asked for, or was over long ago.
    subscript(attempt: AttemptID) -> Story? { stories[attempt] }

    /// Begins a story; what was told of the attempt before is of another call.
    mutating func begin(_ attempt: AttemptID, as call: VendorCallID) {
        stories[attempt] = Story(call: call)
    }

    /// Takes note of what is told of an attempt; nothing follows its end.
    mutating func note(_ attempt: AttemptID, _ progress: CallProgress, at now: Timestamp) {
        guard let story = stories[attempt], !story.isOver else { return }
        stories[attempt]?.facts.append(DatedProgress(progress, at: now))
        guard case .ended = progress else { return }
        over.append((attempt, now))
        forget(before: now - Self.memory)
    }

    /// Drops the story of a call that was certainly not placed.
    mutating func drop(_ attempt: AttemptID) { stories[attempt] = nil }

    private mutating func forget(before instant: Timestamp) {
        let old = over.prefix { $0.at < instant }.count
        let count = max(old, over.count - Self.most)
        for item in over.prefix(count) where stories[item.attempt]?.isOver == true { stories[item.attempt] = nil }
        over.removeFirst(count)
    }
}
