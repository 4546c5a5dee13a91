import DialModel
import EventWire

/// A client's channel as the broker has it.
struct StompSession: Sendable {
    var decoder = STOMPDecoder()
    /// What the client wants to be told, by the names that it gave.
    var subscriptions: [(id: String, destination: String)] = []
}

/// Who is told of a topic: a channel, and its own name of the subscription.
struct StompListener: Sendable {
    var connection: ConnectionID
    var id: String
}

/// The signs of life that the broker gives on a channel.
struct StompBeat: Sendable {
    var dueAt: Timestamp
    var interval: Duration
}

extension WellDialect {
    /// How often the broker offers to give a sign of life, and wants one.
    private static let heartBeat = STOMPHeartBeat(sends: .seconds(10), wants: .seconds(10))

    /// No later than when there is something to do: agents' signs of life only put it off.
    var nextDueAt: Timestamp? { wakesAt }

    /// Sees to it that there is a look at the clock by then.
    mutating func wake(at instant: Timestamp) { wakesAt = min(wakesAt ?? instant, instant) }

    func pushes(on path: String) -> Bool { path == SimulatedWell.eventPath }

    mutating func opened(_ connection: ConnectionID, by request: RawRequest, in world: inout SimulatedCallCentre) {
        connections[connection] = StompSession()
    }

    mutating func received(_ text: String, from connection: ConnectionID, in world: inout SimulatedCallCentre) {
        connections[connection]?.decoder.append(text.utf8)
        do {
            while let frame = try connections[connection]?.decoder.next() { take(frame, connection, at: world.now) }
        } catch {
            fail(connection, "the client \(error.reason)")
        }
    }

    private mutating func take(_ frame: STOMPFrame, _ connection: ConnectionID, at now: Timestamp) {
        switch frame.command {
        case "CONNECT", "STOMP": accept(frame, connection, at: now)
        case "SUBSCRIBE":
            guard let id = frame["id"], let destination = frame["destination"] else {
                return fail(connection, "a subscription needs an id and a destination")
            }
            connections[connection]?.subscriptions.append((id, destination))
            listeners[destination, default: []].append(StompListener(connection: connection, id: id))
        case "UNSUBSCRIBE": unsubscribe(connection) { $0 == frame["id"] }
        case "DISCONNECT": output.append((connection, .close(code: 1000, reason: "")))
        default: fail(connection, "no such command")
        }
    }

    mutating func closed(_ connection: ConnectionID, in world: inout SimulatedCallCentre) {
        unsubscribe(connection) { _ in true }
        connections[connection] = nil
        beats[connection] = nil
    }

    private mutating func unsubscribe(_ connection: ConnectionID, where isMeant: (String) -> Bool) {
        for (id, destination) in connections[connection]?.subscriptions ?? [] where isMeant(id) {
            listeners[destination]?.removeAll { $0.connection == connection && $0.id == id }
        }
        connections[connection]?.subscriptions.removeAll { isMeant($0.id) }
    }

    mutating func timePassed(in world: inout SimulatedCallCentre) {
        let now = world.now
        for (connection, beat) in beats.filter({ $0.value.dueAt <= now }).sorted(by: { $0.key < $1.key }) {
            beats[connection]?.dueAt = now + beat.interval
            output.append((connection, .text(STOMPFrame.heartBeat)))
        }
        for agent in bindings.filter({ $0.value.beatAt + tenant.heartbeatLimit <= now }).keys.sorted() {
            // Who is in a call is signed out after it, and then unbound.
            bindings[agent]?.beatAt = now
            world.signOut(agent: agent, at: now)
        }
        let ends = bindings.values.map { $0.beatAt + tenant.heartbeatLimit }
        wakesAt = (beats.values.map(\.dueAt) + ends).min()
    }

    /// Sends an event to whoever has subscribed to exactly this topic; to nobody else, now or later.
    mutating func publish(_ event: [UInt8], to topic: String) {
        for listener in listeners[topic] ?? [] {
            let frame = STOMPFrame(
                "MESSAGE",
                [
                    STOMPHeader("subscription", listener.id),
                    STOMPHeader("message-id", "\(listener.connection.number)-\(serial)"),
                    STOMPHeader("destination", topic),
                    STOMPHeader("content-type", "application/json;charset=UTF-8"),
                ], body: event)
            output.append((listener.connection, .event(text(frame))))
        }
    }

    private mutating func accept(_ frame: STOMPFrame, _ connection: ConnectionID, at now: Timestamp) {
        let versions = frame["accept-version"]?.split(separator: ",") ?? ["1.0"]
        guard versions.contains("1.1") else { return fail(connection, "version 1.1 is spoken here") }
        if let wishes = frame["heart-beat"].flatMap(STOMPHeartBeat.init),
            let interval = Self.heartBeat.interval(to: wishes)
        {
            beats[connection] = StompBeat(dueAt: now + interval, interval: interval)
            wake(at: now + interval)
        }
        let answer = STOMPFrame(
            "CONNECTED", [STOMPHeader("version", "1.1"), STOMPHeader("heart-beat", Self.heartBeat.text)])
        output.append((connection, .text(text(answer))))
    }

    private mutating func fail(_ connection: ConnectionID, _ message: String) {
        output.append((connection, .text(text(STOMPFrame("ERROR", [STOMPHeader("message", message)])))))
        output.append((connection, .close(code: 1002, reason: message)))
    }

    private func text(_ frame: STOMPFrame) -> String { String(decoding: frame.encoded, as: UTF8.self) }
}
