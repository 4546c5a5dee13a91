import PacingWorld

/// A scenario and the limit that holds in it.
struct HoldOut: Sendable {
    var scenario: Scenario
    var limit: Double

    init(_ scenario: Scenario, _ limit: Double) {
        self.scenario = scenario
        self.limit = limit
    }

    /// Variations that nothing in the controller was tuned to, of the plain scenarios with 10 and 50 agents.
    static func cases(of scenarios: [Scenario]) -> [HoldOut] {
        ["grid_n10_p35", "grid_n50_p35"].flatMap { name in
            scenarios.first { $0.name == name }.map(variations) ?? []
        } + (scenarios.first { $0.name == "grid_n10_p35" }.map(teams) ?? [])
    }

    private static func variations(_ plain: Scenario) -> [HoldOut] {
        let changes: [(name: String, limit: Double, change: (inout Scenario) -> Void)] = [
            ("no_analysis", 0.03, { $0.analysis.isOn = false }),
            ("ring_40s", 0.03, { $0.ringTimeout = 40 }),
            ("ring_15s", 0.03, { $0.ringTimeout = 15 }),
            ("talk_45s", 0.03, { $0.talk = .lognormal(mean: 45, cv: 1) }),
            ("talk_300s", 0.03, { $0.talk = .lognormal(mean: 300, cv: 1) }),
            ("talk_steady", 0.03, { $0.talk = .lognormal(mean: 120, cv: 0.2) }),
            ("talk_wild", 0.03, { $0.talk = .lognormal(mean: 120, cv: 2) }),
            ("wrap_60s", 0.03, { $0.wrapUp = .exponential(mean: 60) }),
            ("patience_1s", 0.03, { $0.patience = 1 }),
            ("patience_4s", 0.03, { $0.patience = 4 }),
            ("limit_1", 0.01, { _ in }),
            ("limit_5", 0.05, { _ in }),
            ("few_answer", 0.03, { $0.answerRate = Course([[0, 0.08]]) }),
            ("falling", 0.03, { $0.answerRate = Course(halving($0.duration)) }),
            ("jumping", 0.03, { $0.answerRate = Course(jumping($0.duration)) }),
            ("segments_12", 0.03, { $0.segments = Segments(size: 150, multipliers: many) }),
            ("two_hours", 0.03, { $0.duration = 7200 }),
            ("half_hour", 0.03, { $0.duration = 1800 }),
            ("short_list", 0.03, { $0.leads = 30 * $0.agents }),
        ]
        return changes.map { name, limit, change in
            var scenario = plain
            scenario.duration = min(scenario.duration, 14400)
            scenario.name = "\(name)_n\(plain.agents)"
            change(&scenario)
            return HoldOut(scenario, limit)
        }
    }

    private static func teams(_ plain: Scenario) -> [HoldOut] {
        [1, 2, 5, 20, 21, 35, 100].map { agents in
            var scenario = plain
            scenario.name = "team_n\(agents)"
            scenario.agents = agents
            scenario.lines = 8 * agents
            scenario.duration = agents > 50 ? 7200 : 14400
            return HoldOut(scenario, 0.03)
        }
    }

    /// A rate that halves every ten minutes from six in ten, and begins again every hour.
    private static func halving(_ duration: Double) -> [[Double]] {
        stride(from: 0.0, through: duration, by: 600).map { time in
            let halvings = (time / 600).truncatingRemainder(dividingBy: 6)
            var rate = 0.6
            for _ in 0..<Int(halvings) { rate /= 2 }
            return [time, rate]
        }
    }

    /// A rate that jumps between one and six in ten every twenty minutes.
    private static func jumping(_ duration: Double) -> [[Double]] {
        stride(from: 0.0, through: duration, by: 1200).flatMap { time -> [[Double]] in
            let rate = (time / 1200).truncatingRemainder(dividingBy: 2) == 0 ? 0.1 : 0.6
            return [[time, rate], [time + 1199, rate]]
        }
    }

    private static let many = [1.0, 0.45, 1.7, 0.8, 0.3, 1.3, 0.6, 1.9, 1.0, 0.2, 1.5, 0.7]
}
