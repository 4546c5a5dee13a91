import CallModel
import DialModel
import Forecast
import Ledger
import Telephony
import Testing

@Suite("A forecast learns from what was")
struct HistoryTests {
    private static let clocks = RehearsedCampaign.shanghai
    private let defaults = CallModelSettings()

    private func attempt(_ id: Int64, at: Timestamp, outcome: CallOutcome) -> AttemptRecord {
        var attempt = AttemptRecord(
            id: AttemptID(id), lead: LeadID(id), run: RunID(1), ordinal: 1,
            number: PhoneNumber(e164: "+8615410000000") ?? { preconditionFailure() }(), vendor: "v", state: .closed,
            claimedAt: at)
        attempt.outcome = outcome
        attempt.endedAt = at + .seconds(20)
        return attempt
    }

    /// The attempts of one agent whose callees behave as `model` says, people answering by their list and the hour.
    private func history(_ count: Int, _ model: CallModelSettings, _ share: (Int, Int) -> Double) -> CampaignHistory {
        var history = CampaignHistory(clocks: Self.clocks, setUpDelay: .milliseconds(400), isAgentFirst: true)
        let calls = CallModel(settings: model, seed: 42)
        var now = RehearsedCampaign.start
        for index in 0..<count {
            let list = index % 2
            let hour = Self.clocks.localTime(at: now).second / 3_600
            let callee = calls.callee(
                number: "\(index)", callOrdinal: 0, mix: model.mix.with(human: share(list, hour)))
            let outcome: CallOutcome =
                switch callee.kind {
                case .human: .connected
                case .machine: .machine
                case .busy: .busy
                default: .noAnswer
                }
            var record = attempt(Int64(index + 1), at: now, outcome: outcome)
            record.agent = AgentID("a")
            if callee.kind.answers { record.answeredAt = now + .milliseconds(400) + callee.responds }
            if callee.kind == .human {
                record.talk = callee.talk
                record.endedAt = now + .milliseconds(400) + callee.responds + callee.talk
            }
            history.add(record, list: list)
            now = (record.endedAt ?? now) + calls.agent(id: "a", offerOrdinal: index).wrapUp
        }
        return history
    }

    private func mean(_ distribution: DurationDistribution) -> Double {
        var generator = SplitMix64(seed: 5)
        return (0..<20_000).reduce(0.0) { sum, _ in sum + distribution.draw(using: &generator).seconds } / 20_000
    }

    @Test("What a synthetic history was made of is found again")
    func recovered() throws {
        var truth = CallModelSettings(talk: .lognormal(seconds: 75, cv: 0.8), wrapUp: .lognormal(seconds: 33, cv: 0.5))
        truth.mix = OutcomeMix(
            human: 0.5, machine: 0.3, busy: 0.1, noAnswer: 0.1, invalid: 0, rejected: 0, unreachable: 0, congestion: 0)
        let history = history(20_000, truth) { list, hour in list == 0 ? 0.6 : (hour < 12 ? 0.2 : 0.4) }
        let (settings, shares, basis) = history.learnt(over: defaults)
        #expect(abs(mean(settings.talk) - 75) < 4 && abs(mean(settings.wrapUp) - 33) < 2, "\(mean(settings.wrapUp))")
        #expect(abs(mean(settings.humanRing) - mean(truth.humanRing)) < 0.8)
        let known = try #require(shares)
        let day = RehearsedCampaign.start - .seconds(11 * 3_600)
        for hour in 0..<24 {
            let at = day + .seconds(Int64(hour) * 3_600)
            #expect(abs((known.mix(list: 0, at: at)?.human ?? 0) - 0.6) < 0.08, "hour \(hour)")
            let expected = hour < 12 ? 0.2 : 0.4
            #expect(abs((known.mix(list: 1, at: at)?.human ?? 0) - expected) < 0.08, "hour \(hour)")
        }
        #expect(known.mix(list: 2, at: day) == nil)
        let ratio = settings.mix.machine / settings.mix.busy
        #expect(abs(ratio - 3) < 0.5, "\(settings.mix)")
        #expect(
            basis.allSatisfy { $0.attempts > 1_000 } && basis.map(\.parameter) == CampaignHistory.Parameter.allCases)
    }

    @Test("Where attempts are too few the defaults stay, and are said to be such")
    func defaultsStay() {
        let (settings, shares, basis) = history(20, defaults) { _, _ in 0.3 }.learnt(over: defaults)
        #expect(settings == defaults && shares == nil && basis.allSatisfy { $0.attempts == 0 })
    }

    @Test("Where the callee comes first, pauses between calls say nothing of wrap-up")
    func wrapUp() {
        var history = CampaignHistory(clocks: Self.clocks, setUpDelay: .zero, isAgentFirst: false)
        for index in 0..<100 {
            var record = attempt(
                Int64(index), at: RehearsedCampaign.start + .seconds(60 * Int64(index)), outcome: .connected)
            record.agent = AgentID("a")
            history.add(record, list: 0)
        }
        #expect(history.learnt(over: defaults).settings.wrapUp == defaults.wrapUp)
    }

    @Test("A band holds the middle run, and a further one 19 times of 20")
    func bands() {
        let band = Band((1...39).map(Double.init).shuffled(seed: 3))
        #expect(band.median == 20 && band.low == 1 && band.high == 39)
        let wide = Band((1...399).map(Double.init).shuffled(seed: 3))
        #expect(wide.median == 200 && wide.low == 10 && wide.high == 390)
        // Too few runs for such a band.
        let narrow = Band((1...20).map(Double.init).shuffled(seed: 3))
        #expect(narrow.median == 10.5 && narrow.low == 1 && narrow.high == 20)
        #expect(Band([7]) == Band([7, 7]) && Band([]).median == 0)
    }

    @Test("What a vendor is asked about is known from the next time on, and at once where it tells by itself")
    func rhythm() {
        let polled = ObservationRhythm(
            agents: .seconds(2), firstLook: .seconds(1), firstLooks: 2, laterLook: .seconds(5))
        let ages: [(Int64, Int64)] = [
            (0, 1), (400, 1), (1_000, 1), (1_001, 2), (2_000, 2), (2_001, 7), (7_000, 7), (7_001, 12),
        ]
        for (age, heard) in ages {
            #expect(polled.age(ofLookAfter: .milliseconds(age)) == .seconds(heard), "\(age)")
        }
        let looks: [(Int64, Int64)] = [
            (0, 0), (999, 0), (1_000, 1), (1_999, 1), (2_000, 2), (6_999, 2), (7_000, 7), (13_000, 12),
        ]
        for (age, looked) in looks {
            #expect(polled.age(ofLookBefore: .milliseconds(age)) == .seconds(looked), "\(age)")
        }
        #expect(ObservationRhythm.prompt.age(ofLookBefore: .milliseconds(1_234)) == .milliseconds(1_234))
        #expect(ObservationRhythm.prompt.age(ofLookAfter: .milliseconds(1_234)) == .milliseconds(1_234))
    }
}

extension [Double] {
    fileprivate func shuffled(seed: UInt64) -> [Double] {
        var generator = SplitMix64(seed: seed)
        return shuffled(using: &generator)
    }
}
