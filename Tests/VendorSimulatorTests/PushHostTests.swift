import DialModel
import FlyingFox
import Foundation
import TestSupport
import Testing

@testable import VendorSimulator

/// The host of dialects that push, on a clock that stands still until it is moved, and without sockets.
@Suite(.timeLimit(.minutes(15))) struct PushHostTests {
    /// A connection to an `EchoDialect`.
    private struct Line {
        var input: AsyncStream<WSMessage>.Continuation
        var output: AsyncStream<WSMessage>.Iterator

        mutating func next() async -> String? {
            guard case .text(let text)? = await output.next(isolation: #isolation) else { return nil }
            return text
        }

        mutating func next(_ count: Int) async -> [String?] {
            var texts: [String?] = []
            for _ in 0..<count { texts.append(await next()) }
            return texts
        }
    }

    /// Runs a state with an `EchoDialect` and a first connection, for as long as `body` takes.
    private func withState(
        faults: SimulatorFaults = SimulatorFaults(),
        _ body: (SimulatorState, ManualClock, inout Line) async throws -> Void
    ) async throws {
        let clock = ManualClock(at: Centre.start)
        let settings = SimulatorSettings(
            centre: Centre.figures(agents: 1), callModel: Centre.model(), faults: faults)
        let state = SimulatorState(settings: settings, clock: clock, log: nil, dialects: [EchoDialect()])
        try await withThrowingTaskGroup(of: Void.self) { group in
            let opened = state.openedConnections()
            group.addTask { await state.read(opened) }
            group.addTask { await state.keepTime() }
            var line = try open(state)
            #expect(await line.next() == "open a=b ")
            try await body(state, clock, &line)
            group.cancelAll()
        }
    }

    @Test func `What happens is told at its instant, and nobody looks at the clock before`() async throws {
        try await withState { _, clock, line in
            line.input.yield(.text("call 13800990003"))
            #expect(await line.next() == "FirstRing")
            for (second, texts) in [(1, ["FirstPickUp"]), (2, ["Dial"]), (4, ["unanswered"])] {
                await clock.sleeper(before: Centre.at(second))
                clock.advance(by: Centre.at(second) - .milliseconds(1) - clock.now)
                #expect(clock.now < Centre.at(second))
                clock.advance(by: .milliseconds(1))
                #expect(await line.next(texts.count) == texts)
            }
        }
    }

    @Test func `A dialect is woken when it asked to be, however late the clock is looked at`() async throws {
        try await withState { _, clock, line in
            line.input.yield(.text("remind 5000"))
            await clock.sleeper(before: Centre.at(5))
            line.input.yield(.text("call 13800990003"))
            #expect(await line.next() == "FirstRing")
            clock.advance(by: .seconds(60))
            #expect(
                await line.next(4) == ["FirstPickUp", "Dial", "unanswered", "time \(Centre.at(5).milliseconds)"])
        }
    }

    @Test(arguments: [
        (#"{"loseEventEvery":2}"#, ["1", "3", "plain"]),
        (#"{"duplicateEventEvery":2}"#, ["1", "2", "2", "3", "plain"]),
    ])
    func `Events are lost and doubled, and nothing else is`(switching: String, texts: [String]) async throws {
        let faults = try #require(SimulatorFaults(json: Data(switching.utf8)))
        try await withState(faults: faults) { _, _, line in
            for text in ["event 1", "event 2", "event 3", "plain"] { line.input.yield(.text(text)) }
            #expect(await line.next(texts.count) == texts)
        }
    }

    @Test func `A delayed event holds up what follows it on its connection only`() async throws {
        var faults = SimulatorFaults()
        faults.delayEventEvery = 2
        faults.delayEventMs = 3000
        try await withState(faults: faults) { state, clock, line in
            var other = try open(state)
            #expect(await other.next() == "open a=b ")
            for text in ["event 1", "event 2", "event 3", "plain"] { line.input.yield(.text(text)) }
            #expect(await line.next() == "1")
            await clock.sleeper(before: Centre.at(3))
            other.input.yield(.text("plain"))
            #expect(await other.next() == "plain")
            clock.advance(by: .seconds(3))
            #expect(await line.next(3) == ["2", "3", "plain"])
        }
    }

    @Test func `All connections are cut every so often, and the dialect is told`() async throws {
        var faults = SimulatorFaults()
        faults.cutConnectionsEveryMs = 10_000
        try await withState { state, clock, line in
            clock.advance(by: .seconds(5))
            state.faults = faults
            for second in [15, 25] {
                await clock.sleeper(before: Centre.at(second))
                line.input.yield(.text("count"))
                #expect(await line.next() == "1")
                clock.advance(by: Centre.at(second) - clock.now)
                #expect(await line.next() == nil)
                line = try open(state)
                #expect(await line.next() == "open a=b ")
            }
        }
    }

    @Test func `A connection ends by either side, and the dialect is told`() async throws {
        try await withState { state, _, line in
            var other = try open(state)
            #expect(await other.next() == "open a=b ")
            other.input.yield(.text("count"))
            #expect(await other.next() == "2")
            line.input.finish()
            #expect(await line.next() == nil)
            other.input.yield(.text("count"))
            #expect(await other.next() == "1")
            other.input.yield(.text("close"))
            #expect(await other.output.next(isolation: #isolation) == .close(WSCloseCode(4000, reason: "enough")))
            #expect(await other.output.next(isolation: #isolation) == nil)
        }
    }

    @Test func `Nobody pushes on other paths`() async throws {
        try await withState { state, _, _ in
            let (messages, _) = AsyncStream.makeStream(of: WSMessage.self)
            let request = RawRequest(method: "GET", path: "/other")
            #expect(!state.pushes(on: "/other"))
            #expect(
                state.open(request, messages: messages, ports: PushConnections.Ports(server: 0, client: 0)) == nil)
            #expect(state.answer(request) == nil)
        }
    }

    private func open(_ state: SimulatorState) throws -> Line {
        let (messages, input) = AsyncStream.makeStream(of: WSMessage.self)
        let request = RawRequest(method: "GET", path: "/echo/socket", query: "a=b")
        let stream = try #require(
            state.open(request, messages: messages, ports: PushConnections.Ports(server: 0, client: 0)))
        return Line(input: input, output: stream.makeAsyncIterator())
    }
}
