package import DialModel

/// A vendor that joins an answered call to the agent whom we choose: an ability beyond those that every vendor has.
package protocol AnsweredCallConnecting: TelephonyVendor {
    /// Asks the vendor, once, to offer an answered call to an agent; never after `notAfter`.
    ///
    /// That the vendor took the request says nothing of the agent: `run(reporting:)` reports `.connected` when they are
    /// joined, or `.agentMissed` when the agent does not pick up and the callee waits on. Throws `.refused` where this agent
    /// cannot be had, and `.outcomeUnknown` where the agent may be rung all the same.
    func connect(_ call: LiveCall, to agent: AgentID, notAfter: Timestamp) async throws(VendorError)
}

/// A vendor that ends calls when it is told to: an ability beyond those that every vendor has.
package protocol CallReleasing: TelephonyVendor {
    /// Asks the vendor to end a call; one that is over already is no error.
    ///
    /// The end itself is reported by `run(reporting:)`, as of every call.
    func hangUp(_ call: LiveCall) async throws(VendorError)
}

/// A vendor that plays a recorded message to a callee: an ability beyond those that every vendor has.
package protocol MessagePlaying: TelephonyVendor {
    /// Asks the vendor to play the account's message to the callee and to end the call after it.
    ///
    /// Throws when the message is certainly not played, and `.outcomeUnknown` when it may be.
    func playMessage(_ call: LiveCall) async throws(VendorError)
}
