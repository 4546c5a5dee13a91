package import DialModel

/// A vendor's refusal or failure, and what it means for the attempt or the campaign at hand.
package struct VendorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What follows from it.
    package enum Meaning: Hashable, Sendable {
        /// The vendor declined this one call before any phone rang; how the attempt ends.
        case refused(CallOutcome)
        /// The vendor lets nobody of the account call this callee, now or later; no phone rang.
        case barred
        /// The request was turned away unread for its rate; nothing was placed. Try again after this long.
        case throttled(after: Duration)
        /// The vendor cannot be reached or is out of service, and certainly did not act; time may heal it.
        case unavailable
        /// Credentials, names or rights are wrong: only an operator can mend it. Nothing was placed.
        case misconfigured
        /// The request may have been carried out.
        case outcomeUnknown
    }

    /// What follows from it.
    package var meaning: Meaning
    /// The vendor account's name in the campaign.
    package var vendor: String
    /// What was being asked, `DialEx`.
    package var operation: String
    /// The vendor's code, verbatim, or the transport's.
    package var code: String
    /// The vendor's words, stripped of secrets and full numbers.
    package var message: String

    /// Memberwise.
    package init(_ meaning: Meaning, vendor: String, operation: String, code: String, message: String) {
        self.meaning = meaning
        self.vendor = vendor
        self.operation = operation
        self.code = code
        self.message = message
    }

    package var description: String {
        "\(vendor): \(operation) failed: \(code)" + (message.isEmpty ? "" : ": \(message)")
    }
}
