package import DialModel

/// Hours by the clocks of one place where the callee may live, and who sets them.
package struct PlacedHours: Hashable, Sendable {
    /// The clocks.
    package var clocks: ZoneRules
    /// The hours.
    package var hours: CallingHours
    /// Who sets them.
    package var sources: [RuleOrigin]

    /// Memberwise.
    package init(clocks: ZoneRules, hours: CallingHours, sources: [RuleOrigin]) {
        self.clocks = clocks
        self.hours = hours
        self.sources = sources
    }

    /// Whether people there may be rung at an instant.
    package func contains(_ instant: Timestamp) -> Bool {
        let local = clocks.localTime(at: instant)
        return hours.contains(local.day, second: local.second)
    }

    /// The first instant inside, not before `instant`; nil if there is none within `HoursGate.horizonDays`.
    package func firstInstant(from instant: Timestamp) -> Timestamp? {
        if contains(instant) { return instant }
        guard !hours.isNever else { return nil }
        return earliest(from: instant, within: HoursGate.horizonDays) { day, isSteady in
            opening(on: day, isSteady, from: instant)
        }
    }

    /// The first instant outside, at most `limit` after one that is inside; nil if it stays inside for that long.
    package func closing(after instant: Timestamp, within limit: Duration) -> Timestamp? {
        // A day has 23 hours at least, but for one that a zone went without.
        let days = limit.milliseconds / 82_800_000 + 2
        let found = earliest(from: instant, within: days) { day, isSteady in
            closing(on: day, isSteady, after: instant)
        }
        return found.flatMap { $0 - instant <= limit ? $0 : nil }
    }

    /// The earliest of the instants that the days from `instant` on yield; nil if none of so many does.
    ///
    /// Days follow one another only where clocks are steady. When they are set back over midnight, they show the end of the
    /// day before once more.
    private func earliest(
        from instant: Timestamp, within days: Int64, _ find: (CivilDay, _ isSteady: Bool) -> Timestamp?
    ) -> Timestamp? {
        let today = clocks.localTime(at: instant).day
        var earliest: Timestamp?
        for offset in -1...days {
            let day = today.advanced(by: offset)
            let isSteady = clocks.isSteady(on: day)
            if isSteady, offset < 0 { continue }
            guard let found = find(day, isSteady) else { continue }
            earliest = min(earliest ?? found, found)
            if isSteady { break }
        }
        return earliest
    }

    private func opening(on day: CivilDay, _ isSteady: Bool, from instant: Timestamp) -> Timestamp? {
        guard isSteady else {
            // The clocks may leap into a span, or over its beginning.
            let openings = hours.spans(of: day).flatMap { clocks.instants(of: day, second: $0.opens) }
            return (openings + clocks.changes(on: day)).filter { $0 >= instant && contains($0) }.min()
        }
        let midnight = midnight(of: day)
        return hours.spans(of: day).lazy.map { midnight + .seconds($0.opens) }.first { $0 >= instant }
    }

    private func closing(on day: CivilDay, _ isSteady: Bool, after instant: Timestamp) -> Timestamp? {
        // A span that ends at midnight ends with the first instant of the next day, unless that is inside as well.
        let seconds = [0] + hours.spans(of: day).map(\.closes).filter { $0 < 86_400 }
        let closings =
            isSteady
            ? seconds.map { midnight(of: day) + .seconds($0) }
            : seconds.flatMap { clocks.instants(of: day, second: $0) } + clocks.changes(on: day)
        return closings.filter { $0 > instant && !contains($0) }.min()
    }

    /// The first instant of a day on which the clocks are steady.
    private func midnight(of day: CivilDay) -> Timestamp {
        let utc = Timestamp(milliseconds: day.number * 86_400_000)
        return utc - .seconds(clocks.offset(at: utc))
    }
}

/// Calling hours where the callee lives (`features-and-rules.md`, 7.2 and 7.6, rows 14 to 19).
package enum HoursGate {
    /// How far ahead an opening is looked for.
    package static let horizonDays: Int64 = 62

    /// Whether somebody may be rung at `instant` in all the places where they may live, and the call, answered at any time
    /// within `guardTime`, still be inside.
    package static func isOpen(_ places: [PlacedHours], at instant: Timestamp, guardTime: Duration) -> Bool {
        places.allSatisfy { place in
            place.contains(instant) && place.closing(after: instant, within: guardTime) == nil
        }
    }

    /// The first such instant, not before `instant`; nil if there is none within `horizonDays`.
    package static func firstOpening(
        _ places: [PlacedHours], from instant: Timestamp, guardTime: Duration
    ) -> Timestamp? {
        // The clocks of few callees disagree, and each round leaps to an instant at which some hours begin or end.
        let horizon = instant + .seconds(horizonDays * 86_400)
        var now = instant
        while now <= horizon {
            guard let next = laterInstant(places, from: now, guardTime) else { return nil }
            if next == now { return now }
            now = next
        }
        return nil
    }

    /// `now` if every place allows it, else the earliest instant that the first place to object could allow; nil for never.
    private static func laterInstant(_ places: [PlacedHours], from now: Timestamp, _ guardTime: Duration) -> Timestamp?
    {
        for place in places {
            guard let opening = place.firstInstant(from: now) else { return nil }
            if opening > now { return opening }
            // Too close to the end of these hours: the next ones begin after it.
            if let closing = place.closing(after: now, within: guardTime) { return closing }
        }
        return now
    }
}
