import DialModel

/// The auto-call project, which dials for agents who have entered it (`vendors/well-wincall.md`, B.9 and B.10).
extension WinCallDialect {
    /// Dials the next rows of the table, one for each agent who is free in the project and has no call of it.
    mutating func dialRows(in world: inout SimulatedCallCentre) {
        for agent in inProject.sorted() where world.agents[agent].state == .ready && projectCalls[agent] == nil {
            guard rowsDialled < simulation.projectRows.count else { return }
            let callee = simulation.projectRows[rowsDialled]
            rowsDialled += 1
            let call = call(callee, forProjectAgent: agent, in: &world)
            rowOfCall[call] = rowsDialled
        }
    }

    /// Has the project reach a callee for an agent.
    @discardableResult
    mutating func call(_ callee: String, forProjectAgent agent: Int, in world: inout SimulatedCallCentre) -> Int {
        let call = world.place(
            caller: callers.first ?? "", callee: callee, destination: .agent(agent), at: world.now)
        placed.insert(call)
        projectCalls[agent] = call
        return call
    }
}
