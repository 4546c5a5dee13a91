package import DialModel

/// Where a callee lives or may live, as far as that is known.
package struct CalleeWhereabouts: Hashable, Sendable {
    /// Every region that is named for them: that of the number, and that of the list.
    package var regions: [Region]
    /// The clocks of every zone that they may live in; empty when unknown.
    package var clocks: [ZoneRules]
    /// Whether something is said of their zone that nobody understands, so that none may be assumed.
    package var isUnreadable: Bool

    /// Memberwise.
    package init(regions: [Region], clocks: [ZoneRules], isUnreadable: Bool = false) {
        self.regions = regions
        self.clocks = clocks
        self.isUnreadable = isUnreadable
    }
}

/// The rules that a campaign keeps: those of its profile, and its own, of which all apply.
package struct RuleSet: Hashable, Sendable {
    /// The profile.
    package var profile: RuleProfile
    /// The campaign's own hours, holidays left out; nil for those of the profile.
    package var hours: CallingHours?
    /// Days on which the campaign calls nobody.
    package var holidays: [CivilDay]
    /// The campaign's own caps.
    package var caps: [AttemptCap]
    /// Whether the campaign's hours may go beyond the profile's outer ones, on somebody's word.
    ///
    /// The rules of regions stay, because nobody gave their word for those.
    package var isOverridden: Bool
    /// The clocks of callees whose zone is unknown; nil not to dial them.
    package var assumedClocks: ZoneRules?
    /// The longest from placing a call to its being answered.
    package var guardTime: Duration
    /// The parts of the day over which a lead's dials are spread; none to dial at any time.
    package var dayParts: [HourSpan]
    /// The clocks of the zones that regions of the profile name, ascending by zone.
    private var regionClocks: [ZoneRules]

    /// Memberwise; `clocks` has those of zones by name.
    package init(
        profile: RuleProfile, hours: CallingHours? = nil, holidays: [CivilDay] = [], caps: [AttemptCap] = [],
        isOverridden: Bool = false, assumedZone: TimeZoneID? = nil, guardTime: Duration = .zero,
        dayParts: [HourSpan] = [], clocks: (TimeZoneID) -> ZoneRules?
    ) {
        self.profile = profile
        self.hours = hours
        self.holidays = holidays
        self.caps = caps
        self.isOverridden = isOverridden
        self.guardTime = guardTime
        self.dayParts = dayParts
        assumedClocks = assumedZone.flatMap(clocks)
        regionClocks = Set(profile.regions.compactMap(\.zone)).sorted().compactMap(clocks)
    }

    /// The hours of every place where the callee may live, all of which have to allow a call; nil if nobody knows in which
    /// zone they live.
    package func places(of callee: CalleeWhereabouts) -> [PlacedHours]? {
        if callee.isUnreadable { return nil }
        let clocks = callee.clocks.isEmpty ? [assumedClocks].compactMap(\.self) : callee.clocks
        guard !clocks.isEmpty else { return nil }
        let (hours, sources) = (ownHours, ownSources)
        return clocks.map { PlacedHours(clocks: $0, hours: hours, sources: sources) }
            + outerPlaces(clocks) + profile.rules(of: callee.regions).flatMap { placed($0, clocks) }
    }

    /// What is asked before a call to the callee is placed; `isAgentReserved` says whether an agent is reserved first.
    package func gateRules(for callee: CalleeWhereabouts, isAgentReserved: Bool) -> GateRules {
        GateRules(
            caps: caps(for: callee), abandonmentLockout: profile.abandonment?.lockout?.value,
            machineLockout: profile.abandonment?.machineLockout?.value, isAgentReserved: isAgentReserved,
            guardTime: guardTime, dayParts: dayParts)
    }

    /// Every cap that applies to the callee: of the profile, of their regions, of the campaign.
    package func caps(for callee: CalleeWhereabouts) -> [AttemptCap] {
        profile.caps.map(\.value) + profile.rules(of: callee.regions).flatMap { $0.caps.map(\.value) } + caps
    }

    /// How far back dials matter to any callee.
    package var lookBack: Duration {
        let all = profile.caps.map(\.value) + profile.regions.flatMap { $0.caps.map(\.value) } + caps
        let lockouts = [profile.abandonment?.lockout?.value, profile.abandonment?.machineLockout?.value]
        let memory = dayParts.isEmpty ? [] : [DayPartGate.memory]
        return (all.map(\.period.span) + lockouts.compactMap(\.self) + memory).max() ?? .zero
    }

    /// How old a do-not-call list may be; `limit` is the campaign's own, and the stricter one counts.
    package func maximumAge(of list: String, limit: Duration? = nil) -> Duration? {
        let ages = profile.lists.filter { $0.list == list }.map(\.maximumAge.value)
        return (ages + [limit].compactMap(\.self)).min()
    }

    private var ownHours: CallingHours {
        var own = hours ?? profile.defaultHours?.value ?? Self.always
        own.holidays = (own.holidays + holidays).sorted()
        return own
    }

    private var ownSources: [RuleOrigin] {
        guard hours == nil else { return [.campaign] }
        return [.named(profile.name)] + (holidays.isEmpty ? [] : [.campaign])
    }

    /// The profile's outer hours, where the campaign's own go beyond them without leave.
    private func outerPlaces(_ clocks: [ZoneRules]) -> [PlacedHours] {
        guard !isOverridden, let outer = profile.outerHours?.value, let hours, !hours.isWithin(outer) else { return [] }
        return clocks.map { PlacedHours(clocks: $0, hours: outer, sources: [.named(profile.name)]) }
    }

    private static let always = CallingHours(daily: [HourSpan(opens: 0, closes: 86_400)].compactMap(\.self))

    /// The hours of a region, by its own clocks if it has any, else by all those that the callee may have.
    private func placed(_ rules: RegionRules, _ clocks: [ZoneRules]) -> [PlacedHours] {
        guard rules.hours != nil || rules.holidays != nil else { return [] }
        var hours = rules.hours?.value ?? profile.outerHours?.value ?? Self.always
        if rules.holidays != nil { hours.holidays = profile.holidays?.value ?? [] }
        let own = rules.zone.flatMap { zone in regionClocks.first { $0.zone == zone } }
        let source = RuleOrigin.named([profile.name, rules.region.province].compactMap(\.self).joined(separator: " "))
        return (own.map { [$0] } ?? clocks).map { PlacedHours(clocks: $0, hours: hours, sources: [source]) }
    }
}
