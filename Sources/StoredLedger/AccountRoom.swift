import DialModel
import Ledger

/// How many calls an account may carry beside those that it has carried, whichever campaigns and processes placed them.
struct AccountRoom {
    /// How many; without limits any number.
    private(set) var count = Int.max
    private var nextAt: Timestamp?
    private var reason = ""

    /// How soon an account is looked at again whose lines are all in use.
    private static let linePause = Duration.seconds(1)

    init(db: any StoreSession, request: ClaimRequest) throws {
        guard request.count > 0, request.limits.isLimited else { return }
        if let lines = request.limits.lines {
            let open = try db.count(LedgerQuery.openOfAccount, [request.vendor])
            take(
                lines - (open ?? 0), nextAt: request.now + Self.linePause,
                "all \(lines) lines of the account are in use")
        }
        for rate in request.limits.rates {
            try take(rate, db: db, request)
        }
    }

    /// Why nothing can be claimed; nil if something can.
    var hold: ClaimHold? { hold(after: 0) }

    /// Why nothing can be claimed after so many claims; nil if something can.
    func hold(after claims: Int) -> ClaimHold? {
        guard let nextAt, claims >= count else { return nil }
        return ClaimHold(until: nextAt, reason: reason, isOfAccount: true)
    }

    private mutating func take(_ rate: AccountLimits.Rate, db: any StoreSession, _ request: ClaimRequest) throws {
        let since = request.now - rate.span
        let arguments: StoreArguments = [request.vendor, since.milliseconds]
        let made =
            try db.count(LedgerQuery.attemptsOfAccount, arguments) ?? 0
        let surplus = max(0, made - rate.count)
        let oldest = try db.integer(LedgerQuery.attemptOfAccount, arguments + [surplus])
        // One exactly as old as the span still counts.
        let nextAt = (oldest.map(Timestamp.init(milliseconds:)) ?? request.now) + rate.span + .milliseconds(1)
        take(
            rate.count - made, nextAt: nextAt,
            "the account has made the \(rate.count) attempts that it may in \(rate.span.milliseconds / 1_000) s")
    }

    private mutating func take(_ room: Int, nextAt next: Timestamp, _ words: String) {
        let room = max(0, room)
        guard room < count || (room == count && next > nextAt ?? next) else { return }
        (count, nextAt, reason) = (room, next, words)
    }
}
