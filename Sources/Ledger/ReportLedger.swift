package import DialModel

/// What a report needs of storage: counts from every side from which a campaign can be looked at.
package protocol ReportLedger: Sendable {
    /// Counts what happened in a campaign, all of it in one snapshot; what would be too long to hold is handed to `reader`.
    func tally(
        of campaign: CampaignID, _ question: ReportQuestion, telling reader: any ReportReader
    ) async throws(LedgerError) -> ReportTally
}

/// What a report is about.
package struct ReportQuestion: Hashable, Sendable {
    /// The first instant of the period; attempts belong to it by when they were claimed.
    package var from: Timestamp
    /// The first instant after the period.
    package var until: Timestamp
    /// When the report is made.
    package var now: Timestamp
    /// Seconds by which the days on which people work are east of UTC.
    package var dayOffset: Int
    /// How many digits of a number decide at least where it belongs, because an operator's own regions are so fine.
    package var prefixLength: Int
    /// The accounts whose numbers are looked at.
    package var accounts: [String]
    /// Below how long a conversation is a short one; nil if nobody said.
    package var shortCall: Duration?

    /// Memberwise; the whole of time unless a period is given.
    package init(
        from: Timestamp = Timestamp(milliseconds: .min), until: Timestamp = Timestamp(milliseconds: .max),
        now: Timestamp, dayOffset: Int = 0, prefixLength: Int = 0, accounts: [String] = [], shortCall: Duration? = nil
    ) {
        self.from = from
        self.until = until
        self.now = now
        self.dayOffset = dayOffset
        self.prefixLength = prefixLength
        self.accounts = accounts
        self.shortCall = shortCall
    }
}

/// Told, inside the ledger's snapshot and on its executor, what a report does not hold whole.
package protocol ReportReader: AnyObject, Sendable {
    /// A closed attempt that somebody or something answered, in order of id and whatever the period; its name, disposition,
    /// vendor's words and name of the call are left out.
    func answered(_ attempt: AttemptRecord)
    /// The dials of the period to numbers that begin alike, of which this is one.
    func dialled(_ number: PhoneNumber, _ dials: DialTally)
}

/// How many attempts there were, and what came of them.
package struct DialTally: Hashable, Sendable {
    /// Attempts that are closed.
    package var attempts: Int
    /// Those of them in which the callee's phone may have rung.
    package var dials: Int
    /// Those that a person answered, as far as anybody knows.
    package var live: Int
    /// Those in which an agent talked with the callee.
    package var connected: Int

    /// Memberwise; nothing without arguments.
    package init(attempts: Int = 0, dials: Int = 0, live: Int = 0, connected: Int = 0) {
        self.attempts = attempts
        self.dials = dials
        self.live = live
        self.connected = connected
    }

    /// Both together.
    package static func + (lhs: DialTally, rhs: DialTally) -> DialTally {
        DialTally(
            attempts: lhs.attempts + rhs.attempts, dials: lhs.dials + rhs.dials, live: lhs.live + rhs.live,
            connected: lhs.connected + rhs.connected)
    }

    /// What is left of the first without the second.
    package static func - (lhs: DialTally, rhs: DialTally) -> DialTally {
        DialTally(
            attempts: lhs.attempts - rhs.attempts, dials: lhs.dials - rhs.dials, live: lhs.live - rhs.live,
            connected: lhs.connected - rhs.connected)
    }

    /// Adds another.
    package static func += (lhs: inout DialTally, rhs: DialTally) { lhs = lhs + rhs }
}

/// A campaign's period in counts; every one is counted from rows when asked.
package struct ReportTally: Hashable, Sendable {
    /// When the campaign's first attempt was claimed, whatever the period; nil without any.
    package var firstCall: Timestamp?
    /// Attempts by quarter of an hour and outcome, ascending.
    package var moments: [MomentTally] = []
    /// How long callees and agents talked.
    package var talk: Duration = .zero
    /// How long callees who were joined to an agent waited for one.
    package var wait: Duration = .zero
    /// How many of those waits are known.
    package var knownWaits = 0
    /// Attempts in which the vendor says that it showed another number than was chosen.
    package var mismatches = 0
    /// Attempts by how many tries the lead had had with them, ascending; the last stands for all later ones too.
    package var tries: [TryTally] = []
    /// Second and later tries by how the one before had ended.
    package var retries: [RetryTally] = []
    /// The numbers that were shown most, by dials.
    package var callerIDs: [CallerIDTally] = []
    /// How many numbers were shown in all.
    package var callerIDCount = 0
    /// What agents did, by id.
    package var agents: [AgentTally] = []
    /// What became of leads.
    package var leads = LeadTally()
    /// When was dialled, by run and day: the latest, ascending.
    package var spells: [SpellTally] = []
    /// How many spells there were in all.
    package var spellCount = 0
    /// How long all of them lasted.
    package var spellTime: Duration = .zero
    /// The lists that were loaded, oldest first, whatever the period.
    package var imports: [ImportRecord] = []
    /// How the campaign stands now.
    package var figures: CampaignFigures?
    /// The leads that a claim left waiting, by the gate that held them, the most first.
    package var held: [WordCount] = []
    /// Those of them that wait until something is changed, by the gate that held them, the most first.
    package var onHold: [WordCount] = []
    /// What vendors said of calls that they declined or that failed, the most frequent first.
    package var troubles: [WordCount] = []
    /// The accounts' numbers that are out of use now, ascending.
    package var restingCallerIDs: [RestingCallerID] = []

    /// Nothing.
    package init() {}

    /// Attempts by the quarter of an hour in which they were claimed and how they ended.
    package struct MomentTally: Hashable, Sendable {
        /// Quarters of an hour since 1970; no zone's clocks differ by less.
        package var quarter: Int64
        /// How they ended; nil for those that are open.
        package var outcome: CallOutcome?
        /// How many.
        package var attempts: Int
        /// How many of them a person answered.
        package var live: Int

        /// Memberwise.
        package init(quarter: Int64, outcome: CallOutcome?, attempts: Int, live: Int) {
            self.quarter = quarter
            self.outcome = outcome
            self.attempts = attempts
            self.live = live
        }
    }

    /// The attempts that were a lead's first, second and so on.
    package struct TryTally: Hashable, Sendable {
        /// Which try, from one.
        package var ordinal: Int
        /// What came of them.
        package var dials: DialTally

        /// Memberwise.
        package init(ordinal: Int, dials: DialTally) {
            self.ordinal = ordinal
            self.dials = dials
        }
    }

    /// The attempts that followed one which had ended in some way.
    package struct RetryTally: Hashable, Sendable {
        /// How the one before had ended.
        package var after: CallOutcome
        /// What came of them.
        package var dials: DialTally
        /// From the end of the one before to the claim, all of them together.
        package var pause: Duration

        /// Memberwise.
        package init(after: CallOutcome, dials: DialTally, pause: Duration) {
            self.after = after
            self.dials = dials
            self.pause = pause
        }
    }

    /// The attempts that showed a number.
    package struct CallerIDTally: Hashable, Sendable {
        /// The vendor account.
        package var account: String
        /// The number, in the vendor's form; nil where the vendor chose it.
        package var callerID: String?
        /// What came of them.
        package var dials: DialTally

        /// Memberwise.
        package init(account: String, callerID: String?, dials: DialTally) {
            self.account = account
            self.callerID = callerID
            self.dials = dials
        }
    }

    /// What an agent did.
    package struct AgentTally: Hashable, Sendable {
        /// Who.
        package var agent: AgentID
        /// Attempts that were placed for them, offered or joined to them.
        package var calls: Int
        /// Those in which they talked with the callee.
        package var connected: Int
        /// Those that they did not take.
        package var missed: Int
        /// Conversations that were short ones.
        package var short: Int
        /// How long they talked in all.
        package var talk: Duration
        /// From the first to the last of their calls, for each run and day, all together.
        package var present: Duration

        /// Memberwise.
        package init(
            agent: AgentID, calls: Int, connected: Int, missed: Int, short: Int, talk: Duration, present: Duration
        ) {
            self.agent = agent
            self.calls = calls
            self.connected = connected
            self.missed = missed
            self.short = short
            self.talk = talk
            self.present = present
        }
    }

    /// What became of leads in the period.
    package struct LeadTally: Hashable, Sendable {
        /// Leads that were tried.
        package var tried = 0
        /// Those whose phone may have rung.
        package var rung = 0
        /// Those of whom a person answered.
        package var answered = 0
        /// Those who talked with an agent.
        package var reached = 0
        /// Those whom an agent noted as a sale.
        package var sold = 0

        /// Nothing.
        package init() {}
    }

    /// A time in which one run dialled, on one day.
    package struct SpellTally: Hashable, Sendable {
        /// The run.
        package var run: RunID
        /// When its first attempt was claimed.
        package var from: Timestamp
        /// When its last attempt ended.
        package var until: Timestamp
        /// What came of its attempts.
        package var dials: DialTally

        /// Memberwise.
        package init(run: RunID, from: Timestamp, until: Timestamp, dials: DialTally) {
            self.run = run
            self.from = from
            self.until = until
            self.dials = dials
        }
    }

    /// How often a word or a phrase occurs.
    package struct WordCount: Hashable, Sendable {
        /// The word.
        package var word: String
        /// How often.
        package var count: Int

        /// Memberwise.
        package init(_ word: String, _ count: Int) {
            self.word = word
            self.count = count
        }
    }

    /// A number that may not be shown now.
    package struct RestingCallerID: Hashable, Sendable {
        /// The number, in the vendor's form.
        package var callerID: String
        /// Until when because calls were refused for its sake; nil for one that an operator took out.
        package var quarantinedUntil: Timestamp?

        /// Memberwise.
        package init(callerID: String, quarantinedUntil: Timestamp?) {
            self.callerID = callerID
            self.quarantinedUntil = quarantinedUntil
        }
    }
}

extension ReportTally {
    /// From which try on all are counted together.
    package static let lastTry = 10
    /// At most so many numbers that were shown are told one by one.
    package static let callerIDLimit = 40
    /// At most so many spells are told one by one.
    package static let spellLimit = 60
    /// At most so many words of vendors, and numbers that are out of use.
    package static let wordLimit = 12
}
