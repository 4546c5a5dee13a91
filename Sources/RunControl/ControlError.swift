package import Wording

/// Why a request to a running campaign came to nothing.
package struct ControlError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What sort of reason it is; the raw value is the word on the wire.
    package enum Code: String, CaseIterable, Hashable, Sendable {
        /// No run listens there.
        case noRun = "no_run"
        /// What the order is about does not exist, or not any more.
        case notThere = "not_there"
        /// It cannot be done, or the vendor declines.
        case refused
        /// Whoever asks is not the user who runs the campaign.
        case notAllowed = "not_allowed"
        /// The vendor could not be asked, and did nothing.
        case unavailable
        /// It may have been carried out, and may not.
        case uncertain
        /// It cannot be read, is too long, or takes too long to arrive.
        case malformed
        /// It asks for something that this version does not know.
        case unknownRequest = "unknown_request"
        /// The socket cannot be made or used.
        case io
    }

    /// What sort of reason it is.
    package var code: Code
    /// The reason in words, without numbers of callees.
    package var reason: Phrase

    /// Memberwise.
    package init(_ code: Code, _ reason: Phrase) {
        self.code = code
        self.reason = reason
    }

    package var description: String { reason.english }

    /// For what this version knows nothing of.
    static let unknownRequest = ControlError(.unknownRequest, ControlPhrase.unknownRequest.phrase)

    /// The status of the response that carries it (RFC 9110, 15).
    var status: Int {
        switch code {
        case .notThere, .unknownRequest, .noRun: 404
        case .refused: 409
        case .notAllowed: 403
        case .unavailable: 503
        case .uncertain: 504
        case .malformed: 400
        case .io: 500
        }
    }
}
