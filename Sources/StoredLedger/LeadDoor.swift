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
    /// The transaction of the import.
    var session: any StoreSession { get }
    /// The campaign; nil for none, which has nobody.
    var campaign: Int64? { get }
    /// The import.
    var list: Int64 { get }
    /// Among which leads a number is looked for.
    var duplicates: DuplicateScope { get }
    /// The most plain leads that it takes at a time.
    var together: Int { get }

    /// Adds `together` plain leads by one statement, each unless its campaign has the number; how many were added.
    func insert(together leads: ArraySlice<NewLead>) throws -> Int

    /// Adds plain leads, each unless a lead of the scope has its number.
    func add(together leads: ArraySlice<NewLead>) throws -> [LeadEntry]

    /// Adds one lead of whatever kind, unless a lead of the scope has its number; its id, nil if it was not added.
    ///
    /// `contact` is the first lead of the same callee.
    func add(_ lead: NewLead, contact: Int64?) throws -> Int64?

    /// Who has a number in the campaign.
    func holder(of number: PhoneNumber) throws -> LeadHolder?

    /// Adds what was put off, and counts what was added where the database does not count by itself.
    func finish() throws
}

extension LeadDoor {
    /// Adds plain leads by what the database says of their numbers: all by one statement, if that can be done.
    package func addAsked(together leads: ArraySlice<NewLead>) throws -> [LeadEntry] {
        guard duplicates != .all, leads.count == together else {
            return try leads.map { lead in
                try add(lead, contact: nil) == nil ? .taken(try holder(of: lead.number)) : .added
            }
        }
        guard try insert(together: leads) < leads.count else { return Array(repeating: .added, count: leads.count) }
        return try leads.map { lead in
            let holder = try holder(of: lead.number)
            return holder == LeadHolder(list: list, line: lead.line) ? .added : .taken(holder)
        }
    }

    /// Who has a number in the campaign, by what the database says.
    package func askedHolder(of number: PhoneNumber) throws -> LeadHolder? {
        let row = try session.row(LedgerQuery.importOfNumber, [campaign, number.e164])
        return try row.map { LeadHolder(list: try $0.required("import"), line: try $0.required("line")) }
    }

    /// Whether a lead has the number already, where those of all campaigns are in the scope.
    package func isTakenAnywhere(_ number: PhoneNumber) throws -> Bool {
        try duplicates == .all && session.row(LedgerQuery.anyLeadOfNumber, [number.e164]) != nil
    }
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
