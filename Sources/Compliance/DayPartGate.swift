package import DialModel

/// Parts of the day over which the dials of a lead are spread, so that somebody who is never there in the morning is tried
/// in the evening before the next morning (`features-and-rules.md`, 2.1, attempt quotas).
package enum DayPartGate {
    /// Dials older than this say nothing about today.
    package static let memory = Duration.seconds(14 * 86_400)

    /// When a lead's next dial would fall into a part of the day that has had no more dials than any other; nil if it does
    /// now, or if nothing is to be spread.
    ///
    /// The clocks are those of the first place. Parts outside all calling hours are left out, for a lead would wait for them
    /// in vain; a first dial may be made at any time.
    package static func freeAt(
        _ parts: [HourSpan], dials: [Timestamp], places: [PlacedHours], at now: Timestamp
    ) -> Timestamp? {
        guard let clocks = places.first?.clocks else { return nil }
        let tried = dials.filter { now - $0 <= memory }
        guard parts.count > 1, !tried.isEmpty else { return nil }
        let open = parts.filter { part in isOpen(part, places, clocks, from: now) }
        guard open.count > 1 else { return nil }
        let counts = open.map { part in tried.count { part.contains(clocks.localTime(at: $0).second) } }
        let fewest = zip(open, counts).filter { $0.1 == counts.min() }.map(\.0)
        let local = clocks.localTime(at: now)
        guard !fewest.contains(where: { $0.contains(local.second) }) else { return nil }
        return firstStart(of: fewest, after: now, from: local.day, clocks)
    }

    /// Whether within a week there is an instant in the part at which all places are open.
    private static func isOpen(
        _ part: HourSpan, _ places: [PlacedHours], _ clocks: ZoneRules, from now: Timestamp
    ) -> Bool {
        let today = clocks.localTime(at: now).day
        return (0...7 as ClosedRange<Int64>).contains(where: { (offset: Int64) -> Bool in
            guard let start = clocks.instants(of: today.advanced(by: offset), second: part.opens).first,
                let opening = HoursGate.firstOpening(places, from: start, guardTime: .zero)
            else { return false }
            return opening < start + .seconds(part.closes - part.opens)
        })
    }

    /// A part whose beginning the clocks leap over begins with the leap.
    private static func firstStart(
        of parts: [HourSpan], after now: Timestamp, from today: CivilDay, _ clocks: ZoneRules
    ) -> Timestamp? {
        for offset in 0...2 as ClosedRange<Int64> {
            let day = today.advanced(by: offset)
            let starts = parts.flatMap { clocks.instants(of: day, second: $0.opens) }
            let leaps = clocks.changes(on: day).filter { leap in
                parts.contains { $0.contains(clocks.localTime(at: leap).second) }
            }
            if let start = (starts + leaps).filter({ $0 > now }).min() { return start }
        }
        return nil
    }
}

extension HourSpan {
    fileprivate func contains(_ second: Int) -> Bool { second >= opens && second < closes }
}
