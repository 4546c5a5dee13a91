import DialModel
import Testing

@testable import RunControl

@Suite("Requests are put together from what arrives, and refused when they are none")
struct RequestReaderTests {
    private static let order =
        "POST /v1/calls/order HTTP/1.1\r\nHost: localhost\r\ncontent-LENGTH:  13\r\n\r\n{\"call\": 1204}".utf8

    @Test("It does not matter in which pieces a request arrives", arguments: 1..<30)
    func pieces(length: Int) throws {
        var reader = RequestReader()
        var message: RequestReader.Message?
        var rest = Array(Self.order)[...]
        while message == nil, !rest.isEmpty {
            message = try reader.take(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        #expect(message?.method == "POST" && message?.target == "/v1/calls/order")
        #expect(message.map { String(decoding: $0.body, as: UTF8.self) } == "{\"call\": 1204")
    }

    @Test(
        "What is no request is refused",
        arguments: [
            "\r\n\r\n", "GET /v1/agents\r\n\r\n", "GET v1 HTTP/1.1\r\n\r\n", "GET / HTTP/2\r\n\r\n",
            "GET /v1/agents HTTP/1.1\r\nno colon\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: ten\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 16385\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: -1\r\n\r\n",
        ])
    func refused(text: String) {
        var reader = RequestReader()
        #expect(throws: ControlError.self) { _ = try reader.take(text.utf8) }
    }

    @Test("A head that does not end is refused once it is too long, whatever it consists of")
    func endless() throws {
        var reader = RequestReader()
        let line = Array("X-Filler: \(String(repeating: "x", count: 1_000))\r\n".utf8)
        #expect(throws: ControlError.self) {
            for _ in 0..<10 { _ = try reader.take(line) }
        }
    }

    @Test("No bytes at all can crash it, and what they hold is bounded")
    func noise() {
        var random = SplitMix64(seed: 20_261_126)
        let alphabet = Array("GETPOST /v1HTTP.\r\n\r\n: Content-Length0123456789{}\"".utf8)
        for _ in 0..<2_000 {
            var reader = RequestReader()
            for _ in 0..<random.below(8) {
                let piece = (0..<random.below(64)).map { _ in alphabet[Int(random.below(UInt64(alphabet.count)))] }
                if (try? reader.take(piece)) == nil { break }
            }
        }
    }
}
