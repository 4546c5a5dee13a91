import DialModel
import Foundation
import Telephony
import TestSupport
import Testing

@testable import CurlTransport

/// Channels to the echo server of a library by others, in the clear and over TLS.
@Suite(.timeLimit(.minutes(15)))
struct ChannelEchoTests {
    @Test func `text of any size comes back whole, in one frame or in many, on many channels at once`() async throws {
        try await PythonServer.with("echo_server", packages: [PythonServer.websockets]) { server in
            try await withTransport { transport in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<20 {
                        let path = number % 2 == 0 ? "/" : "/pieces"
                        group.addTask {
                            let url = "ws://127.0.0.1:\(server.port)\(path)"
                            try await Self.exchange(try await transport.open(.patient(url)), seed: UInt64(number))
                        }
                    }
                    try await group.waitForAll()
                }
            }
            await server.process.printed(String(repeating: "closed 1000\n", count: 20))
        }
    }

    /// Sends texts and receives them again, and closes.
    private static func exchange(_ channel: any EventChannel, seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let letters = ["a", "ß", "三", "\u{1F600}"]
        for size in [1, 125, 126, 4_000, 65_535, 70_000] {
            let text = String(repeating: letters[Int(random.below(4))], count: 1 + Int(random.below(UInt64(size))))
            async let echo = channel.receive()
            try await channel.send(text)
            #expect(try await echo == text, "seed \(seed), size \(size)")
        }
        await channel.close()
        #expect(try await channel.receive() == nil)
    }

    @Test(.enabled(if: TestCertificate.openssl != nil, "the openssl command is not installed"))
    func `over TLS the certificate is verified, and text passes both ways`() async throws {
        let certificate = try await TestCertificate(for: "IP:127.0.0.1")
        defer { certificate.remove() }
        let files = [certificate.certificate, certificate.key]
        try await PythonServer.with("echo_server", packages: [PythonServer.websockets], files) { server in
            let url = "wss://127.0.0.1:\(server.port)/pieces"
            try await withTransport(CurlSettings(extraCAFile: certificate.certificate)) { transport in
                for seed in 1...3 { try await Self.exchange(transport.open(.patient(url)), seed: UInt64(seed)) }
            }
            try await withTransport { transport in
                let failure = await transport.openFailure(.patient(url))
                #expect(failure?.delivery == .notSent)
                #expect(failure?.code == "CURLE_PEER_FAILED_VERIFICATION")
            }
        }
    }

    @Test(
        .enabled(if: TestCertificate.openssl != nil, "the openssl command is not installed"),
        arguments: [["-alpn", "h2"], ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"]])
    func `a server that insists on HTTP/2 or on an old TLS gets no channel`(options: [String]) async throws {
        let certificate = try await TestCertificate(for: "IP:127.0.0.1")
        defer { certificate.remove() }
        let (server, port) = try await certificate.serve(options)
        defer { server.stop() }
        try await withTransport(CurlSettings(extraCAFile: certificate.certificate)) { transport in
            let failure = await transport.openFailure(.patient("wss://127.0.0.1:\(port)/"))
            #expect(failure?.delivery == .notSent)
            #expect(failure?.code == "CURLE_SSL_CONNECT_ERROR")
        }
    }

    @Test func `a proxy passes a channel on through a tunnel, in the clear too`() async throws {
        try await PythonServer.with("echo_server", packages: [PythonServer.websockets]) { server in
            let proxy = LoopbackServer { connection in
                _ = connection.readRequest()
                guard let far = LoopbackServer.connect(to: UInt16(server.port)) else { return }
                connection.write("HTTP/1.1 200 Connected\r\n\r\n")
                connection.relay(to: far)
            }
            defer { proxy.stop() }
            try await withTransport(environment: ["http_proxy": "http://127.0.0.1:\(proxy.port)"]) { transport in
                let channel = try await transport.open(.patient("ws://127.0.0.1:\(server.port)/"))
                try await Self.exchange(channel, seed: 1)
            }
            #expect(proxy.received.map(\.method) == ["CONNECT"])
        }
    }
}
