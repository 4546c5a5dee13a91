/// How far the clocks of one time zone are from UTC, over the years that a campaign can meet: data, so that pure code can
/// tell local time.
package struct ZoneRules: Hashable, Sendable {
    /// A change of the clocks.
    package struct Transition: Hashable, Sendable {
        /// The first instant of the new offset.
        package var at: Timestamp
        /// Seconds east of UTC from then on.
        package var offset: Int

        /// Memberwise.
        package init(at: Timestamp, offset: Int) {
            self.at = at
            self.offset = offset
        }
    }

    /// The zone.
    package let zone: TimeZoneID
    /// Seconds east of UTC before the first transition.
    package let initialOffset: Int
    /// The transitions, ascending.
    package let transitions: [Transition]

    /// The clocks that never change.
    package static let utc = ZoneRules(zone: TimeZoneID("UTC"), initialOffset: 0)

    /// Memberwise; `transitions` are sorted by their instants.
    package init(zone: TimeZoneID, initialOffset: Int, transitions: [Transition] = []) {
        self.zone = zone
        self.initialOffset = initialOffset
        self.transitions = transitions.sorted { $0.at < $1.at }
    }

    /// Seconds east of UTC at an instant.
    package func offset(at instant: Timestamp) -> Int {
        let count = firstTransition(after: instant)
        return count == 0 ? initialOffset : transitions[count - 1].offset
    }

    /// The local day and the second of it.
    package func localTime(at instant: Timestamp) -> (day: CivilDay, second: Int) {
        let local = Self.floor(instant.milliseconds, by: 1_000) + Int64(offset(at: instant))
        let day = Self.floor(local, by: 86_400)
        return (CivilDay(number: day), Int(local - day * 86_400))
    }

    /// Every instant at which the clocks show this time of this day: none where they leap over it, two where they are set
    /// back.
    package func instants(of day: CivilDay, second: Int) -> [Timestamp] {
        let local = day.number * 86_400 + Int64(second)
        return offsets(around: day)
            .map { Timestamp(milliseconds: (local - Int64($0)) * 1_000) }
            .filter { localTime(at: $0) == (day, second) }
            .sorted()
    }

    /// Whether the clocks keep one offset all through a day, with room to spare on both sides.
    package func isSteady(on day: CivilDay) -> Bool { transitions(around: day).isEmpty }

    /// The instants of a day at which the clocks are changed; a day that begins with a change has that one too.
    package func changes(on day: CivilDay) -> [Timestamp] {
        transitions(around: day).map(\.at).filter { localTime(at: $0).day == day }
    }

    private func transitions(around day: CivilDay) -> ArraySlice<Transition> {
        let begin = Timestamp(milliseconds: (day.number - 1) * 86_400_000)
        let end = Timestamp(milliseconds: (day.number + 2) * 86_400_000)
        return transitions[firstTransition(after: begin)..<firstTransition(after: end)]
    }

    /// The offsets that are in force at some time of a day or close to it, each once, in order of time.
    private func offsets(around day: CivilDay) -> [Int] {
        let before = offset(at: Timestamp(milliseconds: (day.number - 1) * 86_400_000))
        return transitions(around: day).reduce(into: [before]) { offsets, transition in
            if !offsets.contains(transition.offset) { offsets.append(transition.offset) }
        }
    }

    private func firstTransition(after instant: Timestamp) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].at <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func floor(_ value: Int64, by divisor: Int64) -> Int64 {
        value / divisor - (value % divisor < 0 ? 1 : 0)
    }
}

extension CivilDay {
    /// The first instant of the day by these clocks; where they leap over it, that of the leap.
    package func start(by clocks: ZoneRules) -> Timestamp {
        let leaps = clocks.changes(on: self).prefix(1)
        if let midnight = (clocks.instants(of: self, second: 0) + leaps).min() { return midnight }
        let utc = Timestamp(milliseconds: number * 86_400_000)
        return utc - .seconds(clocks.offset(at: utc))
    }
}
