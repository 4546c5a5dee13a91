import DialModel
import Ledger

extension ReportFigures {
    /// All attempts that are closed.
    var totals: DialTally {
        tally.moments.reduce(into: DialTally()) { totals, moment in totals += moment.dials }
    }

    /// Attempts that are open.
    var openAttempts: Int {
        tally.moments.reduce(0) { $0 + ($1.outcome == nil ? $1.attempts : 0) }
    }

    /// Closed attempts by outcome.
    var outcomes: OutcomeCounts {
        tally.moments.reduce(into: OutcomeCounts()) { counts, moment in
            if let outcome = moment.outcome { counts[outcome] += moment.attempts }
        }
    }

    /// How long agents talked and were present, all together.
    var agentTime: (talk: Duration, present: Duration) {
        tally.agents.reduce((.zero, .zero)) { ($0.0 + $1.talk, $0.1 + $1.present) }
    }

    /// Dials to numbers whose province or state is not known.
    var dialsWithoutRegion: Int {
        regions.reduce(0) { $0 + ($1.province == nil ? $1.dials.dials : 0) }
    }

    /// Attempts and answers by day of the week and hour, by these clocks.
    func week(by clocks: ZoneRules) -> [WeekHour: DialTally] {
        tally.moments.reduce(into: [:]) { week, moment in
            let local = clocks.localTime(at: moment.start)
            week[WeekHour(weekday: local.day.weekday, hour: local.second / 3_600), default: DialTally()] += moment.dials
        }
    }

    /// Dials and answers by hour of the day, by these clocks.
    func hours(by clocks: ZoneRules) -> [DialTally] {
        var hours = Array(repeating: DialTally(), count: 24)
        for moment in tally.moments { hours[clocks.localTime(at: moment.start).second / 3_600] += moment.dials }
        return hours
    }
}

/// An hour of a day of the week.
struct WeekHour: Hashable {
    var weekday: Weekday
    var hour: Int
}

extension ReportTally.MomentTally {
    /// When the quarter begins.
    var start: Timestamp { Timestamp(milliseconds: quarter * 900_000) }

    /// What came of its attempts; nothing of those that are open.
    var dials: DialTally {
        guard let outcome else { return DialTally() }
        return DialTally(
            attempts: attempts, dials: outcome.mayHaveRung ? attempts : 0, live: live,
            connected: outcome == .connected ? attempts : 0)
    }
}

extension AgentOccupancy {
    /// The share of the time between first and last call in which an agent talked.
    static func of(_ agent: ReportTally.AgentTally) -> Double { ratio(agent.talk, agent.present) }
}

/// How much of their time agents talk.
enum AgentOccupancy {
    /// The share of `present` that is `talk`, at most all of it; 0 without either.
    static func ratio(_ talk: Duration, _ present: Duration) -> Double {
        present > .zero ? min(1, talk.seconds / present.seconds) : 0
    }
}
