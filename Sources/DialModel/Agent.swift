/// What an agent is doing, as far as dialling is concerned.
package enum AgentActivity: String, CaseIterable, Hashable, Sendable {
    /// Signed in, and free for a call.
    case idle
    /// Dialling, ringing or talking.
    case busy
    /// After-call work.
    case wrapUp = "wrap_up"
    /// Signed in, and not available.
    case onBreak = "on_break"
    /// Not signed in.
    case offline
}

/// One agent as a vendor reported it.
package struct AgentObservation: Hashable, Sendable {
    /// Who.
    package var id: AgentID
    /// The name to show.
    package var name: String
    /// What they were doing.
    package var activity: AgentActivity
    /// Since when, if the vendor says.
    package var since: Timestamp?

    /// Memberwise.
    package init(id: AgentID, name: String, activity: AgentActivity, since: Timestamp?) {
        self.id = id
        self.name = name
        self.activity = activity
        self.since = since
    }
}
