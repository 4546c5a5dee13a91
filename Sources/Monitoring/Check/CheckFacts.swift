package import DialModel
package import Wording

/// What is known of a campaign when a monitor asks.
package struct CheckFacts: Hashable, Sendable {
    /// What holds a run back, where that is as it should be.
    package enum Hold: Hashable, Sendable {
        /// The run is ending.
        case draining
        /// Somebody paused it.
        case paused(by: String)
        /// Nobody is signed in.
        case noAgents
        /// Everybody who is signed in is busy or away.
        case nobodyFree
        /// Everything that is left waits for its time.
        case nothingDue
        /// No number can be shown, or the account may carry no further call, for a while.
        case noCapacity
    }

    /// A run that is going on.
    package struct Run: Hashable, Sendable {
        /// What holds it back; nil where nothing does.
        package var hold: Hold?
        /// Whether the vendor cannot be reached.
        package var isVendorDown: Bool
        /// How long nothing has gone on in it although something could.
        package var stalled: Duration
        /// Whether it has stood still since it began.
        package var hasNeverMoved: Bool
        /// Calls that have not ended.
        package var openCalls: Int
        /// Agents who are signed in.
        package var signedIn: Int

        /// Memberwise.
        package init(
            hold: Hold?, isVendorDown: Bool, stalled: Duration, hasNeverMoved: Bool, openCalls: Int, signedIn: Int
        ) {
            self.hold = hold
            self.isVendorDown = isVendorDown
            self.stalled = stalled
            self.hasNeverMoved = hasNeverMoved
            self.openCalls = openCalls
            self.signedIn = signedIn
        }
    }

    /// A do-not-call list that the campaign asks.
    package struct ListAge: Hashable, Sendable {
        /// Its name.
        package var list: String
        /// How old its contents are; nil where it is missing, or nobody said.
        package var age: Duration?
        /// How old they may be.
        package var maximum: Duration

        /// Memberwise.
        package init(list: String, age: Duration?, maximum: Duration) {
            self.list = list
            self.age = age
            self.maximum = maximum
        }
    }

    /// The campaign's name.
    package var campaign: String
    /// Leads in all.
    package var leads = 0
    /// Those that could be dialled now, by the ledger.
    package var due = 0
    /// Those that are finished.
    package var finished = 0
    /// Attempts that have no outcome.
    package var openAttempts = 0
    /// The run that is going on; nil without one.
    package var run: Run?
    /// Whether a run is going on that does not answer.
    package var isRunSilent = false
    /// How the last run ended; nil while one is going on, or without any.
    package var lastEnding: Phrase?
    /// Since when some lead has been due, by the hours of its callee and everything else that is asked before a dial; nil
    /// while nobody may be dialled.
    package var dialableSince: Timestamp?
    /// When an attempt was last moved on, in whichever run; nil without any.
    package var lastProgressAt: Timestamp?
    /// How many of the latest attempts failed for reasons of the vendor or the network.
    package var failed = 0
    /// How many attempts that is of.
    package var judged = 0
    /// Answered calls of the window, and those of them that were abandoned.
    package var abandonment = AbandonmentCount()
    /// The most that may be abandoned, from 0 to 1; nil where nothing limits it.
    package var abandonmentLimit: Double?
    /// Whether no telephone can ring, so that a list that is missing or too old is no more than a warning.
    package var isRehearsal = false
    /// The do-not-call lists that have a greatest age.
    package var lists: [ListAge] = []
    /// Bytes that are free where the database is; nil where that cannot be learnt.
    package var freeBytes: UInt64?
    /// What is wrong at the end of the audit log; nil if nothing is.
    package var auditFault: Phrase?

    /// Nothing known yet.
    package init(campaign: String) {
        self.campaign = campaign
    }

    /// How long nothing has gone on although something could.
    ///
    /// A run that moves knows best. Without one, and for one that has stood still since it began, as runs do that are started
    /// again and again in vain, time counts from when something was due or last moved, whichever is later.
    package func stalled(at now: Timestamp) -> Duration {
        if let run {
            guard run.hasNeverMoved, run.hold == nil else { return run.stalled }
        }
        guard let dialableSince else { return run?.stalled ?? .zero }
        let since = lastProgressAt.map { max($0, dialableSince) } ?? dialableSince
        return max(run?.stalled ?? .zero, now - since)
    }
}
