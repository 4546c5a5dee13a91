import CurlTransport
import Foundation
import Glibc
import Telephony
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)), .enabled(if: TestCertificate.openssl != nil, "the openssl command is not installed"))
struct HTTP2Tests {
    private static let nghttpd = ChildServer.tool("nghttpd")

    @Test(.enabled(if: HTTP2Tests.nghttpd != nil, "nghttpd is not installed"))
    func `HTTP/2 is spoken where it is offered, and fresh requests have connections of their own`() async throws {
        let certificate = try await TestCertificate(for: "IP:127.0.0.1")
        defer { certificate.remove() }
        let reserved = LoopbackServer.deadPort()
        close(reserved.socket)
        let arguments = [
            "-v", "-a", "127.0.0.1", "--echo-upload", "\(reserved.port)", certificate.key,
            certificate.certificate,
        ]
        let server = try ChildServer(Self.nghttpd ?? "", arguments)
        defer { server.stop() }
        await server.printed("listen")
        let url = "https://127.0.0.1:\(reserved.port)/"
        try await withTransport(CurlSettings(extraCAFile: certificate.certificate)) { transport in
            for _ in 0..<3 {
                var request = HTTPRequest.dial(url + "question")
                request.connection = .reusable
                let response = try await transport.send(request)
                // This server closes whatever is not HTTP/2.
                #expect(response.header("server")?.hasPrefix("nghttpd") == true)
                #expect(response.text == "dial")
            }
            for _ in 0..<3 { _ = try await transport.send(.dial(url + "dial")) }
            _ = try await transport.send(.get(url + "last"))
        }
        // What is printed last has everything else before it.
        await server.printed("/last\n")
        let paths = server.text.components(separatedBy: "\n").filter { $0.contains(":path: ") }
        let questions = paths.filter { $0.hasSuffix("/question") }.map(Self.connection)
        let dials = paths.filter { $0.hasSuffix("/dial") }.map(Self.connection)
        #expect(questions.count == 3 && Set(questions).count == 1)
        #expect(dials.count == 3 && Set(dials).count == 3)
        #expect(Set(dials).isDisjoint(with: questions))
    }

    /// `[id=1]`, as nghttpd begins its lines.
    private static func connection(_ line: String) -> String {
        String(line.prefix { $0 != " " })
    }

    @Test func `a refused stream is repeated for a question and never for a fresh request`() async throws {
        let certificate = try await TestCertificate(for: "IP:127.0.0.1")
        defer { certificate.remove() }
        for connection in [HTTPRequest.Connection.reusable, .fresh] {
            let script = RefusingHTTP2Server()
            let (server, port) = try await certificate.serve(["-alpn", "h2"]) { script.react($0, to: $1) }
            defer { server.stop() }
            try await withTransport(CurlSettings(extraCAFile: certificate.certificate)) { transport in
                var request = HTTPRequest.dial("https://127.0.0.1:\(port)/")
                request.connection = connection
                switch connection {
                case .reusable:
                    let response = try await transport.send(request)
                    #expect(response.status == 200)
                    #expect(script.requests == 2)
                case .fresh:
                    let error = try await transport.failure(request)
                    #expect(error.delivery == .outcomeUnknown)
                    #expect(script.requests == 1)
                }
            }
        }
    }
}

/// The far side of an HTTP/2 connection that refuses the first stream and answers the second.
///
/// `@unchecked Sendable`: all state is touched under `lock`.
final class RefusingHTTP2Server: @unchecked Sendable {
    private struct Frame: Hashable {
        var kind: UInt8
        var flags: UInt8
        var stream: UInt8
    }

    private let lock = NSLock()
    private var handled = 0
    private var headers = 0

    /// How many requests have arrived.
    var requests: Int { lock.withLock { headers } }

    /// Answers the frames that have come since the last time.
    func react(_ server: ChildServer, to printed: [UInt8]) {
        lock.withLock {
            let frames = Self.frames(in: printed)
            for frame in frames.dropFirst(handled) {
                if let answer = answer(to: frame) { server.write(answer) }
            }
            handled = frames.count
        }
    }

    private func answer(to frame: Frame) -> [UInt8]? {
        if frame.kind == 1 { headers += 1 }
        switch (frame.kind, frame.stream) {
        case (4, _) where frame.flags == 0:
            // To their SETTINGS, ours and an acknowledgement.
            return [0, 0, 0, 4, 0, 0, 0, 0, 0] + [0, 0, 0, 4, 1, 0, 0, 0, 0]
        case (0, let stream) where frame.flags & 1 == 1:
            // The request is complete. RST_STREAM with REFUSED_STREAM to the first one, and to the second HEADERS with
            // END_HEADERS, END_STREAM and `:status: 200`.
            if headers == 1 { return [0, 0, 4, 3, 0, 0, 0, 0, stream, 0, 0, 0, 7] }
            return [0, 0, 1, 1, 5, 0, 0, 0, stream, 0x88]
        default:
            return nil
        }
    }

    /// The frames after each connection preface in what `openssl s_server` prints.
    private static func frames(in printed: [UInt8]) -> [Frame] {
        let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
        var frames: [Frame] = []
        var rest = printed[...]
        while let start = rest.firstRange(of: preface) {
            rest = rest[start.upperBound...]
            while rest.count >= 9 {
                let head = Array(rest.prefix(9))
                let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
                guard head[3] <= 9, length <= 16384, rest.count >= 9 + length else { break }
                frames.append(Frame(kind: head[3], flags: head[4], stream: head[8]))
                rest = rest.dropFirst(9 + length)
            }
        }
        return frames
    }
}
