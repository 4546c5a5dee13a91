package import DialModel

/// Where a push server listens, what its callers have to know, and how much it bears of each.
package struct PushServerSettings: Hashable, Sendable {
    /// The IPv4 address; this machine's own unless somebody wants it otherwise.
    package var host: String
    /// The TCP port; zero for any that is free.
    package var port: UInt16
    /// What every request carries, as `Authorization: Bearer …` or as the parameter `token` of its URL.
    package var secret: Secret
    /// The most bytes of a request line with its header fields.
    package var mostHeadBytes: Int
    /// The most bytes of a body.
    package var mostBodyBytes: Int
    /// How long a request may take, from its connection to its last byte, in real time; an answer may take as long again.
    package var patience: Duration
    /// The most connections at a time; the next is turned away.
    package var mostConnections: Int

    /// Memberwise, with limits that suit events of a few kilobytes.
    package init(
        host: String = "127.0.0.1", port: UInt16, secret: Secret, mostHeadBytes: Int = 8192,
        mostBodyBytes: Int = 65_536, patience: Duration = .seconds(10), mostConnections: Int = 64
    ) {
        self.host = host
        self.port = port
        self.secret = secret
        self.mostHeadBytes = mostHeadBytes
        self.mostBodyBytes = mostBodyBytes
        self.patience = patience
        self.mostConnections = mostConnections
    }
}

extension PushServerSettings {
    var limits: RequestLimits {
        RequestLimits(
            host: host, port: port, mostHeadBytes: mostHeadBytes, mostBodyBytes: mostBodyBytes, patience: patience,
            mostConnections: mostConnections)
    }
}
