/// What has become of a lead so far, as the export of leads tells it and takes it back.
package struct LeadStanding: Hashable, Sendable {
    /// How far it has come.
    package enum Progress: Hashable, Sendable {
        /// It waits to be dialled, not before this instant; `never` for one that waits until something is changed.
        case waiting(Timestamp)
        /// It will not be dialled again.
        case finished(LeadEnding)
        /// It has a further number of a callee, in reserve.
        case standby
    }

    /// How an attempt ended.
    package struct Ending: Hashable, Sendable {
        /// How.
        package var outcome: CallOutcome
        /// When.
        package var at: Timestamp

        /// Memberwise.
        package init(outcome: CallOutcome, at: Timestamp) {
            self.outcome = outcome
            self.at = at
        }
    }

    /// How far it has come.
    package var progress: Progress
    /// How many attempts it has had.
    package var attempts: Int
    /// How the last of them ended; nil if there was none.
    package var last: Ending?
    /// When the callee wants to be called back; nil unless they do.
    package var callbackAt: Timestamp?
    /// Whose call-back it is; nil for anybody's.
    package var callbackAgent: AgentID?
    /// Why it was held back; nil for one that waits for its time.
    package var holdReason: String?
    /// The lead's id where it was exported.
    package var id: Int64?
    /// The id there of the first lead of the same callee, for one with several numbers.
    package var contact: Int64?

    /// Memberwise; without call-back and further numbers.
    package init(progress: Progress, attempts: Int = 0, last: Ending? = nil) {
        self.progress = progress
        self.attempts = attempts
        self.last = last
    }
}
