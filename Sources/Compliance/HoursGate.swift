package import DialModel

/// Hours by the clocks of one place where the callee may live, and who sets them.
package struct PlacedHours: Hashable, Sendable {
    /// The clocks.
    package var clocks: ZoneRules
    /// The hours.
    package var hours: CallingHours
    /// Who sets them, for explanations: `us`, `us FL`, `campaign`.
    package var source: String

    /// Memberwise.
    package init(clocks: ZoneRules, hours: CallingHours, source: String) {
        self.clocks = clocks
        self.hours = hours
        self.source = source
    }

    /// Whether people there may be rung at an instant.
    package func contains(_ instant: Timestamp) -> Bool {
        let local = clocks.localTime(at: instant)
        return hours.contains(local.day, second: local.second)
    }

    /// The first instant inside, not before `instant`; nil if there is none within a year.
    package func firstInstant(from instant: Timestamp) -> Timestamp? {
        if contains(instant) { return instant }
        let today = clocks.localTime(at: instant).day
        for offset in 0...HoursGate.horizonDays {
            let day = today.advanced(by: offset)
            let found = openings(on: day).filter { $0 >= instant && contains($0) }.min()
            if let found { return found }
        }
        return nil
    }

    /// The first instant outside, after one that is inside; nil if there is none within a year.
    package func closing(after instant: Timestamp) -> Timestamp? {
        let today = clocks.localTime(at: instant).day
        for offset in 0...HoursGate.horizonDays {
            let day = today.advanced(by: offset)
            let found = closings(on: day).filter { $0 > instant && !contains($0) }.min()
            if let found { return found }
        }
        return nil
    }

    /// Where a span of the day begins, and where the clocks leap, perhaps into one.
    private func openings(on day: CivilDay) -> [Timestamp] {
        boundaries(on: day, hours.spans(of: day).map(\.opens))
    }

    private func closings(on day: CivilDay) -> [Timestamp] {
        // A span that ends at midnight ends with the first instant of the next day.
        boundaries(on: day, hours.spans(of: day).map(\.closes).filter { $0 < 86_400 } + [0])
    }

    private func boundaries(on day: CivilDay, _ seconds: [Int]) -> [Timestamp] {
        seconds.flatMap { clocks.instants(of: day, second: $0) } + clocks.transitions(around: day).map(\.at)
    }
}

/// Calling hours where the callee lives (`features-and-rules.md`, 7.2 and 7.6, rows 14 to 19).
package enum HoursGate {
    /// How far ahead an opening is looked for.
    package static let horizonDays: Int64 = 366
    /// How often the places of one callee may disagree about an instant before it counts as never.
    private static let roundLimit = 2_000

    /// Whether somebody may be rung at `instant` in all the places where they may live, and the call, answered at any time
    /// within `guardTime`, still be inside.
    package static func isOpen(_ places: [PlacedHours], at instant: Timestamp, guardTime: Duration) -> Bool {
        places.allSatisfy { place in
            place.contains(instant) && place.closing(after: instant).map { $0 - instant > guardTime } ?? true
        }
    }

    /// The first such instant, not before `instant`; nil if there is none within a year.
    package static func firstOpening(
        _ places: [PlacedHours], from instant: Timestamp, guardTime: Duration
    ) -> Timestamp? {
        var now = instant
        for _ in 0..<roundLimit {
            guard let next = laterInstant(places, from: now, guardTime) else { return nil }
            if next == now { return now }
            guard next - instant <= .seconds((horizonDays + 1) * 86_400) else { return nil }
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
            if let closing = place.closing(after: now), closing - now <= guardTime { return closing }
        }
        return now
    }
}
