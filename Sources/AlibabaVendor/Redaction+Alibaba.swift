import Telephony

extension Redaction {
    /// The part of a signature complaint before the text that the server signed, which holds every parameter.
    static func beforeStringToSign(_ words: String) -> String {
        var end = words.endIndex
        for mark in [":", "GET&", "POST&"] {
            if let range = words.firstRange(of: mark) { end = min(end, range.lowerBound) }
        }
        return String(words[..<end])
    }
}
