import DialModel
import Ledger

/// Everything that is kept of one person, for that person.
struct PersonalReport {
    let number: PhoneNumber
    let records: [PersonalRecord]
    let lists: [DoNotCallAnswer]
    let at: Timestamp

    /// One JSON object.
    var json: String {
        JSONText.object([
            ("number", .string(number.e164)), ("at", .string(at.iso8601UTC)),
            ("leads", .array(records.map(Self.lead))),
            (
                "do_not_call",
                .array(
                    lists.map { answer in
                        .object([
                            ("list", .string(answer.list.name)),
                            ("since", .optional(answer.match?.addedAt.iso8601UTC)),
                            ("source", .optional(answer.match?.source)),
                        ])
                    })
            ),
        ])
    }

    private static func lead(_ record: PersonalRecord) -> JSONText {
        let lead = record.lead
        return .object([
            ("campaign", .string(record.campaign)), ("lead_id", .integer(lead.id.value)),
            ("list", .string(lead.list)), ("phone_as_listed", .string(lead.originalNumber)),
            ("name", .optional(lead.name)),
            ("columns", .object(lead.fields.map { ($0.name, .string($0.value)) })),
            ("state", .string(lead.state.rawValue)), ("ending", .optional(lead.ending?.rawValue)),
            ("not_before", .optional(lead.notBefore?.iso8601UTC)),
            ("callback_at", .optional(lead.callbackAt?.iso8601UTC)),
            ("attempts", .array(record.attempts.map(attempt))),
            (
                "dispositions",
                .array(
                    record.dispositions.map { said in
                        .object([
                            ("disposition", .string(said.disposition.rawValue)), ("at", .string(said.at.iso8601UTC)),
                            ("note", .optional(said.note)),
                        ])
                    })
            ),
        ])
    }

    private static func attempt(_ attempt: AttemptRecord) -> JSONText {
        .object([
            ("attempt_id", .integer(attempt.id.value)), ("at", .string(attempt.claimedAt.iso8601UTC)),
            ("caller_id", .optional(attempt.shownCallerID ?? attempt.callerID)),
            ("outcome", .optional(attempt.outcome?.rawValue)),
            ("answered_at", .optional(attempt.answeredAt?.iso8601UTC)),
            ("ended_at", .optional(attempt.endedAt?.iso8601UTC)), ("agent_id", .optional(attempt.agent?.value)),
            ("talk_ms", attempt.talk.map { .integer($0.milliseconds) } ?? .null),
        ])
    }
}
