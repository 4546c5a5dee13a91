/// What an agent's phone does, by `PhoSta` and `RingType` (`vendors/well-wincall.md`, B.6).
enum PhoneState: Hashable, Sendable {
    /// Why a phone rings.
    enum Ring: Int, Sendable {
        case direct = 0
        case queue = 1
        /// The agent's own phone, for a call that the agent makes.
        case outbound = 2
        case spying = 3
        case consultation = 4
        /// A call of an auto-call project that has been answered.
        case autoCall = 5
    }

    /// The call is over.
    case idle
    case ringing(Ring)
    /// The agent's own side is connected.
    case ownSideConnected
    /// The callee is being called.
    case calling
    /// The callee's phone rings.
    case alerting
    /// In conversation.
    case talking
    /// The call came to this agent from another.
    case transferredHere
    /// Part of a conversation: a consultation, a third party.
    case amongOthers(code: Int)
    /// A phone that stays connected between calls is up.
    case standingLineUp
    /// Such a phone is down.
    case standingLineDown
    /// What no document names.
    case unknown(code: Int?)

    init(code: Int?, ring: Int?) {
        switch (code, ring) {
        case (0, _): self = .idle
        case (5, 7), (7, _): self = .unknown(code: code)
        case (5, let ring): self = ring.flatMap(Ring.init).map(PhoneState.ringing) ?? .ringing(.direct)
        case (10, _): self = .ownSideConnected
        case (4, _): self = .calling
        case (55, _): self = .alerting
        case (6, _): self = .talking
        case (8, _): self = .standingLineUp
        case (9, _), (40, _): self = .standingLineDown
        case (35, _): self = .transferredHere
        case (let code?, _) where (21...34).contains(code): self = .amongOthers(code: code)
        default: self = .unknown(code: code)
        }
    }

    /// The four digits by which the vendor's own programs show the state, `0502` or `5500`.
    var code: String {
        switch self {
        case .idle: "0000"
        case .ringing(let ring): "050\(ring.rawValue)"
        case .ownSideConnected: "1000"
        case .calling: "0400"
        case .alerting: "5500"
        case .talking: "0600"
        case .transferredHere: "3500"
        case .amongOthers(let code): "\(code)00"
        case .standingLineUp: "0800"
        case .standingLineDown: "0900"
        case .unknown(let code): code.map { "\($0)00" } ?? ""
        }
    }
}
