package import CallModel
package import DialModel

/// How often people answer, by the list that they are on and the hour of the day.
package struct AnswerShares: Hashable, Sendable {
    /// By whose clocks the hour is told.
    package let clocks: ZoneRules
    /// One mix for each list and hour, those of a list together.
    private let mixes: [OutcomeMix]

    /// The shares of people who answer, a row of 24 hours for each list; what else is met keeps its proportions in `mix`.
    package init(_ shares: [[Double]], of mix: OutcomeMix, clocks: ZoneRules) {
        self.clocks = clocks
        mixes = shares.flatMap { row in row.map { mix.with(human: $0) } }
    }

    /// The mix that a call meets; nil for a list of which nothing is known.
    package func mix(list: Int, at instant: Timestamp) -> OutcomeMix? {
        let index = list * 24 + clocks.localTime(at: instant).second / 3_600
        return mixes.indices.contains(index) ? mixes[index] : nil
    }
}
