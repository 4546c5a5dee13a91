package import DialModel

/// How long nothing has gone on in a run although something could.
///
/// It is told how the run stands every few seconds. While there is nothing to do (closed hours, a pause, nobody signed in,
/// everybody busy, everything finished) or something goes on, no time is counted; time counts again from the first moment at
/// which something could be done and is not.
package struct ProgressWatch: Hashable, Sendable {
    /// How a run stands.
    package struct Standing: Hashable, Sendable {
        /// Whether a call could be placed: something is due, somebody is there for it, and nobody wants it otherwise.
        package var couldDial: Bool
        /// Calls that have not ended; each has its own end of patience, so that none of them stands still for ever.
        package var openCalls: Int
        /// How many changes of attempts have been kept.
        package var changes: Int

        /// Memberwise.
        package init(couldDial: Bool, openCalls: Int, changes: Int) {
            self.couldDial = couldDial
            self.openCalls = openCalls
            self.changes = changes
        }
    }

    /// When the run last moved an attempt on; nil if it has not yet.
    package private(set) var lastProgressAt: Timestamp?
    private let began: Timestamp
    private var idleSince: Timestamp
    private var changes = 0

    /// A watch that begins with the run.
    package init(at now: Timestamp) {
        began = now
        idleSince = now
    }

    /// Takes in how the run stands.
    package mutating func note(_ standing: Standing, at now: Timestamp) {
        if standing.changes != changes {
            changes = standing.changes
            lastProgressAt = now
            idleSince = now
        }
        if !standing.couldDial || standing.openCalls > 0 { idleSince = now }
    }

    /// How long nothing has gone on although something could; zero while all is well.
    package func stalled(at now: Timestamp) -> Duration { max(.zero, now - idleSince) }

    /// Whether the run has stood still since it began, so that what was before it counts, too.
    package var hasNeverMoved: Bool { idleSince == began }
}
