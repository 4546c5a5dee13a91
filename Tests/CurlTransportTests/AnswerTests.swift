import CurlTransport
import Foundation
import Telephony
import Testing

@Suite(.timeLimit(.minutes(15)))
struct AnswerTests {
    @Test func `any status is an answer, with its fields in order and its body`() async throws {
        let server = LoopbackServer { connection in
            connection.serve { _ in
                connection.answer("no such call", status: "404 Not Found", fields: ["X-A: 1", "x-b:  two ", "X-A: 3"])
            }
        }
        defer { server.stop() }
        try await withTransport { transport in
            let response = try await transport.send(.get(server.url("/calls?id=1")))
            #expect(response.status == 404)
            #expect(response.text == "no such call")
            let names = response.headers.map(\.name)
            #expect(names == ["X-A", "x-b", "X-A", "Content-Length"])
            #expect(response.header("x-B") == "two")
        }
        #expect(server.received.map(\.target) == ["/calls?id=1"])
    }

    @Test func `a POST arrives as it was given, with nothing invented`() async throws {
        let server = LoopbackServer()
        defer { server.stop() }
        let body = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var request = HTTPRequest(method: "POST", url: server.url(), body: body)
        request.headers = [HTTPField("X-Signature", "a=b; c"), HTTPField("X-Empty", ""), HTTPField("Expect", "x")]
        try await withTransport(CurlSettings(userAgent: "dialer/1")) { transport in
            let response = try await transport.send(request)
            #expect(response.text == "{}")
        }
        let received = try #require(server.received.first)
        #expect(received.method == "POST")
        #expect(received.body == body)
        #expect(received.fields["x-signature"] == "a=b; c")
        #expect(received.fields["x-empty"] == "")
        #expect(received.fields["user-agent"] == "dialer/1")
        #expect(received.fields["expect"] == nil)
        #expect(received.fields["content-type"] == nil)
    }

    @Test func `a DELETE arrives as such, without a body`() async throws {
        let server = LoopbackServer()
        defer { server.stop() }
        let request = HTTPRequest(method: "DELETE", url: server.url("/calls/1"), connection: .fresh)
        try await withTransport { transport in
            let response = try await transport.send(request)
            #expect(response.text == "{}")
        }
        let received = try #require(server.received.first)
        #expect(received.method == "DELETE" && received.target == "/calls/1")
        #expect(received.body.isEmpty && received.fields["content-length"] == nil)
    }

    @Test func `a POST without a body says so, and its own content type and user agent win`() async throws {
        let server = LoopbackServer()
        defer { server.stop() }
        var request = HTTPRequest(method: "POST", url: server.url())
        request.headers = [HTTPField("Content-Type", "application/json"), HTTPField("User-Agent", "mine")]
        try await withTransport { transport in _ = try await transport.send(request) }
        let received = try #require(server.received.first)
        #expect(received.fields["content-length"] == "0")
        #expect(received.fields["content-type"] == "application/json")
        #expect(received.fields["user-agent"] == "mine")
    }

    @Test(arguments: [
        ("gzip", "H4sIAAAAAAACAyvKzEtXKMJBAAB7k+0sHQAAAA=="),
        ("deflate", "eJwrysxLVyjCQQAAobEKwQ=="),
    ])
    func `content codings are removed`(coding: String, base64: String) async throws {
        let packed = try #require(Data(base64Encoded: base64))
        let server = LoopbackServer { connection in
            connection.serve { _ in connection.answer(Array(packed), fields: ["Content-Encoding: \(coding)"]) }
        }
        defer { server.stop() }
        try await withTransport { transport in
            let response = try await transport.send(.get(server.url()))
            #expect(response.text == "ring ring ring ring ring ring")
        }
        let offered = server.received.first?.fields["accept-encoding"] ?? ""
        #expect(offered.contains(coding))
        #expect(offered.contains("br"))
    }

    @Test func `only the final response's fields count: none of 100, 103 or the trailers`() async throws {
        let server = LoopbackServer { connection in
            connection.serve { _ in
                connection.write("HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n")
                connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
                connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Long: a\r\n  b\r\n\r\n")
                connection.write("4\r\nring\r\n5\r\n ring\r\n0\r\nX-Late: 1\r\n\r\n")
            }
        }
        defer { server.stop() }
        try await withTransport { transport in
            let response = try await transport.send(.get(server.url()))
            #expect(response.status == 200)
            #expect(response.text == "ring ring")
            #expect(response.headers == [HTTPField("Transfer-Encoding", "chunked"), HTTPField("X-Long", "a b")])
        }
    }

    @Test func `a redirect is an answer and is not followed`() async throws {
        let server = LoopbackServer { connection in
            connection.serve { _ in connection.answer("", status: "307 Elsewhere", fields: ["Location: /there"]) }
        }
        defer { server.stop() }
        try await withTransport { transport in
            let response = try await transport.send(.dial(server.url("/here")))
            #expect(response.status == 307)
            #expect(response.header("Location") == "/there")
        }
        #expect(server.received.map(\.target) == ["/here"])
    }

    @Test(arguments: [100_000, 100_001])
    func `a body is accepted up to the limit`(size: Int) async throws {
        let server = LoopbackServer { connection in
            connection.serve { _ in connection.answer([UInt8](repeating: 7, count: size)) }
        }
        defer { server.stop() }
        try await withTransport(CurlSettings(maxResponseBytes: 100_000)) { transport in
            if size <= 100_000 {
                #expect(try await transport.send(.get(server.url())).body.count == size)
            } else {
                let error = try await transport.failure(.get(server.url()))
                #expect(error.code == "CURLE_FILESIZE_EXCEEDED")
                #expect(error.delivery == .outcomeUnknown)
            }
        }
    }

    @Test func `the limit holds for what a small compressed body unfolds to`() async throws {
        let packed = "H4sIAAAAAAACA+3BMQEAAADCoPVPbQ0PoAAAAAAAAAAAAAAAAAAAAAAAAAB4MAJTL5cgTgAA"
        let bomb = Array(try #require(Data(base64Encoded: packed)))
        let server = LoopbackServer { connection in
            connection.serve { _ in connection.answer(bomb, fields: ["Content-Encoding: gzip"]) }
        }
        defer { server.stop() }
        try await withTransport(CurlSettings(maxResponseBytes: 19_999)) { transport in
            let error = try await transport.failure(.get(server.url()))
            #expect(error.code == "CURLE_FILESIZE_EXCEEDED")
        }
    }

    @Test func `an endless header is broken off`() async throws {
        let line = "X-More: " + String(repeating: "m", count: 8000) + "\r\n"
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n")
            while connection.write(Array(line.utf8)) {}
        }
        defer { server.stop() }
        try await withTransport { transport in
            let error = try await transport.failure(.get(server.url()))
            #expect(error.delivery == .outcomeUnknown)
        }
    }
}

@Suite(.timeLimit(.minutes(15)))
struct UnsendableRequestTests {
    @Test(arguments: [
        ("ftp://127.0.0.1/", "CURLE_UNSUPPORTED_PROTOCOL"), ("file:///etc/passwd", "CURLE_UNSUPPORTED_PROTOCOL"),
        ("127.0.0.1/no-scheme", "CURLE_URL_MALFORMAT"), ("http://127.0.0.1:99999/", "CURLE_URL_MALFORMAT"),
        ("http://127.0.0.1/a b", "CURLE_URL_MALFORMAT"), ("http://127.0.0.1/\u{0}", "CURLE_URL_MALFORMAT"),
        ("http://127.0.0.1/号", "CURLE_URL_MALFORMAT"), ("", "CURLE_URL_MALFORMAT"),
    ])
    func `a URL that is none of http's is refused unsent`(url: String, code: String) async throws {
        try await withTransport { transport in
            let error = try await transport.failure(.get(url))
            #expect(error.code == code)
            #expect(error.delivery == .notSent)
        }
    }

    @Test(arguments: [
        HTTPField("X-A", "1\r\nX-B: 2"), HTTPField("X-A\n", "1"), HTTPField("X:A", "1"), HTTPField("", "1"),
        HTTPField("X-A", "nul \u{0}"),
    ])
    func `a header field that would become two is refused unsent`(field: HTTPField) async throws {
        let server = LoopbackServer()
        defer { server.stop() }
        var request = HTTPRequest.get(server.url())
        request.headers = [field]
        try await withTransport { transport in
            let error = try await transport.failure(request)
            #expect(error.delivery == .notSent)
            request.headers = []
            request.method = "GET / HTTP/1.1\r\nX: "
            #expect(try await transport.failure(request).delivery == .notSent)
        }
        #expect(server.accepted == 0)
    }
}
