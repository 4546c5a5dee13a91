import DialModel
import EventWire
import Telephony

extension WellVendor {
    private static let connectTimeout = Duration.seconds(10)
    /// Both sides give a sign of life this often (A.3.2, step 2).
    private static let shortestBeat = Duration.seconds(10)
    /// How long a channel has to last before it counts as good.
    private static let goodChannel = Duration.seconds(60)

    /// Keeps a channel open on which the agents' events come, until cancelled.
    func listen(to agents: [AgentID]) async {
        var failures = 0
        while !Task.isCancelled {
            let openedAt = clock.now
            let failure = await hear(agents)
            if Task.isCancelled { return }
            failures = clock.now - openedAt > Self.goodChannel ? 1 : failures + 1
            noteChannel(of: agents, failure)
            let wait = backOff.wait(afterFailures: failures, first: .seconds(3), longest: .seconds(30))
            try? await clock.sleep(for: wait)
        }
    }

    private func noteChannel(of agents: [AgentID], _ failure: WellFailure?) {
        let now = clock.now
        for agent in agents {
            board.with { board in
                board.noteChannel(of: agent, isUp: failure == nil, at: now)
                guard let failure, board[agent]?.failure == nil else { return }
                board.fail(agent, failure.error(.unavailable, account), isTurnedAway: false, at: now)
            }
            bells[agent]?.ring()
        }
        flush()
    }

    /// Opens a channel and takes in what comes; returns why it ended.
    private func hear(_ agents: [AgentID]) async -> WellFailure {
        let request = ChannelRequest(
            url: account.eventURL, openTimeout: clock.realTimeout(Self.connectTimeout))
        let channel: any EventChannel
        do {
            channel = try await channels.open(request)
        } catch {
            return WellFailure("connect", .transport(error))
        }
        let failure = await converse(on: channel, agents)
        await channel.close()
        return failure
    }

    private func converse(on channel: any EventChannel, _ agents: [AgentID]) async -> WellFailure {
        let heardAt = Locked(clock.now)
        return await withTaskGroup(of: WellFailure.self) { group in
            group.addTask { await self.read(channel, agents, heardAt) }
            group.addTask { await self.keepAlive(channel, heardAt) }
            let failure = await group.next() ?? WellFailure("connect", .cancelled)
            group.cancelAll()
            return failure
        }
    }

    private func read(
        _ channel: any EventChannel, _ agents: [AgentID], _ heardAt: Locked<Timestamp>
    ) async -> WellFailure {
        do {
            var decoder = STOMPDecoder()
            try await channel.send(greeting)
            while let text = try await channel.receive() {
                heardAt.with { $0 = clock.now }
                decoder.append(text.utf8)
                while let frame = try decoder.next() {
                    guard try await take(frame, channel, agents) else { return WellFailure("connect", .malformed) }
                }
            }
            return WellFailure("connect", .transport(Self.closed))
        } catch let error as TransportError {
            return WellFailure("connect", .transport(error))
        } catch {
            return WellFailure("connect", .malformed)
        }
    }

    private func subscribe(_ channel: any EventChannel, _ agents: [AgentID]) async throws(TransportError) {
        for (place, agent) in agents.enumerated() {
            guard let address = board.with({ $0[agent]?.address }) else { continue }
            let headers = [STOMPHeader("id", "sub-\(place)"), STOMPHeader("destination", address.topic)]
            try await channel.send(Self.text(STOMPFrame("SUBSCRIBE", headers)))
        }
    }

    /// Takes in a frame; false if the other side gives up.
    private func take(
        _ frame: STOMPFrame, _ channel: any EventChannel, _ agents: [AgentID]
    ) async throws(TransportError) -> Bool {
        switch frame.command {
        case "CONNECTED":
            try await subscribe(channel, agents)
            noteChannel(of: agents, nil)
        case "MESSAGE": take(frame, agents)
        case "ERROR": return false
        default: break
        }
        return true
    }

    private func take(_ frame: STOMPFrame, _ agents: [AgentID]) {
        guard let place = frame["subscription"].flatMap({ Int($0.dropFirst("sub-".count)) }),
            agents.indices.contains(place), let event = WellEvent(frame.body)
        else { return }
        let agent = agents[place]
        board.with { $0.take(event, of: agent, at: clock.now) }
        bells[agent]?.ring()
        flush()
    }

    /// Gives signs of life, and returns when the other side gives none (A.3.2, step 6).
    private func keepAlive(_ channel: any EventChannel, _ heardAt: Locked<Timestamp>) async -> WellFailure {
        let patience = (beat * 2).stretched(toAtLeast: .seconds(2), at: clock.speed)
        do {
            while true {
                try await clock.sleep(for: beat)
                try await channel.send(STOMPFrame.heartBeat)
                if clock.now - heardAt.with({ $0 }) > patience {
                    return WellFailure("connect", .transport(Self.silent))
                }
            }
        } catch let error as TransportError {
            return WellFailure("connect", .transport(error))
        } catch {
            return WellFailure("connect", .cancelled)
        }
    }

    /// At speed no more than two in a real second, which many agents' channels would be busy with otherwise.
    private var beat: Duration { Self.shortestBeat.stretched(toAtLeast: .milliseconds(500), at: clock.speed) }

    private var greeting: String {
        Self.text(
            STOMPFrame(
                "CONNECT",
                [
                    STOMPHeader("accept-version", "1.1,1.0"),
                    STOMPHeader("heart-beat", STOMPHeartBeat(sends: beat, wants: beat).text),
                ]))
    }

    private static func text(_ frame: STOMPFrame) -> String { String(decoding: frame.encoded, as: UTF8.self) }

    private static let closed = TransportError(
        .outcomeUnknown, code: "closed", message: "the vendor closed the event channel")
    private static let silent = TransportError(
        .outcomeUnknown, code: "silent", message: "nothing came on the event channel for too long")
}
