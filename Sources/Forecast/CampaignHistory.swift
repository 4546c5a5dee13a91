package import CallModel
package import DialModel
package import Ledger

/// What a campaign's own attempts tell of its callees and agents.
///
/// Whatever too few attempts tell of is left to the defaults. Shares of a list at an hour are drawn towards those of the
/// list, and these towards those of all, the more the fewer attempts they rest on.
package struct CampaignHistory: Sendable {
    /// Something that a forecast rests on; the raw value is the word in reports for programs.
    package enum Parameter: String, CaseIterable, Hashable, Sendable {
        /// How often people answer, by list and hour.
        case answers
        /// How often machines answer, and calls fail, in each way.
        case outcomes
        /// How long it rings before somebody answers.
        case ring
        /// How long people talk.
        case talk
        /// How long agents work after a call.
        case wrapUp = "wrap_up"
    }

    /// How many attempts a parameter rests on; none for a default.
    package struct Basis: Hashable, Sendable {
        /// Which.
        package var parameter: Parameter
        /// Attempts that it was learnt from; zero if it was not.
        package var attempts: Int
    }

    /// The fewest attempts from which shares are learnt.
    package static let fewestOutcomes = 50
    /// The fewest attempts from which times are learnt.
    package static let fewestTimes = 30
    /// How many attempts the shares of the level above count for.
    private static let weight = 20.0
    /// A longer time between two calls of an agent is no wrap-up but a pause.
    private static let longestWrapUp = Duration.seconds(600)
    /// The most times that are remembered of each kind: the latest ones.
    private static let sampleLimit = 20_000

    private struct Count: Sendable {
        var answered = 0.0
        var all = 0.0
    }

    private let clocks: ZoneRules
    private let setUpDelay: Duration
    private let isAgentFirst: Bool
    private var kinds = [Int](repeating: 0, count: CalleeBehaviour.Kind.allCases.count)
    private var cells: [[Count]] = []
    private var humanRings: [Duration] = []
    private var machineRings: [Duration] = []
    private var talks: [Duration] = []
    private var machineTalks: [Duration] = []
    private var wrapUps: [Duration] = []
    private var lastEnds: [AgentID: Timestamp] = [:]

    /// Nothing known yet; hours are told by `clocks`, and a vendor takes `setUpDelay` before it rings.
    ///
    /// Only where an agent is reserved before a call is placed does the time between two calls of an agent tell of wrap-up.
    package init(clocks: ZoneRules, setUpDelay: Duration, isAgentFirst: Bool) {
        self.clocks = clocks
        self.setUpDelay = setUpDelay
        self.isAgentFirst = isAgentFirst
    }

    /// Takes in an attempt of a lead on a list; attempts come in the order in which they were made.
    package mutating func add(_ attempt: AttemptRecord, list: Int) {
        guard let outcome = attempt.outcome else { return }
        if let agent = attempt.agent { noteWrapUp(of: agent, attempt) }
        guard let kind = CalleeBehaviour.Kind(outcome) else { return }
        kinds[kind.ordinal] += 1
        count(kind == .human, list: list, at: attempt.claimedAt)
        guard let answeredAt = attempt.answeredAt, kind.answers else { return }
        let ring = max(.zero, answeredAt - attempt.claimedAt - setUpDelay)
        let isMachine = kind == .machine || attempt.cpa == .machine
        if isMachine { keep(ring, in: &machineRings) } else { keep(ring, in: &humanRings) }
        guard let talk = attempt.talk, talk > .zero else { return }
        if isMachine { keep(talk, in: &machineTalks) } else { keep(talk, in: &talks) }
    }

    /// The settings that follow, what is known of single lists and hours, and what each parameter rests on.
    package func learnt(
        over defaults: CallModelSettings
    ) -> (settings: CallModelSettings, shares: AnswerShares?, basis: [Basis]) {
        var settings = defaults
        let total = kinds.reduce(0, +)
        let knowsOutcomes = total >= Self.fewestOutcomes
        if knowsOutcomes { settings.mix = mix(total) }
        if humanRings.count >= Self.fewestTimes { settings.humanRing = .measured(sample: humanRings) }
        if machineRings.count >= Self.fewestTimes { settings.machineRing = .measured(sample: machineRings) }
        if talks.count >= Self.fewestTimes { settings.talk = .measured(sample: talks) }
        if machineTalks.count >= Self.fewestTimes { settings.machineTalk = .measured(sample: machineTalks) }
        if wrapUps.count >= Self.fewestTimes { settings.wrapUp = .measured(sample: wrapUps) }
        func times(_ count: Int) -> Int { count >= Self.fewestTimes ? count : 0 }
        let attempts = knowsOutcomes ? total : 0
        let basis: [Basis] = [
            Basis(parameter: .answers, attempts: attempts), Basis(parameter: .outcomes, attempts: attempts),
            Basis(parameter: .ring, attempts: times(humanRings.count)),
            Basis(parameter: .talk, attempts: times(talks.count)),
            Basis(parameter: .wrapUp, attempts: times(wrapUps.count)),
        ]
        return (settings, knowsOutcomes ? shares(of: settings.mix) : nil, basis)
    }

    private mutating func count(_ isAnswered: Bool, list: Int, at instant: Timestamp) {
        while cells.count <= list { cells.append([Count](repeating: Count(), count: 24)) }
        let hour = clocks.localTime(at: instant).second / 3_600
        cells[list][hour].all += 1
        if isAnswered { cells[list][hour].answered += 1 }
    }

    private mutating func noteWrapUp(of agent: AgentID, _ attempt: AttemptRecord) {
        if isAgentFirst, let end = lastEnds[agent] {
            let pause = attempt.claimedAt - end
            if pause > .zero, pause <= Self.longestWrapUp { keep(pause, in: &wrapUps) }
        }
        // Only a conversation is followed by work.
        lastEnds[agent] = attempt.outcome == .connected ? attempt.endedAt : nil
    }

    private func keep(_ time: Duration, in sample: inout [Duration]) {
        sample.append(time)
        if sample.count >= 2 * Self.sampleLimit { sample.removeFirst(Self.sampleLimit) }
    }

    private func mix(_ total: Int) -> OutcomeMix {
        func share(_ kind: CalleeBehaviour.Kind) -> Double { Double(kinds[kind.ordinal]) / Double(total) }
        return OutcomeMix(
            human: share(.human), machine: share(.machine), busy: share(.busy), noAnswer: share(.noAnswer),
            invalid: share(.invalid), rejected: share(.rejected), unreachable: share(.unreachable),
            congestion: share(.congestion))
    }

    private func shares(of mix: OutcomeMix) -> AnswerShares {
        func drawn(_ count: Count, towards base: Double) -> Double {
            (count.answered + Self.weight * base) / (count.all + Self.weight)
        }
        let rows = cells.map { row -> [Double] in
            let list = row.reduce(into: Count()) {
                $0.answered += $1.answered
                $0.all += $1.all
            }
            let base = drawn(list, towards: mix.human)
            return row.map { drawn($0, towards: base) }
        }
        return AnswerShares(rows, of: mix, clocks: clocks)
    }
}

extension CalleeBehaviour.Kind {
    /// What was met by an attempt that ended so; nil where the end says nothing of the callee.
    fileprivate init?(_ outcome: CallOutcome) {
        switch outcome {
        case .connected, .abandoned, .agentMissed: self = .human
        case .machine: self = .machine
        case .busy: self = .busy
        case .noAnswer: self = .noAnswer
        case .rejected: self = .rejected
        case .invalidNumber: self = .invalid
        case .unreachable: self = .unreachable
        case .congestion: self = .congestion
        case .refused, .notPlaced, .unknown: return nil
        }
    }

    fileprivate var ordinal: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
