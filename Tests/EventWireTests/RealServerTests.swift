import CurlTransport
import EventWire
import Foundation
import Telephony
import TestSupport
import Testing

/// Servers by others, over the transport that vendors' clients use.
@Suite("Servers by others understand us", .timeLimit(.minutes(15)))
struct RealServerTests {
    /// Runs `body` with a channel to a server from a script in `Fixtures`, which prints `port` and its port.
    private func withChannel(
        _ script: String, packages: [String], path: String, _ body: (any EventChannel) async throws -> Void
    ) async throws {
        let python = try await PythonEnvironment.python(with: packages)
        let file = try #require(
            Bundle.module.url(forResource: script, withExtension: "py", subdirectory: "Fixtures"))
        let server = try ChildServer(python, ["-u", file.path])
        defer { server.stop() }
        await server.printed("port ")
        await server.printed("\n")
        let port = try #require(server.text.components(separatedBy: "port ").last?.prefix { $0.isNumber })
        let transport = CurlTransport(settings: CurlSettings(), environment: [:])
        do {
            try await body(transport.open(ChannelRequest(url: "ws://127.0.0.1:\(port)\(path)", pingAfter: nil)))
        } catch {
            await transport.shutdown()
            throw error
        }
        await transport.shutdown()
    }

    /// The next frame of a broker; nil when it closes.
    private func nextFrame(_ channel: any EventChannel, _ decoder: inout STOMPDecoder) async throws -> STOMPFrame? {
        while true {
            if let frame = try decoder.next() { return frame }
            guard let message = try await channel.receive() else { return nil }
            decoder.append(message.utf8)
        }
    }

    /// No heart-beat is sent: this broker agrees to them, and then cannot read the end of line that they are.
    @Test("A STOMP broker takes our frames, and we take those that it writes")
    func stompBroker() async throws {
        let packages = ["coilmq==1.1.0", "websockets==15.0.1"]
        try await withChannel("stomp_broker", packages: packages, path: "/mvc/stomp/websocket") { channel in
            var decoder = STOMPDecoder()
            func send(_ frame: STOMPFrame) async throws {
                try await channel.send(String(decoding: frame.encoded, as: UTF8.self))
            }
            try await send(
                STOMPFrame(
                    "CONNECT", [STOMPHeader("accept-version", "1.1,1.0"), STOMPHeader("heart-beat", "60000,60000")]))
            let connected = try #require(try await nextFrame(channel, &decoder))
            #expect(connected.command == "CONNECTED" && connected["version"] == "1.1")
            #expect(connected["heart-beat"].flatMap { STOMPHeartBeat($0) } != nil)
            let topic = STOMPHeader("destination", "/topic/event.agent.*.5001@test_cc")
            try await send(STOMPFrame("SUBSCRIBE", [STOMPHeader("id", "sub-0"), topic]))
            for body in [Array("{\"eventName\":\"李\"}".utf8), [], [65, 0, 66]] {
                try await send(STOMPFrame("SEND", [topic, STOMPHeader("note", "a:b\nc\\")], body: body))
                let message = try #require(try await nextFrame(channel, &decoder))
                #expect(message.command == "MESSAGE" && message["subscription"] == "sub-0")
                #expect(message.body == body)
                #expect(message["note"] == "a:b\nc\\")
            }
            try await send(STOMPFrame("DISCONNECT", [STOMPHeader("receipt", "r")]))
            let receipt = try #require(try await nextFrame(channel, &decoder))
            #expect(receipt.command == "RECEIPT" && receipt["receipt-id"] == "r")
        }
    }

    @Test("A socket.io server of protocol 4 takes our packets, and we take those that it writes")
    func socketIOServer() async throws {
        let packages = [
            "gevent==24.11.1", "gevent-websocket==0.10.1", "python-engineio==3.14.2", "python-socketio==4.6.1",
        ]
        let path = "/socket.io/?EIO=3&transport=websocket"
        try await withChannel("socketio_server", packages: packages, path: path) { channel in
            func next() async throws -> EngineIOPacket? { try await channel.receive().flatMap { EngineIOPacket($0) } }
            func nextPacket() async throws -> SocketIOPacket? {
                guard case .message(let text) = try await next() else { return nil }
                return SocketIOPacket(text)
            }
            guard case .open(let text) = try await next() else {
                Issue.record("no open packet")
                return
            }
            #expect(EngineIOSession(text)?.pingInterval == .seconds(25))
            #expect(try await nextPacket() == SocketIOPacket(.connect))
            let argument = JSONValue.object(["Action": .integer(22), "Name": .string("李")])
            let command = SocketIOPacket.event("AgentCmd", [argument], id: 7)
            try await channel.send(EngineIOPacket.message(command.text).text)
            let event = try #require(try await nextPacket()?.event)
            #expect(event.name == "toAgent")
            #expect(event.arguments.first?.text.flatMap { JSONValue(parsing: Array($0.utf8)) } == argument)
            let answer = try #require(try await nextPacket())
            #expect(answer.kind == .acknowledgement && answer.id == 7)
            #expect(
                answer.payload.flatMap { JSONValue(parsing: Array($0.utf8)) }
                    == .array([.string("done"), .integer(22)]))
            try await channel.send(EngineIOPacket.ping("probe").text)
            #expect(try await next() == .pong("probe"))
        }
    }
}
