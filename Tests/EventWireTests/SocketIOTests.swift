import EventWire
import Testing

@Suite("Packets of engine.io and socket.io")
struct SocketIOTests {
    @Test(
        "Every packet of engine.io is read and written",
        arguments: [
            ("0{}", .open("{}")), ("1", .close), ("2", .ping("")), ("2probe", .ping("probe")),
            ("3probe", .pong("probe")),
            ("40", .message("0")), ("5", .upgrade), ("6", .noop),
        ] as [(String, EngineIOPacket)])
    func enginePackets(text: String, packet: EngineIOPacket) {
        #expect(EngineIOPacket(text) == packet)
        #expect(packet.text == text)
    }

    @Test("What is no packet is nothing", arguments: ["", "7", "b4AAAA", "x", "三"])
    func noEnginePackets(text: String) {
        #expect(EngineIOPacket(text) == nil)
    }

    @Test("A session is read with the usual intervals where it names none, and written")
    func sessions() throws {
        let text = #"{"sid":"ab","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":"5000"}"#
        let session = EngineIOSession(
            sid: "ab", upgrades: ["websocket"], pingInterval: .seconds(25), pingTimeout: .seconds(5))
        #expect(EngineIOSession(text) == session)
        #expect(EngineIOSession(session.text) == session)
        #expect(EngineIOSession(#"{"sid":"ab","pingInterval":-1}"#) == EngineIOSession(sid: "ab"))
        #expect(EngineIOSession("{}") == nil && EngineIOSession("") == nil)
    }

    @Test(
        "Every packet of socket.io is read and written",
        arguments: [
            ("0", SocketIOPacket(.connect)), ("0/a?b=c", SocketIOPacket(.connect, namespace: "/a?b=c")),
            ("1", SocketIOPacket(.disconnect)), (#"2["a",1]"#, SocketIOPacket(.event, payload: #"["a",1]"#)),
            (#"2/a,12["b"]"#, SocketIOPacket(.event, namespace: "/a", id: 12, payload: #"["b"]"#)),
            ("37[1]", SocketIOPacket(.acknowledgement, id: 7, payload: "[1]")),
            (#"4"no""#, SocketIOPacket(.error, payload: #""no""#)),
        ])
    func socketPackets(text: String, packet: SocketIOPacket) {
        #expect(SocketIOPacket(text) == packet)
        #expect(SocketIOPacket(packet.text) == packet)
    }

    @Test(
        "What is no packet of socket.io, or has attachments, is nothing",
        arguments: ["", "7", "51-[]", "x", "299999999999999999999[]"])
    func noSocketPackets(text: String) {
        #expect(SocketIOPacket(text) == nil)
    }

    @Test("Events carry a name and arguments")
    func events() {
        let packet = SocketIOPacket.event("AgentCmd", [.object(["Action": .integer(6), "Name": .string("李")])])
        #expect(packet.text == #"2["AgentCmd",{"Action":6,"Name":"\u674e"}]"#)
        #expect(packet.event?.name == "AgentCmd")
        #expect(packet.event?.arguments == [.object(["Action": .integer(6), "Name": .string("李")])])
        for text in ["2", "2{}", "2[]", "2[1]", "2[\"a\"", "0[\"a\"]"] { #expect(SocketIOPacket(text)?.event == nil) }
    }

    @Test("Payloads in ASCII are the same for every server")
    func payloads() {
        let packets: [EngineIOPacket] = [.open("{}"), .message("0"), .ping("")]
        let body = EngineIOPayload.encoded(packets)
        #expect(body == Array("3:0{}2:401:2".utf8))
        #expect(EngineIOPayload.packets(body) == packets)
        #expect(EngineIOPayload.packets([]) == [])
    }

    @Test(
        "Letters beyond ASCII are read whether they are encoded twice, counted in UTF-16 or in bytes",
        arguments: ["10:4ä¸\u{89}æ\u{9D}\u{8E}ç\u{8E}\u{8B}2:40", "4:4三李王2:40", "10:4三李王2:40"])
    func payloadsBeyondASCII(text: String) {
        #expect(EngineIOPayload.packets(Array(text.utf8)) == [.message("三李王"), .message("0")])
        #expect(
            EngineIOPayload.encoded([.message("三李王"), .message("0")])
                == Array("10:4ä¸\u{89}æ\u{9D}\u{8E}ç\u{8E}\u{8B}2:40".utf8))
    }

    @Test(
        "A body that is not made of packets is nothing",
        arguments: ["1", "1:", "2:4", "x:40", "-1:4", "0:", "2:40x", "99999999999999999999:4", "1:x"])
    func brokenPayloads(text: String) {
        #expect(EngineIOPayload.packets(Array(text.utf8)) == nil)
    }
}
