package import DialModel

/// Makes a vendor's words fit for an error that is printed or logged.
package enum Redaction {
    private static let longestMessage = 300

    /// The words without the secret, without the middle of telephone numbers, and of bounded length.
    package static func clean(_ words: String, secret: Secret) -> String {
        var text = words
        if !secret.revealed.isEmpty { text = text.replacing(secret.revealed, with: "(secret)") }
        text = String(text.map { $0.isNewline ? " " : $0 })
        text = NumbersInText.masked(text, keepingFirst: 3, last: 2, but: .address)
        return text.count > longestMessage ? text.prefix(longestMessage) + "…" : text
    }
}
