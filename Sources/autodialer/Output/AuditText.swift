import DialModel
import Ledger

extension AuditReport {
    /// The report in one line for a person.
    var text: String {
        guard let from, let to else { return "no entries" }
        var text = "\(entries) entries from \(from.iso8601UTC) to \(to.iso8601UTC), \(dials) dials"
        if forgotten > 0 { text += " (\(forgotten) of people who were forgotten)" }
        return text + ", last entry \(lastID) with digest \(last)"
    }

    /// The report as one JSON object, whose keys do not change.
    var json: String {
        JSONText.object([
            ("valid", .bool(fault == nil)), ("entries", .integer(Int64(entries))),
            ("from", .optional(from?.iso8601UTC)), ("to", .optional(to?.iso8601UTC)),
            ("dials", .integer(Int64(dials))), ("forgotten", .integer(Int64(forgotten))),
            ("last_entry_id", .integer(lastID)), ("last_digest", .string(last.description)),
            ("fault", fault?.json ?? .null),
        ])
    }
}

extension AuditFault {
    /// What is wrong, in a line for a person.
    var text: String {
        let number = attempt.map { "attempt \($0.value)" } ?? "an attempt"
        let problem =
            switch kind {
            case .changed: "it, or what was before it, is not what was written"
            case .missing: "it is gone, and later entries are there"
            case .inserted: "it is older than the entries that were pruned, and was put there afterwards"
            case .cut: "it is gone, with whatever came after it"
            case .unknownDigest:
                "no entry before it has the digest that was expected: the end of the log is another one"
            case .dialUnlogged: "\(number) is in the database, and no entry before this one tells of it"
            case .dialLost: "it tells of \(number), which is not in the database"
            case .dialChanged:
                "\(number) is not the dial that was logged: its lead, number, time, account or number shown"
            }
        return "entry \(entry)\(place): \(problem)"
    }

    /// What is there, where the entry is or should be.
    private var place: String {
        guard let at, let action else { return "" }
        let words = "\(action), \(at.iso8601UTC)"
        return kind == .missing ? " (before: \(words))" : " (\(words))"
    }

    fileprivate var json: JSONText {
        .object([
            ("kind", .string(kind.rawValue)), ("entry_id", .integer(entry)), ("at", .optional(at?.iso8601UTC)),
            ("action", .optional(action)), ("attempt_id", attempt.map { .integer($0.value) } ?? .null),
            ("text", .string(text)),
        ])
    }
}
