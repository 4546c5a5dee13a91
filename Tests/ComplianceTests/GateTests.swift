import Compliance
import DialModel
import Testing
import Wording

@Suite("One gate, which says what stands against a dial and until when")
struct GateTests {
    private static let clocks = Clocks.shanghai
    private static let noon = clocks.at(2026, 11, 25, 12)

    private static func open() -> GateFacts { GateFacts(places: [.daily(clocks, 9, 20)]) }

    private func answer(
        _ facts: GateFacts, _ rules: GateRules = GateRules(), at now: Timestamp = noon,
        later: [DialGate.LaterGate] = []
    ) -> GateAnswer {
        DialGate(facts: facts, rules: rules).answer(at: now, later: later)
    }

    /// Shuts a gate, in the order in which they are asked.
    private static let shutters: [(gate: Gate, shut: @Sendable (inout GateFacts, inout GateRules) -> Void)] = [
        (.leadState, { facts, _ in facts.state = .finished }),
        (.expiry, { facts, _ in facts.expiresAt = noon }),
        (.doNotCall, { facts, _ in facts.doNotCall = .listed(list: "national", until: nil) }),
        (.consent, { facts, _ in facts.consent = .missing }),
        (
            .attemptCap,
            { facts, rules in
                rules.caps = [AttemptCap(count: 1, period: .lifetime, scope: .lead, source: .campaign)]
                facts.leadDials = [noon - .seconds(60)]
            }
        ),
        (
            .abandonmentLockout,
            { facts, rules in
                rules.abandonmentLockout = .seconds(600)
                facts.abandonedAt = noon - .seconds(60)
            }
        ),
        (.retryWait, { facts, _ in facts.notBefore = noon + .seconds(60) }),
        (.timeZone, { facts, _ in facts.places = nil }),
        (.callingHours, { facts, _ in facts.places = [.daily(clocks, 14, 20)] }),
    ]

    @Test("With nothing against it a lead may be dialled")
    func allowed() {
        #expect(answer(Self.open()) == .allowed)
    }

    @Test("Of several gates that are shut, the first in the order is named")
    func order() {
        #expect(Self.shutters.map(\.gate) == Array(Gate.allCases.dropLast(2)))
        let later: [DialGate.LaterGate] = [
            { _ in GateBlock(.callerID, until: nil, Phrase("none", "无")) },
            { _ in GateBlock(.vendorCapacity, until: nil, Phrase("full", "已满")) },
        ]
        for index in Self.shutters.indices {
            var facts = Self.open()
            var rules = GateRules()
            // A zone that nobody knows leaves no hours to be outside of.
            for (_, shut) in Self.shutters[index...].reversed() { shut(&facts, &rules) }
            guard case .blocked(let block, _) = answer(facts, rules, later: later) else {
                Issue.record("\(Self.shutters[index].gate) is shut")
                continue
            }
            #expect(block.gate == Self.shutters[index].gate)
            // What is kept with a lead is English, and is told in either language.
            let kept = GateBlock.reading(holdReason: block.holdReason)
            #expect(kept?.english == block.holdReason)
            #expect(kept?.chinese == "\(block.gate.rawValue): \(block.detail.chinese)")
            #expect(block.detail.chinese.contains(/\p{Han}/), "\(block.detail)")
            #expect(!block.detail.english.isEmpty)
        }
        guard case .blocked(let block, _) = answer(Self.open(), later: later) else {
            Issue.record("there is no caller ID")
            return
        }
        #expect(block.gate == .callerID)
    }

    @Test("The next instant is one at which no other gate stands against it")
    func nextInstant() {
        var facts = Self.open()
        facts.numberDials = [Self.noon - .seconds(60)]
        facts.notBefore = Self.clocks.at(2026, 11, 25, 19)
        let cap = AttemptCap(count: 1, period: .rolling(.seconds(8 * 3_600)), scope: .number, source: .campaign)
        // The cap is free at 19:59, the wait is over by then, and two minutes of ringing no longer fit before 20:00.
        let rules = GateRules(caps: [cap], guardTime: .seconds(120))
        guard case .blocked(let block, let next) = answer(facts, rules) else {
            Issue.record("the cap is full")
            return
        }
        #expect(block.gate == .attemptCap)
        #expect(block.until == Self.clocks.at(2026, 11, 25, 19, 59) + .milliseconds(1))
        #expect(next == Self.clocks.at(2026, 11, 26, 9))
    }

    @Test("What never opens has no next instant")
    func never() {
        for (gate, shut) in Self.shutters.prefix(4) {
            var facts = Self.open()
            var rules = GateRules()
            shut(&facts, &rules)
            guard case .blocked(_, nil) = answer(facts, rules) else {
                Issue.record("\(gate) opens by itself")
                continue
            }
        }
    }

    @Test("An entry of a do-not-call list that expires stands against it until then")
    func expiringEntry() {
        var facts = Self.open()
        let end = Self.noon + .seconds(3_600)
        facts.doNotCall = .listed(list: "campaign", until: end)
        guard case .blocked(let block, let next) = answer(facts) else {
            Issue.record("it is listed")
            return
        }
        #expect(block.gate == .doNotCall && next == end)
        #expect(answer(facts, at: end) == .allowed)
        for gap in [DoNotCallFinding.outdated(list: "national"), .missing(list: "national")] {
            facts.doNotCall = gap
            guard case .blocked(let block, nil) = answer(facts, at: end) else {
                Issue.record("a list that cannot be asked forbids everybody")
                continue
            }
            #expect(block.gate == .doNotCall && block.until == nil && block.detail.english.contains("\"national\""))
        }
    }

    @Test("Where nobody knows the callee's time zone, nobody is dialled")
    func unknownZone() {
        for places in [nil, []] as [[PlacedHours]?] {
            var facts = Self.open()
            facts.places = places
            guard case .blocked(let block, nil) = answer(facts) else {
                Issue.record("when in doubt, it does not dial")
                continue
            }
            #expect(block.gate == .timeZone)
        }
    }

    @Test("A calendar day is the callee's, and each possible one has to have room")
    func calendarDays() {
        let cap = AttemptCap(count: 2, period: .calendarDay, scope: .number, source: .campaign)
        let dials = [Clocks.newYork.at(2026, 6, 1, 23, 10), Clocks.newYork.at(2026, 6, 1, 23, 40)]
        let after = Clocks.newYork.at(2026, 6, 2, 0, 10)
        func freeAt(_ clocks: [ZoneRules]) -> Timestamp? {
            CapGate.freeAt(cap, dials: dials, clocks: clocks, at: after)
        }
        #expect(freeAt([Clocks.newYork]) == nil, "a new day has begun")
        #expect(freeAt([Clocks.newYork, Clocks.chicago]) == Clocks.chicago.at(2026, 6, 2, 0))
        let future = [after + .seconds(60), after + .seconds(90_000)]
        #expect(CapGate.freeAt(cap, dials: future, clocks: [Clocks.newYork], at: after) != nil, "another clock's dials")
    }

    @Test(
        "Every few minutes for three days a lead may be dialled exactly if the answer says so",
        arguments: [1, 7] as [UInt64])
    func consistent(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<10 {
            let start = Clocks.utc(2026, 10, 30) + .seconds(Int64(random.below(86_400)))
            let zones = (0...Int(random.below(2))).map { _ in Clocks.all[Int(random.below(9))] }
            var facts = GateFacts(places: zones.map { .daily($0, 8 + Int(random.below(3)), 20) })
            facts.numberDials = (0..<4).map { _ in start - .seconds(Int64(random.below(100_000))) }
            facts.leadDials = facts.numberDials.dropLast(2)
            facts.notBefore = start + .seconds(Int64(random.below(50_000)))
            facts.abandonedAt = start - .seconds(Int64(random.below(300_000)))
            let rules = GateRules(
                caps: [
                    AttemptCap(count: 3, period: .rolling(.seconds(86_400)), scope: .number, source: .named("us FL")),
                    AttemptCap(count: 2, period: .calendarDay, scope: .lead, source: .campaign),
                ], abandonmentLockout: .seconds(259_200), guardTime: .seconds(45))
            let gate = DialGate(facts: facts, rules: rules)
            var promised: Timestamp?
            for minute in stride(from: 0, to: 3 * 1_440, by: 7) {
                let now = start + .seconds(minute * 60)
                switch gate.answer(at: now) {
                case .allowed:
                    #expect(promised.map { $0 <= now } ?? true, "seed \(seed): dialled before it was promised")
                case .blocked(_, let next):
                    #expect(promised.map { $0 > now || next != nil } ?? true)
                    if let next { #expect(next > now && gate.answer(at: next) == .allowed, "seed \(seed)") }
                    promised = next
                }
            }
        }
    }
}
