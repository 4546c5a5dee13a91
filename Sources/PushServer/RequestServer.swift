import FlyingSocks
import Foundation
import Glibc
import Sockets
import Telephony
import Wording

/// How much a server bears of its callers, and where they find it.
struct RequestLimits: Hashable, Sendable {
    /// The IPv4 address.
    var host: String
    /// The TCP port; zero for any that is free.
    var port: UInt16
    /// The most bytes of a request line with its header fields.
    var mostHeadBytes: Int
    /// The most bytes of a body.
    var mostBodyBytes: Int
    /// How long a request may take to arrive, and its answer to be taken, in real time.
    var patience: Duration
    /// The most connections at a time; the next is turned away.
    var mostConnections: Int
}

/// A small HTTP server, one request on a connection.
///
/// It reads requests by itself, because what anybody may send has to be bounded in size and in time before it is believed
/// to be a request. It speaks no TLS: whoever lets requests in from elsewhere puts a proxy before it that does.
final class RequestServer: Sendable {
    private let limits: RequestLimits
    private let listener = Locked<Socket?>(nil)

    /// A server that does not listen yet.
    init(limits: RequestLimits) {
        self.limits = limits
    }

    deinit {
        listener.with { try? $0?.close() }
    }

    /// The port on which it listens; nil as long as it does not.
    var port: UInt16? {
        listener.with { socket in
            guard case .ip4(_, port: let port)? = try? socket?.sockname() else { return nil }
            return port
        }
    }

    /// Begins to listen; does nothing if it listens already.
    func open() throws(PushListeningError) {
        _ = try listening()
    }

    /// Receives requests until cancelled.
    func serve(_ reception: some Reception) async throws(PushListeningError) {
        let socket = try listening()
        let pool = SocketWaiting()
        do {
            try await pool.prepare()
            try await serve(socket, pool, reception)
        } catch {
            guard !Task.isCancelled else { return }
            throw failure(.cannotGoOn, error)
        }
    }

    private func serve(_ socket: Socket, _ pool: some AsyncSocketPool, _ reception: some Reception) async throws {
        let listener = try AsyncSocket(socket: socket, pool: pool)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run() }
            group.addTask { await self.receive(on: listener, reception) }
            try await group.next()
            group.cancelAll()
        }
    }

    private func receive(on listener: AsyncSocket, _ reception: some Reception) async {
        let visits = Locked(0)
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                guard let socket = try? await listener.accept() else {
                    // Out of descriptors, most likely: a moment later there may be some.
                    try? await Task.sleep(for: .seconds(1))
                    continue
                }
                guard visits.with({ $0 < self.limits.mostConnections }) else {
                    _ = try? socket.socket.write(RequestAnswer(503).bytes)
                    try? socket.close()
                    continue
                }
                visits.with { $0 += 1 }
                group.addTask {
                    await Visit(socket: socket, limits: self.limits).receive(reception)
                    visits.with { $0 -= 1 }
                }
            }
        }
    }

    /// The socket that listens, which it does from the first call on.
    private func listening() throws(PushListeningError) -> Socket {
        let result: Result<Socket, any Error> = listener.with { open in
            if let open { return .success(open) }
            let result = Result { try Self.listen(limits) }
            open = try? result.get()
            return result
        }
        switch result {
        case .success(let socket): return socket
        case .failure(let error): throw failure(.cannotListen, error)
        }
    }

    private static func listen(_ limits: RequestLimits) throws -> Socket {
        let address: sockaddr_in = try .inet(ip4: limits.host, port: limits.port)
        let socket = try Socket(domain: Int32(AF_INET))
        do {
            try socket.setValue(true, for: .localAddressReuse)
            try socket.bind(to: address)
            try socket.listen()
            return socket
        } catch {
            try? socket.close()
            throw error
        }
    }

    private func failure(_ phrase: ListeningPhrase, _ error: any Error) -> PushListeningError {
        var reason = Phrase(same: error.localizedDescription)
        if case .failed(_, let errno, _) = error as? SocketError { reason = SystemPhrase.saying(errno) }
        return PushListeningError(phrase.filled("\(limits.host):\(limits.port)", reason))
    }
}
