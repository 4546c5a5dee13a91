import DialModel
import FlyingFox
import Foundation
import Telephony

/// The state that concurrent requests and connections share: one world, and the dialects that speak of it.
///
/// `@unchecked Sendable`: every access to `alibaba`, `host`, `armedFor`, `log`, `asked` and the counts goes through `lock`.
final class SimulatorState: @unchecked Sendable {
    private let lock = NSLock()
    private let clock: any RunClock
    /// The dialect of the vendor that pushes nothing; it keeps the world, `alibaba.centre`, which all dialects share.
    private var alibaba: AlibabaDialect
    private var host: PushHost
    private let connections = PushConnections()
    private let poster: EventPoster
    private let bell = Bell()
    /// The instant until which `keepTime` sleeps; nil while it sleeps for ever or not at all.
    private var armedFor: Timestamp?
    private let log: CallLog?
    private var loggedPlaced = 0
    private var loggedEnded = 0
    /// How often each operation of the API on `/` was asked for.
    private var asked: [String: Int] = [:]

    init(settings: SimulatorSettings, clock: any RunClock, log: CallLog?, dialects: [any PushDialect]) {
        self.clock = clock
        self.log = log
        poster = EventPoster(url: settings.udesk.pushURL)
        let start = clock.now
        alibaba = AlibabaDialect(settings: settings, start: start)
        host = PushHost(dialects: dialects, faults: settings.faults, at: start)
        alibaba.centre.recordsChanges = host.hasDialects
    }

    /// The dialects that push, in the order in which they are asked for a path.
    static func pushDialects(_ settings: SimulatorSettings) -> [any PushDialect] {
        [
            WellDialect(settings: settings), WinCallDialect(settings: settings), UdeskDialect(settings: settings),
            CCPaaSDialect(settings: settings),
        ]
    }

    /// What goes wrong at present.
    var faults: SimulatorFaults {
        get { lock.withLock { alibaba.faults } }
        set {
            act { now in
                alibaba.faults = newValue
                host.set(newValue, at: now)
            }
        }
    }

    /// The call centre as it is now.
    var callCentre: SimulatedCallCentre { act { _ in alibaba.centre } }

    /// Every call so far.
    var callList: JSON { act { _ in report.callList } }

    /// Every agent and dialler as they are now.
    var agentList: JSON { act { _ in report.agentList } }

    /// How often each operation of the API on `/` was asked for, by name.
    var requestCounts: JSON {
        lock.withLock { .object(asked.sorted { $0.key < $1.key }.map { ($0.key, .count($0.value)) }) }
    }

    /// Changes the call centre as it is now.
    func change(_ body: (inout SimulatedCallCentre) -> Void) { act { _ in body(&alibaba.centre) } }

    /// Answers a request of the API on `/`.
    func answer(_ request: WireRequest) -> (answer: WireAnswer, faults: SimulatorFaults) {
        act { now in
            asked[request.parameters["Action"] ?? "", default: 0] += 1
            return (alibaba.answer(request, at: now), alibaba.faults)
        }
    }

    /// Answers a request of a dialect that pushes; nil when the path is nobody's.
    func answer(_ request: RawRequest) -> RawAnswer? {
        act { _ in host.answer(request, in: &alibaba.centre) }
    }

    /// Lets time pass until cancelled: sleeps until something is due, or until something has come in by which something
    /// is due earlier.
    func keepTime() async {
        while !Task.isCancelled {
            let due = act { _ in
                armedFor = nextDueAt
                return armedFor
            }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.bell.wait() }
                if let due { group.addTask { try? await self.clock.sleep(until: due) } }
                await group.next()
                group.cancelAll()
            }
        }
    }
}

/// Connections on which vendors push.
extension SimulatorState {
    /// Whether connections can be opened on a path.
    func pushes(on path: String) -> Bool { lock.withLock { host.pushes(on: path) } }

    /// Opens a connection and gives what is to be written to it; nil when nobody pushes on the path.
    func open(
        _ request: RawRequest, messages: AsyncStream<WSMessage>, ports: PushConnections.Ports
    ) -> AsyncStream<WSMessage>? {
        act { _ in
            guard let id = host.open(request, in: &alibaba.centre) else { return nil }
            return connections.add(PushConnections.Opened(id: id, messages: messages), ports: ports)
        }
    }

    /// The connections that will be opened from now on, for one reader.
    func openedConnections() -> AsyncStream<PushConnections.Opened> { connections.readable() }

    /// Reads connections as they are opened, until cancelled.
    func read(_ opened: AsyncStream<PushConnections.Opened>) async {
        await withDiscardingTaskGroup { group in
            for await connection in opened {
                group.addTask { await self.read(connection) }
            }
        }
    }

    private func read(_ connection: PushConnections.Opened) async {
        for await message in connection.messages {
            guard case .text(let text) = message else { continue }
            act { _ in host.receive(text, from: connection.id, in: &alibaba.centre) }
        }
        act { _ in host.close(connection.id, in: &alibaba.centre) }
        connections.remove(connection.id)
    }
}

/// Events that are posted.
extension SimulatorState {
    /// Where they are posted; nil posts none.
    var pushURL: String? {
        get { poster.address }
        set { poster.address = newValue }
    }

    /// The events that will be told from now on, for one poster.
    func postedEvents() -> AsyncStream<String> { poster.events() }

    /// Posts events until cancelled.
    func post(_ events: AsyncStream<String>) async { await poster.post(events) }
}

/// What happens under the lock.
extension SimulatorState {
    /// The one way to touch the world: first everything happens that is due by now, then what `body` does, and then
    /// everybody is told.
    private func act<Result>(_ body: (_ now: Timestamp) -> Result) -> Result {
        lock.withLock {
            let now = clock.now
            while let due = nextDueAt, due <= now {
                alibaba.centre.advance(to: due)
                host.settle(in: &alibaba.centre)
            }
            alibaba.centre.advance(to: now)
            let result = body(now)
            host.settle(in: &alibaba.centre)
            let outbox = host.takeOutbox()
            connections.send(outbox)
            poster.send(outbox)
            writeLog()
            if let due = nextDueAt, armedFor.map({ due < $0 }) ?? true { bell.ring() }
            return result
        }
    }

    private var nextDueAt: Timestamp? {
        [alibaba.centre.nextEventAt, host.nextDueAt].compactMap { $0 }.min()
    }

    private var report: CallReport {
        CallReport(centre: alibaba.centre) { [alibaba, host] ordinal in
            if alibaba.isOwn(ordinal) {
                return [
                    ("vendor", .string("alibaba")), ("task_id", .string(alibaba.taskID(of: ordinal))),
                    ("contact_id", .string(alibaba.contactID(of: ordinal))),
                ]
            }
            guard let name = host.name(ofCall: ordinal) else { return [] }
            return [("vendor", .string(name.vendor)), ("call_id", .string(name.id))]
        }
    }

    /// Appends what has been placed and what has ended since the last time.
    private func writeLog() {
        guard let log else { return }
        while loggedPlaced < alibaba.centre.calls.count {
            log.append(report.logLine(ofCall: loggedPlaced, event: "placed"))
            loggedPlaced += 1
        }
        while loggedEnded < alibaba.centre.ended.count {
            log.append(report.logLine(ofCall: alibaba.centre.ended[loggedEnded], event: "ended"))
            loggedEnded += 1
        }
    }
}
