package import DialModel
import EventWire
package import Telephony

/// The client of Well (welljoint WellCloud): it signs the account's agents in, dials from their phones, and is told of
/// everything by events (`vendors/well-wincall.md`, part A).
///
/// A call for an agent is dialled from the agent's own phone, so that nobody who answers waits. Logins that are automatic
/// phones dial customer first and give answered calls to agents; an agent who does not pick up loses the callee. Every
/// request for a call leaves once, no sooner than two seconds after the one before it from the same phone was answered.
///
/// The vendor never says that a machine answered. Its times have whole seconds and no zone, so facts carry the instant at
/// which they reached us, unless they were held up on their way.
package final class WellVendor: TelephonyVendor, AnsweredCallConnecting, CallReleasing {
    let account: WellAccount
    let clock: any RunClock
    let gateway: WellGateway
    let channels: any EventTransport
    let backOff: BackOff
    let board: Locked<Switchboard>
    /// Those who are signed in go through it one after the other, so that the first ones can be called for soon.
    let door = Turnstile(places: 4)
    /// Wakes whoever looks after an agent.
    let bells: [AgentID: Doorbell]
    /// Wakes whoever reports.
    let outboxBell = Doorbell()

    /// A client for the logins of one group, or for all of them where `group` is empty.
    package init(
        account: WellAccount, group: String, transport: any HTTPTransport, channels: any EventTransport,
        clock: any RunClock, seed: UInt64
    ) {
        self.account = account
        self.clock = clock
        self.channels = channels
        gateway = WellGateway(account: account, transport: transport, clock: clock)
        backOff = BackOff(seed: seed)
        let board = Switchboard(account: account, group: group, now: clock.now)
        bells = Dictionary(uniqueKeysWithValues: board.desks.map { ($0.login.agent, Doorbell()) })
        self.board = Locked(board)
    }

    package var abilities: VendorAbilities { account.abilities }

    /// Proves that the login service answers and takes one of the group's agents at least.
    ///
    /// The vendor lists neither the numbers that may be shown nor, before an agent is signed in, the prefixes: a prefix
    /// that an agent's record does not have is refused when it is dialled with first, before anything is sent.
    package func prepare(callerIDs: [String]) async throws(VendorError) {
        let logins = board.with { board in
            board.shownNumbers.formUnion(callerIDs)
            return board.desks.map(\.login)
        }
        guard logins.contains(where: { !$0.isDialler }) else {
            throw error(.misconfigured, "prepare", "NoAgents", "the account names no agents for this group")
        }
        var refusal: VendorError?
        for login in logins {
            do {
                let session = try await gateway.session(of: login)
                board.with { $0.note(session: session, of: login.agent) }
                return
            } catch {
                let failure = error.error(error.meaningForQuestion, account, agent: login.agent)
                guard error.treatment == .stopsAgent else { throw failure }
                refusal = failure
            }
        }
        if let refusal { throw refusal }
    }

    package func reconcile(_ call: FollowedCall) async throws(VendorError) -> Reconciliation {
        if let known = board.with({ $0.call(of: call.attempt) }), !known.hasEnded {
            // Its phone is looked at anew: an event may have been lost.
            _ = try await compare(known.holder.agent)
        }
        let name = call.vendorCall?.value
        let (found, isBlind, seesAll) = board.with { board in
            (
                board.find(call, named: name, at: clock.now), board.isBlind(to: call),
                board.desks.allSatisfy(\.isWatched)
            )
        }
        flush()
        if let found, let callID = found.callID { return .found(VendorCallID(callID), found.facts) }
        guard !isBlind else {
            throw error(.unavailable, "client-state", "NotSignedIn", "not all agents' phones can be seen yet")
        }
        // The vendor keeps no records of calls. One that it named and that no phone has any more is over all the same.
        guard let vendorCall = call.vendorCall, seesAll else { return .notFound }
        let ending = CallEnding(outcome: .unknown, vendorReason: TrackedCall.gone, vendorCall: vendorCall)
        return .found(vendorCall, [DatedProgress(.ended(ending), at: clock.now)])
    }

    package func hangUp(_ call: LiveCall) async throws(VendorError) {
        guard let known = board.with({ $0.call(of: call.attempt) }) else {
            throw error(.unavailable, "dropConnection", "UnknownCall", "the call is not known here")
        }
        guard !known.hasEnded else { return }
        guard let (leg, agent) = board.with({ $0.hangUpLeg(of: call.attempt) }) else {
            throw error(.unavailable, "dropConnection", "UnnamedCall", "the vendor has not named the call yet")
        }
        do {
            _ = try await ask(.drop(leg), as: agent)
        } catch {
            guard case .status(400..<500) = error.cause, error.treatment == .refused else {
                throw error.error(error.meaningForAction, account, agent: agent)
            }
            // There is nothing to hang up, or nothing any more: the vendor's state tells.
            wantSync(of: agent)
        }
    }

    package func connect(
        _ call: LiveCall, to agent: AgentID, notAfter: Timestamp
    ) async throws(VendorError) {
        let operation = "singleStepTransfer"
        let now = clock.now
        guard now <= notAfter else {
            throw error(.throttled(after: .zero), operation, "TooLate", "the time to offer the call was over")
        }
        let order = board.with { $0.offer(call.attempt, to: agent, at: now) }
        flush()
        guard let order else {
            throw error(.refused(.agentMissed), operation, "AgentBusy", "agent \(agent) cannot take the call now")
        }
        do {
            _ = try await ask(.transfer(order.leg, to: order.phone), as: order.dialler)
        } catch {
            let meaning = error.meaningForAction
            if meaning != .outcomeUnknown {
                board.with { $0.withdraw(call.attempt, from: agent, at: clock.now) }
                flush()
            }
            bells[order.dialler]?.ring()
            throw error.error(meaning, account, agent: agent)
        }
    }
}

extension WellVendor {
    /// An error of this account's.
    func error(
        _ meaning: VendorError.Meaning, _ operation: String, _ code: String, _ message: String
    ) -> VendorError {
        VendorError(meaning, vendor: account.name, operation: operation, code: code, message: message)
    }

    /// Has everything reported that is to be told.
    func flush() {
        outboxBell.ring()
    }

    /// Has an agent's state compared with the vendor's as soon as whoever looks after the agent can.
    func wantSync(of agent: AgentID) {
        let now = clock.now
        board.with { board in
            guard let index = board.index(of: agent) else { return }
            board.desks[index].wantSync(by: now)
        }
        bells[agent]?.ring()
    }
}

extension WellAccount {
    /// What such an account can do: calls are dialled from agents' phones, and where there are automatic phones,
    /// answered calls are given to agents.
    package var abilities: VendorAbilities {
        VendorAbilities(
            placesForAgent: logins.contains { !$0.isDialler }, queuesAnsweredCalls: false,
            connectsAnsweredCalls: logins.contains(where: \.isDialler), hangsUp: true, classifiesAnswers: false,
            failuresTold: [.busy, .invalidNumber, .unreachable, .congestion], analysisTellsFailures: true,
            takesSupervisors: true, linesAhead: logins.count(where: \.isDialler))
    }
}
