import Wording
import Yams

/// A mapping of a file, with the keys it may have.
struct Section {
    /// Where the mapping stands in the file, `dial`; empty for the file itself.
    let path: String
    /// The line on which it begins.
    let line: Int
    let findings: Findings
    private let entries: [(key: String, line: Int, value: Node)]

    /// Wraps a mapping, or records that the node is something else.
    private init?(_ node: Node, path: String, shape: String, findings: Findings) {
        guard case .mapping(let mapping) = node else {
            let subject = path.isEmpty ? FormPhrase.theFile.phrase : FormPhrase.quoted.filled(path)
            findings.error(
                FormPhrase.mapping.filled(subject), line: node.mark?.line, hint: FixPhrase.write.filled(shape))
            return nil
        }
        self.path = path
        self.findings = findings
        line = mapping.mark?.line ?? 1
        var entries: [(key: String, line: Int, value: Node)] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                findings.error(FormPhrase.keyWord.phrase, line: key.mark?.line)
                continue
            }
            entries.append((scalar.string, scalar.mark?.line ?? line, value))
        }
        self.entries = entries
    }

    /// Wraps a mapping that has only known keys, and records those that are not; `hint` may know better what was meant.
    init?(
        _ node: Node, path: String = "", keys: [String], shape: String, findings: Findings,
        hint: (String) -> Phrase? = { _ in nil }
    ) {
        self.init(node, path: path, shape: shape, findings: findings)
        for entry in entries where !keys.contains(entry.key) {
            findings.error(
                FormPhrase.unknownKey.filled(Self.join(path, entry.key)), line: entry.line,
                hint: hint(entry.key) ?? Suggestion.hint(for: entry.key, among: keys))
        }
    }

    /// Wraps a mapping whose keys are names that the author chose.
    init?(names node: Node, path: String = "", shape: String, findings: Findings) {
        self.init(node, path: path, shape: shape, findings: findings)
    }

    /// Every key with its value, in the order of the file.
    var fields: [Field] {
        entries.map {
            Field(name: Self.join(path, $0.key), key: $0.key, line: $0.line, node: $0.value, findings: findings)
        }
    }

    /// The value of a key, if it is there; `key:` with nothing after it is not.
    subscript(key: String) -> Field? {
        fields.first { $0.key == key && !$0.isNull }
    }

    /// The value of a key that must be there.
    func required(_ key: String) -> Field? {
        if let field = self[key] { return field }
        let line = entries.first { $0.key == key }?.line ?? line
        findings.error(FormPhrase.missing.filled(Self.join(path, key)), line: line)
        return nil
    }

    /// The section under a key, if it is there.
    func section(_ key: String, keys: [String], shape: String) -> Section? {
        guard let field = self[key] else { return nil }
        return Section(field.node, path: field.name, keys: keys, shape: shape, findings: findings)
    }

    private static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
