/// What an agent says of a callee after a call; the raw value is the word in the ledger, in lists and in exports.
package enum Disposition: String, CaseIterable, Hashable, Sendable {
    /// They bought.
    case sale
    /// They want nothing.
    case notInterested = "not_interested"
    /// They do not want to be called any more, by anybody of ours.
    case doNotCall = "do_not_call"
    /// The number is somebody else's.
    case wrongNumber = "wrong_number"
    /// They want to be called back.
    case callback

    /// How a lead ends with it; nil for one that does not end.
    package var ending: LeadEnding? {
        switch self {
        case .sale: .sold
        case .notInterested: .notInterested
        case .doNotCall: .doNotCall
        case .wrongNumber: .wrongNumber
        case .callback: nil
        }
    }
}
