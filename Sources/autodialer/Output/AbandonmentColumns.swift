import Compliance
import DialModel

/// The columns of `export abandonment`: names and order never change, new ones come last.
struct AbandonmentColumns {
    let campaign: String
    let rules: String
    let rule: AbandonmentRule

    var all: [ExportColumn<AbandonmentEvidence.Window>] {
        let (campaign, rules, limit) = (campaign, rules, rule.limitPerMille.value)
        return [
            .init("campaign", "活动") { _ in .text(campaign) },
            .init("rules", "适用规则") { _ in .text(rules) },
            .init("window", "统计区间") { window in
                .text(window.day.map(\.iso8601) ?? String(window.index + 1))
            },
        ] + ExportColumn.instant("from", "起", \.from)
            + ExportColumn.instant("until", "止", \.until)
            + [
                .init("live", "真人应答数") { .count($0.count.live) },
                .init("abandoned", "呼损数") { .count($0.count.abandoned) },
                .init("rate", "呼损率") { .text("\($0.count.abandoned)/\($0.count.live)") },
                .init("limit", "上限") { _ in .text("\(limit)/1000") },
                .init("verdict", "结论") { .text($0.count.exceeds(perMille: limit) ? "exceeded" : "within") },
                .init("abandoned_attempts", "呼损的呼叫编号") { window in
                    .text(window.abandoned.map { String($0.value) }.joined(separator: " "))
                },
            ]
    }
}
