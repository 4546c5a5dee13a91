package import DialModel

/// Makes a vendor's words fit for an error that is printed or logged.
package enum Redaction {
    private static let longestMessage = 300
    private static let shortestNumber = 7

    /// The words without the secret, without the middle of telephone numbers, and of bounded length.
    package static func clean(_ words: String, secret: Secret) -> String {
        var text = words
        if !secret.revealed.isEmpty { text = text.replacing(secret.revealed, with: "(secret)") }
        text = String(text.map { $0.isNewline ? " " : $0 })
        text = maskingNumbers(in: text)
        return text.count > longestMessage ? text.prefix(longestMessage) + "…" : text
    }

    /// Hides all but the first three and the last two digits of everything as long as a telephone number.
    ///
    /// Single blanks and hyphens between digits do not hide a number from this.
    private static func maskingNumbers(in text: String) -> String {
        let characters = Array(text)
        var masked: [Character] = []
        var position = 0
        while position < characters.count {
            let end = endOfNumber(characters, from: position)
            let digits = characters[position..<end].indices.filter { characters[$0].isNumber }
            guard digits.count >= shortestNumber else {
                let next = max(end, position + 1)
                masked += characters[position..<next]
                position = next
                continue
            }
            let hidden = Set(digits.dropFirst(3).dropLast(2))
            masked += (position..<end).map { hidden.contains($0) ? "*" : characters[$0] }
            position = end
        }
        return String(masked)
    }

    private static func endOfNumber(_ characters: [Character], from start: Int) -> Int {
        var end = start
        while end < characters.count {
            if characters[end].isNumber {
                end += 1
            } else if end > start, end + 1 < characters.count, [" ", "-"].contains(characters[end]),
                characters[end + 1].isNumber
            {
                end += 2
            } else {
                break
            }
        }
        return end
    }
}
