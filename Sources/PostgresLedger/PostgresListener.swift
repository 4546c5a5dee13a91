import DialModel
import Dispatch
import Foundation
import StoredLedger

/// Hears when runners are to be woken, by a connection of its own that waits for notifications.
///
/// Nothing depends on it: whoever is not woken asks when their lease is due. A connection that is lost is made anew after a
/// while, as long as anybody wants to be woken.
/// `@unchecked Sendable`: everything is only touched on `queue`.
final class PostgresListener: @unchecked Sendable {
    /// The channel of the ledger's schema, as SQL.
    static let channel =
        "'autodialer_' || (SELECT CAST(relnamespace AS BIGINT) FROM pg_class WHERE oid = to_regclass('ledger_schema'))"
    /// What is said where everybody is meant, instead of a campaign's id.
    static let everybody = "*"
    /// After how many seconds a lost connection is made anew.
    private static let pause = 2.0

    private let queue = DispatchQueue(label: "autodialer.postgres.listener")
    private let door: PostgresDoor
    private var connection: PostgresConnection?
    private var source: (any DispatchSourceRead)?
    private var waiting: [Int: (campaign: CampaignID, wake: AsyncStream<Void>.Continuation)] = [:]
    private var last = 0
    private var closed = false

    init(door: PostgresDoor) {
        self.door = door
    }

    /// Yields whenever a campaign's runners are woken.
    func wakes(of campaign: CampaignID) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        queue.async {
            guard !self.closed else { return continuation.finish() }
            self.last += 1
            let number = self.last
            self.waiting[number] = (campaign, continuation)
            continuation.onTermination = { _ in
                self.queue.async {
                    self.waiting[number] = nil
                    if self.waiting.isEmpty { self.hangUp() }
                }
            }
            if self.connection == nil { self.connect() }
        }
        return stream
    }

    /// Ends all streams.
    func close() {
        queue.async {
            self.closed = true
            for listener in self.waiting.values { listener.wake.finish() }
            self.waiting = [:]
            self.hangUp()
        }
    }

    private func connect() {
        guard !closed, !waiting.isEmpty, connection == nil else { return }
        do {
            let connection = try door.connect(idleLimit: 0)
            try connection.run("LISTEN autodialer_\(door.locks.schema)")
            let source = DispatchSource.makeReadSource(fileDescriptor: connection.socket, queue: queue)
            source.setEventHandler { [weak self] in self?.hear() }
            // The socket stays open until nobody waits at it any more.
            source.setCancelHandler { withExtendedLifetime(connection) {} }
            source.resume()
            self.connection = connection
            self.source = source
            // What was said before is not heard.
            for listener in waiting.values { listener.wake.yield() }
        } catch {
            tryAgain()
        }
    }

    private func hear() {
        guard let connection else { return }
        do {
            for payload in try connection.notifications() {
                for listener in waiting.values
                where payload == Self.everybody || payload == String(listener.campaign.value) {
                    listener.wake.yield()
                }
            }
        } catch {
            hangUp()
            tryAgain()
        }
    }

    private func tryAgain() {
        queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in self?.connect() }
    }

    private func hangUp() {
        source?.cancel()
        source = nil
        connection = nil
    }
}
