import Ledger
import StoredLedger
import Wording

/// What both sides of a copy hold.
struct CopyReport {
    let source: DatabasePlace
    let destination: DatabasePlace
    let language: Language
    let contents: [TableContents]

    private var rows: Int { contents.reduce(0) { $0 + $1.rows } }

    /// A line for each table, and what to do next.
    var text: String {
        let title = language.say(CopyPhrase.copied, source.name, destination.name, rows)
        let width = contents.map(\.table.count).max() ?? 0
        let lines = contents.map { table in
            let rows = String(table.rows)
            let padding = String(repeating: " ", count: max(0, 11 - rows.count))
            return "  \(table.table.padded(to: width))\(padding)\(rows)  \(table.checksum.description.prefix(16))"
        }
        let next = language.say(CopyPhrase.next, source.name, destination.name)
        return ([title] + lines + [next]).joined(separator: "\n")
    }

    /// One JSON object, whose keys do not change.
    var json: String {
        let tables = contents.map { table -> JSONText in
            .object([
                ("table", .string(table.table)), ("rows", .integer(Int64(table.rows))),
                ("checksum", .string(table.checksum.description)),
            ])
        }
        return JSONText.object([
            ("from", .string(source.name)), ("to", .string(destination.name)), ("rows", .integer(Int64(rows))),
            ("tables", .array(tables)),
        ])
    }
}
