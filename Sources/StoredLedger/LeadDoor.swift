package import DialModel
package import Ledger

/// Who has a number already.
package struct LeadHolder: Hashable, Sendable {
    /// The list that brought the lead.
    package var list: Int64
    /// Its line there.
    package var line: Int

    /// Memberwise.
    package init(list: Int64, line: Int) {
        self.list = list
        self.line = line
    }
}

/// What became of a lead at the door.
package enum LeadEntry: Hashable, Sendable {
    /// It is in.
    case added
    /// Its number is there already, in the campaign or else in another.
    case taken(LeadHolder?)
}

/// How the leads of one list get into a database: by its own means, since lists have millions of them.
package protocol LeadDoor: AnyObject {
    /// The most plain leads that it takes at a time.
    var together: Int { get }

    /// Adds plain leads, each unless a lead of the scope has its number.
    func add(together leads: ArraySlice<NewLead>) throws -> [LeadEntry]

    /// Adds one lead of whatever kind, unless a lead of the scope has its number; its id, nil if it was not added.
    ///
    /// `contact` is the first lead of the same callee.
    func add(_ lead: NewLead, contact: Int64?) throws -> Int64?

    /// Who has a number in the campaign.
    func holder(of number: PhoneNumber) throws -> LeadHolder?

    /// Adds what was put off.
    func finish() throws
}

extension NewLead {
    /// Whether it can be added together with others: it is new, and the callee's only one.
    package var isPlain: Bool { alternates.isEmpty && standing == nil }

    /// Where it stands when it comes in: due from `now` on, unless it brings its standing along.
    package func progress(from now: Timestamp) -> (state: LeadState, ending: LeadEnding?, notBefore: Timestamp?) {
        switch standing?.progress {
        case nil: (.waiting, nil, now)
        case .waiting(let instant): (.waiting, nil, instant)
        case .standby: (.standby, nil, nil)
        case .finished(let ending): (.finished, ending, nil)
        }
    }
}
