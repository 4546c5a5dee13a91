import DialModel
import Wording

/// A section of a file of rules that says where it is from.
struct SourcedSection {
    /// The keys that say it.
    static let keys = ["source", "date"]

    /// The section.
    let section: Section
    /// Where it is from; nil after recording that it does not say so.
    let source: RuleSource?

    /// Reads where a section is from.
    init(_ section: Section) {
        self.section = section
        let text = section.required("source")?.text(hint: FixPhrase.nameLaw.phrase)
        let date = section.required("date").flatMap(Self.readDate)
        guard let text, let date else {
            source = nil
            return
        }
        source = RuleSource(text, date: date)
    }

    /// The section's `value` as a figure.
    func figure<Value>(_ read: (Field) -> Value?) -> SourcedFigure<Value>? {
        guard let value = section.required("value").flatMap(read), let source else { return nil }
        return SourcedFigure(value, source: source)
    }

    /// A day, a month or a year.
    private static func readDate(_ field: Field) -> String? {
        let hint = FixPhrase.write.filled("2026, 2026-01 or 2026-01-31")
        guard let text = field.text(hint: hint) else { return nil }
        let isDate = ["-01-01", "-01", ""].contains { rest in
            CivilDay(iso8601: text + rest) != nil && text.utf8.count + rest.utf8.count == 10
        }
        return isDate ? text : field.reject(RulesPhrase.date.filled(text), hint: hint)
    }
}

extension Section {
    /// The section under a key that has one figure, `value`, and says where it is from.
    func section(figure key: String) -> SourcedSection? {
        let shape = "\(key): { value: ..., source: \"...\", date: 2026-01 }"
        return section(key, keys: ["value"] + SourcedSection.keys, shape: shape).map { SourcedSection($0) }
    }
}
