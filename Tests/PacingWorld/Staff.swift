/// The agents of a shift, and how they spent it.
struct Staff {
    private var states: [AgentState]
    private var since: [Double]
    private var freeAt: [Double]
    private var isLast: [Bool]
    /// Idle agents, longest first.
    private var idle: [Int]
    private var counts: [Int]
    private var spent: [Double]

    /// So many idle agents.
    init(_ count: Int) {
        states = Array(repeating: .idle, count: count)
        since = Array(repeating: 0, count: count)
        freeAt = since
        isLast = Array(repeating: false, count: count)
        idle = Array(0..<count)
        counts = [count, 0, 0, 0]
        spent = [0, 0, 0, 0]
    }

    /// How many are in a state.
    func count(_ state: AgentState) -> Int { counts[state.index] }

    /// What an agent does.
    func stay(of agent: Int) -> Stay { Stay(state: states[agent], since: since[agent], isLast: isLast[agent]) }

    /// An agent's state changes.
    mutating func set(_ agent: Int, _ state: AgentState, at time: Double) {
        spent[states[agent].index] += time - since[agent]
        counts[states[agent].index] -= 1
        counts[state.index] += 1
        states[agent] = state
        since[agent] = time
    }

    /// The agent who has been idle for longest takes a call that keeps them busy until an instant.
    mutating func take(until instant: Double, at time: Double) -> Int {
        let agent = idle.removeFirst()
        freeAt[agent] = instant
        set(agent, .talking, at: time)
        return agent
    }

    /// An agent is idle from now on.
    mutating func release(_ agent: Int, at time: Double) {
        set(agent, .idle, at: time)
        idle.append(agent)
    }

    /// An agent goes.
    mutating func leave(_ agent: Int, at time: Double) {
        isLast[agent] = false
        set(agent, .away, at: time)
    }

    /// So many agents are to go: idle ones at once, busy ones afterwards; those are returned.
    mutating func send(_ number: Int, at time: Double) -> [Stay] {
        let busy = states.indices.filter { (states[$0] == .talking || states[$0] == .wrappingUp) && !isLast[$0] }
        var leaving: [Stay] = []
        for agent in (idle + busy).prefix(number) {
            if states[agent] == .idle {
                idle.removeAll { $0 == agent }
                leave(agent, at: time)
            } else {
                isLast[agent] = true
                leaving.append(stay(of: agent))
            }
        }
        return leaving
    }

    /// So many agents are to be there again: those who are away come back, then those about to leave stay.
    mutating func recall(_ number: Int) -> (staying: [Stay], back: [Int]) {
        let back = Array(states.indices.filter { states[$0] == .away }.prefix(number))
        let staying = states.indices.filter { isLast[$0] }.prefix(number - back.count)
        for agent in staying { isLast[agent] = false }
        return (staying.map(stay), back)
    }

    /// When each agent who stays will be free of the present call.
    func freeTimes(at time: Double) -> [Double] {
        states.indices.filter { states[$0] != .away && !isLast[$0] }.map { states[$0] == .idle ? time : freeAt[$0] }
    }

    /// Time spent talking, as a share of the time signed in.
    func utilisation(until time: Double) -> Double {
        var total = spent
        for agent in states.indices { total[states[agent].index] += time - since[agent] }
        let (talk, idle, work) = (
            total[AgentState.talking.index], total[AgentState.idle.index], total[AgentState.wrappingUp.index]
        )
        return talk / max(1e-9, talk + idle + work)
    }
}

extension AgentState {
    fileprivate var index: Int {
        switch self {
        case .idle: 0
        case .talking: 1
        case .wrappingUp: 2
        case .away: 3
        }
    }
}
