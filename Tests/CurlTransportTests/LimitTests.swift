import CurlTransport
import Telephony
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct LimitTests {
    @Test func `two hundred requests at once are answered over eight connections`() async throws {
        let server = LoopbackServer { connection in
            connection.serve { request in connection.answer(request.target) }
        }
        defer { server.stop() }
        try await withTransport { transport in
            try await withThrowingTaskGroup(of: (String, String).self) { group in
                for index in 0..<200 {
                    group.addTask {
                        let path = "/\(index)"
                        return (path, try await transport.send(.get(server.url(path))).text)
                    }
                }
                for try await (asked, answered) in group { #expect(asked == answered) }
            }
        }
        #expect(server.received.count == 200)
        #expect(server.accepted <= 8)
        #expect(server.mostInHand <= 8)
    }

    @Test(arguments: [HTTPRequest.Connection.reusable, .fresh])
    func `as many requests as the limit says are under way, and no more`(
        connection: HTTPRequest.Connection
    ) async throws {
        let release = Signal()
        let server = LoopbackServer { connection in
            connection.serve { _ in
                release.block()
                connection.answer("{}")
            }
        }
        defer { server.stop() }
        try await withTransport(CurlSettings(maxConnectionsPerHost: 3)) { transport in
            var request = HTTPRequest.get(server.url())
            request.connection = connection
            let tasks = (0..<12).map { [request] _ in Task { try await transport.send(request).status } }
            // Three arrive while none is answered: the limit is also reached.
            await server.received(3)
            release.fire()
            let ends = try await values(of: tasks)
            #expect(ends.allSatisfy { $0 == 200 })
        }
        #expect(server.mostInHand == 3)
        #expect(server.received.count == 12)
    }

    @Test func `requests to one host go in order of arrival`() async throws {
        let release = Signal()
        let server = LoopbackServer { connection in
            connection.serve { request in
                if request.target == "/first" { release.block() }
                connection.answer("{}")
            }
        }
        defer { server.stop() }
        try await withTransport(CurlSettings(maxConnectionsPerHost: 1)) { transport in
            let paths = ["/first"] + (0..<50).map { "/\($0)" }
            let tasks = paths.map { path in
                // An immediate task has posted its request before the next one is made.
                Task.immediate { try await transport.send(.get(server.url(path))).status }
            }
            await server.received(1)
            release.fire()
            let ends = try await values(of: tasks)
            #expect(ends.allSatisfy { $0 == 200 })
            #expect(server.received.map(\.target) == paths)
        }
    }

    @Test func `time spent waiting for a turn does not count`() async throws {
        let release = Signal()
        let busy = LoopbackServer { connection in
            connection.serve { request in
                if request.target == "/first" { release.block() }
                connection.answer("{}")
            }
        }
        let silent = LoopbackServer { connection in connection.serve { _ in } }
        defer {
            busy.stop()
            silent.stop()
        }
        try await withTransport(CurlSettings(maxConnectionsPerHost: 1)) { transport in
            let first = Task { try await transport.send(.get(busy.url("/first"))).status }
            await busy.received(1)
            let second = Task.immediate {
                try await transport.send(.get(busy.url("/second"), timeout: .milliseconds(700))).status
            }
            // This one's longer time-out passes while the second waits.
            let error = try await transport.failure(.get(silent.url(), timeout: .milliseconds(900)))
            #expect(error.code == "CURLE_OPERATION_TIMEDOUT")
            release.fire()
            #expect(try await first.value == 200)
            #expect(try await second.value == 200)
        }
    }

    @Test func `a host that does not answer holds up no other`() async throws {
        let silent = LoopbackServer { connection in connection.serve { _ in } }
        let server = LoopbackServer()
        defer {
            silent.stop()
            server.stop()
        }
        try await withTransport(CurlSettings(maxConnectionsPerHost: 2)) { transport in
            let stuck = (0..<10).map { _ in Task.immediate { try await transport.failure(.get(silent.url())) } }
            await silent.received(2)
            let response = try await transport.send(.get(server.url()))
            #expect(response.status == 200)
            // Those who wait are cancelled first: a place that gets free would be taken.
            for task in stuck.reversed() { task.cancel() }
            let ends = try await values(of: stuck)
            #expect(ends.allSatisfy { $0.code == "cancelled" })
        }
        #expect(silent.mostInHand == 2)
    }

    @Test func `the limit on all requests holds across hosts, which take turns`() async throws {
        let release = Signal()
        let script: LoopbackServer.Script = { connection in
            connection.serve { _ in
                release.block()
                connection.answer("{}")
            }
        }
        let servers = [LoopbackServer(script), LoopbackServer(script)]
        defer { for server in servers { server.stop() } }
        let settings = CurlSettings(maxConnectionsPerHost: 4, maxInFlight: 4)
        try await withTransport(settings) { transport in
            let tasks = (0..<40).map { index in
                Task.immediate { try await transport.send(.get(servers[index / 20].url())).status }
            }
            await servers[0].received(1)
            release.fire()
            let ends = try await values(of: tasks)
            #expect(ends.allSatisfy { $0 == 200 })
        }
        #expect(servers.map(\.received.count) == [20, 20])
        #expect(servers.allSatisfy { $0.mostInHand <= 4 })
    }

    @Test func `more requests than may wait are refused unsent`() async throws {
        let silent = LoopbackServer { connection in connection.serve { _ in } }
        defer { silent.stop() }
        try await withTransport(CurlSettings(maxConnectionsPerHost: 1, maxWaiting: 2)) { transport in
            let first = Task.immediate { try await transport.failure(.get(silent.url())) }
            await silent.received(1)
            let waiting = (0..<2).map { _ in Task.immediate { try await transport.failure(.get(silent.url())) } }
            let refused = try await transport.failure(.get(silent.url()))
            #expect(refused.code == "CURLE_AGAIN")
            #expect(refused.delivery == .notSent)
            for task in [first] + waiting { task.cancel() }
            let ends = try await values(of: [first] + waiting)
            #expect(ends.allSatisfy { $0.code == "cancelled" })
        }
    }
}
