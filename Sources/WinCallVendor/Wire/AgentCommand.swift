import EventWire

/// What an agent's channel is told to do (`vendors/well-wincall.md`, B.5).
enum AgentCommand: Hashable, Sendable {
    /// Makes the session that of an agent; `password` as the account's format has it.
    case initialise(enterprise: String, agent: String, password: String, phone: String)
    /// Ends what `initialise` began.
    case uninitialise
    /// Signs the agent in, free for calls or not.
    case signIn(isIdle: Bool)
    case signOut
    /// Takes the agent out of the queue, for a reason that the enterprise has named.
    case goBusy(reason: Int)
    case goIdle
    /// Asks for the agent's state, which the result's `Ret` tells.
    case query
    /// Answers the server's keep-alive.
    case keepAlive
    /// Lets the calls of an auto-call project come to this agent.
    case enterProject(Int)
    case leaveProject
    /// Rings the agent's own phone first, then the callee's.
    case dial(called: String, callerID: String, queue: Int, channel: Int)
    case hangUp
    /// Calls a colleague, by their internal id, while the other side of the present call waits.
    case consult(agent: Int)
    /// Ends that, and takes the other side back.
    case endConsultation
    /// Brings all three together.
    case threeWay
    /// Leaves the other side to the colleague.
    case transfer
    /// Listens to the call of another agent, by their internal id.
    case spy(agent: Int)
    /// Takes over the call that is listened to.
    case intercept
    /// Joins the call that is listened to.
    case bargeIn
    /// Gives the present call to a skill group, where it becomes a new inbound call.
    case transferToQueue(Int)
    /// Gives the present call to a number, unseen whether anybody takes it.
    case transferBlindly(called: String, callerID: String)

    /// The number by which a result says what it is the result of.
    var action: Int {
        switch self {
        case .initialise: 100
        case .uninitialise: 1
        case .signIn: 2
        case .signOut: 3
        case .goBusy: 4
        case .goIdle: 5
        case .query: 6
        case .keepAlive: 7
        case .enterProject: 9
        case .leaveProject: 10
        case .dial: 22
        case .hangUp: 23
        case .consult: 24
        case .endConsultation: 26
        case .threeWay: 27
        case .transfer: 29
        case .spy: 30
        case .intercept: 31
        case .bargeIn: 32
        case .transferToQueue: 44
        case .transferBlindly: 46
        }
    }

    /// The object that goes out as the argument of `AgentCmd`.
    var wire: JSONValue {
        var members: [String: JSONValue] = ["Action": .integer(action)]
        for (name, value) in arguments { members[name] = value }
        return .object(members)
    }

    private var arguments: [(String, JSONValue)] {
        switch self {
        case .initialise(let enterprise, let agent, let password, let phone):
            [
                ("VccCode", .string(enterprise)), ("AgNum", .string(agent)), ("AgPass", .string(password)),
                ("AgPhoneNum", .string(phone)),
            ]
        case .signIn(let isIdle): [("State", .integer(isIdle ? 1 : 2))]
        case .goBusy(let reason): [("Reason", .integer(reason))]
        case .enterProject(let project): [("ProID", .integer(project))]
        case .dial(let called, let callerID, let queue, let channel):
            [
                ("Called", .string(called)), ("CallerID", .string(callerID)), ("GroupID", .integer(queue)),
                ("OutChan", .integer(channel)), ("ProID", .integer(0)), ("TaskID", .integer(0)),
            ]
        case .consult(let agent), .spy(let agent): [("AgID", .integer(agent))]
        case .transferToQueue(let queue): [("TransType", .integer(1)), ("TransParam1", .integer(queue))]
        case .transferBlindly(let called, let callerID): [("Called", .string(called)), ("Caller", .string(callerID))]
        case .uninitialise, .signOut, .goIdle, .query, .keepAlive, .leaveProject, .hangUp, .endConsultation,
            .threeWay, .transfer, .intercept, .bargeIn:
            []
        }
    }
}
