import DialModel

/// Outcomes that mean the same to whoever looks at a chart, in the order in which they are stacked.
enum OutcomeGroup: Int, CaseIterable, Sendable {
    /// An agent talked with the callee.
    case talked
    /// It failed for want of an agent: a person answered and none was there, or the one it was for did not take it.
    case missed
    /// A machine answered.
    case machine
    /// The callee's phone rang in vain, or could not.
    case notReached
    /// The call failed, or was never made.
    case failed
    /// Nobody knows yet, or ever.
    case unknown

    /// The group of an outcome; nil is that of an attempt that is open.
    init(_ outcome: CallOutcome?) {
        switch outcome {
        case .connected: self = .talked
        case .abandoned, .agentMissed: self = .missed
        case .machine: self = .machine
        case .busy, .noAnswer, .rejected, .unreachable: self = .notReached
        case .invalidNumber, .congestion, .refused, .notPlaced: self = .failed
        case .unknown, nil: self = .unknown
        }
    }

    /// The class that colours it.
    var style: String { "s\(rawValue + 1)" }
}
