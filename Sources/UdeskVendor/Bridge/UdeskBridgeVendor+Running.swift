import DialModel
import EventWire
package import Telephony

extension UdeskBridgeVendor {
    /// How long it takes until pages are served again after that was not possible.
    private static let servingPause = Duration.seconds(5)

    package func run(reporting report: @escaping @Sendable (VendorEvent) async -> Void) async {
        await run(through: open(), reporting: report)
    }

    /// Lets facts in from now on.
    private func open() -> BridgeInbox.Streams {
        let streams = inbox.open()
        inbox.take(.started, at: clock.now)
        return streams
    }

    private func run(
        through streams: BridgeInbox.Streams, reporting report: @escaping @Sendable (VendorEvent) async -> Void
    ) async {
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { for await event in streams.events { await report(event) } }
            tasks.addTask { await self.keepTime(streams.deadlines) }
            tasks.addTask { await self.serve() }
        }
        inbox.close()
    }

    /// Serves pages for as long as `work` takes, outside a run.
    func serving<Answer: Sendable>(_ work: @escaping @Sendable () async -> Answer?) async -> Answer? {
        let streams = open()
        return await withTaskGroup(of: Answer?.self) { tasks in
            tasks.addTask {
                await self.run(through: streams) { _ in }
                return nil
            }
            tasks.addTask { await work() }
            var answer: Answer?
            while answer == nil, let next = await tasks.next() { answer = next }
            tasks.cancelAll()
            return answer
        }
    }

    /// Tells the floor of its deadlines.
    private func keepTime(_ deadlines: AsyncStream<Timestamp>) async {
        await withDiscardingTaskGroup { tasks in
            for await deadline in deadlines {
                tasks.addTask {
                    guard (try? await self.clock.sleep(until: deadline)) != nil else { return }
                    self.inbox.timeHasCome(deadline, at: self.clock.now)
                }
            }
        }
    }

    private func serve() async {
        while !Task.isCancelled {
            try? await host.serve { request in await self.answer(request) }
            try? await clock.sleep(for: Self.servingPause)
        }
    }

    /// Answers a page, or gives it out.
    private func answer(_ request: PageRequest) async -> PageAnswer {
        guard let visitor = request.visitor else { return page.answer }
        guard let reading = PageVisit.reading(request) else { return PageAnswer(status: 404) }
        guard let visit = reading.body else { return PageAnswer(status: 400) }
        let answer = await inbox.ask({ .visited($0, AgentID(visitor), visit) }, at: { self.clock.now })
        switch answer {
        case .success(.page(let value))?: return Self.json(200, value)
        case .success(.noSession(let loss))?: return Self.json(409, .object(["reason": .string(loss.rawValue)]))
        default: return PageAnswer(status: 503)
        }
    }

    private static func json(_ status: Int, _ value: JSONValue) -> PageAnswer {
        PageAnswer(
            status: status, headers: [HTTPField("Content-Type", "application/json")], body: Array(value.serialized.utf8)
        )
    }
}

extension PageVisit {
    /// A request that goes somewhere, whether what it brings can be read or not.
    struct Reading {
        var body: PageVisit?
    }

    /// Reads a request; nil for one to nowhere.
    static func reading(_ request: PageRequest) -> Reading? {
        let session = request.query["session"] ?? ""
        switch (request.method, request.path) {
        case ("POST", "/bridge/session"): return Reading(body: .begin)
        case ("GET", "/bridge/token"): return Reading(body: .token(session: session))
        case ("GET", "/bridge/commands"):
            guard let after = request.query["after"].flatMap({ Int($0) }), after >= 0,
                let wait = request.query["wait"].flatMap({ Int($0) }), (0...3600).contains(wait)
            else { return Reading() }
            return Reading(body: .commands(session: session, after: after, wait: .seconds(wait)))
        case ("POST", "/bridge/events"):
            return Reading(body: PageItem.items(in: request.body).map { .bring(session: session, $0) })
        default: return nil
        }
    }
}
