import CallModel
import Compliance
import DialEngine
import DialModel
import Ledger
import Pacing

extension Scenario {
    /// Draws everything from a seed; each part has a generator of its own, so that one more choice in one part leaves the
    /// others as they were.
    init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var (leads, engine, people, vendor) = (random.branch(), random.branch(), random.branch(), random.branch())
        var (faults, rules, account, orders) = (random.branch(), random.branch(), random.branch(), random.branch())
        self.seed = seed
        self.leads = Self.drawLeads(&leads)
        settings = Self.drawSettings(&engine)
        table = Self.drawTable(beside: self.leads, &leads)
        let isVendorPaced = settings.style == .vendorPaced
        runLength =
            settings.staysForRetries || isVendorPaced || engine.chance(0.3) ? engine.seconds(300...4_000) : nil
        staff = Self.drawStaff(&people)
        self.vendor = Self.drawVendor(&vendor, settings)
        self.faults = Self.drawFaults(&faults)
        self.rules = Self.drawRules(&rules, self.leads, settings)
        numbers = Self.drawNumbers(&account)
        limits = Self.drawLimits(&account)
        isOneOfSeveral = !isVendorPaced && account.chance(0.15)
        jointLimit = isOneOfSeveral && account.chance(0.4) ? account.whole(1...40) : nil
        self.orders = Self.drawOrders(&orders, isOneOfSeveral: isOneOfSeveral)
        commitDelay = account.chance(0.4) ? 0...0 : 1...account.pick([10, 100, 3_000])
        model = Self.drawModel(&people, seed: random.next())
    }

    /// The numbers +86 154 0000 1000, 1001 and so on.
    static func number(_ index: Int) -> PhoneNumber {
        guard let number = PhoneNumber(e164: "+861540000\(1000 + index)") else {
            preconditionFailure("number \(index)")
        }
        return number
    }

    private static func drawLeads(_ random: inout SplitMix64) -> [NewLead] {
        let (expires, hasPriorities) = (random.chance(0.2), random.chance(0.3))
        return (0..<random.whole(1...60)).map { index in
            let number = number(index)
            return NewLead(
                line: index + 2, number: number, originalNumber: number.e164, name: nil, fields: [],
                priority: hasPriorities ? random.whole(-1...1) : 0,
                expiresAt: expires && random.chance(0.2) ? start + random.seconds(60...7_200) : nil)
        }
    }

    private static func drawTable(beside leads: [NewLead], _ random: inout SplitMix64) -> [PhoneNumber] {
        let strangers = (0..<random.whole(0...8)).map { number(500 + $0) }
        return (leads.map(\.number) + strangers).filter { _ in random.chance(0.7) }
    }

    private static func drawStyle(_ random: inout SplitMix64) -> DialingStyle {
        switch random.whole(0...9) {
        case 0...2: .agentFirst
        case 3: .customerFirst(.progressive)
        case 4...5: .customerFirst(.power(ratio: 1 + random.unit() * 3))
        case 6...7: .customerFirst(.predictive)
        case 8: .customerFirst(.broadcast(callsPerMinute: 2 + random.unit() * 30))
        default: .vendorPaced
        }
    }

    private static func drawSettings(_ random: inout SplitMix64) -> EngineSettings {
        let style = drawStyle(&random)
        var settings = EngineSettings(
            style: style, retry: drawRetries(&random), maxLines: random.whole(1...20),
            maxAttempts: random.chance(0.2) ? random.whole(1...60) : nil, staysForRetries: random.chance(0.4))
        switch style {
        case .agentFirst, .vendorPaced:
            settings.control = CallControl(hangsUp: random.chance(0.4))
        case .customerFirst:
            settings.handOff = random.chance(0.6) ? .byEngine : .byVendor
            settings.control = CallControl(
                hangsUp: settings.handOff == .byEngine || random.chance(0.4), playsMessage: random.chance(0.5))
            if random.chance(0.5) {
                settings.abandonment = [AbandonmentAllowance(limit: 0.03, nextWindows: [start + .seconds(3_600)])]
            }
        }
        settings.routes = AnswerRoutes(
            machine: random.pick(AnswerRoute.allCases), fax: random.pick(AnswerRoute.allCases))
        settings.placeLimit = random.seconds(5...30)
        settings.answerLimit = random.seconds(90...240)
        settings.talkLimit = random.seconds(300...900)
        settings.recordDelay = random.seconds(600...1_200)
        settings.drainLimit = random.seconds(60...600)
        settings.vendorPatience = random.seconds(30...180)
        settings.answerPatience = random.milliseconds(1_000...4_000)
        settings.pickUpLimit = random.seconds(3...10)
        settings.ringTimeout = random.seconds(15...40)
        settings.minimumRing = random.chance(0.5) ? random.seconds(10...30) : .zero
        if random.chance(0.1) { settings.skill = AgentSkill("sales") }
        return settings
    }

    private static func drawRetries(_ random: inout SplitMix64) -> RetryPolicy {
        var rules: [CallOutcome: RetryRule] = [:]
        for outcome in CallOutcome.allCases where random.chance(0.6) {
            rules[outcome] = RetryRule(
                after: random.seconds(30...1_800), attempts: random.whole(1...4), backoff: 1 + random.unit())
        }
        return RetryPolicy(rules: rules)
    }

    private static func drawStaff(_ random: inout SplitMix64) -> Staff {
        let shifts = (0..<random.whole(1...8)).map { _ in
            var (shifts, end) = ([Range<Duration>](), Duration.zero)
            for _ in 0..<random.whole(1...3) {
                let begin = end + random.seconds(random.chance(0.5) ? 0...5 : 60...900)
                end = begin + random.seconds(60...3_600)
                shifts.append(begin..<end)
            }
            return shifts
        }
        return Staff(shifts: shifts, breakShare: random.chance(0.3) ? 0.2 : 0)
    }

    private static func drawModel(_ random: inout SplitMix64, seed: UInt64) -> CallModel {
        let human = 0.1 + random.unit() * 0.8
        return CallModel(
            settings: CallModelSettings(
                mix: OutcomeMix().with(human: human), ringTimeout: random.seconds(20...60),
                patience: .lognormal(seconds: 4 + random.unit() * 12, cv: 0.6, shift: 0.5),
                talk: .lognormal(seconds: 5 + random.unit() * 60, cv: 0.7),
                wrapUp: .exponential(mean: random.seconds(1...20)),
                pickUp: .lognormal(seconds: 1.5, cv: 0.8, shift: 0.2),
                noShow: random.chance(0.5) ? random.unit() * 0.3 : 0),
            seed: seed)
    }

    private static func drawVendor(_ random: inout SplitMix64, _ settings: EngineSettings) -> VendorTraits {
        VendorTraits(
            latency: 5...random.whole(20...2_000), newsDelay: 0...random.whole(10...3_000),
            observation: random.chance(0.7) ? random.seconds(1...10) : nil,
            tellsAgentsSingly: settings.skill == nil && random.chance(0.2),
            queueing: 0...random.whole(0...3_000), recordLag: random.chance(0.6) ? .zero : random.seconds(1...240),
            provesAbsence: random.chance(0.4), tellsTimes: random.chance(0.7),
            clockError: random.chance(0.6) ? .zero : random.seconds(0...20) - .seconds(10),
            wrongAnalyses: random.chance(0.5) ? 0.1 : 0, classifies: random.chance(0.6),
            endsRinging: random.chance(0.6), hangsUpOnMiss: random.chance(0.3), keepsRecords: random.chance(0.8),
            isBuiltIn: settings.style != .vendorPaced && random.chance(0.1))
    }

    private static func drawRules(
        _ random: inout SplitMix64, _ leads: [NewLead], _ settings: EngineSettings
    ) -> CalleeRules {
        let offset = random.whole(-9...9) * 3_600
        let local = ZoneRules(zone: TimeZoneID("Simulated/Before"), initialOffset: offset).localTime(at: start).second
        let change = start + random.seconds(0...14_400)
        let clocks = ZoneRules(
            zone: TimeZoneID("Simulated/Place"), initialOffset: offset,
            transitions: random.chance(0.3)
                ? [.init(at: change, offset: offset + random.pick([-3_600, 3_600]))] : [])
        let opens = max(0, min(70_000, local + random.whole(-7_200...2_400)))
        // Many close while there is still much to do.
        let length =
            random.chance(0.5) ? max(3_600, local - opens + random.whole(300...3_600)) : random.whole(7_200...50_000)
        let hours = HourSpan(opens: opens, closes: min(86_400, opens + length))
        let everyHour = HourSpan(opens: 0, closes: 86_400)
        guard let hours = random.chance(0.5) ? hours : everyHour else { preconditionFailure("no hours from \(opens)") }
        var caps: [AttemptCap] = []
        if random.chance(0.4) {
            caps.append(
                AttemptCap(
                    count: random.whole(1...4), period: .rolling(random.seconds(600...86_400)),
                    scope: random.pick(AttemptCap.Scope.allCases), source: .named("simulated")))
        }
        let numbers = leads.map(\.number)
        return CalleeRules(
            hours: hours, clocks: clocks, caps: caps,
            lockout: random.chance(0.3) ? random.seconds(600...86_400) : nil,
            guardTime: settings.placeLimit + max(settings.ringTimeout, settings.minimumRing),
            listed: random.chance(0.4) ? numbers.filter { _ in random.chance(0.15) } : [],
            listedLater: random.chance(0.3)
                ? numbers.filter { _ in random.chance(0.1) }.map { (start + random.seconds(0...3_600), $0) } : [])
    }

    private static func drawNumbers(_ random: inout SplitMix64) -> NumberPlan {
        let names = (0..<random.whole(1...5)).map { "0571\(88_000_000 + $0)" }
        switch random.whole(0...3) {
        case 0: return .vendors
        case 1: return .inTurn(names)
        default:
            let numbers = names.map { name in
                OutboundNumber(
                    name, pools: [random.chance(0.85) ? "main" : "other"],
                    limits: NumberLimits(
                        weight: random.whole(1...3), maxConcurrent: random.whole(1...4),
                        maxPerDay: random.chance(0.3) ? random.whole(5...40) : nil,
                        minGap: random.chance(0.3) ? random.seconds(1...20) : .zero, window: .always))
            }
            let rules = CallerIDRules(
                strategy: random.pick(CallerIDStrategy.allCases), regionMode: .any, calleeWindow: .always)
            // A pool without any number of its own would leave nobody to call.
            let isEmpty = numbers.allSatisfy { $0.pools == ["other"] }
            return isEmpty ? .inTurn(names) : .pool(numbers, rules)
        }
    }

    private static func drawLimits(_ random: inout SplitMix64) -> AccountLimits {
        guard random.chance(0.25) else { return AccountLimits() }
        return AccountLimits(
            lines: random.chance(0.5) ? random.whole(1...6) : nil,
            rates: random.chance(0.6) ? [AccountLimits.Rate(random.whole(3...30), per: random.seconds(30...600))] : [])
    }

    private static func drawOrders(_ random: inout SplitMix64, isOneOfSeveral: Bool) -> [Order] {
        var orders: [Order] = []
        // Now and then an operator cannot leave it alone.
        let pauses = random.chance(0.2) ? random.whole(20...60) : random.whole(0...2)
        for _ in 0..<pauses {
            let at = start + random.seconds(0...3_600)
            orders.append(Order(at: at, kind: .pause))
            orders.append(Order(at: at + random.seconds(0...(pauses > 2 ? 20 : 300)), kind: .resume))
        }
        if random.chance(0.2) { orders.append(Order(at: start + random.seconds(0...3_600), kind: .stop)) }
        for _ in 0..<random.whole(0...6) where random.chance(0.5) {
            orders.append(Order(at: start + random.seconds(10...3_600), kind: .drop(random.whole(0...9))))
        }
        for _ in 0..<(isOneOfSeveral ? 4 : 0) {
            orders.append(Order(at: start + random.seconds(0...3_600), kind: .others(random.chance(0.5))))
        }
        return orders
    }
}
