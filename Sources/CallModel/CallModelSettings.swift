/// How often a dialled number behaves in each way.
///
/// The shares are relative: they need not add up to one, and a negative one counts as none.
package struct OutcomeMix: Hashable, Sendable {
    /// A person answers.
    package var human: Double
    /// A voice mailbox or an announcement answers.
    package var machine: Double
    /// The line is engaged.
    package var busy: Double
    /// It rings out.
    package var noAnswer: Double
    /// The number does not exist.
    package var invalid: Double
    /// The callee declines the call.
    package var rejected: Double
    /// The phone is switched off or out of reach.
    package var unreachable: Double
    /// The network has no capacity.
    package var congestion: Double

    /// Memberwise; without arguments, the mix of the pacing scenarios' middle case (`pacing/scenarios.json`, p 0.35).
    package init(
        human: Double = 0.35, machine: Double = 0.20, busy: Double = 0.05, noAnswer: Double = 0.28,
        invalid: Double = 0.04, rejected: Double = 0.03, unreachable: Double = 0.04, congestion: Double = 0.01
    ) {
        self.human = human
        self.machine = machine
        self.busy = busy
        self.noAnswer = noAnswer
        self.invalid = invalid
        self.rejected = rejected
        self.unreachable = unreachable
        self.congestion = congestion
    }

    /// Everybody answers in person.
    package static let allHuman = OutcomeMix(
        human: 1, machine: 0, busy: 0, noAnswer: 0, invalid: 0, rejected: 0, unreachable: 0, congestion: 0)

    /// This mix with another share of people who answer, from 0 to 1, the others in their old proportions.
    package func with(human share: Double) -> OutcomeMix {
        let others = machine + busy + noAnswer + invalid + rejected + unreachable + congestion
        let factor = others > 0 ? (1 - share) / others : 0
        return OutcomeMix(
            human: share, machine: machine * factor, busy: busy * factor, noAnswer: noAnswer * factor,
            invalid: invalid * factor, rejected: rejected * factor, unreachable: unreachable * factor,
            congestion: congestion * factor)
    }

    /// The kinds with their shares, in the order in which a draw walks them.
    var shares: [(CalleeBehaviour.Kind, Double)] {
        [
            (.human, human), (.machine, machine), (.busy, busy), (.noAnswer, noAnswer), (.invalid, invalid),
            (.rejected, rejected), (.unreachable, unreachable), (.congestion, congestion),
        ]
    }
}

/// Everything that shapes the behaviour of callees and agents; the defaults follow `pacing/scenarios.json`.
package struct CallModelSettings: Hashable, Sendable {
    /// How often each kind of callee is met.
    package var mix: OutcomeMix
    /// How long it rings before a person answers.
    package var humanRing: DurationDistribution
    /// How long it rings before a machine answers.
    package var machineRing: DurationDistribution
    /// How long it takes until a failed call is known to have failed.
    package var failure: DurationDistribution
    /// How long it rings at most; an answer that would come later is no answer.
    package var ringTimeout: Duration
    /// How long an answered callee waits until an agent speaks.
    package var patience: DurationDistribution
    /// How long agent and callee talk.
    package var talk: DurationDistribution
    /// How long an agent stays on the line with a machine.
    package var machineTalk: DurationDistribution
    /// How long a machine stays on the line while nobody speaks to it.
    package var machinePatience: DurationDistribution
    /// How long an agent works after a call.
    package var wrapUp: DurationDistribution
    /// How long a rung agent takes to pick up.
    package var pickUp: DurationDistribution
    /// How often a rung agent does not pick up at all, from 0 to 1.
    package var noShow: Double

    /// Memberwise; without arguments, the middle case of the pacing scenarios.
    package init(
        mix: OutcomeMix = OutcomeMix(),
        humanRing: DurationDistribution = .lognormal(seconds: 8.5, cv: 0.7, shift: 1.5),
        machineRing: DurationDistribution = .lognormal(seconds: 15, cv: 0.35, shift: 1.5),
        failure: DurationDistribution = .lognormal(seconds: 2, cv: 0.6, shift: 0.5),
        ringTimeout: Duration = .seconds(25),
        patience: DurationDistribution = .lognormal(seconds: 6, cv: 0.5, shift: 2),
        talk: DurationDistribution = .lognormal(seconds: 120, cv: 1),
        machineTalk: DurationDistribution = .lognormal(seconds: 8, cv: 0.5),
        machinePatience: DurationDistribution = .constant(.seconds(30)),
        wrapUp: DurationDistribution = .exponential(mean: .seconds(20)),
        pickUp: DurationDistribution = .lognormal(seconds: 0.7, cv: 0.5, shift: 0.3),
        noShow: Double = 0
    ) {
        self.mix = mix
        self.humanRing = humanRing
        self.machineRing = machineRing
        self.failure = failure
        self.ringTimeout = ringTimeout
        self.patience = patience
        self.talk = talk
        self.machineTalk = machineTalk
        self.machinePatience = machinePatience
        self.wrapUp = wrapUp
        self.pickUp = pickUp
        self.noShow = noShow
    }
}
