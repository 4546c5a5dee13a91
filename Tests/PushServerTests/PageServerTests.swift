import DialModel
import FlyingSocks
import Foundation
import PushServer
import Telephony
import Testing

@Suite("The server of agents' pages", .timeLimit(.minutes(2)))
struct PageServerTests {
    private static let keys = ["5001": Secret("key-of-the-first"), "5002": Secret("key-of-the-second")]

    /// Runs a server that says what it was asked, while `work` talks to it.
    private func serving(
        keys: [String: Secret] = PageServerTests.keys, patience: Duration = .seconds(60),
        _ work: @escaping @Sendable (UInt16) async throws -> Void
    ) async throws {
        let server = PageServer(settings: PageServerSettings(port: 0, keys: keys, patience: patience))
        #expect(server.address == nil)
        try await server.open()
        let port = try #require(server.port)
        #expect(server.address == "http://127.0.0.1:\(port)/")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.serve { request in
                    let query = request.query.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                    let words = [
                        request.visitor ?? "nobody", request.method, request.path, query.joined(separator: ","),
                        String(decoding: request.body, as: UTF8.self),
                    ]
                    return PageAnswer(
                        status: 200, headers: [HTTPField("X-Test", "yes")],
                        body: Array(words.joined(separator: " ").utf8))
                }
            }
            group.addTask { try await work(port) }
            try await group.next()
            group.cancelAll()
        }
    }

    /// What the server answers to a request that is sent as it stands.
    private static func answer(to request: String, at port: UInt16) async throws -> String {
        let socket = try await AsyncSocket.connected(to: sockaddr_in.inet(ip4: "127.0.0.1", port: port))
        try await socket.write(Data(request.utf8))
        var bytes: [UInt8] = []
        while let more = try? await socket.read(atMost: 4096), !more.isEmpty { bytes += more }
        try? socket.close()
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func request(_ line: String, key: String? = nil, body: String = "") -> String {
        let authorization = key.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
        return "\(line) HTTP/1.1\r\nHost: here\r\n\(authorization)\(length)\r\n\(body)"
    }

    @Test("Whoever has a key is known by it, and is answered with everything the answer has")
    func knowsVisitors() async throws {
        try await serving { port in
            let post = Self.request("POST /bridge/events?session=a&b=c%20d", key: "key-of-the-second", body: "{}")
            let answer = try await Self.answer(to: post, at: port)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n5002 POST /bridge/events b=c%20d,session=a {}"))
            #expect(answer.contains("X-Test: yes\r\n") && answer.contains("Cache-Control: no-store\r\n"))
            let get = Self.request("GET /bridge/commands", key: "key-of-the-first")
            let other = try await Self.answer(to: get, at: port)
            #expect(other.hasSuffix("5001 GET /bridge/commands  "))
        }
    }

    @Test(
        "Without a key there is the page and nothing else",
        arguments: [
            ("GET /", nil, 200), ("GET /?x=y", nil, 200), ("POST /", nil, 401), ("GET /bridge/token", nil, 401),
            ("GET /", "key-of-the-third", 401), ("GET /bridge/token", "", 401),
            ("GET /bridge/token?token=key-of-the-first", nil, 401),
            ("DELETE /", "key-of-the-first", 405), ("POST /bridge/session", "key-of-the-first", 411),
        ] as [(String, String?, Int)])
    func refuses(line: String, key: String?, status: Int) async throws {
        try await serving { port in
            let answer = try await Self.answer(to: Self.request(line, key: key), at: port)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
        }
    }

    @Test("What is too large or too slow is turned away before anybody is asked")
    func bounds() async throws {
        try await serving { port in
            let head = "Host: here\r\nAuthorization: Bearer key-of-the-first\r\nContent-Length: 70000\r\n\r\n"
            let requests = [
                ("POST /bridge/events HTTP/1.1\r\n" + head, "413"), ("nonsense\r\n\r\n", "400"),
            ]
            for (request, status) in requests {
                let answer = try await Self.answer(to: request, at: port)
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(request)")
            }
        }
        try await serving(patience: .milliseconds(100)) { port in
            let answer = try await Self.answer(to: "GET / HT", at: port)
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test("A key without a letter is nobody's")
    func emptyKeys() async throws {
        try await serving(keys: ["5001": Secret("")]) { port in
            let answer = try await Self.answer(to: Self.request("GET /bridge/token", key: ""), at: port)
            #expect(answer.hasPrefix("HTTP/1.1 401 "))
        }
    }
}
