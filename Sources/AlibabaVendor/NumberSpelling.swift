import DialModel

/// The one spelling of an account's own numbers, in which the chosen and the shown number are compared as texts.
///
/// The vendor writes one number as `01080000001`, as `+86 10 8000 0001`, and as a JSON number without the leading zero
/// (`vendors/alibaba-udesk.md`, A1.5 and C2).
enum NumberSpelling {
    /// The national form with its leading zero, where the text has one; otherwise the text without blanks and dashes.
    ///
    /// `prefix` is what was dialled before the callee's number: a carrier may have put it before this one too.
    static func canonical(_ text: String, prefix: String = "") -> String {
        let compact = text.filter { !$0.isWhitespace && !"-()".contains($0) }
        if let national = national(compact) { return national }
        if !prefix.isEmpty, compact.hasPrefix(prefix), let national = national(compact.dropFirst(prefix.count)) {
            return national
        }
        return compact
    }

    /// Whether digits are hidden, so that the text tells of no one number.
    static func isMasked(_ text: String) -> Bool {
        text.contains { "*xX".contains($0) }
    }

    private static func national(_ text: some StringProtocol) -> String? {
        let text = String(text)
        let number = ["+86", "0086"].first(where: text.hasPrefix).map { String(text.dropFirst($0.count)) } ?? text
        if number.utf8.count == 10, isService(number) { return number }
        // No area code starts with 00, nor, without its zero, with 86.
        if text.hasPrefix("00"), !text.hasPrefix("0086") { return nil }
        if let national = CalleeNumber.normalised(text) { return national }
        guard text.allSatisfy({ ("0"..."9").contains($0) }), !text.hasPrefix("0") else { return nil }
        if text.hasPrefix("86") { return national("+" + text) }
        let hasLostZero =
            (10...11).contains(text.utf8.count) && !["400", "800", "95", "96"].contains(where: text.hasPrefix)
        return hasLostZero ? CalleeNumber.normalised("+86" + text) : nil
    }

    private static func isService(_ number: String) -> Bool {
        (number.hasPrefix("400") || number.hasPrefix("800")) && number.allSatisfy { ("0"..."9").contains($0) }
    }
}
