package import DialModel

/// What the import of an inventory did.
package struct CallerIDImport: Hashable, Sendable {
    /// Numbers that were not listed before.
    package var added: Int
    /// Numbers that were listed otherwise.
    package var changed: Int
    /// Numbers that were listed just so.
    package var unchanged: Int
    /// Numbers that are listed no longer.
    package var removed: Int

    /// Memberwise.
    package init(added: Int = 0, changed: Int = 0, unchanged: Int = 0, removed: Int = 0) {
        self.added = added
        self.changed = changed
        self.unchanged = unchanged
        self.removed = removed
    }
}

/// A line of a number's history.
package struct CallerIDHistoryEntry: Hashable, Sendable {
    /// What was done; the raw value is the word in the ledger.
    package enum Step: String, CaseIterable, Hashable, Sendable {
        /// An inventory has it that had it not.
        case listed
        /// An inventory has it with other properties.
        case changed
        /// An inventory has it no longer.
        case unlisted
        /// An operator took it out.
        case paused
        /// An operator put it back.
        case resumed
        /// A vendor refused calls for its sake.
        case quarantined
    }

    /// When.
    package var at: Timestamp
    /// What was done.
    package var step: Step
    /// Who did it and why, if that was said.
    package var note: String?

    /// Memberwise.
    package init(at: Timestamp, step: Step, note: String?) {
        self.at = at
        self.step = step
        self.note = note
    }
}

/// What a number did on a day; every figure is counted from attempts when asked.
package struct CallerIDDay: Hashable, Sendable {
    /// The number, in the vendor's form.
    package var callerID: String
    /// The day, by the instant at which the attempts were claimed.
    package var day: ShanghaiDay
    /// Dials, without those that were given back.
    package var dials: Int
    /// Dials that a person or a machine answered.
    package var answered: Int
    /// Dials that an agent talked in.
    package var connected: Int
    /// Requests that the vendor declined.
    package var refused: Int
    /// Attempts in which the vendor says that it showed another number than was chosen.
    package var mismatches: Int

    /// Memberwise.
    package init(
        callerID: String, day: ShanghaiDay, dials: Int = 0, answered: Int = 0, connected: Int = 0, refused: Int = 0,
        mismatches: Int = 0
    ) {
        self.callerID = callerID
        self.day = day
        self.dials = dials
        self.answered = answered
        self.connected = connected
        self.refused = refused
        self.mismatches = mismatches
    }
}
