import DialModel

/// How callees and agents behave.
///
/// Each answer depends on the seed, on who is meant and on how often they were met before, and on nothing else. So the
/// order in which calls are placed changes no call, and a run can be repeated.
package struct CallModel: Hashable, Sendable {
    /// What shapes the behaviour.
    package let settings: CallModelSettings
    /// What tells two runs with the same settings apart.
    package let seed: UInt64

    /// A model with these settings and this seed.
    package init(settings: CallModelSettings = CallModelSettings(), seed: UInt64) {
        self.settings = settings
        self.seed = seed
    }

    /// What a call to `number` meets; `callOrdinal` counts the earlier calls to it.
    ///
    /// The table of `ScriptedNumber` goes before the distributions. Where more is known of this call than of all, `mix` goes
    /// before that of the settings.
    package func callee(number: String, callOrdinal: Int, mix: OutcomeMix? = nil) -> CalleeBehaviour {
        let scripted = ScriptedNumber.behaviour(
            of: number, callOrdinal: callOrdinal, ringTimeout: settings.ringTimeout)
        if let scripted { return scripted }
        var generator = generator(for: number, ordinal: callOrdinal, salt: Self.calleeSalt)
        switch kind(of: mix ?? settings.mix, using: &generator) {
        case .human:
            return answer(.human, settings.humanRing, settings.patience, settings.talk, using: &generator)
        case .machine:
            return answer(
                .machine, settings.machineRing, settings.machinePatience, settings.machineTalk, using: &generator)
        case .noAnswer:
            return unanswered
        case let failed:
            let delay = settings.failure.draw(using: &generator)
            return CalleeBehaviour(
                kind: failed, responds: min(delay, settings.ringTimeout), patience: .zero, talk: .zero)
        }
    }

    /// What an agent does with a call that is offered; `offerOrdinal` counts the earlier offers to the agent.
    package func agent(id: String, offerOrdinal: Int) -> AgentBehaviour {
        var generator = generator(for: id, ordinal: offerOrdinal, salt: Self.agentSalt)
        let absent = generator.unit() < settings.noShow
        let pickUp = settings.pickUp.draw(using: &generator)
        let wrapUp = settings.wrapUp.draw(using: &generator)
        return AgentBehaviour(pickUp: absent ? nil : pickUp, wrapUp: wrapUp)
    }

    private static let calleeSalt: UInt64 = 0xCA11_EE00_0000_0001
    private static let agentSalt: UInt64 = 0xA6E4_7000_0000_0001

    private var unanswered: CalleeBehaviour {
        CalleeBehaviour(kind: .noAnswer, responds: settings.ringTimeout, patience: .zero, talk: .zero)
    }

    private func kind(of mix: OutcomeMix, using generator: inout SplitMix64) -> CalleeBehaviour.Kind {
        let shares = mix.shares.map { ($0.0, max(0, $0.1)) }
        var left = generator.unit() * shares.reduce(0) { $0 + $1.1 }
        for (kind, share) in shares {
            if left < share { return kind }
            left -= share
        }
        return .noAnswer
    }

    private func answer(
        _ kind: CalleeBehaviour.Kind, _ ring: DurationDistribution, _ patience: DurationDistribution,
        _ talk: DurationDistribution, using generator: inout SplitMix64
    ) -> CalleeBehaviour {
        let responds = ring.draw(using: &generator)
        guard responds < settings.ringTimeout else { return unanswered }
        return CalleeBehaviour(
            kind: kind, responds: responds, patience: patience.draw(using: &generator),
            talk: talk.draw(using: &generator))
    }

    /// A generator of its own for every pair of name and ordinal.
    ///
    /// The name goes through FNV-1a; two rounds of mixing keep neighbouring ordinals apart.
    private func generator(for name: String, ordinal: Int, salt: UInt64) -> SplitMix64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        var outer = SplitMix64(seed: seed ^ salt)
        var inner = SplitMix64(seed: hash ^ outer.next())
        return SplitMix64(seed: inner.next() ^ UInt64(bitPattern: Int64(ordinal)) &* 0x9E37_79B9_7F4A_7C15)
    }
}
