package import DialModel

extension AbandonmentCount {
    /// Adds a call.
    package mutating func count(_ call: AnsweredCall, within limit: Duration) {
        guard call.isLive else { return }
        live += 1
        if call.isAbandoned(within: limit) { abandoned += 1 }
    }

    /// The Ofcom estimate without machine detection: of the drops, as large a share met machines as of the calls that
    /// agents took (`features-and-rules.md`, 7.3, the formula of 2010).
    ///
    /// With D drops, H people and M machines that agents took, E = D·M/(H + M), D' = D − E and the rate is D'/(H + D'),
    /// which is D/(H + M + D); that form needs no fraction, and is what it tends to where agents took nobody.
    package static func ofcomEstimate(drops: Int, agentPeople: Int, agentMachines: Int) -> AbandonmentCount {
        AbandonmentCount(live: agentPeople + agentMachines + drops, abandoned: drops)
    }

    /// The rate as NICE CXone has it: abandoned of handled calls that agents did not mark as machines, and abandoned ones.
    package static func excludingMarkedMachines(handled: Int, machines: Int, abandoned: Int) -> AbandonmentCount {
        AbandonmentCount(live: handled - machines + abandoned, abandoned: abandoned)
    }
}

/// What decides whether an answered call was abandoned.
package struct AnsweredCall: Hashable, Sendable {
    /// The end of the callee's greeting if the vendor tells it, else the instant of the answer.
    package var greetedAt: Timestamp
    /// When an agent was on the line; nil if none was.
    package var connectedAt: Timestamp?
    /// What call progress analysis heard; nil and unknown count as a person.
    package var cpa: CPAResult?

    /// Memberwise.
    package init(greetedAt: Timestamp, connectedAt: Timestamp?, cpa: CPAResult?) {
        self.greetedAt = greetedAt
        self.connectedAt = connectedAt
        self.cpa = cpa
    }

    /// Whether a person answered, as far as anybody knows.
    package var isLive: Bool { cpa?.isLive ?? true }

    /// Whether no agent was there within `limit` of the greeting, which is inclusive: two seconds sharp is in time.
    package func isAbandoned(within limit: Duration) -> Bool {
        guard isLive else { return false }
        return connectedAt.map { $0 - greetedAt > limit } ?? true
    }
}
