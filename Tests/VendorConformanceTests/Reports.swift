import DialModel
import Telephony

/// What a vendor's client reported, in order, and a place to wait for more.
final class Reports: Sendable {
    /// Somebody who waits for something to have been reported.
    private struct Waiter: Sendable {
        var isMet: @Sendable ([VendorEvent]) -> Bool
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State: Sendable {
        var events: [VendorEvent] = []
        var waiters: [Waiter] = []
    }

    private let state = Locked(State())

    var events: [VendorEvent] { state.with(\.events) }

    func take(_ event: VendorEvent) {
        let met: [Waiter] = state.with { state in
            state.events.append(event)
            let met = state.waiters.filter { $0.isMet(state.events) }
            state.waiters.removeAll { $0.isMet(state.events) }
            return met
        }
        for waiter in met { waiter.continuation.resume() }
    }

    /// Returns once what has been reported meets a condition; the suite's time limit is the only other end.
    func wait(until isMet: @escaping @Sendable ([VendorEvent]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isMetAlready = state.with { state in
                if isMet(state.events) { return true }
                state.waiters.append(Waiter(isMet: isMet, continuation: continuation))
                return false
            }
            if isMetAlready { continuation.resume() }
        }
    }
}

extension [VendorEvent] {
    /// What was told of an attempt, in order.
    func facts(of attempt: AttemptID) -> [DatedProgress] {
        compactMap { event in
            guard case .call(attempt, let progress, let time) = event else { return nil }
            return DatedProgress(progress, at: time)
        }
    }

    /// How an attempt ended, as often as it was told.
    func endings(of attempt: AttemptID) -> [CallEnding] { facts(of: attempt).compactMap(\.ending) }

    /// What an agent was last said to do.
    func activity(of agent: AgentID) -> AgentActivity? {
        for case .agents(let agents, _) in reversed() { return agents.first { $0.id == agent }?.activity }
        return nil
    }

    var troubles: Int { count { if case .trouble = $0 { true } else { false } } }
    var recoveries: Int { count { $0 == .recovered } }
}

extension DatedProgress {
    /// The ending, where this is one.
    var ending: CallEnding? { if case .ended(let ending) = progress { ending } else { nil } }

    /// The agent, where this tells of a connection.
    var isConnection: Bool { if case .connected = progress { true } else { false } }

    var isAnswer: Bool { if case .answered = progress { true } else { false } }

    /// The place of a fact in the order in which the facts of a call come.
    var rank: Int {
        switch progress {
        case .ringing: 0
        case .answered: 1
        case .agentMissed: 2
        case .connected: 3
        case .ended: 4
        }
    }
}
