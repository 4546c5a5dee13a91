package import DialModel

/// One disposition of a list.
package struct LeadDisposition: Hashable, Sendable {
    /// Whom it is about.
    package enum Subject: Hashable, Sendable {
        /// The lead of this attempt.
        case attempt(AttemptID)
        /// The campaign's lead with this number.
        case number(PhoneNumber)
    }

    /// Whom it is about.
    package var subject: Subject
    /// What was said.
    package var disposition: Disposition
    /// When to call back, with `.callback` and only with it.
    package var callbackAt: Timestamp?
    /// Who is to call back; nil for anybody.
    package var callbackAgent: AgentID?
    /// Words.
    package var note: String?

    /// Memberwise.
    package init(
        subject: Subject, disposition: Disposition, callbackAt: Timestamp? = nil, callbackAgent: AgentID? = nil,
        note: String? = nil
    ) {
        self.subject = subject
        self.disposition = disposition
        self.callbackAt = callbackAt
        self.callbackAgent = callbackAgent
        self.note = note
    }
}

/// What became of a disposition.
package enum DispositionResult: String, CaseIterable, Hashable, Sendable {
    /// It was new and its lead stands as it says.
    case applied
    /// It was known already, and nothing changed.
    case known
    /// The campaign has no such attempt or number.
    case noLead = "no_lead"
    /// A call to the lead is open, so that it cannot be said yet how it stands.
    case callIsOpen = "call_is_open"
}
