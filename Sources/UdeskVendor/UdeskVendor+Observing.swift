package import DialModel
package import Telephony

extension UdeskVendor {
    /// How often it is asked where nothing is pushed.
    package static let rhythm = ObservationRhythm(
        agents: .seconds(2), firstLook: .seconds(5), firstLooks: 1, laterLook: .seconds(5))
    /// How long nothing may be told of a call before the log is asked, where events are pushed.
    private static let patience = Duration.seconds(30)
    private static let longestInterval = Duration.seconds(30)

    package func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {
        let (events, continuation) = AsyncStream.makeStream(of: VendorEvent.self)
        state.with { state in
            state.reports = continuation
            state.listensSince = clock.now
            state.flush()
        }
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { for await event in events { await report(event) } }
            tasks.addTask { await self.watchAgents() }
            tasks.addTask { await self.watchLog() }
            if let listener { tasks.addTask { await self.listen(by: listener) } }
        }
        state.with { $0.reports = nil }
    }

    /// Changes the board, and has reported what is new by it.
    @discardableResult
    func change<Answer>(_ body: (inout CallBoard) -> Answer) -> Answer {
        state.with { state in
            let answer = body(&state.board)
            state.flush()
            return answer
        }
    }

    // MARK: Events

    private func listen(by listener: any PushListening) async {
        while !Task.isCancelled {
            try? await listener.serve { body in self.take(body) }
            // Until it can listen again, the log tells.
            try? await clock.sleep(for: Self.rhythm.laterLook)
        }
    }

    /// Takes in a pushed event; whether it was one.
    private func take(_ body: [UInt8]) -> Bool {
        guard let event = CallEvent(body: body) else { return false }
        let now = clock.now
        change { $0.take(event, arrival: now, now: now) }
        return true
    }

    // MARK: Questions

    private func watchAgents() async {
        var failures = 0
        while !Task.isCancelled {
            do throws(VendorError) {
                let (agents, asOf) = try await monitoredAgents()
                failures = 0
                state.with { state in
                    state.heal(.agents)
                    state.reports?.yield(.agents(agents, asOf: asOf))
                }
            } catch {
                guard !Task.isCancelled else { return }
                failures += 1
                note(error, .agents)
            }
            try? await clock.sleep(for: Self.pause(Self.rhythm.agents, after: failures))
        }
    }

    private func watchLog() async {
        var failures = 0
        let patience = listener == nil ? .zero : Self.patience
        while !Task.isCancelled {
            try? await clock.sleep(for: Self.pause(Self.rhythm.laterLook, after: failures))
            let now = clock.now
            guard !Task.isCancelled, state.with(\.hasLog),
                let since = change({ $0.quietSince(patience, now: now) })
            else {
                state.with { $0.heal(.calls) }
                continue
            }
            do throws(VendorError) {
                try await look(since: since)
                failures = 0
                state.with { $0.heal(.calls) }
            } catch {
                failures += 1
                note(error, .calls)
            }
        }
    }

    /// Reads the log since an instant, and takes in what it has of our calls.
    func look(since start: Timestamp) async throws(VendorError) {
        do throws(VendorError) {
            let events = try await loggedCalls(since: start)
            let now = clock.now
            change { board in
                for event in events { board.take(event, arrival: nil, now: now) }
            }
        } catch {
            guard error.meaning == .misconfigured, listener != nil else { throw error }
            // The path of the log is an assumption: without it, pushed events have to do.
            state.with { $0.hasLog = false }
        }
    }

    /// Being turned away for the rate is no outage.
    private func note(_ error: VendorError, _ source: ClientState.Source) {
        if case .throttled = error.meaning { return }
        state.with { $0.fail(source, error) }
    }

    private static func pause(_ interval: Duration, after failures: Int) -> Duration {
        min(longestInterval, interval * (1 << min(failures, 5)))
    }
}
