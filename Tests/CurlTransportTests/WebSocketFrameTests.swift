import Telephony
import Testing

@testable import CurlTransport

@Suite("WebSocket frames")
struct WebSocketFrameTests {
    private static func decoded(_ bytes: [UInt8], max: Int = 1 << 20) throws -> [WebSocketFrame] {
        var decoder = WebSocketFrameDecoder(maxPayloadBytes: max)
        decoder.append(bytes)
        var frames: [WebSocketFrame] = []
        while let frame = try decoder.next() { frames.append(frame) }
        return frames
    }

    private static let hello = Array("Hello".utf8)

    @Test("The examples of RFC 6455, 5.7, are read as they are meant")
    func examplesRead() throws {
        #expect(
            try Self.decoded([0x81, 0x05] + Self.hello) == [WebSocketFrame(opcode: .text, payload: Self.hello)])
        #expect(
            try Self.decoded([0x01, 0x03] + Self.hello.prefix(3) + [0x80, 0x02] + Self.hello.suffix(2)) == [
                WebSocketFrame(opcode: .text, payload: Array("Hel".utf8), isFinal: false),
                WebSocketFrame(opcode: .continuation, payload: Array("lo".utf8)),
            ])
        #expect(try Self.decoded([0x89, 0x05] + Self.hello) == [WebSocketFrame(opcode: .ping, payload: Self.hello)])
        let long = [UInt8](repeating: 7, count: 65_536)
        #expect(
            try Self.decoded([0x82, 0x7E, 0x01, 0x00] + long.prefix(256)) == [
                WebSocketFrame(opcode: .binary, payload: Array(long.prefix(256)))
            ])
        #expect(
            try Self.decoded([0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0] + long) == [
                WebSocketFrame(opcode: .binary, payload: long)
            ])
    }

    @Test("The masked examples of RFC 6455, 5.7, are written byte by byte")
    func examplesWritten() {
        let key: UInt32 = 0x37FA_213D
        let masked: [UInt8] = [0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        #expect(WebSocketFrame(opcode: .text, payload: Self.hello).encoded(mask: key) == [0x81, 0x85] + masked)
        #expect(WebSocketFrame(opcode: .pong, payload: Self.hello).encoded(mask: key) == [0x8A, 0x85] + masked)
        #expect(WebSocketFrame.close(1000).encoded(mask: 0) == [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8])
        #expect(WebSocketFrame.close(nil).encoded(mask: 1) == [0x88, 0x80, 0, 0, 0, 1])
    }

    @Test(
        "A length is written in the shortest way",
        arguments: [
            (0, [0x80]), (125, [0xFD]), (126, [0xFE, 0, 126]), (65_535, [0xFE, 0xFF, 0xFF]),
            (65_536, [0xFF, 0, 0, 0, 0, 0, 1, 0, 0]),
        ] as [(Int, [UInt8])])
    func lengths(count: Int, length: [UInt8]) {
        let payload = [UInt8](repeating: 0, count: count)
        let bytes = WebSocketFrame(opcode: .text, payload: payload).encoded(mask: 0)
        #expect(Array(bytes.dropFirst().prefix(length.count)) == length)
        #expect(bytes.count == 1 + length.count + 4 + count)
    }

    @Test(
        "What the protocol forbids is refused from the head alone",
        arguments: [
            ([0xC1, 0x00], 1002), ([0xA1, 0x00], 1002), ([0x91, 0x00], 1002), ([0x83, 0x00], 1002),
            ([0x8B, 0x00], 1002), ([0x81, 0x80], 1002), ([0x09, 0x00], 1002), ([0x89, 0x7E], 1002),
            ([0x81, 0x7E, 0, 125], 1002), ([0x81, 0x7F, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 1002),
            ([0x81, 0x7F, 0x80, 0, 0, 0, 0, 0, 0, 0], 1002), ([0x81, 0x7E, 0x03, 0xE9], 1009),
            ([0x81, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], 1009),
        ] as [([UInt8], UInt16)])
    func violations(bytes: [UInt8], code: UInt16) throws {
        let violation = #expect(throws: WebSocketViolation.self) { try Self.decoded(bytes, max: 1_000) }
        #expect(violation?.code == code)
        #expect(try Self.decoded(Array(bytes.dropLast()), max: 1_000) == [])
    }

    private static func assembled(_ frames: [WebSocketFrame]) throws -> [ChannelInput] {
        var assembler = MessageAssembler(maxMessageBytes: 10)
        return try frames.compactMap { frame in try assembler.receive(frame) }
    }

    private static func frame(
        _ opcode: WebSocketFrame.Opcode, _ payload: [UInt8] = [], final isFinal: Bool = true
    ) -> WebSocketFrame {
        WebSocketFrame(opcode: opcode, payload: payload, isFinal: isFinal)
    }

    @Test("Control frames may come between the parts of a message, whose characters may be cut anywhere")
    func fragments() throws {
        let letter = Array("三".utf8)
        #expect(
            try Self.assembled([
                Self.frame(.text, [letter[0]], final: false), Self.frame(.ping, [1]),
                Self.frame(.continuation, [], final: false), Self.frame(.pong),
                Self.frame(.continuation, Array(letter[1...])), Self.frame(.text), Self.frame(.close),
                Self.frame(.close, [0x03, 0xE9, 0x41]),
            ]) == [.ping([1]), .pong, .text("三"), .text(""), .close(nil), .close(1001)])
    }

    @Test(
        "Frames that make no message are refused with the code that says why",
        arguments: [
            ([frame(.binary)], 1003), ([frame(.continuation)], 1002),
            ([frame(.text, final: false), frame(.text)], 1002), ([frame(.text, final: false), frame(.binary)], 1002),
            ([frame(.text, [0xC3])], 1007), ([frame(.text, [0xED, 0xA0, 0x80])], 1007),
            ([frame(.text, [0xF4, 0x90, 0x80, 0x80])], 1007), ([frame(.text, [0xC0, 0xAF])], 1007),
            (
                [
                    frame(.text, [UInt8](repeating: 65, count: 6), final: false),
                    frame(.continuation, [UInt8](repeating: 65, count: 5)),
                ], 1009
            ),
            ([frame(.close, [3])], 1002), ([frame(.close, [0x03, 0xE7])], 1002), ([frame(.close, [0x03, 0xEC])], 1002),
            ([frame(.close, [0x03, 0xED])], 1002), ([frame(.close, [0x03, 0xEE])], 1002),
            ([frame(.close, [0x03, 0xF8])], 1002), ([frame(.close, [0x13, 0x88])], 1002),
            ([frame(.close, [0x03, 0xE8, 0xFF])], 1007),
        ] as [([WebSocketFrame], UInt16)])
    func broken(frames: [WebSocketFrame], code: UInt16) {
        let violation = #expect(throws: WebSocketViolation.self) { try Self.assembled(frames) }
        #expect(violation?.code == code)
    }
}
