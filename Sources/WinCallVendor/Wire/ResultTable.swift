/// What follows from a result that is not success.
enum Reaction: Hashable, Sendable {
    /// The command changed nothing because everything was so already.
    case asWished
    /// Something about the agent is wrong that only an operator can mend; the agent stays away.
    case stopAgent
    /// The account lets no more agents in: the run goes on with those who are.
    case noMoreAgents
    /// The agent is signed in elsewhere, which may be a session of ours that has not been missed yet.
    case signedInElsewhere
    /// The channel carries an agent already.
    case openAnew
    /// The enterprise or the campaign may not call: nobody dials before an operator has acted.
    case stopCampaign
    /// The vendor is out of order; time heals it.
    case tryLater
    /// The server does not know the session any more.
    case signInAgain
    /// The agent cannot take part in this command now.
    case agentNotReady
    /// The number shown is declined, and the callee has nothing to do with it.
    case callerIDDeclined
    /// The network or the vendor could not set the call up.
    case congestion
    /// The callee may not be called by this enterprise.
    case calleeBlocked
    /// The callee's number cannot be dialled.
    case invalidNumber
    /// The command was declined; nothing follows for anybody else.
    case declined
    /// What happened is not certain.
    case unknown
}

/// The vendor's results and what follows from them (`vendors/well-wincall.md`, B.7).
enum ResultTable {
    /// What follows from a result other than success; what is not in the table may have taken effect.
    static func reaction(to code: ResultCode) -> Reaction {
        switch code.command {
        case 1: initialising(code.result)
        case 2, 4: .asWished
        case 3: signingIn(code.result)
        case 5, 6: settingState(code.result)
        case 9, 10: projects(code.result)
        case 22: dialling(code.result)
        case 23: code.result == 2 ? .asWished : sessionOr(code.result, .declined)
        case 29...32, 44, 46: code.result == 1 ? .signInAgain : .declined
        default: .unknown
        }
    }

    private static func initialising(_ result: Int) -> Reaction {
        switch result {
        case 1: .signedInElsewhere
        case 2: .openAnew
        case 3, 4, 5, 7, 100, 804, 805, 806, 808, 809, 810...814, 820: .stopAgent
        case 6: .noMoreAgents
        case 20: .stopCampaign
        case 700...803, 807: .tryLater
        default: .tryLater
        }
    }

    private static func signingIn(_ result: Int) -> Reaction {
        switch result {
        case 1, 2: .signInAgain
        default: .tryLater
        }
    }

    private static func settingState(_ result: Int) -> Reaction {
        switch result {
        case 3: .asWished
        case 4: .declined
        default: sessionOr(result, .declined)
        }
    }

    private static func projects(_ result: Int) -> Reaction {
        switch result {
        case 3: .stopCampaign
        case 4: .asWished
        default: sessionOr(result, .declined)
        }
    }

    private static func dialling(_ result: Int) -> Reaction {
        switch result {
        case 1: .signInAgain
        case 2, 10: .congestion
        case 3, 4, 7, 20, 501, 502, 503: .stopCampaign
        case 5, 9: .agentNotReady
        case 8, 507: .callerIDDeclined
        case 11, 451, 452: .stopAgent
        case 504: .calleeBlocked
        case 505, 506: .invalidNumber
        default: .unknown
        }
    }

    /// Results 1 and 2 of most commands mean that the server does not know the session.
    private static func sessionOr(_ result: Int, _ other: Reaction) -> Reaction {
        result == 1 || result == 2 ? .signInAgain : other
    }
}
