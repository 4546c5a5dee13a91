import PacingWorld

/// The field's settings, tried in turn: the best that nobody could have known before.
enum Tuning {
    /// A setting, and the policy that it makes.
    typealias Candidate = (setting: String, make: @Sendable (Scenario) -> any DialPolicy)

    /// Fixed ratios, of idle agents and of all who are idle or talk.
    static func ratios(_ limit: Double) -> [Candidate] {
        let ofIdle = [1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 10, 12]
        let ofAll = [1, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.4, 1.45, 1.5, 1.6, 1.7, 1.8, 1.9, 2, 2.25, 2.5, 3]
        return ofIdle.map { ratio in ("\(ratio) x idle", { _ in RatioPolicy(ratio, of: .idle) }) }
            + ofAll.map { ratio in ("\(ratio) x idle and talking", { _ in RatioPolicy(ratio, of: .idleAndTalking) }) }
    }

    /// VICIdial's adaptive methods.
    static func adaptive(_ limit: Double) -> [Candidate] {
        var candidates: [Candidate] = []
        for method in VICIdialPolicy.Method.allCases {
            for highest in [1.25, 1.5, 2, 2.5, 3, 4, 6] {
                for more in [-2.0, -1, 0, 1] {
                    let setting = "\(method.rawValue), level up to \(highest), \(more) agents"
                    candidates.append(
                        (
                            setting,
                            { _ in VICIdialPolicy(method, highest: highest, more: more, limit: limit * 100) }
                        ))
                }
            }
        }
        return candidates
    }

    /// The setting with the highest utilisation of those that keep to the limit over all seeds.
    static func best(
        _ candidates: (Double) -> [Candidate], _ scenario: Scenario, _ limit: Double, _ seeds: Int
    ) async -> (setting: String, series: Series)? {
        var best: (setting: String, series: Series)?
        for candidate in candidates(limit) {
            let series = await Series(scenario, limit, seeds, candidate.make)
            guard series.abandoned <= limit * 100, series.utilisation > best?.series.utilisation ?? 0 else { continue }
            best = (candidate.setting, series)
        }
        return best
    }
}
