package import DialModel

/// How long a number is out because a vendor refused calls for its sake.
package struct Quarantine: Hashable, Sendable {
    /// When it may be tried again.
    package var until: Timestamp
    /// How long it is out.
    package var step: Duration

    /// The first step (`vendors/alibaba-udesk.md`, C4, step 9).
    package static let shortest = Duration.seconds(1_800)
    /// The last step, and how long a number must do well for the steps to begin anew.
    package static let longest = Duration.seconds(86_400)

    /// Memberwise.
    package init(until: Timestamp, step: Duration) {
        self.until = until
        self.step = step
    }

    /// The quarantine that begins at `now`, after an earlier one.
    ///
    /// While the earlier one lasts it stays, since the calls that were under way are refused one after the other. After it,
    /// the step doubles, unless it has been over for as long as the longest step.
    package static func beginning(at now: Timestamp, after earlier: Quarantine?) -> Quarantine {
        guard let earlier, now < earlier.until + longest else {
            return Quarantine(until: now + shortest, step: shortest)
        }
        guard now >= earlier.until else { return earlier }
        let step = min(earlier.step + earlier.step, longest)
        return Quarantine(until: now + step, step: step)
    }

    /// The code with which a vendor turned a call away for the sake of the number shown, in the words that an attempt was
    /// closed with (`code: message`); nil where they speak of the callee, the account's rights or nothing at all.
    package static func cause(in vendorReason: String) -> String? {
        let code = vendorReason.prefix { $0 != ":" }
        return namesCaller(code) ? String(code) : nil
    }

    /// Whether a vendor's code names the number shown (`vendors/alibaba-udesk.md`, C4, step 9).
    private static func namesCaller(_ code: Substring) -> Bool {
        // Two are WinCall's (`vendors/well-wincall.md`, B.7), and the last is how the client of Well says it (A.6.3).
        let codes = [
            "CallerNotRegistered", "CallingNumberNotExist", "InArrears", "NotExists.Number", "100005", "022008",
            "022507", "DroppedAtOnce",
        ]
        if codes.contains(String(code)) { return true }
        // SIP codes come as `403`, `403-Forbidden`, `403 - Forbidden` or `SIP 403`.
        let text = code.hasPrefix("SIP ") ? code.dropFirst(4) : code
        guard text.hasPrefix("403") else { return false }
        return text.dropFirst(3).first.map { !$0.isNumber && !$0.isLetter } ?? true
    }
}
