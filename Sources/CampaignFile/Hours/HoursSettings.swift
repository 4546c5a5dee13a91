package import DialModel

/// The rules that a campaign keeps, and the hours in which it calls.
package struct HoursSettings: Hashable, Sendable {
    /// Where the rules are from.
    package enum Rules: Hashable, Sendable {
        /// A profile that is built in.
        case builtIn(RuleProfile)
        /// A file of one's own, relative to the campaign file; with its profile if it was looked into.
        case file(String, RuleProfile?)
    }

    /// Where the rules are from.
    package var rules: Rules
    /// The campaign's own hours, without holidays; nil for those of the rules.
    package var hours: CallingHours?
    /// Days on which the campaign calls nobody, ascending.
    package var holidays: [CivilDay]
    /// The zone to assume for callees whose zone is unknown; nil not to dial them.
    ///
    /// Whether there is such a zone is known to `Regions`.
    package var zone: TimeZoneID?
    /// The longest from placing a call to its being answered: no call is placed so late that it could be answered after
    /// the hours.
    package var guardTime: Duration
    /// That the hours are wider than the law's, on somebody's word; nil if they are within it.
    package var override: HoursOverride?

    /// Memberwise.
    package init(
        rules: Rules, hours: CallingHours? = nil, holidays: [CivilDay] = [], zone: TimeZoneID? = nil,
        guardTime: Duration = .seconds(30), override: HoursOverride? = nil
    ) {
        self.rules = rules
        self.hours = hours
        self.holidays = holidays
        self.zone = zone
        self.guardTime = guardTime
        self.override = override
    }

    /// The rules themselves; nil if they are in a file that was not looked into.
    package var profile: RuleProfile? {
        switch rules {
        case .builtIn(let profile): profile
        case .file(_, let profile): profile
        }
    }
}

/// Somebody's word that a campaign may call outside the hours of the law, for the audit.
package struct HoursOverride: Hashable, Sendable {
    /// Why it may.
    package var reason: String
    /// Whose hours it leaves: `us`.
    package var profile: String
    /// The law whose hours it leaves.
    package var law: RuleSource

    /// Memberwise.
    package init(reason: String, profile: String, law: RuleSource) {
        self.reason = reason
        self.profile = profile
        self.law = law
    }
}

/// What shows that callees agreed to be called.
package enum ConsentSettings: Hashable, Sendable {
    /// One proof for the whole list.
    case reference(String)
    /// The column of the list that has each lead's proof.
    case column(String)

    /// Whether each lead has its own.
    package var isByLead: Bool {
        switch self {
        case .reference: false
        case .column: true
        }
    }

    /// The proof for a lead with these other columns; nil if there is none.
    package func proof(in columns: some Sequence<(name: String, value: String)>) -> String? {
        switch self {
        case .reference(let reference): return reference
        case .column(let name):
            let key = CellText.key(name)
            return columns.first { CellText.key($0.name) == key && !CellText.isBlank($0.value) }?.value
        }
    }
}

/// What a campaign says that it has of what rules may ask for.
package struct ComplianceSettings: Hashable, Sendable {
    /// What callees hear for whom no agent is ready: the name or the words of the recording; nil for nothing.
    package var message: String?
    /// What shows the right to show the caller ID, such as a contract; nil for nothing.
    package var callerIDProof: String?
    /// What shows that the vendor keeps the rules where it chooses whom to call and when; nil for nothing.
    package var vendorRulesProof: String?

    /// Memberwise; nothing unless it is given.
    package init(message: String? = nil, callerIDProof: String? = nil, vendorRulesProof: String? = nil) {
        self.message = message
        self.callerIDProof = callerIDProof
        self.vendorRulesProof = vendorRulesProof
    }
}

/// The do-not-call lists that a campaign asks.
package struct DoNotCallSettings: Hashable, Sendable {
    /// Their names, in the order of the file.
    package var lists: [String]
    /// How old they may be, where rules do not ask for younger ones; nil for as old as they are.
    package var maximumAge: Duration?

    /// Memberwise.
    package init(lists: [String], maximumAge: Duration? = nil) {
        self.lists = lists
        self.maximumAge = maximumAge
    }
}
