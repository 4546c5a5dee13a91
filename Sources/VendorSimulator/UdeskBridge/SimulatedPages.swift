import CurlTransport
package import DialModel
package import Telephony

/// Agents' browsers, each with the bridge's page open and the stand-in SDK in it: they speak over the same sockets as
/// browsers do.
package struct SimulatedPages: Sendable {
    private let address: String
    private let logins: [AgentLogin]
    private let clock: any RunClock

    /// The pages of agents with the keys that are their passwords, at the address where the page is to be had.
    package init(address: String, logins: [AgentLogin], clock: any RunClock) {
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
        self.logins = logins
        self.clock = clock
    }

    /// Has the pages open until cancelled; they wait for whoever serves them.
    package func run() async {
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
