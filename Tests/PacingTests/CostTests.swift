import DialModel
import Testing

@testable import Pacing

/// What a decision costs does not hang on how many calls are in flight, because none of them is looked at.
@Suite struct CostTests {
    @Test func `What is kept does not grow with the calls in flight or the agents`() {
        func slots(calls: Int, agents: Int) -> [Int] {
            var floor = Floor(.predictive, agents: agents)
            floor.learn(300)
            floor.talk(agents)
            for _ in 0..<10 {
                floor.place(calls / 10)
                floor.wait(1)
                _ = floor.decide()
            }
            let controller = floor.controller
            #expect(controller.inFlight == calls)
            return [
                controller.ringing.count, controller.ringingCounts.count, controller.analysing.count,
                controller.talking.counts.count, controller.wrappingUp.counts.count, controller.tables.delivery.count,
            ]
        }
        #expect(slots(calls: 50, agents: 10) == slots(calls: 50_000, agents: 1_000))
    }

    @Test func `A decision without time gone by changes nothing that is kept`() {
        var floor = Floor(.predictive, agents: 50)
        floor.learn(300)
        _ = floor.decide()
        let before = floor.controller
        _ = floor.decide()
        #expect(floor.controller == before)
    }
}
