import FlyingSocks
import Foundation
import Glibc
import Sockets

/// A socket pool that turns Nagle's algorithm off.
///
/// The server writes head and body of an answer one after the other; with the algorithm on, each answer would wait
/// for the peer's delayed acknowledgement. The first socket that asks to be suspended is the listener, and Linux hands
/// its setting on to the connections accepted from it.
struct PromptSocketPool: AsyncSocketPool {
    private let pool = SocketWaiting()
    private let first = FirstTime()

    func prepare() async throws { try await pool.prepare() }

    func run() async throws { try await pool.run() }

    func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        if first.isNow() {
            try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
        }
        try await pool.suspendSocket(socket, untilReadyFor: events)
    }

    /// `@unchecked Sendable`: `isOver` is read and written under `lock` only.
    private final class FirstTime: @unchecked Sendable {
        private let lock = NSLock()
        private var isOver = false

        func isNow() -> Bool {
            lock.withLock {
                defer { isOver = true }
                return !isOver
            }
        }
    }
}
