import DialModel
import EventWire

/// A client's line as the broker has it.
struct StompSession: Sendable {
    /// What the client wants to be told, by the names that it gave.
    var subscriptions: [(id: String, destination: String)] = []
    /// When the broker gives the next sign of life; nil for never.
    var beatsAt: Timestamp?
    var beatInterval = Duration.zero
}

extension WellDialect {
    /// How often the broker offers to give a sign of life.
    private static let ownBeat = 10_000

    var nextDueAt: Timestamp? {
        let beats = connections.values.compactMap(\.beatsAt)
        let ends = bindings.values.map { $0.beatAt + tenant.heartbeatLimit }
        return (beats + ends).min()
    }

    func pushes(on path: String) -> Bool { path == SimulatedWell.eventPath }

    mutating func opened(_ connection: ConnectionID, by request: RawRequest, in world: inout SimulatedCallCentre) {
        connections[connection] = StompSession()
    }

    mutating func received(_ text: String, from connection: ConnectionID, in world: inout SimulatedCallCentre) {
        guard let frame = StompFrame(text) else { return }
        switch frame.command {
        case "CONNECT", "STOMP": accept(frame, connection, at: world.now)
        case "SUBSCRIBE":
            guard let id = frame.headers["id"], let destination = frame.headers["destination"] else {
                return fail(connection, "a subscription needs an id and a destination")
            }
            connections[connection]?.subscriptions.append((id, destination))
        case "UNSUBSCRIBE": connections[connection]?.subscriptions.removeAll { $0.id == frame.headers["id"] }
        case "DISCONNECT": output.append((connection, .close(code: 1000, reason: "")))
        default: fail(connection, "no such command")
        }
    }

    mutating func closed(_ connection: ConnectionID, in world: inout SimulatedCallCentre) {
        connections[connection] = nil
    }

    mutating func timePassed(in world: inout SimulatedCallCentre) {
        for (connection, session) in connections.sorted(by: { $0.key < $1.key }) {
            guard let due = session.beatsAt, due <= world.now else { continue }
            connections[connection]?.beatsAt = world.now + session.beatInterval
            output.append((connection, .text(StompFrame.beat)))
        }
        for (agent, binding) in bindings.sorted(by: { $0.key < $1.key })
        where binding.beatAt + tenant.heartbeatLimit <= world.now {
            // Who is in a call is signed out after it, and then unbound.
            bindings[agent]?.beatAt = world.now
            world.signOut(agent: agent, at: world.now)
        }
    }

    /// Sends an event to whoever has subscribed to exactly this topic; to nobody else, now or later.
    mutating func publish(_ event: [UInt8], to topic: String) {
        for (connection, session) in connections.sorted(by: { $0.key < $1.key }) {
            for subscription in session.subscriptions where subscription.destination == topic {
                let frame = StompFrame(
                    "MESSAGE",
                    [
                        "subscription": subscription.id, "message-id": "\(connection.number)-\(serial)",
                        "destination": topic, "content-type": "application/json;charset=UTF-8",
                        "content-length": String(event.count),
                    ], body: String(decoding: event, as: UTF8.self))
                output.append((connection, .event(frame.text)))
            }
        }
    }

    private mutating func accept(_ frame: StompFrame, _ connection: ConnectionID, at now: Timestamp) {
        let versions = frame.headers["accept-version"]?.split(separator: ",") ?? ["1.0"]
        guard versions.contains("1.1") else { return fail(connection, "version 1.1 is spoken here") }
        let wishes = frame.headers["heart-beat"]?.split(separator: ",").compactMap { Int($0) } ?? []
        if wishes.count == 2, wishes[1] > 0 {
            let interval = Duration.milliseconds(max(wishes[1], Self.ownBeat))
            connections[connection]?.beatInterval = interval
            connections[connection]?.beatsAt = now + interval
        }
        let answer = StompFrame("CONNECTED", ["version": "1.1", "heart-beat": "\(Self.ownBeat),\(Self.ownBeat)"])
        output.append((connection, .text(answer.text)))
    }

    private mutating func fail(_ connection: ConnectionID, _ message: String) {
        output.append((connection, .text(StompFrame("ERROR", ["message": message]).text)))
        output.append((connection, .close(code: 1002, reason: message)))
    }
}
