package import DialModel
package import Telephony

/// The client of WinCall (icsoc, wintel): one session for each agent, over which calls are placed and told of
/// (`vendors/well-wincall.md`, B.9).
///
/// A call is placed at an agent's phone, and the agent talks with the callee: way A. Where logins are automatic phones,
/// those dial instead and give answered calls to the skill group: way C. Agents may also enter an auto-call project, whose
/// answered calls they are given: way B. The vendor never says why a call failed, nor
/// whether a person answered, so no outcome is told that it did not tell.
package final class WinCallVendor: TelephonyVendor {
    let account: WinCallAccount
    let wantedGroup: String
    let transport: any HTTPTransport
    let clock: any RunClock
    let rhythm: FloorRhythm
    let channel: AgentChannel
    let seed: UInt64
    let inbox = FloorInbox()
    /// Whether agents are being signed in, kept so, or signed out.
    let isRunning = Locked(false)
    /// The auto-call project whose calls agents may be given.
    let project: Int?
    /// Whether they are to be given any.
    let takesOwnCalls = Locked(false)
    private let resolvedQueue = Locked<SkillQueue?>(nil)

    /// A client for one campaign's skill group, by its name or its id, and perhaps its auto-call project; `seed` spreads the openings of channels.
    package init(
        account: WinCallAccount, group: String, project: Int? = nil, transport: any HTTPTransport,
        channels: any EventTransport, clock: any RunClock, seed: UInt64
    ) {
        self.account = account
        self.project = project
        wantedGroup = group
        self.transport = transport
        self.clock = clock
        self.seed = seed
        rhythm = FloorRhythm(speed: clock.speed)
        channel = AgentChannel(account: account, channels: channels, clock: clock, rhythm: rhythm)
    }

    package var abilities: VendorAbilities { account.abilities }

    /// Asks the REST interface, and begins the session of an agent, or of as many as it takes to find one who is let in
    /// and for each number one who may show it; nobody is signed in by that.
    package func prepare(callerIDs: [String]) async throws(VendorError) {
        let queue = try await skillQueue()
        guard account.logins(for: queue).contains(where: { !$0.isDialler }) else {
            throw error(
                .misconfigured, "queue/list", code: "NoLogin",
                "no agent of the account works for the skill group “\(queue.name)”")
        }
        _ = try await ask(.idleAgents)
        // While a run lasts its own sessions are the proof, and would stand in the way of others.
        guard !isRunning.with({ $0 }) else { return try await channel.probe() }
        try await proveLogins(for: queue, callerIDs: callerIDs)
    }

    package func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        guard case .placed(let call) = try await ask(.place(request), "Action 22") else {
            throw noRun("Action 22", .outcomeUnknown)
        }
        return call
    }

    package func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation {
        switch try await ask(.reconcile(call), "Action 6") {
        case .reconciled(let finding): return finding
        case .outOfSight(let agents): return try await finding(of: call, by: agents)
        case .placed, .callers, .done: return .notFound
        }
    }

    /// What can be said of a call of agents who have no session here: the lists of agents tell whether it is over.
    ///
    /// A phone that rings is in neither list, but for no longer than it takes to set a call up.
    private func finding(of call: FollowedCall, by agents: [AbsentAgent]) async throws(VendorError) -> Reconciliation {
        let free = try await ask(.idleAgents).compactMap(ListedAgent.init)
        var doubtful = agents.filter { agent in
            !free.contains { $0.number == agent.agent.value || $0.phone == agent.phone && agent.phone != nil }
        }
        if !doubtful.isEmpty, clock.now - call.placedAfter > FloorRhythm.longestSetUp {
            let busy = Set(try await ask(.agentsInCalls).compactMap { ListedAgent($0)?.phone })
            doubtful.removeAll { agent in agent.phone.map { !busy.contains($0) } ?? false }
        }
        if let agent = doubtful.first?.agent {
            throw error(
                .unavailable, "agent/ontheline", code: "NotSignedIn",
                "agent \(agent), who would know of the call, is not signed in, and may be in it still")
        }
        guard let id = call.vendorCall else { return .notFound }
        return .found(id, [DatedProgress(.ended(Floor.unseenEnding), at: clock.now)])
    }

    /// Asks whoever drives the agents, and waits for what becomes of it.
    func ask(_ request: FloorRequest, _ operation: String) async throws(VendorError) -> FloorReply {
        guard let answer = await inbox.ask(request) else { throw noRun(operation, .unavailable) }
        return try answer.get()
    }

    private func noRun(_ operation: String, _ meaning: VendorError.Meaning) -> VendorError {
        error(meaning, operation, code: "NotRunning", "nobody is signed in; nothing was sent")
    }

    /// The campaign's skill group; looked for once.
    func skillQueue() async throws(VendorError) -> SkillQueue {
        if let queue = resolvedQueue.with({ $0 }) { return queue }
        let queues = try await ask(.queues).compactMap(SkillQueue.init)
        guard let queue = queues.first(where: { $0.isMeant(by: wantedGroup) }) else {
            throw error(
                .misconfigured, "queue/list", code: "NoSuchGroup",
                "the enterprise has no skill group “\(wantedGroup)”; it has "
                    + queues.map { "“\($0.name)”" }.joined(separator: ", "))
        }
        resolvedQueue.with { $0 = queue }
        return queue
    }

    func error(
        _ meaning: VendorError.Meaning, _ operation: String, code: String, _ message: String
    ) -> VendorError {
        VendorError(
            meaning, vendor: account.name, operation: operation, code: Redaction.clean(code, secret: Secret("")),
            message: Redaction.clean(message, secret: Secret("")))
    }
}

extension WinCallVendor: CallReleasing {
    package func hangUp(_ call: LiveCall) async throws(VendorError) {
        _ = try await ask(.hangUp(call), "Action 23")
    }
}

extension WinCallVendor: SelfDialling {
    package func takeOwnCalls(_ takes: Bool) async {
        takesOwnCalls.with { wanted in
            wanted = takes
            inbox.post(.ownCallsWanted(takes))
        }
    }
}

extension WinCallVendor: AgentSupervising {
    package func order(_ order: AgentOrder, of agent: AgentID) async throws(VendorError) {
        _ = try await ask(.order(order, agent), order.rawValue)
    }

    /// A supervisor listens from the phone of a login of the account; the agent's internal id is looked up by their phone.
    package func intervene(_ intervention: CallIntervention, inCallOf agent: AgentID) async throws(VendorError) {
        var internalID: Int?
        if case .consult(let phone) = intervention {
            internalID = try await ask(.idleAgents).compactMap(ListedAgent.init).first { $0.phone == phone }?.id
        } else if intervention.isSupervisors, let login = account.logins.first(where: { $0.agent == agent }) {
            let talking = try await ask(.agentsInCalls).compactMap(ListedAgent.init)
            internalID = talking.first { $0.phone == login.phone }?.id
        }
        _ = try await ask(.intervene(intervention, agent, internalID: internalID), "Action 30")
    }
}

extension CallIntervention {
    /// Whether a supervisor's phone enters the call.
    fileprivate var isSupervisors: Bool {
        switch self {
        case .listen, .barge, .take: true
        case .drop, .hold, .retrieve, .consult, .cancelConsult, .conference, .transfer, .startRecording, .stopRecording:
            false
        }
    }
}
