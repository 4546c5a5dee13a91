/// How an agent is signed in at a vendor whose agents we sign in ourselves.
package struct AgentLogin: Hashable, Sendable {
    /// The agent's number at the vendor.
    package var agent: AgentID
    /// The name to show; the number where there is none.
    package var name: String
    /// The password, in the form in which the vendor's own programs take it from a person.
    package var password: Secret
    /// The extension or phone at which the agent talks.
    package var phone: String
    /// The group within the account that the agent works for; empty for every group.
    package var group: String
    /// Whether this is no person but an automatic phone, which dials callees and hands them over.
    package var isDialler: Bool

    /// Memberwise.
    package init(
        agent: AgentID, name: String? = nil, password: Secret, phone: String, group: String = "",
        isDialler: Bool = false
    ) {
        self.agent = agent
        self.name = name ?? agent.value
        self.password = password
        self.phone = phone
        self.group = group
        self.isDialler = isDialler
    }
}
