import Foundation
import Glibc

/// One request as the server read it.
struct ReceivedRequest: Hashable, Sendable {
    var method: String
    var target: String
    /// Names in lower case.
    var fields: [String: String]
    var body: [UInt8]
    /// Which connection brought it, from zero.
    var connection: Int
}

/// A TCP server on loopback that runs a script per connection, each on a thread of its own.
///
/// `@unchecked Sendable`: all changing state is touched under `lock`.
final class LoopbackServer: @unchecked Sendable {
    typealias Script = @Sendable (ServerConnection) -> Void

    /// The port that the system chose.
    let port: UInt16
    private let listener: Int32
    private let lock = NSLock()
    private var requests: [ReceivedRequest] = []
    private var connections: [ServerConnection] = []
    private var inHand = 0
    private var greatestInHand = 0
    private var watchers: [(count: Int, waiter: CheckedContinuation<Void, Never>)] = []

    /// Serves every connection with `script`; the default answers everything with `{}`.
    init(_ script: @escaping Script = { connection in connection.serve { _ in connection.answer("{}") } }) {
        (listener, port) = Self.listen(backlog: 512)
        let thread = Thread { [self] in acceptAll(script) }
        thread.stackSize = 256 << 10
        thread.start()
    }

    /// Where the server is.
    func url(_ path: String = "/", scheme: String = "http") -> String { "\(scheme)://127.0.0.1:\(port)\(path)" }

    /// What has been received so far, in order of arrival.
    var received: [ReceivedRequest] { lock.withLock { requests } }

    /// How many connections have been accepted.
    var accepted: Int { lock.withLock { connections.count } }

    /// The most requests that were read but not answered at any moment.
    var mostInHand: Int { lock.withLock { greatestInHand } }

    /// Returns once `count` requests have been received.
    func received(_ count: Int) async {
        await withCheckedContinuation { waiter in
            let isThere = lock.withLock {
                if requests.count >= count { return true }
                watchers.append((count, waiter))
                return false
            }
            if isThere { waiter.resume() }
        }
    }

    /// Stops accepting and ends every connection, which ends the scripts that wait for bytes.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in lock.withLock({ connections }) { connection.end() }
    }

    /// A port on which nothing listens, and the socket that keeps others off it.
    static func deadPort() -> (socket: Int32, port: UInt16) { bound() }

    /// Opens a listening socket on a port of the system's choice.
    static func listen(backlog: Int32) -> (socket: Int32, port: UInt16) {
        let (socket, port) = bound()
        guard Glibc.listen(socket, backlog) == 0 else { preconditionFailure("listen: \(errno)") }
        return (socket, port)
    }

    private static func bound() -> (socket: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isNamed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        precondition(isNamed, "bind: \(errno)")
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// Connects to a port of this machine; nil when refused.
    static func connect(to port: UInt16, flags: Int32 = 0) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | flags, 0)
        var address = loopback(port: port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result == 0 || errno == EINPROGRESS { return descriptor }
        close(descriptor)
        return nil
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private func acceptAll(_ script: @escaping Script) {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            let connection = lock.withLock {
                let connection = ServerConnection(descriptor, index: connections.count, server: self)
                connections.append(connection)
                return connection
            }
            let thread = Thread {
                script(connection)
                connection.close()
            }
            thread.stackSize = 256 << 10
            thread.start()
        }
        close(listener)
    }

    fileprivate func note(_ request: ReceivedRequest) {
        let woken = lock.withLock {
            requests.append(request)
            inHand += 1
            greatestInHand = max(greatestInHand, inHand)
            let woken = watchers.filter { $0.count <= requests.count }.map(\.waiter)
            watchers.removeAll { $0.count <= requests.count }
            return woken
        }
        for waiter in woken { waiter.resume() }
    }

    fileprivate func noteAnswer() {
        lock.withLock { inHand -= 1 }
    }
}

extension ServerConnection {
    /// Reads one request; nil at the end of the connection.
    func readRequest() -> ReceivedRequest? {
        guard let head = readHead() else { return nil }
        let lines = head.components(separatedBy: "\r\n")
        let words = lines[0].components(separatedBy: " ")
        guard words.count == 3 else { return nil }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            fields[line[..<colon].lowercased()] = value
        }
        guard let body = read(exactly: fields["content-length"].flatMap { Int($0) } ?? 0) else { return nil }
        let request = ReceivedRequest(
            method: words[0], target: words[1], fields: fields, body: body, connection: index)
        server?.note(request)
        return request
    }

    /// Hands every request of the connection to `script`.
    func serve(_ script: (ReceivedRequest) -> Void) {
        while let request = readRequest() { script(request) }
    }

    /// Writes a whole answer.
    func answer(_ body: String, status: String = "200 OK", fields: [String] = []) {
        answer(Array(body.utf8), status: status, fields: fields)
    }

    /// Writes a whole answer.
    func answer(_ body: [UInt8], status: String = "200 OK", fields: [String] = []) {
        let head = ["HTTP/1.1 \(status)"] + fields + ["Content-Length: \(body.count)", "", ""]
        server?.noteAnswer()
        write(Array(head.joined(separator: "\r\n").utf8) + body)
    }
}
