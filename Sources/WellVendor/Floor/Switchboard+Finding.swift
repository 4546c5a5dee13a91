import DialModel
import Telephony

extension Switchboard {
    /// The call of an attempt whose fate is not known: our own, or one that an earlier run placed and a phone is in.
    mutating func find(_ wanted: FollowedCall, named name: String?, at now: Timestamp) -> TrackedCall? {
        if let call = calls[wanted.attempt], call.callID != nil { return call }
        guard let name, let index = desks.firstIndex(where: { $0.openCalls.contains(name) }), attempts[name] == nil
        else { return nil }
        // Who dialled it is not known: an automatic phone's call has its agent to be found, an agent's has one.
        let desk = desks[index]
        var call = TrackedCall(
            attempt: wanted.attempt, owner: desk.address, isForAgent: !desk.login.isDialler,
            dialled: DialledNumber.text(wanted.number, prefix: wanted.prefix), prefix: wanted.prefix, callerID: nil,
            placedAt: wanted.placedAfter)
        call.hasGap = true
        adopt(call, callID: name, at: index, now: now)
        desks[index].wantSync(by: now)
        return calls[wanted.attempt]
    }
}
