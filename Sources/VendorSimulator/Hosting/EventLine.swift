import DialModel

/// The way from the dialects to the connections, on which the fault switches lose, double and delay events.
struct EventLine: Sendable {
    /// Something to be sent, and when.
    private struct Held: Sendable {
        var connection: ConnectionID
        var output: PushOutput
        var due: Timestamp
    }

    private var events = 0
    /// What waits, ascending by the time at which it is due; on one connection nothing overtakes.
    private var held: [Held] = []

    /// When something is to be sent next.
    var nextDueAt: Timestamp? { held.first?.due }

    /// Takes something to be sent.
    mutating func add(
        _ output: PushOutput, to connection: ConnectionID, under faults: SimulatorFaults, at now: Timestamp
    ) {
        guard case .event = output else {
            hold(output, connection, due: now)
            return
        }
        events += 1
        guard !SimulatorFaults.strikes(faults.loseEventEvery, events) else { return }
        let isLate = SimulatorFaults.strikes(faults.delayEventEvery, events)
        let due = isLate ? now + .milliseconds(faults.delayEventMs) : now
        let copies = SimulatorFaults.strikes(faults.duplicateEventEvery, events) ? 2 : 1
        for _ in 0..<copies { hold(output, connection, due: due) }
    }

    /// Gives what is to be sent by now, in order.
    mutating func take(dueBy now: Timestamp) -> [(ConnectionID, PushOutput)] {
        let count = held.prefix { $0.due <= now }.count
        defer { held.removeFirst(count) }
        return held.prefix(count).map { ($0.connection, $0.output) }
    }

    /// Forgets what waits for a connection that is gone.
    mutating func forget(_ connection: ConnectionID) { held.removeAll { $0.connection == connection } }

    private mutating func hold(_ output: PushOutput, _ connection: ConnectionID, due: Timestamp) {
        let before = connection == .posting ? due : held.last { $0.connection == connection }?.due ?? due
        let item = Held(connection: connection, output: output, due: max(due, before))
        let place = held.firstIndex { $0.due > item.due } ?? held.count
        held.insert(item, at: place)
    }
}
