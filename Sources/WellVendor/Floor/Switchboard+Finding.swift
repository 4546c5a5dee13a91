import DialModel
import Telephony

extension Switchboard {
    /// The call of an attempt whose fate is not known: our own, or one that an earlier run placed and a phone is in.
    mutating func find(_ wanted: FollowedCall, named name: String?, at now: Timestamp) -> TrackedCall? {
        if let call = calls[wanted.attempt], call.callID != nil { return call }
        let dialled = DialledNumber.text(wanted.number, prefix: wanted.prefix)
        guard let (index, callID) = stranger(named: name, dialled), attempts[callID] == nil else { return nil }
        // Who dialled it is not known: an automatic phone's call has its agent to be found, an agent's has one.
        let desk = desks[index]
        var call = TrackedCall(
            attempt: wanted.attempt, owner: desk.address, isForAgent: !desk.login.isDialler,
            dialled: dialled, prefix: wanted.prefix, callerID: nil, placedAt: wanted.placedAfter,
            ringTimeout: TrackedCall.longestRingTimeout)
        call.hasGap = true
        adopt(call, callID: callID, at: index, now: now)
        desks[index].wantSync(by: now)
        return calls[wanted.attempt]
    }

    /// Whether a call that was not found may be at a phone all the same: one that cannot be seen and may be later, or one
    /// that is in a call of which nobody has said with whom.
    func isBlind(to wanted: FollowedCall) -> Bool {
        desks.contains { desk in
            guard desk.isWatched else { return !desk.isLeftOut }
            return wanted.vendorCall == nil
                && desk.openCalls.contains { attempts[$0] == nil && desk.otherSides[$0]?.isEmpty != false }
        }
    }

    /// A call at a phone that is none of ours so far: by its name, or where that was never learnt, by whom it is with.
    private func stranger(named name: String?, _ dialled: String) -> (index: Int, callID: String)? {
        for (index, desk) in desks.enumerated() {
            let found = desk.openCalls.first { callID in
                name.map { $0 == callID } ?? (desk.otherSides[callID]?.contains(dialled) == true)
            }
            if let found { return (index, found) }
        }
        return nil
    }
}
