import DialModel
import EventWire

/// The vendor's spelling of time, `2018.11.09 14:20:20` (`vendors/well-wincall.md`, A.6.1).
enum WireTime {
    /// The zone is nowhere named; the vendor's home has had no summer time since 1991.
    private static let offset = Duration.seconds(8 * 3600)
    /// Whole seconds are cut off, so a prompt event looks up to one second old.
    private static let resolution = Duration.seconds(1)
    /// Whatever claims to be older, or later than now, has another zone or another clock than is assumed.
    private static let longestDelay = Duration.seconds(600)

    /// An instant, in the vendor's spelling or in epoch milliseconds; nil for anything else.
    static func instant(_ value: JSONValue) -> Timestamp? {
        if let milliseconds = value.integer {
            return milliseconds > 946_684_800_000 ? Timestamp(milliseconds: milliseconds) : nil
        }
        return value.text.flatMap(instant)
    }

    /// When something happened that reached us at `arrival`.
    ///
    /// The arrival is the better witness for an event that came at once; one that was held up happened when it says.
    static func instant(_ claimed: Timestamp?, arrivedAt arrival: Timestamp) -> Timestamp {
        guard let claimed else { return arrival }
        let age = arrival - claimed
        return age > resolution * 2 && age <= longestDelay ? claimed : arrival
    }

    private static func instant(_ text: String) -> Timestamp? {
        let halves = text.split(separator: " ")
        guard halves.count == 2 else { return nil }
        let date = halves[0].split(whereSeparator: { ".-/".contains($0) }).compactMap { Int($0) }
        let time = halves[1].split(separator: ":").compactMap { Int64($0.prefix(2)) }
        guard date.count == 3, time.count == 3, let day = CivilDay(year: date[0], month: date[1], day: date[2]),
            (0..<24).contains(time[0]), (0..<60).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        let seconds = day.number * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
        return Timestamp(milliseconds: seconds * 1000) - offset
    }
}
