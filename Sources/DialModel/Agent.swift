/// What an agent is doing, as far as dialling is concerned.
package enum AgentActivity: String, CaseIterable, Hashable, Sendable, Codable {
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

/// Something that an agent can do, and how well.
package struct AgentSkill: Hashable, Sendable, Codable {
    /// The vendor's name of it.
    package var name: String
    /// How well, the higher the better: of an agent their level, of a campaign the least that it asks for.
    package var level: Int

    /// Memberwise; who says no level means the lowest.
    package init(_ name: String, level: Int = 1) {
        self.name = name
        self.level = level
    }
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
    /// What they can do; empty where the vendor does not tell.
    package var skills: [AgentSkill]
    /// Whether they are known to go on a break or home after the present call.
    package var isLeaving: Bool

    /// Memberwise.
    package init(
        id: AgentID, name: String, activity: AgentActivity, since: Timestamp?, skills: [AgentSkill] = [],
        isLeaving: Bool = false
    ) {
        self.id = id
        self.name = name
        self.activity = activity
        self.since = since
        self.skills = skills
        self.isLeaving = isLeaving
    }

    /// Whether they can do something at least so well; nothing that is asked for can everybody.
    package func has(_ wanted: AgentSkill?) -> Bool {
        guard let wanted else { return true }
        return skills.contains { $0.name == wanted.name && $0.level >= wanted.level }
    }
}

/// A list without names: a recording holds one for every agent every few seconds, and is mostly that.
extension AgentObservation: Codable {
    /// Reads what `encode(to:)` has written; throws `DecodingError` for anything else.
    package init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        id = AgentID(try values.decode(String.self))
        name = try values.decode(String.self)
        activity = try values.decode(AgentActivity.self)
        since = try values.decodeNil() ? nil : Timestamp(milliseconds: try values.decode(Int64.self))
        isLeaving = try values.decode(Bool.self)
        skills = []
        while !values.isAtEnd { skills.append(try values.decode(AgentSkill.self)) }
    }

    /// Writes id, name, activity, milliseconds since 1970 or null, whether they are leaving, and their skills.
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(id.value)
        try values.encode(name)
        try values.encode(activity.rawValue)
        if let since { try values.encode(since.milliseconds) } else { try values.encodeNil() }
        try values.encode(isLeaving)
        for skill in skills { try values.encode(skill) }
    }
}
