/// A finding about something a user wrote: collected, never thrown, and printed together at the edge.
package struct Diagnostic: Hashable, Sendable {
    /// Whether the command can go on.
    package enum Severity: String, Hashable, Sendable {
        /// The input cannot be used.
        case error
        /// The input can be used; the user should know.
        case warning
    }

    /// Whether the command can go on.
    package var severity: Severity
    /// What is wrong, as a sentence without a full stop.
    package var message: Phrase
    /// The file as the user named it.
    package var file: String
    /// The line, from one; nil for the file as a whole.
    package var line: Int?
    /// What to do about it.
    package var hint: Phrase?

    /// Memberwise.
    package init(
        _ severity: Severity, _ message: Phrase, file: String, line: Int? = nil, hint: Phrase? = nil
    ) {
        self.severity = severity
        self.message = message
        self.file = file
        self.line = line
        self.hint = hint
    }

    /// What is wrong, and what to do about it.
    package var words: Phrase { hint.map { DiagnosticPhrase.withFix.filled(message, $0) } ?? message }

    /// The finding as it is printed: `campaign.yaml:7: error: unknown key "retries" (did you mean "retry"?)`.
    package var rendered: Phrase {
        let place = line.map { "\(file):\($0)" } ?? file
        return (severity == .error ? DiagnosticPhrase.error : .warning).filled(place, words)
    }
}

/// How a finding is said.
package enum DiagnosticPhrase: CaseIterable, PhraseTable {
    case error, warning, withFix

    /// The words around what is wrong.
    package var phrase: Phrase {
        switch self {
        case .error: Phrase("{1}: error: {2}", "{1}：错误：{2}")
        case .warning: Phrase("{1}: warning: {2}", "{1}：警告：{2}")
        case .withFix: Phrase("{1} ({2})", "{1}（{2}）")
        }
    }
}
