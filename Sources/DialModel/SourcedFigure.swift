/// Where a figure of a rule is from, so that whoever asks can look it up.
package struct RuleSource: Hashable, Sendable {
    /// The statute, regulation or page.
    package var text: String
    /// As of when: a day, a month or a year, `2024-04-16`, `2025-11`, `2009`.
    package var date: String

    /// Memberwise.
    package init(_ text: String, date: String) {
        self.text = text
        self.date = date
    }

    /// The source as it is shown: `16 CFR 310.4(c), as of 2024`.
    package var shown: String { "\(text), as of \(date)" }
}

/// A figure of a rule, with where it is from.
package struct SourcedFigure<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The figure.
    package var value: Value
    /// Where it is from.
    package var source: RuleSource

    /// Memberwise.
    package init(_ value: Value, source: RuleSource) {
        self.value = value
        self.source = source
    }
}
