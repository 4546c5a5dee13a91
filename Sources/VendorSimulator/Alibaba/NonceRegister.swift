import DialModel

/// The nonces of late: each may be used once while a request that carries it could still be in time.
struct NonceRegister: Sendable {
    private var seen: Set<String> = []
    private var order: [(nonce: String, at: Timestamp)] = []
    private var oldest = 0

    /// Remembers a nonce; false if it has been used before.
    ///
    /// A request's time may be early or late by the tolerance, so a nonce is kept for twice as long.
    mutating func register(_ nonce: String, at now: Timestamp, keptFor tolerance: Duration) -> Bool {
        while oldest < order.count, order[oldest].at + tolerance + tolerance < now {
            seen.remove(order[oldest].nonce)
            oldest += 1
        }
        if oldest > 10_000, oldest > order.count / 2 {
            order.removeFirst(oldest)
            oldest = 0
        }
        guard seen.insert(nonce).inserted else { return false }
        order.append((nonce, now))
        return true
    }
}
