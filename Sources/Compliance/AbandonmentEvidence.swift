package import DialModel

/// Counts a campaign's answered calls by the windows of a rule, and remembers which of them were abandoned.
package struct AbandonmentEvidence: Sendable {
    /// The calls of one window.
    package struct Window: Hashable, Sendable {
        /// Its place: from zero at the campaign's first call, or the number of its calendar day.
        package var index: Int64
        /// The day, where windows are calendar days.
        package var day: CivilDay?
        /// When it begins; nil where it is a day by each callee's own clocks.
        package var from: Timestamp?
        /// The first instant after it.
        package var until: Timestamp?
        /// How many calls people answered, and how many of those were abandoned.
        package var count = AbandonmentCount()
        /// The attempts that were abandoned, in the order in which they were added.
        package var abandoned: [AttemptID] = []
    }

    private let rule: AbandonmentRule
    private let firstCall: Timestamp
    private let clocks: ZoneRules?
    private var counted: [Int64: Window] = [:]

    /// Begins with a campaign's first call; `clocks` are those of the rule's zone, if it names one.
    package init(rule: AbandonmentRule, firstCall: Timestamp, clocks: ZoneRules?) {
        self.rule = rule
        self.firstCall = firstCall
        self.clocks = clocks
    }

    /// The windows that have answered calls, in order.
    package var windows: [Window] { counted.values.sorted { $0.index < $1.index } }

    /// Counts a call in the window of the instant from which the rule counts; `calleeClocks` tell the day where the rule
    /// names no zone, and UTC does where nobody knows them.
    package mutating func add(_ attempt: AttemptID, _ call: AnsweredCall, calleeClocks: ZoneRules?) {
        guard call.isLive else { return }
        let clocks = clocks ?? calleeClocks ?? .utc
        let index = rule.window.value.index(of: call.greetedAt, firstCall: firstCall, clocks: clocks)
        var window = counted[index] ?? empty(index)
        window.count.count(call, within: rule.agentWithin.value)
        if call.isAbandoned(within: rule.agentWithin.value) { window.abandoned.append(attempt) }
        counted[index] = window
    }

    private func empty(_ index: Int64) -> Window {
        let window = rule.window.value
        let bounds = AbandonmentWindows(window: window, firstCall: firstCall, clocks: clocks).bounds(of: index)
        let day = window == .calendarDay ? CivilDay(number: index) : nil
        return Window(index: index, day: day, from: bounds?.from, until: bounds?.until)
    }
}
