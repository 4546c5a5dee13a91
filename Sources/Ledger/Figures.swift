package import DialModel

/// A campaign in numbers; every one is counted from rows when asked.
package struct CampaignFigures: Hashable, Sendable {
    /// Leads in all.
    package var leads: Int
    /// Leads that may be dialled now.
    package var due: Int
    /// Leads that wait for their time, or until something is changed.
    package var waiting: Int
    /// Leads with an open attempt.
    package var dialing: Int
    /// Further numbers of callees, in reserve.
    package var standby: Int
    /// Finished leads by ending, in the order of `LeadEnding.allCases`.
    package var finished: [EndingCount]
    /// Attempts that have no outcome.
    package var openAttempts: Int
    /// Closed attempts by outcome.
    package var outcomes: OutcomeCounts
    /// When the next waiting lead is due; nil when none waits for its time.
    package var nextDueAt: Timestamp?
    /// The latest run, through each of its accounts; empty if there was none.
    package var lastRun: [RunRecord]

    /// A number of finished leads.
    package struct EndingCount: Hashable, Sendable {
        /// Why they are finished.
        package var ending: LeadEnding
        /// How many.
        package var count: Int

        /// Memberwise.
        package init(ending: LeadEnding, count: Int) {
            self.ending = ending
            self.count = count
        }
    }

    /// Memberwise.
    package init(
        leads: Int, due: Int, waiting: Int, dialing: Int, standby: Int = 0, finished: [EndingCount], openAttempts: Int,
        outcomes: OutcomeCounts, nextDueAt: Timestamp?, lastRun: [RunRecord]
    ) {
        self.leads = leads
        self.due = due
        self.waiting = waiting
        self.dialing = dialing
        self.standby = standby
        self.finished = finished
        self.openAttempts = openAttempts
        self.outcomes = outcomes
        self.nextDueAt = nextDueAt
        self.lastRun = lastRun
    }

    /// Finished leads in all.
    package var finishedCount: Int { finished.reduce(0) { $0 + $1.count } }
    /// Attempts in all.
    package var attempts: Int { openAttempts + outcomes.total }
}

/// A run through an account as the ledger has it; those of one run through several accounts begin at the same instant.
package struct RunRecord: Hashable, Sendable {
    /// The row.
    package var id: RunID
    /// The account.
    package var account: String
    /// When it began.
    package var startedAt: Timestamp
    /// When it ended; nil while it runs, or if its process died.
    package var endedAt: Timestamp?
    /// Why it ended.
    package var ending: String?

    /// Memberwise.
    package init(id: RunID, account: String, startedAt: Timestamp, endedAt: Timestamp?, ending: String?) {
        self.id = id
        self.account = account
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.ending = ending
    }
}

/// An attempt with everything that an export shows.
package struct AttemptRecord: Hashable, Sendable {
    /// The row.
    package var id: AttemptID
    /// Its lead.
    package var lead: LeadID
    /// The run that claimed it.
    package var run: RunID
    /// How many attempts the lead has had, this one included.
    package var ordinal: Int
    /// The number called.
    package var number: PhoneNumber
    /// The lead's name.
    package var name: String?
    /// The vendor account.
    package var vendor: String
    /// The number that was chosen to be shown.
    package var callerID: String?
    /// The number that the vendor says was shown.
    package var shownCallerID: String?
    /// The vendor's name of the call.
    package var vendorCall: VendorCallID?
    /// Where it stands.
    package var state: AttemptState
    /// How it ended; nil while it is open.
    package var outcome: CallOutcome?
    /// Who answered.
    package var cpa: CPAResult?
    /// Who was reserved for it or talked.
    package var agent: AgentID?
    /// When its row was committed.
    package var claimedAt: Timestamp
    /// When the callee answered.
    package var answeredAt: Timestamp?
    /// When callee and agent were joined.
    package var connectedAt: Timestamp?
    /// When it ended.
    package var endedAt: Timestamp?
    /// How long they talked.
    package var talk: Duration?
    /// What the vendor said.
    package var vendorReason: String?
    /// When the vendor began to play the campaign's message to the callee, if it did.
    package var messageAt: Timestamp?
    /// What an agent said of the callee after it, the last time.
    package var disposition: Disposition?
    /// The cell of its lead's list that was asked for.
    package var quoted: String?

    /// An attempt of which only the claim is known.
    package init(
        id: AttemptID, lead: LeadID, run: RunID, ordinal: Int, number: PhoneNumber, vendor: String, state: AttemptState,
        claimedAt: Timestamp
    ) {
        self.id = id
        self.lead = lead
        self.run = run
        self.ordinal = ordinal
        self.number = number
        self.vendor = vendor
        self.state = state
        self.claimedAt = claimedAt
    }
}

/// What an agent did in a campaign.
package struct AgentFigures: Hashable, Sendable {
    /// Who.
    package var agent: AgentID
    /// Attempts that were placed for them or joined to them.
    package var calls: Int
    /// Those in which they talked with the callee.
    package var connected: Int
    /// Those that they did not take.
    package var missed: Int
    /// Those whose conversation was a short one, if it was said what that is.
    package var short: Int
    /// How long they talked in all.
    package var talk: Duration
    /// When the first of the attempts was committed.
    package var firstAt: Timestamp
    /// When the last of them was.
    package var lastAt: Timestamp

    /// Memberwise.
    package init(
        agent: AgentID, calls: Int, connected: Int, missed: Int, short: Int = 0, talk: Duration, firstAt: Timestamp,
        lastAt: Timestamp
    ) {
        self.agent = agent
        self.calls = calls
        self.connected = connected
        self.missed = missed
        self.short = short
        self.talk = talk
        self.firstAt = firstAt
        self.lastAt = lastAt
    }
}

/// What went through an account in a campaign.
package struct AccountFigures: Hashable, Sendable {
    /// The vendor account.
    package var account: String
    /// Attempts in all.
    package var attempts: Int
    /// Those in which an agent talked with the callee.
    package var connected: Int
    /// Those that have no outcome.
    package var open: Int

    /// Memberwise.
    package init(account: String, attempts: Int, connected: Int, open: Int) {
        self.account = account
        self.attempts = attempts
        self.connected = connected
        self.open = open
    }
}

/// A lead with everything that an export shows.
package struct LeadRecord: Hashable, Sendable {
    /// The row.
    package var id: LeadID
    /// The line of its list.
    package var line: Int
    /// The number in normal form.
    package var number: PhoneNumber
    /// The number as the list has it.
    package var originalNumber: String
    /// The name.
    package var name: String?
    /// The list's other columns.
    package var fields: [LeadField]
    /// Where it stands.
    package var state: LeadState
    /// Why it is finished.
    package var ending: LeadEnding?
    /// When it may be dialled, while it waits; nil for one that waits until something is changed.
    package var notBefore: Timestamp?
    /// Why the last claim that asked left it waiting, if one did and said why.
    package var holdReason: String?
    /// The file name of the list that it is from.
    package var list: String
    /// Leads of higher priority are dialled first.
    package var priority: Int
    /// When it is no use dialling it any more; nil for never.
    package var expiresAt: Timestamp?
    /// When the callee wants to be called back; nil unless they do.
    package var callbackAt: Timestamp?
    /// Whose call-back it is; nil for anybody's.
    package var callbackAgent: AgentID?
    /// The first lead of the same callee, for one with several numbers.
    package var contact: LeadID?
    /// How many attempts it has had.
    package var attempts: Int
    /// How the last one ended.
    package var lastOutcome: CallOutcome?
    /// When the last one ended.
    package var lastEndedAt: Timestamp?

    /// A lead that has never been dialled.
    package init(
        id: LeadID, line: Int, number: PhoneNumber, originalNumber: String, name: String?, fields: [LeadField],
        state: LeadState
    ) {
        self.id = id
        self.line = line
        self.number = number
        self.originalNumber = originalNumber
        self.name = name
        self.fields = fields
        self.state = state
        list = ""
        priority = 0
        attempts = 0
    }
}

/// One line of an attempt's history.
package struct TimelineEntry: Hashable, Sendable {
    /// When.
    package var at: Timestamp
    /// The state it reached.
    package var state: AttemptState
    /// Words, such as the vendor's reason.
    package var note: String?

    /// Memberwise.
    package init(at: Timestamp, state: AttemptState, note: String?) {
        self.at = at
        self.state = state
        self.note = note
    }
}
