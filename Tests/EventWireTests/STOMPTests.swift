import EventWire
import Testing

@Suite("STOMP frames")
struct STOMPTests {
    private static func frames(_ text: String, max: Int = 1_000) throws -> [STOMPFrame] {
        var decoder = STOMPDecoder(maxFrameBytes: max)
        decoder.append(text.utf8)
        var frames: [STOMPFrame] = []
        while let frame = try decoder.next() { frames.append(frame) }
        return frames
    }

    @Test("What a client of Well writes is spelt as its SDK spells it")
    func written() {
        let connect = STOMPFrame(
            "CONNECT", [STOMPHeader("accept-version", "1.1,1.0"), STOMPHeader("heart-beat", "10000,10000")])
        #expect(
            String(decoding: connect.encoded, as: UTF8.self)
                == "CONNECT\naccept-version:1.1,1.0\nheart-beat:10000,10000\n\n\0")
        let send = STOMPFrame(
            "SEND", [STOMPHeader("a:b", "c\nd\\"), STOMPHeader("content-length", "9")], body: [0, 65])
        #expect(String(decoding: send.encoded, as: UTF8.self) == "SEND\na\\cb:c\\nd\\\\\ncontent-length:2\n\n\0A\0")
    }

    @Test("A header that is not escaped ends its line nowhere but at its end")
    func openingHeaders() throws {
        let frame = STOMPFrame("CONNECT", [STOMPHeader("a", "b:c\\d\ne\0f")])
        #expect(
            try Self.frames(String(decoding: frame.encoded, as: UTF8.self)) == [
                STOMPFrame("CONNECT", [STOMPHeader("a", "b:c\\d e f")])
            ])
    }

    @Test(
        "Frames are read with their escapes, lengths, ends of line and heart-beats",
        arguments: [
            (
                "\n\nMESSAGE\nsubscription:sub-0\n\n{}\0\n",
                STOMPFrame("MESSAGE", [STOMPHeader("subscription", "sub-0")], body: Array("{}".utf8))
            ),
            ("\r\nMESSAGE\r\na:b\r\n\r\n{}\0", STOMPFrame("MESSAGE", [STOMPHeader("a", "b")], body: Array("{}".utf8))),
            ("MESSAGE\na\\cb:c:d\\n\\\\n\\t\\r\n\n\0", STOMPFrame("MESSAGE", [STOMPHeader("a:b", "c:d\n\\n\\t\r")])),
            ("RECEIPT\n\n\0", STOMPFrame("RECEIPT")),
            (
                "CONNECTED\nversion:1.1\nsession:a\\cb\n\n\0",
                STOMPFrame("CONNECTED", [STOMPHeader("version", "1.1"), STOMPHeader("session", "a\\cb")])
            ),
            (
                "MESSAGE\ncontent-length:3\n\na\0b\0",
                STOMPFrame("MESSAGE", [STOMPHeader("content-length", "3")], body: [97, 0, 98])
            ),
        ])
    func read(text: String, frame: STOMPFrame) throws {
        #expect(try Self.frames(text) == [frame])
    }

    @Test("Several frames may come at once; of a header that comes twice the first counts")
    func several() throws {
        let frames = try Self.frames("A\nx:1\nx:2\n\nbody\0\n\nB\n\n\0C\n")
        #expect(frames.map(\.command) == ["A", "B"])
        #expect(frames[0]["x"] == "1" && frames[0]["y"] == nil)
    }

    @Test(
        "What is no frame is a violation",
        arguments: [
            "MESSAGE\nno colon\n\n\0", "MESSAGE\na:b\0", "\0", " MESSAGE\n\n\0", "消息\n\n\0",
            "MESSAGE\ncontent-length:x\n\n\0", "MESSAGE\ncontent-length:-1\n\n\0", "MESSAGE\ncontent-length:1\n\nab\0",
            "MESSAGE\ncontent-length:9999\n\n", "MESSAGE\n\n" + String(repeating: "x", count: 1_001),
            "MESSAGE" + String(repeating: "\na:b", count: STOMPDecoder.maxHeaders + 1) + "\n\n\0",
        ])
    func broken(text: String) {
        #expect(throws: STOMPViolation.self) { try Self.frames(text, max: text.contains("a:b\na:b") ? 9_999 : 1_000) }
    }

    @Test(
        "Heart-beats are agreed to as both sides can and wish",
        arguments: [
            ("10000,10000", "10000,10000", 10_000), ("10000,0", "0,20000", 20_000), ("0,10000", "5000,5000", nil),
            ("5000,5000", "5000,0", nil),
        ] as [(String, String, Int?)])
    func heartBeats(own: String, other: String, interval: Int?) throws {
        let ownBeat = try #require(STOMPHeartBeat(own))
        let otherBeat = try #require(STOMPHeartBeat(other))
        #expect(ownBeat.interval(to: otherBeat) == interval.map { .milliseconds($0) })
        #expect(ownBeat.text == own)
    }

    @Test("Heart-beats that are no pair of numbers are none", arguments: ["", "1", "1,", "a,b", "-1,0", "1,2,3"])
    func brokenHeartBeats(text: String) {
        #expect(STOMPHeartBeat(text) == nil)
    }
}
