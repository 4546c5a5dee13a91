import DialModel

/// What becomes of a call to one lead; times are in seconds.
package struct Callee: Sendable {
    /// Who or what is at the other end.
    package enum Kind: Sendable { case person, machine, refused, silent }

    /// Who or what is at the other end.
    package var kind: Kind
    /// How long it takes until they answer, or the call ends.
    package var ring: Double
    /// How long call progress analysis takes.
    package var analysis: Double
    /// Whether they are taken for a person, and given to an agent.
    package var isLive: Bool
    /// How long they are talked with, and how long an agent works on it afterwards.
    package var talk, wrapUp: Double

    /// Whether anything answers.
    package var answers: Bool { kind == .person || kind == .machine }
}

/// The people of a list: every policy that dials a lead at the same time meets the same callee.
struct CalleeStream {
    let scenario: Scenario
    let seed: UInt64

    /// Names the list.
    init(_ scenario: Scenario, seed: UInt64) {
        self.scenario = scenario
        var generator = SplitMix64(seed: seed)
        self.seed = generator.next()
    }

    /// Whom a call to a lead meets.
    func callee(_ lead: Int, at time: Double) -> Callee {
        var generator = SplitMix64(seed: seed ^ (UInt64(lead) &+ 1) &* 0xD134_2543_DE82_EF95)
        var kind = kind(of: generator.unit(), lead, at: time)
        let verdict = generator.unit()
        let delay = scenario.analysis.delay.draw(&generator)
        var ring =
            switch kind {
            case .person: scenario.personRing.draw(&generator)
            case .machine: scenario.machineRing.draw(&generator)
            case .refused: scenario.failureDelay.draw(&generator)
            case .silent: scenario.ringTimeout
            }
        if kind != .refused, ring >= scenario.ringTimeout { (kind, ring) = (.silent, scenario.ringTimeout) }
        let analysis = scenario.analysis
        let isLive =
            switch kind {
            case .person: !analysis.isOn || verdict >= analysis.lostPeople
            case .machine: !analysis.isOn || verdict < analysis.passedMachines
            case .refused, .silent: false
            }
        let isPerson = kind == .person
        return Callee(
            kind: kind, ring: ring, analysis: analysis.isOn && (isPerson || kind == .machine) ? delay : 0,
            isLive: isLive, talk: (isPerson ? scenario.talk : scenario.machineTalk).draw(&generator),
            wrapUp: (isPerson ? scenario.wrapUp : scenario.machineWrapUp).draw(&generator))
    }

    private func kind(of draw: Double, _ lead: Int, at time: Double) -> Callee.Kind {
        let person = min(0.95, scenario.answerRate.value(at: time) * scenario.segment(of: lead).multiplier)
        if draw < person { return .person }
        if draw < person + scenario.machineRate { return .machine }
        return draw < person + scenario.machineRate + scenario.failureRate ? .refused : .silent
    }
}
