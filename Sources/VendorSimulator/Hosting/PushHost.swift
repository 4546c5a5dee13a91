import DialModel

/// The dialects that push, their connections, and what is on its way from the ones to the others.
///
/// A value without clock, sockets or tasks, like the world that it is handed.
struct PushHost: Sendable {
    /// What goes wrong at present; connections are cut from the time on at which the switch was set.
    private(set) var faults: SimulatorFaults
    private var dialects: [any PushDialect]
    private var line = EventLine()
    private var opened = 0
    /// The dialect of each open connection, by its place.
    private var owners: [ConnectionID: Int] = [:]
    private var nextCutAt: Timestamp?
    private var outbox: [(ConnectionID, PushOutput)] = []

    init(dialects: [any PushDialect], faults: SimulatorFaults, at now: Timestamp) {
        self.dialects = dialects
        self.faults = faults
        set(faults, at: now)
    }

    /// Switches faults.
    mutating func set(_ faults: SimulatorFaults, at now: Timestamp) {
        self.faults = faults
        for index in dialects.indices { dialects[index].faults = faults }
        let interval = faults.cutConnectionsEveryMs
        nextCutAt = interval > 0 ? now + .milliseconds(interval) : nil
    }

    /// Whether anybody is told of what changes in the world.
    var hasDialects: Bool { !dialects.isEmpty }

    /// When `settle` has something to do without anybody's doing.
    var nextDueAt: Timestamp? {
        ([line.nextDueAt, nextCutAt] + dialects.map(\.nextDueAt)).compactMap { $0 }.min()
    }

    /// The vendor of a call and its id there; nil for a call that none of these dialects placed.
    func name(ofCall ordinal: Int) -> (vendor: String, id: String)? {
        for dialect in dialects {
            if let id = dialect.callID(ofCall: ordinal) { return (dialect.vendor, id) }
        }
        return nil
    }

    /// Whether connections can be opened on a path.
    func pushes(on path: String) -> Bool { dialects.contains { $0.pushes(on: path) } }

    /// Opens a connection for the first dialect that pushes on the path; nil when there is none.
    mutating func open(_ request: RawRequest, in world: inout SimulatedCallCentre) -> ConnectionID? {
        guard let owner = dialects.firstIndex(where: { $0.pushes(on: request.path) }) else { return nil }
        let connection = ConnectionID(number: opened)
        opened += 1
        owners[connection] = owner
        dialects[owner].opened(connection, by: request, in: &world)
        return connection
    }

    /// Hands on a text message.
    mutating func receive(_ text: String, from connection: ConnectionID, in world: inout SimulatedCallCentre) {
        guard let owner = owners[connection] else { return }
        dialects[owner].received(text, from: connection, in: &world)
    }

    /// A connection is gone; does nothing a second time.
    mutating func close(_ connection: ConnectionID, in world: inout SimulatedCallCentre) {
        guard let owner = owners.removeValue(forKey: connection) else { return }
        line.forget(connection)
        dialects[owner].closed(connection, in: &world)
    }

    /// The answer of the first dialect whose path it is.
    mutating func answer(_ request: RawRequest, in world: inout SimulatedCallCentre) -> RawAnswer? {
        for index in dialects.indices {
            if let answer = dialects[index].answer(request, in: &world) { return answer }
        }
        return nil
    }

    /// Brings everybody up to date at the world's present instant, until nothing is left to tell.
    mutating func settle(in world: inout SimulatedCallCentre) {
        cutIfDue(at: world.now)
        for index in dialects.indices where isDue(index, by: world.now) {
            dialects[index].timePassed(in: &world)
            precondition(!isDue(index, by: world.now), "\(dialects[index].vendor) is due again at \(world.now)")
        }
        repeat {
            tell(in: &world)
            collect(at: world.now)
        } while send(in: &world)
    }

    /// Gives what is to be sent, in order, and forgets it.
    mutating func takeOutbox() -> [(ConnectionID, PushOutput)] {
        defer { outbox = [] }
        return outbox
    }

    private func isDue(_ index: Int, by now: Timestamp) -> Bool {
        dialects[index].nextDueAt.map { $0 <= now } ?? false
    }

    private mutating func cutIfDue(at now: Timestamp) {
        guard let due = nextCutAt, due <= now else { return }
        nextCutAt = due + .milliseconds(faults.cutConnectionsEveryMs)
        for connection in owners.keys.sorted() {
            line.forget(connection)
            line.add(.cut, to: connection, under: faults, at: now)
        }
    }

    /// Tells every dialect what has changed, and what they change by that.
    private mutating func tell(in world: inout SimulatedCallCentre) {
        while case let changes = world.takeChanges(), !changes.isEmpty {
            for index in dialects.indices { dialects[index].take(changes, in: &world) }
        }
    }

    private mutating func collect(at now: Timestamp) {
        for index in dialects.indices {
            for (connection, output) in dialects[index].takeOutput()
            where owners[connection] == index || connection == .posting {
                line.add(output, to: connection, under: faults, at: now)
            }
        }
    }

    /// Moves what is due to the outbox; gives whether a connection went with it, of which a dialect has been told.
    private mutating func send(in world: inout SimulatedCallCentre) -> Bool {
        var hasClosed = false
        for (connection, output) in line.take(dueBy: world.now)
        where owners[connection] != nil || connection == .posting {
            outbox.append((connection, output))
            switch output {
            case .event, .text: continue
            case .close, .cut:
                close(connection, in: &world)
                hasClosed = true
            }
        }
        return hasClosed
    }
}
