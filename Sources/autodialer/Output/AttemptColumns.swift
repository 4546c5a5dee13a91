import CampaignFile
import DialModel
import Ledger

/// The columns of `export attempts`: names and order never change, new ones come last.
///
/// Together they have what the FTC's rule of 2024 asks to be kept of a call (`features-and-rules.md`, 7.2); what only the
/// campaign file knows stands there as the file has it at the time of the export.
struct AttemptColumns {
    let campaign: Campaign
    let reveal: Bool

    var all: [ExportColumn<AttemptRecord>] { call + times + record + handOff }

    private var call: [ExportColumn<AttemptRecord>] {
        let (name, reveal) = (campaign.name, reveal)
        return [
            .init("attempt_id", "呼叫编号") { .integer($0.id.value) },
            .init("campaign", "活动") { _ in .text(name) },
            .init("lead_id", "线索编号") { .integer($0.lead.value) },
            .init("run_id", "运行编号") { .integer($0.run.value) },
            .init("attempt_number", "第几次呼叫") { .count($0.ordinal) },
            .init("phone", "号码") { .text(reveal ? $0.number.e164 : $0.number.masked) },
            .init("name", "姓名") { .optional($0.name.map { Masking.text($0, reveal: reveal) }) },
            .init("vendor", "供应商账号") { .text($0.vendor) },
            .init("caller_id", "主叫号码") { .optional($0.callerID) },
            .init("shown_caller_id", "实际显示号码") { .optional($0.shownCallerID) },
            .init("vendor_call_id", "供应商呼叫编号") { .optional($0.vendorCall?.value) },
            .init("state", "状态") { .text($0.state.rawValue) },
            .init("outcome", "结果") { .optional($0.outcome?.rawValue) },
            .init("cpa_result", "接听检测") { .optional($0.cpa?.rawValue) },
            .init("agent_id", "坐席") { .optional($0.agent?.value) },
        ]
    }

    private var times: [ExportColumn<AttemptRecord>] {
        ExportColumn.instant("claimed_at", "发起时间", \.claimedAt)
            + ExportColumn.instant("answered_at", "应答时间", \.answeredAt)
            + ExportColumn.instant("connected_at", "接通时间", \.connectedAt)
            + ExportColumn.instant("ended_at", "结束时间", \.endedAt)
    }

    private var record: [ExportColumn<AttemptRecord>] {
        let (reveal, records) = (reveal, campaign.records)
        let message = campaign.compliance.message
        let proof = campaign.compliance.callerIDProof
        let rules = campaign.hours?.profile?.name
        return [
            .init("talk_ms", "通话毫秒") { .milliseconds($0.talk) },
            .init("vendor_reason", "供应商原因") { .optional($0.vendorReason.map { Masking.text($0, reveal: reveal) }) },
            .init("duration_ms", "应答后毫秒") { attempt in
                .milliseconds(attempt.answeredAt.flatMap { start in attempt.endedAt.map { $0 - start } })
            },
            .init("direction", "呼叫方向") { _ in .text("outbound") },
            .init("prerecorded", "是否录音播放") { .flag($0.wasLeft(to: message)) },
            .init("message", "录音") { $0.wasLeft(to: message) ? .optional(message) : .none },
            .init("rules", "适用规则") { _ in .optional(rules) },
            .init("consent", "同意凭证", value: consent),
            .init("caller_id_proof", "主叫号码使用权凭证") { _ in .optional(proof) },
            .init("caller_id_name", "主叫名称") { _ in .optional(records.callerIDName) },
            .init("caller_id_valid_until", "主叫号码使用权有效期") { _ in .optional(records.callerIDValidUntil) },
            .init("telemarketer", "呼叫方") { _ in .optional(records.telemarketer) },
            .init("seller", "销售方") { _ in .optional(records.seller) },
            .init("product", "商品或服务") { _ in .optional(records.product) },
            .init("callees", "受叫方类别") { _ in .optional(records.callees?.rawValue) },
            .init("script", "话术") { _ in .optional(records.script) },
            .init("disposition", "小结") { .optional($0.disposition?.rawValue) },
        ]
    }

    private var handOff: [ExportColumn<AttemptRecord>] {
        let shortCall = campaign.agents.shortCall
        return [
            .init("agent_wait_ms", "等待坐席毫秒") { attempt in
                .milliseconds(attempt.answeredAt.flatMap { start in attempt.connectedAt.map { $0 - start } })
            },
            .init("short_call", "是否短通话") { attempt in
                guard let shortCall, attempt.outcome == .connected, let talk = attempt.talk else { return .none }
                return .flag(talk < shortCall)
            },
        ] + ExportColumn.instant("message_at", "录音开始时间", \.messageAt)
    }

    private var consent: (AttemptRecord) -> ExportValue {
        switch campaign.consent {
        case nil: { _ in .none }
        case .reference(let reference): { _ in .text(reference) }
        case .column: { [reveal] in .optional($0.quoted.map { Masking.text($0, reveal: reveal) }) }
        }
    }
}

extension AttemptRecord {
    /// Whether the callee heard the campaign's message: as a vendor was told to play it, or as one that queues calls by itself
    /// does for those that no agent took.
    fileprivate func wasLeft(to message: String?) -> Bool {
        messageAt != nil || (outcome == .abandoned && message != nil)
    }
}
