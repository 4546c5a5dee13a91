import CallModel
import DialModel
import Testing

@Suite struct CallModelTests {
    private static let numbers = (0..<20_000).map { "138\(10_000_000 + $0)" }

    @Test func `A call depends on seed, number and ordinal, and not on the calls before it`() {
        let model = CallModel(seed: 7)
        let forwards = Self.numbers.prefix(500).map { model.callee(number: $0, callOrdinal: 0) }
        let backwards = Self.numbers.prefix(500).reversed().map { model.callee(number: $0, callOrdinal: 0) }
        #expect(forwards == backwards.reversed())
        #expect(Set(forwards.filter { $0.kind != .noAnswer }).count > 300)
        let other = CallModel(seed: 8)
        #expect(forwards != Self.numbers.prefix(500).map { other.callee(number: $0, callOrdinal: 0) })
        #expect(forwards != Self.numbers.prefix(500).map { model.callee(number: $0, callOrdinal: 1) })
    }

    @Test func `Every kind of callee is met as often as its share says`() {
        let settings = CallModelSettings(ringTimeout: .seconds(600))
        let model = CallModel(settings: settings, seed: 42)
        var counts: [CalleeBehaviour.Kind: Double] = [:]
        for number in Self.numbers { counts[model.callee(number: number, callOrdinal: 0).kind, default: 0] += 1 }
        let expected: [(CalleeBehaviour.Kind, Double)] = [
            (.human, 0.35), (.machine, 0.20), (.busy, 0.05), (.noAnswer, 0.28), (.invalid, 0.04), (.rejected, 0.03),
            (.unreachable, 0.04), (.congestion, 0.01),
        ]
        for (kind, share) in expected {
            #expect(abs((counts[kind] ?? 0) / Double(Self.numbers.count) - share) < 0.01, "\(kind)")
        }
    }

    @Test func `Nobody answers later than the ring time-out`() {
        let settings = CallModelSettings(mix: .allHuman, ringTimeout: .seconds(8))
        let model = CallModel(settings: settings, seed: 3)
        let calls = Self.numbers.prefix(2000).map { model.callee(number: $0, callOrdinal: 0) }
        #expect(calls.contains { $0.kind == .noAnswer && $0.responds == .seconds(8) })
        #expect(calls.allSatisfy { $0.responds <= .seconds(8) })
        #expect(calls.filter { $0.kind == .human }.allSatisfy { $0.responds < .seconds(8) })
    }

    @Test func `A mix without shares lets every call ring out`() {
        let mix = OutcomeMix(
            human: 0, machine: 0, busy: -1, noAnswer: 0, invalid: 0, rejected: 0, unreachable: 0, congestion: 0)
        let model = CallModel(settings: CallModelSettings(mix: mix), seed: 1)
        #expect(model.callee(number: "13800000000", callOrdinal: 0).kind == .noAnswer)
    }

    @Test func `Agents miss calls as often as the settings say, and pick the others up`() {
        let model = CallModel(settings: CallModelSettings(noShow: 0.25), seed: 11)
        let behaviours = (0..<8000).map { model.agent(id: "200000000000000001", offerOrdinal: $0) }
        let missed = Double(behaviours.count { $0.pickUp == nil }) / 8000
        #expect(abs(missed - 0.25) < 0.02)
        #expect(behaviours == (0..<8000).map { model.agent(id: "200000000000000001", offerOrdinal: $0) })
        #expect(model.agent(id: "a", offerOrdinal: 0) != model.agent(id: "b", offerOrdinal: 0))
    }
}

@Suite struct DurationDistributionTests {
    private func mean(_ distribution: DurationDistribution, seed: UInt64 = 5) -> (mean: Double, cv: Double) {
        var generator = SplitMix64(seed: seed)
        let draws = (0..<50_000).map { _ in distribution.draw(using: &generator).seconds }
        let mean = draws.reduce(0, +) / Double(draws.count)
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws.count)
        return (mean, variance.squareRoot() / mean)
    }

    @Test func `A lognormal has the mean and the variation that it is given, beyond its shift`() {
        let plain = mean(.lognormal(seconds: 8.5, cv: 0.7))
        #expect(abs(plain.mean - 8.5) < 0.15)
        #expect(abs(plain.cv - 0.7) < 0.03)
        #expect(abs(mean(.lognormal(seconds: 8.5, cv: 0.7, shift: 1.5)).mean - 10) < 0.15)
    }

    @Test func `The other distributions have their means`() {
        #expect(abs(mean(.exponential(mean: .seconds(20))).mean - 20) < 0.4)
        #expect(abs(mean(.uniform(.seconds(2), .seconds(4))).mean - 3) < 0.02)
        #expect(mean(.constant(.seconds(2))).mean == 2)
    }

    @Test func `No draw is negative, whatever the parameters`() {
        let odd: [DurationDistribution] = [
            .constant(.seconds(-1)), .uniform(.seconds(-5), .seconds(-2)), .exponential(mean: .seconds(-3)),
            .lognormal(seconds: -1, cv: 1, shift: -4), .lognormal(seconds: 0, cv: 0),
        ]
        for distribution in odd {
            var generator = SplitMix64(seed: 9)
            for _ in 0..<100 { #expect(distribution.draw(using: &generator) >= .zero, "\(distribution)") }
        }
    }
}

@Suite struct ScriptedNumberTests {
    private func behaviour(_ suffix: String, ordinal: Int = 0, prefix: String = "13800") -> CalleeBehaviour {
        CallModel(seed: 1).callee(number: prefix + suffix, callOrdinal: ordinal)
    }

    @Test(arguments: [
        ("990001", CalleeBehaviour.Kind.human, 0), ("990002", .human, 8), ("990003", .busy, 2), ("990004", .invalid, 1),
        ("990005", .noAnswer, 25), ("990006", .rejected, 5), ("990007", .machine, 4), ("990008", .human, 1),
        ("990009", .congestion, 1), ("990010", .unreachable, 2), ("990011", .human, 0), ("990012", .noAnswer, 25),
        ("990013", .busy, 2), ("990014", .human, 0),
    ])
    func `The last six digits decide`(suffix: String, kind: CalleeBehaviour.Kind, seconds: Int) {
        let found = behaviour(suffix)
        #expect(found.kind == kind)
        #expect(found.responds == .seconds(seconds))
        #expect(behaviour(suffix, prefix: "9+8613800") == found)
    }

    @Test func `Some scripts tell the first call from later ones`() {
        #expect(behaviour("990012", ordinal: 1) == behaviour("990001"))
        #expect(behaviour("990013", ordinal: 2) == behaviour("990001"))
        #expect(behaviour("990003", ordinal: 1).kind == .busy)
    }

    @Test func `Waiting and talking are scripted too`() {
        #expect(behaviour("990008").patience == .seconds(2))
        #expect(behaviour("990001").talk == .seconds(30))
        #expect(behaviour("990011").talk == .seconds(600))
    }

    @Test func `Other numbers are ordinary ones`() {
        for number in ["13800990099", "13800980001", "990", "13809900010"] {
            #expect(ScriptedNumber.behaviour(of: number, callOrdinal: 0, ringTimeout: .seconds(25)) == nil, "\(number)")
        }
    }
}
