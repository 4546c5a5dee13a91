import FlyingSocks
import Foundation
import PushServer
import Testing

@Suite("The server of metrics", .timeLimit(.minutes(2)))
struct MetricsServerTests {
    private static func answer(to line: String, at port: UInt16) async throws -> String {
        let socket = try await AsyncSocket.connected(to: sockaddr_in.inet(ip4: "127.0.0.1", port: port))
        try await socket.write(Data("\(line) HTTP/1.1\r\nHost: here\r\n\r\n".utf8))
        var bytes: [UInt8] = []
        while let more = try? await socket.read(atMost: 4_096), !more.isEmpty { bytes += more }
        try? socket.close()
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("It tells metrics, on this machine's own address, and nothing else")
    func metrics() async throws {
        let server = MetricsServer(port: 0)
        try server.open()
        let port = try #require(server.port)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.serve(contentType: "text/plain; version=0.0.4") { "up 1\n" } }
            let told = try await Self.answer(to: "GET /metrics", at: port)
            #expect(told.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n"))
            #expect(told.hasSuffix("\r\n\r\nup 1\n"))
            let other = try await Self.answer(to: "GET /", at: port)
            #expect(other.hasPrefix("HTTP/1.1 404 "))
            let posted = try await Self.answer(to: "POST /metrics", at: port)
            #expect(posted.hasPrefix("HTTP/1.1 405 "))
            group.cancelAll()
        }
    }

    @Test("A port that is taken is refused before anything begins")
    func taken() throws {
        let first = MetricsServer(port: 0)
        try first.open()
        let port = try #require(first.port)
        #expect(throws: (any Error).self) { try MetricsServer(port: port).open() }
    }
}
