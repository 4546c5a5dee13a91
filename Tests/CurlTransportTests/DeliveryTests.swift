import CurlTransport
import Foundation
import Glibc
import Telephony
import Testing

@Suite(.timeLimit(.minutes(15)))
struct DeliveryTests {
    @Test func `a refused connection is not sent`() async throws {
        let dead = LoopbackServer.deadPort()
        defer { close(dead.socket) }
        try await withTransport { transport in
            let error = try await transport.failure(.dial("http://127.0.0.1:\(dead.port)/secret/path?number=1"))
            #expect(error.delivery == .notSent)
            #expect(error.code == "CURLE_COULDNT_CONNECT")
            #expect(error.message.contains("127.0.0.1:\(dead.port)"))
            #expect(!"\(error)".contains("secret") && !"\(error)".contains("number"))
        }
    }

    @Test func `a name that cannot be resolved is not sent`() async throws {
        // A label of 64 letters fits in no query, so that no name server is asked.
        let host = String(repeating: "x", count: 64) + ".example"
        try await withTransport { transport in
            let error = try await transport.failure(.dial("http://\(host)/"))
            #expect(error.delivery == .notSent)
            #expect(error.code == "CURLE_COULDNT_RESOLVE_HOST")
        }
    }

    @Test func `a server that never accepts is not sent, by the time-out for connecting`() async throws {
        let hole = BlackHole()
        defer { hole.close() }
        var request = HTTPRequest.dial("http://127.0.0.1:\(hole.port)/", timeout: .seconds(600))
        request.connectTimeout = .milliseconds(200)
        try await withTransport { transport in
            let error = try await transport.failure(request)
            #expect(error.delivery == .notSent)
            #expect(error.code == "CURLE_OPERATION_TIMEDOUT")
            // The total time-out can be the one that ends the wait for a connection.
            request.connectTimeout = .seconds(600)
            request.timeout = .milliseconds(200)
            #expect(try await transport.failure(request).delivery == .notSent)
        }
    }

    @Test func `a server that reads the request and never answers leaves the outcome unknown`() async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.waitForEnd()
        }
        defer { server.stop() }
        try await withTransport { transport in
            let error = try await transport.failure(.dial(server.url("/secret"), timeout: .milliseconds(200)))
            #expect(error.delivery == .outcomeUnknown)
            #expect(error.code == "CURLE_OPERATION_TIMEDOUT")
            #expect(!error.message.contains("secret"))
        }
        #expect(server.received.count == 1)
    }

    @Test func `a body that stops coming leaves the outcome unknown`() async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
            connection.waitForEnd()
        }
        defer { server.stop() }
        try await withTransport { transport in
            let error = try await transport.failure(.dial(server.url(), timeout: .milliseconds(200)))
            #expect(error.delivery == .outcomeUnknown)
            #expect(error.code == "CURLE_OPERATION_TIMEDOUT")
        }
    }

    enum Ending: CaseIterable { case closesUnread, closes, resets, cutsBody, cutsChunk, talksNonsense }

    @Test(arguments: Ending.allCases)
    func `a connection that breaks after it was made leaves the outcome unknown`(ending: Ending) async throws {
        let server = LoopbackServer { connection in
            if ending == .closesUnread { return connection.close() }
            _ = connection.readRequest()
            switch ending {
            case .closesUnread, .closes: connection.close()
            case .resets: connection.reset()
            case .cutsBody: connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
            case .cutsChunk: connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{")
            case .talksNonsense: connection.write("220 mail.example ESMTP\r\n")
            }
        }
        defer { server.stop() }
        try await withTransport { transport in
            let error = try await transport.failure(.dial(server.url()))
            #expect(error.delivery == .outcomeUnknown, "\(error)")
            #expect(error.code.hasPrefix("CURLE_"))
        }
        #expect(server.accepted == 1)
    }

    /// A server that answers the first request of each connection's and closes unanswered when `/dial` comes.
    private static func forgetfulServer() -> LoopbackServer {
        LoopbackServer { connection in
            while let request = connection.readRequest() {
                // Only the first connection is lossy, or libcurl would go on repeating.
                if request.target == "/dial", request.connection == 0 { return }
                connection.answer("{}")
            }
        }
    }

    @Test func `a reusable request is repeated by libcurl when the reused connection dies unanswered`() async throws {
        // This is why whatever must not happen twice asks for a fresh connection.
        let server = Self.forgetfulServer()
        defer { server.stop() }
        try await withTransport { transport in
            _ = try await transport.send(.get(server.url("/warm")))
            var request = HTTPRequest.dial(server.url("/dial"))
            request.connection = .reusable
            #expect(try await transport.send(request).status == 200)
        }
        #expect(server.received.map(\.target) == ["/warm", "/dial", "/dial"])
        #expect(server.received.map(\.connection) == [0, 0, 1])
    }

    @Test func `a fresh request is seen exactly once and its outcome is unknown`() async throws {
        let server = LoopbackServer { connection in
            while let request = connection.readRequest(), request.target != "/dial" { connection.answer("{}") }
        }
        defer { server.stop() }
        try await withTransport { transport in
            _ = try await transport.send(.get(server.url("/warm")))
            let error = try await transport.failure(.dial(server.url("/dial")))
            #expect(error.delivery == .outcomeUnknown)
            #expect(error.code == "CURLE_GOT_NOTHING")
            // A later question still uses the first connection.
            _ = try await transport.send(.get(server.url("/after")))
        }
        #expect(server.received.map(\.target) == ["/warm", "/dial", "/after"])
        #expect(server.received.map(\.connection) == [0, 1, 0])
    }

    @Test func `questions share a connection, fresh requests never do`() async throws {
        let server = LoopbackServer()
        defer { server.stop() }
        try await withTransport { transport in
            _ = try await transport.send(.dial(server.url()))
            for _ in 0..<5 { _ = try await transport.send(.get(server.url())) }
            #expect(server.accepted == 2)
            for _ in 0..<3 { _ = try await transport.send(.dial(server.url())) }
            _ = try await transport.send(.get(server.url()))
        }
        #expect(server.received.map(\.connection) == [0, 1, 1, 1, 1, 1, 2, 3, 4, 1])
    }
}

/// A port that takes no connections and refuses none: its queue is full and nobody accepts.
struct BlackHole {
    let port: UInt16
    private let sockets: [Int32]

    /// Fills the queue with connections of its own.
    init() {
        let listener = LoopbackServer.listen(backlog: 0)
        port = listener.port
        let fillers = (0..<4).compactMap { _ in
            LoopbackServer.connect(to: listener.port, flags: Int32(SOCK_NONBLOCK.rawValue))
        }
        // The queue of a backlog of zero holds one: once that is connected, the others are left waiting.
        var first = pollfd(fd: fillers.first ?? -1, events: Int16(POLLOUT), revents: 0)
        poll(&first, 1, -1)
        sockets = fillers + [listener.socket]
    }

    /// Gives the port back.
    func close() {
        for socket in sockets { Glibc.close(socket) }
    }
}
