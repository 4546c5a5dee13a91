import DialModel
import Ledger

/// The attempts of a period in slots of equal length by the clocks, each with what became of them.
struct TimeSlots {
    /// A slot.
    struct Slot: Equatable {
        /// Its day.
        var day: CivilDay
        /// The second of the day at which it begins.
        var second: Int
        /// Attempts by group, in the order of the groups.
        var counts: [Int]
        /// Attempts that a person answered.
        var live: Int

        /// Attempts in all.
        var total: Int { counts.reduce(0, +) }
    }

    /// How long a slot is, in seconds: a quarter of an hour, an hour, a day or a week.
    let length: Int
    /// All slots from the first with attempts to the last, without gaps.
    let slots: [Slot]

    /// At most so many columns are told from each other.
    static let limit = 96
    private static let lengths = [900, 3_600, 86_400, 604_800]

    init(_ moments: [ReportTally.MomentTally], clocks: ZoneRules) {
        let places = moments.map { moment in
            let local = clocks.localTime(at: moment.start)
            return local.day.number * 86_400 + Int64(local.second)
        }
        guard let first = places.min(), let last = places.max() else {
            (length, slots) = (Self.lengths[0], [])
            return
        }
        let length = Self.lengths.first { Self.index(last, $0) - Self.index(first, $0) < Int64(Self.limit) }
        // A campaign of more weeks than that has its latest shown.
        let chosen = length ?? Self.lengths[Self.lengths.count - 1]
        self.length = chosen
        let end = Self.index(last, chosen)
        let begin = max(Self.index(first, chosen), end - Int64(Self.limit) + 1)
        var slots = (begin...end).map { index in
            let seconds = Self.start(index, chosen)
            return Slot(
                day: CivilDay(number: seconds / 86_400), second: Int(seconds % 86_400),
                counts: Array(repeating: 0, count: OutcomeGroup.allCases.count), live: 0)
        }
        for (moment, place) in zip(moments, places) {
            let index = Int(Self.index(place, chosen) - begin)
            guard slots.indices.contains(index) else { continue }
            slots[index].counts[OutcomeGroup(moment.outcome).rawValue] += moment.attempts
            slots[index].live += moment.live
        }
        self.slots = slots
    }

    /// Weeks begin on Mondays; 1970-01-01 was a Thursday.
    private static func index(_ second: Int64, _ length: Int) -> Int64 {
        length == 604_800 ? (second + 3 * 86_400) / 604_800 : second / Int64(length)
    }

    private static func start(_ index: Int64, _ length: Int) -> Int64 {
        length == 604_800 ? index * 604_800 - 3 * 86_400 : index * Int64(length)
    }
}
