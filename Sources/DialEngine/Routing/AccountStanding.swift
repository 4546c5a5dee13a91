package import DialModel

/// What an account could carry at present, as the engine that works it knows.
package struct AccountStanding: Hashable, Sendable {
    /// Whether its engine places calls: it has begun, and is not ending.
    package var isRunning = false
    /// Whether the vendor can be observed and reached.
    package var isReachable = true
    /// Whether anybody is there to take calls.
    package var hasAgents = false
    /// Whether no agent is free for a further call, or no line.
    package var isFull = true
    /// Attempts that have no outcome.
    package var openCalls = 0
    /// Those whose request is on its way.
    package var placing = 0
    /// Attempts of this run.
    package var attemptsMade = 0

    /// An engine that has not begun.
    package init() {}

    /// Whether calls are to be expected of it in the end, though perhaps not now.
    package var isAtWork: Bool { isRunning && isReachable && hasAgents }
}

extension DialEngine {
    /// What the account that this engine works could carry at present.
    package func standing(at now: Timestamp) -> AccountStanding {
        var standing = AccountStanding()
        standing.isRunning = phase == .running
        standing.isReachable = !isVendorDown
        standing.openCalls = calls.count
        standing.placing = calls[inState: .placing]
        standing.attemptsMade = attemptsMade
        standing.hasAgents = agents.atWorkCount > 0
        let isHeld = heldUntil.map { $0 > now } ?? false
        let free = settings.style == .agentFirst ? agents.idleCount - calls.unattendedCount : agents.idleCount
        standing.isFull = isHeld || free <= 0 || calls.count >= settings.maxLines
        return standing
    }
}
