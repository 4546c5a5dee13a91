package import DialModel
package import Telephony

/// The client of Udesk's web callback: the vendor calls the customer first, and whoever answers goes the way that the relay
/// number's routing says, to an agent (`vendors/alibaba-udesk.md`, part B, way U-A).
///
/// The vendor's answer does not name the call, so each request carries the attempt's number, which comes back with the
/// call's events. These are pushed to a listener of ours; of calls that nothing is told of for a while, and of all calls
/// where there is no listener, the vendor's log is asked.
package final class UdeskVendor: TelephonyVendor {
    /// How long events of a call may be outstanding of which there is nothing but events.
    private static let longestUnheard = Duration.seconds(600)

    let account: UdeskAccount
    /// The number of the agents' group; empty for everybody.
    let group: String
    let clock: any RunClock
    let gateway: Gateway
    let listener: (any PushListening)?
    let state: Locked<ClientState>

    /// A client for one campaign's group; without a listener nothing is pushed.
    ///
    /// Vendors of one account share its limits, so campaigns that run in one process may be given one `pace`.
    package init(
        account: UdeskAccount, group: String, transport: any HTTPTransport, listener: (any PushListening)?,
        clock: any RunClock, seed: UInt64, pace: RequestPace? = nil
    ) {
        self.account = account
        self.group = group
        self.clock = clock
        self.listener = listener
        gateway = Gateway(
            account: account, transport: transport, clock: clock,
            pace: pace ?? RequestPace(perMinute: account.requestsPerMinute, clock: clock),
            random: Locked(SplitMix64(seed: seed)))
        state = Locked(ClientState(board: CallBoard(words: account.failureWords)))
    }

    package var abilities: VendorAbilities { account.abilities }

    package func prepare(callerIDs: [String]) async throws(VendorError) {
        guard group.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw gateway.error(
                .misconfigured, MonitoredAgent.path, code: "NoSuchGroup",
                "agents.group “\(group)” is no number, and the vendor knows groups by their numbers only")
        }
        try await openListener()
        let (agents, _) = try await monitoredAgents()
        guard !agents.isEmpty else {
            throw gateway.error(
                .misconfigured, MonitoredAgent.path, code: "NoAgents", "the vendor lists no agents in this group")
        }
        let relays = try await relayNumbers()
        if let foreign = callerIDs.first(where: { !relays.contains($0) }) {
            throw gateway.error(
                .misconfigured, RelayNumbers.path, code: "ForeignCallerID",
                "caller_id: the number ending in \(foreign.suffix(4)) is not among the tenant's relay numbers")
        }
        guard listener == nil else { return }
        // Nothing but the log tells of calls then.
        _ = try await loggedCalls(since: clock.now - CallBoard.clockTolerance)
    }

    package func placeCall(_ request: CallRequest) async throws(VendorError) -> VendorCallID {
        guard request.agent == nil else {
            throw gateway.error(
                .misconfigured, WebCallback.path, code: "NoAgentChoice",
                "the vendor itself chooses the agent of a call")
        }
        let relay: String
        if let callerID = request.callerID {
            relay = callerID
        } else {
            relay = try await defaultRelay()
        }
        change { $0.expect(request, relay: relay, now: clock.now) }
        do throws(VendorError) {
            try await gateway.act(
                WebCallback.path, body: WebCallback.body(request, relay: relay), notAfter: request.notAfter)
        } catch {
            guard error.meaning == .outcomeUnknown else {
                change { $0.forget(request.attempt) }
                throw error
            }
            // An event may have told of the call before its answer was lost.
            guard state.with({ $0.board.isKnown(request.attempt) }) else { throw error }
        }
        change { $0.accept(request.attempt, now: clock.now) }
        return VendorCallID(WebCallback.mark(of: request.attempt))
    }

    package func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation {
        var facts = change { $0.takeUp(call, now: clock.now) }
        if facts.last?.isEnding != true, state.with(\.hasLog) || listener == nil {
            try await look(since: call.placedAfter - CallBoard.clockTolerance)
            facts = change { $0.takeUp(call, now: clock.now) }
        }
        guard state.with({ $0.board.isKnown(call.attempt) }) else {
            guard isTold(of: call) else {
                throw gateway.error(
                    .unavailable, account.callLogPath, code: "NoLog",
                    "there is no log to ask, and events of the call may come yet")
            }
            return .notFound
        }
        change { $0.adopt(call.attempt) }
        return .found(call.vendorCall ?? VendorCallID(WebCallback.mark(of: call.attempt)), facts)
    }

    /// Whether the vendor would have told of a call: by its log, or by events, which in each run are given as long to come.
    private func isTold(of call: FollowedCall) -> Bool {
        let (hasLog, listensSince) = state.with { ($0.hasLog, $0.listensSince) }
        guard !hasLog else { return true }
        guard let listensSince else { return false }
        return max(call.placedAfter, listensSince) + Self.longestUnheard <= clock.now
    }

    private func openListener() async throws(VendorError) {
        guard let listener else { return }
        do {
            try await listener.open()
        } catch {
            throw gateway.error(.misconfigured, "listen", code: "CannotListen", "\(error)")
        }
    }

    private func defaultRelay() async throws(VendorError) -> String {
        if let known = state.with(\.defaultRelay) { return known }
        guard let first = try await relayNumbers().first else {
            throw gateway.error(
                .misconfigured, RelayNumbers.path, code: "NoRelayNumber", "the tenant has no relay number to show")
        }
        return first
    }
}

extension DatedProgress {
    /// Whether it tells that the call is over.
    var isEnding: Bool { if case .ended = progress { true } else { false } }
}
