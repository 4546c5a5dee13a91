import DialModel
import Ledger

/// The columns of `export attempts`: names and order never change, new ones come last.
enum AttemptColumns {
    static let names = [
        "attempt_id", "campaign", "lead_id", "run_id", "attempt_number", "phone", "name", "vendor", "caller_id",
        "shown_caller_id", "vendor_call_id", "state", "outcome", "cpa_result", "agent_id", "claimed_at",
        "claimed_at_utc",
        "answered_at", "answered_at_utc", "connected_at", "connected_at_utc", "ended_at", "ended_at_utc", "talk_ms",
        "vendor_reason",
    ]

    /// The cells of an attempt; what is unknown is empty.
    static func cells(of attempt: AttemptRecord, campaign: String, reveal: Bool) -> [String] {
        [
            String(attempt.id.value), campaign, String(attempt.lead.value), String(attempt.run.value),
            String(attempt.ordinal), reveal ? attempt.number.e164 : attempt.number.masked,
            Masking.text(attempt.name ?? "", reveal: reveal),
            attempt.vendor, attempt.callerID ?? "", attempt.shownCallerID ?? "", attempt.vendorCall?.value ?? "",
            attempt.state.rawValue, attempt.outcome?.rawValue ?? "", attempt.cpa?.rawValue ?? "",
            attempt.agent?.value ?? "",
        ]
            + [attempt.claimedAt, attempt.answeredAt, attempt.connectedAt, attempt.endedAt].flatMap(cells(of:))
            + [
                attempt.talk.map { String($0.milliseconds) } ?? "",
                Masking.text(attempt.vendorReason ?? "", reveal: reveal),
            ]
    }

    /// An instant twice: with the machine's offset, and in UTC.
    static func cells(of instant: Timestamp?) -> [String] {
        [instant?.iso8601Local ?? "", instant?.iso8601UTC ?? ""]
    }
}

/// The columns of `export leads`: names and order never change, new ones come last.
enum LeadColumns {
    static let names = [
        "lead_id", "campaign", "line", "phone", "phone_as_listed", "name", "state", "ending", "not_before",
        "not_before_utc", "attempts", "last_outcome", "last_ended_at", "last_ended_at_utc", "fields",
    ]

    /// The cells of a lead; what is unknown is empty.
    static func cells(of lead: LeadRecord, campaign: String, reveal: Bool) -> [String] {
        [
            String(lead.id.value), campaign, String(lead.line), reveal ? lead.number.e164 : lead.number.masked,
            reveal ? lead.originalNumber : "", Masking.text(lead.name ?? "", reveal: reveal), lead.state.rawValue,
            lead.ending?.rawValue ?? "",
        ]
            + AttemptColumns.cells(of: lead.notBefore)
            + [String(lead.attempts), lead.lastOutcome?.rawValue ?? ""]
            + AttemptColumns.cells(of: lead.lastEndedAt)
            + [JSONText.object(lead.fields.map { ($0.name, .string(Masking.text($0.value, reveal: reveal))) })]
    }
}
