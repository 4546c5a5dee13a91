import Foundation
import Glibc
import Telephony
import TestSupport
import Testing

@testable import CurlTransport

@Suite(.timeLimit(.minutes(15)))
struct ChannelTroubleTests {
    /// Runs `body` with a transport and the URL of a server that runs `script` once it has agreed to the handshake.
    private func withServer(
        _ script: @escaping @Sendable (ServerConnection) -> Void,
        settings: CurlSettings = CurlSettings(),
        _ body: (CurlTransport, String) async throws -> Void
    ) async throws {
        let server = LoopbackServer { connection in
            guard connection.acceptWebSocket() != nil else { return }
            script(connection)
        }
        defer { server.stop() }
        try await withTransport(settings) { try await body($0, server.url("/secret", scheme: "ws")) }
    }

    /// More than the system keeps for a connection whose other side does not read.
    private static let tooMuch = String(repeating: "x", count: 32 << 20)

    @Test func `while the other side does not read, sending waits, and can be given up`() async throws {
        let begun = Signal()
        let done = Signal()
        try await withServer { connection in
            _ = connection.read(exactly: 2)
            begun.fire()
            done.block()
        } _: { transport, url async throws in
            let channel = try await transport.open(.patient(url))
            let first = Task { await channel.sendFailure(Self.tooMuch) }
            await begun.wait()
            let second = Task.immediate { await channel.sendFailure("after it") }
            second.cancel()
            let unsent = await second.value
            #expect(unsent?.code == "cancelled" && unsent?.delivery == .notSent)
            first.cancel()
            let halfSent = await first.value
            #expect(halfSent?.code == "cancelled" && halfSent?.delivery == .outcomeUnknown)
            done.fire()
        }
    }

    private func withRoundTrip(_ transport: CurlTransport) async throws {
        let server = LoopbackServer()
        defer { server.stop() }
        for _ in 0..<3 { _ = try await transport.send(.get(server.url())) }
    }

    @Test func `a large message passes whole once the other side reads`() async throws {
        let size = Locked(0)
        try await withServer { connection in
            let frame = connection.readFrame()
            size.with { $0 = frame?.payload.count ?? -1 }
            connection.closeWebSocket()
        } _: { transport, url async throws in
            let channel = try await transport.open(.patient(url))
            try await channel.send(String(Self.tooMuch.prefix(4 << 20)))
            #expect(try await channel.receive() == nil)
        }
        #expect(size.with { $0 } == 4 << 20)
    }

    @Test func `a flood that nobody receives makes the other side wait, and nothing of it is lost`() async throws {
        let text = String(repeating: "y", count: 1_000)
        let count = 40_000
        let written = Locked(0)
        try await withServer { connection in
            for number in 0..<count {
                guard connection.writeText("\(number) \(text)") else { return }
                written.with { $0 = number }
            }
            connection.closeWebSocket()
        } _: { transport, url async throws in
            let channel = try await transport.open(.patient(url))
            try await withRoundTrip(transport)
            #expect(written.with { $0 } < count - 1)
            var received = 0
            let failure = try await channel.end { message in
                #expect(message == "\(received) \(text)")
                received += 1
            }
            #expect(failure == nil)
            #expect(received == count)
        }
    }

    @Test func `a flood of pings from a side that does not read takes no room and holds nothing up`() async throws {
        let last = Locked<[UInt8]>([])
        let flooded = Signal()
        try await withServer { connection in
            for number in 0..<200_000 {
                let payload = withUnsafeBytes(of: UInt32(number).bigEndian) { Array($0) }
                guard connection.writeFrame(.ping, payload) else { return }
            }
            connection.writeText("after the flood")
            flooded.block()
            connection.writeFrame(.ping, [9])
            while let frame = connection.readFrame(), frame.payload != [9] {
                last.with { $0 = frame.payload }
            }
            connection.closeWebSocket()
        } _: { transport, url async throws in
            let channel = try await transport.open(.patient(url))
            #expect(try await channel.receive() == "after the flood")
            flooded.fire()
            #expect(try await channel.receive() == nil)
        }
        #expect(last.with { $0 } == [0, 3, 0x0D, 0x3F])
    }

    @Test func `a side that says nothing to our closing is not waited for any longer than it may take`() async throws {
        let ended = Signal()
        try await withServer { connection in
            connection.waitForEnd()
            ended.fire()
        } _: { transport, url async throws in
            let channel = try await transport.open(.patient(url))
            await channel.close()
            await ended.wait()
            #expect(try await channel.receive() == nil)
        }
    }

    @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 403 Forbidden\r\n\r\n", "\0\u{1}\r\n\r\n", ""])
    func `an answer that opens no channel is told without the path`(answer: String) async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.write(answer)
        }
        defer { server.stop() }
        try await withTransport { transport in
            let failure = await transport.openFailure(.patient(server.url("/secret", scheme: "ws")))
            #expect(failure?.delivery == .outcomeUnknown)
            #expect(failure?.message.contains("127.0.0.1:\(server.port)") == true)
            #expect(failure?.message.contains("secret") == false)
            if answer.contains("403") { #expect(failure?.code == "CURLE_HTTP_RETURNED_ERROR") }
        }
    }

    @Test func `a head without end is given up`() async throws {
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            while connection.write(Array(repeating: 65, count: 1_000)) {}
        }
        defer { server.stop() }
        try await withTransport { transport in
            let failure = await transport.openFailure(.patient(server.url(scheme: "ws")))
            #expect(failure?.message.contains("\(WebSocketHandshake.maxHeadBytes)") == true)
        }
    }

    @Test func `a server that does not answer the handshake is given up in time, and before it as not sent`()
        async throws
    {
        let server = LoopbackServer { $0.waitForEnd() }
        defer { server.stop() }
        let hole = BlackHole()
        defer { hole.close() }
        try await withTransport { transport in
            // Where the connection has to be made first, even a slow machine needs less than the time that there is.
            for (url, openTimeout, delivery) in [
                (server.url(scheme: "ws"), Duration.seconds(3), TransportError.Delivery.outcomeUnknown),
                ("ws://127.0.0.1:\(hole.port)/", .milliseconds(200), .notSent),
            ] {
                let request = ChannelRequest(url: url, openTimeout: openTimeout)
                let failure = await transport.openFailure(request)
                #expect(failure?.code == "CURLE_OPERATION_TIMEDOUT")
                #expect(failure?.delivery == delivery)
            }
        }
    }

    @Test func `nobody there is not sent`() async throws {
        let dead = LoopbackServer.deadPort()
        defer { Glibc.close(dead.socket) }
        try await withTransport { transport in
            let failure = await transport.openFailure(.patient("ws://127.0.0.1:\(dead.port)/"))
            #expect(failure?.delivery == .notSent)
            #expect(failure?.code == "CURLE_COULDNT_CONNECT")
        }
    }

    @Test func `opening is cancelled while the other side is silent, and the connection is closed`() async throws {
        let asked = Signal()
        let ended = Signal()
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            asked.fire()
            connection.waitForEnd()
            ended.fire()
        }
        defer { server.stop() }
        try await withTransport { transport in
            let task = Task { await transport.openFailure(.patient(server.url(scheme: "ws"))) }
            await asked.wait()
            task.cancel()
            #expect(await task.value?.code == "cancelled")
            await ended.wait()
        }
    }

    @Test func `a receiver that is cancelled takes no message with it`() async throws {
        let go = Signal()
        try await withServer { connection in
            go.block()
            connection.writeText("for the next one")
            connection.closeWebSocket()
        } _: { transport, url async throws in
            let channel = try await transport.open(.patient(url))
            let impatient = Task { try await channel.end() }
            impatient.cancel()
            #expect(try await impatient.value?.code == "cancelled")
            go.fire()
            #expect(try await channel.receive() == "for the next one")
        }
    }

    @Test func `shutting down ends channels, those that are opening too, and closes their connections`() async throws {
        let ended = [Signal(), Signal()]
        let asked = Signal()
        let server = LoopbackServer { connection in
            if connection.index == 0 {
                connection.acceptWebSocket()
            } else {
                _ = connection.readRequest()
                asked.fire()
            }
            connection.waitForEnd()
            ended[connection.index].fire()
        }
        defer { server.stop() }
        let transport = CurlTransport(settings: CurlSettings(), environment: [:])
        let url = server.url(scheme: "ws")
        let channel = try await transport.open(.patient(url))
        let opening = Task { await transport.openFailure(.patient(url)) }
        await asked.wait()
        let receiver = Task { try await channel.end() }
        await transport.shutdown()
        #expect(try await receiver.value?.code == "cancelled")
        #expect(await opening.value?.code == "cancelled")
        for signal in ended { await signal.wait() }
        #expect(await channel.sendFailure("late")?.delivery == .notSent)
        #expect(await transport.openFailure(.patient(url))?.delivery == .notSent)
        await channel.close()
    }

    @Test func `channels take nothing away from what requests may have`() async throws {
        let server = LoopbackServer { connection in
            guard let request = connection.readRequest() else { return }
            guard request.fields["upgrade"] != nil else {
                connection.answer("{}")
                return connection.serve { _ in connection.answer("{}") }
            }
            connection.write(ChannelPeerHead.agreeing(to: request))
            connection.waitForEnd()
        }
        defer { server.stop() }
        try await withTransport(CurlSettings(maxConnectionsPerHost: 1, maxInFlight: 1)) { transport in
            #expect(try await transport.send(.get(server.url())).status == 200)
            var channels: [any EventChannel] = []
            for _ in 0..<20 { channels.append(try await transport.open(.patient(server.url(scheme: "ws")))) }
            // The connection that requests share has stayed, and all channels are open still.
            for _ in 0..<3 { #expect(try await transport.send(.get(server.url())).status == 200) }
            #expect(server.accepted == 21)
            for channel in channels { #expect(await channel.sendFailure("here") == nil) }
        }
    }
}
