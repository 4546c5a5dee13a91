import FlyingFox
import Foundation

/// The open connections as sockets: what dialects send goes to them, and what they bring is handed out to be read.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class PushConnections: @unchecked Sendable {
    /// The two ends of a TCP connection on loopback.
    struct Ports: Sendable {
        var server: UInt16
        var client: UInt16
    }

    /// A connection that waits to be read.
    struct Opened: Sendable {
        var id: ConnectionID
        var messages: AsyncStream<WSMessage>
    }

    private struct Connection {
        var ports: Ports
        var output: AsyncStream<WSMessage>.Continuation
    }

    private let lock = NSLock()
    private var connections: [ConnectionID: Connection] = [:]
    private var reader: AsyncStream<Opened>.Continuation?

    /// The connections that will be opened from now on, for one reader.
    func readable() -> AsyncStream<Opened> {
        let (stream, continuation) = AsyncStream.makeStream(of: Opened.self)
        lock.withLock { reader = continuation }
        return stream
    }

    /// Enters a connection and gives what is to be written to it.
    func add(_ opened: Opened, ports: Ports) -> AsyncStream<WSMessage> {
        let (stream, continuation) = AsyncStream.makeStream(of: WSMessage.self)
        lock.withLock {
            connections[opened.id] = Connection(ports: ports, output: continuation)
            _ = reader?.yield(opened)
        }
        return stream
    }

    /// Sends what dialects have to say, in order; what is for a connection that is gone reaches nobody.
    func send(_ outputs: [(ConnectionID, PushOutput)]) {
        lock.withLock {
            for (id, output) in outputs {
                guard let connection = connections[id] else { continue }
                switch output {
                case .event(let text), .text(let text):
                    connection.output.yield(.text(text))
                case .close(let code, let reason):
                    connection.output.yield(.close(WSCloseCode(code, reason: reason)))
                    end(id)
                case .cut:
                    ConnectionReset.reset(serverPort: connection.ports.server, clientPort: connection.ports.client)
                    end(id)
                }
            }
        }
    }

    /// A connection is gone; does nothing a second time.
    func remove(_ id: ConnectionID) { lock.withLock { end(id) } }

    private func end(_ id: ConnectionID) { connections.removeValue(forKey: id)?.output.finish() }
}
