import CurlTransport
import Foundation
import Glibc
import Telephony
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)), .enabled(if: TestCertificate.openssl != nil, "the openssl command is not installed"))
struct TLSTests {
    /// Runs `body` with the port of a TLS server whose certificate is for `name`.
    private func withServer(
        for name: String = "IP:127.0.0.1", _ body: (Int, TestCertificate) async throws -> Void
    ) async throws {
        let certificate = try await TestCertificate(for: name)
        defer { certificate.remove() }
        let (server, port) = try await certificate.serve(["-www"])
        defer { server.stop() }
        try await body(port, certificate)
    }

    @Test func `an authority that nobody vouches for is refused, and nothing is sent`() async throws {
        try await withServer { port, _ in
            try await withTransport { transport in
                let error = try await transport.failure(.dial("https://127.0.0.1:\(port)/secret"))
                #expect(error.delivery == .notSent)
                #expect(error.code == "CURLE_PEER_FAILED_VERIFICATION")
                #expect(error.message.contains("127.0.0.1:\(port)") && !error.message.contains("secret"))
                #expect(error.message.contains("self-signed certificate"))
            }
        }
    }

    enum Trust: CaseIterable { case caBundle, certFile, certDirectory, extraFile, extraFileBeforeBundle }

    @Test(arguments: Trust.allCases)
    func `an authority is trusted in the ways curl's users know`(trust: Trust) async throws {
        try await withServer { port, certificate in
            var settings = CurlSettings()
            var environment: [String: String] = [:]
            switch trust {
            case .caBundle: environment["CURL_CA_BUNDLE"] = certificate.certificate
            case .certFile: environment["SSL_CERT_FILE"] = certificate.certificate
            case .certDirectory: environment["SSL_CERT_DIR"] = try await certificate.hashedFolder()
            case .extraFile: settings.extraCAFile = certificate.certificate
            case .extraFileBeforeBundle:
                settings.extraCAFile = certificate.certificate
                environment["CURL_CA_BUNDLE"] = "/nonexistent"
            }
            try await withTransport(settings, environment: environment) { transport in
                let response = try await transport.send(.get("https://127.0.0.1:\(port)/"))
                #expect(response.status == 200)
            }
        }
    }

    @Test func `a server that offers no TLS newer than 1.1 is told nothing`() async throws {
        let certificate = try await TestCertificate(for: "IP:127.0.0.1")
        defer { certificate.remove() }
        let (server, port) = try await certificate.serve(["-www", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        defer { server.stop() }
        try await withTransport(CurlSettings(extraCAFile: certificate.certificate)) { transport in
            let error = try await transport.failure(.dial("https://127.0.0.1:\(port)/"))
            #expect(error.delivery == .notSent)
            #expect(error.code == "CURLE_SSL_CONNECT_ERROR")
        }
    }

    @Test func `a certificate for another name is refused although its authority is trusted`() async throws {
        try await withServer(for: "DNS:elsewhere.example") { port, certificate in
            try await withTransport(CurlSettings(extraCAFile: certificate.certificate)) { transport in
                let error = try await transport.failure(.dial("https://127.0.0.1:\(port)/"))
                #expect(error.delivery == .notSent)
                #expect(error.code == "CURLE_PEER_FAILED_VERIFICATION")
            }
        }
    }

    @Test func `a file of authorities that is missing turns nothing off`() async throws {
        try await withServer { port, _ in
            try await withTransport(environment: ["CURL_CA_BUNDLE": "/nonexistent/bundle.pem"]) { transport in
                let error = try await transport.failure(.dial("https://127.0.0.1:\(port)/"))
                #expect(error.delivery == .notSent)
                #expect(error.code == "CURLE_SSL_CACERT_BADFILE")
            }
        }
    }

    @Test func `a server that does not speak TLS, or hangs up on it, leaves the request not sent`() async throws {
        let server = LoopbackServer { connection in
            if connection.index == 0 { connection.write("HTTP/1.1 400 Bad Request\r\n\r\n") }
        }
        defer { server.stop() }
        try await withTransport { transport in
            for _ in 0..<2 {
                let error = try await transport.failure(.dial(server.url(scheme: "https")))
                #expect(error.delivery == .notSent, "\(error)")
            }
        }
    }

    @Test func `a handshake that is never finished is not sent, by the time-out for connecting`() async throws {
        let server = LoopbackServer { $0.waitForEnd() }
        defer { server.stop() }
        var request = HTTPRequest.dial(server.url(scheme: "https"), timeout: .seconds(600))
        request.connectTimeout = .milliseconds(200)
        try await withTransport { transport in
            let error = try await transport.failure(request)
            #expect(error.delivery == .notSent)
            #expect(error.code == "CURLE_OPERATION_TIMEDOUT")
        }
    }

    @Test func `a tunnel through a proxy carries TLS to the server, whose certificate is verified`() async throws {
        try await withServer { port, certificate in
            let proxy = LoopbackServer { connection in
                _ = connection.readRequest()
                guard let far = LoopbackServer.connect(to: UInt16(port)) else { return }
                connection.write("HTTP/1.1 200 Connected\r\nX-Proxy: 1\r\n\r\n")
                connection.relay(to: far)
            }
            defer { proxy.stop() }
            let environment = [
                "HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)", "SSL_CERT_FILE": certificate.certificate,
            ]
            try await withTransport(environment: environment) { transport in
                let response = try await transport.send(.get("https://127.0.0.1:\(port)/"))
                #expect(response.status == 200)
                #expect(response.header("X-Proxy") == nil)
            }
            #expect(proxy.received.map(\.target) == ["127.0.0.1:\(port)"])
            try await withTransport(environment: ["HTTPS_PROXY": environment["HTTPS_PROXY"] ?? ""]) { transport in
                let error = try await transport.failure(.dial("https://127.0.0.1:\(port)/"))
                #expect(error.delivery == .notSent)
                #expect(error.code == "CURLE_PEER_FAILED_VERIFICATION")
            }
        }
    }
}

extension ServerConnection {
    /// Passes bytes both ways between this connection and `far` until either ends; closes `far`.
    func relay(to far: Int32) {
        let done = Signal()
        let near = descriptor
        Thread.detachNewThread {
            Self.pump(from: far, to: near)
            done.fire()
        }
        Self.pump(from: near, to: far)
        done.block()
        Glibc.close(far)
    }

    private static func pump(from source: Int32, to sink: Int32) {
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = recv(source, &chunk, chunk.count, 0)
            guard count > 0, send(sink, chunk, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(sink, Int32(SHUT_RDWR))
    }
}
