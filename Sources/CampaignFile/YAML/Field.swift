import Wording
import Yams

/// A value of a file, which its author is told about by its full name and line.
struct Field {
    /// The key with those of the mappings around it, `dial.ring_timeout`.
    let name: String
    /// The key itself.
    let key: String
    let line: Int
    let node: Node
    let findings: Findings

    /// Whether nothing was written.
    var isNull: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// The value as it is written, if it is a single one.
    var word: String? {
        guard case .scalar(let scalar) = node else { return nil }
        return scalar.string
    }

    /// Records an error at this value and returns nil, for use in an early exit.
    func reject<Value>(_ complaint: Phrase, hint: Phrase? = nil) -> Value? {
        findings.error(FormPhrase.about.filled(name, complaint), line: node.mark?.line ?? line, hint: hint)
        return nil
    }

    /// One line of text of 1 to 200 characters.
    func text(hint: Phrase? = nil) -> String? {
        guard let text = word else { return reject(FormPhrase.single.phrase, hint: hint) }
        guard !text.isEmpty else { return reject(FormPhrase.empty.phrase, hint: hint) }
        guard text.count <= 200 else { return reject(FormPhrase.tooLong.phrase, hint: hint) }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            return reject(FormPhrase.oneLine.phrase, hint: hint)
        }
        return text
    }

    /// A list of texts.
    func texts(hint: Phrase) -> [String]? {
        guard let items = items(hint: hint) else { return nil }
        var texts: [String] = []
        for item in items {
            guard let text = item.text(hint: hint) else { return nil }
            texts.append(text)
        }
        return texts
    }

    /// The items of a list, each named by its place from one.
    func items(hint: Phrase) -> [Field]? {
        guard case .sequence(let sequence) = node else { return reject(FormPhrase.list.phrase, hint: hint) }
        return sequence.enumerated().map { index, item in
            Field(
                name: "\(name)[\(index + 1)]", key: key, line: item.mark?.line ?? line, node: item, findings: findings)
        }
    }

    /// A whole number.
    func integer(in range: ClosedRange<Int>) -> Int? {
        guard let text = text() else { return nil }
        guard let value = Int(text) else { return reject(FormPhrase.whole.filled(text)) }
        guard range.contains(value) else { return reject(FormPhrase.range.filled(range.lowerBound, range.upperBound)) }
        return value
    }

    /// A number.
    func number(in range: ClosedRange<Double>) -> Double? {
        guard let text = text() else { return nil }
        guard let value = Double(text) else { return reject(FormPhrase.number.filled(text)) }
        guard range.contains(value) else { return reject(FormPhrase.range.filled(range.lowerBound, range.upperBound)) }
        return value
    }

    /// Yes or no.
    func flag() -> Bool? {
        guard let text = text() else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default: return reject(FormPhrase.flag.filled(text))
        }
    }

    /// A share of a whole, written `35%`.
    func share() -> Double? {
        guard let text = text() else { return nil }
        let hint = FixPhrase.percentage.phrase
        guard text.hasSuffix("%"), let value = Double(text.dropLast()) else {
            return reject(FormPhrase.percentage.filled(text), hint: hint)
        }
        guard (0...100).contains(value) else { return reject(FormPhrase.percentageRange.phrase, hint: hint) }
        return value / 100
    }

    /// A length of time, written with its unit: `30s`, `1.5h`.
    func duration(in range: ClosedRange<Duration>) -> Duration? {
        guard let text = text() else { return nil }
        guard let value = DurationText.parse(text) else {
            return reject(FormPhrase.duration.filled(text), hint: DurationText.hint(for: text))
        }
        guard range.contains(value) else {
            return reject(
                FormPhrase.rangeNot.filled(
                    DurationText.shown(range.lowerBound), DurationText.shown(range.upperBound), text))
        }
        return value
    }

    /// One of a few words.
    func word<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> Value? where Value.RawValue == String {
        guard let text = text() else { return nil }
        if let value = Value(rawValue: text) { return value }
        return reject(
            FormPhrase.unfit.filled(text), hint: Suggestion.hint(for: text, among: type.allCases.map(\.rawValue)))
    }
}
