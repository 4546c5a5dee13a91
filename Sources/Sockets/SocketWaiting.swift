package import FlyingSocks

/// Where the tasks of a server wait until their sockets are ready; in place of the library's own pool, whose record of
/// what the kernel watches can outlive a socket, so that the next one of its number is never heard.
package struct SocketWaiting: AsyncSocketPool {
    private let pool: any AsyncSocketPool

    /// A place where nobody waits yet.
    package init() { self.init(pool: SocketPool(queue: ReadinessQueue())) }

    /// A place whose waiting is done by another.
    init(pool: any AsyncSocketPool) { self.pool = pool }

    /// Makes it ready for those who wait; throws `SocketError` when the system has no descriptor left.
    package func prepare() async throws { try await pool.prepare() }

    /// Wakes those whose sockets are ready, until cancelled.
    package func run() async throws { try await pool.run() }

    /// Throws `CancellationError` to a task that is cancelled, even where its socket is ready: the descriptor may be
    /// another's by then.
    package func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        try Task.checkCancellation()
        try await pool.suspendSocket(socket, untilReadyFor: events)
        try Task.checkCancellation()
    }
}
