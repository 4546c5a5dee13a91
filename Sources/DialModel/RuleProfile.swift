/// The rules of one jurisdiction for calling people, each figure with its source.
package struct RuleProfile: Hashable, Sendable {
    /// What it is called in campaign files and explanations: `us`.
    package var name: String
    /// The hours outside which nobody may be rung; nil where no rule sets any.
    package var outerHours: SourcedFigure<CallingHours>?
    /// The hours of campaigns that state none; nil for the outer ones.
    package var hours: SourcedFigure<CallingHours>?
    /// The days on which regions that keep holidays are not called, ascending.
    package var holidays: SourcedFigure<[CivilDay]>?
    /// Caps that apply everywhere.
    package var caps: [SourcedFigure<AttemptCap>]
    /// What applies in single provinces or states besides, in the order of the file.
    package var regions: [RegionRules]
    /// What is asked of calls without an agent; nil where no rule is known.
    package var abandonment: AbandonmentRule?
    /// The do-not-call lists that have to be asked, in the order of the file.
    package var lists: [ListRule]
    /// What has to be there before anybody is called, in the order of the file.
    package var requirements: [SourcedFigure<RuleRequirement>]
    /// How long records are kept at least; nil where no rule is known.
    package var retention: SourcedFigure<Duration>?

    /// A profile without any rule.
    package init(name: String) {
        self.name = name
        caps = []
        regions = []
        lists = []
        requirements = []
    }

    /// The hours of campaigns that state none; nil where people may be rung at any time.
    package var defaultHours: SourcedFigure<CallingHours>? { hours ?? outerHours }

    /// Whether something has to be there before anybody is called.
    package func requires(_ requirement: RuleRequirement) -> Bool {
        requirements.contains { $0.value == requirement }
    }

    /// The rules of every one of these regions, in the order of the profile; all of them apply.
    package func rules(of places: [Region]) -> [RegionRules] {
        let provinces = places.map(\.normalised)
        return regions.filter { rules in
            provinces.contains { $0.country == rules.region.country && $0.province == rules.region.province }
        }
    }
}

/// What applies in one province or state besides the rules of its country.
package struct RegionRules: Hashable, Sendable {
    /// The country and the province or state, with the name in short form: `US` and `FL`.
    package let region: Region
    /// The hours outside which nobody there may be rung; nil for those of the country.
    package var hours: SourcedFigure<CallingHours>?
    /// By which clocks its hours are meant; nil for those of the callee.
    package var zone: TimeZoneID?
    /// That nobody there is rung on the profile's holidays; nil where there is no such rule.
    package var holidays: RuleSource?
    /// Caps besides those of the country.
    package var caps: [SourcedFigure<AttemptCap>]

    /// Memberwise.
    package init(
        region: Region, hours: SourcedFigure<CallingHours>? = nil, zone: TimeZoneID? = nil,
        holidays: RuleSource? = nil, caps: [SourcedFigure<AttemptCap>] = []
    ) {
        self.region = region.normalised
        self.hours = hours
        self.zone = zone
        self.holidays = holidays
        self.caps = caps
    }
}

/// A do-not-call list that has to be asked.
package struct ListRule: Hashable, Sendable {
    /// What campaign files call it: `national`.
    package var list: String
    /// How old it may be when a number is dialled.
    package var maximumAge: SourcedFigure<Duration>

    /// Memberwise.
    package init(list: String, maximumAge: SourcedFigure<Duration>) {
        self.list = list
        self.maximumAge = maximumAge
    }
}

/// What rules ask to be there before anybody is called; the raw value is the word in files of rules.
package enum RuleRequirement: String, CaseIterable, Hashable, Sendable {
    /// Proof that the callee agreed.
    case consent
    /// A recorded message for callees for whom no agent is ready.
    case message
    /// Proof of the right to show the caller ID.
    case callerIDProof = "caller_id_proof"
    /// A do-not-call list of one's own.
    case houseList = "house_list"
}
