/// What is done with a call once it is answered.
///
/// The raw value is the word in campaign files.
package enum AnswerRoute: String, CaseIterable, Hashable, Sendable, Codable {
    /// It is ended.
    case hangUp = "hang_up"
    /// The vendor plays the campaign's message, and ends it.
    case message
    /// It goes to an agent, as people's calls do.
    case agent
}

/// What is done with a call by what call progress analysis heard.
///
/// People have no route of their own: they are given to agents. Who cannot be told from a person may be one, and leaving
/// them without an agent would count as abandonment (`features-and-rules.md`, 7.1), so they are treated alike.
package struct AnswerRoutes: Hashable, Sendable, Codable {
    /// When a mailbox or an announcement answers.
    package var machine: AnswerRoute
    /// When a fax or modem answers.
    package var fax: AnswerRoute

    /// Memberwise; machines of every kind are hung up on unless something else is wished.
    package init(machine: AnswerRoute = .hangUp, fax: AnswerRoute = .hangUp) {
        self.machine = machine
        self.fax = fax
    }

    /// What is done with a call that was answered like this.
    package func route(for cpa: CPAResult) -> AnswerRoute {
        switch cpa {
        case .machine: machine
        case .fax: fax
        case .human, .unknown: .agent
        }
    }
}
