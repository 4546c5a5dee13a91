import DialModel

extension Scenario {
    /// Some simulations go smoothly, some badly, and most in between.
    static func drawFaults(_ random: inout SplitMix64) -> FaultPlan {
        let length = random.seconds(600...5_400)
        let severity = random.pick([0, 0.3, 1, 1, 3])
        var shares: [Fault: Double] = [:]
        for fault in Fault.allCases {
            if let usual = usualShare(of: fault) {
                shares[fault] = random.chance(0.5) ? min(0.5, usual * severity * 2 * random.unit()) : 0
            }
        }
        func span(_ longest: Int) -> Range<Timestamp> {
            let begin = start + random.milliseconds(0...Int(length.milliseconds))
            return begin..<(begin + random.seconds(1...longest))
        }
        let kinds: [Fault] = [.requestLost, .answerLost, .throttled, .unavailable, .misconfigured, .tokenExpired]
        let bursts = severity == 0 ? [] : (0..<random.whole(0...4)).map { _ in (span(120), random.pick(kinds)) }
        let outages = severity == 0 ? [] : (0..<random.whole(0...2)).map { _ in (span(400), random.chance(0.3)) }
        let kills = severity == 0 ? [] : (0..<random.whole(0...5)).map { _ in random.whole(1...400) }
        let leaps =
            severity == 0 || random.chance(0.6)
            ? []
            : (0..<random.whole(1...2)).map { _ in
                (start + random.milliseconds(0...Int(length.milliseconds)), leap(&random))
            }
        let suspensions =
            severity == 0 || random.chance(0.7)
            ? []
            : (0..<random.whole(1...2)).map { _ in
                (
                    start + random.milliseconds(0...Int(length.milliseconds)),
                    random.seconds(1...random.pick([20, 3_600]))
                )
            }
        return FaultPlan(
            length: length, shares: shares, bursts: bursts.map { ($0.0, $0.1) }, outages: outages.map { ($0.0, $0.1) },
            kills: kills, leaps: leaps.map { ($0.0, $0.1) },
            suspensions: suspensions.map { ($0.0, $0.1) })
    }

    /// Set right by a little, changed by an hour, or lost altogether.
    private static func leap(_ random: inout SplitMix64) -> Duration {
        switch random.whole(0...3) {
        case 0: random.milliseconds(-2_000...2_000)
        case 1: .seconds(3_600)
        case 2: .seconds(-3_600)
        default: random.seconds(-600...86_400)
        }
    }

    /// How often something goes wrong in a simulation of middling severity; nil for what is planned otherwise.
    private static func usualShare(of fault: Fault) -> Double? {
        switch fault {
        case .requestLost, .answerLost, .throttled, .unavailable, .tooLate: 0.02
        case .refused: 0.04
        case .barred, .misconfigured, .tokenExpired: 0.004
        case .newsLost, .newsDoubled: 0.05
        case .newsLate: 0.04
        case .observationLost: 0.1
        case .offerFailed, .hangUpFailed, .messageFailed, .searchFailed: 0.08
        case .recordForgotten: 0.01
        case .diskFull, .diskFailed: 0.003
        case .agentVanished: 0.02
        case .unreadableCallee: 0.05
        case .rivalCall: 0.3
        case .outage, .refusedObservation, .killed, .clockLeapt, .suspended, .agentMissedCall: nil
        }
    }
}
