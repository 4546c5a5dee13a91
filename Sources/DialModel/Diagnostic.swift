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
    package var message: String
    /// The file as the user named it.
    package var file: String
    /// The line, from one; nil for the file as a whole.
    package var line: Int?
    /// What to do about it.
    package var hint: String?

    /// Memberwise.
    package init(
        _ severity: Severity, _ message: String, file: String, line: Int? = nil, hint: String? = nil
    ) {
        self.severity = severity
        self.message = message
        self.file = file
        self.line = line
        self.hint = hint
    }

    /// The finding as it is printed: `campaign.yaml:7: error: unknown key "retries" (did you mean "retry"?)`.
    package var rendered: String {
        let place = line.map { "\(file):\($0)" } ?? file
        let advice = hint.map { " (\($0))" } ?? ""
        return "\(place): \(severity.rawValue): \(message)\(advice)"
    }
}
