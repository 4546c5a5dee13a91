import CampaignRunner
import Compliance
import DialModel

/// A step of the funnel from all leads to those that can be dialled.
struct FunnelStep {
    /// `all`, `finished`, `in_a_call`, the name of a gate, or `dialable`.
    var name: String
    /// How many leads.
    var leads: Int
    /// When the first of them could be dialled.
    var nextAt: Timestamp?

    /// Every step of a plan, those without leads included, so that one funnel can be laid beside another.
    static func steps(of plan: CampaignPlan) -> [FunnelStep] {
        let gates = Gate.allCases.map { gate in
            let standing = plan.standings.first { $0.gate == gate }
            return FunnelStep(name: gate.rawValue, leads: standing?.count ?? 0, nextAt: standing?.nextAt)
        }
        return [
            FunnelStep(name: "all", leads: plan.leads), FunnelStep(name: "finished", leads: plan.finished),
            FunnelStep(name: "in_a_call", leads: plan.dialing), FunnelStep(name: "in_reserve", leads: plan.standby),
        ] + gates + [FunnelStep(name: "dialable", leads: plan.dialable)]
    }
}

/// The columns of `export funnel`: names and order never change, new ones come last.
struct FunnelColumns {
    let campaign: String
    let at: Timestamp

    var all: [ExportColumn<FunnelStep>] {
        let (campaign, at) = (campaign, at)
        return [ExportColumn("campaign", "活动") { _ in .text(campaign) }]
            + ExportColumn.instant("at", "时间") { _ in at }
            + [
                ExportColumn("step", "环节") { .text($0.name) },
                ExportColumn("leads", "线索数") { .count($0.leads) },
            ] + ExportColumn.instant("next_at", "最早可拨时间", \.nextAt)
    }
}
