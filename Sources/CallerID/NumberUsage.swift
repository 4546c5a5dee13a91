package import DialModel

/// What has been made of a number so far.
package struct NumberUsage: Hashable, Sendable {
    /// When each of its open reservations lapses, in no order.
    package var expiries: [Timestamp]
    /// When it was last reserved for a dial.
    package var lastDialAt: Timestamp?
    /// How many dials it has made on `day`.
    private var dials: Int
    /// The day that `dials` counts.
    private var day: ShanghaiDay?

    /// Never used, without arguments; `dials` are those of the day of `lastDialAt`.
    package init(expiries: [Timestamp] = [], dials: Int = 0, lastDialAt: Timestamp? = nil) {
        self.expiries = expiries
        self.dials = max(0, dials)
        self.lastDialAt = lastDialAt
        day = lastDialAt.map(ShanghaiDay.init(containing:))
    }

    /// How many reservations are open.
    package func inFlight(at now: Timestamp) -> Int {
        expiries.reduce(0) { $0 + ($1 > now ? 1 : 0) }
    }

    /// When the first open reservation lapses.
    package func earliestExpiry(after now: Timestamp) -> Timestamp? {
        expiries.reduce(nil) { first, expiry in
            guard expiry > now else { return first }
            return min(first ?? expiry, expiry)
        }
    }

    /// How many dials were made on a day; none are known of a day other than the last.
    package func dials(on day: ShanghaiDay) -> Int { self.day == day ? dials : 0 }

    /// Counts a dial at `now`, and holds a line until `expiry`.
    package mutating func reserve(until expiry: Timestamp, at now: Timestamp) {
        let today = ShanghaiDay(containing: now)
        // Processes that wait for one another may tell a dial of yesterday after the first of today.
        if day.map({ $0 <= today }) ?? true {
            dials = dials(on: today) + 1
            day = today
        }
        lastDialAt = max(lastDialAt ?? now, now)
        expiries.append(expiry)
    }

    /// Gives a line back; a dial that the vendor refused before any phone rang is taken off its day's count as well.
    package mutating func release(_ reservation: CallerIDReservation, refused: Bool) {
        if let index = expiries.firstIndex(of: reservation.expiresAt) { expiries.remove(at: index) }
        if refused, day == ShanghaiDay(containing: reservation.reservedAt) { dials = max(0, dials - 1) }
    }
}

/// A line of a number, held for an attempt from before its dial until its end is known.
package struct CallerIDReservation: Hashable, Sendable {
    /// Whom it is held for.
    package var attempt: AttemptID
    /// The number.
    package var number: String
    /// When it was made, which is the instant of the dial for all counting.
    package var reservedAt: Timestamp
    /// When it lapses if nobody gives it back, so that a crash leaks no line.
    package var expiresAt: Timestamp

    /// Ring limit, queue limit and longest talk: 45 s, 60 s and two hours (`vendors/alibaba-udesk.md`, C4.7).
    package static let standardLifetime: Duration = .seconds(45 + 60 + 2 * 3_600)

    /// A reservation that lapses after `lifetime`.
    package init(
        attempt: AttemptID, number: String, at reservedAt: Timestamp, lifetime: Duration = standardLifetime
    ) {
        self.attempt = attempt
        self.number = number
        self.reservedAt = reservedAt
        expiresAt = reservedAt + lifetime
    }
}
