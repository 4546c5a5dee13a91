import DialEngine
import DialModel
import Logging
import Telephony

/// What a run asks of its vendor about calls that exist, where the vendor can do it.
extension CampaignRunner {
    /// Offers an answered call to an agent; whether they take it is reported as progress of the call.
    func connect(
        _ call: LiveCall, to agent: AgentID, notAfter last: Timestamp, in group: inout DiscardingTaskGroup
    ) {
        let (vendor, inbox, logger) = (vendor as? any AnsweredCallConnecting, inbox, logger)
        let answered = asking(.connect)
        group.addTask {
            guard let vendor else {
                inbox.post(.offerFailed(call.attempt, agent, .misconfigured(reason: "calls cannot be handed over")))
                return
            }
            do throws(VendorError) {
                try await vendor.connect(call, to: agent, notAfter: last)
                answered(nil)
            } catch {
                answered(error)
                logger.info("not offered", metadata: Self.facts(of: error, in: call.attempt))
                if let failure = OfferFailure(error) { inbox.post(.offerFailed(call.attempt, agent, failure)) }
            }
        }
    }

    /// Plays the campaign's message to a callee for whom there is no agent.
    func playMessage(_ call: LiveCall, in group: inout DiscardingTaskGroup) {
        let (vendor, inbox, logger) = (vendor as? any MessagePlaying, inbox, logger)
        let answered = asking(.playMessage)
        group.addTask {
            do throws(VendorError) {
                try await vendor?.playMessage(call)
                answered(nil)
                inbox.post(vendor == nil ? .messageFailed(call.attempt) : .messageStarted(call.attempt))
            } catch {
                answered(error)
                logger.warning("no message", metadata: Self.facts(of: error, in: call.attempt))
                // Where it may be playing it is not cut short; a call that nobody ends is asked about in its time.
                if error.meaning != .outcomeUnknown { inbox.post(.messageFailed(call.attempt)) }
            }
        }
    }

    /// Ends a call.
    func hangUp(_ call: LiveCall, in group: inout DiscardingTaskGroup) {
        let (vendor, inbox, logger) = (vendor as? any CallReleasing, inbox, logger)
        let answered = asking(.hangUp)
        group.addTask {
            do throws(VendorError) {
                try await vendor?.hangUp(call)
                answered(nil)
                if vendor == nil { inbox.post(.hangUpFailed(call.attempt)) }
            } catch {
                answered(error)
                logger.info("not ended", metadata: Self.facts(of: error, in: call.attempt))
                inbox.post(.hangUpFailed(call.attempt))
            }
        }
    }
}

extension OfferFailure {
    /// What a vendor's error means for an offer; nil where the agent may be rung all the same.
    fileprivate init?(_ error: VendorError) {
        switch error.meaning {
        case .refused, .barred: self = .agentUnavailable(reason: error.reason)
        case .throttled, .unavailable: self = .notAsked(reason: error.reason)
        case .misconfigured: self = .misconfigured(reason: error.reason)
        case .outcomeUnknown: return nil
        }
    }
}
