import DialModel
import EventWire
import Telephony

/// One agent's connection: socket.io over a WebSocket, from its opening to its end (`vendors/well-wincall.md`, B.3).
struct AgentChannel: Sendable {
    /// In real time, as everything about the connection itself.
    private static let openLimit = Duration.seconds(10)

    let account: WinCallAccount
    let channels: any EventTransport
    let clock: any RunClock
    let rhythm: FloorRhythm

    /// What goes out, and the wish to end.
    struct Outlet: Sendable {
        let commands: AsyncStream<AgentCommand>
        // A stream is over once the task that reads it was cancelled, so whoever waits for the end has one of their own.
        private let openingEnd: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)
        private let talkingEnd: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)
        private let commandsIn: AsyncStream<AgentCommand>.Continuation

        init() {
            (commands, commandsIn) = AsyncStream.makeStream()
            openingEnd = AsyncStream.makeStream()
            talkingEnd = AsyncStream.makeStream()
        }

        /// Returns once the connection is to end, for the one who opens it.
        func endsWhileOpening() async { for await _ in openingEnd.stream {} }

        /// Returns once the connection is to end, for the one who carries what is said.
        func endsWhileTalking() async { for await _ in talkingEnd.stream {} }

        /// Sends a command after those before it.
        func send(_ command: AgentCommand) { commandsIn.yield(command) }

        /// Ends the connection once everything has been sent.
        func close() {
            commandsIn.finish()
            openingEnd.continuation.finish()
            talkingEnd.continuation.finish()
        }
    }

    /// What came in, or the end.
    enum Arrival: Sendable {
        case opened
        case message(ServerMessage)
    }

    /// Opens the connection and carries everything both ways until it ends, and says why it did.
    func run(_ outlet: Outlet, taking take: @escaping @Sendable (Arrival) -> Void) async -> VendorError {
        let opened = await firstOf {
            await self.open()
        } or: {
            await outlet.endsWhileOpening()
            return .failure(self.closed)
        }
        switch opened {
        case .failure(let error): return error
        case .success(let connection):
            take(.opened)
            let end = await talk(connection, outlet, take)
            await connection.channel.close()
            return end
        }
    }

    /// Proves that the server answers, and goes away again.
    func probe() async throws(VendorError) {
        await (try open().get()).channel.close()
    }

    // MARK: Opening

    private struct Connection: Sendable {
        var channel: any EventChannel
        var pingInterval: Duration
    }

    private func open() async -> Result<Connection, VendorError> {
        let request = ChannelRequest(
            url: account.serverURL + "/socket.io/?EIO=3&transport=websocket", openTimeout: Self.openLimit)
        let channel: any EventChannel
        do {
            channel = try await channels.open(request)
        } catch {
            return .failure(failure(error))
        }
        let greeting = await firstOf {
            await self.greeting(on: channel)
        } or: {
            try? await self.clock.sleep(for: self.rhythm.answerLimit)
            return .failure(self.error(code: "NoGreeting", "the server did not begin the session in time"))
        }
        switch greeting {
        case .success(let interval): return .success(Connection(channel: channel, pingInterval: interval))
        case .failure(let error):
            await channel.close()
            return .failure(error)
        }
    }

    /// Waits for the two packets that begin a session, and answers with the interval of pings.
    private func greeting(on channel: any EventChannel) async -> Result<Duration, VendorError> {
        var interval: Duration?
        do throws(TransportError) {
            while let text = try await channel.receive() {
                switch EngineIOPacket(text) {
                case .open(let session)?: interval = EngineIOSession(session)?.pingInterval
                case .message(let packet)?:
                    if let interval, SocketIOPacket(packet)?.kind == .connect { return .success(interval) }
                case .close?: return .failure(closed)
                case .ping?, .pong?, .upgrade?, .noop?, nil: continue
                }
            }
        } catch {
            return .failure(failure(error))
        }
        return .failure(closed)
    }

    // MARK: Talking

    /// Carries commands out and messages in; whichever ends first ends everything.
    private func talk(
        _ connection: Connection, _ outlet: Outlet, _ take: @escaping @Sendable (Arrival) -> Void
    ) async -> VendorError {
        await withTaskGroup(of: VendorError.self) { tasks in
            tasks.addTask { await self.receive(on: connection.channel, take) }
            tasks.addTask { await self.send(outlet.commands, on: connection.channel) }
            tasks.addTask { await self.ping(connection) }
            tasks.addTask {
                await outlet.endsWhileTalking()
                try? await self.clock.sleep(for: self.rhythm.signOutLimit)
                return self.closed
            }
            let end = await tasks.next()
            tasks.cancelAll()
            return end ?? closed
        }
    }

    private func receive(
        on channel: any EventChannel, _ take: @Sendable (Arrival) -> Void
    ) async -> VendorError {
        do throws(TransportError) {
            while let text = try await channel.receive() {
                switch EngineIOPacket(text) {
                case .message(let packet)?:
                    guard let packet = SocketIOPacket(packet), packet.kind != .disconnect else { return closed }
                    for message in ServerMessage.messages(of: packet) { take(.message(message)) }
                case .close?: return closed
                case .open?, .ping?, .pong?, .upgrade?, .noop?, nil: continue
                }
            }
        } catch {
            return failure(error)
        }
        return closed
    }

    private func send(_ commands: AsyncStream<AgentCommand>, on channel: any EventChannel) async -> VendorError {
        do throws(TransportError) {
            for await command in commands {
                try await channel.send(Self.text(.event("AgentCmd", [command.wire])))
            }
            try await channel.send(Self.text(SocketIOPacket(.disconnect)))
        } catch {
            return failure(error)
        }
        return closed
    }

    private static func text(_ packet: SocketIOPacket) -> String { EngineIOPacket.message(packet.text).text }

    /// The client pings in this generation of the protocol; that the server is there shows on the WebSocket itself.
    private func ping(_ connection: Connection) async -> VendorError {
        do {
            while true {
                try await clock.sleep(for: connection.pingInterval)
                try await connection.channel.send(EngineIOPacket.ping("").text)
            }
        } catch let error as TransportError {
            return failure(error)
        } catch {
            return closed
        }
    }

    // MARK: Errors

    private var closed: VendorError { error(code: "closed", "the channel was closed") }

    private func failure(_ error: TransportError) -> VendorError { self.error(code: error.code, error.message) }

    private func error(code: String, _ message: String) -> VendorError {
        VendorError(
            .unavailable, vendor: account.name, operation: "socket.io", code: code,
            message: Redaction.clean(message, secret: Secret("")))
    }
}

/// What the first of two pieces of work to end comes to; the other is cancelled, and its end awaited.
func firstOf<Answer: Sendable>(
    _ first: @escaping @Sendable () async -> Answer, or second: @escaping @Sendable () async -> Answer
) async -> Answer {
    await withTaskGroup(of: Answer.self) { tasks in
        tasks.addTask { await first() }
        tasks.addTask { await second() }
        let answer = await tasks.next()
        tasks.cancelAll()
        // Two tasks were added, so there is a first.
        if let answer { return answer }
        return await second()
    }
}
