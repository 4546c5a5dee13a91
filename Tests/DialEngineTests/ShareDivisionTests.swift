import DialEngine
import DialModel
import Testing

@Suite("How runners of one campaign share")
struct ShareDivisionTests {
    /// Runners that do at once what they are told, and the leader's view of them.
    private struct Team {
        var runners: [LivingRunner]
        var number: Int64 = 0
        var orphans: [String: Int] = [:]

        init(_ count: Int, present: Int, maxLines: Int, vendors: [String] = ["v"]) {
            runners = (0..<count).map { index in
                let report = RunnerReport(present: Self.agents(present), maxLines: maxLines)
                return LivingRunner(
                    run: RunID(Int64(index + 1)), vendor: vendors[index % vendors.count], report: report, ownCalls: 0,
                    takenCalls: 0)
            }
        }

        static func agents(_ count: Int) -> [AgentID] { (0..<count).map { AgentID("agent-\($0)") } }

        var shares: [RunnerShare] { runners.map { $0.share ?? RunnerShare() } }
        var lines: [Int] { shares.map(\.lines) }
        var agents: [Int] { shares.map(\.agents.count) }

        /// Lets the leader look once; false if all may stay as it is.
        mutating func look() -> Bool {
            let leadership = Leadership(epoch: 1, lastNumber: number, runners: runners, orphans: orphans)
            guard let publication = ShareDivision(leadership).publication() else { return false }
            let runs = publication.parts.map(\.run)
            #expect(publication.number == number + 1 && runs == runs.sorted())
            number = publication.number
            for part in publication.parts {
                guard let index = runners.firstIndex(where: { $0.run == part.run }) else { continue }
                runners[index].share = part.share
            }
            return true
        }

        /// A runner works by its share from now on, and uses nobody whom it was not given but these.
        mutating func apply(_ index: Int, keeping kept: [AgentID] = []) {
            runners[index].report.applied = shares[index].number
            runners[index].report.held = (shares[index].agents + kept).sorted()
        }

        /// Lets the leader look and the others apply until nothing changes; how often it takes.
        mutating func settle() -> Int {
            var looks = 0
            while looks < 20, look() {
                looks += 1
                for index in runners.indices { apply(index) }
            }
            return looks
        }
    }

    @Test("Agents and lines are divided evenly, and all of them")
    func even() {
        var team = Team(3, present: 8, maxLines: 10)
        let looks = team.settle()
        #expect(looks < 5)
        #expect(team.agents == [3, 3, 2] && team.lines == [4, 4, 2])
        #expect(Set(team.shares.flatMap(\.agents)).count == 8)
        #expect(team.shares.map(\.portion).reduce(0, +) == 1 && team.shares[0].portion == 3.0 / 8)
    }

    @Test("Without any agents lines and what may be abandoned are divided all the same")
    func withoutAgents() {
        var team = Team(2, present: 0, maxLines: 9)
        _ = team.settle()
        #expect(team.lines.sorted() == [4, 5] && team.shares.map(\.portion) == [0.5, 0.5])
    }

    @Test("What one has is given to another only once the one says that it is free")
    func withdrawal() {
        var team = Team(1, present: 4, maxLines: 4)
        _ = team.settle()
        team.runners.append(Team(2, present: 4, maxLines: 4).runners[1])
        _ = team.look()
        #expect(team.agents == [2, 0] && team.shares[0].withdrawn.count == 2)
        #expect(team.lines == [4, 0] || team.lines == [2, 0], "\(team.lines)")
        let taken = team.shares[0].withdrawn.map(\.agent)
        // The one says nothing yet: nothing moves.
        while team.look() {}
        #expect(team.agents == [2, 0] && team.lines[1] == 0)
        // One of the two still has a call.
        team.apply(0, keeping: [taken[0]])
        while team.look() {}
        #expect(team.shares[1].agents == [taken[1]] && team.shares[0].withdrawn.map(\.agent) == [taken[0]])
        team.apply(0)
        _ = team.settle()
        #expect(team.agents == [2, 2] && team.lines == [2, 2] && team.shares.allSatisfy { $0.withdrawn == [] })
    }

    @Test("A report that was made before a share says nothing of it")
    func lateReport() {
        var team = Team(1, present: 2, maxLines: 2)
        _ = team.settle()
        team.runners.append(Team(2, present: 2, maxLines: 2).runners[1])
        _ = team.look()
        // By its words the agent who was taken is free, but these are of the share before.
        team.runners[0].report.held = team.shares[0].agents
        while team.look() {}
        #expect(team.agents == [1, 0] && team.lines[1] == 0)
    }

    @Test("Lines that calls are on are nobody else's, whoever made them")
    func usedLines() {
        var team = Team(2, present: 4, maxLines: 6)
        _ = team.settle()
        #expect(team.lines == [3, 3])
        // The second is gone, with two calls that nobody has taken over yet.
        team.runners.removeLast()
        team.orphans = ["v": 2, "another": 5]
        _ = team.settle()
        #expect(team.lines == [4])
        team.orphans = [:]
        team.runners[0].takenCalls = 2
        _ = team.settle()
        #expect(team.lines == [4], "they go on beside its own")
        team.runners[0].takenCalls = 0
        _ = team.settle()
        #expect(team.lines == [6])
    }

    @Test("Calls beyond a share that has shrunk keep their lines until they are over")
    func ownCalls() {
        var team = Team(1, present: 4, maxLines: 4)
        _ = team.settle()
        team.runners[0].ownCalls = 4
        team.runners.append(Team(2, present: 4, maxLines: 4).runners[1])
        _ = team.settle()
        #expect(team.lines == [2, 0], "all four lines are in use")
        team.runners[0].ownCalls = 3
        _ = team.settle()
        #expect(team.lines == [2, 1])
    }

    @Test("One that would not dial is given no agents, unless none would")
    func wanting() {
        var team = Team(2, present: 4, maxLines: 4)
        _ = team.settle()
        team.runners[0].report.wantsAgents = false
        _ = team.settle()
        #expect(team.agents == [0, 4])
        team.runners[1].report.wantsAgents = false
        let looks = team.settle()
        #expect(looks < 10)
        #expect(team.agents.reduce(0, +) == 4)
    }

    @Test("An agent whom somebody uses without having been given them is given to nobody")
    func heldByNobody() {
        var team = Team(2, present: 2, maxLines: 2)
        team.runners[0].report.held = [AgentID("agent-1")]
        _ = team.look()
        #expect(team.shares.flatMap(\.agents) == [AgentID("agent-0")])
    }

    @Test("Runners of several accounts have each account's agents and lines to themselves, and the limit together")
    func accounts() {
        var team = Team(3, present: 4, maxLines: 4, vendors: ["v", "w"])
        team.runners[1].report.present = [AgentID("w-0"), AgentID("w-1")]
        _ = team.settle()
        #expect(team.agents == [2, 2, 2] && team.lines == [2, 4, 2])
        #expect(team.shares[1].agents == [AgentID("w-0"), AgentID("w-1")])
        #expect(team.shares.map(\.portion).reduce(0, +) == 1)
    }

    @Test("No more agents are moved than it takes")
    func fewMoves() {
        var team = Team(2, present: 6, maxLines: 6)
        _ = team.settle()
        let before = team.shares.map(\.agents)
        team.runners.append(Team(3, present: 6, maxLines: 6).runners[2])
        _ = team.settle()
        #expect(team.agents == [2, 2, 2])
        for (then, now) in zip(before, team.shares) { #expect(Set(now.agents).isSubset(of: then)) }
    }

    @Test(
        "Whatever order reports arrive in, nothing is given twice, and in the end everything is given",
        arguments: 0..<40)
    func disorder(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let (agents, lines) = (Int(random.below(7)), Int(random.below(9)) + 1)
        var team = Team(3, present: agents, maxLines: lines)
        // What each may still use by what it has heard of.
        var inUse = team.shares
        for _ in 0..<60 {
            _ = team.look()
            let index = Int(random.below(3))
            inUse[index] = team.shares[index]
            if random.below(2) == 0 { team.apply(index) }
            team.runners[index].report.wantsAgents = random.below(8) > 0
            let used = inUse.flatMap(\.agents)
            #expect(Set(used).count == used.count, "seed \(seed)")
            let possible = team.shares.map { max($0.lines, $0.formerLines) }.reduce(0, +)
            #expect(possible <= lines, "seed \(seed): \(possible) of \(lines) lines")
        }
        for index in team.runners.indices { team.runners[index].report.wantsAgents = true }
        for index in team.runners.indices { team.apply(index) }
        let looks = team.settle()
        #expect(looks < 20)
        #expect(team.agents.reduce(0, +) == agents && team.lines.reduce(0, +) == lines, "seed \(seed)")
    }
}
