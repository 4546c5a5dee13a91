/// What a regulator asks of calls that people answer before an agent is there.
package struct AbandonmentRule: Hashable, Sendable {
    /// The most that may be abandoned of a thousand calls that people answered.
    package var limitPerMille: SourcedFigure<Int>
    /// The share to aim for where a campaign says nothing; nil for the limit itself.
    package var targetPerMille: SourcedFigure<Int>?
    /// Over which time that is measured.
    package var window: SourcedFigure<AbandonmentWindow>
    /// Whose clocks tell the calendar day; nil for those of the callee.
    package var zone: TimeZoneID?
    /// How soon after the greeting an agent has to be there.
    package var agentWithin: SourcedFigure<Duration>
    /// How long a phone has to ring before the call may be given up.
    package var minimumRing: SourcedFigure<Duration>
    /// How long a number is left alone after an abandoned call, unless an agent is reserved for it; nil for no such rule.
    package var lockout: SourcedFigure<Duration>?
    /// The same after a call that a machine answered.
    package var machineLockout: SourcedFigure<Duration>?

    /// Memberwise.
    package init(
        limitPerMille: SourcedFigure<Int>, targetPerMille: SourcedFigure<Int>? = nil,
        window: SourcedFigure<AbandonmentWindow>, zone: TimeZoneID? = nil,
        agentWithin: SourcedFigure<Duration>, minimumRing: SourcedFigure<Duration>,
        lockout: SourcedFigure<Duration>? = nil, machineLockout: SourcedFigure<Duration>? = nil
    ) {
        self.limitPerMille = limitPerMille
        self.targetPerMille = targetPerMille
        self.window = window
        self.zone = zone
        self.agentWithin = agentWithin
        self.minimumRing = minimumRing
        self.lockout = lockout
        self.machineLockout = machineLockout
    }
}

/// The stretches of time over which a regulator measures abandonment.
package enum AbandonmentWindow: Hashable, Sendable {
    /// Successive spans from the campaign's first call on, the last one cut short by the present (US, 7.1).
    case successive(Duration)
    /// Calendar days by the clocks of a zone (UK, 7.3).
    case calendarDay

    /// Which window an instant falls into; those of a campaign are numbered from its first call or by their day.
    package func index(of instant: Timestamp, firstCall: Timestamp, clocks: ZoneRules) -> Int64 {
        switch self {
        case .successive(let span):
            let elapsed = (instant - firstCall).milliseconds
            let length = max(1, span.milliseconds)
            return elapsed / length - (elapsed % length < 0 ? 1 : 0)
        case .calendarDay: return clocks.localTime(at: instant).day.number
        }
    }
}
