import DialModel
import EventWire

/// Sessions over ordinary requests, for clients that have no WebSocket (`vendors/well-wincall.md`, B.3.3).
///
/// A poll that finds nothing waits for a moment and is answered with an empty packet: what came up meanwhile goes out with
/// the next.
extension WinCallDialect {
    /// One session that is polled: its place among all, and what waits for the next poll.
    struct PolledSession: Sendable {
        var packets: [EngineIOPacket]
        var isClosed = false
    }

    private static let emptyPollDelay = Duration.milliseconds(200)
    private static let unknownSession = RawAnswer(
        status: 400, body: Array(#"{"code":1,"message":"Session ID unknown"}"#.utf8))

    /// Answers a request of the polling transport.
    mutating func poll(_ request: RawRequest, in world: inout SimulatedCallCentre) -> RawAnswer {
        let query = FormParameters([request.query])
        guard query["EIO"] == "3", query["transport"] == "polling" else { return Self.unknownSession }
        guard let sid = query["sid"] else { return beginPolling(at: world.now) }
        guard let connection = polledConnection(sid) else { return Self.unknownSession }
        return request.method == "POST"
            ? receive(request, from: connection, in: &world) : answerPoll(of: connection)
    }

    /// Keeps what is to be sent on a session that is polled; false for any other.
    mutating func keepForPoll(_ output: PushOutput, _ connection: ConnectionID) -> Bool {
        guard polled[connection] != nil else { return connection.number < 0 }
        switch output {
        case .event(let text), .text(let text):
            if let packet = EngineIOPacket(text) { polled[connection]?.packets.append(packet) }
        case .close, .cut:
            polled[connection]?.packets.append(.close)
            polled[connection]?.isClosed = true
        }
        return true
    }

    private mutating func beginPolling(at now: Timestamp) -> RawAnswer {
        pollsBegun += 1
        // Sessions that are polled are none of the host's connections, which count from zero on.
        let connection = ConnectionID(number: -pollsBegun)
        polled[connection] = PolledSession(packets: [])
        greet(connection, at: now)
        return answerPoll(of: connection)
    }

    private func polledConnection(_ sid: String) -> ConnectionID? { polled.keys.first { Self.sid(of: $0) == sid } }

    private mutating func answerPoll(of connection: ConnectionID) -> RawAnswer {
        collectForPolls()
        guard let session = polled[connection] else { return Self.unknownSession }
        polled[connection]?.packets = []
        if session.isClosed { polled[connection] = nil }
        let isEmpty = session.packets.isEmpty
        return RawAnswer(
            status: 200, headers: [("Content-Type", "text/plain; charset=UTF-8")],
            body: EngineIOPayload.encoded(isEmpty ? [.noop] : session.packets),
            delay: isEmpty ? Self.emptyPollDelay : .zero)
    }

    private mutating func receive(
        _ request: RawRequest, from connection: ConnectionID, in world: inout SimulatedCallCentre
    ) -> RawAnswer {
        guard let packets = Self.packets(request.body) else { return Self.unknownSession }
        for packet in packets { received(packet.text, from: connection, in: &world) }
        collectForPolls()
        // The host tells of the end of its own connections only.
        if polled[connection]?.isClosed == true {
            polled[connection] = nil
            closed(connection, in: &world)
        }
        return RawAnswer(status: 200, headers: [("Content-Type", "text/plain; charset=UTF-8")], body: Array("ok".utf8))
    }

    /// The packets of a request, with their lengths as text or as bytes between 0 and 255.
    private static func packets(_ body: [UInt8]) -> [EngineIOPacket]? {
        guard body.first == 0 else { return EngineIOPayload.packets(body) }
        var packets: [EngineIOPacket] = []
        var rest = body[...]
        while let first = rest.popFirst() {
            guard first == 0, let end = rest.firstIndex(of: 255) else { return nil }
            let length = rest[..<end].reduce(0) { min($0, 1_000_000) * 10 + Int($1) }
            guard rest.index(after: end) + length <= rest.endIndex else { return nil }
            rest = rest[(end + 1)...]
            guard let packet = EngineIOPacket(String(decoding: rest.prefix(length), as: UTF8.self)) else { return nil }
            packets.append(packet)
            rest = rest.dropFirst(length)
        }
        return packets
    }
}
