package import DialModel
import Ledger

/// What is made of caller IDs in a virtual world, counted as the ledger counts it on disk.
package struct CallerIDUsages: Sendable {
    /// A number's dials on one day.
    package struct Day: Hashable, Sendable {
        /// The day.
        package var day: ShanghaiDay
        /// Its dials, without those that were given back.
        package var dials: Int
    }

    /// A number that was shown.
    package struct Shown: Sendable {
        /// The number, in the vendor's form.
        package var callerID: String
        /// Its dials day by day, those before the forecast included.
        package var days: [Day]
        /// The lines that it holds.
        var held: [CallerIDUse]
        var usage: CallerIDUsage
    }

    /// Every number that was ever shown.
    package private(set) var shown: [Shown] = []
    private let numbers: [OutboundNumber]
    private var indices: [String: Int] = [:]

    init(_ snapshot: CallerIDSnapshot?) {
        numbers = snapshot?.numbers ?? []
        guard let snapshot else { return }
        let today = ShanghaiDay(containing: snapshot.at)
        for usage in snapshot.usages {
            let index = index(of: usage.callerID)
            shown[index].usage = usage
            shown[index].days = [Day(day: today, dials: usage.dialsToday)]
        }
        for use in snapshot.held { shown[index(of: use.callerID)].held.append(use) }
    }

    /// Counts a dial; the answer is the number's index.
    mutating func claim(_ callerID: String, for attempt: AttemptID, at now: Timestamp) -> Int {
        let index = index(of: callerID)
        count(1, on: ShanghaiDay(containing: now), of: index)
        shown[index].held.append(CallerIDUse(attempt: attempt, callerID: callerID, claimedAt: now))
        shown[index].usage.lastDialAt = now
        let since = now - .seconds(60)
        if let first = shown[index].usage.lastMinute.first, first <= since {
            shown[index].usage.lastMinute.removeAll { $0 <= since }
        }
        shown[index].usage.lastMinute.append(now)
        return index
    }

    /// Frees the line of an attempt; the answer is the number.
    mutating func close(
        _ index: Int, _ attempt: AttemptID, claimedAt: Timestamp, as outcome: CallOutcome
    ) -> String {
        shown[index].held.removeAll { $0.attempt == attempt }
        if outcome.givesDialBack { count(-1, on: ShanghaiDay(containing: claimedAt), of: index) }
        if shown[index].usage.outcomes.count == CallerIDUsage.outcomeLimit { shown[index].usage.outcomes.removeFirst() }
        shown[index].usage.outcomes.append(outcome)
        return shown[index].callerID
    }

    /// All there is to know at a moment.
    func snapshot(at now: Timestamp) -> CallerIDSnapshot {
        let today = ShanghaiDay(containing: now)
        let usages = shown.map { number in
            var usage = number.usage
            usage.dialsToday = number.days.last { $0.day == today }?.dials ?? 0
            usage.lastMinute.removeAll { $0 < now - .seconds(60) }
            return usage
        }
        let held = shown.flatMap(\.held).filter { $0.expiresAt > now }
        return CallerIDSnapshot(
            at: now, numbers: numbers, held: held.sorted { $0.attempt < $1.attempt },
            usages: usages.sorted { $0.callerID < $1.callerID })
    }

    private mutating func count(_ step: Int, on day: ShanghaiDay, of index: Int) {
        if let known = shown[index].days.lastIndex(where: { $0.day == day }) {
            shown[index].days[known].dials += step
        } else {
            shown[index].days.append(Day(day: day, dials: step))
        }
    }

    private mutating func index(of callerID: String) -> Int {
        if let known = indices[callerID] { return known }
        indices[callerID] = shown.count
        shown.append(
            Shown(callerID: callerID, days: [], held: [], usage: CallerIDUsage(callerID: callerID)))
        return shown.count - 1
    }
}
