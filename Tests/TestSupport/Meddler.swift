import Foundation
import Glibc
import Synchronization

/// Stands between a client and a server on loopback, hands on what they say, and does harm when it is told to.
///
/// Each connection has two threads, which end with it.
package final class Meddler: Sendable {
    /// What is done with the next piece of what a client says that contains a word.
    package enum Harm: Hashable, Sendable {
        /// The server hears it, and the client never hears the answer.
        case loseAnswer
        /// The server never hears it, and the client is cut off.
        case loseRequest
        /// The client is cut off, and the server hears it only when `release` is called.
        case delayRequest
        /// The client waits, and the server hears it only when `release` is called.
        case holdRequest
    }

    private struct State {
        var harm: (word: [UInt8], kind: Harm, isDone: Signal)?
        var held: [(link: Link, bytes: [UInt8])] = []
        var waiting: [Signal] = []
        var harmed = 0
        var heard = 0
    }

    /// The two sockets of a connection, which are closed when nobody needs them any more.
    private final class Link: Sendable {
        let client: Int32
        let server: Int32

        init(client: Int32, server: Int32) {
            self.client = client
            self.server = server
        }

        deinit {
            Glibc.close(client)
            Glibc.close(server)
        }
    }

    private let listener: Int32
    private let server: UInt16
    private let state = Mutex(State())
    /// Where clients connect to.
    package let port: UInt16

    /// Stands before the server at a port of loopback.
    package init?(before server: UInt16) {
        self.server = server
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = Self.loopback(0)
        guard Self.withAddress(&address, { bind(listener, $0, $1) }) == 0, listen(listener, 16) == 0 else { return nil }
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isNamed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        guard isNamed == 0 else { return nil }
        port = UInt16(bigEndian: address.sin_port)
        Self.thread { [self] in accept() }
    }

    /// Does harm once, to what contains a word; tells when it is done.
    @discardableResult
    package func harm(_ kind: Harm, at word: String) -> Signal {
        let isDone = Signal()
        state.withLock { $0.harm = (Array(word.utf8), kind, isDone) }
        return isDone
    }

    /// How often harm was done.
    package var harmed: Int { state.withLock { $0.harmed } }

    /// How many pieces clients have said; of a client that waits for each answer, how often it has waited.
    package var heard: Int { state.withLock { $0.heard } }

    /// Lets the server hear what was kept from it.
    package func release() {
        let (held, waiting) = state.withLock { state in
            defer { (state.held, state.waiting) = ([], []) }
            return (state.held, state.waiting)
        }
        for client in waiting { client.fire() }
        for (link, bytes) in held {
            Self.send(bytes, to: link.server)
            // What the server answers is for nobody, and it is cut off when it has.
            Self.thread {
                var buffer = [UInt8](repeating: 0, count: 4_096)
                while recv(link.server, &buffer, buffer.count, 0) > 0 {}
            }
            shutdown(link.server, Int32(SHUT_WR))
        }
    }

    /// Takes no more connections.
    package func close() { shutdown(listener, Int32(SHUT_RDWR)) }

    // MARK: - Connections

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { break }
            let link = Link(client: client, server: socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
            var address = Self.loopback(server)
            guard Self.withAddress(&address, { connect(link.server, $0, $1) }) == 0 else { continue }
            Self.thread { [self] in handOn(link) }
            Self.thread {
                var buffer = [UInt8](repeating: 0, count: 1 << 16)
                while case let count = recv(link.server, &buffer, buffer.count, 0), count > 0 {
                    Self.send(Array(buffer[..<count]), to: link.client)
                }
                shutdown(link.client, Int32(SHUT_RDWR))
            }
        }
        Glibc.close(listener)
    }

    private func handOn(_ link: Link) {
        let (client, server) = (link.client, link.server)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = recv(client, &buffer, buffer.count, 0), count > 0 {
            let bytes = Array(buffer[..<count])
            guard let harm = takeHarm(to: bytes) else {
                Self.send(bytes, to: server)
                continue
            }
            switch harm.kind {
            case .loseAnswer:
                shutdown(client, Int32(SHUT_RDWR))
                Self.send(bytes, to: server)
                // It does what it was asked, and then finds that nobody is there.
                shutdown(server, Int32(SHUT_WR))
            case .loseRequest:
                shutdown(client, Int32(SHUT_RDWR))
                shutdown(server, Int32(SHUT_RDWR))
            case .delayRequest:
                state.withLock { $0.held.append((link, bytes)) }
                shutdown(client, Int32(SHUT_RDWR))
            case .holdRequest:
                let isReleased = Signal()
                state.withLock { $0.waiting.append(isReleased) }
                harm.isDone.fire()
                isReleased.block()
                Self.send(bytes, to: server)
                continue
            }
            harm.isDone.fire()
            return
        }
        shutdown(server, Int32(SHUT_RDWR))
    }

    /// Counts a piece, and takes the harm that is meant for it.
    private func takeHarm(to bytes: [UInt8]) -> (kind: Harm, isDone: Signal)? {
        state.withLock { state in
            // A farewell of PostgreSQL's clients, for which nobody waits, may be heard at any time.
            if bytes != [UInt8(ascii: "X"), 0, 0, 0, 4] { state.heard += 1 }
            guard let harm = state.harm, bytes.firstRange(of: harm.word) != nil else { return nil }
            state.harm = nil
            state.harmed += 1
            return (harm.kind, harm.isDone)
        }
    }

    // MARK: - Sockets

    private static func send(_ bytes: [UInt8], to socket: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }

    private static func withAddress(
        _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func thread(_ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.start()
    }
}
