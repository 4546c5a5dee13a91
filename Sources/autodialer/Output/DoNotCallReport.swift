import DialModel
import Ledger
import Wording

/// How the do-not-call lists stand.
struct DoNotCallReport {
    let lists: [DoNotCallList]
    let at: Timestamp

    /// The table for people.
    func text(in language: Language) -> String {
        let header = [
            DoNotCallColumn.list, .whose, .asOf, .age, .imported, .entries, .wildcards, .expired, .keeps,
        ].map { language.say($0) }
        return CallerIDColumns.table(
            [header]
                + lists.map { list in
                    [
                        list.name.name, list.campaign ?? language.say(DoNotCallColumn.all),
                        list.asOf?.dayAndTime ?? "-",
                        list.asOf.map { language.say(DoNotCallColumn.days, (at - $0).milliseconds / 86_400_000) }
                            ?? "-",
                        list.importedAt?.dayAndTime ?? "-", String(list.entries), String(list.wildcards),
                        String(list.expired), language.say(list.isHashed ? DoNotCallColumn.hashes : .numbers),
                    ]
                })
    }

    /// One object for programs: keys never change, new ones may be added.
    var json: String {
        JSONText.object([("at", .string(at.iso8601UTC)), ("lists", .array(lists.map(json)))])
    }

    private func json(_ list: DoNotCallList) -> JSONText {
        .object([
            ("list", .string(list.name.name)), ("scope", .string(list.name.scope == .global ? "global" : "campaign")),
            ("campaign", .optional(list.campaign)), ("as_of", .optional(list.asOf?.iso8601UTC)),
            ("age_seconds", list.asOf.map { .integer((at - $0).milliseconds / 1_000) } ?? .null),
            ("imported_at", .optional(list.importedAt?.iso8601UTC)), ("entries", .integer(Int64(list.entries))),
            ("wildcards", .integer(Int64(list.wildcards))), ("expired", .integer(Int64(list.expired))),
            ("hashed", .bool(list.isHashed)),
        ])
    }
}
