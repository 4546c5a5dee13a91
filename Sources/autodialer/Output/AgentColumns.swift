import DialModel
import Ledger

/// The columns of `export agents`: names and order never change, new ones come last.
struct AgentColumns {
    let campaign: String

    var all: [ExportColumn<AgentFigures>] {
        let campaign = campaign
        return [
            .init("campaign", "活动") { _ in .text(campaign) },
            .init("agent_id", "坐席") { .text($0.agent.value) },
            .init("calls", "呼叫数") { .count($0.calls) },
            .init("connected", "接通数") { .count($0.connected) },
            .init("missed", "未接数") { .count($0.missed) },
            .init("talk_ms", "通话毫秒") { .milliseconds($0.talk) },
        ] + ExportColumn.instant("first_at", "首次呼叫时间", \.firstAt)
            + ExportColumn.instant("last_at", "末次呼叫时间", \.lastAt)
            + [.init("short_calls", "短通话数") { .count($0.short) }]
    }
}
