import CurlTransport
import DialModel
import EventWire
import Telephony

/// One agent's browser with the bridge's page in it.
struct SimulatedPage: Sendable {
    /// How long a page waits before it tries again what has failed.
    private static let retryAfter = Duration.seconds(1)
    /// How much longer than the wait for commands a request may take, in real time.
    private static let slack = Duration.seconds(20)
    private static let largestBatch = 50

    /// The session is none any more.
    private struct SessionLost: Error {}

    /// What the program says of a session.
    private struct Session: Sendable {
        var name: String
        var agent: String
        var domain: String
        var wait: Int64
        let outbox = PageOutbox()
        let socket = Locked<(any EventChannel)?>(nil)
    }

    let address: String
    let key: Secret
    let transport: CurlTransport
    let clock: any RunClock

    /// Has the page open until cancelled.
    func run() async {
        while !Task.isCancelled {
            if let session = try? await begin() { await live(session) }
            try? await clock.sleep(for: Self.retryAfter)
        }
    }

    private func begin() async throws -> Session? {
        let answer = try await ask("POST", "/bridge/session", body: .object([:]))
        guard let name = answer["session"]?.text, let agent = answer["agent"]?.text,
            let domain = answer["domain"]?.text, let wait = answer["wait"]?.integer
        else { return nil }
        return Session(name: name, agent: agent, domain: domain, wait: wait)
    }

    /// Lives until the session is lost.
    private func live(_ session: Session) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await poll(session) }
            group.addTask { await post(session) }
            group.addTask { await stayConnected(session) }
            await group.next()
            group.cancelAll()
        }
    }

    // MARK: The program

    private func poll(_ session: Session) async {
        var after: Int64 = 0
        while !Task.isCancelled {
            do {
                let answer = try await ask(
                    "GET", "/bridge/commands?session=\(session.name)&after=\(after)&wait=\(session.wait)")
                guard case .array(let commands)? = answer["commands"] else { continue }
                for command in commands {
                    guard let seq = command["seq"]?.integer, seq > after else { continue }
                    after = seq
                    await carryOut(command, session)
                }
            } catch is SessionLost {
                return
            } catch {
                try? await clock.sleep(for: Self.retryAfter)
            }
        }
    }

    /// Hands a command to the SDK, whose answer comes with its events.
    private func carryOut(_ command: JSONValue, _ session: Session) async {
        guard let id = command["id"], let method = command["method"] else { return }
        guard let socket = session.socket.with({ $0 }) else {
            return session.outbox.add(["id": id, "Code": .string("0002"), "Message": .string("no connection")])
        }
        let message = JSONValue.object(["id": id, "method": method, "args": command["args"] ?? .array([])])
        // What cannot be sent may have been sent all the same: nobody answers then.
        try? await socket.send(message.serialized)
    }

    /// Posts what has come, again until it is confirmed.
    private func post(_ session: Session) async {
        for await _ in session.outbox.additions {
            while case let batch = session.outbox.first(Self.largestBatch), !batch.isEmpty, !Task.isCancelled {
                do {
                    let answer = try await ask(
                        "POST", "/bridge/events?session=\(session.name)", body: .object(["events": .array(batch)]))
                    session.outbox.confirm(answer["taken"]?.integer ?? 0)
                } catch is SessionLost {
                    return
                } catch {
                    try? await clock.sleep(for: Self.retryAfter)
                }
            }
        }
    }

    private func ask(_ method: String, _ path: String, body: JSONValue? = nil) async throws -> JSONValue {
        let response = try await transport.send(
            HTTPRequest(
                method: method, url: address + path,
                headers: [
                    HTTPField("Authorization", "Bearer \(key.revealed)"), HTTPField("Content-Type", "application/json"),
                ],
                body: body.map { Array($0.serialized.utf8) } ?? [], timeout: .seconds(25) + Self.slack,
                connection: .fresh))
        if response.status == 409 || response.status == 401 { throw SessionLost() }
        guard response.status == 200, let answer = JSONValue(parsing: response.body) else {
            throw TransportError(.outcomeUnknown, code: "HTTP \(response.status)", message: "the page was not answered")
        }
        return answer
    }

    // MARK: The SDK

    /// Keeps the SDK connected, with a new token each time.
    private func stayConnected(_ session: Session) async {
        while !Task.isCancelled {
            do {
                let token = try await ask("GET", "/bridge/token?session=\(session.name)")
                let socket = try await transport.open(ChannelRequest(url: Self.url(session, token)))
                session.socket.with { $0 = socket }
                try? await receive(from: socket, session)
                session.socket.with { $0 = nil }
                await socket.close()
                session.outbox.add(["event": .string("Disconnected"), "payload": .object(["Code": .string("0000")])])
            } catch is SessionLost {
                return
            } catch {
                // The vendor is not there; a moment later it may be.
            }
            try? await clock.sleep(for: Self.retryAfter)
        }
    }

    private static func url(_ session: Session, _ token: JSONValue) -> String {
        let parameters = ["appId", "timestamp", "token"].map { "&\($0)=\(token[$0]?.text ?? "")" }.joined()
        return "\(session.domain)?AgentId=\(session.agent)\(parameters)"
    }

    private func receive(from socket: any EventChannel, _ session: Session) async throws {
        let connect = JSONValue.object(["id": .string("-"), "method": .string("ConnectAsync"), "args": .array([])])
        try await socket.send(connect.serialized)
        while let text = try await socket.receive() {
            guard case .object(let members)? = JSONValue(parsing: Array(text.utf8)), members["id"] != .string("-")
            else {
                continue
            }
            session.outbox.add(members)
        }
    }
}

/// What a page has to tell and has not been confirmed, in order.
final class PageOutbox: Sendable {
    private struct State {
        var lastSeq: Int64 = 0
        var items: [(seq: Int64, value: JSONValue)] = []
    }

    /// Comes whenever something was added.
    let additions: AsyncStream<Void>
    private let addition: AsyncStream<Void>.Continuation
    private let state = Locked(State())

    init() {
        (additions, addition) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ members: [String: JSONValue]) {
        state.with { state in
            state.lastSeq += 1
            let seq = JSONValue.integer(state.lastSeq)
            state.items.append((state.lastSeq, .object(members.merging(["seq": seq]) { _, new in new })))
        }
        addition.yield()
    }

    func first(_ count: Int) -> [JSONValue] { state.with { $0.items.prefix(count).map(\.value) } }

    func confirm(_ seq: Int64) { state.with { $0.items.removeAll { $0.seq <= seq } } }
}
