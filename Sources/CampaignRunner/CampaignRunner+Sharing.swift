import DialEngine
import DialModel
import Telephony

/// What a run has to do with other runners of its campaign.
extension CampaignRunner {
    /// What the run tells of itself, as things stand.
    func report() -> SeatReport {
        let report = RunnerReport(
            applied: appliedShare, present: engine.agents.present, held: engine.agents.held,
            maxLines: plan.engine.maxLines, wantsAgents: engine.wouldDial)
        return SeatReport(report: report, windows: engine.windowStarts(at: clock.now))
    }

    /// Has the engine know what the run may use by now; the number of the share that says so.
    func learnOfShare(into step: inout Step) -> Int64 {
        guard let (allowed, share) = seat.allowance(at: clock.now) else { return 0 }
        if allowed != engine.allowance { tell(.allowanceChanged(allowed), into: &step) }
        return share
    }
}
