import DialModel
import Testing

@testable import Pacing

/// How many calls to place, by mode and by what stands in the way.
@Suite struct DecisionTests {
    // MARK: Progressive

    @Test(arguments: [UInt64(1), 2, 3])
    func `Progressive never has more calls in flight and waiting than agents are idle`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var floor = Floor(.progressive, agents: 20)
        var ringing: [PacedCall] = []
        for _ in 0..<2000 {
            floor.situation.idle = Int(generator.below(21))
            floor.situation.waiting = Int(generator.below(3))
            let decision = floor.decide()
            #expect(decision.calls >= 0)
            #expect(
                decision.calls == max(0, floor.situation.idle - floor.situation.waiting - ringing.count))
            ringing += floor.place(decision.calls)
            while !ringing.isEmpty, generator.below(3) == 0 { floor.ringOut(ringing.removeFirst()) }
            floor.wait(0.5)
        }
    }

    @Test func `Progressive says that the agents set the number`() {
        var floor = Floor(.progressive, agents: 5)
        #expect(floor.decide() == PacingDecision(calls: 5, bound: .agents, allowance: 0))
    }

    // MARK: Power

    @Test(arguments: [(10, 1.5, 15), (10, 3, 30), (3, 2.5, 7)])
    func `Without a limit power places its ratio`(agents: Int, ratio: Double, calls: Int) {
        var floor = Floor(.power(ratio: ratio), agents: agents, limits: [])
        #expect(floor.decide().calls == calls)
        floor.place(calls)
        #expect(floor.decide().calls == 0)
    }

    @Test func `With a limit power begins like progressive, because nothing has been earned`() {
        var floor = Floor(.power(ratio: 5), agents: 10)
        #expect(floor.decide().calls == 10)
    }

    @Test func `With abandonments to spare power places more, and never more than its ratio`() {
        var floor = Floor(.power(ratio: 2), agents: 10)
        floor.learn()
        floor.wait(1)
        #expect(floor.decide().calls > 10)
        for _ in 0..<20 { floor.place(floor.decide().calls) }
        #expect(floor.controller.inFlight <= 20)
    }

    @Test func `Beyond the limit power places hardly more than agents are idle`() {
        var floor = Floor(.power(ratio: 5), agents: 10)
        floor.learn()
        floor.controller.openWindow(0, live: 1000, abandoned: 60)
        for _ in 0..<20 { floor.place(floor.decide().calls) }
        #expect((10...15).contains(floor.controller.inFlight))
    }

    // MARK: Broadcast

    @Test(arguments: [30.0, 120, 600])
    func `A broadcast keeps its rate, whoever is there`(perMinute: Double) {
        var floor = Floor(.broadcast(callsPerMinute: perMinute), agents: 0)
        var calls = 0
        for _ in 0..<1200 {
            calls += floor.decide().calls
            floor.wait(0.5)
        }
        #expect(abs(Double(calls) - perMinute * 10) <= perMinute / 60 + 1)
    }

    @Test func `A broadcast does not make up for what lines kept it from placing`() {
        var floor = Floor(.broadcast(callsPerMinute: 120), agents: 0)
        floor.situation.most = 0
        for _ in 0..<120 {
            #expect(floor.decide().calls == 0)
            floor.wait(0.5)
        }
        floor.situation.most = 1000
        #expect(floor.decide().calls <= 2)
    }

    // MARK: What stands in the way

    @Test(arguments: [PacingMode.progressive, .predictive, .power(ratio: 2)])
    func `Without agents nobody is called`(mode: PacingMode) {
        var floor = Floor(mode, agents: 0)
        #expect(floor.decide() == PacingDecision(calls: 0, bound: .noAgents, allowance: 0))
    }

    @Test(arguments: [PacingMode.progressive, .predictive, .power(ratio: 2)])
    func `Never more than lines, rates and leads allow`(mode: PacingMode) {
        var floor = Floor(mode, agents: 10)
        floor.learn()
        floor.situation.most = 3
        #expect(floor.decide().calls == 3)
        #expect(floor.decide().bound == .lines)
        floor.situation.most = -2
        #expect(floor.decide().calls == 0)
    }

    @Test(arguments: [PacingMode.progressive, .predictive, .power(ratio: 2)])
    func `After a vendor's failure calls go out one at a time for two seconds`(mode: PacingMode) {
        var floor = Floor(mode, agents: 10)
        floor.controller.vendorFailed(at: floor.now)
        #expect(floor.decide() == PacingDecision(calls: 1, bound: .vendor, allowance: 0))
        floor.place(1)
        floor.wait(1)
        #expect(floor.decide().calls == 0)
        floor.wait(1)
        #expect(floor.decide().calls >= 9)
    }

    @Test func `Calls are added at a pace at which news of the first come before the last`() {
        var floor = Floor(.predictive, agents: 100)
        floor.learn()
        floor.talk(60)
        let decision = floor.decide()
        #expect(decision.bound == .pace)
        // Forty idle agents have a call each, and at a rate of one in three fifteen more may follow at once.
        #expect((41...60).contains(decision.calls))
    }

    // MARK: Predictive

    @Test(arguments: [3, 10, 50, 200])
    func `As many calls as agents are idle are always safe`(agents: Int) {
        var floor = Floor(.predictive, agents: agents)
        #expect(floor.decide().calls >= agents)
        floor.controller.openWindow(0, live: 100, abandoned: 50)
        #expect(floor.decide().calls >= agents)
    }

    @Test(arguments: [10, 50])
    func `It dials ahead once the rates are known and abandonments are earned`(agents: Int) {
        var floor = Floor(.predictive, agents: agents)
        #expect(floor.decide().calls < 2 * agents)
        floor.learn()
        floor.wait(1)
        for _ in 0..<20 { floor.place(floor.decide().calls) }
        #expect(floor.controller.inFlight > 2 * agents)
    }

    @Test(arguments: [10, 50])
    func `Beyond the limit nobody is risked`(agents: Int) {
        var floor = Floor(.predictive, agents: agents)
        floor.learn()
        floor.controller.openWindow(0, live: 1000, abandoned: 31)
        for _ in 0..<20 { floor.place(floor.decide().calls) }
        // Some more than agents are idle will not all be answered, as good as certainly.
        #expect(floor.controller.inFlight < 2 * agents)
        #expect(floor.decide().bound == .risk)
    }

    @Test func `Of several limits the strictest counts`() {
        func calls(_ limits: [Double]) -> Int {
            var floor = Floor(.predictive, agents: 20, limits: limits)
            floor.learn()
            for _ in 0..<20 { floor.place(floor.decide().calls) }
            return floor.controller.inFlight
        }
        #expect(calls([0.03, 0.005]) == calls([0.005]))
        #expect(calls([0.03, 0.005]) == calls([0.005, 0.03]))
        #expect(calls([0.005]) < calls([0.03]))
    }

    @Test func `Before closing nobody is risked, and calls that cannot be abandoned still go out`() {
        var floor = Floor(.predictive, agents: 20)
        floor.learn()
        floor.situation.timeLeft = .seconds(3600)
        var early = floor
        for _ in 0..<20 { early.place(early.decide().calls) }
        floor.situation.timeLeft = .seconds(60)
        for _ in 0..<20 { floor.place(floor.decide().calls) }
        #expect(floor.controller.inFlight < early.controller.inFlight)
        #expect(floor.controller.inFlight >= 20)
    }

    @Test func `Agents who are about to leave are not counted on, and again if they stay`() {
        var floor = Floor(.predictive, agents: 30)
        floor.learn()
        floor.teachTalk(of: 60, agents: 30)
        let began = floor.now
        floor.talk(30)
        floor.wait(55)
        _ = floor.decide()
        let all = floor.controller
        for _ in 0..<25 { floor.controller.talkerLeft(since: began) }
        var (few, many) = (floor, floor)
        many.controller = all
        for _ in 0..<10 {
            few.place(few.decide().calls)
            many.place(many.decide().calls)
        }
        #expect(few.controller.inFlight < many.controller.inFlight)
        for _ in 0..<25 { floor.controller.talkBegan(at: began) }
        #expect(floor.controller == all)
    }

    @Test func `A new window brings back what the old one had used up`() {
        var floor = Floor(.predictive, agents: 10)
        floor.learn()
        floor.controller.openWindow(0, live: 1000, abandoned: 40)
        var other = floor
        other.controller.openWindow(0, live: 200, abandoned: 0)
        for _ in 0..<20 {
            floor.place(floor.decide().calls)
            other.place(other.decide().calls)
        }
        #expect(other.controller.inFlight > floor.controller.inFlight)
    }

    @Test func `Calls that were never placed leave no trace in what is in flight`() {
        var floor = Floor(.predictive, agents: 10)
        floor.wait(1)
        _ = floor.decide()
        let before = floor.controller
        for call in floor.place(7) { floor.controller.withdrew(call) }
        #expect(floor.controller.inFlight == 0)
        #expect(floor.controller == before)
    }

    @Test func `Segments that answer less are dialled more`() {
        func calls(_ segment: Int) -> Int {
            var floor = Floor(.predictive, agents: 50)
            floor.place(1, segment: 1).forEach { floor.ringOut($0) }
            for _ in 0..<100 {
                let (good, bad) = (floor.place(20), floor.place(20, segment: 1))
                floor.wait(8)
                for call in good.prefix(10) + bad.prefix(2) { floor.answer(call) }
                floor.wait(17)
                for call in good.dropFirst(10) + bad.dropFirst(2) { floor.ringOut(call) }
            }
            floor.situation.segment = segment
            for _ in 0..<40 { floor.place(floor.decide().calls, segment: segment) }
            return floor.controller.inFlight
        }
        #expect(calls(1) > 2 * calls(0))
    }

    @Test func `Phones that ring on after a burst are not given up because the quick ones answered first`() {
        var floor = Floor(.predictive, agents: 200)
        _ = floor.decide()
        // Every second is to answer, evenly between two and twenty seconds: after six, most are still to come.
        var ringing = floor.place(200)
        floor.wait(1)
        for _ in 2...6 {
            floor.wait(1)
            for call in ringing.prefix(6) { floor.answer(call) }
            ringing.removeFirst(6)
            floor.talk(6)
            _ = floor.decide()
        }
        #expect(floor.controller.tables.liveBy[12] < 0.4)
        for _ in 0..<40 { floor.place(floor.decide().calls) }
        // Nothing has been earned, and as far as anybody knows all of them may answer.
        #expect(floor.controller.inFlight == 170)
        floor.wait(32)
        _ = floor.decide()
        #expect(floor.controller.liveShape.observations == 30)
    }

    @Test func `A rate that rises is feared before its counts have followed`() {
        let feared = [10, 15].map { answers in
            var floor = Floor(.predictive, agents: 50)
            floor.learn()
            for _ in 0..<2 {
                let placed = floor.place(30)
                floor.wait(8)
                for call in placed.prefix(answers) { floor.answer(call) }
            }
            _ = floor.decide()
            #expect(floor.controller.rates.belief(of: 0).share < 0.36)
            return floor.controller.question.fear * floor.controller.rates.belief(of: 0).share
        }
        #expect(feared[0] < 0.5 && feared[1] > 0.5, "\(feared)")
    }

    @Test func `Before anything is earned, strictness alone keeps calls back`() {
        func decision(_ hazard: LimitHazard) -> PacingDecision {
            var floor = Floor(.predictive, agents: 10, hazard: hazard)
            floor.learn()
            floor.controller.openWindow(0, live: 0, abandoned: 0)
            return floor.decide()
        }
        #expect(decision(.strict).calls == 10 && decision(.strict).bound == .risk)
        #expect(decision(.unguarded).calls > 10)
    }

    @Test func `What can no more be earned back is put at less risk`() {
        func calls(timeLeft: Duration?) -> Int {
            var floor = Floor(.predictive, agents: 50)
            floor.learn()
            floor.situation.timeLeft = timeLeft
            floor.controller.openWindow(0, live: 200, abandoned: 2)
            for _ in 0..<40 { floor.place(floor.decide().calls) }
            #expect(floor.decide().bound == .risk)
            return floor.controller.inFlight
        }
        // Thirty-four answers are seven minutes at the pace so far.
        let many = calls(timeLeft: nil)
        #expect(calls(timeLeft: .seconds(3600)) == many)
        #expect(calls(timeLeft: .seconds(400)) < many)
    }

    // MARK: News

    @Test func `A call that nobody has looked at since it was placed may still be answered`() {
        let polled = ObservationRhythm(
            agents: .seconds(2), firstLook: .seconds(1), firstLooks: 2, laterLook: .seconds(20))
        let calls = [ObservationRhythm.prompt, polled].map { rhythm in
            var floor = Floor(.predictive, agents: 50, rhythm: rhythm)
            floor.learn()
            floor.place(150)
            // Of those whom the controller knows of, everybody who answers does so after eight seconds.
            floor.wait(15)
            return floor.decide().calls
        }
        #expect(calls[0] > 0 && calls[1] == 0, "\(calls)")
    }

    @Test func `A call that the vendor has not taken yet grows no older`() {
        var floor = Floor(.predictive, agents: 50)
        floor.learn()
        var waiting = floor
        floor.place(150)
        for _ in 0..<150 { waiting.controller.requested(segment: 0) }
        #expect(waiting.controller.inFlight == 150)
        floor.wait(15)
        waiting.wait(15)
        #expect(floor.decide().calls > 0 && waiting.decide().calls == 0)
        for _ in 0..<150 { _ = waiting.controller.tookRequest(segment: 0, at: waiting.now) }
        waiting.wait(15)
        #expect(waiting.controller.inFlight == 150 && waiting.decide().calls > 0)
    }

    @Test func `A request that comes to nothing is forgotten`() {
        var floor = Floor(.progressive, agents: 5)
        for _ in 0..<5 { floor.controller.requested(segment: 0) }
        #expect(floor.decide().calls == 0)
        floor.controller.withdrewRequest(segment: 0)
        #expect(floor.decide().calls == 1)
    }

    @Test func `Where agents are often late to take a call up, less is risked besides`() {
        let calls = [false, true].map { isLate in
            var floor = Floor(.predictive, agents: 50)
            floor.learn()
            for _ in 0..<1_000 { floor.controller.tookUp(isLate: isLate) }
            for _ in 0..<40 { floor.place(floor.decide().calls) }
            return floor.controller.inFlight
        }
        #expect(calls[0] > calls[1] && calls[1] >= 50, "\(calls)")
    }

    @Test(arguments: [PacingMode.predictive, .power(ratio: 3)])
    func `Agents who are late as often as calls may be abandoned get a call each and no more`(mode: PacingMode) {
        func decision(late: Int, limits: [Double]) -> PacingDecision {
            var floor = Floor(mode, agents: 50, limits: limits)
            floor.learn()
            for number in 0..<5_000 { floor.controller.tookUp(isLate: number % 100 < late) }
            return floor.decide()
        }
        let alone = PacingDecision(calls: 50, bound: .pickUp, allowance: 0)
        #expect(decision(late: 4, limits: [0.03]) == alone)
        #expect(decision(late: 2, limits: [0.03, 0.01]) == alone)
        #expect(decision(late: 2, limits: [0.03]).calls > 50)
        #expect(decision(late: 4, limits: [0.05]).bound != .pickUp)
    }
}
