import CurlTransport
import DialModel
import Foundation
import Telephony
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct CancellationTests {
    /// A server that reads requests and answers none; what it saw end is counted by `ended`.
    private static func silentServer(ended: Signal? = nil) -> LoopbackServer {
        LoopbackServer { connection in
            _ = connection.readRequest()
            connection.waitForEnd()
            ended?.fire()
        }
    }

    @Test func `a request in flight is cancelled as unknown and its connection is closed`() async throws {
        let ended = Signal()
        let server = Self.silentServer(ended: ended)
        defer { server.stop() }
        try await withTransport { transport in
            let request = HTTPRequest.dial(server.url("/secret"))
            let task = Task { try await transport.failure(request) }
            await server.received(1)
            task.cancel()
            let error = try await task.value
            #expect(error.delivery == .outcomeUnknown)
            #expect(error.code == "cancelled")
            #expect(error.message.contains("127.0.0.1:\(server.port)") && !error.message.contains("secret"))
            await ended.wait()
        }
    }

    @Test func `a request that waits for its turn is cancelled as not sent`() async throws {
        let server = Self.silentServer()
        defer { server.stop() }
        try await withTransport(CurlSettings(maxConnectionsPerHost: 1)) { transport in
            let first = Task { try await transport.failure(.dial(server.url("/first"))) }
            await server.received(1)
            let second = Task { try await transport.failure(.dial(server.url("/second"))) }
            second.cancel()
            let error = try await second.value
            #expect(error.delivery == .notSent)
            #expect(error.code == "cancelled")
            first.cancel()
            #expect(try await first.value.delivery == .outcomeUnknown)
        }
        #expect(server.received.map(\.target) == ["/first"])
    }

    @Test func `a cancelled task sends nothing`() async throws {
        let server = LoopbackServer()
        defer { server.stop() }
        try await withTransport { transport in
            let go = Signal()
            let task = Task {
                await go.wait()
                return try await transport.failure(.dial(server.url()))
            }
            task.cancel()
            go.fire()
            let error = try await task.value
            #expect(error.delivery == .notSent)
            #expect(error.code == "cancelled")
        }
        #expect(server.accepted == 0)
    }

    @Test func `a request that is still connecting is cancelled as not sent`() async throws {
        let hole = BlackHole()
        defer { hole.close() }
        try await withTransport { transport in
            let task = Task { try await transport.failure(.dial("http://127.0.0.1:\(hole.port)/")) }
            // An answer from elsewhere shows that the loop has been round with the other request in hand.
            let server = LoopbackServer()
            defer { server.stop() }
            _ = try await transport.send(.get(server.url()))
            task.cancel()
            let error = try await task.value
            #expect(error.delivery == .notSent)
            #expect(error.code == "cancelled")
        }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `a storm of cancellations leaves every request with one end and the transport in order`(
        seed: UInt64
    ) async throws {
        let server = LoopbackServer { connection in
            connection.serve { request in
                if request.target.hasSuffix("answered") { connection.answer("{}") }
            }
        }
        defer { server.stop() }
        var generator = SplitMix64(seed: seed)
        try await withTransport(CurlSettings(maxConnectionsPerHost: 20)) { transport in
            let tasks = (0..<500).map { index in
                let fate = generator.below(2) == 0 ? "answered" : "silent"
                return Task { try await transport.send(.get(server.url("/\(index)/\(fate)"))) }
            }
            for task in tasks.shuffled(using: &generator) { task.cancel() }
            var ends = 0
            for task in tasks {
                switch await task.result {
                case .success(let response): #expect(response.status == 200)
                case .failure(let error): #expect((error as? TransportError)?.code == "cancelled", "seed \(seed)")
                }
                ends += 1
            }
            #expect(ends == 500)
            // All twenty places are free again: twenty requests that need them at once are answered.
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await transport.send(.get(server.url("/answered"))).status }
                }
                for try await status in group { #expect(status == 200) }
            }
        }
        // Nothing was sent that no request asked for.
        let sent = server.received.map(\.target).filter { $0 != "/answered" }
        #expect(sent.count <= 500, "seed \(seed)")
    }

    @Test func `shutting down fails what waits as not sent and what is in flight as unknown`() async throws {
        let ended = Signal()
        let server = Self.silentServer(ended: ended)
        defer { server.stop() }
        let settings = CurlSettings(maxConnectionsPerHost: 1)
        let transport = CurlTransport(settings: settings, environment: [:])
        let first = Task { try await transport.failure(.dial(server.url())) }
        await server.received(1)
        let second = Task.immediate { try await transport.failure(.dial(server.url())) }
        await transport.shutdown()
        let errors = [try await first.value, try await second.value]
        #expect(errors.map(\.code) == ["cancelled", "cancelled"])
        #expect(errors.map(\.delivery) == [.outcomeUnknown, .notSent])
        await ended.wait()
        let late = try await transport.failure(.dial(server.url()))
        #expect(late.delivery == .notSent)
        #expect(late.code == "cancelled")
        await transport.shutdown()
        #expect(server.received.count == 1)
    }

    @Test func `a transport that is let go of ends its thread and closes its connections`() async throws {
        let ended = Signal()
        let server = LoopbackServer { connection in
            connection.serve { _ in connection.answer("{}") }
            ended.fire()
        }
        defer { server.stop() }
        var transport: CurlTransport? = CurlTransport(settings: CurlSettings(), environment: [:])
        #expect(try await transport?.send(.get(server.url())).status == 200)
        transport = nil
        await ended.wait()
    }
}
