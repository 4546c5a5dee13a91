import Compliance
import DialModel
import Ledger
import Regions

/// Measures a campaign's calls by a rule, one after the other: the one way in which evidence and reports count.
struct EvidenceMeasure {
    let rule: AbandonmentRule
    private let regions: RegionFinder
    private let clocks: ZoneClocks
    private var evidence: AbandonmentEvidence

    /// Begins with the campaign's first call.
    init(rule: AbandonmentRule, firstCall: Timestamp, regions: RegionFinder, clocks: ZoneClocks) {
        self.rule = rule
        self.regions = regions
        self.clocks = clocks
        let shared = rule.zone.flatMap { clocks.rules(of: $0) }
        evidence = AbandonmentEvidence(rule: rule, firstCall: firstCall, clocks: shared)
    }

    /// The windows with calls that people answered, in order.
    var windows: [AbandonmentEvidence.Window] { evidence.windows }

    /// Counts an attempt, if somebody answered it.
    mutating func add(_ attempt: AttemptRecord) {
        guard let call = AnsweredCall(attempt) else { return }
        evidence.add(attempt.id, call, calleeClocks: calleeClocks(of: attempt.number))
    }

    /// The clocks of the callee, which only a rule asks for that counts by days and names no zone.
    private func calleeClocks(of number: PhoneNumber) -> ZoneRules? {
        guard rule.window.value == .calendarDay, rule.zone == nil else { return nil }
        return regions.place(of: number).zones.first.flatMap { clocks.rules(of: $0) }
    }
}

extension AnsweredCall {
    /// The call of an attempt that is over, if somebody or something answered.
    init?(_ attempt: AttemptRecord) {
        guard let outcome = attempt.outcome else { return nil }
        let end = outcome.wasAnswered ? attempt.endedAt : nil
        guard let answeredAt = attempt.answeredAt ?? attempt.connectedAt ?? end else { return nil }
        self.init(
            greetedAt: answeredAt, connectedAt: attempt.connectedAt, cpa: outcome == .machine ? .machine : attempt.cpa)
    }
}
