import DialModel

/// What an entry of the audit log says: names and values, in an order and a spelling that never change.
///
/// An entry stays as it is for as long as the log is kept, also when a person asks to be forgotten: nothing here may tell
/// who was called. Free text goes through `add(_:text:)`, which hides what may be a telephone number.
package struct AuditFacts: Hashable, Sendable {
    private var members = ""

    /// Nothing.
    package init() {}

    /// All of it as one JSON object, in the order in which it was added.
    package var json: String { "{\(members)}" }

    /// Adds a count or an id.
    package mutating func add(_ name: String, _ value: some BinaryInteger) {
        append(name, String(value))
    }

    /// Adds ids.
    package mutating func add(_ name: String, _ values: [Int64]) {
        append(name, "[" + values.map(String.init).joined(separator: ",") + "]")
    }

    /// Adds whether something is so.
    package mutating func add(_ name: String, isSo: Bool) {
        append(name, isSo ? "true" : "false")
    }

    /// Adds a word of a vocabulary or a digest, as it is; nothing if there is none.
    package mutating func add(_ name: String, word: String?) {
        guard let word else { return }
        append(name, Self.quoted(word))
    }

    /// Adds what a person wrote, without what may be a telephone number; nothing if there is none.
    package mutating func add(_ name: String, text: String?) {
        guard let text else { return }
        append(name, Self.quoted(NumbersInText.removed(from: text, but: .day)))
    }

    /// Adds the name of a file, without the folders that it is in; nothing if there is none.
    package mutating func add(_ name: String, file path: String?) {
        add(name, text: path?.split(separator: "/").last.map(String.init))
    }

    /// Adds the end of one of our own numbers, enough to tell it from the others; nothing if there is none.
    package mutating func add(_ name: String, endOf number: String?) {
        guard let number else { return }
        append(name, Self.quoted("…" + number.suffix(4)))
    }

    /// Adds things with facts of their own.
    package mutating func add(_ name: String, _ things: [AuditFacts]) {
        append(name, "[" + things.map(\.json).joined(separator: ",") + "]")
    }

    /// Adds all of other facts.
    package mutating func add(contentsOf others: AuditFacts) {
        guard !others.members.isEmpty else { return }
        members += (members.isEmpty ? "" : ",") + others.members
    }

    private mutating func append(_ name: String, _ value: String) {
        if !members.isEmpty { members += "," }
        members += "\"\(name)\":\(value)"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
