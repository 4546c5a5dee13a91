package import DialModel
import FlyingFox
import FlyingSocks
import Foundation
import Glibc
package import Telephony
import Wording

/// The vendors' servers on loopback: their wire formats, their agents, and callees that behave as `CallModel` says.
///
/// All vendors are served at once and share one call centre: its agents, its callees and its time. Alibaba Cloud Call
/// Center 1.0 is on `/` (`vendors/alibaba-udesk.md`, A7); every other path, and every WebSocket connection, belongs to
/// the first dialect that takes it. Beside the vendors' APIs, and without a signature, it answers
/// `GET /simulator/clock`, `GET /simulator/calls`, `GET /simulator/agents`, `GET /simulator/requests` and
/// `POST /simulator/faults`, unless its settings keep that from others.
///
/// `@unchecked Sendable`: `task` and `pageAddresses` are read and written under `lock` only; everything else is constant.
package final class VendorSimulator: @unchecked Sendable {
    /// The id of the access key that `SimulatedAccount.demo` accepts.
    package static let demoAccessKeyID = SimulatedAccount.demo.accessKeyID
    /// The secret of the access key that `SimulatedAccount.demo` accepts; it opens nothing else.
    package static let demoAccessKeySecret = SimulatedAccount.demo.accessKeySecret
    /// The instance of `SimulatedAccount.demo`.
    package static let demoInstanceID = SimulatedAccount.demo.instanceID
    /// The subdomain of `SimulatedAccount.demo`.
    package static let demoSubdomain = SimulatedAccount.demo.subdomain
    /// The name of the skill group of `SimulatedAccount.demo`.
    package static let demoSkillGroup = SimulatedAccount.demo.skillGroupName

    private let settings: SimulatorSettings
    private let clock: any RunClock
    private let state: SimulatorState
    private let gate = ConnectionGate()
    private let lock = NSLock()
    private var task: Task<Void, Never>?
    private var pageAddresses: AsyncStream<String>.Continuation?

    /// A simulator that is not running yet, whose call centre opens now.
    ///
    /// Throws `SimulatorError` when the call log cannot be opened.
    package convenience init(
        settings: SimulatorSettings = SimulatorSettings(), clock: any RunClock
    ) throws(SimulatorError) {
        try self.init(settings: settings, clock: clock, dialects: SimulatorState.pushDialects(settings))
    }

    /// A simulator with these dialects beside that on `/`.
    init(
        settings: SimulatorSettings, clock: any RunClock, dialects: [any PushDialect]
    ) throws(SimulatorError) {
        self.settings = settings
        self.clock = clock
        var log: CallLog?
        if let path = settings.callLog { log = try CallLog(path: path) }
        state = SimulatorState(settings: settings, clock: clock, log: log, dialects: dialects)
    }

    /// Starts serving and gives the port.
    ///
    /// Throws `SimulatorError` when it cannot listen or runs already.
    package func start() async throws(SimulatorError) -> UInt16 {
        let (stream, continuation) = AsyncStream.makeStream(of: Result<UInt16, SimulatorError>.self)
        let isFirst = lock.withLock {
            guard task == nil else { return false }
            // Unstructured because the caller goes on while it serves; `stop` ends it.
            task = Task {
                do throws(SimulatorError) {
                    try await run { continuation.yield(.success($0)) }
                } catch {
                    continuation.yield(.failure(error))
                }
                continuation.finish()
            }
            return true
        }
        guard isFirst else { throw SimulatorError(.alreadyRunning, SimulatorPhrase.runsAlready.phrase) }
        for await result in stream {
            if case .failure = result { lock.withLock { task = nil } }
            return try result.get()
        }
        lock.withLock { task = nil }
        throw SimulatorError(.cannotListen, SimulatorPhrase.stoppedBefore.phrase)
    }

    /// Stops serving and returns when the port is free; does nothing when it does not run.
    package func stop() async {
        let running = lock.withLock {
            defer { task = nil }
            return task
        }
        running?.cancel()
        await running?.value
    }

    /// Serves until cancelled; `whenListening` is told the port each time that it listens.
    ///
    /// Throws `SimulatorError` when it cannot listen.
    package func run(
        whenListening: @escaping @Sendable (UInt16) -> Void = { _ in }
    ) async throws(SimulatorError) {
        // Before anybody can connect.
        let opened = state.openedConnections()
        let posted = state.postedEvents()
        let (addresses, sink) = AsyncStream.makeStream(of: String.self)
        lock.withLock { pageAddresses = sink }
        let failure = await withTaskGroup(of: SimulatorError?.self) { group in
            group.addTask {
                await self.state.keepTime()
                return nil
            }
            group.addTask {
                await self.state.read(opened)
                return nil
            }
            group.addTask {
                await self.state.post(posted)
                return nil
            }
            group.addTask {
                for await address in addresses {
                    await SimulatedPages(address: address, logins: self.settings.pageLogins, clock: self.clock).run()
                }
                return nil
            }
            group.addTask { await self.serve(whenListening) }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if let failure { throw failure }
    }

    /// What goes wrong at present; may be changed while it runs.
    package var faults: SimulatorFaults {
        get { state.faults }
        set {
            state.faults = newValue
            gate.countAnew()
        }
    }

    /// The URL to which Udesk's events are posted, as its users set it in their console; nil posts none.
    package var udeskPushURL: String? {
        get { state.pushURL }
        set { state.pushURL = newValue }
    }

    /// Has the agents open their pages for as long as it runs, where a client of Udesk's serves them.
    package func openPages(at address: String) {
        _ = lock.withLock { pageAddresses?.yield(address) }
    }

    /// The call centre as it is now.
    package var callCentre: SimulatedCallCentre { state.callCentre }

    /// Sends a ready agent, by index, on a break that lasts until somebody resets them.
    package func startBreak(agent: Int) {
        state.change { $0.startBreak(agent: agent, at: $0.now) }
    }

    /// Listens, and again after each time that a fault has closed the door.
    private func serve(_ whenListening: @escaping @Sendable (UInt16) -> Void) async -> SimulatorError? {
        var port = settings.port
        while !Task.isCancelled {
            if let failure = await listen(on: port, whenListening) { return failure }
            guard gate.hasClosed else { return nil }
            port = gate.port ?? port
            let pause = state.faults.refuseConnectionsMs
            let length = pause > 0 ? Duration.milliseconds(pause) : .seconds(365 * 86_400)
            guard (try? await clock.sleep(for: length)) != nil else { return nil }
        }
        return nil
    }

    private func listen(
        on port: UInt16, _ whenListening: @escaping @Sendable (UInt16) -> Void
    ) async -> SimulatorError? {
        let server = HTTPServer(
            config: HTTPServer.Configuration(
                address: Self.loopback(port), timeout: 3600, pool: PromptSocketPool(), logger: .disabled),
            handler: SimulatorServer(state: state, clock: clock, gate: gate, isOpenToAll: settings.isOpenToAll))
        return await withTaskGroup(of: SimulatorError?.self) { group in
            group.addTask { await self.accept(server, port) }
            group.addTask {
                guard (try? await server.waitUntilListening()) != nil,
                    case .ip4(_, port: let open)? = await server.listeningAddress
                else { return nil }
                let closing = self.gate.open(port: open)
                whenListening(open)
                for await _ in closing { await server.stop() }
                return nil
            }
            for await failure in group {
                if failure != nil || self.gate.hasClosed || Task.isCancelled {
                    group.cancelAll()
                    return failure
                }
            }
            return nil
        }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in.inet(port: port)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private func accept(_ server: HTTPServer, _ port: UInt16) async -> SimulatorError? {
        do {
            try await server.run()
            return nil
        } catch {
            guard !Task.isCancelled, !gate.hasClosed else { return nil }
            var reason = Phrase(same: error.localizedDescription)
            if case .failed(_, let errno, _) = error as? SocketError { reason = SystemPhrase.saying(errno) }
            return SimulatorError(.cannotListen, ListeningPhrase.cannotListen.filled("127.0.0.1:\(port)", reason))
        }
    }
}
