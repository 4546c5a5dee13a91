package import DialModel

/// What is asked of a callee before any number is tried (`vendors/alibaba-udesk.md`, C4.1).
package enum CalleeGate {
    /// Why and until when the callee is left alone; nil if the callee may be rung.
    ///
    /// A dial exactly five minutes old still counts, as line rules have it (`features-and-rules.md`, 7.6, row 22).
    package static func deferral(
        of callee: CalleeUsage, under rules: CallerIDRules, at now: Timestamp
    ) -> (until: Timestamp?, reason: CalleeDeferral)? {
        if callee.isBlacklisted { return (nil, .blacklisted) }
        let window = rules.calleeWindow
        if !window.contains(now) { return (window.firstInstant(from: now), .outsideWindow) }
        if callee.dialsToday >= rules.calleeMaxPerDay {
            return (window.firstInstant(from: ShanghaiDay(containing: now).end), .dailyLimit)
        }
        guard callee.recentDials.count >= rules.calleeMaxInFiveMinutes else { return nil }
        let recent = callee.recentDials.filter { now - $0 <= span }.sorted(by: >)
        guard recent.count >= rules.calleeMaxInFiveMinutes else { return nil }
        let free = recent[rules.calleeMaxInFiveMinutes - 1] + span + .milliseconds(1)
        return (window.firstInstant(from: free), .fiveMinuteLimit)
    }

    private static let span: Duration = .seconds(300)
}
