package import DialEngine
package import DialModel
package import Telephony
package import Wording

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
        guard !engine.isEnding else { throw OrderRefusal(.refused, OrderRefusalPhrase.isEnding.phrase) }
        try await give(.pauseRequested(by: operatorName))
    }

    /// Places calls again; false if the run was not paused.
    package func resume() async throws(OrderRefusal) -> Bool {
        guard !engine.isEnding else { throw OrderRefusal(.refused, OrderRefusalPhrase.isEnding.phrase) }
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
        let vendor = try supervising(or: .noAgentOrders)
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
        let vendor = try supervising(or: .noListening)
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
            throw OrderRefusal(.refused, OrderRefusalPhrase.noDropping.filled(plan.vendorName))
        }
        if let refusal = engine.refusal(toDrop: attempt) { throw OrderRefusal(refusal, attempt) }
        try await give(.dropRequested(attempt, by: supervisor))
    }

    /// The vendor, if it is one for supervisors.
    private func supervising(or otherwise: OrderRefusalPhrase) throws(OrderRefusal) -> any AgentSupervising {
        guard vendor.abilities.takesSupervisors, let vendor = vendor as? any AgentSupervising else {
            throw OrderRefusal(.refused, otherwise.filled(plan.vendorName))
        }
        return vendor
    }

    private func give(_ order: DialEvent) async throws(OrderRefusal) {
        guard await inbox.give(order) else { throw OrderRefusal(.notThere, OrderRefusalPhrase.hasEnded.phrase) }
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
    package var reason: Phrase

    /// Memberwise.
    package init(_ kind: Kind, _ reason: Phrase) {
        self.kind = kind
        self.reason = reason
    }

    fileprivate init(_ error: VendorError) {
        let words = Phrase(same: "\(error)")
        switch error.meaning {
        case .refused, .barred, .misconfigured: self.init(.refused, words)
        case .throttled, .unavailable: self.init(.unavailable, words)
        case .outcomeUnknown: self.init(.uncertain, words)
        }
    }

    fileprivate init(_ refusal: CallOrderRefusal, _ attempt: AttemptID) {
        let (kind, phrase): (Kind, OrderRefusalPhrase) =
            switch refusal {
            case .notThere: (.notThere, .noCall)
            case .notPlacedYet: (.refused, .notPlacedYet)
            case .unknown: (.refused, .unknown)
            case .ending: (.refused, .endingAlready)
            case .nobodyTalks: (.refused, .nobodyTalks)
            }
        self.init(kind, phrase.filled(attempt.value))
    }
}
