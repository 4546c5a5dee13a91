/// A calendar day in Asia/Shanghai, by which dials are counted (`vendors/alibaba-udesk.md`, C1).
///
/// China has kept UTC+8 all year since summer time ended in 1991, so a fixed offset is exact and needs no time zone data.
package struct ShanghaiDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01, in Shanghai.
    package var number: Int64

    private static let offset: Int64 = 8 * 3_600_000
    private static let length: Int64 = 86_400_000

    /// The day that an instant falls on.
    package init(containing instant: Timestamp) {
        let local = instant.milliseconds + Self.offset
        number = local / Self.length - (local % Self.length < 0 ? 1 : 0)
    }

    /// The first instant of the day.
    package var start: Timestamp { Timestamp(milliseconds: number * Self.length - Self.offset) }

    /// The first instant of the day after.
    package var end: Timestamp { Timestamp(milliseconds: start.milliseconds + Self.length) }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.number < rhs.number }
}

/// Hours of the day in Asia/Shanghai, the closing instant excluded.
package struct DailyWindow: Hashable, Sendable, Codable {
    /// The first second of the day inside.
    package let opens: Int
    /// The first second of the day outside again, at most 86 400.
    package let closes: Int

    /// 08:00 to 22:00, in which carriers let numbers call (`vendors/alibaba-udesk.md`, A3.5).
    package static let standard = DailyWindow(opening: 8 * 3_600, closing: 22 * 3_600)
    /// The whole day.
    package static let always = DailyWindow(opening: 0, closing: 86_400)

    /// Seconds since midnight; nil for a window that is empty or leaves the day.
    package init?(opens: Int, closes: Int) {
        guard opens >= 0, opens < closes, closes <= 86_400 else { return nil }
        self.init(opening: opens, closing: closes)
    }

    private init(opening: Int, closing: Int) {
        opens = opening
        closes = closing
    }

    /// Whether an instant is inside.
    package func contains(_ instant: Timestamp) -> Bool {
        let second = (instant.milliseconds - ShanghaiDay(containing: instant).start.milliseconds) / 1_000
        return second >= Int64(opens) && second < Int64(closes)
    }

    /// The first instant inside, not before `instant`.
    package func firstInstant(from instant: Timestamp) -> Timestamp {
        if contains(instant) { return instant }
        let day = ShanghaiDay(containing: instant)
        let today = day.start + .seconds(opens)
        return instant < today ? today : day.end + .seconds(opens)
    }

    /// The next instant at which the window opens or closes, after `instant`.
    package func nextBoundary(after instant: Timestamp) -> Timestamp {
        guard contains(instant) else { return firstInstant(from: instant) }
        return ShanghaiDay(containing: instant).start + .seconds(closes)
    }
}
