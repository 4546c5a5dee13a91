import DialModel
import FlyingSocks
import Foundation
import PushServer
import Telephony
import Testing
import Wording

@Suite("The server to which events are pushed", .timeLimit(.minutes(15)))
struct PushServerTests {
    /// What the server handed on.
    private final class Intake: Sendable {
        private let bodies = Locked<[String]>([])

        var all: [String] { bodies.with { $0 } }

        func take(_ body: [UInt8]) -> Bool {
            let text = String(decoding: body, as: UTF8.self)
            bodies.with { $0.append(text) }
            return text.hasPrefix("{")
        }
    }

    /// Runs a server while `work` talks to it, and gives what it handed on.
    private func serving(
        patience: Duration = .seconds(60), mostConnections: Int = 8,
        _ work: @escaping @Sendable (UInt16) async throws -> Void
    ) async throws -> [String] {
        let settings = PushServerSettings(
            port: 0, secret: Secret("s3cret/+"), mostHeadBytes: 1000, mostBodyBytes: 2000, patience: patience,
            mostConnections: mostConnections)
        let server = PushServer(settings: settings)
        try await server.open()
        let port = try #require(server.port)
        let intake = Intake()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.serve { intake.take($0) } }
            group.addTask { try await work(port) }
            try await group.next()
            group.cancelAll()
            while let result = await group.nextResult() { _ = result }
        }
        return intake.all
    }

    /// Sends bytes on a connection of their own and gives the status that comes back; nil when none does.
    private static func status(of bytes: String, at port: UInt16) async throws -> Int? {
        let socket = try await connect(port)
        defer { try? socket.close() }
        try await socket.write(Data(bytes.utf8))
        return await answer(on: socket)
    }

    private static func expect(
        _ expected: Int, for request: String, at port: UInt16, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let status = try await status(of: request, at: port)
        #expect(status == expected, sourceLocation: sourceLocation)
    }

    private static func connect(_ port: UInt16) async throws -> AsyncSocket {
        let address: sockaddr_in = try .inet(ip4: "127.0.0.1", port: port)
        return try await AsyncSocket.connected(to: address)
    }

    private static func answer(on socket: AsyncSocket) async -> Int? {
        var bytes: [UInt8] = []
        while let more = try? await socket.read(atMost: 4096) { bytes += more }
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        return words.count > 1 ? Int(words[1]) : nil
    }

    private static func post(_ body: String, target: String = "/?token=s3cret%2F%2B", fields: String = "") -> String {
        "POST \(target) HTTP/1.1\r\nHost: a\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test("What comes with the secret is handed on, be it in the URL or in a field")
    func takes() async throws {
        let bodies = try await serving { port in
            try await Self.expect(200, for: Self.post("{1}"), at: port)
            let field = Self.post("{2}", target: "/x", fields: "authorization: Bearer s3cret/+\r\n")
            try await Self.expect(200, for: field, at: port)
        }
        #expect(bodies == ["{1}", "{2}"])
    }

    @Test(
        "What comes without the secret is turned away unread",
        arguments: [
            post("{}", target: "/"), post("{}", target: "/?token="), post("{}", target: "/?token=s3cret"),
            post("{}", target: "/?token=s3cret%2F%2B1"), post("{}", target: "/?Token=s3cret%2F%2B"),
            post("{}", target: "/", fields: "Authorization: Basic s3cret/+\r\n"),
            post("{}", fields: "Authorization: Bearer wrong\r\n"), "GET / HTTP/1.1\r\n\r\n",
        ])
    func forbids(request: String) async throws {
        let bodies = try await serving { port in
            try await Self.expect(401, for: request, at: port)
        }
        #expect(bodies == [])
    }

    @Test(
        "What is no proper request is turned away",
        arguments: [
            ("GET /?token=s3cret%2F%2B HTTP/1.1\r\n\r\n", 405), ("POST /?token=s3cret%2F%2B HTTP/1.1\r\n\r\n", 411),
            ("POST /?token=s3cret%2F%2B HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
            ("POST /?token=s3cret%2F%2B HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 411),
            ("POST /?token=s3cret%2F%2B HTTP/1.1\r\nContent-Length: 2001\r\n\r\n", 413),
            ("POST /?token=s3cret%2F%2B HTTP/1.1\r\nContent-Length: 999999999999999999999\r\n\r\n", 411),
            (post("no event"), 400), ("hello\r\n\r\n", 400), ("\r\n\r\n", 400), ("POST / HTTP/9\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nno colon\r\n\r\n", 400), ("\u{16}\u{3}\u{1}\r\n\r\n", 400),
            ("GET /" + String(repeating: "a", count: 1100) + " HTTP/1.1\r\n\r\n", 431),
        ])
    func refuses(request: String, status: Int) async throws {
        let bodies = try await serving { port in
            try await Self.expect(status, for: request, at: port)
        }
        #expect(bodies.allSatisfy { !$0.hasPrefix("{") })
    }

    @Test("Who is too slow is turned away, be it with the head or with the body, and others are served meanwhile")
    func losesPatience() async throws {
        let bodies = try await serving(patience: .seconds(2)) { port in
            let slowHead = try await Self.connect(port)
            try await slowHead.write(Data("POST /?token=s3cret".utf8))
            let slowBody = try await Self.connect(port)
            try await slowBody.write(Data(Self.post("{1}").dropLast().utf8))
            try await Self.expect(200, for: Self.post("{2}"), at: port)
            #expect(await Self.answer(on: slowHead) == 408)
            #expect(await Self.answer(on: slowBody) == 408)
            try slowHead.close()
            try slowBody.close()
        }
        #expect(bodies == ["{2}"])
    }

    @Test("Who goes in the middle of a request leaves nothing behind")
    func survivesBrokenRequests() async throws {
        let bodies = try await serving(mostConnections: 2) { port in
            for _ in 0..<5 {
                let socket = try await Self.connect(port)
                try await socket.write(Data(Self.post("{1}").dropLast().utf8))
                try socket.close()
            }
            var status: Int?
            while status != 200 { status = try await Self.status(of: Self.post("{2}"), at: port) }
        }
        #expect(bodies == ["{2}"])
    }

    @Test("More connections than are borne are turned away at once")
    func boundsConnections() async throws {
        let bodies = try await serving(mostConnections: 1) { port in
            let first = try await Self.connect(port)
            try await first.write(Data("POST ".utf8))
            try await Self.expect(503, for: "", at: port)
            try first.close()
        }
        #expect(bodies == [])
    }

    @Test("Before it is served, a request waits; a port that is taken is an error with the address")
    func opens() async throws {
        let secret = Secret("a")
        let server = PushServer(settings: PushServerSettings(port: 0, secret: secret))
        #expect(server.port == nil)
        try await server.open()
        try await server.open()
        let port = try #require(server.port)
        let second = PushServer(settings: PushServerSettings(port: port, secret: secret))
        let failure = await #expect(throws: PushListeningError.self) { try await second.open() }
        #expect(failure?.message.english.contains("127.0.0.1:\(port)") == true)
    }

    @Test("An empty secret lets nobody in")
    func emptySecret() async throws {
        let server = PushServer(settings: PushServerSettings(port: 0, secret: Secret("")))
        try await server.open()
        let port = try #require(server.port)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.serve { _ in true } }
            group.addTask {
                try await Self.expect(401, for: Self.post("{}", target: "/?token="), at: port)
                try await Self.expect(401, for: Self.post("{}", target: "/"), at: port)
            }
            try await group.next()
            group.cancelAll()
        }
    }
}
