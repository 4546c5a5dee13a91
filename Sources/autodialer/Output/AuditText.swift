import DialModel
import Ledger
import Wording

extension AuditReport {
    /// The report in one line for a person.
    func text(in language: Language) -> String {
        guard let from, let to else { return language.say(AuditPhrase.noEntries) }
        let forgotten = forgotten > 0 ? language.say(AuditPhrase.forgotten, forgotten) : ""
        return language.say(
            AuditPhrase.whole, entries, from.iso8601UTC, to.iso8601UTC, dials, forgotten, lastID, last)
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
    /// The fault in a line.
    var phrase: Phrase { AuditPhrase.found.filled(place, problem) }

    /// The fault as an error of a database.
    func error(in database: String) -> Phrase { ErrorPhrase.about.filled(database, phrase) }

    /// What is wrong with the entry.
    private var problem: Phrase {
        let number = attempt.map { AuditPhrase.ofAttempt.filled($0.value) } ?? AuditPhrase.anAttempt.phrase
        let kind: AuditPhrase =
            switch kind {
            case .changed: .changed
            case .missing: .missing
            case .inserted: .inserted
            case .cut: .cut
            case .unknownDigest: .unknownDigest
            case .dialUnlogged: .dialUnlogged
            case .dialLost: .dialLost
            case .dialChanged: .dialChanged
            }
        return kind.filled(number)
    }

    /// The entry, and what is there, where it is or should be.
    private var place: Phrase {
        guard let at, let action else { return AuditPhrase.entry.filled(entry) }
        return (kind == .missing ? AuditPhrase.entryAfter : .entryAt).filled(entry, action, at.iso8601UTC)
    }

    fileprivate var json: JSONText {
        .object([
            ("kind", .string(kind.rawValue)), ("entry_id", .integer(entry)), ("at", .optional(at?.iso8601UTC)),
            ("action", .optional(action)), ("attempt_id", attempt.map { .integer($0.value) } ?? .null),
            ("text", .string(phrase.english)),
        ])
    }
}
