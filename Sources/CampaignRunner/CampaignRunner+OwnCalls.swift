import DialEngine
import DialModel
import Logging
import Telephony

/// Calls that the vendor places by itself.
extension CampaignRunner {
    /// Has the vendor give calls of its own to the agents, or give them none any more.
    func takeOwnCalls(_ takes: Bool, in group: inout DiscardingTaskGroup) {
        guard let vendor = vendor as? any SelfDialling else { return }
        group.addTask { await vendor.takeOwnCalls(takes) }
    }

    /// Says, without the number, that somebody was called who is on a do-not-call list.
    func tellOfList(_ adoption: Adoption, of call: UnclaimedCall) {
        guard case .open(let claim) = adoption, let list = claim.doNotCallList else { return }
        logger.warning(
            "the vendor called somebody who is on a do-not-call list",
            metadata: ["attempt": "\(claim.attempt.value)", "list": "\(list)", "origin": "\(call.origin)"])
    }

    /// Says which calls are in no record but this, because another attempt to their numbers was open until the end.
    func tellOfCallsWithoutAttempt() {
        for call in engine.callsWithoutAttempt {
            logger.warning(
                "an answered call is in no record but this: another attempt to its number was open until the end",
                metadata: ["call": "\(call.id)", "origin": "\(call.origin)"])
        }
    }

    /// A call as the ledger can keep it; nil, and a line in the log, where nobody can tell whom the vendor called.
    func claimable(_ call: OwnCall) -> UnclaimedCall? {
        guard let number = plan.readCallee(call.callee) else {
            if unreadable.insert(call.id).inserted {
                logger.warning(
                    "an answered call has no number that can be read, and is in no record but this",
                    metadata: ["call": "\(call.id)", "origin": "\(call.origin)"])
            }
            return nil
        }
        return UnclaimedCall(id: call.id, number: number, since: call.since, origin: call.origin)
    }
}
