import DialModel

/// The steps in which the controller reckons: half seconds back, sixteen horizons ahead (`pacing.md`, section 3).
enum PacingGrid {
    /// The length of a step, in seconds.
    static let step = 0.5
    /// The horizons, in steps from now, up to half a minute.
    static let horizons = [2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 38, 44, 52, 60]
    /// How many horizons there are.
    static let count = 16
    /// The last horizon, in steps.
    static let reach = 60
    /// How much later than its answer a call may still reach an agent, in steps: somewhat less than two seconds.
    static let patience = 3
    /// How many steps of call progress analysis are told apart.
    static let analysisSteps = 24

    /// The step that holds an instant, counted from the epoch.
    static func step(of instant: Timestamp) -> Int { Int(instant.milliseconds / 500) }
}
