import CurlTransport
package import DialModel
import Foundation
package import Telephony

/// Agents' browsers, each with the bridge's page open and the stand-in SDK in it: they speak over the same sockets as
/// browsers do.
///
/// `@unchecked Sendable`: `task` is read and written under `lock` only; everything else is constant.
package final class SimulatedPages: @unchecked Sendable {
    private let address: String
    private let logins: [AgentLogin]
    private let clock: any RunClock
    private let lock = NSLock()
    private var task: Task<Void, Never>?

    /// The pages of agents with the keys that are their passwords, at the address where the page is to be had.
    package init(address: String, logins: [AgentLogin], clock: any RunClock) {
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
        self.logins = logins
        self.clock = clock
    }

    /// Opens the pages; they wait for whoever serves them. Does nothing if they are open.
    package func open() {
        lock.withLock {
            guard task == nil else { return }
            // Unstructured because the caller goes on while the pages are open; `close` ends it.
            task = Task { await run() }
        }
    }

    /// Closes the pages and returns when they are.
    package func close() async {
        let running = lock.withLock {
            defer { task = nil }
            return task
        }
        running?.cancel()
        await running?.value
    }

    /// Has the pages open until cancelled.
    private func run() async {
        let connections = logins.count * 3 + 8
        let transport = CurlTransport(
            settings: CurlSettings(maxConnectionsPerHost: connections, maxInFlight: connections), environment: [:])
        await withDiscardingTaskGroup { group in
            for login in logins {
                let page = SimulatedPage(address: address, key: login.password, transport: transport, clock: clock)
                group.addTask { await page.run() }
            }
        }
        await transport.shutdown()
    }
}
