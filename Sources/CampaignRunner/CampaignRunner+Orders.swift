package import DialEngine
package import DialModel
package import Telephony

/// What an operator or a supervisor sees of a run, and what they may order while it lasts.
///
/// Who gives an order is named by whoever passes it on; keeping a record of it is theirs, too.
extension CampaignRunner {
    /// The agents, in the order in which they were first seen.
    package func agents() -> [AgentAccount] { engine.agents.accounts }

    /// The calls that have not ended, the oldest attempt first.
    package func calls() -> [CallAccount] { engine.callAccounts }

    /// Places no more calls until `resume()`; when this returns, the vendor is asked for none any more.
    package func pause(by operatorName: String) async throws(OrderRefusal) {
        guard !engine.isEnding else { throw OrderRefusal(.refused, "the run is ending, and places no calls any more") }
        try await give(.pauseRequested(by: operatorName))
    }

    /// Places calls again; false if the run was not paused.
    package func resume() async throws(OrderRefusal) -> Bool {
        guard !engine.isEnding else { throw OrderRefusal(.refused, "the run is ending, and places no calls any more") }
        let wasPaused = engine.pausedBy != nil
        try await give(.resumeRequested)
        return wasPaused
    }

    /// Places no more calls and ends the run when those in flight have ended, as `requestStop()` does.
    package func drain() async throws(OrderRefusal) {
        try await give(.stopRequested)
    }

    /// Asks the vendor to change what an agent is available for; what comes of it is seen among the agents.
    package func order(_ order: AgentOrder, of agent: AgentID) async throws(OrderRefusal) {
        let vendor = try supervising("agents cannot be told to be ready, to take a break or to sign out")
        do throws(VendorError) {
            try await vendor.order(order, of: agent)
        } catch {
            throw OrderRefusal(error)
        }
    }

    /// Brings a supervisor's phone into a call, or has the call ended; what comes of it is seen among the calls.
    package func intervene(
        _ intervention: CallIntervention, in attempt: AttemptID, by supervisor: String
    ) async throws(OrderRefusal) {
        if intervention == .drop { return try await drop(attempt, by: supervisor) }
        let vendor = try supervising("nobody can listen to a call, join it or take it over")
        let agent: AgentID
        do throws(CallOrderRefusal) {
            agent = try engine.talker(in: attempt).get()
        } catch {
            throw OrderRefusal(error, attempt)
        }
        do throws(VendorError) {
            try await vendor.intervene(intervention, inCallOf: agent)
        } catch {
            throw OrderRefusal(error)
        }
    }

    private func drop(_ attempt: AttemptID, by supervisor: String) async throws(OrderRefusal) {
        guard vendor.abilities.hangsUp, vendor is any CallReleasing else {
            throw OrderRefusal(.refused, "a call cannot be ended with \(plan.vendorName)")
        }
        if let refusal = engine.refusal(toDrop: attempt) { throw OrderRefusal(refusal, attempt) }
        try await give(.dropRequested(attempt, by: supervisor))
    }

    /// The vendor, if it is one for supervisors.
    private func supervising(_ otherwise: String) throws(OrderRefusal) -> any AgentSupervising {
        guard vendor.abilities.takesSupervisors, let vendor = vendor as? any AgentSupervising else {
            throw OrderRefusal(.refused, "\(otherwise) with \(plan.vendorName)")
        }
        return vendor
    }

    private func give(_ order: DialEvent) async throws(OrderRefusal) {
        guard await inbox.give(order) else { throw OrderRefusal(.notThere, "the run has just ended") }
    }
}

/// Why an order was not carried out, for whoever gave it.
package struct OrderRefusal: Error, Hashable, Sendable {
    /// What sort of reason it is.
    package enum Kind: Hashable, Sendable {
        /// What it is about does not exist, or not any more.
        case notThere
        /// It cannot be done, or the vendor declines.
        case refused
        /// The vendor could not be asked, and did nothing; later it may.
        case unavailable
        /// The vendor may have carried it out, and may not.
        case uncertain
    }

    /// What sort of reason it is.
    package var kind: Kind
    /// The reason in words.
    package var reason: String

    /// Memberwise.
    package init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    fileprivate init(_ error: VendorError) {
        switch error.meaning {
        case .refused, .barred, .misconfigured: self.init(.refused, "\(error)")
        case .throttled, .unavailable: self.init(.unavailable, "\(error)")
        case .outcomeUnknown: self.init(.uncertain, "\(error)")
        }
    }

    fileprivate init(_ refusal: CallOrderRefusal, _ attempt: AttemptID) {
        let call = "call \(attempt.value)"
        switch refusal {
        case .notThere: self.init(.notThere, "there is no \(call); it has ended, or never was one of this run")
        case .notPlacedYet: self.init(.refused, "the vendor has not taken \(call) yet; try again in a moment")
        case .unknown: self.init(.refused, "what the vendor does with \(call) is not known; it is being looked up")
        case .ending: self.init(.refused, "\(call) is being ended already")
        case .nobodyTalks: self.init(.refused, "no agent talks in \(call)")
        }
    }
}
