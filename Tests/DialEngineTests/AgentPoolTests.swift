import DialEngine
import DialModel
import Testing

@Suite("Agents")
struct AgentPoolTests {
    let now = Bench.start

    @Test func whoTalkedIsInWrapUpUntilANewerObservationSaysOtherwise() {
        var pool = AgentPool()
        pool.observe(Bench.agents(1), asOf: now)
        let agent = pool.reserveIdle(nil, for: AttemptID(1))
        #expect(agent == Bench.agent(0))
        pool.connect(Bench.agent(0), to: AttemptID(1), at: now + .seconds(10))
        pool.release(Bench.agent(0), from: AttemptID(1), talked: true, at: now + .seconds(60))
        pool.observe(Bench.agents(1), asOf: now + .seconds(59))
        #expect(pool.idleCount == 0, "the observation was asked for before the call ended")
        #expect(pool.census.wrapUp == 1)
        pool.observe(Bench.agents(1), asOf: now + .seconds(61))
        #expect(pool.idleCount == 1)
    }

    @Test(arguments: [true, false])
    func whatIsSaidOfAnAgentAfterACallStandsThoughTheEngineIsBehind(endComesFirst: Bool) {
        var pool = AgentPool()
        pool.observe(Bench.agents(1), asOf: now)
        _ = pool.reserveIdle(nil, for: AttemptID(1))
        pool.connect(Bench.agent(0), to: AttemptID(1), at: now + .seconds(10))
        pool.observe(Bench.agents(1, .busy), asOf: now + .seconds(11))
        let onBreak = Bench.agents(1, .onBreak)
        if !endComesFirst { pool.observe(onBreak, asOf: now + .seconds(61)) }
        pool.release(
            Bench.agent(0), from: AttemptID(1), talked: true, endedAt: now + .seconds(60), at: now + .seconds(70))
        #expect(pool.census.wrapUp == (endComesFirst ? 1 : 0))
        if endComesFirst { pool.observe(onBreak, asOf: now + .seconds(61)) }
        #expect(pool.census.onBreak == 1, "nothing more is said of an agent who stays on a break")
    }

    @Test func whoWasReservedInVainKeepsTheirPlaceInTheQueue() {
        var pool = AgentPool()
        pool.observe(Bench.agents(2), asOf: now)
        _ = pool.reserveIdle(nil, for: AttemptID(1))
        pool.release(Bench.agent(0), from: AttemptID(1), talked: false, at: now + .seconds(30))
        #expect(pool.reserveIdle(nil, for: AttemptID(2)) == Bench.agent(0))
    }

    @Test func whoIsWantedIsReservedIfIdle() {
        var pool = AgentPool()
        pool.observe(Bench.agents(3), asOf: now)
        #expect(pool.reserveIdle(Bench.agent(1), for: AttemptID(1)) == Bench.agent(1))
        #expect(pool.idle == [Bench.agent(0), Bench.agent(2)])
        #expect(pool.reserveIdle(Bench.agent(1), for: AttemptID(2)) == nil, "they are promised already")
        #expect(pool.reserveIdle(nil, for: AttemptID(2)) == Bench.agent(0))
    }

    @Test func whoIsMissingFromAnObservationIsOffline() {
        var pool = AgentPool()
        pool.observe(Bench.agents(3), asOf: now)
        pool.observe(Bench.agents(1), asOf: now + .seconds(2))
        #expect(pool.idleCount == 1)
        #expect(pool.census.signedIn == 1)
    }

    @Test func aReservationOutlivesObservations() {
        var pool = AgentPool()
        pool.observe(Bench.agents(1), asOf: now)
        _ = pool.reserveIdle(nil, for: AttemptID(1))
        pool.observe(Bench.agents(1), asOf: now + .seconds(2))
        #expect(pool.idleCount == 0)
        #expect(pool.census.reserved == 1)
        pool.observe(Bench.agents(1, .onBreak), asOf: now + .seconds(4))
        pool.release(Bench.agent(0), from: AttemptID(1), talked: false, at: now + .seconds(5))
        #expect(pool.idleCount == 0, "the agent went on a break meanwhile")
    }

    @Test func onlyTheAttemptThatHoldsAnAgentLetsThemGo() {
        var pool = AgentPool()
        pool.observe(Bench.agents(1), asOf: now)
        _ = pool.reserveIdle(nil, for: AttemptID(1))
        pool.release(Bench.agent(0), from: AttemptID(2), talked: false, at: now)
        #expect(pool.idleCount == 0)
    }

    @Test func everyOrderOfEventsKeepsTheQueueConsistent() {
        for seed in UInt64(0)..<200 {
            var random = SplitMix64(seed: seed)
            var pool = AgentPool()
            var held: [AttemptID: AgentID] = [:]
            for step in 0..<200 {
                let instant = now + .seconds(step)
                switch random.below(4) {
                case 0:
                    let states = AgentActivity.allCases
                    let seen = (0..<5).map { index in
                        AgentObservation(
                            id: Bench.agent(index), name: "", activity: states[Int(random.below(5))], since: nil)
                    }
                    pool.observe(seen, asOf: instant - .seconds(Int(random.below(3))))
                case 1:
                    let attempt = AttemptID(Int64(step))
                    if let agent = pool.reserveIdle(nil, for: attempt) {
                        #expect(!held.values.contains(agent), "seed \(seed): reserved twice")
                        held[attempt] = agent
                    }
                case 2:
                    if let (attempt, agent) = held.min(by: { $0.key < $1.key }) {
                        pool.connect(agent, to: attempt, at: instant)
                    }
                default:
                    if let (attempt, agent) = held.min(by: { $0.key < $1.key }) {
                        pool.release(agent, from: attempt, talked: random.below(2) == 0, at: instant)
                        held[attempt] = nil
                    }
                }
                #expect(pool.idleCount == pool.census.idle, "seed \(seed), step \(step)")
            }
        }
    }
}
