package import DialModel

/// Attempt caps (`features-and-rules.md`, 7.2, 7.4 and 7.6, rows 13 and 22).
package enum CapGate {
    /// When a cap has room again after dials at these instants; nil if it has room now, and `.max` if it never will.
    ///
    /// Dials later than `now` belong to another clock and count as if they were made now: when in doubt, nobody is dialled.
    package static func freeAt(
        _ cap: AttemptCap, dials: [Timestamp], clocks: [ZoneRules], at now: Timestamp
    ) -> Timestamp? {
        switch cap.period {
        case .lifetime: dials.count >= cap.count ? .init(milliseconds: .max) : nil
        case .rolling(let span): rolling(cap.count, span, dials, at: now)
        case .calendarDay: clocks.compactMap { daily(cap.count, dials, $0, at: now) }.max()
        }
    }

    private static func rolling(_ count: Int, _ span: Duration, _ dials: [Timestamp], at now: Timestamp) -> Timestamp? {
        let recent = dials.filter { now - $0 <= span }.sorted(by: >)
        guard count <= recent.count else { return nil }
        guard count > 0 else { return Timestamp(milliseconds: .max) }
        return recent[count - 1] + span + .milliseconds(1)
    }

    /// The day is that of the callee's clocks; where these are not known for sure, each possible one has to have room.
    private static func daily(_ count: Int, _ dials: [Timestamp], _ clocks: ZoneRules, at now: Timestamp) -> Timestamp?
    {
        let today = clocks.localTime(at: now).day
        guard dials.count(where: { clocks.localTime(at: $0).day >= today }) >= count else { return nil }
        // A day that the clocks skip, or whose midnight they leap over, begins with the leap.
        for offset in 1...3 as ClosedRange<Int64> {
            let day = today.advanced(by: offset)
            let starts = clocks.instants(of: day, second: 0) + clocks.changes(on: day)
            if let start = starts.filter({ $0 > now && clocks.localTime(at: $0).day > today }).min() { return start }
        }
        return now + .seconds(3 * 86_400)
    }
}
