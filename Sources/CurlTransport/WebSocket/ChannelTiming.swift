import Telephony

/// When a channel has to do something although nothing happens; all of it in real time.
struct ChannelTiming {
    /// What is due.
    enum Due: Equatable {
        /// Connecting and the handshake have taken too long.
        case openTimeout
        /// Nothing has come for so long that the other side is asked for a sign of life.
        case ping
        /// It gave none.
        case silence
        /// The other side takes no part in closing.
        case closeTimeout
    }

    private let pingAfter: Duration?
    private let pongTimeout: Duration
    private var deadline: ContinuousClock.Instant?
    private var due: Due

    /// The deadline of opening runs from `now`.
    init(_ request: ChannelRequest, now: ContinuousClock.Instant) {
        pingAfter = request.pingAfter
        pongTimeout = request.pongTimeout
        due = .openTimeout
        deadline = now + request.openTimeout
    }

    /// When something is due; nil for never.
    var next: ContinuousClock.Instant? { deadline }

    /// What has become due by `now`.
    func due(at now: ContinuousClock.Instant) -> Due? {
        guard let deadline, deadline <= now else { return nil }
        return due
    }

    /// The channel is open, has been heard of, or is read again.
    mutating func opened(now: ContinuousClock.Instant) {
        due = .ping
        deadline = pingAfter.map { now + $0 }
    }

    /// A ping was sent.
    mutating func pinged(now: ContinuousClock.Instant) {
        due = .silence
        deadline = now + pongTimeout
    }

    /// Nothing is read for a while, so that silence means nothing.
    mutating func paused() {
        deadline = nil
    }

    /// Closing has begun.
    mutating func closing(now: ContinuousClock.Instant) {
        due = .closeTimeout
        deadline = now + ChannelConnection.closeLimit
    }
}
