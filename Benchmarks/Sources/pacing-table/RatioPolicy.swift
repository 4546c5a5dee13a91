import PacingWorld

/// A fixed number of lines for each agent.
final class RatioPolicy: DialPolicy {
    /// Whose number is multiplied.
    enum Counted: String {
        /// Idle agents; calls that ring or wait are counted against it.
        case idle
        /// Agents who are idle or talk; all lines in use are counted against it. VICIdial's ratio method.
        case idleAndTalking = "idle and talking"
    }

    private let ratio: Double
    private let counted: Counted

    init(_ ratio: Double, of counted: Counted) {
        self.ratio = ratio
        self.counted = counted
    }

    func calls(in world: World, at time: Double) -> Int {
        switch counted {
        case .idle: max(0, Int(ratio * Double(world.count(.idle)) + 1e-9) - world.inFlight - world.waiting.count)
        case .idleAndTalking: VICIdialPolicy.isLoop(time) ? VICIdialPolicy.missing(ratio, in: world) : 0
        }
    }

    func heard(_ news: News, at time: Double) {}
}
