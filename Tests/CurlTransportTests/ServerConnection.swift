import Foundation
import Glibc

/// One accepted connection, used by its own thread; others may only end it.
///
/// `@unchecked Sendable`: the descriptor is closed under `lock`, everything else belongs to the connection's thread.
final class ServerConnection: @unchecked Sendable {
    let index: Int
    private(set) weak var server: LoopbackServer?
    /// The socket, for scripts that pass bytes on.
    let descriptor: Int32
    private let lock = NSLock()
    private var isOpen = true
    private var buffer: [UInt8] = []

    /// Wraps an accepted socket.
    init(_ descriptor: Int32, index: Int, server: LoopbackServer) {
        self.descriptor = descriptor
        self.index = index
        self.server = server
    }

    /// The bytes up to an empty line, without it; nil at the end of the connection.
    func readHead() -> String? {
        let blank = Array("\r\n\r\n".utf8)
        while true {
            if let range = buffer.firstRange(of: blank) {
                let head = String(decoding: buffer[..<range.lowerBound], as: UTF8.self)
                buffer.removeSubrange(..<range.upperBound)
                return head
            }
            guard fill() else { return nil }
        }
    }

    /// So many bytes; nil when the connection ends before.
    func read(exactly count: Int) -> [UInt8]? {
        while buffer.count < count {
            guard fill() else { return nil }
        }
        let bytes = Array(buffer[..<count])
        buffer.removeSubrange(..<count)
        return bytes
    }

    /// Writes text as it is.
    func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes bytes; false once the other side is gone.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress?.advanced(by: sent), $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Waits until the other side has closed the connection.
    func waitForEnd() {
        while fill() {}
    }

    /// Closes the connection in good order.
    func close() {
        lock.withLock {
            if isOpen { Glibc.close(descriptor) }
            isOpen = false
        }
    }

    /// Closes the connection with a reset.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        close()
    }

    /// Ends the connection from another thread; its own thread closes it.
    func end() {
        lock.withLock {
            if isOpen { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffer.append(contentsOf: chunk[..<count])
        return true
    }
}
