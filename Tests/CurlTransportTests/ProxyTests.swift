import CurlTransport
import Foundation
import Glibc
import Telephony
import Testing

@Suite(.timeLimit(.minutes(15)))
struct ProxyTests {
    @Test(arguments: ["http_proxy", "all_proxy", "ALL_PROXY"])
    func `an http request goes through the proxy that the environment names`(variable: String) async throws {
        let proxy = LoopbackServer { connection in connection.serve { _ in connection.answer("by proxy") } }
        defer { proxy.stop() }
        let environment = [variable: "http://127.0.0.1:\(proxy.port)", "http_other": "x"]
        try await withTransport(environment: environment) { transport in
            let response = try await transport.send(.get("http://vendor.example/calls?id=1"))
            #expect(response.text == "by proxy")
        }
        #expect(proxy.received.map(\.target) == ["http://vendor.example/calls?id=1"])
    }

    @Test(arguments: [
        ["HTTP_PROXY": "proxy"], ["https_proxy": "proxy"], ["http_proxy": ""],
        ["http_proxy": "proxy", "no_proxy": "127.0.0.1"],
        ["http_proxy": "proxy", "NO_PROXY": "example.com, 127.0.0.1"],
        ["ALL_PROXY": "proxy", "no_proxy": "*"],
    ])
    func `an http request goes straight where curl would go straight`(variables: [String: String]) async throws {
        let proxy = LoopbackServer()
        let server = LoopbackServer { connection in connection.serve { _ in connection.answer("straight") } }
        defer {
            proxy.stop()
            server.stop()
        }
        let environment = variables.mapValues { $0 == "proxy" ? "http://127.0.0.1:\(proxy.port)" : $0 }
        try await withTransport(environment: environment) { transport in
            let response = try await transport.send(.get(server.url()))
            #expect(response.text == "straight")
        }
        #expect(proxy.accepted == 0)
    }

    @Test func `the lower-case name and the scheme's own variable go first`() async throws {
        let right = LoopbackServer { connection in connection.serve { _ in connection.answer("right") } }
        defer { right.stop() }
        let environment = [
            "http_proxy": "http://127.0.0.1:\(right.port)", "all_proxy": "http://127.0.0.1:1",
            "no_proxy": "other.example", "NO_PROXY": "*",
        ]
        try await withTransport(environment: environment) { transport in
            let response = try await transport.send(.get("http://vendor.example/"))
            #expect(response.text == "right")
        }
    }

    @Test func `a proxy that cannot be reached leaves the request not sent`() async throws {
        let dead = LoopbackServer.deadPort()
        defer { close(dead.socket) }
        let environment = ["ALL_PROXY": "http://user:password@127.0.0.1:\(dead.port)"]
        try await withTransport(environment: environment) { transport in
            for url in ["http://vendor.example/", "https://vendor.example/"] {
                let error = try await transport.failure(.dial(url))
                #expect(error.delivery == .notSent)
                #expect(!"\(error)".contains("password"))
            }
        }
    }

    @Test(arguments: ["https_proxy", "HTTPS_PROXY"])
    func `a proxy that refuses a tunnel leaves the request not sent`(variable: String) async throws {
        let proxy = LoopbackServer { connection in
            connection.serve { _ in connection.answer("no", status: "403 Forbidden") }
        }
        defer { proxy.stop() }
        try await withTransport(environment: [variable: "http://127.0.0.1:\(proxy.port)"]) { transport in
            let error = try await transport.failure(.dial("https://vendor.example/secret"))
            #expect(error.delivery == .notSent)
            #expect(error.message.contains("vendor.example:443") && !error.message.contains("secret"))
        }
        #expect(proxy.received.map(\.method) == ["CONNECT"])
        #expect(proxy.received.map(\.target) == ["vendor.example:443"])
    }

    @Test(arguments: [true, false])
    func `a proxy that closes or is silent when asked for a tunnel leaves the request not sent`(
        closes: Bool
    ) async throws {
        let proxy = LoopbackServer { connection in
            _ = connection.readRequest()
            if !closes { connection.waitForEnd() }
        }
        defer { proxy.stop() }
        var request = HTTPRequest.dial("https://vendor.example/")
        if !closes { request.connectTimeout = .milliseconds(200) }
        try await withTransport(environment: ["https_proxy": "http://127.0.0.1:\(proxy.port)"]) { transport in
            let error = try await transport.failure(request)
            #expect(error.delivery == .notSent, "\(error)")
        }
        #expect(proxy.received.map(\.method) == ["CONNECT"])
    }

    @Test func `a forwarding proxy that dies leaves the outcome unknown`() async throws {
        let proxy = LoopbackServer { connection in _ = connection.readRequest() }
        defer { proxy.stop() }
        try await withTransport(environment: ["http_proxy": "http://127.0.0.1:\(proxy.port)"]) { transport in
            let error = try await transport.failure(.dial("http://vendor.example/"))
            #expect(error.delivery == .outcomeUnknown)
        }
        #expect(proxy.received.count == 1)
    }
}
