import Foundation
import Telephony
import TestSupport
import Testing

@testable import CurlTransport

@Suite(.timeLimit(.minutes(15)))
struct ChannelTests {
    /// Opens a channel to a server that runs `script` once it has agreed to the handshake.
    private func withChannel(
        _ script: @escaping @Sendable (ServerConnection) -> Void,
        request: (String) -> ChannelRequest = { .patient($0) },
        _ body: (any EventChannel) async throws -> Void
    ) async throws {
        let server = LoopbackServer { connection in
            guard connection.acceptWebSocket() != nil else { return }
            script(connection)
        }
        defer { server.stop() }
        try await withTransport { transport in
            try await body(transport.open(request(server.url("/events", scheme: "ws"))))
        }
    }

    @Test func `text goes both ways in order, masked on its way out, until the other side closes`() async throws {
        let masked = Locked<[Bool]>([])
        try await withChannel { connection in
            for _ in 0..<3 {
                guard let frame = connection.readFrame() else { return }
                masked.with { $0.append(frame.isMasked && frame.opcode == 1) }
                connection.writeText("re: " + frame.text)
            }
            connection.closeWebSocket()
        } _: { channel async throws in
            for text in ["one", "", "三"] { try await channel.send(text) }
            var texts: [String] = []
            let failure = try await channel.end { texts.append($0) }
            #expect(failure == nil)
            #expect(texts == ["re: one", "re: ", "re: 三"])
            let late = await channel.sendFailure("late")
            #expect(late?.delivery == .notSent)
        }
        #expect(masked.with { $0 } == [true, true, true])
    }

    @Test func `the handshake asks for what was wanted and offers nothing more`() async throws {
        let server = LoopbackServer { connection in
            connection.acceptWebSocket(fields: ["Sec-WebSocket-Protocol: v11.stomp"])
            connection.closeWebSocket()
        }
        defer { server.stop() }
        var request = ChannelRequest.patient(server.url("/a%20b/?x=1&y=%7C#never", scheme: "WS"))
        request.headers = [
            HTTPField("sessionId", "7"), HTTPField("Sec-WebSocket-Protocol", "v10.stomp, v11.stomp"),
            HTTPField("Connection", "close"), HTTPField("Host", "elsewhere"),
        ]
        try await withTransport { transport in
            let channel = try await transport.open(request)
            #expect(try await channel.receive() == nil)
        }
        let received = try #require(server.received.first)
        #expect(received.method == "GET" && received.target == "/a%20b/?x=1&y=%7C")
        var fields = received.fields
        let key = fields.removeValue(forKey: "sec-websocket-key") ?? ""
        #expect(Data(base64Encoded: key)?.count == 16)
        #expect(
            fields == [
                "host": "127.0.0.1:\(server.port)", "upgrade": "websocket", "connection": "Upgrade",
                "sec-websocket-version": "13", "user-agent": "autodialer", "sessionid": "7",
                "sec-websocket-protocol": "v10.stomp, v11.stomp",
            ])
    }

    @Test func `closing shakes hands, ends receiving, and is done once`() async throws {
        let seen = Locked<[Int?]>([])
        try await withChannel { connection in
            while let frame = connection.readFrame() {
                seen.with { $0.append(frame.opcode == 8 ? frame.closeCode : nil) }
                if frame.opcode == 8 { connection.writeFrame(.close, frame.payload) }
            }
            seen.with { $0.append(0) }
        } _: { channel async throws in
            let receiver = Task { try await channel.receive() }
            await channel.close()
            #expect(try await receiver.value == nil)
            await channel.close()
            #expect(try await channel.receive() == nil)
            #expect(await channel.sendFailure("late")?.delivery == .notSent)
        }
        #expect(seen.with { $0.first } == 1000)
    }

    @Test func `a channel that nobody holds any more is closed`() async throws {
        let closed = Signal()
        let server = LoopbackServer { connection in
            guard connection.acceptWebSocket() != nil else { return }
            if connection.readFrame()?.closeCode == 1000 { closed.fire() }
        }
        defer { server.stop() }
        try await withTransport { transport in
            _ = try await transport.open(.patient(server.url(scheme: "ws")))
            await closed.wait()
        }
    }

    @Test func `pings are answered although nobody receives`() async throws {
        let pong = Locked<ReceivedFrame?>(nil)
        let answered = Signal()
        try await withChannel { connection in
            connection.writeFrame(.ping, [1, 2, 3])
            let frame = connection.readFrame()
            pong.with { $0 = frame }
            answered.fire()
            connection.closeWebSocket()
        } _: { _ async throws in
            await answered.wait()
        }
        #expect(pong.with { $0 } == ReceivedFrame(opcode: 10, payload: [1, 2, 3], isMasked: true))
    }

    @Test func `a quiet channel is pinged, and an answer keeps it open`() async throws {
        try await withChannel { connection in
            for _ in 0..<3 {
                guard let frame = connection.readFrame(), frame.opcode == 9 else { return }
                connection.writeFrame(.pong, frame.payload)
            }
            connection.writeText("alive")
            connection.closeWebSocket()
        } request: {
            ChannelRequest(
                url: $0, openTimeout: .seconds(600), pingAfter: .milliseconds(20), pongTimeout: .seconds(600))
        } _: { channel async throws in
            #expect(try await channel.receive() == "alive")
            #expect(try await channel.receive() == nil)
        }
    }

    @Test func `a channel on which nothing answers a ping has failed, after the messages before`() async throws {
        // The message comes with the handshake's answer, so that no slow machine can put the time-out before it.
        let server = LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            connection.write(ChannelPeerHead.agreeing(to: request) + Wire.text("last words"))
            connection.waitForEnd()
        }
        defer { server.stop() }
        try await withTransport { transport in
            let request = ChannelRequest(
                url: server.url(scheme: "ws"), openTimeout: .seconds(600), pingAfter: .milliseconds(20),
                pongTimeout: .milliseconds(50))
            let channel = try await transport.open(request)
            var texts: [String] = []
            let failure = try await channel.end { texts.append($0) }
            #expect(texts == ["last words"])
            #expect(failure?.code == "CURLE_OPERATION_TIMEDOUT")
            #expect(try await channel.end() == failure)
        }
    }

    @Test(arguments: [nil, 1000, 1001] as [UInt16?])
    func `an ordinary end is told by nil`(code: UInt16?) async throws {
        try await withChannel { connection in
            connection.writeText("before")
            if let code { connection.closeWebSocket(code) } else { connection.writeFrame(.close, []) }
            connection.waitForEnd()
        } _: { channel async throws in
            #expect(try await channel.receive() == "before")
            #expect(try await channel.receive() == nil)
        }
    }

    @Test(arguments: [1002, 1008, 1011, 3999] as [UInt16])
    func `an end that tells of a failure is one`(code: UInt16) async throws {
        try await withChannel { connection in
            connection.closeWebSocket(code)
        } _: { channel async throws in
            let failure = try await channel.end()
            #expect(failure?.code == "WEBSOCKET_\(code)")
        }
    }

    @Test(arguments: [false, true])
    func `a connection that ends in the middle of a message fails after the messages before`(reset: Bool) async throws {
        let read = Signal()
        try await withChannel { connection in
            connection.write(Wire.text("whole") + Wire.text("cut off").dropLast(2))
            read.block()
            if reset { connection.reset() }
        } _: { channel async throws in
            #expect(try await channel.receive() == "whole")
            read.fire()
            let failure = try await channel.end()
            #expect(failure?.code == (reset ? "CURLE_RECV_ERROR" : "CURLE_GOT_NOTHING"))
            #expect(failure?.delivery == .outcomeUnknown)
        }
    }

    @Test func `bytes that arrive one by one make the same messages`() async throws {
        let server = LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            let accept = ChannelPeerHead.agreeing(to: request)
            let frames =
                Wire.frame(.text, Array("三".utf8.prefix(2)), isFinal: false) + Wire.frame(.ping, [7])
                + Wire.frame(.continuation, Array("三".utf8.dropFirst(2)))
                + Wire.text(String(repeating: "x", count: 300))
                + Wire.close(1000)
            for byte in accept + frames { connection.write([byte]) }
            connection.waitForEnd()
        }
        defer { server.stop() }
        try await withTransport { transport in
            let channel = try await transport.open(.patient(server.url(scheme: "ws")))
            var texts: [String] = []
            #expect(try await channel.end { texts.append($0) } == nil)
            #expect(texts == ["三", String(repeating: "x", count: 300)])
        }
    }

    @Test func `messages that come with the handshake's answer are not lost`() async throws {
        let server = LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            connection.write(ChannelPeerHead.agreeing(to: request) + Wire.text("at once") + Wire.close(1000))
            connection.waitForEnd()
        }
        defer { server.stop() }
        try await withTransport { transport in
            let channel = try await transport.open(.patient(server.url(scheme: "ws")))
            #expect(try await channel.receive() == "at once")
            #expect(try await channel.receive() == nil)
        }
    }
}
