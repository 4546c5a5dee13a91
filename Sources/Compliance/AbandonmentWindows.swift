package import DialModel

/// The stretches of time over which a campaign's abandoned calls are counted.
package struct AbandonmentWindows: Hashable, Sendable {
    private let window: AbandonmentWindow
    private let firstCall: Timestamp
    private let clocks: ZoneRules?

    /// The windows of a campaign whose first call was made then; `clocks` tell calendar days, nil where each callee's own do.
    package init(window: AbandonmentWindow, firstCall: Timestamp, clocks: ZoneRules?) {
        self.window = window
        self.firstCall = firstCall
        self.clocks = clocks
    }

    /// When the window with this index begins, and the first instant after it; nil where nobody's clocks tell.
    package func bounds(of index: Int64) -> (from: Timestamp, until: Timestamp)? {
        switch window {
        case .successive(let span):
            let from = firstCall + .milliseconds(span.milliseconds * index)
            return (from, from + span)
        case .calendarDay:
            let day = CivilDay(number: index)
            return clocks.map { (day.start(by: $0), day.advanced(by: 1).start(by: $0)) }
        }
    }

    /// When the window of an instant began; the first call where nobody's clocks tell.
    package func start(of instant: Timestamp) -> Timestamp { bounds(at: instant)?.from ?? firstCall }

    /// When the next windows after an instant begin, ascending, at most so many.
    package func starts(after instant: Timestamp, upTo count: Int) -> [Timestamp] {
        var starts: [Timestamp] = []
        var next = bounds(at: instant)?.until
        while let start = next, starts.count < count {
            starts.append(start)
            next = bounds(at: start)?.until
        }
        return starts
    }

    private func bounds(at instant: Timestamp) -> (from: Timestamp, until: Timestamp)? {
        bounds(of: window.index(of: instant, firstCall: firstCall, clocks: clocks ?? .utc))
    }
}
