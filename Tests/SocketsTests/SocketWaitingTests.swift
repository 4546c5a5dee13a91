import FlyingSocks
import Foundation
import Glibc
import Testing

@testable import Sockets

@Suite("Tasks wait for their sockets", .timeLimit(.minutes(5)))
struct SocketWaitingTests {
    /// Does something while a place to wait is open.
    private func withWaiting(_ body: @Sendable @escaping (SocketWaiting) async throws -> Void) async throws {
        let waiting = SocketWaiting()
        try await waiting.prepare()
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Where it breaks off, whoever waits is told so.
            group.addTask { try? await waiting.run() }
            try await body(waiting)
            group.cancelAll()
        }
    }

    /// A server that sends every byte back, until cancelled.
    private func echo(_ listener: AsyncSocket) async {
        await withDiscardingTaskGroup { group in
            while let socket = try? await listener.accept() {
                group.addTask {
                    while let bytes = try? await socket.read(atMost: 64), !bytes.isEmpty {
                        guard (try? await socket.write(Data(bytes))) != nil else { break }
                    }
                    try? socket.close()
                }
            }
        }
    }

    @Test("Hundreds of connections, whose numbers are used over and over, are all answered")
    func many() async throws {
        let server = try Socket(domain: Int32(AF_INET))
        try server.bind(to: sockaddr_in.inet(ip4: "127.0.0.1", port: 0))
        try server.listen()
        let address = try server.sockname()
        guard case .ip4(_, let port) = address else { throw SocketError.unsupportedAddress }
        try await withWaiting { waiting in
            let listener = try AsyncSocket(socket: server, pool: waiting)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await self.echo(listener) }
                try await withThrowingTaskGroup(of: Void.self) { clients in
                    for _ in 0..<8 {
                        clients.addTask {
                            for round in 0..<50 {
                                let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: port)
                                let socket = try await AsyncSocket.connected(to: address, pool: waiting, timeout: 60)
                                try await socket.write(Data([UInt8(round & 255)]))
                                #expect(try await socket.read() == UInt8(round & 255))
                                try socket.close()
                            }
                        }
                    }
                    try await clients.waitForAll()
                }
                group.cancelAll()
            }
        }
        try server.close()
    }

    /// Does not wait, and cancels whoever asks it to.
    private struct Canceller: AsyncSocketPool {
        let asked: @Sendable () -> Void

        func prepare() async throws {}
        func run() async throws {}

        func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
            asked()
            withUnsafeCurrentTask { $0?.cancel() }
        }
    }

    @Test("A task that is cancelled is given no socket, though that is ready, and waits for none")
    func cancelled() async throws {
        await confirmation(expectedCount: 1) { asked in
            let waiting = SocketWaiting(pool: Canceller { asked() })
            let socket = Socket(file: .init(rawValue: .max))
            let task = Task {
                await #expect(throws: CancellationError.self) {
                    try await waiting.suspendSocket(socket, untilReadyFor: [.read])
                }
                try await waiting.suspendSocket(socket, untilReadyFor: [.read])
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}
