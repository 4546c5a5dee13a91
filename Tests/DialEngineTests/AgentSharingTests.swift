import DialEngine
import DialModel
import Testing

@Suite("Agents that several campaigns share")
struct AgentSharingTests {
    private let busy = AgentDemand(hasLeads: true)

    private func agents(_ count: Int, _ activity: AgentActivity = .idle) -> [AgentObservation] {
        (0..<count).map { AgentObservation(id: AgentID("agent-\($0)"), name: "", activity: activity, since: nil) }
    }

    @Test(
        "Idle agents are divided by share, and what is left over goes to whoever was rounded down most",
        arguments: [
            (10, [1, 1], [5, 5]), (10, [2, 1], [7, 3]), (3, [1, 1], [2, 1]), (1, [1, 3], [0, 1]), (0, [1, 1], [0, 0]),
            (7, [1, 1, 1], [3, 2, 2]), (100, [50, 49, 1], [50, 49, 1]),
        ])
    func shares(count: Int, shares: [Int], parts: [Int]) {
        var sharing = AgentSharing(shares.map { AgentClaimant(share: $0) })
        let divided = sharing.divide(agents(count), engaged: [:], demands: shares.map { _ in busy })
        #expect(divided.map(\.count) == parts)
    }

    @Test("A higher priority has all agents for as long as it has somebody to call")
    func priority() {
        var sharing = AgentSharing([AgentClaimant(priority: 0), AgentClaimant(priority: 5)])
        var divided = sharing.divide(agents(6), engaged: [:], demands: [busy, busy])
        #expect(divided.map(\.count) == [0, 6])
        divided = sharing.divide(agents(6), engaged: [:], demands: [busy, AgentDemand()])
        #expect(divided.map(\.count) == [6, 0])
        divided = sharing.divide(agents(6), engaged: [:], demands: [busy, busy])
        #expect(divided.map(\.count) == [0, 6])
    }

    @Test("Nobody changes hands without need, and nobody in the middle of a call")
    func steadiness() {
        var sharing = AgentSharing([AgentClaimant(), AgentClaimant()])
        let first = sharing.divide(agents(8), engaged: [:], demands: [busy, busy])
        let again = sharing.divide(agents(8).reversed(), engaged: [:], demands: [busy, busy])
        #expect(again.map { Set($0.map(\.id)) } == first.map { Set($0.map(\.id)) })

        // The first campaign's callees were taken by six of the eight, two of whom had worked for the second.
        let engaged = Dictionary(uniqueKeysWithValues: agents(8).prefix(6).map { ($0.id, 0) })
        let divided = sharing.divide(agents(8), engaged: engaged, demands: [busy, busy])
        #expect(divided.map(\.count) == [6, 2])
        // They stay while they talk and write up, and come back to their half as they become idle.
        let talking = agents(6, .busy) + agents(8).suffix(2)
        #expect(sharing.divide(talking, engaged: [:], demands: [busy, busy]).map(\.count) == [6, 2])
        #expect(sharing.divide(agents(8), engaged: [:], demands: [busy, busy]).map(\.count) == [4, 4])
    }

    @Test("Calls that ring without an agent keep agents from being given away")
    func callsInFlight() {
        var sharing = AgentSharing([AgentClaimant(), AgentClaimant(priority: 1)])
        _ = sharing.divide(agents(6), engaged: [:], demands: [busy, AgentDemand()])
        let ringing = AgentDemand(hasLeads: true, callsWithoutAgent: 2)
        #expect(sharing.divide(agents(6), engaged: [:], demands: [ringing, busy]).map(\.count) == [2, 4])
        #expect(sharing.divide(agents(6), engaged: [:], demands: [busy, busy]).map(\.count) == [0, 6])
    }

    @Test(
        "Whatever happens, every agent who is there works for exactly one campaign",
        arguments: 1...20 as ClosedRange<UInt64>)
    func everybodyOnce(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let claimants = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            AgentClaimant(
                priority: Int.random(in: 0...2, using: &generator), share: Int.random(in: 1...5, using: &generator))
        }
        var sharing = AgentSharing(claimants)
        for _ in 0..<50 {
            var observations = agents(12)
            for index in observations.indices {
                observations[index].activity = AgentActivity.allCases.randomElement(using: &generator) ?? .idle
            }
            var engaged: [AgentID: Int] = [:]
            for agent in observations where Bool.random(using: &generator) {
                engaged[agent.id] = Int.random(in: claimants.indices, using: &generator)
            }
            let demands = claimants.map { _ in
                AgentDemand(
                    hasLeads: Bool.random(using: &generator),
                    callsWithoutAgent: Int.random(in: 0...9, using: &generator))
            }
            let divided = sharing.divide(observations, engaged: engaged, demands: demands)
            let present = observations.filter { $0.activity != .offline }.map(\.id)
            #expect(divided.flatMap { $0.map(\.id) }.sorted() == present.sorted(), "seed \(seed)")
            for (campaign, part) in divided.enumerated() {
                for agent in part { #expect(engaged[agent.id] ?? campaign == campaign, "seed \(seed)") }
            }
        }
    }
}
