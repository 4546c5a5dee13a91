import FlyingFox
import FlyingSocks
import Foundation
import Glibc
package import Telephony

/// A small HTTP server to which a vendor's servers bring their events, one request on a connection.
///
/// It reads requests by itself, because what anybody may send has to be bounded in size and in time before it is believed
/// to be a request. It speaks no TLS: whoever lets events in from elsewhere puts a proxy before it that does.
package final class PushServer: PushListening {
    private let settings: PushServerSettings
    private let listener = Locked<Socket?>(nil)

    /// A server that does not listen yet.
    package init(settings: PushServerSettings) {
        self.settings = settings
    }

    deinit {
        listener.with { try? $0?.close() }
    }

    /// The port on which it listens; nil as long as it does not.
    package var port: UInt16? {
        listener.with { socket in
            guard case .ip4(_, port: let port)? = try? socket?.sockname() else { return nil }
            return port
        }
    }

    package func open() async throws(PushListeningError) {
        _ = try listening()
    }

    package func serve(
        _ take: @escaping @Sendable (_ body: [UInt8]) async -> Bool
    ) async throws(PushListeningError) {
        let socket = try listening()
        let pool: any AsyncSocketPool = HTTPServer.defaultPool()
        do {
            try await pool.prepare()
            try await serve(socket, pool, take)
        } catch {
            guard !Task.isCancelled else { return }
            throw failure("cannot go on listening", error)
        }
    }

    private func serve(
        _ socket: Socket, _ pool: some AsyncSocketPool, _ take: @escaping @Sendable ([UInt8]) async -> Bool
    ) async throws {
        let listener = try AsyncSocket(socket: socket, pool: pool)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run() }
            group.addTask { try await self.receive(on: listener, take) }
            try await group.next()
            group.cancelAll()
        }
    }

    private func receive(
        on listener: AsyncSocket, _ take: @escaping @Sendable ([UInt8]) async -> Bool
    ) async throws {
        let visits = Locked(0)
        try await withThrowingDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let socket = try await listener.accept()
                guard visits.with({ $0 < self.settings.mostConnections }) else {
                    _ = try? socket.socket.write(PushStatus.tooMany.response)
                    try? socket.close()
                    continue
                }
                visits.with { $0 += 1 }
                group.addTask {
                    await Visit(socket: socket, settings: self.settings).receive(take)
                    visits.with { $0 -= 1 }
                }
            }
        }
    }

    /// The socket that listens, which it does from the first call on.
    private func listening() throws(PushListeningError) -> Socket {
        let result: Result<Socket, any Error> = listener.with { open in
            if let open { return .success(open) }
            let result = Result { try Self.listen(settings) }
            open = try? result.get()
            return result
        }
        switch result {
        case .success(let socket): return socket
        case .failure(let error): throw failure("cannot listen", error)
        }
    }

    private static func listen(_ settings: PushServerSettings) throws -> Socket {
        let address: sockaddr_in = try .inet(ip4: settings.host, port: settings.port)
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

    private func failure(_ words: String, _ error: any Error) -> PushListeningError {
        PushListeningError("\(words) on \(settings.host):\(settings.port): \(error.localizedDescription)")
    }
}
