import Foundation

/// Counts requests and closes the door when a fault says so.
///
/// `@unchecked Sendable`: every access to the state goes through `lock`.
final class ConnectionGate: @unchecked Sendable {
    private let lock = NSLock()
    private var openPort: UInt16?
    private var admitted = 0
    private var isClosing = false
    private var closingSignal: AsyncStream<Void>.Continuation?

    /// The port on which the server listens, while it does.
    var port: UInt16? { lock.withLock { openPort } }

    /// Whether the door was closed by a fault, rather than by whoever runs the server.
    var hasClosed: Bool { lock.withLock { isClosing } }

    /// Opens the door; the stream gives an element when it has to be closed.
    func open(port: UInt16) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        lock.withLock {
            openPort = port
            admitted = 0
            isClosing = false
            closingSignal = continuation
        }
        return stream
    }

    /// Counts a request, and refuses it once there have been `limit`, when the door closes; zero is no limit.
    func admits(limit: Int) -> Bool {
        lock.withLock {
            admitted += 1
            guard limit > 0, admitted > limit else { return true }
            isClosing = true
            closingSignal?.yield()
            return false
        }
    }

    /// Counts from zero again, for faults that have just been switched.
    func countAnew() {
        lock.withLock { admitted = 0 }
    }
}
