package import DialModel

/// All that a choice among an account's numbers rests on, at one moment.
package struct CallerIDSnapshot: Hashable, Sendable {
    /// The moment.
    package var at: Timestamp
    /// The numbers that are listed, ascending.
    package var numbers: [OutboundNumber]
    /// The lines that are held: open attempts that have not outlived their hold, in order of their ids.
    package var held: [CallerIDUse]
    /// What was made of every number that was ever shown, listed or not, ascending.
    package var usages: [CallerIDUsage]

    /// Memberwise.
    package init(at: Timestamp, numbers: [OutboundNumber], held: [CallerIDUse], usages: [CallerIDUsage]) {
        self.at = at
        self.numbers = numbers
        self.held = held
        self.usages = usages
    }
}

/// What was made of a number.
package struct CallerIDUsage: Hashable, Sendable {
    /// The number, in the vendor's form.
    package var callerID: String
    /// Its dials on the day of the snapshot in Shanghai, without those that were given back.
    package var dialsToday: Int
    /// When it was last claimed, dials that were given back included: the vendor was asked all the same.
    package var lastDialAt: Timestamp?
    /// When it was claimed in the minute before the snapshot, ascending; a pool of virtual numbers counts these.
    package var lastMinute: [Timestamp]
    /// How its last attempts ended, in the order in which that was committed, the latest last; at most 50.
    package var outcomes: [CallOutcome]

    /// How many outcomes tell of a number's health (`vendors/alibaba-udesk.md`, C4, step 9).
    package static let outcomeLimit = 50

    /// Memberwise.
    package init(
        callerID: String, dialsToday: Int = 0, lastDialAt: Timestamp? = nil, lastMinute: [Timestamp] = [],
        outcomes: [CallOutcome] = []
    ) {
        self.callerID = callerID
        self.dialsToday = dialsToday
        self.lastDialAt = lastDialAt
        self.lastMinute = lastMinute
        self.outcomes = outcomes
    }
}
